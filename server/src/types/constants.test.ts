/** Constant expressions as C evaluates them, with the types that they have; read through the length of an array. */
import { describe, expect, it } from 'vitest';
import { typeIn } from '../testing/unit';

const BEFORE =
  'enum { A = 3, B, C = 1 << B }; struct s { char c; long l[4]; struct { int in; }; }; int v; long double ld;';

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
  ])('%s is %d', (expression, expected) => {
    expect(value(expression)).toBe(String(expected));
  });

  it.each(['v', 'missing', '1 << 200', 'ld ? 1 : 2'])('%s has no value, and so no length', (expression) => {
    expect(value(expression)).not.toMatch(/^\d+$/);
  });
});
