/** What attributes and places make of a type: vectors and modes (gcc, "Vector Extensions", "Common Type Attributes"), decay. */
import { qualifiersOf } from './conversions';
import {
  type Alignment,
  type ArrayType,
  type CType,
  type FloatName,
  type IntegerName,
  isUnknownValue,
  strip,
  type VectorType,
} from './model';
import type { Attributes } from './scope';

export function mergeAttributes(into: Attributes, from: Attributes): void {
  into.packed ||= from.packed;
  into.aligns.push(...from.aligns);
  into.alignas.push(...from.alignas);
  into.names.push(...from.names);
  into.vectorBytes ??= from.vectorBytes;
  into.mode ??= from.mode;
  into.cleanup ??= from.cleanup;
  into.isAtomic ||= from.isAtomic;
  into.isRestrict ||= from.isRestrict;
}

/** Applies `vector_size` and `mode`, which change the type itself. */
export function applyMode(type: CType, ...attributes: readonly Attributes[]): CType {
  for (const { mode } of attributes) if (mode !== undefined) type = modeType(type, mode);
  for (const { vectorBytes } of attributes) if (vectorBytes !== undefined) type = vectorOf(type, vectorBytes);
  return type;
}

/** A vector of what a type is made of: attributes go through arrays, pointers and functions (gcc, reconstruct_complex_type). */
function vectorOf(type: CType, bytes: Alignment): CType {
  switch (type.kind) {
    case 'array':
      return around(vectorOf(type.of, bytes), (of) => ({ ...type, of }));
    case 'pointer':
      return around(vectorOf(type.to, bytes), (to) => ({ ...type, to }));
    case 'function':
      return around(vectorOf(type.returns, bytes), (returns) => ({ ...type, returns }));
    default:
      // Compilers refuse it behind a pointer, too.
      return NO_ELEMENTS.has(strip(type).kind)
        ? { kind: 'unknown', reason: 'only numbers can be elements of a vector' }
        : { kind: 'vector', of: type, bytes };
  }
}

function around(inner: CType, make: (inner: CType) => CType): CType {
  return inner.kind === 'unknown' ? inner : make(inner);
}

const NO_ELEMENTS: ReadonlySet<CType['kind']> = new Set(['void', 'record', 'pointer', 'array', 'function']);

/** The type that a name of a type means by its attributes: Clang ignores there what GCC obeys. */
export function namedTypeWith(type: CType, attributes: Attributes, compiler: 'gcc' | 'clang' | 'either'): CType {
  const { aligns, mode } = attributes;
  const isPlain = aligns.length === 0 && mode === undefined;
  if (compiler === 'either' && !isPlain)
    return { kind: 'unknown', reason: "gcc and clang read attributes in a type's name differently" };
  const made = applyMode(type, compiler === 'clang' ? { ...attributes, mode: undefined } : attributes);
  return compiler === 'clang' || isPlain ? made : alignedType(made, aligns);
}

/** A type that attributes align, the last of them as GCC has it. */
export function alignedType(type: CType, aligns: readonly Alignment[]): CType {
  const align = aligns[aligns.length - 1];
  if (align === undefined) return type;
  return isUnknownValue(align) ? { kind: 'unknown', reason: align.unknown } : { ...type, align };
}

const MODE_NAMES: Readonly<Record<string, readonly ['unsigned char', 'signed char'] | readonly [string, string]>> = {
  QI: ['unsigned char', 'signed char'],
  byte: ['unsigned char', 'signed char'],
  HI: ['unsigned short', 'short'],
  SI: ['unsigned int', 'int'],
  DI: ['unsigned long long', 'long long'],
  TI: ['unsigned __int128', '__int128'],
  word: ['unsigned long', 'long'],
  pointer: ['unsigned long', 'long'],
  unwind_word: ['unsigned long', 'long'],
};

const FLOAT_MODES: Readonly<Record<string, FloatName>> = { HF: '_Float16', SF: 'float', DF: 'double' };

/** The integer types that a mode stands for: without a sign, with one; undefined where it is none that is known. */
export function modeIntegers(mode: string): readonly [IntegerName, IntegerName] | undefined {
  return MODE_NAMES[mode] as readonly [IntegerName, IntegerName] | undefined;
}

/** A type of another size, with the qualifiers that it had. */
function modeType(type: CType, mode: string): CType {
  const { isConst, isVolatile, isAtomic } = type;
  const made = bareModeType(type, mode);
  return made.kind === 'unknown' ? made : { ...made, isConst, isVolatile, isAtomic };
}

function bareModeType(type: CType, mode: string): CType {
  const names = modeIntegers(mode);
  const bare = strip(type);
  if (bare.kind === 'enum' && names) {
    const { tag, place, packed, enumerators, unknown, whyRefused } = bare.enumeration;
    const enumeration = { tag, place, packed, enumerators, unknown, whyRefused, mode, isRetyped: true };
    return { kind: 'enum', enumeration };
  }
  if (bare.kind === 'float' && FLOAT_MODES[mode]) return { kind: 'float', name: FLOAT_MODES[mode] };
  if (!names || bare.kind !== 'integer' || bare.name === '_Bool')
    return { kind: 'unknown', reason: `mode(${mode}) is not known` };
  // Kernels are built with -funsigned-char.
  const unsigned = bare.name.startsWith('unsigned') || bare.name === 'char';
  return { kind: 'integer', name: names[unsigned ? 0 : 1] };
}

/** Parameters of array and function type are pointers (C11 6.7.6.3p7, p8). */
export function decay(type: CType): CType {
  const bare = strip(type);
  if (bare.kind === 'array') return { kind: 'pointer', to: elementOf(type, bare) };
  if (bare.kind === 'function') return { kind: 'pointer', to: bare };
  return type;
}

/** What qualifies an array, as it may behind a typedef's name, qualifies its elements (C11 6.7.3p9). */
export function elementOf(type: CType, { of }: ArrayType | VectorType): CType {
  const { isConst, isVolatile } = qualifiersOf(type);
  return isConst || isVolatile
    ? { ...of, isConst: isConst || of.isConst, isVolatile: isVolatile || of.isVolatile }
    : of;
}
