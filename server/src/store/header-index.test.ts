/** What the index gives is what the lexer gives, be it lexed now, kept by another run, or damaged meanwhile. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundle } from '../testing/bundle';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';
import { lex } from '../text/lexer';
import { nameId } from '../text/names';
import type { TokenList } from '../text/tokens';
import { run } from '../workers/run';
import { Cache } from './cache';
import { HeaderIndex } from './header-index';

const FILE = '/tree/include/linux/a.h';

const TRICKY: Readonly<Record<string, string>> = {
  'an empty text': '',
  'blanks only': ' \n\t\n',
  'a null directive and one that ends the text':
    '#\n#define A(x, ...) x ## __VA_ARGS__\n# /* c */ include <a.h>\n#if A',
  'directives that have a number for a name': '# 1 "a.h"\n#\\\ndefine X\n',
  'spliced lines': '#define A \\\n  b \\\r\n  c\nint a\\\nb;',
  'comments without an end': 'int a; // b \\\n c\n/* d */ e /* f',
  'strings without an end': 'L"a\\"b" u8"" "open\n\'x\' \'open\nU',
  'digraphs and punctuators of three bytes': '%:%: <: :> <% %> ... <<= >>= -> 1...2',
  'bytes that are no ASCII': 'int gr\xfc\xdfe; /* \xe9 */ "\xff" @ ` \\ \x01',
  'gaps and tokens of more than a byte’s length': `${' '.repeat(255)}a${'b'.repeat(70_000)}${'\n'.repeat(300)}"${'c'.repeat(254)}"`,
  'names that look like members of every object': 'constructor __proto__ toString hasOwnProperty',
  'more names than a pack can count': Array.from({ length: 70_000 }, (_, number) => `n${number}`).join(' '),
};

/** An index over a store that has kept this text. */
function keptIndex(text: string, folder = emptyFolder()): HeaderIndex {
  const first = new HeaderIndex(new Cache(folder));
  first.lex(text, FILE);
  first.keep();
  return new HeaderIndex(new Cache(folder));
}

function storedFiles(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** An index that would notice having to lex: it keeps what it lexed. */
function isLexedAnew(index: HeaderIndex, folder: string, text: string, file = FILE): boolean {
  const before = storedFiles(folder).map((stored) => fs.readFileSync(stored, 'latin1'));
  index.lex(text, file);
  index.keep();
  const after = storedFiles(folder).map((stored) => fs.readFileSync(stored, 'latin1'));
  return after.join() !== before.join();
}

function expectSame(given: TokenList, wanted: TokenList): void {
  expect({ ...given, directives: [...given.directives] }).toEqual(wanted);
}

it.each(Object.entries(TRICKY))('gives back %s', (_what, text) => {
  expectSame(keptIndex(text).lex(text, FILE), lex(text));
});

it('lexes a header once for all runs', () => {
  const folder = emptyFolder();
  const index = keptIndex('struct page;', folder);
  expect(isLexedAnew(index, folder, 'struct page;')).toBe(false);
  expect(isLexedAnew(index, folder, 'struct folio;')).toBe(true);
  expect(isLexedAnew(new HeaderIndex(new Cache(folder)), folder, 'struct folio;')).toBe(false);
});

it('reads what others kept where it keeps nothing itself', () => {
  const folder = emptyFolder();
  keptIndex('struct page;', folder);
  const reader = new HeaderIndex(new Cache(folder), undefined, false);
  expectSame(reader.lex('struct page;', FILE), lex('struct page;'));
  expect(isLexedAnew(reader, folder, 'struct folio;')).toBe(false);
  expect(isLexedAnew(reader, folder, 'struct folio;', '/tree/include/net/a.h')).toBe(false);
});

it('numbers names as this process does, whatever the numbers were when they were kept', () => {
  const index = keptIndex('first second first');
  nameId('a name that came between');
  const { ids } = index.lex('first second first', FILE);
  expect([...ids]).toEqual([nameId('first'), nameId('second'), nameId('first')]);
});

it.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['emptied', () => Buffer.alloc(0)],
  ['overwritten', (bytes: Buffer) => Buffer.alloc(bytes.length, 0xff)],
])('ignores what was %s', (_what, damage) => {
  const folder = emptyFolder();
  const index = keptIndex('struct page { int a; };', folder);
  for (const file of storedFiles(folder)) fs.writeFileSync(file, damage(fs.readFileSync(file)));
  expectSame(index.lex('struct page { int a; };', FILE), lex('struct page { int a; };'));
  index.keep();
  expectSame(new HeaderIndex(new Cache(folder)).lex('int b;', FILE), lex('int b;'));
});

it('ignores well-kept bytes that are no packs', () => {
  for (const bytes of [Buffer.alloc(3), Buffer.alloc(64, 0xff), Buffer.from(Uint32Array.of(1, 12, 9, 9, 9).buffer)]) {
    const cache = { get: () => bytes, put: () => {}, trim: () => {} } as unknown as Cache;
    const index = new HeaderIndex(cache);
    expectSame(index.lex('struct page;', FILE), lex('struct page;'));
    index.keep();
  }
});

it('joins what two runs at once have read', () => {
  const folder = emptyFolder();
  const [one, two] = [new HeaderIndex(new Cache(folder)), new HeaderIndex(new Cache(folder))];
  one.lex('int both;', FILE);
  one.lex('int one;', '/tree/include/linux/one.h');
  two.lex('int both;', FILE);
  two.lex('int two;', '/tree/include/linux/two.h');
  one.keep();
  two.keep();
  const later = new HeaderIndex(new Cache(folder));
  expect(isLexedAnew(later, folder, 'int both;')).toBe(false);
  expect(isLexedAnew(later, folder, 'int one;', '/tree/include/linux/one.h')).toBe(false);
  expect(isLexedAnew(later, folder, 'int two;', '/tree/include/linux/two.h')).toBe(false);
});

it('stays whole when several processes keep at once', async () => {
  const [folder, headers] = [emptyFolder(), emptyFolder()];
  const bundles = await bundle({ keeper: 'testing/header-index-process.ts' });
  const texts = Array.from({ length: 200 }, (_, number) => `struct s${number} { int a${number}; };\n`);
  const files = texts.map((text, number) => {
    fs.writeFileSync(`${headers}/${number}.h`, text);
    return `${headers}/${number}.h`;
  });
  const keeper = path.join(bundles, 'keeper.js');
  const shares = [files, files.slice(0, 120), files.slice(80)];
  await Promise.all(shares.map((share) => promisify(execFile)(process.execPath, [keeper, folder, ...share])));
  fs.rmSync(bundles, { recursive: true });
  expect(storedFiles(folder)).toHaveLength(1);
  const later = new HeaderIndex(new Cache(folder));
  for (const [number, text] of texts.entries()) expectSame(later.lex(text, files[number]), lex(text));
});

it('lets older versions of a header go, sooner or later', () => {
  const folder = emptyFolder();
  const textOf = (version: number): string => `int version_${version}; /* ${'.'.repeat(version * 300)} */`;
  keptIndex('int other;', folder).lex('int other;', FILE);
  for (let version = 0; version < 30; version++) {
    const index = new HeaderIndex(new Cache(folder));
    index.lex('struct stays;', '/tree/include/linux/stays.h');
    index.lex(textOf(version), FILE);
    index.keep();
  }
  const [stored, ...others] = storedFiles(folder);
  expect(others).toEqual([]);
  expect(fs.statSync(stored).size).toBeLessThan(10_000);
  const later = new HeaderIndex(new Cache(folder));
  expect(isLexedAnew(later, folder, textOf(0))).toBe(true);
  const last = new HeaderIndex(new Cache(folder));
  expectSame(last.lex(textOf(29), FILE), lex(textOf(29)));
  expectSame(last.lex('struct stays;', '/tree/include/linux/stays.h'), lex('struct stays;'));
});

it('finds the same with it, without it, and the first time', async () => {
  const folder = emptyFolder();
  const kernel = kernelOnDisk({
    'include/linux/kconfig.h': '',
    'include/linux/page.h': 'struct dev_pagemap;\nstruct page {\n\tstruct dev_pagemap *pgmap;\n};\n',
    'mm/a.c': '#include <linux/page.h>\nvoid *f(struct page *page)\n{\n\treturn page->pgmap;\n}\n',
  });
  const tree = { kernel, build: kernel, arch: 'x86', version: '6.12.9', roots: [kernel], configFile: undefined };
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = folder;
  try {
    const reports = [];
    for (const cache of [false, true, true]) {
      const options = { ahead: true };
      const report = await run({ tree, paths: [], options, fix: 'no', unsafeFixes: false, cache, execution: {} });
      reports.push(JSON.stringify([report.findings, report.stats, report.problems]));
      expect(storedFiles(folder).length > 0).toBe(cache);
    }
    expect(new Set(reports).size).toBe(1);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  }
});
