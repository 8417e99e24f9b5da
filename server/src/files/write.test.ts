/** A file is replaced whole or not at all, and stays what it is apart from its text. */
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { emptyFolder, withoutRights, writeFiles } from '../testing/disk-tree';
import { replaceFile } from './write';

function folderWith(text: string): string {
  const folder = emptyFolder();
  writeFiles(folder, { 'a.c': text });
  return folder;
}

it('writes bytes and keeps the mode', () => {
  const folder = folderWith('old \xe4\r\n');
  fs.chmodSync(`${folder}/a.c`, 0o754);
  expect(replaceFile(`${folder}/a.c`, 'old \xe4\r\n', 'new \xff\r\n')).toBeUndefined();
  expect(fs.readFileSync(`${folder}/a.c`, 'latin1')).toBe('new \xff\r\n');
  expect(fs.statSync(`${folder}/a.c`).mode & 0o7777).toBe(0o754);
  expect(fs.readdirSync(folder)).toEqual(['a.c']);
});

it('refuses a file that changed since it was read', () => {
  const folder = folderWith('mine');
  expect(replaceFile(`${folder}/a.c`, 'old', 'new')).toBe('not fixed: it changed since it was read');
  expect(fs.readFileSync(`${folder}/a.c`, 'latin1')).toBe('mine');
  expect(fs.readdirSync(folder)).toEqual(['a.c']);
});

it('does not bring back a file that is gone, nor replace a link', () => {
  const folder = folderWith('old');
  expect(replaceFile(`${folder}/b.c`, 'old', 'new')).toBe('not fixed: no such file or folder');
  fs.symlinkSync('a.c', `${folder}/b.c`);
  expect(replaceFile(`${folder}/b.c`, 'old', 'new')).toBe('not fixed: it is no longer a regular file');
  expect(fs.readdirSync(folder)).toEqual(['a.c', 'b.c']);
});

it('leaves a file alone that may not be written, or whose folder may not', async () => {
  const folder = folderWith('old');
  fs.chmodSync(folder, 0o777);
  fs.chmodSync(`${folder}/a.c`, 0o444);
  await withoutRights(() => {
    expect(replaceFile(`${folder}/a.c`, 'old', 'new')).toBe('not fixed: permission denied');
  });
  fs.chmodSync(`${folder}/a.c`, 0o666);
  fs.chmodSync(folder, 0o555);
  await withoutRights(() => {
    expect(replaceFile(`${folder}/a.c`, 'old', 'new')).toBe('not fixed: permission denied');
  });
  expect(fs.readFileSync(`${folder}/a.c`, 'latin1')).toBe('old');
  fs.chmodSync(folder, 0o755);
  expect(fs.readdirSync(folder)).toEqual(['a.c']);
});
