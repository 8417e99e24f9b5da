// Loads TypeScript of the project into a script, by way of a bundle that is gone when the script ends.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { imports } from './imports.mjs';

/** What a file exports; `options` are esbuild's, beyond those that all bundles have. */
export async function bundled(file, options = {}) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bundled-'));
  process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
  const outfile = path.join(scratch, 'bundle.cjs');
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    plugins: [imports],
    external: ['tree-sitter', 'tree-sitter-c'],
    ...options,
  });
  return createRequire(import.meta.url)(outfile);
}
