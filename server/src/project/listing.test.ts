/** Which files a run looks at. */
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { emptyFolder, kernelOnDisk, withoutRights, writeFiles } from '../testing/disk-tree';
import { listSources, pathNamed, relativeTo } from './listing';
import { findTree, type Tree } from './tree';

function treeWith(files: Record<string, string>): Tree {
  return findTree({ folder: kernelOnDisk(files), paths: [] }).tree!;
}

/** Names relative to the tree of what is listed for names relative to the tree. */
function listed(tree: Tree, ...names: string[]) {
  const { files, problems, empty } = listSources(
    tree,
    names.map((name) => (name.startsWith('/') ? name : `${tree.kernel}/${name}`)),
  );
  return {
    files: files.map((file) => relativeTo(tree, file)),
    problems: problems.map(({ path, message }) => `${relativeTo(tree, path)}: ${message}`),
    empty,
  };
}

it('lists .c and .h files below folders, sorted, each once, and nothing of git’s', () => {
  const tree = treeWith({
    'mm/b.c': '',
    'mm/a.c': '',
    'mm/z/c.h': '',
    'mm/Makefile': '',
    'mm/.git/x.c': '',
    'mm-x.c': '',
  });
  expect(listed(tree, 'mm/a.c', 'mm', 'mm/z')).toEqual({
    files: ['mm/a.c', 'mm/b.c', 'mm/z/c.h'],
    problems: [],
    empty: [],
  });
});

it('takes a named file whatever its name ends in', () => {
  expect(listed(treeWith({ 'mm/a.inc': '' }), 'mm/a.inc').files).toEqual(['mm/a.inc']);
});

it('walks no circle of links, and leaves files to their own place', () => {
  const tree = treeWith({ 'mm/a.c': '' });
  fs.symlinkSync('..', `${tree.kernel}/mm/up`);
  fs.symlinkSync('a.c', `${tree.kernel}/mm/b.c`);
  expect(listed(tree, 'mm').files).toEqual(['mm/a.c']);
  expect(listed(tree, 'mm/b.c').files).toEqual(['mm/a.c']);
});

it('names what is outside the tree, what is not there and what is empty, and lists the rest', () => {
  const outside = emptyFolder();
  writeFiles(outside, { 'x.c': '' });
  const tree = treeWith({ 'mm/a.c': '', 'doc/readme': '' });
  fs.symlinkSync(`${outside}/x.c`, `${tree.kernel}/mm/x.c`);
  const { files, problems, empty } = listed(tree, `${outside}/x.c`, 'mm/x.c', 'nowhere', 'doc', 'mm');
  expect(files).toEqual(['mm/a.c']);
  expect(problems).toEqual([
    expect.stringMatching(/x\.c: is outside the kernel tree /),
    `mm/x.c: leads to ${outside}/x.c, outside the kernel tree ${tree.kernel}`,
    'nowhere: no such file or folder',
  ]);
  expect(empty).toEqual([`${tree.kernel}/doc`]);
});

it('names a folder that may not be read', async () => {
  const tree = treeWith({ 'mm/a.c': '', 'mm/secret/b.c': '' });
  fs.chmodSync(`${tree.kernel}/mm/secret`, 0);
  await withoutRights(() => {
    expect(listed(tree, 'mm')).toMatchObject({ files: ['mm/a.c'], problems: ['mm/secret: permission denied'] });
  });
});

it('takes a name from where the user stands, or else from the top of the tree', () => {
  const { kernel } = treeWith({ 'mm/a.c': '', 'mm/mm/a.c': '' });
  expect(pathNamed('mm/a.c', '/', kernel)).toBe(`${kernel}/mm/a.c`);
  expect(pathNamed('mm/a.c', `${kernel}/mm`, kernel)).toBe(`${kernel}/mm/mm/a.c`);
  expect(pathNamed('nowhere', '/', kernel)).toBe('/nowhere');
});
