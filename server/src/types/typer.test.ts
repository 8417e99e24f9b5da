/** The type of an expression (C11 6.5), as typeof gives it. */
import { describe, expect, it } from 'vitest';
import { typeIn } from '../testing/unit';

const BEFORE = `
  struct list { struct list *next, *prev; };
  struct page { unsigned long flags; union { struct list lru; void *mapping; }; unsigned char order : 4; } page, *p, pages[8];
  typedef unsigned int u32;
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
    ['({ struct page *q = p; q->lru; })', 'struct list'],
    ['_Generic(p, struct page *: p->lru, default: 0)', 'struct list'],
    ['__builtin_choose_expr(0, n, text)', 'char *'],
    ['(n, p)', 'struct page *'],
    ['p->order', 'unsigned char'],
    ['sizeof(n)', 'unsigned long'],
  ])('%s is %s', (expression, expected) => {
    expect(typeOf(expression)).toBe(expected);
  });

  it('what cannot be known is unknown, with the reason in the layout that rests on it', () => {
    expect(typeOf('missing')).not.toBe('int');
    expect(typeOf('p->absent')).not.toBe('int');
  });
});
