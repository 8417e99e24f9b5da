/** Compares random Kconfig files with the kernel's own conf: see server/src/testing/random-kconfig.fuzz.ts. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const { values } = parseArgs({
  options: {
    conf: { type: 'string' },
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    newer: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
if (values.conf === undefined || !Number.isInteger(count) || count < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error('usage: node tools/random-kconfig.mjs --conf O/scripts/kconfig/conf [--newer] [--count N] [--seed N]');
  process.exit(2);
}
const { fuzzKconfig } = await bundled(join(import.meta.dirname, '../server/src/testing/random-kconfig.fuzz.ts'));
const options = { conf: values.conf, count, seed, isNewer: values.newer, say: console.log };
const { different, refused } = fuzzKconfig(options);
console.log(`seed ${seed}: ${count} files, ${refused} refused by conf, ${different} differences`);
if (different > 0) process.exitCode = 1;
