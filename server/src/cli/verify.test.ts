/** `overlint verify` on small trees with made-up BTF: what counts as exact, unknown, wrong, or as another record. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { BTF_KINDS, type BtfEntry, makeBtf } from '../testing/make-btf';

const { int: INT, struct: STRUCT } = BTF_KINDS;

/** `xz --check=crc32 --lzma2=dict=1MiB` of the BTF of a module over KERNEL that holds `struct c { int x; }`. */
const PACKED =
  '/Td6WFoAAAFpIt42AgAhARAAAACocI6G4AAzAB5dAE+6vCAAzlEGu7NywKpZ8znXR8ecIC38DVAJ6NEAAAAAABUOYI4AATY069AuiJBCmQ0BAAAAAAFZWg==';

/** A record of ints as BTF has it: names with their offsets in bytes. */
function record(name: string, size: number, members: Readonly<Record<string, number>>): BtfEntry {
  return { kind: STRUCT, name, size, members: Object.entries(members).map(([member, at]) => [member, 1, at * 8]) };
}

async function verify(files: Readonly<Record<string, string>>, records: readonly BtfEntry[], ...flags: string[]) {
  const folder = kernelOnDisk(files);
  const int: BtfEntry = { kind: INT, name: 'int', size: 4, extra: [0x01000020] };
  writeFiles(folder, { vmlinux: Buffer.from(makeBtf([int, ...records])) });
  return runOverlint(['verify', '--btf', 'vmlinux', ...flags], { folder });
}

const json = async (files: Readonly<Record<string, string>>, ...records: BtfEntry[]) =>
  JSON.parse((await verify(files, records, '--format', 'json')).out);

describe('overlint verify', () => {
  it('counts records of headers and of sources', async () => {
    const files = {
      'include/linux/a.h': 'struct a { int x; int y; };\n',
      'mm/b.c': 'struct b { int z; };\n',
      'mm/not-there.c': 'struct c { int z; };\n',
    };
    const records = [record('a', 8, { x: 0, y: 4 }), record('b', 4, { z: 0 }), record('d', 4, { z: 0 })];
    const { code, out } = await verify(files, records);
    expect(out).toBe(
      '2 of 2 records are exact (100.00 %), 0 unknown, 0 wrong.\n' +
        'BTF has 3 records by name; the files that were read define 2 of them.\n',
    );
    expect(code).toBe(0);
    const headers = await verify(files, records, '--no-sources');
    expect(headers.out).toMatch(/^1 of 1 records are exact/);
  });

  it('says how a wrong one differs, and ends with 1', async () => {
    const files = { 'include/linux/a.h': 'struct a { int x; int y; };\n' };
    const { code, out } = await verify(files, [record('a', 12, { x: 0, y: 8 })]);
    expect(code).toBe(1);
    expect(out).toContain(
      '\nWrong:\n  struct a (include/linux/a.h:1)\n    size: 8 bytes, in BTF 12 bytes\n' +
        '    offset of y: bit 32, in BTF bit 64\n',
    );
  });

  it('takes any of several definitions, and any of several records of a name', async () => {
    const files = { 'mm/a.c': 'struct a { int x; };\n', 'mm/b.c': 'struct a { int x; int y; };\n' };
    expect(await json(files, record('a', 8, { x: 0, y: 4 }))).toMatchObject({ exact: 1, wrong: 0 });
    const one = { 'mm/a.c': 'struct a { int x; };\n' };
    const both = [record('a', 8, { x: 0, y: 4 }), record('a', 4, { x: 0 })];
    expect(await json(one, ...both)).toMatchObject({ exact: 1, wrong: 0 });
  });

  it('counts a definition with other members as a namesake, but never one that came out empty', async () => {
    const files = { 'include/linux/a.h': 'struct a { int p; int q; int x; };\n' };
    expect(await json(files, record('a', 8, { x: 0, y: 4, z: 8, v: 12 }))).toMatchObject({
      compared: 0,
      namesakes: 1,
      records: [{ record: 'struct a', verdict: 'namesake', file: 'include/linux/a.h', line: 1 }],
    });
    const empty = { 'include/linux/a.h': 'struct a {\n#ifdef CONFIG_OFF\n\tint x;\n#endif\n};\n' };
    expect(await json(empty, record('a', 4, { x: 0 }))).toMatchObject({ wrong: 1, namesakes: 0 });
  });

  it('groups unknown ones by their reason', async () => {
    const files = { 'include/linux/a.h': 'struct a { widget_t x; };\nstruct b { struct a x; };\n' };
    const { code, out } = await verify(files, [record('a', 4, { x: 0 }), record('b', 4, { x: 0 })]);
    expect(out).toContain(
      '\nUnknown:\n  widget_t is not declared\n    struct a (include/linux/a.h:1)\n    struct b (include/linux/a.h:2)\n',
    );
    expect(code).toBe(0);
  });

  it.each([
    ['that is not there', 'nothing', /nothing: no such file or folder\. Check --btf\.\n$/],
    ['that is a folder', 'include', /include: is a folder\. Check --btf\.\n$/],
    ['that is no BTF', 'Makefile', /Makefile: this is no BTF: .*\. Check --btf\.\n$/],
  ])('refuses a file %s', async (_what, name, message) => {
    const folder = kernelOnDisk();
    const { code, err } = await runOverlint(['verify', '--btf', path.join(folder, name)], { folder });
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  describe('with modules', () => {
    const KERNEL = makeBtf([{ kind: INT, name: 'int', size: 4, extra: [0x01000020] }, record('a', 4, { x: 0 })]);
    const split = (...records: BtfEntry[]): Buffer => Buffer.from(makeBtf(records, true, KERNEL));
    const sources = {
      'include/linux/a.h': 'struct a { int x; };\nstruct b { int x; int y; };\nstruct c { int x; };\n',
    };

    async function withModules(modules: Readonly<Record<string, Buffer>>, ...named: string[]) {
      const folder = kernelOnDisk(sources);
      writeFiles(folder, { vmlinux: Buffer.from(KERNEL), ...modules });
      return runOverlint(['verify', '--btf', 'vmlinux', '--modules', ...named], { folder });
    }

    it('compares what any of them has, packed or not', async () => {
      const b = split(record('b', 8, { x: 0, y: 4 }));
      const c = split(record('c', 8, { x: 4 }), record('b', 8, { x: 0, y: 4 }));
      const modules = { 'lib/net/b.ko': b, 'lib/c.ko.gz': gzipSync(c) };
      const { code, out } = await withModules(modules, 'lib');
      expect(out).toMatch(/^2 of 3 records are exact \(66.66 %\), 0 unknown, 1 wrong\.\nBTF has 3 records by name/);
      expect(out).toContain('struct c (include/linux/a.h:3)\n    size: 4 bytes, in BTF 8 bytes');
      expect(code).toBe(1);
    });

    it('reads a .xz, as distributions pack them', async () => {
      const { out, err } = await withModules({ 'lib/c.ko.xz': Buffer.from(PACKED, 'base64') }, 'lib');
      expect(err).toBe('');
      expect(out).toMatch(/^2 of 2 records are exact/);
    });

    it('takes a folder as /sys/kernel/btf is', async () => {
      const modules = { 'btf/vmlinux': Buffer.from(KERNEL), 'btf/b': split(record('b', 8, { x: 0, y: 4 })) };
      expect((await withModules(modules, 'btf')).out).toMatch(/^2 of 2 records are exact/);
    });

    it('names those that it can’t read, and goes on', async () => {
      const whole = split(record('b', 8, { x: 0, y: 4 }));
      const modules = {
        'lib/b.ko': whole,
        'lib/cut.ko': whole.subarray(0, 60),
        'lib/none.ko': Buffer.from('something else entirely'),
        'lib/other.ko': Buffer.from(
          makeBtf([record('c', 4, { x: 0 })], true, makeBtf([record('a_longer_name', 4, {})])),
        ),
        'lib/torn.ko.xz': Buffer.from(PACKED, 'base64').subarray(0, 80),
      };
      const { code, out, err } = await withModules(modules, 'lib');
      expect(out).toMatch(/^2 of 2 records are exact/);
      expect(err.split('\n')).toEqual([
        expect.stringMatching(/^overlint: lib\/cut\.ko: the BTF is cut short/),
        expect.stringMatching(/^overlint: lib\/none\.ko: this is no BTF/),
        expect.stringMatching(/^overlint: lib\/other\.ko: .*was the module built for another vmlinux\?$/),
        expect.stringMatching(/^overlint: lib\/torn\.ko\.xz: the \.xz file is cut short$/),
        '',
      ]);
      expect(code).toBe(2);
    });

    it('names a few of many that fail alike', async () => {
      const modules = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`lib/${10 + n}.ko`, Buffer.from('?')]));
      const { err } = await withModules(modules, 'lib');
      expect(err.trim().split('\n')).toHaveLength(9);
      expect(err).toMatch(/overlint: lib: 4 other modules are left out, too: this is no BTF/);
    });

    it.each([
      ['that is not there', 'nothing', /nothing: no such file or folder\. Check --modules\.\n$/],
      ['without any', 'include', /include: no modules are there \(.*\)\. Check --modules\.\n$/],
    ])('refuses a folder %s', async (_what, name, message) => {
      const { code, err } = await withModules({}, name);
      expect(err).toMatch(message);
      expect(code).toBe(2);
    });
  });

  it('needs to know the BTF', async () => {
    const { code, err } = await runOverlint(['verify'], { folder: kernelOnDisk() });
    expect([code, err]).toEqual([2, expect.stringMatching(/required option '--btf <file>' not specified/)]);
  });
});
