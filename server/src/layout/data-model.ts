/** The terms in which a target's data model is written: sizes, alignments, and how bit-fields and vectors are placed. */
import type { Bits, Bytes, FloatName, IntegerName } from '../types/model';

/** The two compilers that build kernels; they part only in rare mixtures of bit-fields and alignment attributes. */
export type Compiler = 'gcc' | 'clang';

/** Size and alignment of one scalar type, in bytes. */
export interface ScalarModel {
  readonly size: Bytes;
  /** Alignment within records and arrays (`_Alignof`). */
  readonly align: Bytes;
  /** What GNU C's `__alignof__` says, where that is more than `align`. */
  readonly preferredAlign?: Bytes;
}

/** How bit-fields are placed; the names of GCC's target macros stand in the comments. */
export interface BitFieldRules {
  /** Whether the declared type of a bit-field aligns it and its record (PCC_BITFIELD_TYPE_MATTERS). */
  readonly typeMatters: boolean;
  /** Whether unnamed bit-fields, too, align the record (align_anon_bitfield). */
  readonly unnamedAligns: boolean;
  /** Where the type does not matter, what a zero-width bit-field aligns to, in bits (EMPTY_FIELD_BOUNDARY). */
  readonly emptyFieldBoundary: Bits;
  /** Widest machine integer, in bits (MAX_FIXED_MODE_SIZE). */
  readonly widestInteger: Bits;
  /** Strictest alignment that an integer gets as a member without an attribute, in bits (ADJUST_FIELD_ALIGN). */
  readonly strictestMember: Bits;
}

export interface VectorRules {
  /** A vector is aligned to its size, but to this at most, in bytes. */
  readonly strictest: Bytes;
  /** Where GCC keeps small vectors in general registers: integer ones of up to 8 bytes align as this, in bytes. */
  readonly smallIntegerByGcc?: Bytes;
}

/** What layouts need to know of a target. */
export interface DataModel {
  readonly bigEndian: boolean;
  /** The ABI's signedness of plain `char`. Kernels since 6.2 are built with -funsigned-char whatever it is. */
  readonly charIsSigned: boolean;
  readonly pointer: ScalarModel;
  /** Undefined where the compilers of this target have no such type. */
  readonly scalars: Readonly<Record<IntegerName | FloatName, ScalarModel | undefined>>;
  /** `__builtin_va_list` as a member. */
  readonly vaList: ScalarModel;
  /** Alignment that `__attribute__((aligned))` without a number asks for, in bytes (__BIGGEST_ALIGNMENT__). */
  readonly biggestAlignment: Bytes;
  readonly bitFields: BitFieldRules;
  readonly vectors: VectorRules;
  /** `_BitInt(N)` is made of integers of this many bits at most, and has this many bits at most; undefined: not known. */
  readonly bitInt: { readonly unit: Bits; readonly widest: Bits; readonly byGcc: boolean } | undefined;
  /** The largest object with `_Atomic` that Clang pads to a power of two, in bytes (MaxAtomicPromoteWidth); undefined: not known. */
  readonly widestAtomic?: Bytes;
  /** Usual L1_CACHE_BYTES of the architecture (arch/ARCH/include/asm/cache.h), for pictures alone. */
  readonly cacheline: Bytes;
}
