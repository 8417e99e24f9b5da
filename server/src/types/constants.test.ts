/** Constant expressions as C evaluates them, with the types that they have; read through the length of an array. */
import { describe, expect, it } from 'vitest';
import { typeIn } from '../testing/unit';

const BEFORE =
  'enum { A = 3, B, C = 1 << B }; struct s { char c; long l[4]; struct { int in; }; }; int v; long double ld;' +
  'typedef unsigned int row[3]; row grid[4]; char name[8]; enum wide { W = 1LL << 40 };' +
  'struct bits { unsigned int low : 3, high : 29; unsigned long whole : 40; _Bool flag : 1; int sign : 5; };' +
  'struct box { char c; union { struct { short s; long l; } in; int number; }; row rows[2]; struct bits bits; int last[]; } *p;';

/** The value of an expression, as the length of an array has it, or why there is none. */
function value(expression: string): string {
  return typeIn(`${BEFORE} char array[${expression}];`, 'array').replace(/^char \[(.*)\]$/, '$1');
}

describe('a constant expression', () => {
  it.each([
    ['A + B * C', 67],
    ['sizeof(struct s)', 48],
    ['__builtin_offsetof(struct s, l[2])', 24],
    ['__builtin_offsetof(struct s, in)', 40],
    ['(unsigned long)&((struct s *)0)->l', 8],
    ['(unsigned char)-1', 255],
    ['(-1 < 0u) + 1', 1],
    ['-1 < 0 ? 2 : 3', 2],
    ['5 ?: 7', 5],
    ['1 ? 4 : v', 4],
    ['0 && v ? 1 : 6', 6],
    ['~0u >> 28', 15],
    ['__builtin_choose_expr(1, 2, v)', 2],
    ['_Generic((char)1, char: 1, int: 2, default: 3)', 1],
    ['_Generic(1L, int: 1, default: 3)', 3],
    // A comma makes no integer constant expression, and so no null pointer constant.
    ['_Generic(1 ? (void *)((long)A * 0L) : (int *)1, int *: 1, void *: 2)', 1],
    ['_Generic(1 ? (void *)((long)(A, A) * 0L) : (int *)1, int *: 1, void *: 2)', 2],
    ['_Generic(1 ? (void *)0 : (int *)1, int *: 1, void *: 2)', 1],
    // Nor does an object, or a pointer, whose value does not count.
    ['_Generic(1 ? (void *)((long)(1 ? 0 : v) * 0L) : (int *)1, int *: 1, void *: 2)', 2],
    ['_Generic(1 ? (void *)((long)(void *)0 * 0L) : (int *)1, int *: 1, void *: 2)', 2],
    ['(int)0x1.8p3 + (int)0x.8p4f', 20],
    ['_Generic(1 ? (void *)&v : (const int *)1, const void *: 1, void *: 2)', 1],
    ['_Generic(1 ? (const int *)1 : (volatile int *)1, const volatile int *: 1, default: 2)', 1],
    ['__builtin_types_compatible_p(int, signed) + 1', 2],
    ['__builtin_types_compatible_p(const int, int) + 1', 2],
    ['__builtin_types_compatible_p(int *, const int *) + 1', 1],
    ['sizeof((char)1 + (char)1)', 4],
    ['sizeof(1 ? 1L : 1)', 8],
    ['sizeof("four") - 1', 4],
    ['sizeof("\\r\\x41\\101\\\\" "\\u00e9") - 1', 6],
    ['sizeof(enum { SMALL } __attribute__((mode(byte))))', 1],
    ['sizeof(enum { NEGATIVE = -1 } __attribute__((__mode__(__HI__))))', 2],
    ['!!sizeof(struct { int z[A]; })', 1],
    // Within its enum a value past int has the type of its expression, behind it the enum's.
    [
      'sizeof(enum { HIGH = 1ULL << 31, TWICE = HIGH << 1, WIDTH = sizeof(HIGH), UNSIGNED = 1U << 31, FOUR = sizeof(UNSIGNED) }) + WIDTH + FOUR',
      20,
    ],
    ['sizeof(enum { TOP = 1U << 31, NEXT, OVER = (NEXT << 1) + 2 }) + OVER', 8],
  ])('%s is %d', (expression, expected) => {
    expect(value(expression)).toBe(String(expected));
  });

  it.each([
    // The kernel's plain char is unsigned.
    ['(char)200', 200],
    ['(unsigned char)-1', 255],
    ['(unsigned short)65537', 1],
    ['-(short)32768', 32768],
    ['-(int)0xffffffff', 1],
    ['(unsigned int)-1 == -1', 1],
    ['(unsigned char)255 == (char)-1', 1],
    ['(-1L < 0u) + 1', 2],
    ['(_Bool)256', 1],
    ['0xffffffff + 1 ? 1 : 2', 2],
    ['0xffffffffL + 1', 4294967296],
    ['1u << 31 >> 31', 1],
    ['-(-8 >> 1)', 4],
    ['-(-7 / 2)', 3],
    ['-(-7 % 3)', 1],
    ['(unsigned int)-7 / 2', 2147483644],
    ['~0UL == -1', 1],
    ["'\\n'", 10],
    ["'\\xff'", 255],
    ['(1 ? -1 : 0u) > 0', 1],
    ['sizeof(0 ? (char)1 : 1L)', 8],
    ['0 ? 1 / 0 : 3', 3],
    ['W >> 40', 1],
    ['5 & 6 | 8 ^ 1', 13],
    ['__builtin_clz(1)', 31],
    ['__builtin_ctzl(8)', 3],
    ['__builtin_popcountll(255)', 8],
    ['__builtin_constant_p(A) + __builtin_constant_p(v)', 1],
  ])('%s is %d at the widths of its types', (expression, expected) => {
    expect(value(expression)).toBe(String(expected));
  });

  it.each([
    ['sizeof(struct bits)', 16],
    ['sizeof(struct box)', 64],
    ['sizeof(*p)', 64],
    ['sizeof(p->rows)', 24],
    ['sizeof(grid) / sizeof(grid[0])', 4],
    ['sizeof(name + 0)', 8],
    ['sizeof("ab" "c")', 4],
    ['sizeof("\\n\\x41\\101")', 4],
    ['sizeof("\\x4" "1")', 3],
    ['sizeof("\\u20ac")', 4],
    ['sizeof(enum wide)', 8],
    ['_Alignof(struct box)', 8],
    ['__builtin_offsetof(struct box, number)', 8],
    ['__builtin_offsetof(struct box, in.l)', 16],
    ['__builtin_offsetof(struct box, rows[1][2])', 44],
    ['__builtin_offsetof(struct box, last)', 64],
  ])('%s is %d, by the layout', (expression, expected) => {
    expect(value(expression)).toBe(String(expected));
  });

  it.each([
    '__builtin_offsetof(struct s, gone)',
    'sizeof(struct gone)',
    'sizeof(p->last)',
    'A / 0',
    '__builtin_clz(0)',
  ])('%s is not known', (expression) => {
    expect(value(expression)).not.toMatch(/^\d+$/);
  });

  it.each(['v', 'missing', '1 << 200', 'ld ? 1 : 2'])('%s has no value, and so no length', (expression) => {
    expect(value(expression)).not.toMatch(/^\d+$/);
  });
});
