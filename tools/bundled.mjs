// Loads TypeScript of the project into a script, by way of a bundle that is gone when the script ends.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { imports } from './imports.mjs';

/** What a file exports; `options` are esbuild's, beyond those that all bundles have. */
export async function bundled(file, options = {}) {
  // Inside the repository, since native modules are no part of a bundle.
  const cache = path.join(import.meta.dirname, '../.cache');
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'bundled-'));
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
    external: ['tree-sitter', 'tree-sitter-c', 'web-tree-sitter'],
    ...options,
  });
  return createRequire(import.meta.url)(outfile);
}
