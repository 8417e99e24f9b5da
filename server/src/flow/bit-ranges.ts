/** Sets of bits of an object as sorted ranges: what was stored into it, and what was not. */

/** Starts and ends in turn, sorted; no two ranges touch. */
export type BitRanges = readonly number[];

export const NO_BITS: BitRanges = [];

/** The ranges with [start, end) among them. */
export function withBits(ranges: BitRanges, start: number, end: number): BitRanges {
  if (end <= start) return ranges;
  const before: number[] = [];
  const behind: number[] = [];
  let [first, last] = [start, end];
  for (let at = 0; at < ranges.length; at += 2) {
    const [from, to] = [ranges[at], ranges[at + 1]];
    if (to < first) before.push(from, to);
    else if (from > last) behind.push(from, to);
    else if (from <= first && to >= last) return ranges;
    else [first, last] = [Math.min(first, from), Math.max(last, to)];
  }
  return [...before, first, last, ...behind];
}

/** The ranges with as many bits at `start`, and as often behind it as there are elements. */
export function withEach(ranges: BitRanges, start: number, bits: number, stride: number, count: number): BitRanges {
  if (count < 2 || bits >= stride) return withBits(ranges, start, start + stride * (count - 1) + bits);
  const found: number[] = [];
  const add = (from: number, to: number): void => {
    const last = found.length - 1;
    if (last > 0 && from <= found[last]) found[last] = Math.max(found[last], to);
    else found.push(from, to);
  };
  // Both are sorted: one walk through them, as arrays may have thousands of elements.
  let at = 0;
  for (let element = 0; element < count; element++) {
    const from = start + element * stride;
    for (; at < ranges.length && ranges[at] <= from; at += 2) add(ranges[at], ranges[at + 1]);
    add(from, from + bits);
  }
  for (; at < ranges.length; at += 2) add(ranges[at], ranges[at + 1]);
  return found;
}

/** The ranges without [start, end). */
export function withoutBits(ranges: BitRanges, start: number, end: number): BitRanges {
  return commonBits(ranges, [...(start > 0 ? [0, start] : []), end, Number.MAX_SAFE_INTEGER]);
}

/** What is in both. */
export function commonBits(one: BitRanges, other: BitRanges): BitRanges {
  if (one === other) return one;
  const found: number[] = [];
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const [from, to] = [Math.max(one[a], other[b]), Math.min(one[a + 1], other[b + 1])];
    if (from < to) found.push(from, to);
    if (one[a + 1] < other[b + 1]) a += 2;
    else b += 2;
  }
  return found;
}

/** What of [start, end) is not in the ranges. */
export function missingBits(ranges: BitRanges, start: number, end: number): BitRanges {
  const found: number[] = [];
  let at = start;
  for (let range = 0; range < ranges.length && at < end; range += 2) {
    if (ranges[range + 1] <= at) continue;
    if (ranges[range] > at) found.push(at, Math.min(ranges[range], end));
    at = Math.max(at, ranges[range + 1]);
  }
  if (at < end) found.push(at, end);
  return found;
}
