/** Build-time asserts: found in whatever macro the kernel wraps them, evaluated, and read as families. */

import type { UnitGlobals } from '../parser/globals';
import type { ParsedItem } from '../parser/parser';
import { itemText } from '../preprocessor/item-text';
import type { Item } from '../preprocessor/items';
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import { type Reading, rangeAt } from '../preprocessor/reading';
import type { SourceFile } from '../preprocessor/source';
import { nameId } from '../text/names';
import { callEnd } from '../text/postfix';
import { textsRemembered } from '../text/remembered-texts';
import type { Place } from '../text/text';
import { Punct, TokenKind, type TokenList, tokenAt } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type RecordDeclaration, strip } from '../types/model';
import { AssertMacros } from './assert-macros';
import { type AssertSite, sitesIn } from './assert-sites';
import { asksAtRunTime, isLiteral, truthOf } from './assert-values';

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
  /** What is asserted, where it is an expression, and whether that is to be true. */
  readonly condition?: Expression;
  readonly holdsIfTrue: boolean;
  /** The two members that it says lie at one place, where it has that shape. */
  readonly match?: readonly [AssertedOffset, AssertedOffset];
}

/** Names by which it shows that it tells where a member lies. */
const OFFSET_WORDS = new Set(['offsetof', '__builtin_offsetof'].map(nameId));
/** So many macros may stand between a name and such a word. */
const DEEPEST_MACRO = 2;

/** Parses an item whole; the caller may have done it already. */
type ParseWhole = (reading: Reading, item: Item) => ParsedItem;

/**
 * The asserts that one file writes over what a compiler knows, in order.
 *
 * @param buildBugs Macros that assert, as packs name them; those in functions count.
 */
export function assertsOf(
  globals: UnitGlobals,
  path: string,
  buildBugs: readonly string[],
  parse?: ParseWhole,
): LayoutAssert[] {
  return gathered(globals, path, { macros: AssertMacros.of(globals, buildBugs), functions: true, parse });
}

/**
 * The asserts of one file that say two members lie at one place, in order.
 *
 * @param buildBugs As for `assertsOf`; without it what stands in functions is left out.
 */
export function matchesOf(
  globals: UnitGlobals,
  path: string,
  buildBugs: readonly string[] = [],
  parse?: ParseWhole,
): LayoutAssert[] {
  const macros = AssertMacros.of(globals, buildBugs);
  const wish = { macros, functions: buildBugs.length > 0, matches: true, parse };
  return gathered(globals, path, wish).filter(({ match }) => match !== undefined);
}

interface Wish {
  readonly macros: AssertMacros;
  readonly functions: boolean;
  /** In functions, what can't be a match is left out. */
  readonly matches?: boolean;
  readonly parse?: ParseWhole;
}

function gathered(globals: UnitGlobals, path: string, wish: Wish): LayoutAssert[] {
  const found: LayoutAssert[] = [];
  const atFileScope = AssertMacros.of(globals, []);
  // Texts of functions without an assert that fails.
  const holding = textsRemembered(globals.lineage, 'asserts');
  for (const { table, reading } of globals.tables) {
    if (table.file.path !== path) continue;
    for (const item of table.items) {
      if (item.isFunction && !wish.functions) continue;
      const text = item.isFunction && !wish.matches && reading === globals.unit.main ? itemText(table.file, item) : '';
      if (text !== '' && holding.has(text)) continue;
      const starts = assertingTokens(reading, item, wish.macros, atFileScope);
      if (starts.size === 0) {
        if (text !== '') holding.add(text);
        continue;
      }
      if (item.isFunction && wish.matches) {
        const alone = matchesAlone(globals, reading, item, starts, wish.macros);
        if (alone) {
          found.push(...alone);
          continue;
        }
      }
      const parsed = !item.isFunction
        ? globals.parse(reading, item)
        : (wish.parse?.(reading, item) ?? globals.parseWhole(reading, item));
      const before = found.length;
      const isInline = item.isFunction && parsed.tokens.slice(0, 12).some((token) => INLINE.test(spelling(token)));
      for (const site of sitesIn(parsed, globals)) {
        const start = writtenAt(parsed.tokens[site.token]);
        if (start.file.path === path && starts.has(start.start)) add(found, globals, site, start, isInline);
      }
      if (text !== '' && !found.slice(before).some(({ verdict }) => verdict === 'fails')) holding.add(text);
    }
  }
  return found.sort((one, other) => one.place.start - other.place.start);
}

const INLINE = /^(?:__)?inline(?:__)?$/;

/** The files of a unit that tie members by asserts at file scope. */
export function asserting(globals: UnitGlobals): SourceFile[] {
  const macros = AssertMacros.of(globals, []);
  const found = new Set<SourceFile>();
  for (const { table } of globals.tables) {
    const { ids, kinds } = table.file.tokens;
    const ties = table.items.some(
      ({ first, isCall }) => isCall && kinds[first] === TokenKind.Identifier && macros.brings(ids[first]),
    );
    if (ties) found.add(table.file);
  }
  return [...found];
}

/** Offsets of the names in an item that assert: of its own macros those that hold anything else, too. */
function assertingTokens(
  { file, ranges }: Reading,
  item: Item,
  macros: AssertMacros,
  atFileScope: AssertMacros,
): Set<number> {
  const { kinds, ids, starts } = file.tokens;
  const found = new Set<number>();
  for (let range = rangeAt(ranges, item.first); 2 * range < ranges.length; range++) {
    const from = Math.max(item.first, ranges[2 * range]);
    const to = Math.min(item.end, ranges[2 * range + 1]);
    if (from >= item.end) break;
    for (let token = from; token < to; token++) {
      if (kinds[token] !== TokenKind.Identifier) continue;
      const id = ids[token];
      const isCall = token === item.first && item.isCall;
      if (macros.isAssert(id) || (isCall && atFileScope.brings(id)) || (macros.isOf(file, id) && macros.brings(id, 1)))
        found.add(starts[token]);
    }
  }
  return found;
}

/**
 * What asserts of a function say of two members each, by their own words: undefined where one has to be seen in its
 * function, as it does not hold, or may not.
 *
 * @param starts Offsets of their names.
 */
function matchesAlone(
  globals: UnitGlobals,
  reading: Reading,
  item: Item,
  starts: ReadonlySet<number>,
  macros: AssertMacros,
): LayoutAssert[] | undefined {
  const found: LayoutAssert[] = [];
  for (const start of starts) {
    if (!namesOffsets(globals, reading, start)) continue;
    if (hasOwnTypes(reading.file.tokens, item)) return undefined;
    const alone = matchAlone(globals, reading, start, macros);
    if (alone === undefined) return undefined;
    if (alone !== 'none') found.push(alone);
  }
  return found;
}

/** Whether a function may define a type, so that a name means something else in it. */
function hasOwnTypes({ kinds, ids }: TokenList, { body, end }: Item): boolean {
  for (let at = body; at < end; at++) {
    if (kinds[at] !== TokenKind.Identifier) continue;
    if (ids[at] === TYPEDEF) return true;
    if (TAGGED.has(ids[at]) && [at + 1, at + 2].some((brace) => isOpening(kinds[brace], ids[brace]))) return true;
  }
  return false;
}

function isOpening(kind: TokenKind, id: number): boolean {
  return kind === TokenKind.Punctuator && id === Punct.LeftBrace;
}

const TYPEDEF = nameId('typedef');
const TAGGED = new Set(['struct', 'union', 'enum'].map(nameId));

/** The same of one assert; none where it says something else. */
function matchAlone(
  globals: UnitGlobals,
  reading: Reading,
  start: number,
  macros: AssertMacros,
): LayoutAssert | 'none' | undefined {
  const { file } = reading;
  const name = tokenAt(file.tokens, start);
  if (!macros.isNamed(file.tokens.ids[name])) return undefined;
  const end = argumentEnd(file.tokens, name + 1);
  const parsed = isOnlyArgument(file.tokens, end) ? globals.parseExpression(reading, name + 2, end) : undefined;
  if (!parsed) return undefined;
  const { plain, isNegated } = positive(parsed.expression);
  if (plain.kind !== 'binary' || !EQUALITIES.has(plain.operator)) return 'none';
  // What fails by being true is told from what holds by it where the macro is looked into.
  const holdsIfTrue = plain.operator === Punct.EqualEqual;
  if (isNegated || (holdsIfTrue && !macros.isOfLanguage(file.tokens.ids[name]))) return undefined;
  const match = matchOf(plain, globals, holdsIfTrue);
  if (!match || match[0].offset + match[0].plus !== match[1].offset + match[1].plus) return undefined;
  const place = { path: file.path, start, end: callEnd(file.tokens, start) };
  return { place, verdict: 'holds', condition: plain, holdsIfTrue, match };
}

const EQUALITIES = new Set<number>([Punct.EqualEqual, Punct.ExclamationEqual]);

/** Index of the token that ends the first argument of a call whose `(` stands at an index. */
function argumentEnd({ kinds, ids, count }: TokenList, open: number): number {
  let depth = 0;
  for (let at = open; at < count; at++) {
    if (kinds[at] !== TokenKind.Punctuator) continue;
    if (OPENING.has(ids[at])) depth++;
    else if (CLOSING.has(ids[at]) && --depth === 0) return at;
    else if (ids[at] === Punct.Comma && depth === 1) return at;
  }
  return count;
}

/** Whether nothing but a message follows an argument that ends at an index. */
function isOnlyArgument({ kinds, ids }: TokenList, end: number): boolean {
  return ids[end] !== Punct.Comma || kinds[end + 1] === TokenKind.String;
}

const OPENING = new Set<number>([Punct.LeftParen, Punct.LeftBrace, Punct.LeftBracket]);
const CLOSING = new Set<number>([Punct.RightParen, Punct.RightBrace, Punct.RightBracket]);

/** Whether the call whose name stands at an offset may name two members' offsets, itself or by macros. */
function namesOffsets(globals: UnitGlobals, { file }: Reading, start: number): boolean {
  const { kinds, ids, starts } = file.tokens;
  const end = callEnd(file.tokens, start);
  let offsets = 0;
  for (let token = tokenAt(file.tokens, start); token < file.tokens.count && starts[token] < end; token++) {
    if (kinds[token] !== TokenKind.Identifier) continue;
    if (OFFSET_WORDS.has(ids[token])) offsets++;
    // A macro may hold more than one.
    else if (brings(globals, ids[token])) offsets += 2;
    if (offsets >= 2) return true;
  }
  return false;
}

/** Whether a name tells where a member lies, or stands for a macro that does. */
function brings(globals: UnitGlobals, id: number, depth = 0): boolean {
  if (OFFSET_WORDS.has(id)) return true;
  if (depth > DEEPEST_MACRO) return false;
  return globals.unit.definitions(id).some(({ file, bodyFirst, bodyEnd }) => {
    const { kinds, ids } = file.tokens;
    for (let token = bodyFirst; token < bodyEnd; token++)
      if (kinds[token] === TokenKind.Identifier && ids[token] !== id && brings(globals, ids[token], depth + 1))
        return true;
    return false;
  });
}

function add(found: LayoutAssert[], globals: UnitGlobals, site: AssertSite, start: PToken, isInline: boolean): void {
  const { condition, failsIf, width } = site;
  const place = { path: start.file.path, start: start.start, end: callEnd(start.file.tokens, start.start) };
  if (!condition) {
    if (width === undefined) return;
    const verdict = isUnknownValue(width) ? width : width >= 0 ? 'holds' : site.isUncertain ? DROPPED : 'fails';
    found.push({ place, verdict, holdsIfTrue: true });
    return;
  }
  // BUILD_BUG_ON(1) marks what no call is to reach; a static assert is asked wherever it stands.
  if (failsIf && isLiteral(condition)) return;
  const holdsIfTrue = !failsIf;
  const { plain, isNegated } = positive(condition);
  const asserted = { condition: plain, holdsIfTrue: holdsIfTrue !== isNegated };
  const truth = truthOf(condition, globals);
  // What rests on a variable asks the optimizer, and not the layouts.
  if (isUnknownValue(truth) && asksAtRunTime(condition, globals)) return;
  if (isUnknownValue(truth)) found.push({ place, verdict: truth, ...asserted });
  else if (truth !== failsIf)
    found.push({ place, verdict: 'holds', ...asserted, match: matchOf(plain, globals, asserted.holdsIfTrue) });
  else {
    const isDoubtful = (site.isUncertain && isInline) || (failsIf && asksAtRunTime(condition, globals));
    const match = matchOf(plain, globals, asserted.holdsIfTrue);
    found.push({ place, verdict: isDoubtful ? DROPPED : 'fails', ...asserted, match });
  }
}

const DROPPED = { unknown: 'whether the code is compiled hangs on what the function is called with' };

/** What an expression says without the negations in front of it. */
function positive(condition: Expression): { plain: Expression; isNegated: boolean } {
  let isNegated = false;
  let plain = condition;
  for (;;) {
    if (plain.kind === 'unary' && plain.operator === Punct.Exclamation) {
      isNegated = !isNegated;
      plain = plain.operand;
    } else return { plain, isNegated };
  }
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
