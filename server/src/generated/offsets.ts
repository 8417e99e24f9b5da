/**
 * include/generated/bounds.h and asm-offsets.h (and rq-offsets.h of newer trees), from constants that a C file defines:
 * kernel/bounds.c, arch/ARCH/kernel/asm-offsets.c, kernel/sched/rq-offsets.c. They rest on sizes and offsets; a build
 * compiles the file and reads them out of the assembly. Here whoever knows types and layouts evaluates them.
 */
import type { BuildTree, DefinedConstant, Generator, MadeHeader } from './build-tree';
import { guarded } from './system-call-table';

interface ConstantsHeader {
  readonly header: string;
  readonly guard: string;
  readonly source: string;
  /** Whether other headers ask for all of it: one unknown value then spoils it. Else unknown values are left out. */
  readonly isWhole: boolean;
}

export const offsets: Generator = (tree) => {
  const known: readonly ConstantsHeader[] = [
    { header: 'bounds.h', guard: '__LINUX_BOUNDS_H__', source: 'kernel/bounds.c', isWhole: true },
    {
      ...{ header: 'asm-offsets.h', guard: '__ASM_OFFSETS_H__', isWhole: false },
      source: `arch/${tree.arch.folder}/kernel/asm-offsets.c`,
    },
    { header: 'rq-offsets.h', guard: '__RQ_OFFSETS_H__', source: 'kernel/sched/rq-offsets.c', isWhole: true },
  ];
  const here = known.filter(({ source }) => {
    const slash = source.lastIndexOf('/');
    return tree.list(source.slice(0, slash)).includes(source.slice(slash + 1));
  });
  return new Map(here.map((one) => [`include/generated/${one.header}`, () => made(tree, one)]));
};

function made(tree: BuildTree, { guard, source, isWhole }: ConstantsHeader): MadeHeader {
  const constants = tree.evaluate?.(source);
  if (!constants) return { unmade: `its values are in ${source}, and nobody evaluated them` };
  const unknown = constants.find(({ value }) => typeof value !== 'bigint');
  if (isWhole && unknown) return { unmade: `${unknown.name} of ${source} is not known: ${reason(unknown)}` };
  return { text: guarded(guard, constants.map(line)) };
}

function reason({ value }: DefinedConstant): string {
  return typeof value === 'bigint' ? '' : value.unknown;
}

function line(constant: DefinedConstant): string {
  const { name, value } = constant;
  return typeof value === 'bigint'
    ? `#define ${name} ${value}`
    : `/* ${name}: ${reason(constant).replace(/\*\//g, '')} */`;
}
