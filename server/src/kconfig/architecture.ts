/** Names of architectures as the kernel's own build knows them: ARCH=, and the folder below arch/. */

export interface BuildArchitecture {
  /** What stands behind ARCH=. */
  readonly name: string;
  /** The folder below arch/, SRCARCH. */
  readonly folder: string;
}

/** What people, machines and compilers call an architecture, and what ARCH= takes. */
const ALIASES: Readonly<Record<string, string>> = {
  x86: 'x86_64',
  amd64: 'x86_64',
  x64: 'x86_64',
  ia32: 'i386',
  i486: 'i386',
  i586: 'i386',
  i686: 'i386',
  aarch64: 'arm64',
  armhf: 'arm',
  armv7l: 'arm',
  riscv64: 'riscv',
  riscv32: 'riscv',
  s390x: 's390',
  ppc: 'powerpc',
  ppc64: 'powerpc',
  ppc64le: 'powerpc',
  mipsel: 'mips',
  loong64: 'loongarch',
  loongarch64: 'loongarch',
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
  const own = ALIASES[name] ?? name;
  return { name: own, folder: FOLDERS[own] ?? own };
}
