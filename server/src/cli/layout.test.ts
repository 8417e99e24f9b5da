/** `overlint layout`, `diff`, `claims` and `verify` on small trees, and what people and trees get wrong with them. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';

const HEADERS = {
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/box.h': [
    '#include <linux/types.h>',
    'struct box {',
    '\tunsigned long flags;',
    '\tunion {',
    '\t\tvoid *owner; /* Bit zero is set for a parcel */',
    '\t\tu32 number;',
    '\t};',
    '#ifdef CONFIG_BOX_LABEL',
    '\tchar label[8];',
    '#endif',
    '};',
    'typedef struct { int counter; } count_t;',
    '',
  ].join('\n'),
};

// Results are kept in a folder of the test's own.
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

const run = (folder: string, ...args: string[]) => runOverlint(args, { folder });

describe('overlint layout', () => {
  it('prints as pahole does, and draws what overlaps', async () => {
    const { code, out, err } = await run(kernelOnDisk(HEADERS), 'layout', 'box');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^\/\* include\/linux\/box\.h:2 \*\/\nstruct box \{\n\tunsigned long\s+flags;\s+\/\*\s+0\s+8 \*\/\n/,
    );
    expect(out).toContain('/* size: 16, align: 8, cachelines: 1, members: 2 */');
    expect(Buffer.from(out, 'latin1').toString()).toContain('│     flags     │');
  });

  it.each([['box'], ['struct', 'box'], ['struct box'], ['box.number']])('takes %s %s', async (...names) => {
    const { code, out } = await run(kernelOnDisk(HEADERS), 'layout', '--format', 'json', ...names);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'struct',
      name: 'box',
      file: 'include/linux/box.h',
      line: 2,
      size: 16,
      align: 8,
      status: 'exact',
      holes: [],
    });
    expect(JSON.parse(out).members[2]).toEqual({
      name: 'number',
      type: 'u32',
      offsetBits: 64,
      sizeBits: 32,
      bitfield: false,
    });
  });

  it('knows a record without a tag by its typedef', async () => {
    const { out } = await run(kernelOnDisk(HEADERS), 'layout', '--format', 'json', 'count_t');
    expect(JSON.parse(out)).toMatchObject({ kind: 'struct', name: 'count_t', line: 12, size: 4 });
  });

  it('follows a macro that renames a record', async () => {
    const folder = kernelOnDisk({ ...HEADERS, 'include/linux/old.h': '#include <linux/box.h>\n#define crate box\n' });
    const { out } = await run(folder, 'layout', '--format', 'json', 'struct crate');
    expect(JSON.parse(out)).toMatchObject({ name: 'box', size: 16 });
  });

  it('finds what a macro names in the text of a header, or pastes together', async () => {
    const folder = kernelOnDisk({
      'include/linux/made.h': [
        '#define __lid lid',
        'struct __lid { int a; };',
        '#define KNOB(name) struct knob_##name { long value; };',
        'KNOB(red)',
        '',
      ].join('\n'),
    });
    const sizes = [];
    for (const name of ['lid', 'knob_red'])
      sizes.push(JSON.parse((await run(folder, 'layout', '--format', 'json', name)).out).size);
    expect(sizes).toEqual([4, 8]);
  });

  it('shows each definition of a name with its file, and looks at sources last', async () => {
    const folder = kernelOnDisk({
      ...HEADERS,
      'drivers/a.h': 'struct lid { int a; };\n',
      'drivers/b.h': 'struct lid { long b; };\n',
      'drivers/c.c': 'struct lid { char c; };\nstruct hinge { char c; };\n',
    });
    const lids = await run(folder, 'layout', '--format', 'json', 'lid');
    const found = lids.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.map(({ file, size }) => [file, size])).toEqual([
      ['drivers/a.h', 4],
      ['drivers/b.h', 8],
    ]);
    expect(JSON.parse((await run(folder, 'layout', '--format', 'json', 'hinge')).out).file).toBe('drivers/c.c');
  });

  it('gives of many names what it gives of each', async () => {
    const folder = kernelOnDisk({
      ...HEADERS,
      'include/linux/many.h': Array.from({ length: 9 }, (_, at) => `struct s${at} { char c[${at + 1}]; };\n`).join(''),
      'include/asm-generic/box.h': 'struct box { char generic; };\n',
      'include/net/s4.h': 'struct s4 { long other; };\n',
    });
    const names = ['box', 'count_t', 'struct s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];
    const together = await run(folder, 'layout', '--format', 'json', ...names);
    let apart = '';
    for (const name of names) apart += (await run(folder, 'layout', '--format', 'json', name)).out;
    expect(together.out).toBe(apart);
    expect(together.code).toBe(0);
  });

  it('draws one record as SVG', async () => {
    const { code, out } = await run(kernelOnDisk(HEADERS), 'layout', '--format', 'svg', 'box');
    expect(code).toBe(0);
    expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('prints all that the headers define, the same in every run', async () => {
    const folder = kernelOnDisk({
      ...HEADERS,
      'include/net/a.h': '#include <linux/box.h>\nstruct a { struct box b; };\n',
    });
    const cold = await run(folder, 'layout', '--all', '--format', 'json', '--stats');
    const names = cold.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).name);
    expect(names).toEqual(['box', 'a']);
    expect(cold.err).toMatch(
      /^2 records: 2 exact, 0 unknown; [\d.]+ s, at most \d+ MB\nparsed by tree-sitter, native\n$/,
    );
    const warm = await run(folder, 'layout', '--all', '--format', 'json');
    expect(warm.out).toBe(cold.out);
  });

  it('sees at once that a Makefile changed since the last run', async () => {
    const folder = kernelOnDisk({
      'drivers/box/Makefile': 'obj-y += box.o\nccflags-y += -I$(src)/small\n',
      'drivers/box/box.h': '#include <lid.h>\nstruct box { struct lid lid; };\n',
      'drivers/box/small/lid.h': 'struct lid { char c; };\n',
      'drivers/box/large/lid.h': 'struct lid { long l; };\n',
    });
    const sizeOf = async (): Promise<number> =>
      JSON.parse((await run(folder, 'layout', '--format', 'json', 'box')).out).size;
    expect(await sizeOf()).toBe(1);
    expect(await sizeOf()).toBe(1);
    writeFiles(folder, { 'drivers/box/Makefile': 'obj-y += box.o\nccflags-y += -I$(src)/large\n' });
    expect(await sizeOf()).toBe(8);
    // A file that is looked for before that one comes to stand beside it.
    writeFiles(folder, { 'drivers/box/Kbuild': 'obj-y += box.o\nccflags-y += -I$(src)/small\n' });
    expect(await sizeOf()).toBe(1);
  });

  it.each(['layout', 'claims'])('%s remembers that nothing defines a name until something does', async (command) => {
    const folder = kernelOnDisk(HEADERS);
    const first = await run(folder, command, 'crate');
    expect(first.err).toMatch(/defines crate\./);
    expect(await run(folder, command, 'crate')).toEqual(first);
    writeFiles(folder, { 'drivers/crate/crate.c': 'struct crate { char only; };\n' });
    expect((await run(folder, command, 'crate')).out).toContain('struct crate');
  });

  it('sees at once what changed since the last run', async () => {
    const folder = kernelOnDisk(HEADERS);
    const sizeOf = async (name: string) => {
      const { out } = await run(folder, 'layout', '--format', 'json', name);
      return out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).size);
    };
    expect(await sizeOf('box')).toEqual([16]);
    expect(await sizeOf('box')).toEqual([16]);
    writeFiles(folder, { '.config': '# Linux/x86 6.12.9 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_BOX_LABEL=y\n' });
    expect(await sizeOf('box')).toEqual([24]);
    // The same length, written within the same tick of the clock.
    writeFiles(folder, { 'include/linux/box.h': HEADERS['include/linux/box.h'].replace('label[8]', 'label[9]') });
    expect(await sizeOf('box')).toEqual([32]);
    // A second definition, and an include that is found before the one that was read.
    writeFiles(folder, { 'include/net/box.h': 'struct box { char only; };\n' });
    expect(await sizeOf('box')).toEqual([32, 1]);
    writeFiles(folder, { 'arch/x86/include/linux/types.h': 'typedef unsigned long u32;\n' });
    writeFiles(folder, { 'include/linux/lid.h': '#include <linux/types.h>\nstruct lid { u32 a; };\n' });
    expect(await sizeOf('lid')).toEqual([8]);
    fs.rmSync(path.join(folder, 'arch/x86/include/linux/types.h'));
    expect(await sizeOf('lid')).toEqual([4]);
  });
});

describe('bad input', () => {
  it.each([
    ['a misspelt name', ['boxx'], 2, /defines boxx\. Did you mean box\?\n$/],
    ['a name of nothing', ['zzzzzzzzzz'], 2, /defines zzzzzzzzzz\.\n$/],
    ['a misspelt member', ['box.numbr'], 2, /struct box has no member numbr\. Did you mean number\?\n$/],
    ['no name', [], 2, /Name records, as in "overlint layout page folio", or ask for all with --all\./],
    ['a name and --all', ['--all', 'box'], 2, /Name records/],
    ['several names as SVG', ['--format', 'svg', 'box', 'count_t'], 2, /--format svg draws one record at a time/],
    ['an enum', ['enum', 'x'], 2, /An enum has no layout/],
    ['a keyword alone', ['struct'], 2, /struct of what\?/],
    ['no identifier', ['a-b'], 2, /"a-b" is no name of a record/],
    ['a typedef of no record', ['u32'], 2, /defines u32\./],
    ['an architecture without a data model', ['--arch', 'vax', 'box'], 2, /No layout is known for vax/],
  ])('%s', async (_what, args, expected, message) => {
    const folder = kernelOnDisk({ ...HEADERS, 'arch/vax/Kconfig': '' });
    const { code, err } = await run(folder, 'layout', ...args);
    expect(err).toMatch(message);
    expect(code).toBe(expected);
  });

  /** The layout of `struct box` in a tree with this header; exit code and reason. */
  async function reasonFor(header: string, files: Readonly<Record<string, string>> = {}, ...flags: string[]) {
    const folder = kernelOnDisk({ ...HEADERS, 'include/linux/box.h': header, ...files });
    const { code, out } = await run(folder, 'layout', '--format', 'json', 'struct box', ...flags);
    const { status, reason } = JSON.parse(out);
    return [code, status, reason];
  }

  it.each([
    ['a header in the middle of being typed', 'struct box {\n\tint a;\n\tstruct lis\n};\n', /./],
    [
      'a condition that is none',
      '#if (1 +\nint x;\n#endif\nstruct box { int a; };\n',
      /box\.h:1: the condition can't be evaluated/,
    ],
    ['a record that holds itself', 'struct box { int a; struct box inner; };\n', /struct box contains itself/],
    [
      'a missing generated file',
      '#include <generated/bounds.h>\nstruct box { int a; };\n',
      /generated\/bounds\.h is not found/,
    ],
    ['a type that nobody declares', 'struct box { widget_t a; };\n', /widget_t is not declared/],
    ['an array of unknown length', 'struct box { int a[SLOTS]; };\n', /SLOTS is not declared/],
  ])('%s makes the layout unknown', async (_what, header, reason) => {
    expect(await reasonFor(header)).toEqual([1, 'unknown', expect.stringMatching(reason)]);
  });

  it('an include of itself, and macros that expand into themselves or for ever, do no harm', async () => {
    const circle = '#include <linux/box.h>\nstruct box { int a; };\n';
    expect((await reasonFor(`#pragma once\n${circle}`))[1]).toBe('exact');
    expect((await reasonFor(circle))[2]).toMatch(/linux\/box\.h is included more than 200 deep/);
    const endless = '#define A B C\n#define B A A\n#define C B A\nstruct box { int a; A };\n';
    expect((await reasonFor(endless))[1]).toBe('unknown');
  });

  it('a configuration for another architecture makes it unknown', async () => {
    const arm = { 'arm.config': '# Linux/arm64 6.12.9 Kernel Configuration\nCONFIG_ARM64=y\n' };
    expect(await reasonFor('struct box { int a; };\n', arm, '--arch', 'x86', '--config', 'arm.config')).toEqual([
      1,
      'unknown',
      'the configuration is for arm64, the layout is asked for x86',
    ]);
  });
});

it('says at once that a tag is another kind’s', async () => {
  const folder = kernelOnDisk(HEADERS);
  const { code, err } = await run(folder, 'layout', 'union box');
  expect([code, err]).toEqual([2, expect.stringMatching(/defines union box\. Did you mean box\?/)]);
});

describe('overlint diff', () => {
  const LABELLED = 'CONFIG_X86_64=y\nCONFIG_BOX_LABEL=y\n';

  it('shows what another configuration changes', async () => {
    const folder = kernelOnDisk({ ...HEADERS, 'labelled.config': LABELLED });
    const { code, out } = await run(folder, 'diff', '.config', 'labelled.config', 'box');
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'struct box',
        '- .config: include/linux/box.h:2, 16 bytes, align 8, no holes (x86_64)',
        '+ labelled.config: include/linux/box.h:2, 24 bytes, align 8, no holes (x86_64)',
        '@@ -1,4 +1,5 @@',
        '       0       8  unsigned long flags',
        '       8       8  void *owner',
        '       8       4  u32 number',
        '-     16          (end)',
        '+     16       8  char label[8]',
        '+     24          (end)',
        '',
      ].join('\n'),
    );
  });

  it('compares folders and architectures', async () => {
    const folder = kernelOnDisk(HEADERS);
    const other = kernelOnDisk(HEADERS);
    expect(await run(folder, 'diff', folder, other, 'box')).toMatchObject({
      code: 0,
      out: expect.stringContaining('no member differs'),
    });
    const { code, out, err } = await run(folder, 'diff', 'arch:x86', 'arch:arm64', 'box', '--format', 'json');
    expect([code, JSON.parse(out).changes]).toEqual([0, []]);
    expect(err).toMatch(/arch:arm64: The configuration is for x86, but --arch says arm64/);
  });

  it('says which side is unknown, and why, rather than that no member differs', async () => {
    const hidden = { 'include/linux/hidden.h': 'struct part;\nstruct hidden { struct part part; };\n' };
    const folder = kernelOnDisk(hidden);
    const other = kernelOnDisk(hidden);
    const { code, out } = await run(folder, 'diff', folder, other, 'hidden');
    expect(out).not.toContain('no member differs');
    for (const side of [folder, other])
      expect(out).toMatch(
        new RegExp(`^  not known whether members differ: the layout of ${side} is unknown: .*struct part`, 'm'),
      );
    expect(code).toBe(1);
  });

  it('compares git revisions, and runs nothing of the repository', async () => {
    const folder = kernelOnDisk(HEADERS);
    const git = (...args: string[]) => {
      const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
      });
      expect([status, String(stderr)]).toEqual([0, expect.anything()]);
    };
    git('init', '-q');
    git('add', 'include', 'arch', 'Makefile', 'Kconfig');
    git('commit', '-qm', 'first');
    writeFiles(folder, {
      'include/linux/box.h': HEADERS['include/linux/box.h'].replace('u32 number', 'u32 number[4]'),
    });
    git('commit', '-qam', 'second');
    const marker = path.join(folder, 'ran');
    git('config', 'core.fsmonitor', `touch ${marker}`);
    const { code, out } = await run(folder, 'diff', 'HEAD~1', 'HEAD', 'box', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out).changes).toMatchObject([{ change: 'resized', name: 'number' }]);
    expect(fs.existsSync(marker)).toBe(false);
    const wrong = await run(folder, 'diff', 'HEAD~9', 'HEAD', 'box');
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringMatching(/HEAD~9 is neither a folder, nor a file, nor a revision/),
    ]);
    expect((await run(folder, 'diff', '--', '--output=x', 'HEAD', 'box')).code).toBe(2);
  });

  it('says when a name or a side is nothing', async () => {
    const folder = kernelOnDisk(HEADERS);
    expect((await run(folder, 'diff', '.', '.', 'boxx')).err).toMatch(/Neither side defines boxx\. Did you mean box\?/);
    expect((await run(folder, 'diff', '.', 'nowhere', 'box')).err).toMatch(/nowhere is neither a folder/);
    expect((await run(folder, 'diff', '.', 'arch:pdp11', 'box')).err).toMatch(/no architecture pdp11/);
  });
});

describe('overlint claims', () => {
  it('names the word, the bit and the comment', async () => {
    const { code, out } = await run(kernelOnDisk(HEADERS), 'claims', 'box');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^bytes 8 to 15: owner, number\n {2}bit 0: owner sets it, .*Bit zero is set.*\n\s+include\/linux\/box\.h:5\n/m,
    );
  });

  it('takes a word by its offset or a member', async () => {
    const folder = kernelOnDisk(HEADERS);
    expect((await run(folder, 'claims', 'box.0')).out).toContain('bytes 0 to 7: flags\n  no claim on a bit');
    const { words } = JSON.parse((await run(folder, 'claims', '--format', 'json', 'box.number')).out);
    expect(words).toMatchObject([{ offset: 8, claims: [{ bit: 0, owner: 'owner', line: 5 }] }]);
    expect((await run(folder, 'claims', 'box.99')).err).toMatch(/box has no byte 99/);
    expect((await run(folder, 'claims', 'box.lid')).err).toMatch(/struct box has no member lid/);
    expect((await run(folder, 'claims', 'boxx')).err).toMatch(/Did you mean box\?/);
  });
});
