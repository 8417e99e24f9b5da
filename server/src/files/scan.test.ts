/** Which files the byte scan takes for candidates. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Needs } from '../analysis/needs';
import type { Rule } from '../analysis/rule';
import { shippedFacts } from '../packs/facts';
import { roomFor } from '../search/text-room';
import { needSearch } from '../search/word-search';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { quickStamp, stampAt } from './file-stamps';
import { Scanner } from './scan';

/** Puts a text where searches look; returns its length in bytes. */
const put = (text: string): number => roomFor(text.length).write(text, 'latin1');

const MANY = ['pgmap', 'lru', '_refcount', 'compound_head', 'owner_ops', 'memcg_data'];

describe.each([
  ['one word', ['pgmap']],
  ['many words', MANY],
  ['many long words', [...MANY, 'page_private', 'swap_entry', 'mapping_flags', 'memory_model', 'page_type_ops']],
])('a search for %s', (_what, words) => {
  const search = needSearch(words);
  const finds = (text: string): boolean => search(put(text));

  it.each(['pgmap', 'a->pgmap;', '.pgmap = 0', '\xe4pgmap\xff', 'dev_pgmap pgmap', 'x\npgmap\n', 'pgmap2 (pgmap)'])(
    'finds it in %j',
    (text) => expect(finds(text)).toBe(true),
  );

  it.each(['', 'pgma', 'pgmapp', 'page_pgmap()', 'pgmap_ops', 'pgmap1', '2pgmap', 'PGMAP', 'pg\nmap'])(
    'finds nothing in %j',
    (text) => expect(finds(text)).toBe(false),
  );

  it('does not look past the end of the text', () => {
    put('struct x; pgmap');
    expect(search(10)).toBe(false);
    put('struct x; pgmapper');
    expect(search(15)).toBe(true);
  });
});

it('finds each of many words, short and long, wherever it stands', () => {
  const words = 'lru pgmap _x page_type memcg_data abcdefgh bcdefghi cdefghij defghijk pgmap_of_page'.split(' ');
  const search = needSearch(words);
  for (const word of words)
    for (let before = 0; before < 40; before++) {
      const length = put(`${'+'.repeat(before)}${word}`);
      expect(search(length), `${word} at ${before}`).toBe(true);
      expect(search(length - 1), `${word} cut short at ${before}`).toBe(false);
    }
});

it('finds nothing where no rule has a word', () => {
  expect(needSearch([])(put('pgmap'))).toBe(false);
});

it('reads files longer than its buffer, and shorter ones after them', () => {
  const folder = emptyFolder();
  writeFiles(folder, {
    'long.c': `${'x'.repeat(5_000_000)} pgmap`,
    'none.c': 'x'.repeat(1 << 20),
    'short.c': 'lru pgmap',
  });
  const files = ['long.c', 'none.c', 'short.c'].map((name) => `${folder}/${name}`);
  expect(new Scanner(['pgmap']).scan(files)).toEqual({ candidates: [files[0], files[2]], problems: [] });
});

it('tells of each file the stamp that it had when it was read, and of one that it can’t open none', () => {
  const folder = emptyFolder();
  writeFiles(folder, { 'a.c': 'pgmap', 'b.c': 'lru' });
  const [a, gone, b] = ['a.c', 'gone.c', 'b.c'].map((name) => `${folder}/${name}`);
  const { candidates, stamps } = new Scanner(['pgmap']).scan([a, gone, b], true);
  expect(candidates).toEqual([a]);
  expect([0, 1, 2].map((index) => stampAt(stamps!, index))).toEqual([quickStamp(a), undefined, quickStamp(b)]);
  expect(quickStamp(a)).not.toBe(quickStamp(b));
});

it('names what can’t be scanned, and scans the rest', () => {
  const folder = emptyFolder();
  writeFiles(folder, { 'a.c': 'pgmap', 'binary.c': 'pgmap\0', 'huge.c': 'pgmap'.repeat(1 << 20), 'z.c': 'pgmap' });
  fs.symlinkSync('a.c', `${folder}/link.c`);
  const files = ['a.c', 'binary.c', 'gone.c', 'huge.c', 'link.c', 'z.c'].map((name) => `${folder}/${name}`);
  expect(new Scanner(['pgmap'], 1 << 20).scan(files)).toEqual({
    candidates: [files[0], files[5]],
    problems: [
      { path: files[1], message: 'is binary, not C: skipped' },
      { path: files[2], message: 'no such file or folder' },
      { path: files[3], message: 'is too large (5 MB; the limit is 1 MB)' },
      { path: files[4], message: 'symbolic links run in a circle' },
    ],
  });
});

describe('a search for words that belong together', () => {
  const finds = (needs: Parameters<typeof needSearch>[0], text: string): boolean => needSearch(needs)(put(text));
  const needs = [['static_assert', 'offsetof'], ['BUILD_BUG_ON', 'offsetof'], 'pgmap'];
  const many = [...needs, 'aaaaaa', 'bbbbbb', 'cccccc', 'dddddd', 'eeeeee'];

  it.each([
    ['static_assert(offsetof(a, b))', true],
    ['offsetof(a, b); BUILD_BUG_ON(1);', true],
    ['static_assert(1); BUILD_BUG_ON(2);', false],
    ['offsetof(a, b)', false],
    ['static_assert(offsetof_x)', false],
    ['static_assert(1); a->pgmap', true],
  ])('%j: %s', (text, expected) => {
    expect(finds(needs, text)).toBe(expected);
    expect(finds(many, text)).toBe(expected);
    expect(new Needs(shippedFacts).maySpeak({ words: needs } as unknown as Rule, { path: '/a.c', text })).toBe(
      expected,
    );
  });

  it.each([
    ['page->lru', true],
    ['page -> /**/ lru, page->\n\tlru', true],
    ['.lru = 1', true],
    ['lru', false],
    ['a > lru', false],
    ['(lru)', false],
    ['->lru_gen', false],
  ])('as a member, in %j: %s', (text, expected) => {
    expect(finds(['.lru'], text)).toBe(expected);
    expect(finds([['.lru', '.lru']], text)).toBe(expected);
    expect(new Needs(shippedFacts).maySpeak({ words: ['.lru'] } as unknown as Rule, { path: '/a.c', text })).toBe(
      expected,
    );
  });
});
