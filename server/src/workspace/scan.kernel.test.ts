/** The byte scan of the whole kernel: the same files that ripgrep finds, in no more than a few times its time. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../testing/bundle';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { run } from './run';
import { findTree } from './tree';

/** How many times ripgrep's time a scan may take, both with two threads and a warm page cache. */
const MOST_TIMES_RIPGREP = 3;

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ worker: 'testing/scan-worker.ts' });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

/** Finds the tree, starts two workers, lists and scans: all that comes before the first file is parsed. */
async function scan(words: readonly string[]): Promise<{ candidates: number; files: number; milliseconds: number }> {
  process.env.OVERLINT_TEST_WORDS = words.join(',');
  const started = performance.now();
  let scanned = 0;
  const tree = findTree({ folder: '/', paths: [], kernel: KERNEL_SOURCE, build: KERNEL_BUILD }).tree!;
  const { stats, problems } = await run({
    tree,
    paths: [],
    options: { ahead: false },
    fix: 'no',
    unsafeFixes: false,
    cache: false,
    staff: { script: path.join(bundles, 'worker.js'), jobs: 2 },
    onProgress: ({ step, done, total }) => {
      if (step === 'scan' && done === total) scanned = performance.now();
    },
  });
  expect(problems).toEqual([]);
  return {
    candidates: stats['files.candidates'],
    files: stats['files.listed'],
    milliseconds: scanned - started,
  };
}

/** The files that ripgrep finds, hidden and ignored ones, too. */
function ripgrep(words: readonly string[]): { candidates: number; milliseconds: number } {
  const started = performance.now();
  const args = ['-lw', '-j2', '-uu', '-g', '*.{c,h}', words.join('|'), KERNEL_SOURCE];
  const { stdout } = spawnSync('rg', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { candidates: stdout.split('\n').length - 1, milliseconds: performance.now() - started };
}

function fastest(runs: readonly { readonly milliseconds: number }[]): number {
  return Math.min(...runs.map(({ milliseconds }) => milliseconds));
}

it.each([
  ['one word', ['pgmap']],
  ['the members of struct page', ['pgmap', 'lru', 'mapping', 'private', '_refcount', 'compound_head', 'memcg_data']],
])('finds what ripgrep finds, in time, for %s', async (what, words) => {
  ripgrep(words);
  // Taken in turns, so that whatever else the machine does weighs on both alike.
  const theirs = [];
  const runs = [];
  for (let round = 0; round < 3; round++) {
    theirs.push(ripgrep(words));
    runs.push(await scan(words));
  }
  const best = fastest(runs);
  const theirBest = fastest(theirs);
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  console.log(`${what}: ${runs[0].files} files, ${seconds(best)}; rg -lw: ${seconds(theirBest)}`);
  expect(runs[0].files).toBeGreaterThan(59_000);
  for (const { candidates } of runs) expect(candidates).toBe(theirs[0].candidates);
  expect(best / theirBest).toBeLessThan(MOST_TIMES_RIPGREP);
});
