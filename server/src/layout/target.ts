/**
 * The data models that layouts are worked out for: sizes, alignments and bit-field rules of each architecture, as data.
 *
 * Sources, by target:
 * - x86_64: System V ABI, AMD64 Architecture Processor Supplement, figure 3.1 and "Bit-Fields" in 3.1.2.
 * - i386: System V ABI, Intel386 Architecture Processor Supplement, version 1.1, table 2.1 and 2.1.2 (8-byte scalars are
 *   aligned to 4 within records; GCC keeps 8 as what `__alignof__` prefers).
 * - arm64: Procedure Call Standard for the Arm 64-bit Architecture (AAPCS64), 5.1 and 10.1.8 (bit-fields, containers).
 * - arm: Procedure Call Standard for the Arm Architecture (AAPCS32), 5.1 and 8.1.8, in its EABI Linux variant
 *   (enums are int-sized). Under both AAPCS, unnamed and zero-width bit-fields align their record.
 * - riscv64: RISC-V ELF psABI, "C/C++ type details", LP64.
 * - s390: ELF Application Binary Interface, s390x Supplement, table 1.1 (64-bit kernel; nothing is aligned above 8).
 * - m68k: GCC config/m68k/m68k.h with the Linux defaults (BIGGEST_ALIGNMENT 16, EMPTY_FIELD_BOUNDARY 16, no
 *   PCC_BITFIELD_TYPE_MATTERS). Clang's m68k differs from it and builds no Linux kernel.
 * The largest alignment, that of `__attribute__((aligned))`, is each compiler's __BIGGEST_ALIGNMENT__.
 */
import type { Bits, Bytes, FloatName, IntegerName } from '../types/model';

export type TargetName = 'x86_64' | 'i386' | 'arm64' | 'arm' | 'riscv64' | 's390' | 'm68k';

/** The two compilers that build kernels; they part only in rare mixtures of bit-fields and alignment attributes. */
export type Compiler = 'gcc' | 'clang';

/** Where it is not known which compiler builds, a layout is exact only if both agree on it. */
export type CompilerChoice = Compiler | 'either';

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

export interface Target {
  readonly name: TargetName;
  readonly compiler: CompilerChoice;
  readonly bigEndian: boolean;
  /** The ABI's signedness of plain `char`. Kernels since 6.2 are built with -funsigned-char whatever it is. */
  readonly charIsSigned: boolean;
  readonly pointer: ScalarModel;
  /** Undefined where the compilers of this target have no such type. */
  readonly scalars: Readonly<Record<IntegerName | FloatName, ScalarModel | undefined>>;
  /** Alignment that `__attribute__((aligned))` without a number asks for, in bytes (__BIGGEST_ALIGNMENT__). */
  readonly biggestAlignment: Bytes;
  readonly bitFields: BitFieldRules;
  readonly vectors: VectorRules;
  /** Usual L1_CACHE_BYTES of the architecture (arch/ARCH/include/asm/cache.h), for pictures alone. */
  readonly cacheline: Bytes;
}

type Scalars = Target['scalars'];

function scalar(size: number, align = size, preferredAlign?: number): ScalarModel {
  return preferredAlign === undefined ? { size, align } : { size, align, preferredAlign };
}

/** The scalars of a target whose `long` and `long long` are as given; others are alike on all but m68k. */
function scalars(
  long: ScalarModel,
  longLong: ScalarModel,
  double: ScalarModel,
  longDouble: ScalarModel,
  int128: ScalarModel | undefined,
  float128: ScalarModel | undefined,
): Scalars {
  return {
    _Bool: scalar(1),
    char: scalar(1),
    'signed char': scalar(1),
    'unsigned char': scalar(1),
    short: scalar(2),
    'unsigned short': scalar(2),
    int: scalar(4),
    'unsigned int': scalar(4),
    long,
    'unsigned long': long,
    'long long': longLong,
    'unsigned long long': longLong,
    __int128: int128,
    'unsigned __int128': int128,
    _Float16: scalar(2),
    float: scalar(4),
    double,
    'long double': longDouble,
    __float128: float128,
  };
}

/** m68k aligns nothing to more than two bytes. */
function alignedToTwo(wide: Scalars): Scalars {
  const narrowed = Object.entries(wide).map(([name, model]) => [
    name,
    model && scalar(model.size, Math.min(model.align, 2)),
  ]);
  return Object.fromEntries(narrowed) as Scalars;
}

const LP64_BIT_FIELDS: BitFieldRules = {
  typeMatters: true,
  unnamedAligns: false,
  emptyFieldBoundary: 0,
  widestInteger: 128,
  strictestMember: Number.POSITIVE_INFINITY,
};

const NATURAL_VECTORS: VectorRules = { strictest: Number.POSITIVE_INFINITY };

type Model = Omit<Target, 'compiler'>;

const MODELS: Readonly<Record<TargetName, Model>> = {
  x86_64: {
    name: 'x86_64',
    bigEndian: false,
    charIsSigned: true,
    pointer: scalar(8),
    scalars: scalars(scalar(8), scalar(8), scalar(8), scalar(16), scalar(16), scalar(16)),
    biggestAlignment: 16,
    bitFields: LP64_BIT_FIELDS,
    vectors: NATURAL_VECTORS,
    cacheline: 64,
  },
  i386: {
    name: 'i386',
    bigEndian: false,
    charIsSigned: true,
    pointer: scalar(4),
    scalars: scalars(scalar(4), scalar(8, 4, 8), scalar(8, 4, 8), scalar(12, 4), undefined, scalar(16)),
    biggestAlignment: 16,
    bitFields: { ...LP64_BIT_FIELDS, widestInteger: 64, strictestMember: 32 },
    vectors: { ...NATURAL_VECTORS, smallIntegerByGcc: 4 },
    cacheline: 64,
  },
  arm64: {
    name: 'arm64',
    bigEndian: false,
    charIsSigned: false,
    pointer: scalar(8),
    scalars: scalars(scalar(8), scalar(8), scalar(8), scalar(16), scalar(16), undefined),
    biggestAlignment: 16,
    bitFields: { ...LP64_BIT_FIELDS, unnamedAligns: true },
    vectors: { strictest: 16 },
    cacheline: 64,
  },
  arm: {
    name: 'arm',
    bigEndian: false,
    charIsSigned: false,
    pointer: scalar(4),
    scalars: scalars(scalar(4), scalar(8), scalar(8), scalar(8), undefined, undefined),
    biggestAlignment: 8,
    bitFields: { ...LP64_BIT_FIELDS, unnamedAligns: true, widestInteger: 64 },
    vectors: { strictest: 8 },
    cacheline: 64,
  },
  riscv64: {
    name: 'riscv64',
    bigEndian: false,
    charIsSigned: false,
    pointer: scalar(8),
    scalars: scalars(scalar(8), scalar(8), scalar(8), scalar(16), scalar(16), undefined),
    biggestAlignment: 16,
    bitFields: LP64_BIT_FIELDS,
    vectors: NATURAL_VECTORS,
    cacheline: 64,
  },
  s390: {
    name: 's390',
    bigEndian: true,
    charIsSigned: false,
    pointer: scalar(8),
    scalars: scalars(scalar(8), scalar(8), scalar(8), scalar(16, 8), scalar(16, 8), undefined),
    biggestAlignment: 8,
    bitFields: LP64_BIT_FIELDS,
    vectors: NATURAL_VECTORS,
    cacheline: 256,
  },
  m68k: {
    name: 'm68k',
    bigEndian: true,
    charIsSigned: true,
    pointer: scalar(4, 2),
    scalars: alignedToTwo(scalars(scalar(4), scalar(8), scalar(8), scalar(12), undefined, undefined)),
    biggestAlignment: 2,
    bitFields: {
      ...LP64_BIT_FIELDS,
      typeMatters: false,
      emptyFieldBoundary: 16,
      widestInteger: 64,
    },
    vectors: NATURAL_VECTORS,
    cacheline: 16,
  },
};

/** Other names of the same targets: folders under the kernel's arch/, and what compilers and `uname -m` say. */
const ALIASES: Readonly<Record<string, TargetName>> = {
  x86: 'x86_64',
  amd64: 'x86_64',
  i486: 'i386',
  i586: 'i386',
  i686: 'i386',
  x86_32: 'i386',
  aarch64: 'arm64',
  armel: 'arm',
  armhf: 'arm',
  riscv: 'riscv64',
  s390x: 's390',
};

export const TARGET_NAMES = Object.keys(MODELS) as readonly TargetName[];

const made = new Map<string, Target>();

/** The target's own name for a name as people, the kernel (`arch/NAME`) or compilers write it; undefined if unknown. */
export function targetName(name: string): TargetName | undefined {
  if (Object.hasOwn(MODELS, name)) return name as TargetName;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
}

/**
 * The data model of an architecture as a compiler (of the configuration, CONFIG_CC_IS_GCC or _CLANG) builds it; the same object for the same arguments, so that layouts
 * can be kept by it. Throws an Error that lists the known names for a name that it does not know: ask `targetName` first
 * where the name comes from a user.
 */
export function target(name: string, compiler: CompilerChoice = 'either'): Target {
  const known = targetName(name);
  if (known === undefined) throw new Error(`no data model for "${name}"; known are ${TARGET_NAMES.join(', ')}`);
  const key = `${known} ${compiler}`;
  let found = made.get(key);
  if (found === undefined) {
    found = { ...MODELS[known], compiler };
    made.set(key, found);
  }
  return found;
}
