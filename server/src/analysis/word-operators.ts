/** What operators and types do with a word that carries tag bits: masks, tests for zero, types that a pointer fits in. */
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { BinaryExpression, Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, strip } from '../types/model';

/** Whether a value meets a mask or a tag: in bit arithmetic, or where the whole of it is compared with one. */
export function isTakenApart(value: Expression, around: Expression, globals: UnitGlobals): boolean {
  if (around.kind !== 'binary' || !TAKING_APART.has(around.operator)) return false;
  return isLowConstant(around.left === value ? around.right : around.left, globals);
}

/** Whether it decides by a value being zero or not. */
export function isZeroTest(
  value: Expression,
  { operator, left, right }: BinaryExpression,
  globals: UnitGlobals,
): boolean {
  if (operator === Punct.AndAnd || operator === Punct.OrOr) return true;
  if (!COMPARING.has(operator)) return false;
  let other = left === value ? right : left;
  while (other.kind === 'cast') other = other.operand;
  const constant = evaluate(other, globals);
  return !isUnknownValue(constant) && constant.value === 0n;
}

export const COMPARING: ReadonlySet<Punct> = new Set([Punct.EqualEqual, Punct.ExclamationEqual]);

const TAKING_APART: ReadonlySet<Punct> = new Set([
  Punct.Ampersand,
  Punct.Pipe,
  Punct.Minus,
  Punct.Plus,
  Punct.Percent,
  Punct.EqualEqual,
  Punct.ExclamationEqual,
]);

/** A mask or a tag: a constant, or the complement of one, in which only low bits differ from none, or from all. */
export function isLowConstant(expression: Expression, globals: UnitGlobals): boolean {
  if (expression.kind === 'cast') return isLowConstant(expression.operand, globals);
  const constant = evaluate(expression, globals);
  if (isUnknownValue(constant)) return false;
  const low = BigInt.asIntN(64, constant.value);
  return (low > 0n && low < 64n) || (low < -1n && low >= -64n);
}

/** As wide as a word that a pointer fits in. */
export function isWordWide(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'pointer' || (bare.kind === 'integer' && /^(?:unsigned )?long(?: long)?$/.test(bare.name));
}

/** `void *` only carries a value; a pointer to anything else is there to be followed. */
export function isFollowable(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'pointer' && strip(bare.to).kind !== 'void';
}
