/**
 * Headers of system calls that asm/Kbuild lists as `syscall-y` (arm64, riscv, loongarch and others), from
 * a table as in system-call-table.ts. Which one, and which ABIs an architecture has (`syscall_abis_64 += rlimit`), is said by
 * scripts/Makefile.asm-headers and by arch/ARCH/kernel/Makefile.syscalls, which it includes.
 */

import path from 'node:path';
import type { Makefile } from '../kbuild/makefile';
import { asmLists } from './asm-wrappers';
import { type BuildTree, fromTable, type Generator, type MadeHeader } from './build-tree';
import { kbuildLists } from './kbuild-lists';
import { entriesHeader, numbersHeader, systemCalls } from './system-call-table';

export const listedSystemCalls: Generator = (tree) => {
  const { folder } = tree.arch;
  const settings = kbuildLists(tree, 'scripts/Makefile.asm-headers');
  const makers = new Map<string, () => MadeHeader>();
  for (const include of ['', 'uapi/'])
    for (const name of asmLists(tree, `arch/${folder}/include/${include}asm`).words('syscall-y')) {
      const maker = makerOf(tree, name, settings);
      if (maker) makers.set(`arch/${folder}/include/generated/${include}asm/${name}`, maker);
    }
  return makers;
};

function makerOf(tree: BuildTree, name: string, settings: Makefile): (() => MadeHeader) | undefined {
  const [, kind, compat = '', stem] = /^(unistd|syscall_table)_(compat_)?(\w+)\.h$/.exec(name) ?? [];
  if (!kind) return undefined;
  const table = (settings.words('syscalltbl')[0] ?? '').replace(
    '%',
    `${compat && kind !== 'unistd' ? compat : ''}${stem}`,
  );
  const abis = settings.words(`syscall_abis_${stem}`).flatMap((words) => words.split(','));
  const own = `syshdr-args-${stem}`;
  const options = settings.words([...settings.names].includes(own) ? own : 'syshdr-args');
  const prefix = compat ? `${compat.replace('_', '')}${stem}_` : '';
  return fromTable(tree, path.posix.normalize(table), (text) => {
    const calls = systemCalls(text, abis);
    if (kind === 'syscall_table') return entriesHeader(calls);
    return numbersHeader(name, calls, { prefix, counts: options.includes('--emit-nr') });
  });
}
