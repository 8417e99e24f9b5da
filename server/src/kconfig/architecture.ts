/** Names of architectures as the kernel's own build knows them: ARCH=, and the folder below arch/. */

export interface BuildArchitecture {
  /** What stands behind ARCH=. */
  readonly name: string;
  /** The folder below arch/, SRCARCH. */
  readonly folder: string;
  /** The configuration that stands for the name, where the architecture's own default is for another part of it. */
  readonly config?: string;
}

/** What people, machines and compilers call an architecture, and what ARCH= takes; where it is a part of one, its configuration. */
const ALIASES: Readonly<Record<string, string | readonly [name: string, config: string]>> = {
  x86: 'x86_64',
  amd64: 'x86_64',
  x64: 'x86_64',
  ia32: 'i386',
  i486: 'i386',
  i586: 'i386',
  i686: 'i386',
  x86_32: 'i386',
  aarch64: 'arm64',
  aarch64_be: 'arm64',
  arm64be: 'arm64',
  armel: 'arm',
  armhf: 'arm',
  armv7l: 'arm',
  armeb: 'arm',
  riscv64: 'riscv',
  riscv32: ['riscv', 'defconfig,32-bit.config'],
  s390x: 's390',
  ppc: ['powerpc', 'pmac32_defconfig'],
  ppc32: ['powerpc', 'pmac32_defconfig'],
  ppc64: ['powerpc', 'ppc64_defconfig'],
  powerpc64: ['powerpc', 'ppc64_defconfig'],
  ppc64le: ['powerpc', 'ppc64le_defconfig'],
  powerpc64le: ['powerpc', 'ppc64le_defconfig'],
  mipsel: ['mips', '32r2el_defconfig'],
  mips64: ['mips', '64r2_defconfig'],
  mips64el: ['mips', '64r2el_defconfig'],
  hppa: 'parisc',
  hppa64: 'parisc64',
  sh4: 'sh',
  sheb: 'sh',
  sh4eb: 'sh',
  arceb: 'arc',
  loong64: 'loongarch',
  loongarch64: 'loongarch',
  microblazeel: 'microblaze',
  or1k: 'openrisc',
  xtensaeb: 'xtensa',
};

/** Names that share the folder of another one. */
const FOLDERS: Readonly<Record<string, string>> = {
  x86_64: 'x86',
  i386: 'x86',
  sparc32: 'sparc',
  sparc64: 'sparc',
  parisc64: 'parisc',
  sh64: 'sh',
};

export function buildArchitecture(name: string): BuildArchitecture {
  const known = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
  const [own, config] = typeof known === 'string' ? [known] : known;
  const folder = Object.hasOwn(FOLDERS, own) ? FOLDERS[own] : own;
  return { name: own, folder, ...(config !== undefined && { config }) };
}
