/** Tells by a file's tokens alone whether it may assert anything over layouts, so that few files are walked for it. */
import { C_ASSERTS } from '../facts/assert-macros';
import { type Facts, oncePerFacts } from '../packs/facts';
import { StepKind } from '../preprocessor/source';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import { Punct, TokenKind, type TokenList } from '../text/tokens';
import type { FileAnalysis } from './analysis';

/** How asserts are written: C's own way, and the macros that packs name. */
const names = oncePerFacts(({ buildBugs }) => [...C_ASSERTS, ...buildBugs]);
const nameIds = oncePerFacts((facts) => new Set(names(facts).map(nameId)));
const assertOrMacro = oncePerFacts((facts) => new RegExp(`${names(facts).join('|')}|#`));

const OFFSETOF = nameId('offsetof');
const EQUALITY = new Set<number>([Punct.EqualEqual, Punct.ExclamationEqual]);

/** What stands in every file that `mayAssert` holds for. */
export function assertWords(facts: Facts): readonly WordNeed[] {
  return names(facts).map((name) => [name, 'offsetof']);
}

/** What stands in every file that asserts anything by a name that is known. */
export function anyAssertWords(facts: Facts): readonly WordNeed[] {
  return names(facts).map((name) => [name]);
}

/** Whether an assert, or a macro that the file defines for asserts, compares two offsets. */
export function mayAssert(file: FileAnalysis): boolean {
  if (file.isForeign || !hasTwoInOne(file.document.text, assertOrMacro(file.facts))) return false;
  const asserts = nameIds(file.facts);
  const { tokens, steps } = file.main;
  const { kinds, ids } = tokens;
  for (let token = 0; token < tokens.count; token++) {
    if (kinds[token] !== TokenKind.Identifier || !asserts.has(ids[token])) continue;
    if (comparesOffsets(tokens, token + 1, argumentsEnd(tokens, token + 1))) return true;
  }
  return steps.some(
    ({ kind, definition }) =>
      kind === StepKind.Define && definition && comparesOffsets(tokens, definition.bodyFirst, definition.bodyEnd),
  );
}

/**
 * Whether two offsets may stand in one expression that is asserted or a macro's, by the text alone: most files are not even
 * cut into tokens.
 */
function hasTwoInOne(text: string, asserts: RegExp): boolean {
  let last = -1;
  for (let at = text.indexOf('offsetof'); at >= 0; at = text.indexOf('offsetof', at + 1)) {
    if (last >= 0) {
      const between = text.slice(last, at);
      // A semicolon ends the expression, unless it stands in a comment.
      const mayBeOne = !between.includes(';') || COMMENT.test(between);
      if (mayBeOne && mayCompare(text, last, at) && isAssertedOrMacro(text, last, asserts)) return true;
    }
    last = at;
  }
  return false;
}

const COMMENT = /\/[*/]|\*\//;

/** Whether the statement with offsets of a text, from the first to the last, may say that something is equal or is not. */
function mayCompare(text: string, first: number, last: number): boolean {
  const start = text.lastIndexOf(';', first) + 1;
  const end = text.indexOf(';', last);
  const written = text.slice(start, end < 0 ? undefined : end);
  const statement = written.includes('"') ? written : written.replace(WHOLE_COMMENT, ' ');
  // Where a comment is open, that may have been a semicolon in it.
  return EQUAL.test(statement) || COMMENT.test(statement);
}

const WHOLE_COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*\n/g;

const EQUAL = /[=!](?:\\\r?\n)*=/;

/** Whether the statement that an offset of a text stands in may be an assert, or part of a directive. */
function isAssertedOrMacro(text: string, at: number, asserts: RegExp): boolean {
  const start = text.lastIndexOf(';', at) + 1;
  const before = text.slice(start, at);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  // That may have been a semicolon in a comment, and not the end of the statement before.
  return asserts.test(before) || COMMENT.test(before) || COMMENT.test(line);
}

/** Whether two offsets stand among tokens [first, end), and say that something is equal or is not. */
function comparesOffsets({ kinds, ids }: TokenList, first: number, end: number): boolean {
  let offsets = 0;
  let isEquality = false;
  for (let at = first; at < end; at++) {
    if (kinds[at] === TokenKind.Identifier && ids[at] === OFFSETOF) offsets++;
    else if (kinds[at] === TokenKind.Punctuator && EQUALITY.has(ids[at])) isEquality = true;
    if (isEquality && offsets >= 2) return true;
  }
  return false;
}

/** Index past the `)` that closes the parenthesis at an index. */
function argumentsEnd({ count, kinds, ids }: TokenList, open: number): number {
  let depth = 0;
  for (let at = open; at < count; at++) {
    if (kinds[at] !== TokenKind.Punctuator) continue;
    if (ids[at] === Punct.LeftParen) depth++;
    else if (ids[at] === Punct.RightParen && --depth <= 0) return at + 1;
  }
  return count;
}
