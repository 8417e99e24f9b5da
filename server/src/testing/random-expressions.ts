/** Random integer constant expressions of C, with every operator and width, for the comparison with compilers. */
import type { RandomNumbers } from './random-numbers';

const CASTS = [
  ...['char', 'signed char', 'unsigned char', 'short', 'unsigned short', 'int', 'unsigned', 'long', 'unsigned long'],
  ...['long long', 'unsigned long long', '_Bool', 'enum small', 'enum big', 'enum neg'],
];
const LITERALS = [
  ...['0', '1', '2', '7', '0x7f', '0x80', '0xff', '255u', '0x7fff', '32768', '0xffff', '0x7fffffff', '2147483648'],
  ...[
    '0x80000000',
    '0xffffffff',
    '4294967296',
    '1l',
    '3ul',
    '5ll',
    '0xffffffffffffffffull',
    '0x8000000000000000',
    '010',
  ],
  ..."'a' '\\xff' '\\0' '\\377' 'ab' L'x' u'\\xffff' U'y'".split(' '),
  ...['S0', 'B0', 'N0', 'N1', 'sizeof(int)', 'sizeof(long)', 'sizeof(void *)', '_Alignof(short)'],
];
const BINARY = ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '<', '>', '<=', '>=', '==', '!=', '&&', '||'];
const UNARY = ['-', '~', '!', '+'];
const CALLS = ['__builtin_ffs', '__builtin_popcountll', '__builtin_parity', '__builtin_bswap32', '__builtin_bswap64'];

/** What the expressions may name. */
export const PREAMBLE = 'enum small { S0 = 3 }; enum big { B0 = 0xfffffff0u }; enum neg { N0 = -5, N1 = 9 };';

/** An expression of at most a depth. Much of what is made divides by zero or shifts too far: it has no value then. */
export function randomExpression(random: RandomNumbers, depth: number): string {
  const part = (): string => randomExpression(random, depth - 1 - random.below(2));
  if (depth <= 0) return random.pick(LITERALS);
  const kind = random.below(100);
  if (kind < 45) {
    const operator = random.pick(BINARY);
    // Most shifts by a random value are none that C defines.
    const isShift = operator === '<<' || operator === '>>';
    return `(${part()} ${operator} ${isShift && random.chance(80) ? random.below(31) : part()})`;
  }
  if (kind < 60) return `(${random.pick(UNARY)}${part()})`;
  if (kind < 75) return `((${random.pick(CASTS)})${part()})`;
  if (kind < 83) return `(${part()} ? ${part()} : ${part()})`;
  if (kind < 86) return `(${part()} ?: ${part()})`;
  if (kind < 89) return `sizeof(${part()})`;
  if (kind < 92) return `__builtin_choose_expr(${random.below(2)}, ${part()}, ${part()})`;
  if (kind < 94) return `((int)(${random.below(9)}.5 * ${random.below(4)}))`;
  if (kind < 97) return `${random.pick(CALLS)}(${part()})`;
  return `_Generic(${part()}, int: ${part()}, unsigned: 3, long: 4, default: ${part()})`;
}
