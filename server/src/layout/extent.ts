/** Size and alignment of any C type on a target, given a way to lay records out. */
import {
  type Bytes,
  type CType,
  type EnumType,
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
  switch (type.kind) {
    case 'void':
      return { size: 1, align: 1 };
    case 'integer':
    case 'float':
      return scalarExtent(type.name, target.scalars[type.name], target);
    case 'pointer':
      return target.pointer;
    case 'enum':
      return enumExtent(type, target);
    case 'record':
      return recordExtent(type.record);
    case 'typedef': {
      if (type.doubt !== undefined) return { unknown: type.doubt };
      const meant = typeExtent(type.to, target, recordExtent, depth + 1);
      if (isUnknownValue(meant) || type.align === undefined) return meant;
      return { size: meant.size, align: type.align };
    }
    case 'array': {
      if (isUnknownValue(type.length)) return { unknown: `the length of an array is unknown: ${type.length.unknown}` };
      const element = typeExtent(type.of, target, recordExtent, depth + 1);
      if (isUnknownValue(element)) return element;
      const size = element.size * (type.length ?? 0);
      if (!Number.isSafeInteger(size * 8) || size < 0) return { unknown: 'an array has an impossible size' };
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

function scalarExtent(name: string, model: ScalarModel | undefined, target: Target): Extent | UnknownValue {
  return model ?? { unknown: `there is no ${name} on ${target.name}` };
}

function enumExtent(type: EnumType, target: Target): Extent | UnknownValue {
  const name = enumInteger(type.enumeration, target);
  return isUnknownValue(name) ? name : scalarExtent(name, target.scalars[name], target);
}

/**
 * A vector aligns to its size, up to the target's limit. Where GCC keeps small vectors in general registers, integer
 * ones align as integers; of small ones of floats nothing is known for sure there.
 */
function vectorExtent(type: VectorType, target: Target): Extent | UnknownValue {
  const size = type.bytes;
  if (size <= 0 || (size & (size - 1)) !== 0) return { unknown: `a vector of ${size} bytes is not a power of two` };
  const { strictest, smallIntegerByGcc } = target.vectors;
  const align = Math.min(size, strictest);
  if (smallIntegerByGcc === undefined || size > 8 || target.compiler === 'clang') return { size, align };
  const alignByGcc = Math.min(align, smallIntegerByGcc);
  const isSure = strip(type.of).kind === 'integer' && (target.compiler === 'gcc' || align === alignByGcc);
  if (!isSure) return { unknown: `gcc and clang align a vector of ${size} bytes differently on ${target.name}` };
  return { size, align: alignByGcc, preferredAlign: align };
}
