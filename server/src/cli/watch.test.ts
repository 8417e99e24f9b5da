/** `--watch` as a process: each change is followed by what a fresh run says, and Ctrl-C ends it. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { demoOnDisk, writeFiles } from '../testing/disk-tree';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

function watching(kernel: string, ...args: string[]) {
  const command = [`${bundles}/cli.js`, 'check', '--format', 'gcc', ...args];
  // One pipe for both streams keeps their order.
  const child = spawn('/bin/sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, ...command, '--watch'], {
    cwd: kernel,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const causes: string[] = [];
  const rounds = roundsOf(child, causes);
  const fresh = () => spawnSync(process.execPath, [...command, '--no-cache'], { cwd: kernel, encoding: 'utf8' }).stdout;
  return { child, rounds, causes, fresh };
}

/** What each round printed, one after the other; `causes` takes what each says had changed. */
async function* roundsOf(child: ChildProcessWithoutNullStreams, causes: string[]): AsyncGenerator<string> {
  const end = /^\[\d\d:\d\d:\d\d\] (.*)Watching \d+ folders; Ctrl-C ends it\.\n/m;
  let said = '';
  for await (const data of child.stdout) {
    said += data;
    for (let match = end.exec(said); match; match = end.exec(said)) {
      const round = said.slice(0, match.index);
      causes.push(match[1]);
      said = said.slice(match.index + match[0].length);
      yield round;
    }
  }
}

it('follows a source, a header, a new folder, and the settings', async () => {
  const kernel = demoOnDisk();
  const { child, rounds, causes, fresh } = watching(kernel);
  /** The first round after an edit that says what a fresh run says. */
  const after = async (edit: () => void): Promise<string> => {
    edit();
    const expected = fresh();
    let said: string;
    do said = (await rounds.next()).value;
    while (said !== expected);
    return said;
  };
  const raw = /^mm\/memremap\.c:.*\[raw-pgmap\]$/m;
  const text = fs.readFileSync(`${kernel}/mm/memremap.c`, 'latin1');
  const first = await after(() => {});
  expect(first).toMatch(raw);
  expect(await after(() => writeFiles(kernel, { 'mm/memremap.c': '' }))).not.toMatch(raw);
  expect(causes.at(-1)).toBe('mm/memremap.c changed. ');
  expect(await after(() => writeFiles(kernel, { 'mm/memremap.c': text }))).toBe(first);
  expect(await after(() => writeFiles(kernel, { 'lib/new/deep/a.c': text }))).toMatch(/^lib\/new\/deep\/a\.c:/m);
  // Without the accessor there is nothing to say, in files that were not touched.
  const header = fs.readFileSync(`${kernel}/include/linux/mmzone.h`, 'latin1');
  const other = { 'include/linux/mmzone.h': header.replaceAll('page_pgmap', 'other') };
  expect(await after(() => writeFiles(kernel, other))).not.toMatch(raw);
  expect(await after(() => writeFiles(kernel, { 'include/linux/mmzone.h': header }))).toMatch(raw);
  const settings = { 'overlint.json': '{ "levels": { "raw-pgmap": "off" } }' };
  expect(await after(() => writeFiles(kernel, settings))).not.toMatch(raw);
  expect(await after(() => fs.rmSync(`${kernel}/lib`, { recursive: true }))).not.toMatch(/^lib/m);

  child.kill('SIGINT');
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('exit', (...ended) => resolve(ended)),
  );
  // As the shell counts it, 130.
  expect([code, signal]).toEqual([null, 'SIGINT']);
});

it('says what went wrong meanwhile, and goes on; at the start it ends', async () => {
  const kernel = demoOnDisk({ 'base.json': '{}' });
  const refused = spawnSync(process.execPath, [`${bundles}/cli.js`, 'check', '--watch', '--baseline', 'base.json'], {
    cwd: kernel,
    encoding: 'utf8',
  });
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('base.json is no baseline')]);
  const { rounds } = watching(kernel, 'mm');
  const until = async (expected: RegExp): Promise<void> => {
    while (!expected.test((await rounds.next()).value));
  };
  await until(/raw-pgmap/);
  fs.renameSync(`${kernel}/Makefile`, `${kernel}/Makefile.away`);
  await until(/^overlint: No kernel tree found/);
  fs.renameSync(`${kernel}/Makefile.away`, `${kernel}/Makefile`);
  await until(/raw-pgmap/);
});
