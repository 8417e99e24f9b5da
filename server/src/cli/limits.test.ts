/** What a run may take and print, and what is said where that was not enough. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { DEMO, demoOnDisk, emptyFolder, kernelOnDisk } from '../testing/disk-tree';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER, words: 'testing/word-worker.ts' });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

/** Runs the program over the demo, with more files in it. */
function demo(files: Record<string, string> = {}) {
  const kernel = demoOnDisk(files);
  const env = { PATH: process.env.PATH, XDG_CACHE_HOME: emptyFolder() };
  return (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`${bundles}/cli.js`, 'check', ...args], {
      cwd: kernel,
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
}

describe('--timeout', () => {
  const AT_ONCE = ['--timeout', '0.001'];

  it('that is long changes nothing', () => {
    const check = demo();
    expect(check('--timeout', '600')).toEqual(check());
  });

  describe('that ends while a file hangs', () => {
    const LEFT =
      'overlint: .: not checked in full: 1 of 3 files were left when the time was over\n' +
      'overlint: mm/b.c: was not checked, because the checker failed on it (no answer in 5 s). Please report this\n';

    async function check(...flags: string[]) {
      const folder = kernelOnDisk({
        // Its fix leaves something that is fixed in turn.
        'mm/a.c': 'int nested_name;\n',
        'mm/b.c': 'int hangs_here;\n',
        'mm/c.c': 'int old_name;\n',
      });
      const limits = { taskMilliseconds: 5000, heapMegabytes: 64 };
      const execution = { script: `${bundles}/words.js`, jobs: 1, limits };
      const args = ['check', '--format', 'gcc', '--timeout', '4', ...flags, 'mm'];
      const ran = await runOverlint(args, { folder, execution });
      return { ...ran, read: (name: string) => fs.readFileSync(`${folder}/${name}`, 'latin1') };
    }

    it('says how many files are left, and what was found until then', async () => {
      const { code, out, err } = await check();
      expect(out).toMatch(/^mm\/a\.c:1:5: warning: do not write nested_name \[word\]\n.*\n$/);
      expect([code, err]).toEqual([2, LEFT]);
    });

    it('has what was found until then fixed to the end, and nothing else', async () => {
      const { code, out, err, read } = await check('--fix');
      expect([read('mm/a.c'), read('mm/c.c')]).toEqual(['int new_name;\n', 'int old_name;\n']);
      expect([code, out, err]).toEqual([2, '', LEFT]);
    });
  });

  it('that is too short leaves the next run nothing wrong', () => {
    const check = demo();
    const { status, stderr } = check(...AT_ONCE);
    expect(stderr).toMatch(/^overlint: \.: not checked in full: (\d+) of \1 files were left when the time was over\n$/);
    expect(status).toBe(2);
    expect(check()).toEqual(demo()());
  });

  it('says nothing of a change that was not looked at in full', () => {
    const patch = '--- a/mm/swap.c\n+++ b/mm/swap.c\n@@ -1 +1,2 @@\n+/* one more line */\n';
    const first = fs.readFileSync(`${DEMO}/mm/swap.c`, 'utf8').split('\n')[0];
    const check = demo({ 'one.patch': `${patch} ${first}\n` });
    expect(check('--patch', 'one.patch').status).toBe(0);
    expect(check('--patch', 'one.patch', '--no-cache', ...AT_ONCE)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'overlint: The time was over before the change was checked.\n',
    });
  });

  it('keeps no baseline of a part', () => {
    const { status, stdout, stderr } = demo()('--write-baseline', 'known.json', ...AT_ONCE);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe('overlint: known.json: not written: the time was over before all was checked.\n');
  });
});

describe('--max-findings', () => {
  it('prints so many, says how many there are, and ends as if all were printed', async () => {
    const folder = kernelOnDisk({ 'mm/a.c': 'int odd_name;\n', 'mm/b.c': 'int old_name;\n' });
    const { code, out, err } = await runOverlint(['check', '--format', 'gcc', '--max-findings', '1'], { folder });
    expect(out).toMatch(/^mm\/a\.c:1:5: warning: .*\n.*\n$/);
    expect(err).toBe('overlint: warning: 1 of 2 findings are not shown (--max-findings)\n');
    expect(code).toBe(1);
  });
});

it('a file with more findings than anybody reads has the first thousand, and a message', () => {
  const uses = Array.from({ length: 1203 }, (_, line) => `\tuse${line}(page->pgmap);\n`).join('');
  const check = demo({ 'mm/many.c': `#include <linux/mm.h>\n\nvoid all(struct page *page)\n{\n${uses}}\n` });
  const fresh = check('--format', 'gcc', 'mm/many.c');
  expect(fresh.stdout.match(/^mm\/many\.c:\d+:\d+: error/gm)).toHaveLength(1000);
  expect([fresh.status, fresh.stderr]).toEqual([
    2,
    'overlint: mm/many.c: has over 1000 findings; 203 of them are left out\n',
  ]);
  // What was kept of it says the same.
  expect(check('--format', 'gcc', 'mm/many.c')).toEqual(fresh);
});
