/** The store keeps what was put, or nothing: never anything else. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from '../testing/disk-tree';
import { Cache, cacheKey } from './cache';

function filesIn(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

it('gives back what was put, also to another run', () => {
  const folder = emptyFolder();
  new Cache(folder).put('key', Buffer.from('bytes'));
  expect(new Cache(folder).get('key')).toEqual(Buffer.from('bytes'));
  expect(new Cache(folder).get('other')).toBeUndefined();
});

it.each([
  ['is cut short', (entry: Buffer) => entry.subarray(0, 40)],
  ['is empty', () => Buffer.alloc(0)],
  ['has another byte', (entry: Buffer) => Buffer.concat([entry.subarray(0, -1), Buffer.from('!')])],
])('ignores an entry that %s', (_what, damage) => {
  const folder = emptyFolder();
  const cache = new Cache(folder);
  cache.put('key', Buffer.from('some bytes'));
  const [file] = filesIn(folder);
  fs.writeFileSync(file, damage(fs.readFileSync(file)));
  expect(cache.get('key')).toBeUndefined();
  cache.put('key', Buffer.from('some bytes'));
  expect(cache.get('key')).toEqual(Buffer.from('some bytes'));
});

it('ignores an entry that stands under another key', () => {
  const folder = emptyFolder();
  const cache = new Cache(folder);
  cache.put('one', Buffer.from('1'));
  const [one] = filesIn(folder);
  cache.put('two', Buffer.from('2'));
  const two = filesIn(folder).find((file) => file !== one)!;
  fs.copyFileSync(one, two);
  expect(cache.get('two')).toBeUndefined();
});

it('goes without where the folder can’t be made', () => {
  const folder = emptyFolder();
  fs.writeFileSync(`${folder}/cache`, 'a file is in the way');
  const cache = new Cache(`${folder}/cache`);
  cache.put('key', Buffer.from('bytes'));
  expect(cache.get('key')).toBeUndefined();
  cache.trim();
});

it('goes without where the kernel says that a folder is missing which is there', () => {
  if (!fs.existsSync('/proc/self')) return;
  const cache = new Cache('/proc/overlint-has-no-home/overlint');
  cache.put('key', Buffer.from('bytes'));
  expect(cache.get('key')).toBeUndefined();
});

it.each([
  ['', ''],
  [' behind a link', 'link/'],
])('keeps nothing in a kernel tree%s', (_what, way) => {
  const folder = emptyFolder();
  for (const name of ['tree/arch', 'tree/include/linux', 'tree/tmp'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.symlinkSync(path.join(folder, 'tree/tmp'), path.join(folder, 'link'));
  const cache = new Cache(path.join(folder, way || 'tree/', 'cache'));
  cache.put('key', Buffer.from('bytes'));
  expect(cache.get('key')).toBeUndefined();
  expect(filesIn(folder)).toEqual([]);
});

it('drops what was not used longest, and halves of killed runs', () => {
  const folder = emptyFolder();
  const cache = new Cache(folder, 5000);
  const longAgo = new Date(Date.now() - 7_200_000);
  for (const key of ['a', 'b', 'c', 'd', 'e']) cache.put(key, Buffer.alloc(1000));
  for (const file of filesIn(folder)) fs.utimesSync(file, longAgo, longAgo);
  fs.writeFileSync(path.join(path.dirname(filesIn(folder)[0]), 'x.part'), '');
  fs.utimesSync(path.join(path.dirname(filesIn(folder)[0]), 'x.part'), longAgo, longAgo);
  expect(cache.get('b')).toHaveLength(1000);
  cache.trim();
  expect(cache.get('b')).toHaveLength(1000);
  expect(filesIn(folder)).toHaveLength(3);
  expect(filesIn(folder).some((file) => file.endsWith('.part'))).toBe(false);
});

it('tells keys apart by where one part ends', () => {
  expect(cacheKey(['ab', 'c'])).not.toBe(cacheKey(['a', 'bc']));
  expect(cacheKey(['ab', ''])).not.toBe(cacheKey(['ab']));
});
