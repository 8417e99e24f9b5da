/** What becomes of the alignment that a typedef gives a scalar type, in values that expressions make of it. */
import { qualifiersOf } from './conversions';
import { type CType, strip } from './model';
import type { LayoutOracle } from './scope';

const NOT_WORKED_OUT = 'how a value of an aligned type is aligned is not worked out';

/** Whether a type, or what a typedef stands for on the way to it, has an alignment of its own. */
function isAligned(type: CType): boolean {
  while (type.kind === 'typedef' && type.align === undefined) type = type.to;
  return type.align !== undefined;
}

/** The type of a cast's value: GCC forgets a typedef's alignment (build_c_cast), Clang but for one that is qualified. */
export function castType(type: CType, { compiler }: LayoutOracle): CType {
  if (!isAligned(type)) return type;
  const bare = strip(type);
  if (bare.kind === 'record' || bare.kind === 'vector' || bare.kind === 'unknown') return type;
  if (compiler === 'gcc') return { ...bare, align: undefined };
  const { isConst, isVolatile } = qualifiersOf(type);
  const isPlain = isConst === (type.isConst ?? false) && isVolatile === (type.isVolatile ?? false);
  return compiler === 'clang' && isPlain ? type : inDoubt(type);
}

/**
 * The type of what an operator makes of operands: both compilers keep the typedef of one that is not promoted, by rules that
 * hang on the operands' order and constness.
 */
export function operationType(result: CType, ...operands: readonly CType[]): CType {
  const isKept = operands.some((operand) => isAligned(operand) && !isPromoted(operand));
  return isKept && result.kind !== 'unknown' ? inDoubt(result) : result;
}

const PROMOTED = /^(?:_Bool|(?:un)?signed (?:char|short)|char|short)$/;

function isPromoted(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'enum' || bare.kind === 'record' || (bare.kind === 'integer' && PROMOTED.test(bare.name));
}

function inDoubt(type: CType): CType {
  return { kind: 'typedef', name: type.kind === 'typedef' ? type.name : '', to: type, doubt: NOT_WORKED_OUT };
}
