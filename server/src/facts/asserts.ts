/** Build-time asserts over layouts: found in whatever macro the kernel wraps them, evaluated, and read as families. */

import type { UnitGlobals } from '../parser/globals';
import type { Item } from '../preprocessor/items';
import type { PToken } from '../preprocessor/ptoken';
import { writtenAt } from '../preprocessor/ptoken';
import { type Reading, rangeAt } from '../preprocessor/reading';
import type { SourceFile } from '../preprocessor/source';
import { nameId } from '../text/names';
import { callEnd } from '../text/postfix';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type RecordDeclaration, strip } from '../types/model';
import { walkExpression } from '../types/walk';

/** One side of an assert: `offsetof(record, path)`, with what is added to it, in bytes. */
export interface AssertedOffset {
  readonly record: RecordDeclaration;
  /** `mapping`, `lru.next`. */
  readonly path: string;
  /** Of the member. */
  readonly offset: number;
  /** `+ 2 * sizeof(struct page)`. */
  readonly plus: number;
}

export interface LayoutAssert {
  /** Where it is written: the macro call, or the assert itself. */
  readonly place: Place;
  readonly verdict: 'holds' | 'fails' | { readonly unknown: string };
  /** The two members that it says lie at one place, where it has that shape. */
  readonly match?: readonly [AssertedOffset, AssertedOffset];
}

/** How C writes an assert, and by which a macro's body shows that its calls assert. */
export const C_ASSERTS: readonly string[] = ['static_assert', '_Static_assert'];
const ASSERT_WORDS = new Set(C_ASSERTS.map(nameId));

/** Names by which it shows that it tells where a member lies. */
const OFFSET_WORDS = new Set(['offsetof', '__builtin_offsetof'].map(nameId));
/** So many macros may stand between a name and such a word. */
const DEEPEST_MACRO = 2;

/**
 * The asserts over sizes or offsets that one file writes, in order.
 *
 * @param buildBugs Macros that fail the build where their first argument is true, as packs name them; those in functions count.
 */
export function assertsOf(globals: UnitGlobals, path: string, buildBugs: readonly string[]): LayoutAssert[] {
  return gathered(globals, path, { buildBugs: new Set(buildBugs.map(nameId)) });
}

/**
 * The asserts of one file that say two members lie at one place, in order.
 *
 * @param buildBugs As for `assertsOf`; without it what stands in functions is left out.
 */
export function matchesOf(globals: UnitGlobals, path: string, buildBugs: readonly string[] = []): LayoutAssert[] {
  const wish = { buildBugs: new Set(buildBugs.map(nameId)), matches: true };
  return gathered(globals, path, wish).filter(({ match }) => match !== undefined);
}

interface Wish {
  /** Name ids of the macros that assert in functions. */
  readonly buildBugs: ReadonlySet<number>;
  /** In functions, what can't be a match is left out. */
  readonly matches?: boolean;
}

function gathered(globals: UnitGlobals, path: string, wish: Wish): LayoutAssert[] {
  const found: LayoutAssert[] = [];
  for (const { table, reading } of globals.tables) {
    if (table.file.path !== path) continue;
    for (const item of table.items) {
      const { ids, kinds } = table.file.tokens;
      const first = ids[item.first];
      if (kinds[item.first] !== TokenKind.Identifier) continue;
      if (item.isCall && (ASSERT_WORDS.has(first) || asserts(globals, first))) {
        const parsed = globals.parse(reading, item);
        for (const assert of parsed.asserts) add(found, globals, assert.condition, true, parsed.tokens, assert);
      }
      if (item.isFunction && wish.buildBugs.size > 0) bugs(found, globals, reading, item, wish);
      else if (!item.isCall && !item.isFunction) {
        // Asserts among the members of a record.
        const parsed = globals.parse(reading, item);
        for (const assert of parsed.asserts) add(found, globals, assert.condition, true, parsed.tokens, assert);
      }
    }
  }
  return found;
}

/** Paths of the files of a unit that tie members by asserts at file scope. */
export function asserting(globals: UnitGlobals): string[] {
  const found = new Set<string>();
  for (const { table } of globals.tables) {
    const { ids, kinds } = table.file.tokens;
    const ties = table.items.some(
      ({ first, isCall }) =>
        isCall &&
        kinds[first] === TokenKind.Identifier &&
        (ASSERT_WORDS.has(ids[first]) || asserts(globals, ids[first])),
    );
    if (ties) found.add(table.file.path);
  }
  return [...found];
}

/** Whether a macro's body asserts, itself or by more macros. */
function asserts(globals: UnitGlobals, id: number): boolean {
  return brings(globals, id, ASSERT_WORDS);
}

/** Whether tokens [first, end) of a file name an offset, themselves or by macros. */
function namesOffset(globals: UnitGlobals, { tokens }: SourceFile, first: number, end: number): boolean {
  const { kinds, ids } = tokens;
  for (let token = first; token < end; token++) {
    if (kinds[token] !== TokenKind.Identifier) continue;
    if (OFFSET_WORDS.has(ids[token]) || brings(globals, ids[token], OFFSET_WORDS)) return true;
  }
  return false;
}

/** Whether one of these words stands in a macro's body, or in those of the macros that it names. */
function brings(globals: UnitGlobals, id: number, words: ReadonlySet<number>, depth = 0): boolean {
  // A match macro is undefined behind its last use: any of its definitions will do.
  return globals.unit.definitions(id).some(({ file, bodyFirst, bodyEnd }) => {
    const { kinds, ids } = file.tokens;
    for (let token = bodyFirst; token < bodyEnd; token++) {
      if (kinds[token] !== TokenKind.Identifier) continue;
      if (words.has(ids[token])) return true;
      if (depth < DEEPEST_MACRO && ids[token] !== id && brings(globals, ids[token], words, depth + 1)) return true;
    }
    return false;
  });
}

/** The calls in the body of a function that fail the build where their argument is true. */
function bugs(found: LayoutAssert[], globals: UnitGlobals, reading: Reading, { first, end }: Item, wish: Wish): void {
  const { kinds, ids } = reading.file.tokens;
  for (let range = rangeAt(reading.ranges, first); 2 * range < reading.ranges.length; range++) {
    const from = Math.max(first, reading.ranges[2 * range]);
    const to = Math.min(end, reading.ranges[2 * range + 1]);
    if (from >= end) break;
    for (let token = from; token < to; token++) {
      if (kinds[token] !== TokenKind.Identifier || !wish.buildBugs.has(ids[token])) continue;
      const close = argumentEnd(reading, token + 1, to);
      if (wish.matches && !namesOffset(globals, reading.file, token + 2, close)) continue;
      const parsed = close > 0 ? globals.parseExpression(reading, token + 2, close) : undefined;
      if (parsed) {
        const { starts, ends } = reading.file.tokens;
        const place = { path: reading.file.path, start: starts[token], end: ends[close] };
        addAt(found, globals, parsed.expression, false, place);
      }
    }
  }
}

/** Index of the `,` or `)` that ends the first argument of a call whose `(` is at `open`; -1 if it isn't closed. */
function argumentEnd(reading: Reading, open: number, end: number): number {
  const { kinds, ids } = reading.file.tokens;
  if (kinds[open] !== TokenKind.Punctuator || ids[open] !== Punct.LeftParen) return -1;
  let depth = 0;
  for (let at = open; at < end; at++) {
    if (kinds[at] !== TokenKind.Punctuator) continue;
    if (ids[at] === Punct.LeftParen) depth++;
    else if (ids[at] === Punct.RightParen && --depth === 0) return at;
    else if (ids[at] === Punct.Comma && depth === 1) return at;
  }
  return -1;
}

function add(
  found: LayoutAssert[],
  globals: UnitGlobals,
  condition: Expression,
  holdsIfTrue: boolean,
  tokens: readonly PToken[],
  range: { readonly first: number },
): void {
  const start = writtenAt(tokens[range.first]);
  const end = callEnd(start.file.tokens, start.start);
  addAt(found, globals, condition, holdsIfTrue, { path: start.file.path, start: start.start, end });
}

function addAt(
  found: LayoutAssert[],
  globals: UnitGlobals,
  condition: Expression,
  holdsIfTrue: boolean,
  place: Place,
): void {
  let isAboutLayout = false;
  walkExpression(condition, (part) => {
    isAboutLayout ||= part.kind === 'offsetof' || part.kind === 'sizeof';
  });
  if (!isAboutLayout) return;
  const value = evaluate(condition, globals);
  const verdict = isUnknownValue(value) ? value : (value.value !== 0n) === holdsIfTrue ? 'holds' : 'fails';
  found.push({ place, verdict, match: matchOf(condition, globals, holdsIfTrue) });
}

/** Reads `offsetof(A, x) == offsetof(B, y) + n`. */
function matchOf(condition: Expression, globals: UnitGlobals, holdsIfTrue: boolean): LayoutAssert['match'] {
  const wanted = holdsIfTrue ? Punct.EqualEqual : Punct.ExclamationEqual;
  if (condition.kind !== 'binary' || condition.operator !== wanted) return undefined;
  const left = assertedOffset(condition.left, globals);
  const right = assertedOffset(condition.right, globals);
  return left && right ? [left, right] : undefined;
}

function assertedOffset(expression: Expression, globals: UnitGlobals): AssertedOffset | undefined {
  if (expression.kind === 'binary' && expression.operator === Punct.Plus) {
    const [base, plus] = [expression.left, expression.right];
    const offset = assertedOffset(base, globals);
    const value = evaluate(plus, globals);
    return offset && !isUnknownValue(value) ? { ...offset, plus: offset.plus + Number(value.value) } : undefined;
  }
  if (expression.kind !== 'offsetof') return undefined;
  const type = strip(expression.type);
  if (type.kind !== 'record') return undefined;
  const value = evaluate(expression, globals);
  if (isUnknownValue(value)) return undefined;
  const path = expression.path
    .map((step) => (step.kind === 'member' ? `.${step.name}` : '[]'))
    .join('')
    .slice(1);
  return { record: type.record, path, offset: Number(value.value), plus: 0 };
}
