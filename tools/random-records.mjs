/**
 * Runs the random comparisons with compilers: of layouts (server/src/testing/random-records.fuzz.ts), and with
 * `expressions` of constant expressions (random-expressions.fuzz.ts).
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    target: { type: 'string', multiple: true, default: [] },
    compiler: { type: 'string', multiple: true, default: ['clang', 'gcc'] },
  },
});
const what = positionals[0] === 'expressions' ? 'random-expressions' : 'random-records';
const count = Number(values.count);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error('usage: fuzz:layout -- [--count N] [--seed N] [--target NAME]… [--compiler gcc|clang]…');
  process.exit(2);
}
const { fuzzLayouts, fuzzExpressions } = await bundled(
  join(import.meta.dirname, `../server/src/testing/${what}.fuzz.ts`),
);
console.log(`seed ${seed}`);
const failures = (fuzzExpressions ?? fuzzLayouts)({
  count,
  seed,
  targets: values.target,
  compilers: values.compiler,
  say: console.log,
});
if (failures > 0) process.exitCode = 1;
