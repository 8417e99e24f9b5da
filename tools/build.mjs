// Bundles the product: the command line, the language server, the worker threads and the VS Code client.
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { keepBytecode } from './bytecode.mjs';
import { imports } from './imports.mjs';
import { noticesOf } from './notices.mjs';
import { withoutDocs } from './without-docs.mjs';

/** `--outdir=DIR --package` bundles for a package; without it, for work in this folder. */
const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

/** A package is to be small: what two bundles share is in it once. */
const isPackaged = process.argv.includes('--package');

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: process.argv.includes('--sourcemap'),
  minify: process.argv.includes('--minify'),
  logLevel: 'warning',
  metafile: true,
  // The grammar and its runtime are native modules with prebuilt binaries; they stay outside the bundle.
  plugins: [imports],
  external: ['vscode', 'tree-sitter', 'tree-sitter-c', 'web-tree-sitter'],
};

/** What the threads of the language server and the workers run: they share most of it. */
const THREADS = { 'server-thread': 'server/src/lsp/thread.ts', 'worker-jobs': 'server/src/workers/worker-jobs.ts' };

function buildThread(name, plugins) {
  return build({ ...shared, plugins, entryPoints: { [name]: THREADS[name] }, outdir });
}

/** Both kinds of threads run parts of one bundle; each starts by its own name. */
async function buildEngine() {
  const parts = Object.entries(THREADS).map(([name, entry]) => `exports['${name}'] = () => require('./${entry}');`);
  const outfile = path.join(outdir, 'engine.js');
  const engine = await build({ ...shared, stdin: { contents: parts.join('\n'), resolveDir: '.' }, outfile });
  for (const name of Object.keys(THREADS))
    writeFileSync(path.join(outdir, `${name}.js`), `require('./engine.js')['${name}']();\n`);
  return engine;
}

const built = await Promise.all([
  build({
    ...shared,
    entryPoints: { cli: 'server/src/cli/main.ts' },
    outdir,
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({ ...shared, entryPoints: { 'command-line': 'server/src/cli/command-line.ts' }, outdir }),
  build({
    ...shared,
    entryPoints: { server: 'server/src/lsp/main.ts', worker: 'server/src/workers/worker.ts' },
    outdir,
  }),
  ...(isPackaged
    ? [buildEngine()]
    : [buildThread('server-thread', [imports]), buildThread('worker-jobs', [withoutDocs, imports])]),
  build({ ...shared, entryPoints: { client: 'client/src/extension.ts' }, outdir }),
  // The layout panel's page, which runs in a browser and has nothing but these two files.
  build({
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    external: [],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { 'panel/panel': 'client/webview/main.tsx' },
    outdir,
  }),
  build({
    ...shared,
    platform: 'browser',
    target: 'chrome114',
    external: [],
    entryPoints: { 'panel/panel': 'client/webview/panel.css' },
    outdir,
  }),
]);

// It is run by its name.
chmodSync(path.join(outdir, 'cli.js'), 0o755);

const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
const beside = ['tree-sitter', 'tree-sitter-c', 'web-tree-sitter', 'node-gyp-build'];
mkdirSync(outdir, { recursive: true });
writeFileSync(path.join(outdir, 'THIRD-PARTY-NOTICES.txt'), noticesOf(inputs, beside));

// Editors hold users' packs against the schema.
copyFileSync('server/src/packs/pack.schema.json', path.join(outdir, 'pack.schema.json'));

// An extension runs in the editor's own V8, which compiles other bytecode.
if (outdir === 'dist') keepBytecode(outdir);
