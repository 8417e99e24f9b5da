/** Compares random Kconfig files with the kernel's own conf: see server/src/testing/random-kconfig.fuzz.ts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

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
const folder = mkdtempSync(join(tmpdir(), 'overlint-fuzz-'));
try {
  const outfile = join(folder, 'fuzz.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../server/src/testing/random-kconfig.fuzz.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', outfile },
  });
  const { fuzzKconfig } = await import(pathToFileURL(outfile).href);
  const options = { conf: values.conf, count, seed, isNewer: values.newer, say: console.log };
  const { different, refused } = fuzzKconfig(options);
  console.log(`seed ${seed}: ${count} files, ${refused} refused by conf, ${different} differences`);
  if (different > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
