/** Stamps of files behind links. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { stampBehindLinks, stampsBehindLinks } from './file-stamps';

it('gives the same stamps one by one and for many files', () => {
  const folder = emptyFolder();
  writeFiles(folder, { 'real/one': '1', 'real/two': '2' });
  fs.symlinkSync(path.join(folder, 'real'), path.join(folder, 'linked'));
  fs.symlinkSync('two', path.join(folder, 'real/alias'));
  const files = ['real', 'real/one', 'real/alias', 'linked', 'linked/one', 'real/none', 'none/one'];
  const paths = files.map((file) => path.join(folder, file));
  const stampNow = stampsBehindLinks();
  expect(paths.map(stampNow)).toEqual(paths.map(stampBehindLinks));
});

it('changes with a write', () => {
  const folder = emptyFolder();
  writeFiles(folder, { one: '1' });
  const file = path.join(folder, 'one');
  const before = stampsBehindLinks()(file);
  writeFiles(folder, { one: '22' });
  expect(stampsBehindLinks()(file)).not.toBe(before);
});
