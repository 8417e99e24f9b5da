/**
 * Headers of one line that stand for the one of include/asm-generic of the same name. Their tables are the Kbuild files
 * arch/ARCH/include/asm/Kbuild and include/asm-generic/Kbuild, and those below uapi/ for user space: `generic-y` names
 * headers that are always wrapped, `mandatory-y` those that are where an architecture has none of its own, and
 * `generated-y` those that are made in another way.
 */
import type { Makefile } from '../kbuild/makefile';
import type { BuildTree, Generator, HeaderMakers, MadeHeader } from './build-tree';
import { kbuildLists } from './kbuild-lists';

export const asmWrappers: Generator = (tree) =>
  new Map([...wrappers(tree, 'include'), ...wrappers(tree, 'include/uapi')]);

function wrappers(tree: BuildTree, include: 'include' | 'include/uapi'): HeaderMakers {
  const { folder } = tree.arch;
  const own = `arch/${folder}/${include}/asm`;
  const lists = asmLists(tree, own);
  const generic = new Set(lists.words('generic-y'));
  // User mode Linux lists all that it wraps.
  const all = folder === 'um' ? [] : kbuildLists(tree, `${include}/asm-generic/Kbuild`).words('mandatory-y');
  const generated = new Set(lists.words('generated-y'));
  const present = new Set(tree.list(own));
  for (const name of all) if (!generated.has(name) && !present.has(name)) generic.add(name);
  const target = `arch/${folder}/${include.replace('include', 'include/generated')}/asm`;
  return new Map(
    [...generic].map((name): [string, () => MadeHeader] => [
      `${target}/${name}`,
      () => ({ text: `#include <asm-generic/${name}>\n` }),
    ]),
  );
}

/** The lists of an architecture's Kbuild file, for its headers of the kernel or of user space. */
export function asmLists(tree: BuildTree, folder: string): Makefile {
  return kbuildLists(tree, `${folder}/Kbuild`);
}
