/** Whether a value leaves low bits of a word free that are tags there, as far as its type and its source say. */
import { alignOf } from '../layout/record';
import type { Target } from '../layout/target';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, strip } from '../types/model';
import { recordName, typeOf } from '../types/typer';
import type { FileAnalysis } from './analysis';
import type { FoundExpression } from './expressions';

/** Why a type's pointers may have one of the bits set up to this one; undefined where they can't, or where it is not known. */
export function misalignedType(type: CType, bit: number, target: Target): string | undefined {
  const bare = strip(type);
  if (bare.kind !== 'pointer' && bare.kind !== 'function') return undefined;
  const to = bare.kind === 'function' ? bare : strip(bare.to);
  if (to.kind === 'function') return 'a pointer to a function has no alignment that the language promises';
  if (to.kind !== 'record' && to.kind !== 'integer') return undefined;
  if (to.kind === 'record' && to.record.members === undefined) return undefined;
  const align = alignOf(to, target);
  if (isUnknownValue(align) || align >= 2 << bit) return undefined;
  return `${to.kind === 'record' ? recordName(to.record) : to.name} is aligned to ${align} bytes on ${target.name}`;
}

/** Why a value may have one of these bits set. */
export function mayHaveBits(
  file: FileAnalysis,
  found: FoundExpression,
  value: Expression,
  bits: readonly number[],
): string | undefined {
  const core = uncast(value);
  const constant = evaluate(core, file.globals);
  if (!isUnknownValue(constant)) {
    const isSet = constant.value !== 0n && bits.some((bit) => (constant.value >> BigInt(bit)) & 1n);
    return isSet ? `the value 0x${constant.value.toString(16)} has tag bits set` : undefined;
  }
  if (isMade(core, found)) return undefined;
  const type = strip(typeOf(core, file.globals));
  // What a cast makes of a number may be any number; an expression may see to its low bits.
  if (type.kind === 'integer') {
    const isPlain = core.kind === 'name' || core.kind === 'member';
    return isPlain ? 'it is a number, of which no bit is known to be clear' : undefined;
  }
  // Whoever made a pointer that is only handed on may have aligned it; a text that a caller gives may begin anywhere.
  const isGiven = core.kind === 'name' && core.declaration?.kind === 'parameter' && isText(type);
  const isHandedOn = core.kind !== 'binary' && core.kind !== 'unary' && !isGiven;
  if (type.kind === 'pointer' && strip(type.to).kind !== 'function' && isHandedOn) return undefined;
  if (type.kind === 'function' && core.kind === 'name' && isAlignedTo(2 << Math.max(...bits), file, core.name))
    return undefined;
  const decayed: CType = type.kind === 'array' ? { kind: 'pointer', to: type.of } : type;
  return misalignedType(decayed, Math.max(...bits), file.target);
}

/** Whether a function is declared with an alignment of so many bytes at least, or with one that is not known. */
function isAlignedTo(bytes: number, { globals }: FileAnalysis, name: string): boolean {
  const aligns = globals.ordinary(name)?.aligns ?? [];
  return aligns.some((align) => typeof align !== 'number' || align >= bytes);
}

/** Whether a pointer is to characters, or to a struct that is packed. */
function isText(type: CType): boolean {
  const to = type.kind === 'pointer' ? strip(type.to) : undefined;
  return to?.kind === 'record' ? to.record.packed : to?.kind === 'integer' && to.name === 'char';
}

/** A value that comes from a call, be it by way of a variable: allocators align what they give out. */
function isMade(core: Expression, { among }: FoundExpression): boolean {
  if (isResult(core)) return true;
  if (core.kind !== 'name' || !core.declaration || core.declaration.kind !== 'variable') return false;
  return valuesOf(core.declaration, among).some((value) => isResult(uncast(value)));
}

/** Macros around a call make a statement expression of it. */
function isResult({ kind }: Expression): boolean {
  return kind === 'call' || kind === 'conditional' || kind === 'statement';
}

/** Everything that a variable is given in its function. */
function valuesOf(variable: Declaration, among: readonly FoundExpression[]): Expression[] {
  const { initializer } = variable;
  const stored = among.flatMap(({ expression }) =>
    expression.kind === 'assign' &&
    expression.operator === Punct.Equal &&
    expression.left.kind === 'name' &&
    expression.left.declaration === variable
      ? [expression.right]
      : [],
  );
  return initializer && initializer.kind !== 'list' ? [initializer, ...stored] : stored;
}

/** The place that an expression names, casts apart: `*&place`, as READ_ONCE() and its like have it, is the place itself. */
export function placeNamed(expression: Expression): Expression {
  const core = uncast(expression);
  const address = core.kind === 'unary' && core.operator === Punct.Star ? uncast(core.operand) : undefined;
  const isAddress = address?.kind === 'unary' && address.operator === Punct.Ampersand;
  return isAddress ? placeNamed(address.operand) : core;
}

/** An expression without the casts around it. */
export function uncast(expression: Expression): Expression {
  return expression.kind === 'cast' ? uncast(expression.operand) : expression;
}
