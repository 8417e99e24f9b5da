/** Where the members of records may stand, by tokens alone. */
import { expect, it } from 'vitest';
import { lex } from './lexer';
import { recordBodies } from './record-bodies';

const bodies = (text: string): string[] => recordBodies(lex(text)).map(({ start, end }) => text.slice(start, end));

it.each([
  ['struct page { int a; };', ['{ int a; }']],
  ['struct page { union { int a; } u; };', ['{ union { int a; } u; }']],
  ['typedef struct { int a; } t; union u { int b; };', ['{ int a; }', '{ int b; }']],
  ['struct __attribute__((packed)) a { int b; };', ['{ int b; }']],
  ['struct a __aligned(sizeof(long)) { int b; };', ['{ int b; }']],
  ['int f(void) { struct in { int a; } b; return 0; }', ['{ int a; }']],
  ['struct __packed(8) __aligned(4) { int a; } b;', ['{ int a; }']],
  ['struct s __f(int) { int a; }', ['{ int a; }']],
  ['struct page { int a;', ['{ int a;']],
])('%s', (text, expected) => {
  expect(bodies(text)).toEqual(expected);
});

it.each([
  'struct page *f(struct page *page) { return page; }',
  'int f(struct page *page) { if (page) { g(); } }',
  'enum e { A, B };',
  'struct page *pages[] = { 0 }; int a; { }',
  'static struct table rows[] = { { .a = 1 }, { } };',
  'int a; int __f(struct page *page) { return 0; }',
  'int a; struct page *__f(struct page *page) __must_hold(&lock) { return 0; }',
  'void f(struct page *page) __acquires(a) __releases(b) { }',
  'int a;',
])('none in %s', (text) => {
  expect(bodies(text)).toEqual([]);
});
