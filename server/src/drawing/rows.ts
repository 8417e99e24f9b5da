/** Cuts the cells of a picture into rows of text: boxes of whole bytes, a scale that fits the names, what is left out. */

import type { RecordLayout } from '../layout/record';
import type { Bytes } from '../types/model';
import { sourceName } from '../types/typename';
import { type Cell, cellsOf } from './cells';

/** A run of whole bytes with something to write into it. */
export interface Box {
  readonly kind: Cell['kind'];
  /** Half-open, in bytes. */
  readonly start: Bytes;
  readonly end: Bytes;
  readonly lane: number;
  readonly label: string;
  /** What it is made of: one cell, or the bit-fields and bit holes that share its bytes. */
  readonly cells: readonly Cell[];
}

/** The boxes of a layout: bit-fields that share bytes make up one box, holes within its bytes included. */
export function boxesOf(layout: RecordLayout): Box[] {
  const boxes: Box[] = [];
  let group: Cell[] = [];
  let end = 0;
  const close = () => {
    if (group.length > 0) boxes.push(boxOf(group));
    group = [];
  };
  for (const cell of cellsOf(layout).flatMap(splitAtBytes)) {
    const continues = group.length > 0 && group[0].lane === cell.lane && Math.floor(cell.offsetBits / 8) * 8 < end;
    if (!continues) close();
    group.push(cell);
    end = cell.offsetBits + cell.sizeBits;
  }
  close();
  return boxes;
}

/** Cuts a hole that starts or ends within a byte, so that its whole bytes stand apart. */
function splitAtBytes(cell: Cell): Cell[] {
  if (cell.kind === 'member') return [cell];
  const end = cell.offsetBits + cell.sizeBits;
  const firstByte = Math.ceil(cell.offsetBits / 8) * 8;
  const lastByte = Math.floor(end / 8) * 8;
  const cuts = [cell.offsetBits, firstByte, lastByte, end].filter(
    (at, index, all) => index === 0 || at > all[index - 1],
  );
  return cuts.slice(1).map((to, index) => ({ ...cell, offsetBits: cuts[index], sizeBits: to - cuts[index] }));
}

function boxOf(group: readonly Cell[]): Box {
  const first = group[0];
  const last = group.at(-1)!;
  const start = Math.floor(first.offsetBits / 8);
  const end = Math.ceil((last.offsetBits + last.sizeBits) / 8);
  const shape = { start, end, lane: first.lane, cells: group };
  if (group.every((cell) => cell.member === undefined)) {
    const label = `${first.kind === 'hole' ? 'hole' : 'pad'} ${end - start}`;
    return { kind: first.kind, ...shape, label };
  }
  const label = group
    .filter((cell) => cell.member)
    .map(labelOf)
    .join(' ');
  return { kind: 'member', ...shape, label };
}

/** A member's name, with the width of a bit-field as in C. */
export function labelOf({ member }: Cell): string {
  if (member === undefined) return '';
  const name = sourceName(member.member);
  return member.isBitField ? `${name}:${member.sizeBits}` : name;
}

export interface Scale {
  readonly bytesPerRow: Bytes;
  readonly columnsPerByte: number;
}

/** No row is longer than this, however wide the terminal is. */
const LONGEST_ROW = 64;

/** The scale with the longest rows that cuts no name, or else the one with the widest bytes. */
export function scaleFor(boxes: readonly Box[], wordSize: Bytes, cacheline: Bytes, columns: number): Scale {
  const scales = [8, 16].map((columnsPerWord) => {
    let words = 1;
    const fits = (count: number) =>
      count * columnsPerWord < columns && count * wordSize <= Math.max(wordSize, Math.min(LONGEST_ROW, cacheline));
    while (fits(words * 2)) words *= 2;
    return { bytesPerRow: words * wordSize, columnsPerByte: columnsPerWord / wordSize };
  });
  const cutsNone = (scale: Scale) => boxes.every((box) => box.kind !== 'member' || !isCut(box, scale));
  return scales.find(cutsNone) ?? scales[1];
}

/** The bytes of a box in the row that its label goes to. */
function labelledPart(box: Box, { bytesPerRow }: Scale): Bytes {
  const start = namedRow(box, bytesPerRow) * bytesPerRow;
  return Math.min(box.end, start + bytesPerRow) - Math.max(box.start, start);
}

/** Whether a box's label has no room to be written whole. */
export function isCut(box: Box, scale: Scale): boolean {
  return box.label.length >= labelledPart(box, scale) * scale.columnsPerByte;
}

/** The part of a box that lies in a row. */
export interface Segment {
  readonly box: Box;
  readonly start: Bytes;
  readonly end: Bytes;
  /** Whether the label goes here; in the other rows of a long box an ellipsis does. */
  readonly isNamed: boolean;
}

export interface Row {
  readonly kind: 'row';
  readonly start: Bytes;
  readonly end: Bytes;
  /** From top to bottom; at least one. */
  readonly lanes: readonly (readonly Segment[])[];
}

/** Rows that are left out. */
export interface Elision {
  readonly kind: 'elision';
  readonly start: Bytes;
  readonly end: Bytes;
}

/**
 * The rows of a picture in order. Rows that one box runs through from the row before into the next are not among them,
 * unless there is only one such in a row: a gap in the offsets tells.
 */
export function rowsOf(boxes: readonly Box[], { bytesPerRow }: Scale): Row[] {
  const total = Math.max(0, ...boxes.map((box) => box.end));
  const numbers = new Set<number>();
  for (const { start, end } of boxes) {
    const first = Math.floor(start / bytesPerRow);
    const last = Math.ceil(end / bytesPerRow) - 1;
    numbers.add(first).add(last);
    if (last - first === 2) numbers.add(first + 1);
  }
  const waiting = [...boxes].sort((one, other) => one.start - other.start);
  let next = 0;
  let active: Box[] = [];
  return [...numbers]
    .sort((one, other) => one - other)
    .map((number) => {
      const start = number * bytesPerRow;
      const end = Math.min(total, start + bytesPerRow);
      while (next < waiting.length && waiting[next].start < end) active.push(waiting[next++]);
      active = active.filter((box) => box.end > start);
      return { kind: 'row', start, end, lanes: lanesOf(active, start, end, bytesPerRow) };
    });
}

function lanesOf(boxes: readonly Box[], start: Bytes, end: Bytes, bytesPerRow: Bytes): Segment[][] {
  const lanes = new Map<number, Segment[]>();
  for (const box of boxes) {
    const lane = lanes.get(box.lane) ?? [];
    const isNamed = namedRow(box, bytesPerRow) === Math.floor(start / bytesPerRow);
    lane.push({ box, start: Math.max(start, box.start), end: Math.min(end, box.end), isNamed });
    lanes.set(box.lane, lane);
  }
  return [...lanes].sort(([one], [other]) => one - other).map(([, segments]) => segments);
}

/** The row that a box's label goes to: its first or its last, whichever has more room. */
function namedRow({ start, end }: Box, bytesPerRow: Bytes): number {
  const first = Math.floor(start / bytesPerRow);
  const last = Math.ceil(end / bytesPerRow) - 1;
  const roomInFirst = Math.min(end, (first + 1) * bytesPerRow) - start;
  return first === last || roomInFirst >= end - last * bytesPerRow ? first : last;
}

/** A picture of at most this many rows is drawn whole. */
const MOST_ROWS = 16;

/** So many rows are drawn where the picture is folded: the touched one and its neighbours. */
const MOST_FOLDED_ROWS = 3;

/**
 * Leaves out what says nothing: of a long record, the rows far from what is of interest; where nothing is, the first
 * rows, those with overlays, and the last are kept. Gaps between rows become elisions, too.
 */
export function elide(rows: readonly Row[], isOfInterest: (row: Row) => boolean, isFolded = false): (Row | Elision)[] {
  let kept = rows;
  if (isFolded) {
    const first = Math.max(0, rows.findIndex(isOfInterest) - 1);
    kept = rows.slice(first, first + MOST_FOLDED_ROWS);
  } else if (rows.length > MOST_ROWS) {
    const indexes = rows.map((_, index) => index);
    const interesting = indexes.filter((index) => isOfInterest(rows[index])).slice(0, MOST_ROWS);
    const overlaid = indexes.filter((index) => rows[index].lanes.length > 1).slice(0, MOST_ROWS - 5);
    const near = interesting.flatMap((index) => [index - 1, index, index + 1]);
    const chosen = new Set([0, rows.length - 1, ...(near.length > 0 ? near : [1, 2, 3, ...overlaid])]);
    // A single row takes no more room than the line that would stand for it.
    kept = rows.filter((_, index) => chosen.has(index) || (chosen.has(index - 1) && chosen.has(index + 1)));
  }
  const shown: (Row | Elision)[] = [];
  let end = 0;
  for (const row of kept) {
    if (row.start > end) shown.push({ kind: 'elision', start: end, end: row.start });
    shown.push(row);
    end = row.end;
  }
  const all = rows.at(-1)?.end ?? 0;
  if (end < all) shown.push({ kind: 'elision', start: end, end: all });
  return shown;
}
