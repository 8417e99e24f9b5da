/**
 * include/generated/compile.h, from CONFIG_CC_VERSION_TEXT and the architecture, and include/generated/package.h, which
 * Debian's kernels have. Who builds, where, with which linker and in which package, is not known: these strings stay empty.
 */
import type { BuildTree, Generator, MadeHeader } from './build-tree';
import { isOn } from './build-tree';

export const compile: Generator = (tree) => {
  const makers = new Map<string, () => MadeHeader>([['include/generated/compile.h', () => ({ text: header(tree) })]]);
  if (/\bLINUX_PACKAGE_ID\b/.test(tree.read('Makefile') ?? ''))
    makers.set('include/generated/package.h', () => ({ text: '#define LINUX_PACKAGE_ID ""\n' }));
  return makers;
};

/** What UTS_MACHINE of arch/ARCH/Makefile is, where it is not ARCH: for 64 bits, and for 32. */
const MACHINES: Readonly<Record<string, readonly [string, string]>> = {
  arm64: ['aarch64', 'aarch64'],
  loongarch: ['loongarch64', 'loongarch32'],
  mips: ['mips64', 'mips'],
  parisc: ['parisc64', 'parisc'],
  powerpc: ['ppc64', 'ppc'],
  riscv: ['riscv64', 'riscv32'],
  s390: ['s390x', 's390x'],
  sparc: ['sparc64', 'sparc'],
  x86: ['x86_64', 'i386'],
};

function machine(tree: BuildTree): string {
  const { name, folder } = tree.arch;
  const [wide, narrow] = MACHINES[folder] ?? [name, name];
  const suffix =
    folder === 'arm64' && isOn(tree, 'CPU_BIG_ENDIAN')
      ? '_be'
      : folder === 'powerpc' && isOn(tree, 'CPU_LITTLE_ENDIAN')
        ? 'le'
        : '';
  return (isOn(tree, '64BIT') ? wide : narrow) + suffix;
}

function header(tree: BuildTree): string {
  const compiler = (tree.symbols.get('CONFIG_CC_VERSION_TEXT') ?? '""').replace(/^"(.*)"$/, '$1');
  return [
    `#define UTS_MACHINE "${machine(tree)}"`,
    '#define LINUX_COMPILE_BY ""',
    '#define LINUX_COMPILE_HOST ""',
    `#define LINUX_COMPILER "${compiler}"`,
    '',
  ].join('\n');
}
