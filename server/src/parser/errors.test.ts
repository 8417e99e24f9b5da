/** What can't be read costs as little as can be: its statement, its member, its declarator. */
import { describe, expect, it } from 'vitest';
import { layoutIn, typeIn, unitOf } from '../testing/unit';
import type { Statement } from '../types/ast';
import type { ParsedItem } from './parser';

function parsed(source: string): ParsedItem {
  const { globals } = unitOf({ '/.config': '', '/main.c': source });
  const [{ reading, table }] = globals.tables;
  return globals.parseWhole(reading, table.items.at(-1)!);
}

/** The kinds of the statements of a function, those of its blocks in parentheses. */
function shape(items: readonly Statement[]): string {
  return items
    .map((item) => {
      if (item.kind === 'block') return `(${shape(item.items)})`;
      if (item.kind === 'if') return `if ${shape([item.yes])}${item.no ? ` else ${shape([item.no])}` : ''}`;
      if (item.kind === 'while' || item.kind === 'do' || item.kind === 'for')
        return `${item.kind} ${shape([item.body])}`;
      return item.kind;
    })
    .join(' ');
}

const body = (source: string): string => shape(parsed(`void f(struct s *p) { ${source} }`).declarations[0].body!.items);

describe('half-typed code', () => {
  it.each([
    ['a(); p->; b();', 'expression broken expression'],
    ['if (p) { a(); b(; c(); } else d();', 'if (expression broken expression) else expression'],
    ['do { x = ; } while (p); return;', 'do (broken) return'],
    ['for (;;) { a(); if (', undefined],
    ['int x = 3 4; y();', 'broken expression'],
    ['a(); x = ({ int y = ; y; }); b();', 'expression expression expression'],
  ])('%s', (source, expected) => {
    if (expected === undefined) expect(parsed(`void f(void) { ${source}`).errors).not.toEqual([]);
    else expect(body(source)).toBe(expected);
  });

  it('keeps expressions that stand whole in a broken statement', () => {
    const [broken] = parsed('void f(struct s *p) { use(p->lru, ) ; }').declarations[0].body!.items;
    expect(broken.kind === 'broken' && broken.salvaged.map(({ kind }) => kind)).toEqual(['name', 'member']);
  });
});

it('a switch without braces ends where its statement does', () => {
  expect(body('switch (p) case 1: if (a) do b(); while (c); else d(); e();')).toBe('switch expression');
  expect(body('switch (p) if (a) if (b) c(); else d(); e();')).toBe('switch expression');
  expect(body('switch (p) do if (a) b(); else c(); while (d); e();')).toBe('switch expression');
});

describe('a declaration with an error', () => {
  it('makes its record unknown with the reason, and leaves others alone', () => {
    const text = 'struct a { int x; int @ y; int z; }; struct b { int x; };';
    expect(layoutIn(text, 'a')).toMatchObject({ status: 'unknown' });
    expect(layoutIn(text, 'b')).toMatchObject({ status: 'exact', size: 4 });
  });

  it('declares what stands in front of the error: the record, and its first name', () => {
    const text = 'typedef struct s { int a; char b; } s_t, NOT_DEFINED *p_t; s_t v;';
    expect(layoutIn(text, 's')).toMatchObject({ status: 'exact', size: 8 });
    expect(typeIn(text, 'v')).toBe('s_t');
  });

  it('lays out no record that names an unknown type, be it behind a pointer', () => {
    expect(layoutIn('struct s { not_declared_t (*f)(other_t); int n; };', 's')).toMatchObject({ status: 'unknown' });
    expect(layoutIn('struct s { struct not_declared (*f)(int); int n; };', 's')).toMatchObject({ size: 16 });
    expect(layoutIn('struct s { not_declared_t m; };', 's')).toMatchObject({ status: 'unknown' });
    expect(layoutIn('struct s { FIELDS_OF_A_MACRO; int n; };', 's')).toMatchObject({ status: 'unknown' });
  });
});

it('nesting past all measure is an error, not a crash', () => {
  expect(parsed(`int n = ${'('.repeat(5000)}1${')'.repeat(5000)};`).errors).toMatchObject([
    { reason: 'nesting is too deep' },
  ]);
  expect(parsed(`int n = 1${' + 1'.repeat(3000)};`).errors).toEqual([]);
  for (const part of ['if (p) ', 'do ', 'if (p) do ', 'while (p) ', 'if (p); else '])
    expect(parsed(`void f(int p) { switch (p) ${part.repeat(20_000)} g(); }`).declarations.length).toBeLessThan(2);
});
