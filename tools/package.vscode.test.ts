/** The package holds what it must, nothing else, and the same bytes whoever makes it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packaged, ROOT } from './vscode/profile';

/** Packages anew with this umask and time zone, and gives the package's hash. */
function packageUnder(umask: string, TZ: string): string {
  const command = `umask ${umask} && exec '${process.execPath}' tools/package.mjs --only=host`;
  execFileSync('bash', ['-c', command], { cwd: ROOT, env: { ...process.env, TZ } });
  return createHash('sha256').update(fs.readFileSync(packaged())).digest('hex');
}

it('is made of the same bytes in any time zone and under any umask', () => {
  expect(packageUnder('077', 'Asia/Tokyo')).toBe(packageUnder('022', 'UTC'));
});

it('is small, and holds the client, the server and what the manifest names', () => {
  // Half of it is the parser: native for this platform, and WebAssembly for where that does not load.
  expect(fs.statSync(packaged()).size).toBeLessThan(2 << 20);
  const stage = path.join(ROOT, '.cache/package', `${process.platform}-${process.arch}`);
  const staged = (fs.readdirSync(stage, { recursive: true }) as string[]).filter((name) =>
    fs.statSync(path.join(stage, name)).isFile(),
  );
  const modules = staged.flatMap((name) => /^dist\/node_modules\/([^/]+)\//.exec(name)?.[1] ?? []);
  expect([...new Set(modules)].sort()).toEqual(['node-gyp-build', 'tree-sitter', 'tree-sitter-c', 'web-tree-sitter']);
  expect(staged.filter((name) => !name.startsWith('dist/node_modules/')).sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/client.js',
      'dist/engine.js',
      'dist/pack.schema.json',
      'dist/panel/panel.css',
      'dist/panel/panel.js',
      'dist/server-thread.js',
      'dist/server.js',
      'dist/worker-jobs.js',
      'dist/worker.js',
      'docs/pictures/icon.png',
      ...['finding', 'layout', 'status', 'workspace'].map((name) => `docs/pictures/walkthrough-${name}.png`),
      ...fs.readdirSync(path.join(ROOT, 'docs/rules')).map((name) => `docs/rules/${name}`),
      'package.json',
      'server/src/project/settings.schema.json',
      'syntaxes/overlint-comments.tmLanguage.json',
      'syntaxes/overlint-layout.tmLanguage.json',
    ].sort(),
  );
});
