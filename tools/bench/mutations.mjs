// Changes one statement at a time in correct users of owner_ops, and asks whether lru-while-owned notices.
// usage: npm run bench:mutations
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { yamlData } from '../yaml.mjs';

const here = import.meta.dirname;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-mutations-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const outfile = path.join(scratch, 'run.cjs');
await build({
  entryPoints: [path.join(here, 'mutations/run.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'error',
  plugins: [yamlData],
  external: ['tree-sitter', 'tree-sitter-c'],
  // The fixtures' headers are read from the checkout, wherever the bundle stands.
  define: { 'import.meta.dirname': JSON.stringify(path.join(here, '../../server/src/testing')) },
});
const corpora = ['corpus', 'kernel-style'].map((name) => path.join(here, 'mutations', name));
const { runMutations } = createRequire(import.meta.url)(outfile);
if (!runMutations(corpora, console.log)) process.exitCode = 1;
