/** What a layout is worked out for: the data model of a target, and its names. The models themselves are in models.ts. */
import type { Compiler, DataModel } from './data-model';
import { MODELS, type TargetName } from './models';

export type { Compiler, ScalarModel } from './data-model';
export type { TargetName } from './models';

/** Where it is not known which compiler builds, a layout is exact only if both agree on it. */
export type CompilerChoice = Compiler | 'either';

export interface Target extends DataModel {
  readonly name: TargetName;
  readonly compiler: CompilerChoice;
}

/** Other names of the same targets: what compilers and `uname -m` say, and folders under the kernel's arch/ that are for one alone. */
const ALIASES: Readonly<Record<string, TargetName>> = {
  x86: 'x86_64',
  amd64: 'x86_64',
  i486: 'i386',
  i586: 'i386',
  i686: 'i386',
  x86_32: 'i386',
  aarch64: 'arm64',
  aarch64_be: 'arm64be',
  armel: 'arm',
  armhf: 'arm',
  riscv: 'riscv64',
  s390x: 's390',
  powerpc: 'ppc64',
  ppc: 'ppc32',
  powerpc64: 'ppc64',
  powerpc64le: 'ppc64le',
  hppa: 'parisc',
  hppa64: 'parisc64',
  sh4: 'sh',
  sh4eb: 'sheb',
  loong64: 'loongarch',
  loongarch64: 'loongarch',
  or1k: 'openrisc',
};

/** The targets of folders that have several, by the options that tell them apart: the first whose options hold counts. */
const BY_OPTIONS: Readonly<Record<string, readonly (readonly [target: TargetName, ...options: string[]])[]>> = {
  um: [['i386', 'X86_32'], ['x86_64']],
  arm64: [['arm64be', 'CPU_BIG_ENDIAN'], ['arm64']],
  arm: [['armeb', 'CPU_BIG_ENDIAN'], ['arm']],
  riscv: [['riscv32', '32BIT'], ['riscv64']],
  powerpc: [['ppc64le', 'PPC64', 'CPU_LITTLE_ENDIAN'], ['ppc64', 'PPC64'], ['ppc32']],
  mips: [['mips64el', '64BIT', 'CPU_LITTLE_ENDIAN'], ['mips64', '64BIT'], ['mipsel', 'CPU_LITTLE_ENDIAN'], ['mips']],
  sparc: [['sparc64', '64BIT'], ['sparc']],
  parisc: [['parisc64', '64BIT'], ['parisc']],
  sh: [['sheb', 'CPU_BIG_ENDIAN'], ['sh']],
  arc: [['arceb', 'CPU_BIG_ENDIAN'], ['arc']],
  microblaze: [['microblaze', 'CPU_BIG_ENDIAN'], ['microblazeel']],
  xtensa: [['xtensaeb', 'CPU_BIG_ENDIAN'], ['xtensa']],
};

/** The architectures that have several targets, each with its targets. */
export function targetsByOptions(): { readonly folder: string; readonly targets: readonly TargetName[] }[] {
  return Object.entries(BY_OPTIONS).map(([folder, rows]) => ({ folder, targets: rows.map(([name]) => name) }));
}

export const TARGET_NAMES = Object.keys(MODELS) as readonly TargetName[];

const made = new Map<string, Target>();

/** The target's own name for a name as people, the kernel (`arch/NAME`) or compilers write it; undefined if unknown. */
export function targetName(name: string): TargetName | undefined {
  if (Object.hasOwn(MODELS, name)) return name as TargetName;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
}

/**
 * The target of an architecture (a folder's name, or that of a part of it) in a configuration; undefined if there is no data model.
 *
 * @param isSet Whether the configuration has an option as "y", without the `CONFIG_`; undefined where there is none.
 */
export function targetIn(arch: string, isSet: ((option: string) => boolean) | undefined): TargetName | undefined {
  const rows = isSet && Object.hasOwn(BY_OPTIONS, arch) ? BY_OPTIONS[arch] : [];
  const found = rows.find(([, ...options]) => options.every((option) => isSet?.(option)));
  return found?.[0] ?? targetName(arch);
}

/**
 * The data model of an architecture as a compiler (of the configuration, CONFIG_CC_IS_GCC or _CLANG) builds it; the same
 * object for the same arguments, so that layouts can be kept by it. Where one compiler alone builds kernels, it counts
 * whatever is asked. Throws an Error that lists the known names for a name that it does not know: ask `targetName` first
 * where the name comes from a user.
 */
export function target(name: string, compiler: CompilerChoice = 'either'): Target {
  const known = targetName(name);
  if (known === undefined) throw new Error(`no data model for "${name}"; known are ${TARGET_NAMES.join(', ')}`);
  const { builtBy, checkedBy: _checkedBy, ...model } = MODELS[known];
  const builder = builtBy.length === 1 ? builtBy[0] : compiler;
  const key = `${known} ${builder}`;
  let found = made.get(key);
  if (found === undefined) {
    found = { name: known, ...model, compiler: builder };
    made.set(key, found);
  }
  return found;
}
