/** The grammar: the native build where one loads, WebAssembly elsewhere, and neither is missed silently. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { demoOnDisk } from '../testing/disk-tree';

const root = path.resolve(import.meta.dirname, '../../..');
let bundles: string;

beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
  return () => fs.rmSync(bundles, { recursive: true, force: true });
});

/** The command line beside these of the packages that it may load. */
function installed(packages: readonly string[]): (...args: string[]) => { out: string; err: string; code: number } {
  const folder = fs.mkdtempSync(path.join(root, '.cache', 'installed-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.cpSync(bundles, path.join(folder, 'dist'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'dist/node_modules'));
  // A folder of the same name hides what stands further up.
  for (const name of ['tree-sitter', 'web-tree-sitter', 'tree-sitter-c']) {
    const place = path.join(folder, 'dist/node_modules', name);
    if (packages.includes(name)) fs.symlinkSync(path.join(root, 'node_modules', name), place);
    else fs.writeFileSync(`${place}.js`, 'throw new Error("not installed");');
  }
  return (...args) => {
    const given = ['--no-warnings', path.join(folder, 'dist/cli.js'), ...args];
    const { stdout, stderr, status } = spawnSync(process.execPath, given, { encoding: 'utf8' });
    return { out: stdout, err: stderr, code: status ?? -1 };
  };
}

describe('without a native build', () => {
  it('layouts and findings are the same, by WebAssembly', () => {
    const kernel = demoOnDisk({});
    const native = installed(['tree-sitter', 'tree-sitter-c', 'web-tree-sitter']);
    const wasm = installed(['tree-sitter-c', 'web-tree-sitter']);
    const layout = ['layout', 'page', 'folio', '--kernel', kernel, '--no-cache', '--stats'];
    const check = ['check', kernel, '--no-cache', '--format', 'json'];
    expect(wasm(...check)).toEqual(native(...check));
    const [here, there] = [native(...layout), wasm(...layout)];
    expect(there.out).toBe(here.out);
    expect(here.out).toContain('struct page {');
    expect([here.err, there.err]).toEqual([
      'parsed by tree-sitter, native\n',
      'parsed by tree-sitter in WebAssembly: no native build loads here\n',
    ]);
  });
});

describe('without either', () => {
  it('nothing is laid out, and the message says so', () => {
    const { out, err, code } = installed(['tree-sitter-c'])('layout', 'page', '--kernel', demoOnDisk({}), '--no-cache');
    expect([out, code]).toEqual(['', 2]);
    expect(err).toMatch(/^overlint: tree-sitter can not be loaded/);
  });
});

it('is of one version in both builds', () => {
  const script = `const { Parser, Language } = require('web-tree-sitter');
    Parser.init().then(() => Language.load(require.resolve('tree-sitter-c/tree-sitter-c.wasm')))
      .then((language) => console.log(language.abiVersion));`;
  const version = execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }).trim();
  expect(version).toBe('14');
});
