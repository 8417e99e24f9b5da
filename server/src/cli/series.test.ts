/** A series of mails, one applied on top of the other: what it causes, and which mail caused it. */
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';

const FILES = { 'mm/a.c': 'int one;\nold_name;\nint three;\n' };

function mail(subject: string, hunk: string): string {
  const from = `From ${'1'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: ${subject}\n\n---\n`;
  const diff = `diff --git a/mm/a.c b/mm/a.c\n--- a/mm/a.c\n+++ b/mm/a.c\n${hunk}`;
  return `${from} mm/a.c | 1 +\n\n${diff}-- \n2.39.5\n\n`;
}

const ADDS_RISKY = '@@ -1,3 +1,4 @@\n int one;\n+risky_name;\n old_name;\n int three;\n';
const MAKES_IT_ODD = '@@ -1,3 +1,3 @@\n int one;\n-risky_name;\n+odd_name;\n old_name;\n';
const ADDS_ANOTHER = '@@ -2,3 +2,4 @@\n risky_name;\n old_name;\n int three;\n+risky_name;\n';
const ADDS_FAINT = '@@ -1,2 +1,3 @@\n+faint_name;\n int one;\n risky_name;\n';

async function check(format: string, ...mails: string[]): Promise<string> {
  const folder = kernelOnDisk({ ...FILES, 'the.mbox': mails.join('') });
  const { out, err } = await runOverlint(['check', '--patch', 'the.mbox', '--format', format], { folder });
  expect(err).toBe('');
  return out;
}

it('what a later mail takes away again is not heard of', async () => {
  expect(await check('gcc', mail('one', ADDS_RISKY), mail('two', MAKES_IT_ODD))).toBe(
    'mm/a.c:2:1: warning: do not write odd_name [word]\n' +
      'mm/a.c:2:1: note: brought by "two"\n' +
      'mm/a.c:1:1: note: the file starts here\n',
  );
});

it('tells findings that are alike apart by the mail that brought each', async () => {
  const out = await check('json', mail('one', ADDS_RISKY), mail('two', ADDS_ANOTHER), mail('three', ADDS_FAINT));
  const found = JSON.parse(out).findings.map(({ line, patch }: { line: number; patch: string }) => [line, patch]);
  expect(found).toEqual([
    [1, 'three'],
    [3, 'one'],
    [6, 'two'],
  ]);
});

it('groups them under their subjects in the text for people', async () => {
  const out = await check('text', mail('[PATCH 1/2] mm: one', ADDS_RISKY), mail('[PATCH 2/2] mm: two', ADDS_FAINT));
  expect(out.match(/^(?:In ".*":|mm\/a\.c:\d+)/gm)).toEqual([
    'In "[PATCH 1/2] mm: one":',
    'mm/a.c:3',
    'In "[PATCH 2/2] mm: two":',
    'mm/a.c:1',
  ]);
});

it('marks them in the formats for other programs', async () => {
  const mails = [mail('one', ADDS_RISKY), mail('two', ADDS_FAINT)];
  expect(await check('checkpatch', ...mails)).toMatch(
    /^---\none\n---\nWARNING:word: [\s\S]*\n\n---\ntwo\n---\nCHECK:word: /,
  );
  expect(await check('github', ...mails)).toContain('do not write risky_name%0Abrought by "one"%0A');
  const [run] = JSON.parse(await check('sarif', ...mails)).runs;
  expect(run.results.map(({ properties }: { properties: unknown }) => properties)).toEqual([
    { patch: 'two' },
    { patch: 'one' },
  ]);
});

it('reads subjects that are folded, encoded, or not there', async () => {
  const subject = '[PATCH 1/2] mm:\n =?UTF-8?q?b=C3=A4d_?= =?utf-8?B?w7Z0aGVy?=';
  const nameless = mail('x', ADDS_FAINT).replace(/^Subject.*\n/m, '');
  const found = JSON.parse(await check('json', mail(subject, ADDS_RISKY), nameless)).findings;
  expect(found.map(({ patch }: { patch: string }) => patch)).toEqual([
    'patch 2',
    '[PATCH 1/2] mm: b\xc3\xa4d \xc3\xb6ther',
  ]);
});
