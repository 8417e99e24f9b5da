/** Compares random macros and conditions with `gcc -E`: see server/src/testing/random-macros.fuzz.ts. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error('usage: node tools/random-macros.mjs [--count N] [--seed N]');
  process.exit(2);
}
const { fuzzMacros } = await bundled(join(import.meta.dirname, '../server/src/testing/random-macros.fuzz.ts'));
const { different, refused } = fuzzMacros({ count, seed, say: console.log });
console.log(`seed ${seed}: ${count} cases, ${refused} refused by gcc, ${different} differences`);
if (different > 0) process.exitCode = 1;
