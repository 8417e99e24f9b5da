/** How a file is cut into items, and which names each may declare (more than it does, but never fewer). */
import { describe, expect, it } from 'vitest';
import { nameText } from '../text/names';
import type { TokenList } from '../text/tokens';
import { cutItems } from './items';
import type { NameTable } from './name-table';
import { sourceFile } from './source';

/** Each item as its first line, with `f` for a function, `c` for a call, and the names and tags it may declare. */
function cut(text: string): string[] {
  const file = sourceFile('/a.c', text);
  const table = cutItems(file, activeOf(text, file.tokens));
  const named = (map: NameTable, index: number): string[] =>
    [...map].filter(([, items]) => items.includes(index)).map(([id]) => nameText(id));
  return table.items.map((item, index) => {
    const { starts, ends } = file.tokens;
    const written = text.slice(starts[item.first], ends[item.end - 1]).replace(/\s+/g, ' ');
    const marks = `${item.isFunction ? 'f' : ''}${item.isCall ? 'c' : ''}`;
    return `${marks}|${written}|${named(table.ordinary, index)}|${named(table.tags, index)}`;
  });
}

/** The ranges of tokens that stand on no line of a directive. */
function activeOf(text: string, tokens: TokenList): number[] {
  const isActive = (token: number) => !/(?:^|\n)#.*$/.test(text.slice(0, tokens.ends[token]));
  return Array.from({ length: tokens.count }, (_, token) => (isActive(token) ? [token, token + 1] : [])).flat();
}

describe('items', () => {
  it('end at a semicolon, or at the brace of a function', () => {
    expect(cut('int a, *b;\nstatic int f(struct page *page)\n{\n\tif (x) { y; }\n}\nint c = 1;')).toEqual([
      '|int a, *b;|a,b|',
      'f|static int f(struct page *page) { if (x) { y; } }|f,page|',
      '|int c = 1;|c|',
    ]);
  });

  it('end no function at the brace of an initializer in the first column, and any at another', () => {
    expect(cut('int f(void)\n{\nint t[] = {\n1,\n};\nreturn t[0];\n}\nint c;')).toEqual([
      'f|int f(void) { int t[] = { 1, }; return t[0]; }|f|',
      '|int c;|c|',
    ]);
    expect(cut('int f(void)\n{\nif (x) {\n}\nint c;')).toEqual(['f|int f(void) { if (x) { }|f|', '|int c;|c|']);
  });

  it('tell a record that is defined from one that is returned or passed', () => {
    expect(
      cut('struct a { int x; };\nstruct a f(struct b *b, union c c)\n{\n}\nstruct d __aligned(8) { int y; } e;'),
    ).toEqual([
      '|struct a { int x; };||a',
      'f|struct a f(struct b *b, union c c) { }|f,c|',
      '|struct d __aligned(8) { int y; } e;|d,__aligned,e|d,__aligned',
    ]);
  });

  it('declare enumerators, nested tags, typedefs of functions, and names before an attribute', () => {
    expect(
      cut(
        'enum e { A, B = 2, };\nstruct s { union u { int i; } m; };\ntypedef int (*fn_t)(int);\nint n __read_mostly;',
      ),
    ).toEqual([
      '|enum e { A, B = 2, };|A,B|e',
      '|struct s { union u { int i; } m; };||s,u',
      '|typedef int (*fn_t)(int);|fn_t|',
      '|int n __read_mostly;|n,__read_mostly|',
    ]);
  });

  it('say which enums macros fill, and declare a tag before a macro with the body', () => {
    const filled = (text: string): boolean => {
      const file = sourceFile('/a.c', text);
      return cutItems(file, activeOf(text, file.tokens)).items[0].isFilled;
    };
    expect(filled('enum a { A, B = BIT(1), C };')).toBe(false);
    expect(filled('enum a { A = 1 };')).toBe(false);
    expect(filled('enum a { LIST };')).toBe(true);
    expect(filled('enum a {\n#include "list.h"\n};')).toBe(true);
    expect(filled('enum a { A = 1,\nENTRY(B, 2)\nC };')).toBe(true);
    expect(filled('enum a { LIST C, D };')).toBe(true);
    expect(cut('struct fifo BODY(int, 4);')).toEqual(['|struct fifo BODY(int, 4);|BODY|fifo']);
  });

  it('end a macro call where the next line starts another item', () => {
    expect(
      cut(
        'PAGEFLAG(Locked, locked)\nPAGEFLAG(Dirty, dirty)\nstatic inline int f(void)\n{\n}\nSYSCALL_DEFINE1(x, int, y)\n{\n}',
      ),
    ).toEqual([
      'c|PAGEFLAG(Locked, locked)|PAGEFLAG,locked|',
      'c|PAGEFLAG(Dirty, dirty)|PAGEFLAG,dirty|',
      'f|static inline int f(void) { }|f|',
      'fc|SYSCALL_DEFINE1(x, int, y) { }|SYSCALL_DEFINE1,y|',
    ]);
  });

  it('end a half-typed function at the brace in the first column', () => {
    expect(cut('int f(void)\n{\n\tif (x) {\n}\nint g;')).toEqual(['f|int f(void) { if (x) { }|f|', '|int g;|g|']);
  });

  it('end a half-typed item before a file inclusion, and before a word in the first column', () => {
    expect(cut('static void f(\n#include <a.h>\n  int a;\nint b;')).toEqual([
      '|static void f(|f|',
      '|int a;|a|',
      '|int b;|b|',
    ]);
    expect(cut('static void f(struct page *p\n\nint g(int x)\n{\n}\nstruct s {\n\tint m;\nint h;')).toEqual([
      '|static void f(struct page *p|f|',
      'f|int g(int x) { }|g,x|',
      '|struct s { int m;||s',
      '|int h;|h|',
    ]);
  });

  it('end words without an end before a file inclusion', () => {
    expect(cut('folio->lru\n#include <a.h>\nint a;\nint b =\n#include "b.h"\n;')).toEqual([
      '|folio->lru||',
      '|int a;|a|',
      '|int b = #include "b.h" ;|b|',
    ]);
  });

  it('leave what is closed whole, wherever its lines start', () => {
    expect(cut('int f(int a,\nint b)\n{\n}\nint t[] = {\n#include "t.h"\n};')).toEqual([
      'f|int f(int a, int b) { }|f,b|',
      '|int t[] = { #include "t.h" };|t|',
    ]);
  });
});
