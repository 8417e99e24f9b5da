/** Every SARIF log is valid by the standard's schema, keeps to what GitHub takes, and says what was silenced and why. */
import type { Log } from 'sarif';
import { expect, it } from 'vitest';
import { rules } from '../rules/index';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';
import { brokenIn } from '../testing/sarif-schema';
import { createWordLinter } from '../testing/word-linter';
import { fromByteString } from '../text/text';
import type { CreateLinter } from '../workers/lint-job';

const FILES = { 'mm/a.c': 'int fine;\nold_name;\nrisky_name;\n', 'mm/b.c': 'odd_name; old_name;\n' };

/** The linter of words, in which a word behind `allowed` is one that a comment allows. */
const createAllowing: CreateLinter = (project, options, setup) => {
  const linter = createWordLinter(project, options, setup);
  return {
    ...linter,
    lint: (document) => {
      const { findings, ...result } = linter.lint(document);
      const isAllowed = ({ start }: { start: number }): boolean => /allowed $/.test(document.text.slice(0, start));
      const suppressed = findings.filter(isAllowed).map((finding) => ({ finding, reason: ' w\xc3\xb6rks as it is ' }));
      return { ...result, findings: findings.filter((finding) => !isAllowed(finding)), suppressed };
    },
  };
};

async function check(files: Record<string, string>, ...args: string[]): Promise<{ log: Log; folder: string }> {
  const folder = kernelOnDisk(files);
  const execution = { create: createAllowing };
  const { out } = await runOverlint(['check', '--format', 'sarif', ...args], { folder, execution });
  return { folder, log: JSON.parse(fromByteString(out)) };
}

it.each<[string, Record<string, string>, string[]]>([
  ['nothing', { 'mm/a.c': 'int fine;\n' }, []],
  ['findings with fixes', FILES, []],
  ['findings that comments allow', { 'mm/a.c': 'allowed old_name; old_name;\n' }, []],
  ['names that are hard to write', { 'mm/a b%#\n"\xe4.c': 'old_name', 'mm/\xf6/x.c': 'old_name' }, []],
  ['text that is not UTF-8', { 'mm/a.c': '/* \xe4\xff */ old_name /* \xf0\x9f\x98\x80 */ odd_name\n' }, []],
  ['a file that can not be read', FILES, ['mm/none.c', 'mm/a.c']],
])('a log of %s is valid', async (_what, files, args) => {
  const { log } = await check(files, ...args);
  expect(brokenIn(log)).toEqual([]);
});

it('the schema sees what is wrong', async () => {
  const { log } = await check(FILES);
  const results = log.runs[0].results!.map((result) => ({ ...result, level: 'terrible' }));
  expect(brokenIn({ ...log, runs: [{ ...log.runs[0], results }] })[0]).toMatch(/^\/runs\/0\/results\/0\/level /);
});

it('has what a comment allows, with its reason', async () => {
  const { log } = await check({ 'mm/a.c': 'allowed old_name; old_name;\n' });
  const told = log.runs[0].results!.map(({ suppressions, locations }) => [
    locations![0].physicalLocation!.region!.startColumn,
    suppressions,
  ]);
  expect(told).toEqual([
    [19, undefined],
    [9, [{ kind: 'inSource', status: 'accepted', justification: 'w\u00f6rks as it is' }]],
  ]);
});

it('has what a baseline holds, with fingerprints that do not hang on it', async () => {
  const { log: plain, folder } = await check(FILES);
  const run = async (...args: string[]) => runOverlint(['check', ...args], { folder });
  await run('--write-baseline', 'base.json', 'mm/a.c');
  const { out, code } = await run('--baseline', 'base.json', '--format', 'sarif', '--fail-on', 'error', 'mm/a.c');
  expect(code).toBe(0);
  const [{ results }] = JSON.parse(out).runs as Log['runs'];
  expect(brokenIn(JSON.parse(out))).toEqual([]);
  const suppression = { kind: 'external', status: 'accepted', justification: 'in the baseline base.json' };
  expect(results!.map(({ baselineState, suppressions }) => [baselineState, suppressions])).toEqual([
    ['unchanged', [suppression]],
    ['unchanged', [suppression]],
  ]);
  const prints = (log: Log) => log.runs[0].results!.map(({ partialFingerprints }) => partialFingerprints);
  expect(results!.map(({ partialFingerprints }) => partialFingerprints)).toEqual(prints(plain).slice(0, 2));
  const all = JSON.parse((await run('--baseline', 'base.json', '--format', 'sarif')).out) as Log;
  expect(all.runs[0].results!.map(({ baselineState }) => baselineState)).toEqual([
    'new',
    'new',
    'unchanged',
    'unchanged',
  ]);
});

it('the rules keep to what GitHub shows of one: 1024 characters of description, 10 tags', () => {
  for (const { summary, doc } of rules) {
    expect(summary.length).toBeLessThanOrEqual(1024);
    expect(doc.trim()).not.toBe('');
  }
});
