/** The value of an `#if` expression (C11 6.10.1): integers of 64 bits, signed or unsigned. */
import { nameId } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { numberValue } from './numbers';
import { isPunct, madeToken, type PToken, spelling } from './ptoken';

interface Value {
  readonly value: bigint;
  readonly unsigned: boolean;
}

export interface ConditionNames {
  defined(id: number): boolean;
  hasInclude(tokens: readonly PToken[]): boolean;
  /** What `__has_attribute(x)` and its kin come to; the spelling of the asked name. */
  feature(operator: string, name: string): number;
  /** Tokens with their macros expanded. */
  expanded(tokens: readonly PToken[]): readonly PToken[];
}

/** What an operator such as `__has_attribute` is asked for; clang reads the name of a builtin as it stands. */
export function featureName(
  operator: PToken,
  asked: readonly PToken[],
  expanded: (tokens: readonly PToken[]) => readonly PToken[],
): string {
  const tokens = operator.id === HAS_BUILTIN ? asked : expanded(asked);
  return tokens.map(spelling).join('');
}

export const DEFINED = nameId('defined');
const HAS_BUILTIN = nameId('__has_builtin');
export const FEATURES: ReadonlySet<number> = new Set(
  ['__has_attribute', '__has_builtin', '__has_feature', '__has_extension', '__has_c_attribute'].map(nameId),
);
const HAS_INCLUDES: ReadonlySet<number> = new Set(['__has_include', '__has_include_next'].map(nameId));

/** Names that the compiler answers to itself, though no file defines them (gcc, "Standard Predefined Macros"). */
const BUILT_IN = new Set(
  [
    '__LINE__',
    '__FILE__',
    '__COUNTER__',
    '__DATE__',
    '__TIME__',
    '__TIMESTAMP__',
    '__BASE_FILE__',
    '__INCLUDE_LEVEL__',
    '__has_include',
    '__has_include_next',
    '__has_attribute',
    '__has_builtin',
    '__has_c_attribute',
    '__FILE_NAME__',
    '__FLT_EVAL_METHOD__',
    '__VERSION__',
    '_Pragma',
  ].map(nameId),
);
/** Of these, gcc's alone, and clang's. */
const BUILT_IN_BY = {
  gcc: new Set(['__has_cpp_attribute'].map(nameId)),
  clang: new Set(
    [
      '__has_feature',
      '__has_extension',
      '__has_warning',
      '__has_declspec_attribute',
      '__is_identifier',
      '__is_target_arch',
      '__is_target_os',
      '__building_module',
    ].map(nameId),
  ),
} as const;

/** Whether `defined` holds of a name that no file defines. */
export function isBuiltIn(id: number, compiler: 'gcc' | 'clang'): boolean {
  return BUILT_IN.has(id) || BUILT_IN_BY[compiler].has(id);
}

/** A constant of one plain character; those of several, or wide, are int. */
const ONE_CHAR = /^(?:u8)?'(?:[^'\\]|\\(?:x[0-9a-fA-F]+|[0-7]{1,3}|[^x0-7]))'$/;

/** clang's own limit is 256 parentheses (-fbracket-depth). */
const DEEPEST = 500;

export class ConditionError extends Error {}

/**
 * Replaces `defined X`, `__has_include(…)` and `__has_attribute(…)` by 1 or 0, which has to happen before macros are
 * expanded.
 */
export function resolveOperators(tokens: readonly PToken[], names: ConditionNames): PToken[] {
  const out: PToken[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token.kind !== TokenKind.Identifier) {
      out.push(token);
      continue;
    }
    if (token.id === DEFINED) {
      const parenthesized = isPunct(tokens[index + 1], Punct.LeftParen);
      const name = tokens[index + (parenthesized ? 2 : 1)];
      if (!name || name.kind !== TokenKind.Identifier) throw new ConditionError('defined without a name');
      out.push(madeToken(token, TokenKind.Number, names.defined(name.id) ? '1' : '0'));
      index += parenthesized ? 3 : 1;
    } else if ((HAS_INCLUDES.has(token.id) || FEATURES.has(token.id)) && isPunct(tokens[index + 1], Punct.LeftParen)) {
      let close = index + 2;
      for (let depth = 1; close < tokens.length; close++) {
        if (isPunct(tokens[close], Punct.LeftParen)) depth++;
        else if (isPunct(tokens[close], Punct.RightParen) && --depth === 0) break;
      }
      const asked = tokens.slice(index + 2, close);
      const answer = FEATURES.has(token.id)
        ? names.feature(spelling(token), featureName(token, asked, names.expanded))
        : Number(names.hasInclude(asked));
      out.push(madeToken(token, TokenKind.Number, String(answer)));
      index = close;
    } else out.push(token);
  }
  return out;
}

/** Binding strength of the binary operators, C11 6.5.5 to 6.5.14. */
const STRENGTH = new Map<Punct, number>([
  [Punct.OrOr, 1],
  [Punct.AndAnd, 2],
  [Punct.Pipe, 3],
  [Punct.Caret, 4],
  [Punct.Ampersand, 5],
  [Punct.EqualEqual, 6],
  [Punct.ExclamationEqual, 6],
  [Punct.Less, 7],
  [Punct.Greater, 7],
  [Punct.LessEqual, 7],
  [Punct.GreaterEqual, 7],
  [Punct.ShiftLeft, 8],
  [Punct.ShiftRight, 8],
  [Punct.Plus, 9],
  [Punct.Minus, 9],
  [Punct.Star, 10],
  [Punct.Slash, 10],
  [Punct.Percent, 10],
]);

/**
 * Evaluates expanded tokens; names that are left count as 0 (C11 6.10.1p4). Those that the result rests on are added to
 * `undefinedNames`: what is right of an && or || that is decided already is not among them.
 * @throws ConditionError with the reason where it is no expression.
 */
export function evaluateCondition(tokens: readonly PToken[], undefinedNames: string[] = []): boolean {
  let at = 0;
  const wrap = (value: bigint, unsigned: boolean): Value => ({
    value: unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value),
    unsigned,
  });

  /** Parentheses, signs and conditionals in one another: each level is one of the stack. */
  let depth = 0;
  const nested = (parse: () => Value): Value => {
    if (++depth > DEEPEST) throw new ConditionError(`it nests more than ${DEEPEST} deep`);
    const value = parse();
    depth--;
    return value;
  };

  const primary = (): Value => {
    const token = tokens[at++];
    if (!token) throw new ConditionError('the expression ends early');
    if (token.kind === TokenKind.Identifier) {
      // `true` among them, before C23.
      undefinedNames.push(spelling(token));
      return wrap(0n, false);
    }
    if (token.kind === TokenKind.Number || token.kind === TokenKind.Character) {
      const number = numberValue(spelling(token));
      if (!number) throw new ConditionError(`${spelling(token)} is no integer`);
      // A kernel's plain char is unsigned (Makefile: -funsigned-char), and cpplib gives the constant of one that type.
      if (token.kind === TokenKind.Character && ONE_CHAR.test(spelling(token)))
        return wrap(BigInt.asUintN(8, number.value), true);
      // One that no signed type holds is unsigned, whatever its base (gcc, cpplib's cpp_interpret_integer).
      return wrap(number.value, number.unsigned || number.value >= 1n << 63n);
    }
    if (token.kind === TokenKind.Punctuator) {
      switch (token.id) {
        case Punct.LeftParen: {
          const value = nested(comma);
          if (!isPunct(tokens[at], Punct.RightParen)) throw new ConditionError('a parenthesis is missing');
          at++;
          return value;
        }
        case Punct.Exclamation:
          return wrap(nested(primary).value === 0n ? 1n : 0n, false);
        case Punct.Minus: {
          const value = nested(primary);
          return wrap(-value.value, value.unsigned);
        }
        case Punct.Plus:
          return nested(primary);
        case Punct.Tilde: {
          const value = nested(primary);
          return wrap(~value.value, value.unsigned);
        }
      }
    }
    throw new ConditionError(`unexpected ${spelling(token)}`);
  };

  const binary = (least: number): Value => {
    let left = primary();
    for (;;) {
      const token = tokens[at];
      const strength = token?.kind === TokenKind.Punctuator ? (STRENGTH.get(token.id) ?? 0) : 0;
      if (strength === 0 || strength < least) return left;
      at++;
      const known = undefinedNames.length;
      const right = binary(strength + 1);
      if (decides(token.id, left)) undefinedNames.length = known;
      left = apply(token.id, left, right);
    }
  };

  const apply = (punct: Punct, left: Value, right: Value): Value => {
    const unsigned = left.unsigned || right.unsigned;
    const a = unsigned ? BigInt.asUintN(64, left.value) : left.value;
    const b = unsigned ? BigInt.asUintN(64, right.value) : right.value;
    const bool = (value: boolean): Value => ({ value: value ? 1n : 0n, unsigned: false });
    switch (punct) {
      case Punct.OrOr:
        return bool(left.value !== 0n || right.value !== 0n);
      case Punct.AndAnd:
        return bool(left.value !== 0n && right.value !== 0n);
      case Punct.Pipe:
        return wrap(a | b, unsigned);
      case Punct.Caret:
        return wrap(a ^ b, unsigned);
      case Punct.Ampersand:
        return wrap(a & b, unsigned);
      case Punct.EqualEqual:
        return bool(a === b);
      case Punct.ExclamationEqual:
        return bool(a !== b);
      case Punct.Less:
        return bool(a < b);
      case Punct.Greater:
        return bool(a > b);
      case Punct.LessEqual:
        return bool(a <= b);
      case Punct.GreaterEqual:
        return bool(a >= b);
      case Punct.ShiftLeft:
        return shift(left, right.value);
      case Punct.ShiftRight:
        return shift(left, -right.value);
      case Punct.Plus:
        return wrap(a + b, unsigned);
      case Punct.Minus:
        return wrap(a - b, unsigned);
      case Punct.Star:
        return wrap(a * b, unsigned);
      default:
        // A division by zero counts only where it is evaluated; the other side of && or || may forbid it.
        if (b === 0n) return wrap(0n, unsigned);
        return wrap(punct === Punct.Slash ? a / b : a % b, unsigned);
    }
  };

  /** To the left; by a negative count to the right, as gcc does. */
  const shift = ({ value, unsigned }: Value, count: bigint): Value => {
    if (count >= 0n) return wrap(count > 63n ? 0n : value << count, unsigned);
    return wrap(value >> (count < -64n ? 64n : -count), unsigned);
  };

  const conditional = (): Value => {
    const test = binary(1);
    if (!isPunct(tokens[at], Punct.Question)) return test;
    at++;
    const known = undefinedNames.length;
    const yes = nested(comma);
    const ofYes = undefinedNames.splice(known);
    if (!isPunct(tokens[at], Punct.Colon)) throw new ConditionError('a : is missing');
    at++;
    const no = nested(conditional);
    if (test.value !== 0n) undefinedNames.splice(known, undefinedNames.length, ...ofYes);
    // Both sides are converted to the type of the whole (C11 6.5.15p5).
    return wrap((test.value !== 0n ? yes : no).value, yes.unsigned || no.unsigned);
  };

  /** gcc takes the comma operator, and the last value counts. */
  const comma = (): Value => {
    let value = conditional();
    for (; isPunct(tokens[at], Punct.Comma); value = conditional()) at++;
    return value;
  };

  const result = comma();
  if (at < tokens.length) throw new ConditionError(`unexpected ${spelling(tokens[at])}`);
  return result.value !== 0n;
}

/** Whether the left operand of && or || is all that counts. */
function decides(punct: number, left: Value): boolean {
  if (punct === Punct.AndAnd) return left.value === 0n;
  return punct === Punct.OrOr && left.value !== 0n;
}
