/** The lists of words that a makefile of the tree collects (`generic-y += bug.h`), where the options decide. */
import path from 'node:path';
import { Makefile } from '../kbuild/makefile';
import type { BuildTree } from './build-tree';

/** @param file From the tree's root; one that is not there collects nothing. */
export function kbuildLists(tree: BuildTree, file: string): Makefile {
  const given = new Map([
    ['srctree', '.'],
    ['SRCARCH', tree.arch.folder],
  ]);
  const lists = new Makefile({
    read: (name) => tree.read(path.posix.normalize(name)),
    given: (name) => given.get(name) ?? tree.symbols.get(name),
  });
  lists.run(tree.read(file) ?? '');
  return lists;
}
