/** One reading of a file within a unit: which of its tokens are active, and when. */
import { TokenKind } from '../text/tokens';
import { fileToken, type PToken } from './ptoken';
import { type SourceFile, type Step, StepKind } from './source';

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

/** A piece of input with its time: macros are looked up as they stood where the piece stands in its unit. */
export interface TimedTokens {
  readonly tokens: readonly PToken[];
  readonly time: number;
  /** A directive stands in front of it: no name before that is called by a parenthesis here. */
  readonly isApart?: boolean;
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

/** What is noted of main files alone. */
const OF_HEADERS: Pick<Reading, 'taken' | 'gaps'> = { taken: new Map(), gaps: [] };

/** A reading of which nothing is known yet. */
export function newReading(file: SourceFile, isMain: boolean): Reading {
  const { taken, gaps } = isMain ? { taken: new Map(), gaps: [] } : OF_HEADERS;
  return { file, ranges: [], times: [], children: [], taken, gaps, rests: new Set(), lacks: new Set() };
}

/** Adds the tokens of a gap to the active ranges. */
export function addRange(reading: Reading, after: number, before: number, time: number): void {
  const { steps, tokens } = reading.file;
  if (after >= steps.length) return;
  const from = after < 0 ? 0 : steps[after].directive.endToken;
  addTokens(reading, from, before < steps.length ? steps[before].directive.firstToken : tokens.count, time);
}

export function addTokens({ ranges, times }: Reading, from: number, to: number, time: number): void {
  if (from >= to) return;
  ranges.push(from, to);
  times.push(time);
}

/** The tokens between two steps of a file. */
export function gapTokens({ steps, tokens }: SourceFile, after: number, before: number): { from: number; to: number } {
  const from = after < 0 ? 0 : after < steps.length ? steps[after].directive.endToken : tokens.count;
  return { from, to: before < steps.length ? steps[before].directive.firstToken : tokens.count };
}

function directiveText(file: SourceFile, step: Step): string {
  return file.text.slice(step.directive.start, step.directive.end);
}

export function fileTokens(file: SourceFile, first: number, end: number): PToken[] {
  const out: PToken[] = [];
  for (let index = first; index < end; index++) out.push(fileToken(file, index));
  return out;
}

/** Whether one of some names stands in what is read of a file: in active tokens, a condition, or a macro's body. */
export function asksFor({ file, ranges }: Reading, ids: ReadonlySet<number>): boolean {
  const { tokens, steps } = file;
  const isAmong = (first: number, end: number): boolean => {
    for (let at = first; at < end; at++)
      if (tokens.kinds[at] === TokenKind.Identifier && ids.has(tokens.ids[at])) return true;
    return false;
  };
  for (let at = 0; at < ranges.length; at += 2) if (isAmong(ranges[at], ranges[at + 1])) return true;
  return steps.some((step) => {
    // What a header is called is no name, unless macros make it.
    const isAsking = DECIDING.has(step.kind) || step.written === null;
    return isAsking && isAmong(step.directive.firstToken, step.directive.endToken);
  });
}

/** Directives in which names count. */
const DECIDING: ReadonlySet<StepKind> = new Set([StepKind.If, StepKind.Elif, StepKind.Define]);

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

/**
 * Active tokens [first, end) of a reading, in pieces of one time each. What is included between them belongs to them:
 * the kernel fills enums and records from files of macro calls.
 */
export function pieces(reading: Reading, first: number, end: number): TimedTokens[] {
  const out: TimedTokens[] = [];
  const { ranges, times, file, children } = reading;
  let child = children.findIndex((other) => other.at > first);
  if (child < 0) child = children.length;
  /** Where the last active token before ends: of this file, or at its very end of one that is included. */
  let behind = first;
  for (let index = rangeAt(ranges, first); index < times.length && ranges[2 * index] < end; index++) {
    const from = Math.max(first, ranges[2 * index]);
    const to = Math.min(end, ranges[2 * index + 1]);
    for (; child < children.length && children[child].at <= from; child++) {
      // What is included in front of the first token is no part of what stands here.
      if (children[child].at > first) out.push(...piecesOfIncluded(children[child]));
      if (children[child].at === from && endsWithTokens(children[child].reading)) behind = from;
    }
    if (from < to) out.push({ tokens: fileTokens(file, from, to), time: times[index], isApart: from > behind });
    behind = to;
  }
  for (; child < children.length && children[child].at < end; child++)
    if (children[child].at > first) out.push(...piecesOfIncluded(children[child]));
  return out;
}

/** All that a file inclusion brings; its directive stands in front of that. */
function piecesOfIncluded({ reading }: Child): TimedTokens[] {
  const [first, ...more] = pieces(reading, 0, Number.POSITIVE_INFINITY);
  return first === undefined ? [] : [{ ...first, isApart: true }, ...more];
}

/** Whether no directive stands behind the last active token of a file. */
function endsWithTokens({ file, ranges }: Reading): boolean {
  return ranges.length > 0 && ranges[ranges.length - 1] === file.tokens.count;
}

/** A main file's reading, for a text whose directives are the same. */
export function sameReading(old: Reading, file: SourceFile): Reading {
  const { taken, gaps, rests, lacks } = old;
  const reading: Reading = { file, ranges: [], times: [], children: [], taken, gaps, rests, lacks };
  for (const gap of old.gaps) addRange(reading, gap.after, gap.before, gap.time);
  for (const child of old.children) {
    const step = old.file.steps.findIndex((other) => other.directive.endToken === child.at);
    reading.children.push({ at: file.steps[step].directive.endToken, reading: child.reading });
  }
  return reading;
}

/** A main file as it reads where the conditionals around a token hold; all others stay as they were decided. */
export function readingAround(
  { file, taken }: Reading,
  token: number,
  time: number,
  holds: (step: Step) => boolean,
): Reading {
  const { steps } = file;
  const reading: Reading = newReading(file, false);
  let after = -1;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index];
    addRange(reading, after, index, time);
    if (step.kind === StepKind.If) {
      let branch = taken.get(index);
      for (let at = index; at < step.endif; at = steps[at].next) {
        const end = steps[at].next < steps.length ? steps[steps[at].next].directive.firstToken : file.tokens.count;
        if (steps[at].directive.endToken <= token && token < end) branch = at;
      }
      if (branch === undefined) {
        branch = index;
        while (branch < step.endif && !holds(steps[branch])) branch = steps[branch].next;
      }
      index = branch;
    } else if ((step.kind === StepKind.Elif || step.kind === StepKind.Else) && step.endif >= 0) index = step.endif;
    after = index;
  }
  addRange(reading, after, steps.length, time);
  return reading;
}

/** Whether two texts of a file have the same directives. */
export function sameDirectives(old: SourceFile, file: SourceFile): boolean {
  if (old.steps.length !== file.steps.length || old.path !== file.path) return false;
  return old.steps.every((step, index) => directiveText(old, step) === directiveText(file, file.steps[index]));
}
