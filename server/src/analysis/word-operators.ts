/** What operators and types do with a word that carries tag bits: masks, tests for zero, types that a pointer fits in. */
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { BinaryExpression, Declaration, Expression } from '../types/ast';
import { qualifiersOf } from '../types/conversions';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, strip } from '../types/model';
import { typeOf } from '../types/typer';

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
  return isEmpty(left === value ? right : left, globals);
}

/** Whether a value is 0 or NULL. */
export function isEmpty(value: Expression, globals: UnitGlobals): boolean {
  if (value.kind === 'cast') return isEmpty(value.operand, globals);
  const constant = evaluate(value, globals);
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

export function isVoidPointer(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'pointer' && strip(bare.to).kind === 'void';
}

/** `void *` only carries a value; a pointer to anything else is there to be followed. */
export function isFollowable(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'pointer' && strip(bare.to).kind !== 'void';
}

/** What a function returns that is given the address of what it must not change, as `atomic_read()` is; undefined of others. */
export function readBy(callee: Expression, globals: UnitGlobals): CType | undefined {
  const type = strip(typeOf(callee, globals));
  const to = type.kind === 'function' ? type.parameters[0]?.type : undefined;
  const bare = to && strip(to);
  const isReading = type.kind === 'function' && bare?.kind === 'pointer' && qualifiersOf(bare.to).isConst;
  return isReading ? type.returns : undefined;
}

/** Whether a `void *` becomes a pointer to something where a place of this type is given it. */
export function takesPointer(to: CType, value: Expression, globals: UnitGlobals): boolean {
  const from = strip(typeOf(value, globals));
  return isFollowable(to) && from.kind === 'pointer' && strip(from.to).kind === 'void';
}

/** Whether a type and a pointer type lead to the same. */
export function isOfOneType(to: CType, type: CType): boolean {
  if (type.kind !== 'pointer') return false;
  const bare = strip(to);
  const [one, other] = bare.kind === 'pointer' ? [strip(bare.to), strip(type.to)] : [];
  return one?.kind === 'record' && other?.kind === 'record' ? one.record === other.record : one?.kind === other?.kind;
}

/** Whether a cast makes a pointer that may be followed of what was none, or another one: rcu_dereference() casts to the type that is there. */
export function makesPointer({ type, operand }: Expression & { kind: 'cast' }, globals: UnitGlobals): boolean {
  return isFollowable(type) && !isOfOneType(type, strip(typeOf(operand, globals)));
}

/** `local->next`: the next pointer comes from where the local leads. */
export function isNextOf(value: Expression, local: Declaration): boolean {
  if (value.kind === 'cast') return isNextOf(value.operand, local);
  return value.kind === 'member' && value.arrow && value.base.kind === 'name' && value.base.declaration === local;
}

/** `(void *)object + TAG`: a low constant is put beside a pointer to bytes that has been made of another one. */
export function putsTagBeside(value: Expression, globals: UnitGlobals): boolean {
  if (value.kind !== 'binary' || value.operator !== Punct.Plus || value.left.kind !== 'cast') return false;
  const [to, from] = [value.left.type, typeOf(value.left.operand, globals)].map(strip);
  const isOfBytes = to.kind === 'pointer' && ['void', 'integer'].includes(strip(to.to).kind);
  const isOfRecord = from.kind === 'pointer' && strip(from.to).kind === 'record';
  return isOfBytes && isOfRecord && isLowConstant(value.right, globals);
}

/** Whether an integer is made of a local somewhere: then its tags may be known, and be taken off. */
export function isMadeInteger(local: Declaration, all: readonly Expression[]): boolean {
  return all.some(
    (part) =>
      part.kind === 'cast' &&
      strip(part.type).kind === 'integer' &&
      part.operand.kind === 'name' &&
      part.operand.declaration === local,
  );
}
