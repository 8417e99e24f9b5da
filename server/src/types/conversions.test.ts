/** Promotions, the usual arithmetic conversions, and which types are compatible; gcc gives the same answers. */
import { describe, expect, it } from 'vitest';
import { layoutOracle } from '../layout/oracle';
import { target } from '../layout/target';
import { numberValue } from '../preprocessor/numbers';
import { typeIn } from '../testing/unit';
import { arithmetic, constantType } from './conversions';
import { type IntegerName, integer } from './model';
import { typeName } from './typename';

const BEFORE = `
  enum small { A, B }; enum wide { W = 1LL << 40 };
  typedef unsigned int u32; typedef const u32 fixed;
  struct one { int x; }; struct other { int x; };
  _Bool flag; char c; unsigned char uc; unsigned short us; int i; unsigned int u; u32 v; enum small e; enum wide w;
  long l; unsigned long ul; long long ll; unsigned long long ull; __int128 big; float f; double d;
`;

const typeOf = (expression: string): string => typeIn(`${BEFORE} typeof(${expression}) v1;`, 'v1');

describe('what two operands come to', () => {
  it.each([
    // Smaller than int: int, signed or not.
    ['c + c', 'int'],
    ['uc + us', 'int'],
    ['flag + flag', 'int'],
    ['-us', 'int'],
    // Of one rank the unsigned one wins; a wider signed one takes in an unsigned one.
    ['u + i', 'unsigned int'],
    ['v + i', 'unsigned int'],
    ['l + u', 'long'],
    ['l + ul', 'unsigned long'],
    ['ll + ul', 'unsigned long long'],
    ['ll + u', 'long long'],
    ['big + ull', '__int128'],
    // Enums are the integers that hold them.
    ['e + i', 'unsigned int'],
    // A float takes in any integer, a double any float.
    ['i + f', 'float'],
    ['f + d', 'double'],
    // A shift has the type of its left operand alone.
    ['u << l', 'unsigned int'],
    ['c << ul', 'int'],
  ])('%s is %s', (expression, expected) => {
    expect(typeOf(expression)).toBe(expected);
  });

  it('rests on the width of long', () => {
    const sum = (name: 'x86_64' | 'i386'): string =>
      typeName(arithmetic(integer('long'), integer('unsigned int'), layoutOracle(target(name, 'gcc'))));
    expect([sum('x86_64'), sum('i386')]).toEqual(['long', 'unsigned long']);
  });
});

describe('an integer constant', () => {
  it.each([
    ['1', 'int', 'int'],
    ['2147483647', 'int', 'int'],
    ['2147483648', 'long', 'long long'],
    ['0x80000000', 'unsigned int', 'unsigned int'],
    ['0x100000000', 'long', 'long long'],
    ['0xffffffffffffffff', 'unsigned long', 'unsigned long long'],
    ['1u', 'unsigned int', 'unsigned int'],
    ['1l', 'long', 'long'],
    ['1ull', 'unsigned long long', 'unsigned long long'],
  ])('%s is %s where long has 64 bits, %s where it has 32', (text, wide, narrow) => {
    const typeAt = (name: 'x86_64' | 'i386'): string =>
      typeName(constantType(numberValue(text)!, layoutOracle(target(name, 'gcc'))));
    expect([typeAt('x86_64'), typeAt('i386')]).toEqual([wide, narrow]);
  });
});

describe('two types', () => {
  const compare = (left: string, right: string): string =>
    typeIn(`${BEFORE} char v1[__builtin_types_compatible_p(${left}, ${right}) + 1];`, 'v1');

  it.each<[IntegerName | string, string]>([
    ['u32', 'unsigned int'],
    ['fixed', 'unsigned int'],
    ['unsigned long int', 'long unsigned'],
    ['enum small', 'unsigned int'],
    ['struct one', 'struct one'],
    ['int (*)(char, u32)', 'int (*)(char, unsigned int)'],
    ['int [3]', 'int [3]'],
  ])('%s and %s are compatible', (left, right) => {
    expect(compare(left, right)).toBe('char [2]');
  });

  it.each([
    ['int', 'unsigned int'],
    ['long', 'long long'],
    ['char', 'signed char'],
    ['struct one', 'struct other'],
    ['enum small', 'enum wide'],
    ['int *', 'const int *'],
    ['void *', 'int *'],
    ['int (*)(char)', 'int (*)(char, int)'],
    ['int', 'int *'],
  ])('%s and %s are not', (left, right) => {
    expect(compare(left, right)).toBe('char [1]');
  });
});
