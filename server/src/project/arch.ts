/** Names of architectures: what people, configurations and machines call them, and what the kernel's folders do. */

/** Other names of an architecture, as `uname -m`, compilers and ARCH= give them. */
const ALIASES: Readonly<Record<string, string>> = {
  x86_64: 'x86',
  amd64: 'x86',
  x64: 'x86',
  i486: 'i386',
  i586: 'i386',
  i686: 'i386',
  ia32: 'i386',
  aarch64: 'arm64',
  armhf: 'arm',
  armv7l: 'arm',
  riscv64: 'riscv',
  riscv32: 'riscv',
  s390x: 's390',
  ppc64: 'powerpc',
  ppc64le: 'powerpc',
  ppc: 'powerpc',
  mipsel: 'mips',
  loong64: 'loongarch',
  loongarch64: 'loongarch',
  sparc64: 'sparc',
  parisc64: 'parisc',
};

/** The configuration symbol that an architecture sets, in the order in which they are looked for. */
const MARKS: readonly (readonly [symbol: string, arch: string])[] = [
  ['CONFIG_UML', 'um'],
  ['CONFIG_X86_32', 'i386'],
  ['CONFIG_X86_64', 'x86'],
  ['CONFIG_ARM64', 'arm64'],
  ['CONFIG_ARM', 'arm'],
  ['CONFIG_RISCV', 'riscv'],
  ['CONFIG_S390', 's390'],
  ['CONFIG_M68K', 'm68k'],
  ['CONFIG_PPC', 'powerpc'],
  ['CONFIG_MIPS', 'mips'],
  ['CONFIG_LOONGARCH', 'loongarch'],
  ['CONFIG_SPARC', 'sparc'],
  ['CONFIG_PARISC', 'parisc'],
  ['CONFIG_ALPHA', 'alpha'],
  ['CONFIG_ARC', 'arc'],
  ['CONFIG_CSKY', 'csky'],
  ['CONFIG_HEXAGON', 'hexagon'],
  ['CONFIG_MICROBLAZE', 'microblaze'],
  ['CONFIG_NIOS2', 'nios2'],
  ['CONFIG_OPENRISC', 'openrisc'],
  ['CONFIG_SUPERH', 'sh'],
  ['CONFIG_XTENSA', 'xtensa'],
];

/** Architectures whose files stand under another one's folder. */
const FOLDERS: Readonly<Record<string, string>> = { i386: 'x86' };

/** The architecture's one name here, whatever it was called. */
export function archNamed(name: string): string {
  return ALIASES[name] ?? name;
}

/** The folder below arch/ that holds an architecture. */
export function archFolder(arch: string): string {
  return FOLDERS[arch] ?? arch;
}

/** The architecture that a configuration (`.config`, auto.conf or autoconf.h) is for, by the symbol that it sets. */
export function archOfConfig(config: string): string | undefined {
  const set = (symbol: string): boolean => new RegExp(`^(?:#define )?${symbol}[= ](?:y|1)$`, 'm').test(config);
  const marked = MARKS.find(([symbol]) => set(symbol))?.[1];
  if (marked) return marked;
  const named = /Linux\/(\w+) \S+ Kernel Configuration/.exec(config)?.[1];
  return named && archNamed(named);
}
