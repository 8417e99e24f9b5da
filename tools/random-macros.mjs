/** Compares random macros and conditions with `gcc -E`: see server/src/testing/random-macros.fuzz.ts. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { imports } from './imports.mjs';

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
// The parser's native module is found from here alone.
const cache = join(import.meta.dirname, '../.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'fuzz-'));
try {
  await build({
    entryPoints: [join(import.meta.dirname, '../server/src/testing/random-macros.fuzz.ts')],
    outdir: folder,
    ...{ bundle: true, platform: 'node', format: 'cjs', outExtension: { '.js': '.cjs' } },
    plugins: [imports],
    external: ['tree-sitter', 'tree-sitter-c', 'web-tree-sitter'],
  });
  const { fuzzMacros } = createRequire(import.meta.url)(join(folder, 'random-macros.fuzz.cjs'));
  const { different, refused } = fuzzMacros({ count, seed, say: console.log });
  console.log(`seed ${seed}: ${count} cases, ${refused} refused by gcc, ${different} differences`);
  if (different > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
