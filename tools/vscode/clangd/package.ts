/** Makes the package of the test-only extension that starts clangd. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../profile';

/** @returns the package, in this folder (absolute) */
export async function clangdPackage(folder: string): Promise<string> {
  const stage = path.join(folder, 'clangd');
  fs.mkdirSync(stage, { recursive: true });
  fs.copyFileSync(path.join(import.meta.dirname, 'package.json'), path.join(stage, 'package.json'));
  fs.writeFileSync(path.join(stage, 'README.md'), 'For tests.\n');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'extension.ts')],
    outfile: path.join(stage, 'extension.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const out = path.join(folder, 'clangd.vsix');
  const vsce = path.join(ROOT, 'node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', out];
  execFileSync(process.execPath, [vsce, 'package', ...flags], { cwd: stage, stdio: 'pipe' });
  return out;
}
