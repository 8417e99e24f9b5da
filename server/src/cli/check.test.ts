/** `overlint check` as people and scripts see it: what it prints, and with which code it ends. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';

const FILES = {
  'mm/a.c': '#include "shared.h"\n\treturn old_name + 1;\n',
  'mm/b.c': 'int fine;\nint risky_name, odd_name;\r\n',
  'include/shared.h': 'int fine;\n',
};

/** Checks a tree with these files, standing at its top. */
async function check(args: readonly string[], files: Record<string, string | Buffer> = FILES) {
  const folder = kernelOnDisk(files);
  return { folder, ...(await runOverlint(['check', ...args], { folder })) };
}

describe('text', () => {
  it('shows the line, who says so, the fix, and a sum at the end', async () => {
    const { out, err, code } = await check([]);
    expect(out).toBe(`mm/a.c:2:9: error[word]: do not write old_name
  |
2 |         return old_name + 1;
  |                ^^^^^^^^
  = note: mm/a.c:1:1: the file starts here
  = help: write new_name (--fix)
2 +         return new_name + 1;

mm/b.c:2:5: warning[word]: do not write risky_name
  |
2 | int risky_name, odd_name;
  |     ^^^^^^^^^^
  = note: mm/b.c:1:1: the file starts here
  = help: write new_name (--fix --unsafe-fixes)
2 + int new_name, odd_name;

mm/b.c:2:17: info[word]: do not write odd_name
  |
2 | int risky_name, odd_name;
  |                 ^^^^^^^^
  = note: mm/b.c:1:1: the file starts here

Found 1 error, 1 warning, 1 note in 2 files; 4 files looked at. 1 can be fixed with --fix.
`);
    expect([err, code]).toEqual(['', 1]);
  });

  it('says that there is nothing', async () => {
    const { out, code } = await check(['mm/a.c'], { 'mm/a.c': 'int fine;\n' });
    expect([out, code]).toEqual(['Nothing found: 1 file looked at.\n', 0]);
  });

  it('is coloured on a terminal, unless NO_COLOR is set', async () => {
    const folder = kernelOnDisk(FILES);
    const coloured = await runOverlint(['check', 'mm/a.c'], { folder, isTerminal: true });
    expect(coloured.out).toContain('mm/a.c:2:9: \x1b[1;31merror[word]\x1b[0m: ');
    const environment = { NO_COLOR: '1' };
    const plain = await runOverlint(['check', 'mm/a.c'], { folder, isTerminal: true, environment });
    expect(plain.out).not.toContain('\x1b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken out.
    expect(coloured.out.replace(/\x1b\[[\d;]*m/g, '')).toBe(plain.out);
  });

  it('names files so that they can be followed from where the user stands', async () => {
    const folder = kernelOnDisk(FILES);
    const first = async (from: string): Promise<string> =>
      (await runOverlint(['check', '--kernel', folder, 'mm/a.c'], { folder: from })).out.split('\n')[0];
    expect(await first(`${folder}/mm`)).toMatch(/^a\.c:2:9: /);
    expect(await first(`${folder}/include`)).toMatch(/^\.\.\/mm\/a\.c:2:9: /);
    expect(await first('/')).toMatch(new RegExp(`^${folder.slice(1)}/mm/a\\.c:2:9: `));
    expect(await first('/usr')).toMatch(new RegExp(`^${folder}/mm/a\\.c:2:9: `));
  });
});

describe('json', () => {
  it('is the contract', async () => {
    const { out, code } = await check(['--format', 'json', 'mm/b.c']);
    const related = [{ file: 'mm/b.c', line: 1, column: 1, message: 'the file starts here' }];
    const edits = [{ file: 'mm/b.c', startLine: 2, startColumn: 5, endLine: 2, endColumn: 15, text: 'new_name' }];
    expect(JSON.parse(out)).toEqual({
      configuration: { name: '.config', assumed: false },
      findings: [
        {
          file: 'mm/b.c',
          line: 2,
          column: 5,
          endLine: 2,
          endColumn: 15,
          rule: 'word',
          severity: 'warning',
          message: 'do not write risky_name',
          related,
          fixes: [{ title: 'write new_name', safe: false, edits }],
        },
        {
          file: 'mm/b.c',
          line: 2,
          column: 17,
          endLine: 2,
          endColumn: 25,
          rule: 'word',
          severity: 'info',
          message: 'do not write odd_name',
          related,
          fixes: [],
        },
      ],
      stats: { files: 1, 'files.candidates': 1, 'files.listed': 1, words: 2 },
    });
    expect(out.endsWith('}\n')).toBe(true);
    expect(code).toBe(1);
  });

  it('counts columns in bytes, as gcc does', async () => {
    const { out } = await check(['--format', 'json', 'mm/a.c'], { 'mm/a.c': '\t/* \xc3\xa4 \xe4 */ old_name' });
    expect(JSON.parse(out).findings[0]).toMatchObject({ line: 1, column: 13, endLine: 1, endColumn: 21 });
  });

  it('is relative to the kernel folder wherever the user stands', async () => {
    const folder = kernelOnDisk(FILES);
    const at = async (from: string) =>
      (await runOverlint(['check', '--kernel', folder, '--format', 'json'], { folder: from })).out;
    expect(await at(`${folder}/mm`)).toBe(await at('/'));
  });
});

it('gcc lines can be read by editors', async () => {
  const { out } = await check(['--format', 'gcc']);
  expect(out).toBe(`mm/a.c:2:9: error: do not write old_name [word]
mm/a.c:1:1: note: the file starts here
mm/b.c:2:5: warning: do not write risky_name [word]
mm/b.c:1:1: note: the file starts here
mm/b.c:2:17: warning: do not write odd_name [word]
mm/b.c:1:1: note: the file starts here
`);
});

it('prints hints, and never fails for them', async () => {
  const { out, code } = await check(['--fail-on', 'info', '--format', 'gcc'], { 'mm/a.c': 'faint_name' });
  expect(out).toMatch(/^mm\/a\.c:1:1: warning: do not write faint_name \[word\]\n/);
  expect(code).toBe(0);
});

describe('the exit code', () => {
  it.each([
    ['old_name', [], 1],
    ['risky_name', [], 1],
    ['odd_name', [], 0],
    ['odd_name', ['--fail-on', 'info'], 1],
    ['risky_name', ['--fail-on', 'error'], 0],
    ['old_name', ['--fail-on', 'error'], 1],
    ['fine', ['--fail-on', 'info'], 0],
  ])('for %s with %j is %i', async (word, flags, expected) => {
    expect((await check(flags, { 'mm/a.c': word })).code).toBe(expected);
  });

  it('is 2 when a file could not be read, whatever was found in the others', async () => {
    const { out, err, code } = await check(['mm/none.c', 'mm/a.c']);
    expect(code).toBe(2);
    expect(err).toBe('overlint: mm/none.c: no such file or folder\n');
    expect(out).toContain('mm/a.c:2:9: error[word]');
  });
});

describe('--fix', () => {
  it('writes what is proven, and reports what remains', async () => {
    const { folder, out, code } = await check(['--fix']);
    expect(fs.readFileSync(`${folder}/mm/a.c`, 'latin1')).toBe('#include "shared.h"\n\treturn new_name + 1;\n');
    expect(out).toMatch(/Fixed 1 finding in 1 file\. Found 1 warning, 1 note in 1 file; 4 files looked at\.\n$/);
    expect(code).toBe(1);
    const again = await runOverlint(['check', '--fix', '--unsafe-fixes'], { folder });
    expect(again.out).toMatch(/Fixed 1 finding in 1 file\. Found 1 note in 1 file; 4 files looked at\.\n$/);
    expect(again.code).toBe(0);
    expect(fs.readFileSync(`${folder}/mm/b.c`, 'latin1')).toBe('int fine;\nint new_name, odd_name;\r\n');
  });

  it('as a dry run prints a patch and nothing else', async () => {
    const { folder, out, code } = await check(['--fix-dry-run', '--unsafe-fixes', 'mm/b.c']);
    expect(out).toBe(`--- a/mm/b.c
+++ b/mm/b.c
@@ -1,2 +1,2 @@
 int fine;
-int risky_name, odd_name;\r
+int new_name, odd_name;\r
`);
    expect(code).toBe(1);
    expect(fs.readFileSync(`${folder}/mm/b.c`, 'latin1')).toBe(FILES['mm/b.c']);
  });
});

it('--stats prints the counters, sorted', async () => {
  const { out } = await check(['--stats', 'mm/b.c']);
  expect(out).toMatch(/looked at\.\n\nfiles {13}1\nfiles\.candidates {2}1\nfiles\.listed {6}1\nwords {13}2\n$/);
  const gcc = await check(['--stats', '--format', 'gcc', 'mm/b.c']);
  expect(gcc.err).toContain('words');
  expect(gcc.out).not.toContain('words');
});

describe('overlint.json', () => {
  it('names the tree, is looked for above where one stands, and gives way to flags', async () => {
    const folder = kernelOnDisk({ ...FILES, 'work/overlint.json': '{"kernel": ".."}', 'work/deep/notes.txt': '' });
    const run = (...args: string[]) => runOverlint(['check', ...args], { folder: `${folder}/work/deep` });
    expect((await run('--format', 'gcc')).out).toContain('do not write old_name');
    expect((await run('--kernel', '/nowhere')).err).toContain('/nowhere is no kernel tree');
  });

  it('that is broken is named, and the rest goes on', async () => {
    const { err, out, code } = await check([], { ...FILES, 'overlint.json': '{"levels": {"no-rule": "off"},' });
    expect(err).toMatch(/^overlint: warning: .*overlint\.json: not valid JSON: .*; what can be read of it counts/);
    expect(out).toContain('do not write old_name');
    expect(code).toBe(1);
  });
});

describe('over how many files', () => {
  const BROKEN = { 'mm/a.c': 'struct pair { int a, b; };\n_Static_assert(sizeof(struct pair) == 4, "small");\n' };
  const ask = (folder: string, ...more: string[]) =>
    runOverlint(['check', '--no-cache', ...more, 'mm'], { folder, execution: {} });

  it('asks every default rule about a folder', async () => {
    const { out, err, code } = await ask(kernelOnDisk(BROKEN));
    expect(out).toContain('mm/a.c:2:1: error[broken-assert]');
    expect([err, code]).toEqual(['', 1]);
  });

  it('says what it leaves out over many files', async () => {
    const many = Array.from({ length: 501 }, (_, index) => [`mm/f${index}.c`, 'int one;\n']);
    const folder = kernelOnDisk({ ...BROKEN, ...Object.fromEntries(many) });
    const { out, err } = await ask(folder);
    expect(out).toBe('Nothing found: 502 files looked at.\n');
    expect(err).toMatch(/^overlint: over so many files these are left out.*headers say.*broken-assert.*--rule/);
    expect((await ask(folder, '--rule', 'broken-assert')).out).toContain('mm/a.c:2:1: error[broken-assert]');
    expect((await ask(folder, '--all-rules')).err).not.toContain('left out');
  });
});
