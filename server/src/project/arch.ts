/** Names of architectures: what people, configurations and machines call them, and what the kernel's folders do. */

import { buildArchitecture } from '../kconfig/architecture';
import { configHeader } from '../kconfig/choice-of-configuration';
import { type TargetName, targetIn, targetName } from '../layout/target';

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

/** The architecture's one name here, whatever it was called: that of its folder, and `i386` for 32-bit x86. */
export function archNamed(name: string): string {
  const { name: own, folder } = buildArchitecture(name);
  return own === 'i386' ? own : folder;
}

/** The folder below arch/ that holds an architecture. */
export function archFolder(arch: string): string {
  return buildArchitecture(arch).folder;
}

/** The architecture that a configuration (`.config`, auto.conf or autoconf.h) is for, by the symbol that it sets. */
export function archOfConfig(config: string): string | undefined {
  const marked = MARKS.find(([symbol]) => isSet(config, symbol))?.[1];
  if (marked) return marked;
  const named = configHeader(config)?.arch;
  return named && archNamed(named);
}

/**
 * The target that layouts of an architecture are for: the one that was named, where the name says more than the folder's,
 * else by the configuration. undefined where there is no data model for it.
 */
export function targetOf(arch: string, config: string | undefined, asked?: string): TargetName | undefined {
  if (asked !== undefined && asked !== archFolder(arch)) {
    const named = targetName(asked);
    if (named !== undefined) return named;
  }
  return targetIn(arch, config === undefined ? undefined : (option) => isSet(config, `CONFIG_${option}`));
}

function isSet(config: string, symbol: string): boolean {
  return new RegExp(`^(?:#define )?${symbol}[= ](?:y|1)$`, 'm').test(config);
}
