/** A unified diff is right when `patch` and `git apply` make the new text out of the old one with it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { unifiedDiff } from './diff';

const LINES = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);

function withLine(number: number, text: string): string {
  return LINES.with(number - 1, text).join('');
}

it('prints nothing where nothing changed', () => {
  expect(unifiedDiff('a.c', 'x\n', 'x\n')).toBe('');
});

it('shows three lines around a change', () => {
  expect(unifiedDiff('mm/a.c', LINES.join(''), withLine(10, 'ten\n'))).toBe(`--- a/mm/a.c
+++ b/mm/a.c
@@ -7,7 +7,7 @@
 line 7
 line 8
 line 9
-line 10
+ten
 line 11
 line 12
 line 13
`);
});

it('joins changes whose context meets, and parts others', () => {
  const hunks = (...numbers: number[]): number => {
    const after = numbers.reduce((lines, number) => lines.with(number - 1, 'x\n'), LINES);
    return unifiedDiff('a.c', LINES.join(''), after.join('')).split('@@ -').length - 1;
  };
  expect(hunks(5, 12)).toBe(1);
  expect(hunks(5, 13)).toBe(2);
});

it('says where a last line has no end', () => {
  expect(unifiedDiff('a.c', 'a', 'b\n')).toBe(`--- a/a.c
+++ b/a.c
@@ -1 +1 @@
-a
\\ No newline at end of file
+b
`);
});

it('quotes names as git does', () => {
  const header = (name: string): string => unifiedDiff(name, 'a\n', 'b\n').split('\n')[0];
  expect(header('my file.c')).toBe('--- a/my file.c\t');
  expect(header('a"b\n\xc3\xa4.c')).toBe('--- "a/a\\"b\\n\\303\\244.c"');
});

/** Applies the diff with a program and gives back the bytes. */
function applied(program: 'patch' | 'git', name: string, before: string, after: string): string {
  const folder = emptyFolder();
  writeFiles(folder, { [name]: before });
  const args = program === 'git' ? ['apply', '--unsafe-paths', '-'] : ['-p1', '--quiet', '--binary'];
  const input = Buffer.from(unifiedDiff(name, before, after), 'latin1');
  const { status, stderr } = spawnSync(program, args, { cwd: folder, input, encoding: 'utf8' });
  expect(`${stderr}${status}`).toBe('0');
  return fs.readFileSync(`${folder}/${name}`, 'latin1');
}

describe.each(['patch', 'git'] as const)('%s', (program) => {
  it.each([
    ['a line', LINES.join(''), withLine(10, 'ten\n')],
    ['the first and the last line', LINES.join(''), ['0\n', ...LINES.slice(1, -1), 'end'].join('')],
    ['lines removed and lines added', LINES.join(''), [...LINES.slice(3, 9), 'new\n', ...LINES.slice(12)].join('')],
    ['CRLF and bytes that are not UTF-8', 'a\r\n\xe4b\r\nc\r\n', 'a\r\n\xf6\xffb\r\nc\r\n'],
    ['a missing last line end', 'a\nb', 'a\nc'],
  ])('takes %s', (_what, before, after) => {
    expect(applied(program, 'mm/my file.c', before, after)).toBe(after);
  });
});

it('is right for random changes', () => {
  // A fixed seed (mulberry32), so that a failure comes back.
  let seed = 20_241_101;
  const random = (below: number): number => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  for (let round = 0; round < 40; round++) {
    const before = Array.from({ length: 1 + random(40) }, () => `${random(6)}\n`);
    const after = before.flatMap((line) => (random(5) > 0 ? [line] : random(2) === 0 ? [] : [`${random(6)}\n`, line]));
    if (before.join('') === after.join('') || after.length === 0) continue;
    expect(applied('patch', 'a.c', before.join(''), after.join(''))).toBe(after.join(''));
  }
});

it('does not search for ever in texts that have nothing in common', () => {
  const many = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join('');
  const diff = unifiedDiff('a.c', many('old'), many('new'));
  expect(diff.split('\n').length).toBe(10_004);
});
