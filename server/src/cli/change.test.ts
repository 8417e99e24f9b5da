/** What a change causes: patches applied in memory, mails, and what git has. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { levelsForChanges } from '../analysis/levels';
import { findTree } from '../project/tree';
import { rules as allRules } from '../rules/index';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';
import { isScanKnown } from '../workers/candidates';
import { memoryFor } from '../workers/run';

const FILES = { 'mm/a.c': 'int one;\nold_name;\nint three;\n' };

const HUNK = '@@ -1,3 +1,4 @@\n int one;\n+risky_name;\n old_name;\n int three;\n';
const PATCH = `--- a/mm/a.c\n+++ b/mm/a.c\n${HUNK}`;

async function check(patch: string, files: Record<string, string> = FILES) {
  const folder = kernelOnDisk({ ...files, 'the.patch': patch });
  return { folder, ...(await runOverlint(['check', '--patch', 'the.patch', '--format', 'gcc'], { folder })) };
}

const added = (name: string, text: string): string => `--- /dev/null\n+++ ${name}\n@@ -0,0 +1 @@\n+${text}\n`;

describe('--patch', () => {
  it('reports what the patch brings, and writes nothing', async () => {
    const { folder, out, err, code } = await check(PATCH);
    expect(out).toBe('mm/a.c:2:1: warning: do not write risky_name [word]\nmm/a.c:1:1: note: the file starts here\n');
    expect([err, code]).toEqual(['', 1]);
    expect(fs.readFileSync(`${folder}/mm/a.c`, 'latin1')).toBe(FILES['mm/a.c']);
  });

  it('keeps what the search of a large tree for the users of a changed header found', async () => {
    const files = Array.from({ length: 501 }, (_, index) => [`mm/f${index}.c`, 'int one;\n']);
    const patch = '--- a/include/linux/a.h\n+++ b/include/linux/a.h\n@@ -1 +1 @@\n-int a;\n+long a;\n';
    const folder = kernelOnDisk({ ...Object.fromEntries(files), 'include/linux/a.h': 'int a;\n', 'the.patch': patch });
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
    // Of files that were written just now nothing is kept.
    const now = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
    onTestFinished(() => clock.mockRestore());
    const { tree } = findTree({ folder, paths: [] });
    const options = { ahead: false, levels: { levels: levelsForChanges(allRules), overrides: [] } };
    const { linter } = memoryFor({ tree: tree!, options, cache: true, execution: {} })!;
    const isKept = (): boolean => isScanKnown(linter.candidateWords());
    expect(isKept()).toBe(false);
    expect(await runOverlint(['check', '--patch', 'the.patch'], { folder, execution: {} })).toMatchObject({
      code: 0,
      err: '',
    });
    expect(isKept()).toBe(true);
  });

  it('says which hunk does not fit, and goes on with the other files', async () => {
    const other = PATCH.replaceAll('mm/a.c', 'mm/b.c');
    const { out, err, code } = await check(PATCH.replace('int one', 'int zero') + other, {
      ...FILES,
      'mm/b.c': FILES['mm/a.c'],
    });
    expect(err).toBe('overlint: mm/a.c: the patch does not apply: hunk 1 of 1 (@@ -1,3 +1,4 @@) fits nowhere\n');
    expect(out).toMatch(/^mm\/b\.c:2:1: warning/);
    expect(code).toBe(2);
  });

  it('says that a patch is for another tree', async () => {
    const { err, code } = await check(PATCH.replaceAll('mm/a.c', 'mm/none.c'));
    expect(err).toBe('overlint: mm/none.c: the patch does not apply: there is no such file in the tree\n');
    expect(code).toBe(2);
  });

  it('adds files in memory alone', async () => {
    const { folder, out } = await check(added('b/mm/new.c', 'old_name;'));
    expect(out).toMatch(/^mm\/new\.c:1:1: error/);
    expect(fs.existsSync(`${folder}/mm/new.c`)).toBe(false);
  });

  it.each(['b/../../evil.c', 'b/mm/../../evil.c', '/tmp/evil.c'])('refuses the path %s', async (name) => {
    const { out, err, code } = await check(added(name, 'old_name;'));
    expect(out).toBe('');
    expect(err).toContain('not checked: the patch leads outside the tree');
    expect(code).toBe(2);
  });

  it('keeps to a file with CRLF, and to one without a newline at its end', async () => {
    const crlf = await check(PATCH, { 'mm/a.c': FILES['mm/a.c'].replaceAll('\n', '\r\n') });
    expect(crlf.out).toMatch(/^mm\/a\.c:2:1: warning/);
    const open = PATCH.replace(' int three;\n', ' int three;\n\\ No newline at end of file\n');
    expect((await check(open, { 'mm/a.c': FILES['mm/a.c'].trimEnd() })).out).toMatch(/^mm\/a\.c:2:1: warning/);
  });

  it('reads names that git quotes', async () => {
    const name = 'mm/\xc3\xa4 b.c';
    const quoted = 'mm/\\303\\244 b.c';
    const patch = `diff --git "a/${quoted}" "b/${quoted}"\n--- "a/${quoted}"\n+++ "b/${quoted}"\n${HUNK}`;
    const { out, err } = await check(patch, { [Buffer.from(name, 'latin1').toString()]: FILES['mm/a.c'] });
    expect(err).toBe('');
    expect(out).toContain(`${name}:2:1: warning`);
  });

  it('refuses what is no patch', async () => {
    const { err, code } = await check('hello\n');
    expect([err, code]).toEqual(['overlint: the.patch is no patch: it holds no diff.\n', 2]);
  });
});

describe('what git has', () => {
  const git = (folder: string, ...args: string[]): void => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
    execFileSync('git', ['-C', folder, ...who, ...args], { stdio: 'ignore' });
  };

  it('is compared with the disk by --diff, with the index by --staged', async () => {
    const folder = kernelOnDisk(FILES);
    git(folder, 'init');
    git(folder, 'add', '.');
    git(folder, 'commit', '-m', 'one');
    fs.writeFileSync(`${folder}/mm/a.c`, `risky_name;\n${FILES['mm/a.c']}`);
    git(folder, 'add', '.');
    fs.writeFileSync(`${folder}/mm/a.c`, `int x;\nodd_name;\n${FILES['mm/a.c']}`);
    const staged = await runOverlint(['check', '--staged', '--format', 'gcc'], { folder });
    expect(staged.out).toMatch(/^mm\/a\.c:1:1: warning: do not write risky_name/);
    const disk = await runOverlint(['check', '--diff', 'HEAD', '--format', 'gcc'], { folder });
    expect(disk.out).toMatch(/^mm\/a\.c:2:1: warning: do not write odd_name/);
    expect(disk.out).not.toContain('old_name');
  });

  it('is compared without a program that the tree configures, in a submodule or for a file that was just written', async () => {
    const folder = kernelOnDisk(FILES);
    const ran = path.join(emptyFolder(), 'ran');
    const program = `sh -c 'echo ran >> ${ran}; cat'`;
    const attributes = '*.c filter=own\n';
    git(folder, 'init');
    fs.mkdirSync(`${folder}/inner`);
    git(`${folder}/inner`, 'init');
    for (const place of [`${folder}/inner`, folder]) {
      fs.writeFileSync(`${place}/own.c`, 'int x;\n');
      fs.writeFileSync(`${place}/.gitattributes`, attributes);
      git(place, 'add', '.');
      git(place, 'commit', '-m', 'one');
      git(place, 'config', 'filter.own.clean', program);
      git(place, 'config', 'core.fsmonitor', program);
      fs.writeFileSync(`${place}/own.c`, 'int y;\n');
    }
    fs.writeFileSync(`${folder}/mm/a.c`, `odd_name;\n${FILES['mm/a.c']}`);
    for (const flags of [['--diff', 'HEAD'], ['--staged']]) await runOverlint(['check', ...flags], { folder });
    const { out } = await runOverlint(['check', '--diff', 'HEAD', '--format', 'gcc'], { folder });
    expect(out).toMatch(/^mm\/a\.c:1:1: warning: do not write odd_name/);
    expect(fs.existsSync(ran)).toBe(false);
  });

  it('waits for no pipe that stands for a file of the repository', { timeout: 40_000 }, async () => {
    const folder = kernelOnDisk(FILES);
    git(folder, 'init');
    fs.rmSync(`${folder}/.git/HEAD`);
    execFileSync('mkfifo', [`${folder}/.git/HEAD`]);
    const { err, code } = await runOverlint(['check', '--diff', 'HEAD'], { folder });
    expect([err, code]).toEqual([`overlint: ${folder}: git did not answer within 15 seconds.\n`, 2]);
  });

  it('fetches nothing, even where the repository allows it and names the program', async () => {
    const folder = kernelOnDisk(FILES);
    const ran = path.join(emptyFolder(), 'ran');
    git(folder, 'init');
    git(folder, 'add', '.');
    git(folder, 'commit', '-m', 'one');
    const blob = execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD:mm/a.c'], { encoding: 'utf8' }).trim();
    fs.rmSync(`${folder}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
    for (const [key, value] of Object.entries({
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'o',
      'remote.o.promisor': 'true',
      'remote.o.url': `ext::sh -c echo% ran% >${ran}`,
      'protocol.ext.allow': 'always',
    }))
      git(folder, 'config', key, value);
    fs.writeFileSync(`${folder}/mm/a.c`, 'int other;\n');
    const { err, code } = await runOverlint(['check', '--diff', 'HEAD'], { folder });
    expect([code, err]).toEqual([2, expect.stringContaining('is not there')]);
    expect(fs.existsSync(ran)).toBe(false);
  });

  it('says that there is no repository, or no such revision', async () => {
    const folder = kernelOnDisk(FILES);
    expect((await runOverlint(['check', '--diff', 'HEAD'], { folder })).code).toBe(2);
    git(folder, 'init');
    const { err, code } = await runOverlint(['check', '--diff', '--output=x'], { folder });
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });
});
