/** The constants that tests compare with: by their names, as numbers, and as bits of a mask. */
import type { UnitGlobals } from '../parser/globals';
import type { PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import type { Expression, MemberExpression } from '../types/ast';
import { strip } from '../types/model';
import { baseRecord, findMember, typeOf } from '../types/typer';
import { walkExpression } from '../types/walk';
import type { ObjectPaths } from './object-paths';

/** The constants that a mask or a value is put together of, as they are spelled: macros and enumerators. */
export function constantsIn(expression: Expression, tokens: readonly PToken[]): string[] {
  let via = tokens[expression.first]?.via;
  while (via?.at.via) via = via.at.via;
  if (via && !via.macro.parameters) return [nameText(via.macro.id)];
  const inner = via && constantWithin(expression, tokens);
  if (inner !== undefined) return [inner];
  if (expression.kind === 'cast') return constantsIn(expression.operand, tokens);
  if (expression.kind === 'name') return expression.declaration ? [] : [expression.name];
  if (expression.kind === 'binary' && expression.operator === Punct.Pipe)
    return [expression.left, expression.right].flatMap((side) => constantsIn(side, tokens));
  return [];
}

/** The constant that a macro with parameters puts together by its name, where all of an expression comes from it: `BOX_##FLAG`. */
function constantWithin({ first, end }: Expression, tokens: readonly PToken[]): string | undefined {
  const chain = (token: PToken | undefined): NonNullable<PToken['via']>[] => {
    const found: NonNullable<PToken['via']>[] = [];
    for (let via = token?.via; via; via = via.at.via) found.push(via);
    return found;
  };
  const behind = new Set(chain(tokens[end - 1]));
  const constant = chain(tokens[first]).findLast((via) => !via.macro.parameters && behind.has(via));
  return constant && nameText(constant.macro.id);
}

/** What a value is compared with: constants, or the one object that a pointer is to lead to, `&chain_ops`. */
export function comparableIn(expression: Expression, tokens: readonly PToken[]): string[] {
  if (expression.kind !== 'unary' || expression.operator !== Punct.Ampersand) return constantsIn(expression, tokens);
  const { operand } = expression;
  return operand.kind === 'name' && !operand.declaration ? [`&${operand.name}`] : [];
}

/** The numbers of the bits that a mask sets, where these are few. */
export function bitsOf(mask: bigint | undefined): string[] {
  if (mask === undefined || mask < 0n || mask >> 32n !== 0n) return [];
  const bits = [...mask.toString(2)].reverse().flatMap((bit, at) => (bit === '1' ? [`${at}`] : []));
  return bits.length <= 8 ? bits : [];
}

/** Whether a constant is spelled as a number, and not by a name. */
export function isNumeral(constant: string): boolean {
  return /^\d+$/.test(constant);
}

/** A constant by its name, or a number. */
export function named(name: string): Expression {
  if (isNumeral(name)) return { kind: 'number', text: name, first: 0, end: 1 };
  return { kind: 'name', name, declaration: undefined, first: 0, end: 1 };
}

/** Whether a member only says yes or no. */
export function isTruth(expression: MemberExpression, globals: UnitGlobals): boolean {
  const type = strip(typeOf(expression, globals));
  if (type.kind !== 'integer') return false;
  if (type.name === '_Bool') return true;
  const record = baseRecord(expression, globals);
  return !('reason' in record) && findMember(record, expression.name)?.bitWidth === 1;
}

/** Whether a member is a number of more than one bit, or a pointer. */
export function isNumber(expression: Expression, globals: UnitGlobals): boolean {
  if (expression.kind !== 'member' || isTruth(expression, globals)) return false;
  const { kind } = strip(typeOf(expression, globals));
  return kind === 'integer' || kind === 'pointer';
}

/** What a test comes to that asks for nothing but the layout, as BUILD_BUG_ON() does; undefined for any other test. */
export function layoutAnswer(test: Expression, paths: ObjectPaths): boolean | undefined {
  let asksLayout = false;
  walkExpression(test, ({ kind }) => {
    asksLayout ||= kind === 'offsetof' || kind === 'sizeof';
  });
  const value = asksLayout ? paths.constant(test) : undefined;
  return value === undefined ? undefined : value !== 0n;
}

/** One bit of those that the alignment of what is pointed to leaves free. */
export function isOneLowBit(value: bigint | undefined): boolean {
  return value === 1n || value === 2n || value === 4n;
}

/** A tag: bits that the alignment of what is pointed to leaves free. */
export function isLow(value: bigint | undefined): boolean {
  return value !== undefined && value > 0n && value < 8n;
}

/** Operators that leave a part of a word. */
export const PART_OF: ReadonlyMap<Punct, string> = new Map([
  [Punct.Ampersand, '&'],
  [Punct.ShiftRight, '>>'],
]);

/** Operators of which predicates are made, besides those that decide. */
export const WORKED_OUT: ReadonlyMap<Punct, (left: bigint, right: bigint) => bigint> = new Map([
  [Punct.EqualEqual, (left, right) => BigInt(left === right)],
  [Punct.ExclamationEqual, (left, right) => BigInt(left !== right)],
  [Punct.Ampersand, (left, right) => left & right],
  [Punct.Pipe, (left, right) => left | right],
  [Punct.ShiftLeft, (left, right) => (right >= 0n && right < 64n ? left << right : 0n)],
]);
