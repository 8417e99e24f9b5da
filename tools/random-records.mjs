/**
 * Runs the random comparisons with compilers: of layouts (server/src/testing/random-records.fuzz.ts), and with
 * `expressions` of constant expressions (random-expressions.fuzz.ts).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

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
const BANNER = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${JSON.stringify(import.meta.url)}); const __filename = ${JSON.stringify(import.meta.filename)};`;
const folder = mkdtempSync(join(tmpdir(), 'overlint-fuzz-'));
try {
  const outfile = join(folder, 'fuzz.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, `../server/src/testing/${what}.fuzz.ts`)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    // CommonJS modules of the parser ask for these.
    banner: { js: BANNER },
    external: ['tree-sitter', 'tree-sitter-c', 'web-tree-sitter'],
    outfile,
  });
  const { fuzzLayouts, fuzzExpressions } = await import(pathToFileURL(outfile).href);
  console.log(`seed ${seed}`);
  const failures = (fuzzExpressions ?? fuzzLayouts)({
    count,
    seed,
    targets: values.target,
    compilers: values.compiler,
    say: console.log,
  });
  if (failures > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
