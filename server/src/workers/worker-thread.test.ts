/** Threads that are started ahead of the pool that they are for. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findTree } from '../project/tree';
import { bundle } from '../testing/bundle';
import { kernelOnDisk } from '../testing/disk-tree';
import { run } from './run';
import { CHECK_LIMITS, EarlyWorker, startWorker } from './worker-thread';

let folder: string;
let script: string;
beforeAll(async () => {
  folder = await bundle({
    worker: 'testing/word-worker.ts',
    loading: 'testing/loading-worker.ts',
    parsing: 'testing/parsing-worker.ts',
    nesting: 'testing/nesting-worker.ts',
    'ending-process': 'testing/ending-process.ts',
  });
  script = path.join(folder, 'worker.js');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

it('a thread that was started early is the first of a pool', async () => {
  const kernel = kernelOnDisk({ 'mm/a.c': 'old_name', 'mm/b.c': 'old_name' });
  const early = new EarlyWorker(script);
  const taken = vi.spyOn(early, 'take');
  const { tree } = findTree({ folder: kernel, paths: [] });
  const request = { paths: [], options: { ahead: false }, fix: 'no', unsafeFixes: false, cache: false } as const;
  const { findings } = await run({ tree: tree!, ...request, execution: { script, jobs: 2, early } });
  expect(findings).toHaveLength(2);
  expect(taken.mock.results.map(({ value }) => value !== undefined)).toEqual([true, false]);
});

it('it is given out once, and only to those who want such a one', async () => {
  const early = new EarlyWorker(script);
  expect(early.take(`${script}.other`, CHECK_LIMITS)).toBeUndefined();
  expect(early.take(script, { ...CHECK_LIMITS, heapMegabytes: 1 })).toBeUndefined();
  // The program's entry, which starts it, and the rest of the command line are two bundles, each with limits of its own.
  const thread = early.take(script, { ...CHECK_LIMITS });
  expect(thread).toBeDefined();
  expect(early.take(script, CHECK_LIMITS)).toBeUndefined();
  thread?.end();
});

it('one that can not start is not given out, and ends nothing', async () => {
  const broken = path.join(folder, 'broken.js');
  fs.writeFileSync(broken, 'throw new Error("no");');
  const early = new EarlyWorker(broken);
  await vi.waitUntil(() => Reflect.get(early, 'thread') === undefined);
  expect(early.take(broken, CHECK_LIMITS)).toBeUndefined();
});

it('one loads a native module no sooner than a pool sets it up: a process that ends meanwhile would abort', async () => {
  const { worker, end } = startWorker(path.join(folder, 'loading.js'), CHECK_LIMITS);
  const said: unknown[] = [];
  worker.on('message', (message) => said.push(message.progress ?? message.kind));
  await vi.waitUntil(() => said.length > 0);
  worker.postMessage({ kind: 'setup', job: 'none', setup: undefined });
  await vi.waitUntil(() => said.includes('ready'));
  expect(said).toEqual(['idle', 'loading', 'ready']);
  end();
});

it('one that parses can be ended or run out of memory, and its process end: tree-sitter would take all down with it', () => {
  const [ender, ...workers] = ['ending-process', 'parsing', 'nesting'].map((name) => path.join(folder, `${name}.js`));
  const { status, stdout, stderr } = spawnSync(process.execPath, [ender, ...workers, '16'], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'ended\n', stderr: '' });
});
