/** Patches that do more than change lines, or that fit badly: renames, links, binary files, fuzz, halves, other trees. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk, writeFiles } from '../testing/disk-tree';

const LINES = ['int one;', 'int two;', 'int three;', 'int four;', 'int five;', 'int six;', 'int seven;'];
const FILES = { 'mm/a.c': `${LINES.join('\n')}\n` };

async function check(patch: string, files: Record<string, string> = FILES, prepare = (_folder: string): void => {}) {
  const folder = kernelOnDisk({ ...files, 'the.patch': patch });
  prepare(folder);
  return { folder, ...(await runOverlint(['check', '--patch', 'the.patch', '--format', 'gcc'], { folder })) };
}

const diff = (name: string, ...lines: string[]): string => `diff --git a/${name} b/${name}\n${lines.join('\n')}\n`;

/** Puts a word between the fourth and the fifth line. */
const HUNK = [
  '@@ -2,6 +2,7 @@',
  ' int two;',
  ' int three;',
  ' int four;',
  '+risky_name;',
  ' int five;',
  ' int six;',
  ' int seven;',
];
const PATCH = diff('mm/a.c', '--- a/mm/a.c', '+++ b/mm/a.c', ...HUNK);

describe('a file', () => {
  it('that is renamed is checked under its new name, and is gone under the old one', async () => {
    const renamed = diff('mm/a.c', 'similarity index 100%', 'rename from mm/a.c', 'rename to mm/b.c');
    const after = PATCH.replaceAll('mm/a.c', 'mm/b.c');
    const { out, err } = await check(renamed + after);
    expect([err, out.split('\n')[0]]).toEqual(['', 'mm/b.c:5:1: warning: do not write risky_name [word]']);
    expect((await check(renamed + PATCH)).err).toContain('mm/a.c: the patch does not apply: there is no such file');
  });

  it('that is copied stays', async () => {
    const copied = diff('mm/a.c', 'similarity index 100%', 'copy from mm/a.c', 'copy to mm/b.c');
    const { out, err } = await check(copied + PATCH);
    expect([err, out.split('\n')[0]]).toEqual(['', 'mm/a.c:5:1: warning: do not write risky_name [word]']);
  });

  it('that is removed is not there for those who include it', async () => {
    const files = { ...FILES, 'include/gone.h': 'risky_name\n', 'mm/b.c': '#include "gone.h"\nint one;\n' };
    const removed = [
      'deleted file mode 100644',
      '--- a/include/gone.h',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-risky_name',
    ];
    const touched = [
      '--- a/mm/b.c',
      '+++ b/mm/b.c',
      '@@ -1,2 +1,3 @@',
      ' #include "gone.h"',
      ' int one;',
      '+odd_name;',
    ];
    const { out, err } = await check(diff('include/gone.h', ...removed) + diff('mm/b.c', ...touched), files);
    expect([err, out.match(/do not write \w+/g)]).toEqual(['', ['do not write odd_name']]);
  });

  it('that is made or removed without a line is no trouble', async () => {
    const made = diff('mm/new.c', 'new file mode 100644', 'index 0000000..e69de29');
    const removed = diff('mm/empty.c', 'deleted file mode 100644', 'index e69de29..0000000');
    const { err, code } = await check(made + removed, { ...FILES, 'mm/empty.c': '' });
    expect([err, code]).toEqual(['', 0]);
  });

  it('that is binary is named where it is C, and left out where it is not', async () => {
    const picture = diff('x.png', 'index 000..123', 'GIT binary patch', 'literal 6', 'NcmZQzU|?imU|?VX0RR91', '');
    const source = diff('mm/x.c', 'Binary files a/mm/x.c and b/mm/x.c differ');
    const other = diff('mm/y.c', 'index 000..123', 'GIT binary patch', 'literal 0', 'HcmV?d00001', '');
    const { out, err } = await check(picture + source + other + PATCH);
    expect(err).toBe(
      'overlint: mm/x.c: not checked: the patch is binary\noverlint: mm/y.c: not checked: the patch is binary\n',
    );
    expect(out).toMatch(/^mm\/a\.c:5:1: warning/);
  });

  it('that is a link, or becomes one, is not followed', async () => {
    const made = diff('mm/l.c', 'new file mode 120000', '--- /dev/null', '+++ b/mm/l.c', '@@ -0,0 +1 @@', '+a.c');
    const { err, code } = await check(made + PATCH.replaceAll('mm/a.c', 'mm/link.c'), FILES, (folder) =>
      fs.symlinkSync('a.c', `${folder}/mm/link.c`),
    );
    const told = ['mm/l.c', 'mm/link.c'].map((name) => `overlint: ${name}: not checked: it is a symbolic link\n`);
    expect([err, code]).toEqual([told.join(''), 2]);
  });

  it('that is none of C is no concern', async () => {
    const { err, code } = await check(
      diff('mm/Makefile', '--- a/mm/Makefile', '+++ b/mm/Makefile', '@@ -1 +1 @@', '-x', '+y'),
    );
    expect([err, code]).toEqual(['', 0]);
  });
});

describe('a hunk', () => {
  it('whose outer lines differ fits with fuzz, and that is said', async () => {
    const { out, err, code } = await check(PATCH, { 'mm/a.c': FILES['mm/a.c'].replace('int two', 'int other') });
    expect(err).toBe(
      'overlint: warning: mm/a.c: hunk 1 of 1 (@@ -2,6 +2,7 @@) taken with fuzz 1: the lines around it differ here\n',
    );
    expect([out.split('\n')[0], code]).toEqual(['mm/a.c:5:1: warning: do not write risky_name [word]', 1]);
  });

  it('whose inner lines differ fits nowhere', async () => {
    const { err, code } = await check(PATCH, { 'mm/a.c': FILES['mm/a.c'].replace('int four', 'int other') });
    expect(err).toBe('overlint: mm/a.c: the patch does not apply: hunk 1 of 1 (@@ -2,6 +2,7 @@) fits nowhere\n');
    expect(code).toBe(2);
  });

  it('that is in the file already is told from one that fits nowhere', async () => {
    const first = ['@@ -1,2 +1,3 @@', '+odd_name;', ' int one;', ' int two;'];
    const half = FILES['mm/a.c'].replace('int five', 'risky_name;\nint five');
    const both = diff('mm/a.c', '--- a/mm/a.c', '+++ b/mm/a.c', ...first, ...HUNK.with(0, '@@ -2,6 +3,7 @@'));
    const { out, err } = await check(both, { 'mm/a.c': half });
    expect(err).toBe(
      'overlint: mm/a.c: the patch does not apply: hunk 2 of 2 (@@ -2,6 +3,7 @@) seems to be applied already\n',
    );
    expect(out).toBe('');
  });
});

it('a patch for another tree is said to be one', async () => {
  const { err, folder } = await check(PATCH.replaceAll('a.c', 'x.c') + PATCH.replaceAll('a.c', 'y.c'));
  expect(err).toBe(
    `overlint: .: none of the patch's 2 files is in it; is it for another tree?\n` +
      ['x', 'y']
        .map((n) => `overlint: mm/${n}.c: the patch does not apply: there is no such file in the tree\n`)
        .join(''),
  );
  expect(fs.existsSync(`${folder}/mm/x.c`)).toBe(false);
});

it('what GNU patch takes with fuzz is taken, with the same result', async () => {
  // A fixed seed (mulberry32), so that a failure comes back.
  let seed = 20_261_126;
  const random = (below: number): number => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  let taken = 0;
  for (let round = 0; round < 60; round++) {
    const lines = Array.from({ length: 12 }, (_, index) => `int line_${index};`);
    const at = 3 + random(6);
    // Around the added line, three lines of context; one or two others have become something else in the tree.
    const hunk = [`@@ -${at - 2},6 +${at - 2},7 @@`, ...lines.slice(at - 3, at).map((line) => ` ${line}`)];
    hunk.push('+risky_name;', ...lines.slice(at, at + 3).map((line) => ` ${line}`));
    const changed = new Set([random(12), random(12)]);
    const tree = lines.map((line, index) => (changed.has(index) ? `int other_${index};` : line));
    for (let count = random(3); count > 0; count--) tree.unshift('int above;');
    const patch = `--- a/mm/a.c\n+++ b/mm/a.c\n${hunk.join('\n')}\n`;
    const { folder, out, err } = await check(patch, { 'mm/a.c': `${tree.join('\n')}\n` });
    writeFiles(folder, { 'mm/a.c': `${tree.join('\n')}\n` });
    const { status } = spawnSync('patch', ['-p1', '--quiet', '--no-backup-if-mismatch', '-r', '-'], {
      cwd: folder,
      input: patch,
    });
    const line = fs.readFileSync(`${folder}/mm/a.c`, 'latin1').split('\n').indexOf('risky_name;') + 1;
    expect([round, status !== 0]).toEqual([round, err.includes('does not apply')]);
    if (status !== 0) continue;
    taken++;
    expect([round, out.split(':').slice(0, 2)]).toEqual([round, ['mm/a.c', `${line}`]]);
  }
  expect(taken).toBeGreaterThan(20);
});
