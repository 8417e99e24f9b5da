/** Types read from declarations and written again as C writes them. */
import { describe, expect, it } from 'vitest';
import { typeIn } from '../testing/unit';

const BEFORE = 'struct page { long flags; }; typedef unsigned int u32; typedef int call_t(struct page *);';

describe('a declaration', () => {
  it.each([
    ['struct page *v', 'struct page *'],
    ['struct page *v[4]', 'struct page *[4]'],
    ['struct page (*v)[4]', 'struct page (*)[4]'],
    ['int (*v)(struct page *page, ...)', 'int (*)(struct page *page, ...)'],
    ['int (*v[2])(void)', 'int (*[2])(void)'],
    ['void (*v(int n))(char)', 'void (*(int n))(char)'],
    ['const char *v', 'const char *'],
    ['char *const v = 0', 'char *const'],
    ['u32 v', 'u32'],
    ['call_t *v', 'call_t *'],
    ['unsigned long int long v', 'unsigned long long'],
    ['short int unsigned v', 'unsigned short'],
    ['int v[] = { 1, 2, 3 }', 'int [3]'],
    ['char v[] = "four"', 'char [5]'],
    ['struct { int x; } v', 'struct {…}'],
    ['enum { A, B } v', 'enum {…}'],
    ['typeof(struct page) v', 'struct page'],
    ['__auto_type v = 1ul', 'unsigned long'],
  ])('of %s has the type %s', (declaration, expected) => {
    expect(typeIn(`${BEFORE} ${declaration};`, 'v')).toBe(expected);
  });
});
