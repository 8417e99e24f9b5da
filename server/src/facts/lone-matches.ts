/** Asserts that two members lie at one place, read by their own words alone: most of a function's need not be parsed for them. */
import type { UnitGlobals } from '../parser/globals';
import { parseWholeExpression } from '../parser/parser';
import type { Item } from '../preprocessor/items';
import { isPunct, type PToken } from '../preprocessor/ptoken';
import type { Reading } from '../preprocessor/reading';
import { bodyNames } from '../preprocessor/source';
import { nameId, TAG_WORDS } from '../text/names';
import { callEnd } from '../text/postfix';
import { Punct, TokenKind, type TokenList, tokenAt } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, strip } from '../types/model';
import type { AssertMacros } from './assert-macros';
import type { AssertedOffset, LayoutAssert } from './layout-assert';

/** Names by which it shows that it tells where a member lies. */
const OFFSET_WORDS = new Set(['offsetof', '__builtin_offsetof'].map(nameId));
/** So many macros may stand between a name and such a word. */
const DEEPEST_MACRO = 2;

/**
 * What asserts of a function say of two members each, by their own words: undefined where one has to be seen in its
 * function, as it does not hold, or may not.
 *
 * @param starts Offsets of their names.
 */
export function matchesAlone(
  globals: UnitGlobals,
  reading: Reading,
  item: Item,
  starts: ReadonlySet<number>,
  macros: AssertMacros,
): LayoutAssert[] | undefined {
  const found: LayoutAssert[] = [];
  for (const start of starts) {
    if (!mayMatch(globals, reading, start)) continue;
    if (hasOwnTypes(reading.file.tokens, item)) return undefined;
    const alone = matchesOfCall(globals, reading, start, macros);
    if (!alone) return undefined;
    found.push(...alone);
  }
  return found;
}

/** Whether the call whose name stands at an offset may name two members' offsets, itself or by macros. */
export function mayMatch(globals: UnitGlobals, { file }: Reading, start: number): boolean {
  const { kinds, ids, starts, count } = file.tokens;
  const end = callEnd(file.tokens, start);
  let offsets = 0;
  for (let token = tokenAt(file.tokens, start); token < count && starts[token] < end; token++) {
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
  return globals.unit.definitions(id).some((macro) => bodyNames(macro, (name) => brings(globals, name, depth + 1)));
}

/** Whether a function may define a type, so that a name means something else in it. */
function hasOwnTypes({ kinds, ids }: TokenList, { body, end }: Item): boolean {
  for (let at = body; at < end; at++) {
    if (kinds[at] !== TokenKind.Identifier) continue;
    if (ids[at] === TYPEDEF) return true;
    if (TAG_WORDS.has(ids[at]) && [at + 1, at + 2].some((brace) => isOpening(kinds[brace], ids[brace]))) return true;
  }
  return false;
}

function isOpening(kind: TokenKind, id: number): boolean {
  return kind === TokenKind.Punctuator && id === Punct.LeftBrace;
}

const TYPEDEF = nameId('typedef');

/** What the call of an assert, or of a macro that holds some, says of two members each; undefined where it has to be seen in its function. */
function matchesOfCall(
  globals: UnitGlobals,
  reading: Reading,
  start: number,
  macros: AssertMacros,
): LayoutAssert[] | undefined {
  const { file } = reading;
  const end = callEnd(file.tokens, start);
  const range = { first: tokenAt(file.tokens, start), end: tokenAt(file.tokens, end) };
  const tokens = globals.tokensOf(reading, range, (id) => macros.isNamed(id));
  const place = { path: file.path, start, end };
  const found: LayoutAssert[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token.kind !== TokenKind.Identifier || !isPunct(tokens[at + 1], Punct.LeftParen)) continue;
    if (!macros.isNamed(token.id)) {
      // The condition is that of an `if` around it.
      if (macros.failsBuild(token.id)) return undefined;
      continue;
    }
    const behind = argumentEnd(tokens, at + 1);
    const match = matchOfArgument(globals, tokens.slice(at + 2, behind), macros.isOfLanguage(token.id));
    if (!match || !isOnlyArgument(tokens, behind)) return undefined;
    if (match !== 'none') found.push({ place, verdict: 'holds', ...match });
    at = behind;
  }
  return found;
}

type Match = Pick<LayoutAssert, 'condition' | 'holdsIfTrue' | 'match'>;

/** What an assert's argument says of two members; none where it says something else, undefined where it does not hold by its own words. */
function matchOfArgument(
  globals: UnitGlobals,
  tokens: readonly PToken[],
  isLanguage: boolean,
): Match | 'none' | undefined {
  // Whatever it says, it does not say it of two members.
  if (tokens.filter(({ kind, id }) => kind === TokenKind.Identifier && OFFSET_WORDS.has(id)).length < 2) return 'none';
  const expression = parseWholeExpression(tokens, globals);
  if (!expression) return undefined;
  const { plain, isNegated } = positive(expression);
  if (plain.kind !== 'binary' || !EQUALITIES.has(plain.operator)) return 'none';
  // What fails by being true is told from what holds by it where the macro is looked into.
  const holdsIfTrue = plain.operator === Punct.EqualEqual;
  if (isNegated || (holdsIfTrue && !isLanguage)) return undefined;
  const match = matchOf(plain, globals, holdsIfTrue);
  return match && isOnePlace(match) ? { condition: plain, holdsIfTrue, match } : undefined;
}

const EQUALITIES = new Set<number>([Punct.EqualEqual, Punct.ExclamationEqual]);

/** Index of the token that ends the first argument of a call whose `(` stands at an index. */
function argumentEnd(tokens: readonly PToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { kind, id } = tokens[at];
    if (kind !== TokenKind.Punctuator) continue;
    if (OPENING.has(id)) depth++;
    else if (CLOSING.has(id) && --depth === 0) return at;
    else if (id === Punct.Comma && depth === 1) return at;
  }
  return tokens.length;
}

/** Whether nothing but a message follows an argument that ends at an index. */
function isOnlyArgument(tokens: readonly PToken[], end: number): boolean {
  return !isPunct(tokens[end], Punct.Comma) || tokens[end + 1]?.kind === TokenKind.String;
}

const OPENING = new Set<number>([Punct.LeftParen, Punct.LeftBrace, Punct.LeftBracket]);
const CLOSING = new Set<number>([Punct.RightParen, Punct.RightBrace, Punct.RightBracket]);

/** What an expression says without the negations in front of it. */
export function positive(condition: Expression): { plain: Expression; isNegated: boolean } {
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
export function matchOf(condition: Expression, globals: UnitGlobals, holdsIfTrue: boolean): LayoutAssert['match'] {
  const wanted = holdsIfTrue ? Punct.EqualEqual : Punct.ExclamationEqual;
  if (condition.kind !== 'binary' || condition.operator !== wanted) return undefined;
  const { left, right } = condition;
  if (!isOffset(left) || !isOffset(right)) return undefined;
  const one = assertedOffset(left, globals);
  const other = one && assertedOffset(right, globals);
  return one && other ? [one, other] : undefined;
}

/** Whether the members of a match lie at one place. */
export function isOnePlace([one, other]: NonNullable<LayoutAssert['match']>): boolean {
  return one.offset + one.plus === other.offset + other.plus;
}

/** Whether an expression has the shape of a member's offset. */
function isOffset(expression: Expression): boolean {
  if (expression.kind === 'binary' && expression.operator === Punct.Plus) return isOffset(expression.left);
  return expression.kind === 'offsetof';
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
