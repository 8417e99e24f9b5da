/** The type of an expression (C11 6.5), as typeof gives it. */
import { describe, expect, it } from 'vitest';
import { typeIn } from '../testing/unit';

const BEFORE = `
  struct list { struct list *next, *prev; };
  struct page { unsigned long flags; union { struct list lru; void *mapping; }; unsigned char order : 4; } page, *p, pages[8];
  typedef unsigned int u32;
  struct bits { unsigned int low : 3, high : 29; unsigned int all : 32; unsigned long whole : 40; int sign : 5; } bits;
  char name[8]; u32 grid[4][3]; int fn(int); struct page *const fixed;
  u32 n; long l; unsigned char byte; char *text; int (*call)(struct page *, int); struct page *get(void);
`;

const typeOf = (expression: string): string => typeIn(`${BEFORE} typeof(${expression}) v;`, 'v');

describe('the type of', () => {
  it.each([
    ['page', 'struct page'],
    ['&page', 'struct page *'],
    ['*p', 'struct page'],
    ['p->lru', 'struct list'],
    ['p->lru.next->prev', 'struct list *'],
    ['pages[1].mapping', 'void *'],
    ['pages + 1', 'struct page *'],
    ['p - pages', 'long'],
    ['get()->flags', 'unsigned long'],
    ['call(p, 1)', 'int'],
    ['n', 'u32'],
    ['n + l', 'long'],
    ['byte + byte', 'int'],
    ['n + byte', 'unsigned int'],
    ['-byte', 'int'],
    ['p == 0', 'int'],
    ['!p', 'int'],
    ['n << l', 'unsigned int'],
    ['p ? p : (void *)0', 'struct page *'],
    ['byte ? n : l', 'long'],
    ['(struct list *)p', 'struct list *'],
    ['((struct page){ 0 }).lru', 'struct list'],
    ['_Generic(p, struct page *: p->lru, default: 0)', 'struct list'],
    ['__builtin_choose_expr(0, n, text)', 'char *'],
    ['(n, p)', 'struct page *'],
    ['p->order + 0', 'int'],
    ['sizeof(n)', 'unsigned long'],
  ])('%s is %s', (expression, expected) => {
    expect(typeOf(expression)).toBe(expected);
  });

  it.each([
    // A value has no qualifiers: lvalue conversion takes them.
    ['(0, fixed)', 'struct page *'],
    ['1 ? fixed : fixed', 'struct page *'],
    ['fixed', 'struct page *const'],
    ['(const int)n', 'int'],
    ['kept = 1', 'int'],
    ['kept++', 'int'],
    // A member has those of its record, too.
    ['whole.n', 'const int'],
    ['&whole.n', 'const int *'],
    ['(&whole)->n', 'const int'],
  ])('%s is %s', (expression, expected) => {
    const more = '_Atomic int kept; const struct { int n; } whole;';
    expect(typeIn(`${BEFORE} ${more} typeof(${expression}) v;`, 'v')).toBe(expected);
  });

  it('a statement is that of its last expression', () => {
    expect(typeIn(`${BEFORE} __auto_type v = ({ struct page *q = p; q->lru; });`, 'v')).toBe('struct list');
    expect(typeIn(`${BEFORE} __auto_type v = ({ struct page *const q = p; q; });`, 'v')).toBe('struct page *');
  });

  it('a bit-field has no name that typeof could give', () => {
    expect(typeOf('p->order')).toBe('not declared');
  });

  it.each([
    // Arrays and functions stay what they are until an operator makes a pointer of them.
    ['name', 'char [8]'],
    ['name + 0', 'char *'],
    ['&name', 'char (*)[8]'],
    ['*name', 'char'],
    ['2[name]', 'char'],
    ['grid[1]', 'u32 [3]'],
    ['grid + 1', 'u32 (*)[3]'],
    ['&grid[1][2]', 'u32 *'],
    ['n ? name : text', 'char *'],
    ['fn', 'int (int)'],
    ['&fn', 'int (*)(int)'],
    ['*call', 'int (struct page *, int)'],
    ['(*call)(p, 1)', 'int'],
    ['"abc"', 'char [4]'],
    ['name - text', 'long'],
  ])('%s is %s, an array or a function', (expression, expected) => {
    expect(typeOf(expression)).toBe(expected);
  });

  it.each([
    ['bits.low + 1', 'int'],
    ['bits.high + 1', 'int'],
    ['bits.all + 1', 'unsigned int'],
    ['bits.sign + n', 'unsigned int'],
    ['bits.low + n', 'unsigned int'],
    ['-bits.low', 'int'],
    ['bits.low << 1', 'int'],
  ])('%s is %s: a bit-field that int holds is an int', (expression, expected) => {
    expect(typeOf(expression)).toBe(expected);
  });

  it.each([
    ['bits.low = n', 'unsigned int'],
    ['p ? 0 : p', 'struct page *'],
    ['p ? (void *)text : p', 'void *'],
    ['n, fixed', 'struct page *'],
    ['typeof_is', '?'],
    ['(typeof(p->lru))p->lru', 'struct list'],
    ['(typeof(&p->lru))text', 'struct list *'],
    ['*(typeof(grid[0]) *)text', 'u32 [3]'],
  ])('%s is %s', (expression, expected) => {
    expect(typeOf(expression)).toBe(expected);
  });

  it('what cannot be known is unknown, with the reason in the layout that rests on it', () => {
    expect(typeOf('missing')).not.toBe('int');
    expect(typeOf('p->absent')).not.toBe('int');
  });
});
