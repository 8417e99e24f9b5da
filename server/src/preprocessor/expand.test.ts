/** Macro expansion, by the examples of C11 6.10.3.5 and the kernel's own tricks. */
import { describe, expect, it } from 'vitest';
import { preprocessed, unitOf } from '../testing/unit';
import { spelling } from './ptoken';

describe('macros', () => {
  it('expand as the standard shows: rescanning, self-reference, nested calls', () => {
    const text = `
    #define x 3
    #define f(a) f(x * (a))
    #undef x
    #define x 2
    #define g f
    #define z z[0]
    #define h g(~
    #define m(a) a(w)
    #define w 0,1
    #define t(a) a
    f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);
    g(x+(3,4)-w) | h 5) & m(f)^m(m);`;
    expect(preprocessed(text)).toBe(
      'f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ; ' +
        'f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & f ( 2 * ( 0 , 1 ) ) ^ m ( 0 , 1 ) ;',
    );
  });

  it('paste and make strings', () => {
    const text = `
    #define str(s) # s
    #define xstr(s) str(s)
    #define glue(a, b) a ## b
    #define xglue(a, b) glue(a, b)
    #define HIGHLOW "hello"
    #define LOW LOW ", world"
    a = xstr(glue(x, 1)) str("\\n" '\\0'); b = glue(HIGH, LOW); c = xglue(HIGH, LOW); d = glue(, y) glue(x, );`;
    expect(preprocessed(text)).toBe(`a = "x1" "\\"\\\\n\\" '\\\\0'" ; b = "hello" ; c = "hello" ", world" ; d = y x ;`);
  });

  it('know variadics of both kinds, the comma that goes, and __VA_OPT__', () => {
    const text = `
    #define a(fmt, ...) p(fmt, ##__VA_ARGS__)
    #define b(fmt, args...) p(fmt, ## args)
    #define c(fmt, ...) p(fmt __VA_OPT__(,) __VA_ARGS__)
    #define n(...) count(__VA_ARGS__)
    a(1); a(1, 2, 3); b(1); b(1, 2); c(1); c(1, 2); n(); n(x, y);`;
    expect(preprocessed(text)).toBe(
      'p ( 1 ) ; p ( 1 , 2 , 3 ) ; p ( 1 ) ; p ( 1 , 2 ) ; p ( 1 ) ; p ( 1 , 2 ) ; count ( ) ; count ( x , y ) ;',
    );
  });

  it('are not expanded again in the arguments of a call that their own text leaves open', () => {
    const text = `
    #define f(a) g(a + f(b)
    #define g(a) [a]
    f(1)); f(2); f(3);`;
    expect(preprocessed(text)).toBe('[ 1 + f ( b ) ] ; g ( 2 + f ( b ) ; g ( 3 + f ( b ) ;');
  });

  it('has the line on which its call ends, with clang', () => {
    const text = '#define L __LINE__\n#define f(x) x L\nf(\nL\n);\nL;';
    expect(preprocessed(text)).toBe('4 3 ; 6 ;');
    const clang = { '/.config': 'CONFIG_CC_IS_CLANG=y\nCONFIG_CLANG_VERSION=190107\n' };
    expect(preprocessed(text, clang)).toBe('4 5 ; 6 ;');
  });

  it.each([
    ['nothing at all', '#define d0(a)\n', (level: number) => `d${level}()`],
    ['a name that doubles', '#define d0(a) a\n', (level: number) => `d${level}(x)`],
  ])('end where they would grow without reason, to %s', (_what, first, use) => {
    let text = first;
    for (let level = 1; level <= 60; level++) text += `#define d${level}(a) d${level - 1}(a) d${level - 1}(a)\n`;
    expect(preprocessed(`${text} int before;\n${use(60)};\nint after;`)).toMatch(/^int before ;.*int after ;$/);
  });

  it.each([
    ['a line splice inside a name or an operator', 'int a\\\nb +\\\n= 1;', 'int ab += 1 ;'],
    ['a splice between a macro and its (', '#define f\\\n(x) x\nf(1);', '1 ;'],
    ['__INCLUDE_LEVEL__ in a condition', '#if __INCLUDE_LEVEL__ == 0\n__INCLUDE_LEVEL__;\n#endif', '0 ;'],
    ['__COUNTER__ in a condition', '__COUNTER__;\n#if __COUNTER__ == 1\n__COUNTER__;\n#endif', '0 ; 2 ;'],
    [
      '#pragma push_macro',
      '#define W 4\n#pragma push_macro("W")\n#undef W\n#define W 8\nW;\n#pragma pop_macro("W")\nW;',
      '8 ; 4 ;',
    ],
    [
      'push_macro as an operator',
      '#define W 4\n_Pragma("push_macro(\\"W\\")")\n#undef W\nW;\n_Pragma("pop_macro(\\"W\\")")\nW;',
      'W ; 4 ;',
    ],
    [
      'push_macro where macros bring it in',
      '#define P(m) _Pragma(S(push_macro(#m)))\n#define S(x) #x\n#define POP _Pragma("pop_macro(\\"W\\")") ;\n' +
        '#define W 4\nP(W) W;\n#undef W\n#define W 8\nW; POP W;',
      '4 ; 8 ; ; 4 ;',
    ],
    [
      'the line that #line counts from',
      '__LINE__\n#line 10\n__LINE__\n\n__LINE__\n# line 7 "a.c"\n__LINE__\n# 30 "b.c"\n__LINE__',
      '1 10 12 7 30',
    ],
    ['no call across a directive', '#define f(x) <x>\nf\n#define other\n(1);\nf\n(2);', 'f ( 1 ) ; < 2 > ;'],
    ['a last backslash, which no string keeps', '#define S(x) #x\nS(\\); S(a \\\\);', '"" ; "a \\\\" ;'],
    [
      'a name that a macro gives to __has_attribute',
      '#define P packed\n__has_attribute(P);\n#if __has_attribute(P)\nyes;\n#endif',
      '1 ; yes ;',
    ],
    ['a pasted __LINE__', '#define f(x, y) x##y\nf(\n__LI,\nNE__);', '2 ;'],
    ['the line of the outermost use', '#define L __LINE__\n#define f(x) x L\nf(\nL);\nL;', '4 3 ; 5 ;'],
    ['__has_attribute beside code', 'int a = __has_attribute(packed) + __has_attribute(no_such);', 'int a = 1 + 0 ;'],
    ['raw arguments behind , ##', '#define f(...) , ## __VA_ARGS__\nf(f(a));', ', f ( a ) ;'],
    [
      'the blank in front of a macro that comes to nothing',
      '#define S(x) #x\n#define X(x) S(x)\n#define E\nX(a E+ b E);',
      '"a + b" ;',
    ],
    [
      'the blanks of arguments that begin with a macro which comes to nothing',
      '#define S(...) #__VA_ARGS__\n#define X(...) S(__VA_ARGS__)\n#define E\n#define I(x) x\n#define P(x, y) X([x]y)\n' +
        'P(E a, E b); P(I(E a), I( E)[1]); P( E[1], E E c);',
      '"[ a] b" ; "[ a][1]" ; "[[1]] c" ;',
    ],
    [
      'the blank behind a comma in front of ##, which a parameter or name in its place takes along where it leads an argument',
      '#define S(...) #__VA_ARGS__\n#define X(...) S(__VA_ARGS__)\n#define V(p, ...) p , ## __VA_ARGS__\n' +
        '#define W(p) V(1, p 2)\n#define B  b\n#define U V(1, B 2)\n#define C(x) V(1, #x)\n#define G(x, y) V(1, x ## y)\n' +
        'X(W(b)); X(W( b)); X(V(1, b)); X(V(1,b)); X(U); X(C(a)); X(G(a, b)); X(W(B)); X(W( B c)); X(V(1,\nb)); X(W(__LINE__));',
      '"1 ,b 2" ; "1 , b 2" ; "1 , b" ; "1 ,b" ; "1 , b 2" ; "1 ,\\"a\\"" ; "1 ,ab" ; "1 ,b 2" ; "1 ,b c 2" ; "1 , b" ; "1 ,10 2" ;',
    ],
    [
      'the blank in front of a __VA_OPT__ that comes to nothing, where the comma behind it goes as well',
      '#define S(...) #__VA_ARGS__\n#define X(...) S(__VA_ARGS__)\n#define f(p, more...) x __VA_OPT__(b) , ## more\n' +
        '#define g(p, more...) x , ## more\nX((f(1))); X((g(1)));',
      '"(x )" ; "(x)" ;',
    ],
    [
      'an empty argument at the start of __VA_OPT__',
      '#define f(x, ...) a ## __VA_OPT__(x b)\nf(, 1); f(c, 1);',
      'a b ; ac b ;',
    ],
  ])('know %s', (_what, text, expected) => {
    expect(preprocessed(text)).toBe(expected);
  });

  it.each([
    ['0xffffffffffffffff > 0', true],
    ["'\\xff' > 0", true],
    ["L'\\xff' > 0 && L'\\xffffffff' < 0 && U'\\xffffffff' > 0 && u'a' == 97", true],
    // Before C23 it is a name like others.
    ['true', false],
    ["-1 < 'a'", false],
    ["-1 < 'ab'", true],
    ['1 << -1', false],
    ['4 >> -1 == 8', true],
    ['1 ? (0, 2) : 0', true],
    ['__has_include(<stddef.h>) && !__has_include("nothere.h")', true],
    ['defined _Pragma && defined __has_include_next', true],
    ['__has_c_attribute(fallthrough) == 201904 && __has_attribute(__packed__)', true],
    ['__has_builtin(__builtin_expect) && !__has_builtin(__builtin_nothing_such)', true],
    ['defined unix && defined __ATOMIC_RELAXED && defined __SEG_GS && !defined __has_feature', true],
    ['__has_builtin(nothing_such) || __has_attribute(nothing_such)', false],
    ['__LINE__ == 1', true],
  ])('in the condition %s', (condition, holds) => {
    expect(preprocessed(`#if ${condition}\nyes;\n#else\nno;\n#endif`)).toBe(holds ? 'yes ;' : 'no ;');
  });

  it('count from 0 in each unit', () => {
    const text = `
    #define glue(a, b) a ## b
    #define xglue(a, b) glue(a, b)
    #define unique(name) xglue(name, __COUNTER__)
    unique(a); unique(a); __COUNTER__;`;
    expect(preprocessed(text)).toBe('a0 ; a1 ; 2 ;');
    expect(preprocessed(text)).toBe('a0 ; a1 ; 2 ;');
  });

  it('of two units that are read in turn do not affect each other', () => {
    const counting = '__COUNTER__; __COUNTER__; __COUNTER__;';
    const [one, other] = [unitOf({ '/main.c': counting }), unitOf({ '/main.c': counting })];
    const item = ({ globals }: typeof one, index: number): string => {
      const { reading, table } = globals.tables[0];
      return globals.tokensOf(reading, table.items[index]).map(spelling).join(' ');
    };
    expect([item(one, 0), item(other, 0), item(one, 1), item(other, 1), item(one, 2)]).toEqual([
      '0 ;',
      '0 ;',
      '1 ;',
      '1 ;',
      '2 ;',
    ]);
  });

  it('are not limited by a macro that ran away in another unit', () => {
    // Takes more than what is left to a unit in which one ran away, and less than what others have.
    let long = '#define d0(a) a\n';
    for (let level = 1; level <= 14; level++) long += `#define d${level}(a) d${level - 1}(a) d${level - 1}(a)\n`;
    const sound = unitOf({ '/main.c': `${long} d14(x);` });
    const endless = unitOf({ '/main.c': `${long}#define d15(a) d14(d14(d14(a)))\n d15(x); d14(x);` });
    const lengthOf = ({ globals }: typeof sound, index: number): number => {
      const { reading, table } = globals.tables[0];
      return globals.tokensOf(reading, table.items[index]).length;
    };
    expect([lengthOf(endless, 0), lengthOf(sound, 0), lengthOf(endless, 1)]).toEqual([0, 2 ** 14 + 1, 0]);
  });

  it('decide IS_ENABLED as kconfig.h does', () => {
    const text = `
    #define CONFIG_ON 1
    #define __ARG_PLACEHOLDER_1 0,
    #define __take_second_arg(__ignored, val, ...) val
    #define ____is_defined(arg1_or_junk) __take_second_arg(arg1_or_junk 1, 0)
    #define ___is_defined(val) ____is_defined(__ARG_PLACEHOLDER_##val)
    #define __is_defined(x) ___is_defined(x)
    int on = __is_defined(CONFIG_ON), off = __is_defined(CONFIG_OFF);
    #if __is_defined(CONFIG_ON) && !__is_defined(CONFIG_OFF)
    int yes;
    #endif`;
    expect(preprocessed(text)).toBe('int on = 1 , off = 0 ; int yes ;');
  });

  it('stand as they stood where they are used', () => {
    const text = `
    #define M(x) first_##x
    M(a);
    #undef M
    #define M(x) second_##x
    M(b);
    #undef M
    M(c);`;
    expect(preprocessed(text)).toBe('first_a ; second_b ; M ( c ) ;');
  });

  it('end, however often they name themselves', () => {
    const grow = Array.from({ length: 40 }, (_, at) => `#define m${at} m${at + 1} m${at + 1} m${at + 1}`).join('\n');
    expect(preprocessed(`${grow}\nint before;\nm0;\nint after;`)).toContain('int after ;');
  }, 30_000);
});
