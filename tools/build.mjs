// Bundles the product: the command line, the language server, the checking worker and the VS Code client.
import { build } from 'esbuild';

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: process.argv.includes('--sourcemap'),
  minify: process.argv.includes('--minify'),
  logLevel: 'warning',
  // The grammar and its runtime are native modules with prebuilt binaries; they stay outside the bundle.
  loader: { '.yaml': 'text' },
  external: ['vscode', 'tree-sitter', 'tree-sitter-c'],
};

await Promise.all([
  build({
    ...shared,
    entryPoints: { cli: 'server/src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({ ...shared, entryPoints: { server: 'server/src/lsp/main.ts' }, outdir: 'dist' }),
  build({ ...shared, entryPoints: { worker: 'server/src/workspace/worker.ts' }, outdir: 'dist' }),
  build({ ...shared, entryPoints: { client: 'client/src/extension.ts' }, outdir: 'dist' }),
]);
