/** One reading of a file within a unit: which of its tokens are active, and when. */
import { fileToken, type PToken } from './ptoken';
import type { SourceFile, Step } from './source';

/** One reading of a file: the ranges of its tokens that are active, each with its time. */
export interface Reading {
  readonly file: SourceFile;
  /** first0, end0, first1, end1 …: token indices, ascending. */
  readonly ranges: number[];
  /** Time of each range. */
  readonly times: number[];
  /** Files that it includes, in order, with the token index where each stands. */
  readonly children: Child[];
  /** For each group of conditionals that was decided: index of its `if` step to that of the branch taken (or `endif`). */
  readonly taken: Map<number, number>;
  /** Of a main file: every stretch between two directives that were read, empty or not. */
  readonly gaps: Gap[];
  /** Paths of the files whose macros its conditions asked for. */
  readonly rests: Set<string>;
  /** Ids of the macros that its conditions asked for and that were not defined. */
  readonly lacks: Set<number>;
}

export interface Child {
  /** Index past the last token of the `#include`. */
  readonly at: number;
  readonly reading: Reading;
}

/** A stretch between two steps of a file; -1 and steps.length stand for its start and end. */
export interface Gap {
  readonly after: number;
  readonly before: number;
  readonly time: number;
}

/** A reading of which nothing is known yet. */
export function newReading(file: SourceFile): Reading {
  return { file, ranges: [], times: [], children: [], taken: new Map(), gaps: [], rests: new Set(), lacks: new Set() };
}

/** Adds the tokens of a gap to the active ranges. */
export function addRange(reading: Reading, gap: Gap): void {
  if (gap.after >= reading.file.steps.length) return;
  const { from, to } = gapTokens(reading.file, gap.after, gap.before);
  if (from >= to) return;
  reading.ranges.push(from, to);
  reading.times.push(gap.time);
}

/** The tokens between two steps of a file. */
export function gapTokens({ steps, tokens }: SourceFile, after: number, before: number): { from: number; to: number } {
  const from = after < 0 ? 0 : after < steps.length ? steps[after].directive.endToken : tokens.count;
  return { from, to: before < steps.length ? steps[before].directive.firstToken : tokens.count };
}

export function directiveText(file: SourceFile, step: Step): string {
  return file.text.slice(step.directive.start, step.directive.end);
}

export function fileTokens(file: SourceFile, first: number, end: number): PToken[] {
  const out: PToken[] = [];
  for (let index = first; index < end; index++) out.push(fileToken(file, index));
  return out;
}

/** Whether a token of the reading's file is active. */
export function isActive({ ranges }: Reading, token: number): boolean {
  const range = rangeAt(ranges, token);
  return 2 * range < ranges.length && ranges[2 * range] <= token;
}

/** Index of the first range that ends past a token. */
export function rangeAt(ranges: readonly number[], token: number): number {
  let low = 0;
  let high = ranges.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[2 * middle + 1] > token) high = middle;
    else low = middle + 1;
  }
  return low;
}
