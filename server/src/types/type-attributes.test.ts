/** Vectors, modes, and what becomes of arrays and functions as parameters. */
import { describe, expect, it } from 'vitest';
import { typeIn } from '../testing/unit';

describe('an attribute', () => {
  it.each([
    ['int v __attribute__((mode(DI)))', 'long long'],
    ['unsigned int v __attribute__((mode(QI)))', 'unsigned char'],
    ['unsigned int v __attribute__((__mode__(HI)))', 'unsigned short'],
    ['int v __attribute__((mode(word)))', 'long'],
    ['int v __attribute__((mode(TI)))', '__int128'],
    ['float v __attribute__((mode(DI)))', '?'],
    ['int v __attribute__((vector_size(16)))', 'int __attribute__((vector_size(16)))'],
  ])('makes of %s a %s', (declaration, expected) => {
    expect(typeIn(`${declaration};`, 'v')).toBe(expected);
  });
});

describe('a parameter', () => {
  it.each([
    ['int v[4]', 'int *'],
    ['int v[][4]', 'int (*)[4]'],
    ['int v(char)', 'int (*)(char)'],
    ['const char *v', 'const char *'],
  ])('declared as %s is a %s', (parameter, expected) => {
    const text = `void f(${parameter}) { }`;
    const [, inside] = /^void \((.*)\)$/.exec(typeIn(text, 'f')) ?? [];
    expect(inside.replace(/\bv\b|(?<=\*)v/, '').trim()).toBe(expected);
  });
});
