/** Bundles entries as the product's build does, into a folder of its own, so that tests need no build step before them. */
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { imports } from '../../../tools/imports.mjs';

const root = path.resolve(import.meta.dirname, '../../..');

/** The entries of the command line. */
export const COMMAND_LINE = { cli: 'cli/main.ts', 'command-line': 'cli/command-line.ts' };

/** The entries of worker threads. */
export const WORKER = { worker: 'workers/worker.ts', 'worker-jobs': 'workers/worker-jobs.ts' };

/** The entries of the language server. */
export const SERVER = { server: 'lsp/main.ts', 'server-thread': 'lsp/thread.ts' };

/**
 * @param entries By name: the bundle's name without `.js`, and the source's path from server/src.
 * @returns The folder with the bundles. It stands inside the repository, since native modules are not part of them.
 */
export async function bundle(entries: Readonly<Record<string, string>>): Promise<string> {
  const cache = path.join(root, '.cache');
  fs.mkdirSync(cache, { recursive: true });
  const folder = fs.mkdtempSync(path.join(cache, 'bundle-'));
  const sources = Object.entries(entries).map(([name, source]) => [name, path.join(root, 'server/src', source)]);
  await build({
    entryPoints: Object.fromEntries(sources),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [imports],
    external: ['tree-sitter', 'tree-sitter-c', 'web-tree-sitter'],
  });
  return folder;
}
