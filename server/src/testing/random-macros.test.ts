/** Random macros and conditions beside `gcc -E`, with a fixed seed; the long run is `npm run fuzz:macros`. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { fuzzMacros } from './random-macros.fuzz';

const SEED = 20_250_301;

it(`random macros of seed ${SEED} give the tokens of gcc -E`, { timeout: 60_000 }, ({ skip }) => {
  skip(spawnSync('gcc', ['--version']).status !== 0, 'no gcc is installed');
  const said: string[] = [];
  const { different, refused } = fuzzMacros({ count: 300, seed: SEED, say: (line) => said.push(line) });
  expect(said).toEqual([]);
  expect(different).toBe(0);
  expect(refused).toBeLessThan(200);
});
