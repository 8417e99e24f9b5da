/** Shards and what puts them together, the hook in a real repository, the cache, colours and explanations. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Log, Result } from 'sarif';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cache } from '../store/cache';
import { bundle, COMMAND_LINE } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { brokenIn } from '../testing/sarif-schema';

/** Many files, and a header whose findings come up from several of them. */
const FILES: Record<string, string> = { 'include/shared.h': 'old_name;\n' };
for (let number = 0; number < 12; number++) FILES[`mm/f${number}.c`] = '#include "shared.h"\nrisky_name;\nodd_name;\n';

describe('--shard', () => {
  it('takes each file once, and merge-sarif gives what a run over all gives', async () => {
    const folder = kernelOnDisk(FILES);
    const run = (...args: string[]) => runOverlint(args, { folder });
    const logs = ['1/3', '2/3', '3/3'].map((shard) => ({ shard, file: `${shard[0]}.sarif` }));
    const counts: number[] = [];
    for (const { shard, file } of logs) {
      await run('check', '--shard', shard, '--format', 'sarif', '--output', file);
      counts.push(Number(/(\d+) files? looked at/.exec((await run('check', '--shard', shard)).out)?.[1]));
    }
    expect(counts.reduce((sum, count) => sum + count)).toBe(14);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    const whole = JSON.parse((await run('check', '--format', 'sarif')).out) as Log;
    const merged = JSON.parse((await run('merge-sarif', ...logs.map(({ file }) => file))).out) as Log;
    expect(brokenIn(merged)).toEqual([]);
    const byPlace = (log: Log) =>
      log.runs[0].results!.map((result) => JSON.stringify(result, Object.keys(result).sort())).sort();
    expect(byPlace(merged)).toEqual(byPlace(whole));
    expect(merged.runs[0].tool).toEqual(whole.runs[0].tool);
    const backwards = await run('merge-sarif', ...logs.map(({ file }) => file).reverse());
    expect(JSON.parse(backwards.out).runs[0].results).toEqual(merged.runs[0].results);
  });

  it.each(['0/3', '4/3', '1', 'a/b', '-1/2', '1/99999'])('refuses %s', async (shard) => {
    const { err, code } = await runOverlint(['check', `--shard=${shard}`], { folder: kernelOnDisk() });
    expect([err, code]).toEqual([`overlint: --shard takes I/N, as in 1/4 up to 4/4, not "${shard}".\n`, 2]);
  });
});

describe('merge-sarif', () => {
  const log = (results: Partial<Result>[]): string =>
    JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'overlint', version: '1' } }, results }] });
  const result = (text: string, level: Result.level, suppressed = false): Partial<Result> => ({
    message: { text },
    level,
    ...(suppressed && { suppressions: [{ kind: 'inSource' as const }] }),
  });

  it('leaves out for GitHub what is suppressed', async () => {
    const folder = emptyFolder();
    writeFiles(folder, { 'a.sarif': log([result('one', 'error', true), result('two', 'note')]) });
    const { out } = await runOverlint(['merge-sarif', '--for-github', 'a.sarif'], { folder });
    expect(JSON.parse(out).runs[0].results.map(({ message }: Result) => message.text)).toEqual(['two']);
  });

  it('keeps to what GitHub takes, the gravest first, and says what it left', async () => {
    const many = Array.from({ length: 25_002 }, (_, at) =>
      result(String(at).padStart(6, '0'), at === 25_001 ? 'error' : 'note'),
    );
    const folder = emptyFolder();
    writeFiles(folder, { 'a.sarif': log(many) });
    const args = ['merge-sarif', '--for-github', '--output', 'all.sarif', 'a.sarif'];
    const { err } = await runOverlint(args, { folder });
    expect(err).toBe(
      'overlint: warning: GitHub shows 5000 results of 25002, and takes 25000: 2 of the least grave are left out\n',
    );
    const { results } = (JSON.parse(fs.readFileSync(`${folder}/all.sarif`, 'utf8')) as Log).runs[0];
    expect([results!.length, results!.at(-1)!.level]).toEqual([25_000, 'error']);
  });

  it.each(['', '{}', '{"version":"2.1.0"}', '{"version":"2.1.0","runs":[{}]}', '[]'])('refuses %j', async (text) => {
    const folder = emptyFolder();
    writeFiles(folder, { 'a.sarif': text });
    const { out, err, code } = await runOverlint(['merge-sarif', 'a.sarif'], { folder });
    expect([out, err, code]).toEqual(['', 'overlint: a.sarif is no SARIF 2.1.0 log.\n', 2]);
  });
});

describe('hook', () => {
  let bundles: string;
  beforeAll(async () => {
    bundles = await bundle({ ...COMMAND_LINE, worker: 'testing/word-worker.ts' });
    const script = `#!/bin/sh\nexec "${process.execPath}" "${path.join(bundles, 'cli.js')}" "$@"\n`;
    fs.writeFileSync(path.join(bundles, 'overlint'), script, { mode: 0o755 });
  });
  afterAll(() => fs.rmSync(bundles, { recursive: true }));

  function repository() {
    const folder = kernelOnDisk({ 'mm/a.c': 'int fine;\n' });
    const run = (program: string, ...args: string[]) => {
      const env = { ...process.env, PATH: `${bundles}:${process.env.PATH}`, GIT_CONFIG_GLOBAL: '/dev/null' };
      return spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
    };
    const git = (...args: string[]) => run('git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args);
    git('init');
    git('add', '.');
    git('commit', '-m', 'one');
    return { folder, run, git };
  }

  it('lets no commit through that brings a finding, and every other one', () => {
    const { folder, run, git } = repository();
    const { stdout, status } = run('overlint', 'hook', 'install');
    expect([stdout, status]).toEqual([
      `${folder}/.git/hooks/pre-commit checks what is to be committed from now on.\n`,
      0,
    ]);
    writeFiles(folder, { 'mm/a.c': 'int fine;\nold_name;\n' });
    for (const args of [['-a'], ['mm/a.c']]) {
      const refused = git('commit', '-m', 'two', ...args);
      expect([refused.status, refused.stdout + refused.stderr]).toEqual([
        1,
        expect.stringContaining('do not write old_name'),
      ]);
    }
    writeFiles(folder, { 'mm/a.c': 'int fine;\nint more;\n' });
    expect(git('commit', '-a', '-m', 'two').status).toBe(0);
    writeFiles(folder, { 'mm/a.c': 'old_name;\n' });
    expect(git('commit', '-a', '--no-verify', '-m', 'three').status).toBe(0);
  });

  it('prints what it installs, and installs it again', () => {
    const { folder, run } = repository();
    run('overlint', 'hook', 'install');
    expect(run('overlint', 'hook', 'install').status).toBe(0);
    const { stdout } = run('overlint', 'hook', 'print');
    expect(fs.readFileSync(`${folder}/.git/hooks/pre-commit`, 'utf8')).toBe(stdout);
  });

  it('leaves another hook, and a folder of hooks, alone', () => {
    const { folder, run, git } = repository();
    writeFiles(folder, { '.git/hooks/pre-commit': '#!/bin/sh\nexit 0\n' });
    expect(run('overlint', 'hook', 'install')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not ours'),
    });
    expect(fs.readFileSync(`${folder}/.git/hooks/pre-commit`, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
    git('config', 'core.hooksPath', 'hooks');
    expect(run('overlint', 'hook', 'install').stderr).toContain(`core.hooksPath leads to ${folder}/hooks`);
  });

  it('says that there is no repository', async () => {
    const { err, code } = await runOverlint(['hook', 'install'], { folder: emptyFolder() });
    expect([err, code]).toEqual([expect.stringMatching(/not a git repository/), 2]);
  });
});

it('cache says what there is, and removes it', async () => {
  const folder = emptyFolder();
  vi.stubEnv('XDG_CACHE_HOME', folder);
  try {
    new Cache().put('key', new Uint8Array(1 << 20));
    const at = (what: string) => `${folder}/overlint: ${what} of at most 256.0 MB\n`;
    expect(await runOverlint(['cache'], { folder })).toEqual({ out: at('1 entries, 1.0 MB'), err: '', code: 0 });
    expect((await runOverlint(['cache', '--clear'], { folder })).out).toBe(at('0 entries, 0.0 MB'));
    expect(new Cache().get('key')).toBeUndefined();
    expect((await runOverlint(['cache', '--info'], { folder })).out).toBe(at('0 entries, 0.0 MB'));
  } finally {
    vi.unstubAllEnvs();
  }
});

it.each<[string[], boolean, Record<string, string>, boolean]>([
  [[], true, {}, true],
  [[], false, {}, false],
  [[], true, { NO_COLOR: '1' }, false],
  [[], true, { NO_COLOR: '' }, true],
  [[], true, { TERM: 'dumb' }, false],
  [['--color', 'auto'], false, {}, false],
  [['--color=always'], false, { NO_COLOR: '1' }, true],
  [['--color=never'], true, {}, false],
  [['--no-color'], true, {}, false],
])('colours with %j, a terminal: %j, and %j: %j', async (flags, isTerminal, environment, expected) => {
  const folder = kernelOnDisk({ 'mm/a.c': 'old_name' });
  const { out } = await runOverlint(['check', ...flags], { folder, isTerminal, environment });
  expect(out.includes('\x1b[')).toBe(expected);
});

it('explains a rule as text and as JSON, too', async () => {
  const explain = async (format: string) =>
    (await runOverlint(['explain', 'raw-pgmap', '--format', format], { folder: '/' })).out;
  const text = await explain('text');
  expect(text).toMatch(/^raw-pgmap\n\n/);
  expect(text).toContain('\nBad');
  expect(text).not.toMatch(/\*\*|```|^#/m);
  expect(JSON.parse(await explain('json'))).toMatchObject({ id: 'raw-pgmap', severity: 'error', defaultOn: true });
});
