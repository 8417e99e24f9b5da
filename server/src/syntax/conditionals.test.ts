import { describe, expect, it } from 'vitest';
import { type Decide, liveTokens } from './conditionals';
import { lex } from './lexer';
import { tokenText } from './tokens';

/** The tokens that stay, joined by blanks. */
function kept(text: string, decide?: Decide): string {
  const tokens = lex(text);
  return Array.from(liveTokens(tokens, decide), (token) => tokenText(tokens, token)).join(' ');
}

describe('groups whose branches are whole keep them all', () => {
  it.each([
    ['statements', 'f() { a;\n#ifdef X\nb;\n#else\nc;\n#endif\nd; }', 'f ( ) { a ; b ; c ; d ; }'],
    ['functions', '#ifdef X\nint f(void) { }\n#else\nint f(void);\n#endif\n', 'int f ( void ) { } int f ( void ) ;'],
    ['members', 'struct a {\n#ifdef X\nint b;\n#endif\nint c;\n};', 'struct a { int b ; int c ; } ;'],
    ['blocks', 'f() { a;\n#if X\n{ b; }\n#endif\n}', 'f ( ) { a ; { b ; } }'],
    [
      'cases',
      'f() { switch (x) { case 1:\n#ifdef X\ncase 2:\n#endif\na; } }',
      'f ( ) { switch ( x ) { case 1 : case 2 : a ; } }',
    ],
    ['enumerators', 'enum e { A,\n#ifdef X\nB,\n#else\nC,\n#endif\nD };', 'enum e { A , B , C , D } ;'],
    ['elements', 'int a[] = {\n#ifdef X\n{ 1 },\n#endif\n{ 2 } };', 'int a [ ] = { { 1 } , { 2 } } ;'],
    ['the last element', 'int a[] = { 1,\n#ifdef X\n2\n#endif\n};', 'int a [ ] = { 1 , 2 } ;'],
    [
      'macros on lines of their own',
      'FLAG(a)\n#ifdef X\nFLAG(b)\n#else\nFLAG(c)\n#endif\nint d;',
      'FLAG ( a ) FLAG ( b ) FLAG ( c ) int d ;',
    ],
  ])('%s', (_what, text, expected) => {
    expect(kept(text)).toBe(expected);
  });
});

describe('groups that cut a construct keep one branch', () => {
  it.each([
    ['a function head', '#ifdef X\nint f(int a)\n#else\nint f(void)\n#endif\n{ }', 'int f ( int a ) { }'],
    ['an open block', 'f() {\n#ifdef X\nif (a) {\n#else\nif (b) {\n#endif\nc; } }', 'f ( ) { if ( a ) { c ; } }'],
    ['a condition', 'f() { if (a\n#ifdef X\n&& b\n#else\n&& c\n#endif\n) d; }', 'f ( ) { if ( a && b ) d ; }'],
    ['an else', 'f() { if (a) b;\n#ifdef X\nelse c;\n#else\nelse d;\n#endif\n}', 'f ( ) { if ( a ) b ; else c ; }'],
    ['arguments', 'f(a,\n#ifdef X\nb\n#else\nc\n#endif\n);', 'f ( a , b ) ;'],
    ['a statement after a header', 'f() { if (a)\n#ifdef X\nb;\n#else\nc;\n#endif\n}', 'f ( ) { if ( a ) b ; }'],
    ['a block over a branch end', 'f() {\n#ifdef X\n} else {\n#endif\n}', 'f ( ) { } else { }'],
  ])('%s', (_what, text, expected) => {
    expect(kept(text)).toBe(expected);
  });

  const OPENED_TWICE = 'f() {\n#ifndef X\nif (a) {\n#endif\nb;\n#ifdef X\n#else\n}\n#endif\n}';

  it('which is the same one for the same condition', () => {
    expect(kept(OPENED_TWICE)).toBe('f ( ) { if ( a ) { b ; } }');
  });

  it('which is the active one where that is known', () => {
    const decide: Decide = (directive) => directive.name === 'ifdef';
    expect(kept(OPENED_TWICE, decide)).toBe('f ( ) { b ; }');
    expect(kept('f(\n#if A\n1\n#elif B\n2\n#else\n3\n#endif\n);', () => false)).toBe('f ( 3 ) ;');
  });
});

describe('code that no C compilation sees', () => {
  it.each([
    ["#if 0\nprose, it's\n#endif\nint a;", 'int a ;'],
    ['#if 0\nno\n#else\nint a;\n#endif', 'int a ;'],
    ['#if 1\nint a;\n#else\nint b;\n#endif', 'int a ;'],
    ['#ifdef __ASSEMBLY__\n.macro x\n#else\nint a;\n#endif', 'int a ;'],
    ['#ifndef __ASSEMBLY__\nint a;\n#else\n.macro x\n#endif', 'int a ;'],
    ['#if defined(__KERNEL__) && !defined(__ASSEMBLY__)\nint a;\n#endif', 'int a ;'],
    ['#if defined(__ASSEMBLER__) || 0\n.macro x\n#endif\nint a;', 'int a ;'],
    ['#ifdef __cplusplus\nextern "C" {\n#endif\nint a;', 'int a ;'],
  ])('%j', (text, expected) => {
    expect(kept(text)).toBe(expected);
  });
});

describe('half-typed directives', () => {
  it.each([
    ['#if X\nint a;', 'int a ;'],
    ['int a;\n#endif\nint b;', 'int a ; int b ;'],
    ['#else\nint a;', 'int a ;'],
    ['#if\nint a;\n#endif', 'int a ;'],
    ['#if (\nint a;\n#endif', 'int a ;'],
  ])('%j', (text, expected) => {
    expect(kept(text)).toBe(expected);
  });

  it('nest as deep as they like', () => {
    const deep = 5000;
    expect(kept(`${'#if X\n'.repeat(deep)}int a;\n${'#endif\n'.repeat(deep)}`)).toBe('int a ;');
  });
});
