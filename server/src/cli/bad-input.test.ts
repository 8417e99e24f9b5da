/** What people and trees get wrong: each has a clear message, the right exit code, and the rest of the work is done. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, withoutRights, writeFiles } from '../testing/disk-tree';

const GOOD = { 'mm/good.c': 'int old_name;\n' };
const GOOD_FOUND = 'mm/good.c:1:5: error: do not write old_name [word]\nmm/good.c:1:1: note: the file starts here\n';

function check(folder: string, ...args: string[]) {
  return runOverlint(['check', '--format', 'gcc', ...args], { folder });
}

describe('the command line', () => {
  it.each([
    ['an unknown flag', ['check', '--ficks'], /^overlint: unknown option '--ficks'\n/],
    ['a misspelt flag', ['check', '--fixx'], /^overlint: unknown option '--fixx'\n\(Did you mean --fix\?\)/],
    ['an unknown command', ['chek'], /^overlint: unknown command 'chek'\n\(Did you mean check\?\)/],
    ['no command', [], /^Usage: overlint /],
    ['a flag without its value', ['check', '--kernel'], /^overlint: option '--kernel <dir>' argument missing\n/],
    [
      'an unknown format',
      ['check', '--format', 'xml'],
      /'xml' is invalid\. Allowed choices are text, json, gcc, sarif, github, checkpatch\./,
    ],
    ['an unknown severity', ['check', '--fail-on', 'hint'], /Allowed choices are error, warning, info\./],
    ['both ways to fix', ['check', '--fix', '--fix-dry-run'], /'--fix-dry-run' cannot be used with option '--fix'/],
    ['unsafe fixes without fixing', ['check', '--unsafe-fixes'], /--unsafe-fixes goes with --fix or --fix-dry-run/],
    ['no number of jobs', ['check', '--jobs', 'many'], /--jobs takes a whole number from 1 to 256, not "many"/],
    ['no jobs at all', ['check', '--jobs', '0'], /--jobs takes a whole number from 1 to 256, not "0"/],
    [
      'a misspelt rule',
      ['check', '--rule', 'raw-pgmp'],
      /^overlint: there is no rule "raw-pgmp"\. Did you mean "raw-pgmap"\? "overlint rules" lists them\.\n$/,
    ],
    [
      'a rule by its earlier name',
      ['check', '--rule', 'direct-counter'],
      /^overlint: the rule "direct-counter" is now "reserved-member"\.\n$/,
    ],
    ['--ahead', ['check', '--ahead'], /^overlint: the flag --ahead is now --newer-kernels\.\n$/],
    ['--no-reach', ['check', '--no-reach'], /^overlint: the flag --no-reach is now --changed-files-only\.\n$/],
    ['--also', ['check', '--also', 'json=x'], /^overlint: the flag --also is now --output FORMAT=FILE\.\n$/],
    ['--all-rules with --rule', ['check', '--all-rules', '--rule', 'raw-pgmap'], /--all-rules.* cannot be used with/],
    ['an unknown rule', ['explain', 'x'], /^overlint: there is no rule "x"\. "overlint rules" lists them\.\n$/],
  ])('with %s ends with 2', async (_what, args, message) => {
    const { code, out, err } = await runOverlint(args, { folder: kernelOnDisk(GOOD) });
    expect(err).toMatch(message);
    expect([out, code]).toEqual(['', 2]);
  });

  it.each([['--help'], ['check', '--help'], ['--version']])('with %s %s ends with 0', async (...args) => {
    const { code, out, err } = await runOverlint(args, { folder: '/' });
    expect(out).not.toBe('');
    expect([err, code]).toEqual(['', 0]);
  });
});

describe('the tree', () => {
  it('is no kernel', async () => {
    const folder = emptyFolder();
    writeFiles(folder, { 'a.c': 'int old_name;' });
    const { code, out, err } = await check(folder, 'a.c');
    expect(err).toMatch(/^overlint: No kernel tree found: neither .*a\.c nor a folder above it holds include\/linux/);
    expect([out, code]).toEqual(['', 2]);
  });

  it('is no kernel, and the file is missing', async () => {
    const folder = emptyFolder();
    const { code, err } = await check(folder, 'nope.c');
    expect(err).toBe(`overlint: ${folder}/nope.c does not exist.\n`);
    expect(code).toBe(2);
  });

  it('is an empty folder', async () => {
    const folder = emptyFolder();
    const { code, err } = await check('/', '--kernel', folder);
    expect(err).toBe(`overlint: ${folder} is no kernel tree: it is empty. Check --kernel.\n`);
    expect(code).toBe(2);
  });

  it('has no .config: said, and checked all the same', async () => {
    const folder = kernelOnDisk(GOOD);
    fs.rmSync(`${folder}/.config`);
    const { code, out, err } = await check(folder);
    expect(err).toMatch(/^overlint: warning: There is no \.config in /);
    expect([out, code]).toEqual([GOOD_FOUND, 1]);
  });

  it('has an empty folder: said, and no failure', async () => {
    const folder = kernelOnDisk(GOOD);
    fs.mkdirSync(`${folder}/empty`);
    const { code, out, err } = await check(folder, 'empty');
    expect(err).toBe('overlint: warning: empty: no .c or .h file in it\n');
    expect([out, code]).toEqual(['', 0]);
  });
});

describe('a file', () => {
  it.each([
    ['is binary', { 'mm/bad.c': Buffer.from('\x7fELF\0\0old_name') }, 'is binary, not C: skipped'],
    ['is not there', {}, 'no such file or folder'],
  ])('that %s is named; the others are checked', async (_what, files, why) => {
    const { code, out, err } = await check(kernelOnDisk({ ...GOOD, ...files }), 'mm/bad.c', 'mm');
    expect(err).toBe(`overlint: mm/bad.c: ${why}\n`);
    expect([out, code]).toEqual([GOOD_FOUND, 2]);
  });

  it('that may not be read is named; the others are checked', async () => {
    const folder = kernelOnDisk({ ...GOOD, 'mm/bad.c': 'old_name' });
    fs.chmodSync(`${folder}/mm/bad.c`, 0);
    const { code, out, err } = await withoutRights(() => check(folder, 'mm'));
    expect(err).toBe('overlint: mm/bad.c: permission denied\n');
    expect([out, code]).toEqual([GOOD_FOUND, 2]);
  });

  it('outside the tree is named; the others are checked', async () => {
    const outside = emptyFolder();
    writeFiles(outside, { 'bad.c': 'old_name' });
    const folder = kernelOnDisk(GOOD);
    fs.symlinkSync(`${outside}/bad.c`, `${folder}/link.c`);
    const { code, out, err } = await check(folder, path.join(outside, 'bad.c'), 'mm', 'link.c');
    expect(err.trimEnd().split('\n').sort()).toEqual([
      `overlint: ../${path.basename(outside)}/bad.c: is outside the kernel tree ${folder}`,
      `overlint: link.c: leads to ${outside}/bad.c, outside the kernel tree ${folder}`,
    ]);
    expect([out, code]).toEqual([GOOD_FOUND, 2]);
  });

  it('may have CRLF, bytes that are not UTF-8, and no last line end', async () => {
    const folder = kernelOnDisk({ 'mm/a.c': '/* \xe4\xff */\r\n\r\nint old_name;' });
    const { code, out, err } = await check(folder);
    expect(out).toMatch(/^mm\/a\.c:3:5: error/);
    expect([err, code]).toEqual(['', 1]);
    const text = await runOverlint(['check'], { folder });
    expect(text.out).toContain('3 | int old_name;\n');
  });

  it('may be one line of 5 MB', async () => {
    const folder = kernelOnDisk({ 'mm/a.c': `${'x = 1; '.repeat(400_000)}old_name; ${'y = 2; '.repeat(400_000)}` });
    const { code, out, err } = await runOverlint(['check'], { folder });
    expect(out).toContain('mm/a.c:1:2800001: error[word]');
    expect(out.length).toBeLessThan(2000);
    expect([err, code]).toEqual(['', 1]);
  });

  it('can’t colour or move what is printed of it', async () => {
    const folder = kernelOnDisk({ 'mm/\x1b[2Ja.c': '\x1b]0;title\x07 old_name \xc2\x9b31m\n' });
    const { out } = await runOverlint(['check'], { folder });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
    expect(Buffer.from(out, 'latin1').toString('utf8')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });
});
