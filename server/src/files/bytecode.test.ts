import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { wrap } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireBundle } from './bytecode';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bytecode-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const SOURCE = 'module.exports = { word: "one", sum: require("./beside.js") + 1, here: __filename };';

function bundle(source: string): string {
  const file = path.join(folder, 'bundle.js');
  fs.writeFileSync(file, source);
  fs.writeFileSync(path.join(folder, 'beside.js'), 'module.exports = 41;');
  return file;
}

/** The file that a build leaves beside a bundle. */
function keepBytecode(file: string, source: string): void {
  const digest = createHash('sha256').update(source).digest();
  const code = new vm.Script(wrap(source)).createCachedData();
  fs.writeFileSync(file.replace('.js', '.code'), Buffer.concat([digest, code]));
}

it('loads a bundle without bytecode', () => {
  const file = bundle(SOURCE);
  expect(requireBundle(file)).toEqual({ word: 'one', sum: 42, here: file });
});

it('loads a bundle with its bytecode', () => {
  const file = bundle(SOURCE);
  keepBytecode(file, SOURCE);
  expect(requireBundle(file)).toEqual({ word: 'one', sum: 42, here: file });
});

it('passes over bytecode of another bundle of the same length, which V8 would take', () => {
  const file = bundle(SOURCE.replace('one', 'two'));
  keepBytecode(file, SOURCE);
  expect(requireBundle(file)).toMatchObject({ word: 'two' });
});

it('passes over what is no bytecode', () => {
  const file = bundle(SOURCE);
  const digest = createHash('sha256').update(SOURCE).digest();
  for (const junk of [Buffer.alloc(0), Buffer.from('junk'), Buffer.alloc(4096, 0xff)]) {
    fs.writeFileSync(file.replace('.js', '.code'), Buffer.concat([digest, junk]));
    expect(requireBundle(file)).toMatchObject({ word: 'one' });
  }
});

it('reads text beyond ASCII as it is', () => {
  expect(requireBundle(bundle('module.exports = "größer";'))).toBe('größer');
});
