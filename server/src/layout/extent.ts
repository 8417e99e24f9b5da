/** Size and alignment of any C type on a target, given a way to lay records out. */
import { qualifiersOf, unqualified } from '../types/conversions';
import {
  type BitIntType,
  type Bytes,
  type CType,
  type EnumType,
  isIncompleteArray,
  isUnknownValue,
  type RecordDeclaration,
  strip,
  type UnknownValue,
  type VectorType,
} from '../types/model';
import { enumInteger } from './enumeration';
import type { ScalarModel, Target } from './target';

/** In bytes; `align` is what counts within records and arrays. */
export interface Extent {
  readonly size: Bytes;
  readonly align: Bytes;
  /** What GNU C's `__alignof__` says, where that is more. */
  readonly preferredAlign?: Bytes;
}

type RecordExtent = (record: RecordDeclaration) => Extent | UnknownValue;

/** Arrays of arrays, and typedefs of typedefs, deeper than this are no C that a compiler takes. */
const DEEPEST_NESTING = 500;

/** The extent of a type, or why it has none; a flexible array has size 0, `void` has GNU C's size of 1. */
export function typeExtent(type: CType, target: Target, recordExtent: RecordExtent, depth = 0): Extent | UnknownValue {
  if (depth > DEEPEST_NESTING) return { unknown: 'a type is nested too deeply' };
  const plain = plainExtent(type, target, recordExtent, depth);
  if (isUnknownValue(plain)) return plain;
  const extent = type.align === undefined ? plain : { size: plain.size, align: type.align };
  return type.isAtomic ? atomicExtent(type, extent, target) : extent;
}

/** The extent of a type, without what stands on this very type. */
function plainExtent(type: CType, target: Target, recordExtent: RecordExtent, depth: number): Extent | UnknownValue {
  switch (type.kind) {
    case 'void':
      return { size: 1, align: 1 };
    case 'integer':
    case 'float':
      return scalarExtent(type.name, target.scalars[type.name], target);
    case 'bitint':
      return bitIntExtent(type, target);
    case 'pointer':
      return target.pointer;
    case 'enum':
      return enumExtent(type, target);
    case 'record':
      return recordExtent(type.record);
    case 'typedef': {
      if (type.doubt !== undefined) return { unknown: type.doubt };
      return typeExtent(type.to, target, recordExtent, depth + 1);
    }
    case 'array': {
      if (isUnknownValue(type.length)) return { unknown: `the length of an array is unknown: ${type.length.unknown}` };
      const element = elementExtent(type.of, target, recordExtent, depth + 1);
      if (isUnknownValue(element)) return element;
      const inner = strip(type.of);
      if (isIncompleteArray(inner)) return { unknown: 'the elements of an array are incomplete' };
      if (inner.kind === 'void') return { unknown: 'void has no values' };
      if (element.size % element.align !== 0)
        return { unknown: `elements of ${element.size} bytes can not be aligned to ${element.align}` };
      const size = element.size * (type.length ?? 0);
      const isTooLarge = target.pointer.size === 4 && size > 0x7fffffff;
      if (!Number.isSafeInteger(size * 8) || size < 0 || isTooLarge)
        return { unknown: 'an array has an impossible size' };
      return { ...element, size };
    }
    case 'vector':
      return vectorExtent(type, target);
    case 'va_list':
      return target.vaList;
    case 'function':
      return { unknown: 'a function has no size' };
    case 'unknown':
      return { unknown: type.reason };
  }
}

/** The extent of an element: records with `_Atomic` are aligned in arrays of GCC's as without it. */
function elementExtent(of: CType, target: Target, recordExtent: RecordExtent, depth: number): Extent | UnknownValue {
  const whole = typeExtent(of, target, recordExtent, depth);
  if (target.compiler === 'clang' || isUnknownValue(whole)) return whole;
  if (strip(of).kind !== 'record' || !qualifiersOf(of).isAtomic) return whole;
  const plain = typeExtent(unqualified(of), target, recordExtent, depth);
  if (target.compiler === 'gcc' || isUnknownValue(plain) || plain.align === whole.align) return plain;
  return { unknown: 'gcc and clang align an array of this _Atomic record differently' };
}

function scalarExtent(name: string, model: ScalarModel | undefined, target: Target): Extent | UnknownValue {
  return model ?? { unknown: `there is no ${name} on ${target.name}` };
}

/** The smallest integer that holds it, or as many of the target's unit as are needed. */
function bitIntExtent({ bits }: BitIntType, { bitInt, compiler, name }: Target): Extent | UnknownValue {
  if (bitInt === undefined || bits > bitInt.widest || (compiler !== 'clang' && !bitInt.byGcc))
    return { unknown: `how a _BitInt of ${bits} bits is laid out on ${name} is not known` };
  const align = Math.min(Math.max(2 ** Math.ceil(Math.log2(bits)), 8), bitInt.unit) / 8;
  return { size: Math.ceil(bits / 8 / align) * align, align };
}

function enumExtent(type: EnumType, target: Target): Extent | UnknownValue {
  const name = enumInteger(type.enumeration, target);
  if (isUnknownValue(name)) return name;
  const extent = scalarExtent(name, target.scalars[name], target);
  const { aligns } = type.enumeration;
  if (isUnknownValue(extent) || !aligns?.length || target.compiler === 'gcc') return extent;
  // Clang obeys an enum's own `aligned`, GCC does not (finish_enum).
  const align = aligns.reduce<Bytes>((most, one) => (isUnknownValue(one) ? Number.NaN : Math.max(most, one)), 1);
  if (target.compiler === 'clang' && align > 0) return { size: extent.size, align };
  return align === extent.align ? extent : { unknown: 'gcc and clang align this enum differently' };
}

/**
 * An object with `_Atomic`: GCC aligns what has the size of a machine integer as that (build_qualified_type), Clang pads
 * all up to the target's limit to a power of two (ASTContext::getTypeInfoImpl).
 */
function atomicExtent(type: CType, plain: Extent, target: Target): Extent | UnknownValue {
  const bare = strip(type);
  const isOdd = bare.kind === 'bitint' && (bare.bits < 8 || !Number.isInteger(Math.log2(bare.bits)));
  if (isOdd) return { unknown: `an integer of ${bare.bits} bits can not be atomic` };
  if (bare.kind === 'array' || bare.kind === 'function') return { unknown: `an ${bare.kind} can not be atomic` };
  const { size, align } = plain;
  const isMachineSize = size <= 16 && size > 0 && (size & (size - 1)) === 0;
  const byGcc = isMachineSize ? { size, align: Math.max(align, Math.min(size, target.biggestAlignment)) } : plain;
  if (target.compiler === 'gcc') return byGcc;
  const most = target.widestAtomic;
  if (most === undefined) return { unknown: `what clang makes of _Atomic on ${target.name} is not known` };
  const rounded = size === 0 ? 1 : 2 ** Math.ceil(Math.log2(size));
  const byClang = rounded <= most ? { size: rounded, align: size === 0 ? align : rounded } : plain;
  if (target.compiler === 'clang' || (byClang.size === byGcc.size && byClang.align === byGcc.align)) return byClang;
  return { unknown: 'gcc and clang lay out this _Atomic differently' };
}

/**
 * A vector aligns to its size, up to the target's limit. Where GCC keeps small vectors in general registers, integer
 * ones align as integers; of small ones of floats nothing is known for sure there.
 */
function vectorExtent(type: VectorType, target: Target): Extent | UnknownValue {
  const size = type.bytes;
  if (isUnknownValue(size)) return { unknown: `the size of a vector is unknown: ${size.unknown}` };
  const of = strip(type.of);
  const element = of.kind === 'integer' || of.kind === 'float' ? target.scalars[of.name]?.size : undefined;
  if (element === undefined || (of.kind === 'integer' && of.name === '_Bool'))
    return { unknown: 'only numbers can be elements of a vector' };
  if (size % element !== 0) return { unknown: `a vector of ${size} bytes has no whole elements` };
  if (size <= 0 || (size & (size - 1)) !== 0) return { unknown: `a vector of ${size} bytes is not a power of two` };
  const { strictest, smallIntegerByGcc } = target.vectors;
  const align = Math.min(size, strictest);
  if (smallIntegerByGcc === undefined || size > 8 || target.compiler === 'clang') return { size, align };
  const alignByGcc = Math.min(align, smallIntegerByGcc);
  const isSure = strip(type.of).kind === 'integer' && (target.compiler === 'gcc' || align === alignByGcc);
  if (!isSure) return { unknown: `gcc and clang align a vector of ${size} bytes differently on ${target.name}` };
  return { size, align: alignByGcc, preferredAlign: align };
}
