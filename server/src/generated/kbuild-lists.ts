/** The lists of words that a Kbuild file of the tree collects (`generic-y += bug.h`), where the options decide. */
import { Makefile } from '../kbuild/makefile';
import type { BuildTree } from './build-tree';

/**
 * @param file From the tree's root; one that is not there collects nothing.
 * @param before What is set before, as lines of a makefile.
 */
export function kbuildLists(tree: BuildTree, file: string, before = ''): Makefile {
  const lists = new Makefile({
    read: (name) => tree.read(name),
    given: (name) => (name === 'srctree' ? '.' : tree.symbols.get(name)),
  });
  lists.run(before);
  lists.run(tree.read(file) ?? '');
  return lists;
}
