/** The GitHub Action: its file is sound, and its steps, run as GitHub runs them, annotate what a pull request brings. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Log } from 'sarif';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundle, COMMAND_LINE, WORKER } from '../server/src/testing/bundle';
import { emptyFolder, writeFiles } from '../server/src/testing/disk-tree';
import { brokenIn } from '../server/src/testing/sarif-schema';

const ROOT = path.resolve(import.meta.dirname, '..');
const text = fs.readFileSync(path.join(ROOT, 'action.yml'), 'utf8');

/** What GitHub documents of composite actions (docs.github.com, "Metadata syntax for GitHub Actions"), as far as it is used. */
const RUN = v.strictObject({
  name: v.string(),
  id: v.optional(v.string()),
  shell: v.literal('bash'),
  env: v.optional(v.record(v.string(), v.string())),
  run: v.string(),
});
const USES = v.strictObject({
  name: v.string(),
  if: v.string(),
  uses: v.pipe(v.string(), v.regex(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/)),
  with: v.record(v.string(), v.string()),
});
const ACTION = v.strictObject({
  name: v.string(),
  description: v.pipe(v.string(), v.maxLength(125)),
  branding: v.strictObject({ icon: v.string(), color: v.string() }),
  inputs: v.record(
    v.pipe(v.string(), v.regex(/^[a-z-]+$/)),
    v.strictObject({ description: v.string(), default: v.string() }),
  ),
  outputs: v.record(v.string(), v.strictObject({ description: v.string(), value: v.string() })),
  runs: v.strictObject({ using: v.literal('composite'), steps: v.array(v.union([RUN, USES])) }),
});
const action = v.parse(ACTION, parse(text));
const steps = action.runs.steps.flatMap((step) => ('run' in step ? [step] : []));

it('reads each of its inputs, and none that it has not; no script holds an expression', () => {
  const read = new Set([...text.matchAll(/\binputs\.([a-z-]+)/g)].map(([, name]) => name));
  expect([...read].sort()).toEqual(Object.keys(action.inputs).sort());
  for (const { run } of steps) expect(run).not.toContain('${{');
  for (const [, id, output] of text.matchAll(/steps\.([a-z-]+)\.outputs\.([a-z-]+)/g))
    expect(steps.find((step) => step.id === id)?.run).toContain(`"${output}=`);
});

let home: string;
beforeAll(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-action-'));
  fs.symlinkSync(await bundle({ ...COMMAND_LINE, ...WORKER }), `${home}/dist`);
});
afterAll(() => {
  fs.rmSync(fs.realpathSync(`${home}/dist`), { recursive: true });
  fs.rmSync(home, { recursive: true });
});

/** The demo without what is wrong in mm/, in a repository; then a branch that brings a finding, merged as GitHub does it. */
function pullRequest() {
  const folder = emptyFolder();
  const workspace = `${folder}/work`;
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: workspace,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  fs.cpSync(path.join(ROOT, 'demo'), workspace, { recursive: true });
  const brought = fs.readFileSync(`${workspace}/mm/memremap.c`, 'latin1');
  fs.rmSync(`${workspace}/mm/memremap.c`);
  git('init', '-b', 'main');
  git('add', '-f', '.');
  git('commit', '-m', 'one');
  const forked = git('rev-parse', 'HEAD');
  git('checkout', '-b', 'topic');
  writeFiles(workspace, { 'mm/mem remap.c': brought });
  git('add', '-f', '.');
  git('commit', '-m', 'two');
  // What came in between is nothing that the pull request brings.
  git('checkout', 'main');
  writeFiles(workspace, { 'mm/later.c': brought });
  git('add', '-f', '.');
  git('commit', '-m', 'three');
  git('merge', '--no-ff', '--no-edit', 'topic');
  return { folder, workspace, git, forked };
}

/** Runs the steps as the runner does (bash --noprofile --norc -eo pipefail), up to the first that fails. */
function runSteps(folder: string, workspace: string, event: unknown, given: Record<string, string> = {}) {
  const files = { output: `${folder}/output`, summary: `${folder}/summary`, event: `${folder}/event.json` };
  writeFiles(folder, { output: '', summary: '', 'event.json': JSON.stringify(event), 'temp/x': '' });
  const inputs: Record<string, string> = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: value }]) => [name, given[name] ?? value]),
  );
  let code = 0;
  let log = '';
  for (const { run, env = {} } of steps) {
    const own = Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_all, input: string) => inputs[input]),
    ]);
    writeFiles(folder, { 'step.sh': run });
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', `${folder}/step.sh`],
      {
        cwd: workspace,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          GITHUB_ACTIONS: 'true',
          GITHUB_ACTION_PATH: home,
          GITHUB_WORKSPACE: workspace,
          GITHUB_EVENT_PATH: files.event,
          GITHUB_OUTPUT: files.output,
          GITHUB_STEP_SUMMARY: files.summary,
          RUNNER_TEMP: `${folder}/temp`,
          ...Object.fromEntries(own),
        },
      },
    );
    log += stdout + stderr;
    if ((code = status ?? -1) !== 0) break;
  }
  const read = (file: string): string => fs.readFileSync(file, 'utf8');
  return { code, log, output: read(files.output), summary: read(files.summary) };
}

const FOUND = /^::error file=([^,]+),line=\d+,.*title=raw-pgmap::/gm;
const filesIn = (log: string): string[] => [...new Set([...log.matchAll(FOUND)].map(([, file]) => file))];

it('annotates what a pull request brings, and fails; the summary and the SARIF log have the same', () => {
  const { folder, workspace, forked } = pullRequest();
  const event = { pull_request: { base: { sha: forked } } };
  const { code, log, output, summary } = runSteps(folder, workspace, event, { sarif: 'out.sarif' });
  expect(filesIn(log)).toEqual(['mm/mem remap.c']);
  expect(code).toBe(1);
  expect(output).toBe('exit-code=1\nsarif=out.sarif\n');
  expect(summary).toMatch(/^\*\*Overlint\*\* found misuse.*\n\n~~~~text\nmm\/mem remap\.c:\d+:\d+: error: /);
  expect(summary).toMatch(/\n~~~~\n$/);
  const sarif = JSON.parse(fs.readFileSync(`${workspace}/out.sarif`, 'utf8')) as Log;
  expect(brokenIn(sarif)).toEqual([]);
  expect(sarif.runs[0].results?.[0].locations?.[0].physicalLocation?.artifactLocation?.uri).toBe('mm/mem%20remap.c');
});

it('fetches what a shallow checkout lacks', () => {
  const { folder, workspace, forked, git } = pullRequest();
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  git('clone', '--depth=1', `file://${workspace}`, `${folder}/shallow`);
  const { code, log } = runSteps(folder, `${folder}/shallow`, { pull_request: { base: { sha: forked } } });
  expect([filesIn(log), code]).toEqual([['mm/mem remap.c'], 1]);
});

it('looks at paths on a push, and at a baseline', () => {
  const { folder, workspace } = pullRequest();
  const event = { ref: 'refs/heads/main' };
  const found = runSteps(folder, workspace, event, { paths: 'mm/later.c\n\n', rules: 'raw-pgmap\n' });
  expect([filesIn(found.log), found.code]).toEqual([['mm/later.c'], 1]);
  expect(found.output).toBe('exit-code=1\n');
  const write = ['check', '--write-baseline', 'known.json'];
  spawnSync(process.execPath, [`${home}/dist/cli.js`, ...write], { cwd: workspace });
  const known = runSteps(folder, workspace, event, { baseline: 'known.json' });
  expect([filesIn(known.log), known.code]).toEqual([[], 0]);
  expect(known.summary).toBe('**Overlint** found nothing at or above warning.\n');
});

it('judges a patch that is not applied', () => {
  const { folder, workspace, git } = pullRequest();
  writeFiles(folder, { 'a.patch': git('show', 'main^2', '--format=') });
  git('checkout', 'topic^');
  const { code, log } = runSteps(folder, workspace, {}, { patch: `${folder}/a.patch` });
  expect([filesIn(log), code]).toEqual([['mm/mem remap.c'], 1]);
});

it.each([
  [{ base: 'nowhere' }, /^::error title=Overlint::There is no revision nowhere here or at the remote\.$/m],
  [{ rules: 'raw-pgmp' }, /^overlint: there is no rule "raw-pgmp"\. Did you mean "raw-pgmap"\?/m],
  [{ paths: '$(touch ran)' }, /no such file or folder/],
])('says what is wrong with %j, and runs nothing of it', (given, message) => {
  const { folder, workspace } = pullRequest();
  const { code, log } = runSteps(folder, workspace, {}, given);
  expect(log).toMatch(message);
  expect(code).toBe(2);
  expect(fs.existsSync(`${workspace}/ran`)).toBe(false);
});
