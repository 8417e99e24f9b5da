/** A user's own packs are found, read as data, and count in a run; a wrong one is told of and left out. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConfiguration } from '../lsp/watch';
import { resultsKey } from '../store/results';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { createLinter } from '../workers/lint-job';
import { ownPacks } from './own-packs';
import { findTree } from './tree';

const PACK = `pack: parcels
encoded:
  - rule: encoded-pointer
    record: parcel
    header: include/linux/parcel.h
    member: label
    bits: [0]
    accessors: { read: parcel_label }
    because: it says that the parcel is sealed
`;

const SOURCES = {
  'include/linux/parcel.h': 'struct parcel { unsigned long label; };\nchar *parcel_label(struct parcel *parcel);\n',
  'drivers/parcel.c':
    '#include <linux/parcel.h>\nchar *f(struct parcel *parcel)\n{\n\treturn (char *)parcel->label;\n}\n',
};

const named = (folder: string, kernel = folder) => ownPacks(kernel, folder).packs.map(({ pack }) => pack);

describe("a user's own packs", () => {
  it('are found at the root of the tree and in the nearest folder above, each once', () => {
    const kernel = kernelOnDisk({ '.overlint/b.yaml': 'pack: b', '.overlint/a.yml': 'pack: a', 'drivers/x.c': '' });
    const module = emptyFolder();
    writeFiles(module, { '.overlint/own.yaml': 'pack: own', '.overlint/notes.txt': 'no', 'src/deep/x.c': '' });
    expect(named(kernel)).toEqual(['a', 'b']);
    expect(named(path.join(kernel, 'drivers'), kernel)).toEqual(['a', 'b']);
    expect(named(path.join(module, 'src/deep'), kernel)).toEqual(['a', 'b', 'own']);
  });

  it('are not looked for above the repository that a file stands in', () => {
    const outer = emptyFolder();
    writeFiles(outer, { '.overlint/a.yaml': 'pack: a', 'inner/.git/HEAD': '', 'inner/src/x.c': '' });
    expect(named(path.join(outer, 'inner/src'), '/nowhere')).toEqual([]);
    expect(named(outer, '/nowhere')).toEqual(['a']);
  });

  it('are left out one by one where they are wrong, lead elsewhere or are no files', () => {
    const kernel = kernelOnDisk({ '.overlint/bad.yaml': 'pack: a\nmaskd: []\n', '.overlint/good.yaml': 'pack: good' });
    fs.symlinkSync('/etc/hostname', path.join(kernel, '.overlint/link.yaml'));
    fs.mkdirSync(path.join(kernel, '.overlint/folder.yaml'));
    const { packs, problems } = ownPacks(kernel, kernel);
    expect(packs).toEqual([{ pack: 'good' }]);
    const told = problems.map((problem) => problem.replaceAll(`${kernel}/`, ''));
    expect(told[0]).toMatch(/^\.overlint\/bad\.yaml:2:1: "maskd" is no key here; .*; this pack is left out\.$/);
    expect(told.slice(1)).toEqual([
      '.overlint/folder.yaml: is a folder; this pack is left out.',
      '.overlint/link.yaml: leads outside the tree, to /etc/hostname; this pack is left out.',
    ]);
    expect(findTree({ folder: kernel, paths: [] }).warnings).toEqual(problems);
  });

  it('count in a run, and what was kept of runs without them does not', async () => {
    const kernel = kernelOnDisk(SOURCES);
    const run = () =>
      runOverlint(['check', '--no-cache', '--format', 'gcc'], { folder: kernel, execution: { create: createLinter } });
    const keyNow = () => resultsKey(findTree({ folder: kernel, paths: [] }).tree!, { ahead: false }, []);
    expect((await run()).out).toBe('');
    const before = keyNow();
    writeFiles(kernel, { '.overlint/parcels.yaml': PACK });
    const { out, code } = await run();
    expect(out).toMatch(/^drivers\/parcel\.c:4:17: error: parcel->label is taken for a pointer as it is/);
    expect(code).toBe(1);
    expect(keyNow()).not.toBe(before);
    writeFiles(kernel, { '.overlint/other.yaml': 'pack: [' });
    const again = await run();
    expect(again.err).toMatch(/other\.yaml:1:\d+: .*; this pack is left out\./);
    expect(again.out).toBe(out);
    expect(again.code).toBe(2);
  });

  it('are watched like a configuration', () => {
    expect(isConfiguration('/work/.overlint/parcels.yaml')).toBe(true);
    expect(isConfiguration('/work/overlint/parcels.yaml')).toBe(false);
  });
});
