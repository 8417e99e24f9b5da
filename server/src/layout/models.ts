/**
 * The data models of all targets, one entry each: sizes, alignments and bit-field rules.
 *
 * Sources, by target:
 * - x86_64: System V ABI, AMD64 Architecture Processor Supplement, figure 3.1 and "Bit-Fields" in 3.1.2.
 * - i386: System V ABI, Intel386 Architecture Processor Supplement, version 1.1, table 2.1 and 2.1.2 (8-byte scalars are
 *   aligned to 4 within records; GCC keeps 8 as what `__alignof__` prefers).
 * - arm64: Procedure Call Standard for the Arm 64-bit Architecture (AAPCS64), 5.1 and 10.1.8 (bit-fields, containers).
 * - arm: Procedure Call Standard for the Arm Architecture (AAPCS32), 5.1 and 8.1.8, in its EABI Linux variant
 *   (enums are int-sized). Under both AAPCS, unnamed and zero-width bit-fields align their record.
 * - riscv: RISC-V ELF psABI, "C/C++ type details", LP64 and ILP32.
 * - s390: ELF Application Binary Interface, s390x Supplement, table 1.1 (64-bit kernel; nothing is aligned above 8).
 * - m68k: GCC config/m68k/m68k.h with the Linux defaults (BIGGEST_ALIGNMENT 16, EMPTY_FIELD_BOUNDARY 16, no
 *   PCC_BITFIELD_TYPE_MATTERS).
 * - powerpc: Power Architecture 32-bit ABI Supplement 1.0 and 64-Bit ELF V2 ABI, 2.1.2.
 * - mips: MIPS psABI supplement (o32) and the MIPSpro N64 ABI handbook, table 2-1.
 * - sparc: SPARC Compliance Definitions 2.4 (V8 and V9), figure 3-1.
 * - parisc: the 32-bit and 64-bit runtime architectures for PA-RISC, "data representation".
 * - alpha, sh, arc, openrisc, xtensa: as their GCC has them in config/NAME/NAME.h. SuperH, ARC, OpenRISC, C-SKY, Nios II
 *   and MicroBlaze align nothing to more than four bytes.
 * - loongarch: LoongArch ELF psABI, LP64D. hexagon: Qualcomm Hexagon ABI specification, 2.1.
 * - csky: C-SKY V2 CPU Applications Binary Interface Standards Manual, 2.1, and GCC config/csky/csky.h.
 * - microblaze: MicroBlaze Processor Reference Guide (UG984), chapter 4. nios2: Nios II Processor Reference, chapter 7.
 * `_BitInt`: the psABIs of x86_64 and i386, AAPCS64 (8.1.1); on other targets as clang has it (TargetInfo::getBitIntAlign).
 * The largest alignment, that of `__attribute__((aligned))`, is each compiler's __BIGGEST_ALIGNMENT__.
 */
import type { FloatName, IntegerName } from '../types/model';
import type { BitFieldRules, Compiler, DataModel, ScalarModel, VectorRules } from './data-model';

interface Model extends DataModel {
  /** The compilers that build kernels for it. */
  readonly builtBy: readonly Compiler[];
  /** The compilers that its layouts were compared with, on records of all kinds. */
  readonly checkedBy: readonly Compiler[];
}

function scalar(size: number, align = size, preferredAlign?: number): ScalarModel {
  return preferredAlign === undefined ? { size, align } : { size, align, preferredAlign };
}

type Wide = Partial<Record<IntegerName | FloatName, ScalarModel>> &
  Readonly<Record<'long' | 'long long' | 'double' | 'long double', ScalarModel>>;

/** The scalars of a target whose wide ones are as given; others are alike on all but m68k. */
function scalars(wide: Wide): DataModel['scalars'] {
  return {
    _Bool: scalar(1),
    char: scalar(1),
    'signed char': scalar(1),
    'unsigned char': scalar(1),
    short: scalar(2),
    'unsigned short': scalar(2),
    int: scalar(4),
    'unsigned int': scalar(4),
    'unsigned long': wide.long,
    'unsigned long long': wide['long long'],
    __int128: undefined,
    'unsigned __int128': wide.__int128,
    _Float16: undefined,
    float: scalar(4),
    __float80: undefined,
    __float128: undefined,
    // Where gcc has them: a long double of more than eight bytes, and one of sixteen (ISO/IEC TS 18661-3).
    _Float64x: wide['long double'].size > 8 ? wide['long double'] : undefined,
    _Float128: wide.__float128 ?? (wide['long double'].size === 16 ? wide['long double'] : undefined),
    ...wide,
  };
}

const INT128 = { __int128: scalar(16) };
/** gcc has it on arm with -mfp16-format alone, and on riscv from 13 on: it is unknown there. */
const FLOAT16 = { _Float16: scalar(2) };
const LP64: Wide = { long: scalar(8), 'long long': scalar(8), double: scalar(8), 'long double': scalar(16), ...INT128 };
const ILP32: Wide = { long: scalar(4), 'long long': scalar(8), double: scalar(8), 'long double': scalar(8) };

/** Where nothing is aligned to more than four bytes. */
const ILP32_BY_FOUR: Wide = {
  ...{ long: scalar(4), 'long long': scalar(8, 4), double: scalar(8, 4), 'long double': scalar(8, 4) },
};

/** m68k aligns nothing to more than two bytes. */
function alignedToTwo(wide: DataModel['scalars']): DataModel['scalars'] {
  const narrowed = Object.entries(wide).map(([name, model]) => [
    name,
    model && scalar(model.size, Math.min(model.align, 2)),
  ]);
  return Object.fromEntries(narrowed) as DataModel['scalars'];
}

const BIT_FIELDS: BitFieldRules = {
  typeMatters: true,
  unnamedAligns: false,
  emptyFieldBoundary: 0,
  widestInteger: 128,
  strictestMember: Number.POSITIVE_INFINITY,
};
const BIT_FIELDS_32: BitFieldRules = { ...BIT_FIELDS, widestInteger: 64 };

const VECTORS: VectorRules = { strictest: Number.POSITIVE_INFINITY };

/** What gcc takes on x86; clang takes more. */
const WIDEST_BIT_INT = 65535;

const GCC: readonly Compiler[] = ['gcc'];
const CLANG: readonly Compiler[] = ['clang'];
const BOTH: readonly Compiler[] = ['gcc', 'clang'];

/** What 64-bit targets have in common, unless they say otherwise. */
const WIDE: Model = {
  ...{ bigEndian: false, charIsSigned: true, pointer: scalar(8), scalars: scalars(LP64), vaList: scalar(8) },
  ...{ biggestAlignment: 16, bitFields: BIT_FIELDS, vectors: VECTORS, cacheline: 64, widestAtomic: undefined },
  ...{ builtBy: BOTH, checkedBy: BOTH, bitInt: { unit: 64, widest: 128, byGcc: false } },
};

/** What 32-bit targets have in common, unless they say otherwise. */
const NARROW: Model = {
  ...WIDE,
  ...{ pointer: scalar(4), scalars: scalars(ILP32), vaList: scalar(4), biggestAlignment: 8, bitFields: BIT_FIELDS_32 },
};

/** What 32-bit targets have in common that align nothing to more than four bytes. */
const BY_FOUR: Model = {
  ...NARROW,
  ...{ scalars: scalars(ILP32_BY_FOUR), biggestAlignment: 4, cacheline: 32, builtBy: GCC, checkedBy: GCC },
};

const ARM64: Model = {
  ...WIDE,
  bitInt: { unit: 128, widest: 128, byGcc: true },
  widestAtomic: 16,
  charIsSigned: false,
  scalars: scalars({ ...LP64, ...FLOAT16 }),
  vaList: scalar(32, 8),
  bitFields: { ...BIT_FIELDS, unnamedAligns: true },
  vectors: { strictest: 16 },
};
const ARM: Model = {
  ...NARROW,
  widestAtomic: 8,
  charIsSigned: false,
  scalars: scalars(ILP32),
  bitFields: { ...BIT_FIELDS_32, unnamedAligns: true },
  vectors: { strictest: 8 },
};
const PPC64: Model = { ...WIDE, bigEndian: true, charIsSigned: false, cacheline: 128 };
const MIPS: Model = { ...NARROW, cacheline: 32 };
const MIPS64: Model = { ...WIDE, cacheline: 32 };
const SH: Model = { ...BY_FOUR };
const ARC: Model = { ...BY_FOUR, charIsSigned: false, cacheline: 64 };
const MICROBLAZE: Model = { ...BY_FOUR, checkedBy: [] };
const XTENSA: Model = {
  ...NARROW,
  ...{ charIsSigned: false, vaList: scalar(12, 4), biggestAlignment: 16, cacheline: 32, builtBy: GCC, checkedBy: GCC },
};

const ENTRIES = {
  x86_64: {
    ...WIDE,
    widestAtomic: 16,
    bitInt: { unit: 64, widest: WIDEST_BIT_INT, byGcc: true },
    scalars: scalars({ ...LP64, ...FLOAT16, __float80: scalar(16), __float128: scalar(16) }),
    vaList: scalar(24, 8),
  },
  i386: {
    ...NARROW,
    widestAtomic: 8,
    bitInt: { unit: 32, widest: WIDEST_BIT_INT, byGcc: true },
    scalars: scalars({
      ...{ long: scalar(4), 'long long': scalar(8, 4, 8), double: scalar(8, 4, 8), 'long double': scalar(12, 4) },
      ...{ __float80: scalar(12, 4), __float128: scalar(16) },
    }),
    biggestAlignment: 16,
    bitFields: { ...BIT_FIELDS_32, strictestMember: 32 },
    vectors: { ...VECTORS, smallIntegerByGcc: 4 },
  },
  arm64: ARM64,
  arm64be: { ...ARM64, bigEndian: true },
  arm: ARM,
  armeb: { ...ARM, bigEndian: true },
  riscv64: { ...WIDE, widestAtomic: 16, charIsSigned: false, scalars: scalars(LP64) },
  riscv32: {
    ...NARROW,
    charIsSigned: false,
    scalars: scalars({ ...ILP32, 'long double': scalar(16) }),
    biggestAlignment: 16,
    checkedBy: CLANG,
  },
  s390: {
    ...WIDE,
    widestAtomic: 16,
    bigEndian: true,
    charIsSigned: false,
    scalars: scalars({ ...LP64, 'long double': scalar(16, 8), __int128: scalar(16, 8) }),
    vaList: scalar(32, 8),
    biggestAlignment: 8,
    cacheline: 256,
  },
  m68k: {
    ...NARROW,
    bigEndian: true,
    pointer: scalar(4, 2),
    scalars: alignedToTwo(scalars({ ...ILP32, 'long double': scalar(12), _Float64x: undefined })),
    vaList: scalar(4, 2),
    biggestAlignment: 2,
    bitFields: { ...BIT_FIELDS_32, typeMatters: false, emptyFieldBoundary: 16 },
    cacheline: 16,
    ...{ builtBy: GCC, checkedBy: GCC },
  },
  ppc32: {
    ...NARROW,
    ...{ bigEndian: true, charIsSigned: false, vaList: scalar(12, 4), biggestAlignment: 16, cacheline: 32 },
    scalars: scalars({ ...ILP32, 'long double': scalar(16) }),
  },
  ppc64: PPC64,
  ppc64le: { ...PPC64, bigEndian: false },
  mips: { ...MIPS, bigEndian: true },
  mipsel: MIPS,
  mips64: { ...MIPS64, bigEndian: true },
  mips64el: MIPS64,
  sparc: {
    ...NARROW,
    ...{ bigEndian: true, cacheline: 32, builtBy: GCC, checkedBy: GCC },
    scalars: scalars({ ...ILP32, 'long double': scalar(16, 8) }),
  },
  sparc64: { ...WIDE, bigEndian: true, cacheline: 32 },
  parisc: { ...NARROW, bigEndian: true, builtBy: GCC, checkedBy: GCC },
  parisc64: { ...WIDE, bigEndian: true, builtBy: GCC, checkedBy: GCC },
  alpha: { ...WIDE, vaList: scalar(16, 8), builtBy: GCC, checkedBy: GCC },
  sh: SH,
  sheb: { ...SH, bigEndian: true },
  arc: ARC,
  arceb: { ...ARC, bigEndian: true },
  loongarch: { ...WIDE, checkedBy: CLANG },
  hexagon: {
    ...NARROW,
    ...{ charIsSigned: false, vaList: scalar(12, 4), cacheline: 32, builtBy: CLANG, checkedBy: CLANG },
  },
  csky: { ...BY_FOUR, charIsSigned: false, cacheline: 64, checkedBy: [] },
  microblaze: { ...MICROBLAZE, bigEndian: true },
  microblazeel: MICROBLAZE,
  nios2: { ...BY_FOUR, checkedBy: [] },
  openrisc: { ...BY_FOUR, bigEndian: true, cacheline: 16 },
  xtensa: XTENSA,
  xtensaeb: { ...XTENSA, bigEndian: true, checkedBy: [] },
} satisfies Record<string, Model>;

export type TargetName = keyof typeof ENTRIES;

export const MODELS: Readonly<Record<TargetName, Model>> = ENTRIES;
