/** Records that gcc and clang refuse are unknown with a reason, whatever stands in them otherwise. */
import { describe, expect, it } from 'vitest';
import { layoutIn, layoutOf, unitOf } from '../testing/unit';

/** Why `struct s` is unknown; its size where it is not. */
function reason(text: string): string | number {
  const layout = layoutIn(text, 's');
  return layout.status === 'unknown' ? layout.reason : layout.size;
}

const check = (rows: readonly (readonly [c: string, expected: RegExp | number])[]): void => {
  it.each(rows)('%s', (text, expected) => {
    if (typeof expected === 'number') expect(reason(text)).toBe(expected);
    else expect(reason(text)).toMatch(expected);
  });
};

describe('a name that is declared twice', () => {
  check([
    ['struct t { int x; };\nstruct t { int x; };\nstruct s { char a; struct t b; };', /struct t is defined twice/],
    [
      'struct t { int x; };\nunion t { int x; };\nstruct s { char a; struct t b; };',
      /t is the tag of things of several/,
    ],
    ['struct s { int a; struct s { int x; } b; };', /struct s is defined twice/],
    ['struct t { int x; };\nstruct t;\nstruct s { char a; struct t b; };', 8],
    ['typedef int t;\ntypedef long t;\nstruct s { t a; };', /t is declared as several types/],
    ['typedef int t;\ntypedef int t;\nstruct s { t a; };', 4],
    ['typedef int t;\nint t;\nstruct s { t a; };', /t is declared as a type and as a variable/],
    ['typedef int t;\nint f(int t);\nstruct s { t a; };', 4],
    ['enum e { A, A };\nstruct s { enum e a; };', /./],
    ['enum { A = 1 };\nenum { A = 2 };\nstruct s { char a[A]; };', /A is declared twice/],
    ['enum { A = 1 };\nenum { A = 1 };\nstruct s { char a[A]; };', /A is declared twice/],
    ['enum { A = 1, A = 1 };\nstruct s { char a[A]; };', /A is declared twice/],
    ['enum { A = 1 };\nstruct t { enum { A = 2 } x; };\nstruct s { char a[A]; };', /A is declared twice/],
    ['enum { A = 1 };\nstruct t { enum { A = 2 } x; };\nstruct s { struct t b; char a[A]; };', /A is declared twice/],
    ['struct t { enum { A = 1 } x; enum { A = 2 } y; };\nstruct s { char a[A]; };', /A is declared twice/],
    ['enum { A = 1 };\nint A;\nstruct s { char a[A]; };', /A is declared twice/],
    ['enum { A = 1, B = A + 1 };\nextern int f(char (*)[A]);\nstruct s { char a[A]; char b[B]; };', 3],
    ['enum { A = 1 };\nint f(void) { enum { A = 2 }; return A; }\nstruct s { char a[A]; };', 1],
    ['enum e { A };\nenum e { B };\nstruct s { enum e a; };', /enum e is defined twice/],
    ['enum e { A };\nstruct e { int a; };\nstruct s { enum e a; };', /e is the tag of things of several kinds/],
    ['enum e;\nenum e { A };\nenum e;\nstruct s { enum e a; };', 4],
  ]);
});

describe('a variable or function that is declared twice', () => {
  check([
    ['extern int v;\nextern long v;\nstruct s { typeof(v) a; };', /v is declared with several types/],
    ['extern int v;\nextern long v;\nstruct s { char a[sizeof(v)]; };', /v is declared with several types/],
    ['extern int v;\nstruct s { typeof(v) a; };\nextern long v;', /v is declared with several types/],
    ['extern int *v;\nextern long *v;\nstruct s { typeof(*v) a; };', /v is declared with several types/],
    ['extern const int v;\nextern int v;\nstruct s { typeof(v) a; };', /v is declared with several types/],
    ['extern int v[3];\nextern int v[4];\nstruct s { char a; typeof(v) b; };', /v is declared with several types/],
    ['extern char v[4];\nenum { A = sizeof(v) };\nextern char v[8];\nstruct s { char a[A]; };', /several types/],
    ['int f(void);\nlong f(void);\nstruct s { typeof(f()) a; };', /f is declared with several types/],
    ['extern int v;\nvoid v(void);\nstruct s { typeof(v) a; };', /v is declared as a variable and as a function/],
    ['extern int v;\nextern int v;\nint v = 3;\nstruct s { typeof(v) a; };', 4],
    ['extern int v[];\nextern int v[2];\nstruct s { typeof(v) a; };', 8],
    [
      'int f(int a, const char *b);\nint f(const int x, const char *y) { return x; }\nstruct s { typeof(f(1, "")) a; };',
      4,
    ],
    ['int f(int a[3], int g(void));\nint f(int *a, int (*g)(void));\nstruct s { typeof(f(0, 0)) a; };', 4],
    ['enum e { A };\nextern enum e f(void);\nextern enum e f(void);\nstruct s { typeof(f()) a; };', 4],
    ['typedef struct { int x; } t;\nextern t v;\nextern t v;\nstruct s { typeof(v) a; };', 4],
  ]);

  it('is what each header says where they exclude one another', () => {
    const { globals } = unitOf({
      '/one.h': 'extern int v;\nstruct s { typeof(v) a; };',
      '/other.h': 'extern long v;',
      '/main.c': '#include "one.h"\n#include "other.h"\n',
    });
    expect(layoutOf(globals, 's')).toMatchObject({ status: 'exact', size: 4 });
  });
});

describe('an enum with an enumerator that is declared twice', () => {
  check([
    ['enum { A };\nstruct s { enum { A } a; };', /A is declared twice/],
    ['struct s { enum { A } a; };\nenum { A };', /A is declared twice/],
    ['struct t { int x; };\nstruct s { enum { A } a; };\nstruct u { enum { A } a; };', /A is declared twice/],
    ['enum e { A };\nenum f { A };\nstruct s { enum e a; };', /A is declared twice/],
    ['enum e { A };\nenum f { A };\nstruct s { enum f a; };', /A is declared twice/],
    ['enum e { A };\nenum f { A };\nstruct s { enum f *a; };', /A is declared twice/],
    ['enum e { A };\nint A;\nstruct s { enum e a; };', /A is declared twice/],
    ['void A(void);\nenum e { A };\nstruct s { enum e a; };', /A is declared twice/],
    ['typedef enum { A } e;\ntypedef enum { A } f;\nstruct s { e a; };', /A is declared twice/],
    ['typedef enum { A } __attribute__((mode(QI))) e;\nenum { A };\nstruct s { e a; };', /A is declared twice/],
    ['enum e { A };\nint f(int A) { enum { A } x; return A; }\nstruct s { enum e a; };', 4],
    ['enum e { A };\nextern int f(char (*)[A]), g[A];\n_Static_assert(0 == A);\nstruct s { enum e a; };', 4],
    ['enum e { A, B = A };\nenum f { C = B };\nstruct s { enum f *p; enum e a; };', 16],
  ]);

  it('is what each header says where they exclude one another', () => {
    const { globals } = unitOf({
      '/one.h': 'enum e { A };\nstruct s { enum e a; };',
      '/other.h': 'enum f { A };\nstruct t { enum f a; };',
      '/main.c': '#include "one.h"\n#include "other.h"\n',
    });
    for (const name of ['s', 't']) expect(layoutOf(globals, name)).toMatchObject({ status: 'exact', size: 4 });
  });
});

describe('a tag of things of several kinds', () => {
  check([
    ['struct t { int x; };\nstruct s { union t *p; };', /t is the tag of things of several kinds/],
    ['struct t { int x; };\nstruct s { enum t *p; };', /t is the tag of things of several kinds/],
    ['enum t { A };\nstruct s { struct t *p; };', /t is the tag of things of several kinds/],
    ['union t;\nstruct t { int x; };\nstruct s { struct t b; };', /t is the tag of things of several kinds/],
    ['struct t { int x; };\nenum t *v;\nstruct s { struct t b; };', /t is the tag of things of several kinds/],
    ['struct s { struct t *p; union t *q; };', /t is the tag of things of several kinds/],
    ['union s *f(void);\nstruct s { int x; };', /s is the tag of things of several kinds/],
    ['struct s { int x; };\nunion s *f(void);', /s is the tag of things of several kinds/],
    ['struct t { int x; };\nstruct s { int (*f)(union t *p); };', /t is the tag of things of several kinds/],
    ['struct t { int x; };\ntypedef union t u;\nstruct s { u *p; };', /t is the tag of things of several kinds/],
    ['int f(union t *p);\nstruct t { int x; };\nstruct s { struct t b; };', 4],
    ['struct t { int x; };\nint f(void) { union t { int y; } v; union t *p = &v; }\nstruct s { struct t b; };', 4],
    ['struct t { int x; };\nint f(void) { union t; union t *p; }\nstruct s { struct t b; };', 4],
    ['#if 0\nunion t *v;\n#endif\nstruct t { int x; };\nstruct s { struct t b; };', 4],
    ['#define T union t\nstruct t { int x; };\nstruct s { struct t b; };', 4],
    ['struct s { struct t *p; };\nstruct t { union u *p; };\nunion u { int x; };', 8],
  ]);
});

describe('a word that can not stand there', () => {
  check([
    ['struct s { int restrict x; };', /restrict of what is no pointer/],
    ['struct s { int (*restrict x)(void); };', /restrict of what is no pointer/],
    ['struct s { char a; int *restrict x; };', 16],
    ['typedef int *p;\nstruct s { char a; p restrict x; };', 16],
    ['struct s { char a; int b _Alignas(8); };', /_Alignas can not stand there/],
    ['struct s { char a; int * _Alignas(8) b; };', /_Alignas can not stand there/],
    ['struct s { int x asm("y"); };', /no asm label/],
    ['struct s { int b __attribute__((packed)) : 3; };', /in front of a width/],
    ['struct s { int b __attribute__((aligned(8, 16))); };', /too many arguments/],
    ['struct s { int b __attribute__((packed(1))); };', /too many arguments/],
    ['struct s { int b __attribute__((mode)); };', /lacks its argument/],
    ['struct s { int b __attribute__(aligned(8)); };', /can not be read/],
    ['struct s { _Atomic(int[3]) b; };', /_Atomic of an array/],
    ['struct s { int (*b __attribute__((aligned(16))))(void); };', /in front of a \)/],
    ['struct s { int b[static 3]; };', /are for parameters/],
    ['struct s { int b[const 3]; };', /are for parameters/],
    ['struct s { void (*b)(int x[static 3], int y[const]); };', 8],
    ['struct s { int a; } junk junk;', /no declarator: junk junk/],
    ['struct s { int a; } static const name;', 4],
    ['struct s { int a; } __attribute__((packed)) name asm("symbol");', 4],
    ['typedef void *t __attribute__((vector_size(16)));\nstruct s { t b; };', /only numbers/],
  ]);
});

describe('a static assert among members', () => {
  check([
    ['struct s { int a; _Static_assert(0, "no"); };', /a static assert among them does not hold/],
    ['struct s { int a; _Static_assert(sizeof(int) == 8, "no"); int b; };', /does not hold/],
    ['struct s { int a; _Static_assert(sizeof(int) == 4, "yes"); int b; };', 8],
    ['struct s { int a; _Static_assert(nobody == 4, "?"); int b; };', 8],
  ]);
});

describe('a word of C as a name', () => {
  check([
    ['struct s { int case; };', /a word of C is no name/],
    ['struct s { int a; int sizeof; };', /./],
    ['struct s { struct if { int x; } a; };', /a word of C is no tag/],
    ['struct s { int cases; int inline_; };', 8],
  ]);
});

describe('a type behind a pointer that can not be', () => {
  check([
    ['struct s { int (*p)[-1]; };', /the length of an array is negative/],
    ['typedef int t[-1];\nstruct s { int a; t *p; };', /the length of an array is negative/],
    ['struct s { typeof(nobody) *p; int x; };', /nobody is not declared/],
    ['struct s { typeof(nobody + 1) *p[3]; };', /./],
    ['struct s { nobody_t *p; };', /nobody_t is not declared/],
    ['struct s { nobody_t (*p)(void); };', /nobody_t is not declared/],
    ['struct s { int (*p)(int, nobody_t *); };', /nobody_t is not declared/],
    ['struct s { struct nobody *p; };', 8],
    ['struct s { struct nobody (*p)(struct nobody x); };', 8],
    ['struct s { struct nobody (*p)[2]; };', /elements of an array are incomplete/],
    ['struct s { struct nobody (*p[3])[2]; };', /elements of an array are incomplete/],
    ['struct s { union nobody (*(*p)(void))[]; };', /elements of an array are incomplete/],
    ['struct s { int (*p)(struct nobody a[2]); };', /elements of an array are incomplete/],
    ['struct s { enum nobody (*p)[2]; };', /elements of an array are incomplete/],
    ['struct s { void (*p)[2]; };', /elements of an array are incomplete/],
    ['struct s { int (*p)[2](void); };', /elements of an array are incomplete/],
    ['struct s { int (*p)[][2]; };', 8],
    ['struct s { int (*p)[2][]; };', /elements of an array are incomplete/],
    ['struct s { int (*(*p)(void))(void)[2]; };', /a function returns no array/],
    ['typedef int f(void);\nstruct s { f (*p)(void); };', /a function returns no function/],
    ['struct s { struct s (*p)[2]; };', /elements of an array are incomplete/],
    ['struct s { struct s *p; struct s *(*q)[2]; };', 16],
  ]);
});

describe('what is declared only behind its use', () => {
  check([
    ['struct s { struct t b; };\nstruct t { int x; };', /struct t is defined only behind/],
    ['struct s { struct t b[2]; };\nstruct t { int x; };', /elements of an array are incomplete/],
    ['typedef struct t t;\nstruct s { t b; };\nstruct t { int x; };', /struct t is defined only behind/],
    ['struct s { struct { struct t b; } c; };\nstruct t { int x; };', /struct t is defined only behind/],
    ['struct s { struct t (*b)[2]; };\nstruct t { int x; };', /elements of an array are incomplete/],
    ['struct s { struct t *b, *(*c)[2]; };\nstruct t { int x; };', 16],
    ['typedef struct t t;\nstruct t { int x; };\nstruct s { t b; };', 4],
    ['struct s { enum e b; };\nenum e { A };', /enum e is defined only behind/],
    ['struct s { t b; };\ntypedef int t;', /t is declared only behind/],
    ['struct s { t *b; };\ntypedef int t;', /t is declared only behind/],
    ['typedef t u;\ntypedef int t;\nstruct s { u b; };', /t is declared only behind/],
    ['struct s { char b[A]; };\nenum { A = 3 };', /A is declared only behind/],
    ['struct s { unsigned a : 3, b : A + 1; };\nenum { A = 3 };', /A is declared only behind/],
    ['enum { B = A };\nenum { A = 3 };\nstruct s { char b[B]; };', /A is declared only behind/],
    ['struct s { char b[sizeof(v)]; };\nextern int v;', /v is declared only behind/],
    ['struct s { typeof(f()) b; };\nextern int f(void);', /f is declared only behind/],
    ['extern int f(void);\nstruct s { typeof(f()) b; };\nint f(void) { return 1; }', 4],
    ['struct s { char b[sizeof(struct t)]; };\nstruct t { int x; };', /t is defined only behind/],
    ['struct s { char b[sizeof(struct t { int x; })]; };', 4],
    ['struct s { char b[__builtin_offsetof(struct t, y)]; };\nstruct t { int x, y; };', /t is defined only behind/],
    ['struct s { char b[__builtin_offsetof(struct { int x, y; }, y)]; };', 4],
    ['#define N A\nenum { A = 3 };\nstruct s { char b[N]; };', 3],
    ['#define N A\nstruct s { char b[N]; };\nenum { A = 3 };', /A is declared only behind/],
    ['#define MEMBER struct t b;\nstruct t { int x; };\nstruct s { MEMBER };', 4],
    ['#define T struct t { int x; };\nT\nstruct s { struct t b; };', 4],
    ['enum { A = 3, B = A };\nstruct s { struct { char b[B]; } c; };', 3],
    ['typedef struct s s;\nstruct s { s *b; };', 8],
    ['#define FLEX(t, n) struct { struct { } e; t n[]; }\nstruct s { int a; FLEX(struct t { int x; }, b); };', 4],
    ['typedef int t;\nstruct s { t b; };\ntypedef int t;', 4],
    ['extern int v[];\nstruct s { char b[sizeof(v[0])]; };\nint v[3];', 4],
  ]);
});

describe('what is no token of C, or stands where none can', () => {
  check([
    ['??= struct s { int a; };', /stands in front of a declaration/],
    ['@ struct s { int a; };', /stands in front of a declaration/],
    ['1 struct s { int a; };', /stands in front of a declaration/],
    [') struct s { int a; };', /stands in front of a declaration/],
    ['+ struct s { int a; };', /./],
    ['static @ struct s { int a; } x;', /@ is no token of C/],
    ['struct s { int a; } @;', /@ is no token of C/],
    ['struct s { int a; } };', /no declarator/],
    ['struct s { int a; } 1;', /no declarator/],
    ['struct s { int a; } "x";', /no declarator/],
    ['foo bar struct s { int a; };', /declaration can not be read/],
    ['foo bar;\nstruct s { int a; };', 4],
    ['struct s { int a; };\nint x = ;', 4],
    ['struct s { int a; };\n) ;', /\) stands beside it/],
    ['struct s { int a; };\n}', /\} stands beside it/],
    ['struct s { int a; };\n]', /\] stands beside it/],
    ['3;\nstruct s { int a; };', /3 stands beside it/],
    ['struct s { int a; };\nint x;\n) ;', 4],
    ['#if 0\n)\n#endif\nstruct s { int a; };', 4],
    ['struct s { int a; }', /no ; stands behind its declaration/],
    ['; struct s { int a; } *x, y[2], (*z)(void);', 4],
    ['struct t { struct s { int a; } b; };', 4],
    ['[[deprecated]] struct s { int a; };', 4],
  ]);
});

describe('a macro of the compiler that hangs on its flags', () => {
  const of = (name: string): string => `#if${name}\nstruct s { char a[3]; };\n#else\nstruct s { char a[4]; };\n#endif`;
  check([
    [of(' __FLT_EVAL_METHOD__ == 0'), /hangs on the flags/],
    [of(' __FLT_EVAL_METHOD__ + 1'), /hangs on the flags/],
    [of('def __FLT_EVAL_METHOD__'), 3],
    [of('def __VERSION__'), 3],
    ['struct s { char a[sizeof(__VERSION__)]; };', /./],
    [of('def __PIC__'), 4],
    [of('ndef __pic__'), 3],
    [of(' __PIE__ == 2'), 4],
    [of('def __DBL_DENORM_MIN__'), /hangs on the flags/],
    [of(' defined(__FLT_HAS_DENORM__)'), 3],
    [of(' defined(__FLT_RADIX__) && __FLT_RADIX__ == 2'), 3],
    [of(' defined(__FLT128_DIG__) && __FLT_RADIX__ == 2'), /hangs on the flags/],
  ]);
});

describe('a pragma inside a declaration', () => {
  check([
    ['struct s\n#pragma pack(1)\n{ char a; int b; };', /not worked out/],
    ['struct s { char a; int\n#pragma pack(1)\nb; };', /not worked out/],
    ['struct s { char a;\n#pragma pack(1)\nint b; };\n#pragma pack()', 5],
  ]);
});

describe('an operator on what it does not take', () => {
  const of = (text: string): string => `struct t { int x; };\nextern struct t v;\nstruct s { typeof(${text}) a; };`;
  check([
    [of('v + 1'), /an operator does not take such an operand/],
    [of('1 - v'), /an operator does not take such an operand/],
    [of('!v'), /an operator does not take such an operand/],
    [of('-"x"'), /an operator does not take such an operand/],
    [of('~&v'), /an operator does not take such an operand/],
    [of('!&v'), 4],
    [of('&v + 1'), 8],
    [of('-v.x'), 4],
  ]);
});

describe('a constant that is none', () => {
  check([
    ['struct s { char a[(char *)0]; };', /a pointer is no number/],
    ['struct s { char a[(char *)3 - (char *)1]; };', 2],
    ['struct s { char a[(int)0x80000000 / -1 < 0 ? 2 : 3]; };', /a division overflows/],
    ['struct s { char a[_Generic(0, int: 1, int: 2)]; };', /_Generic/],
    ['struct s { char a[_Generic((void)0, void: 1, default: 2)]; };', /_Generic of what no value has/],
    ['struct s { char a[sizeof(9223372036854775808)]; };', /too large/],
    ['struct s { char a[1lul]; };', /no integer/],
    ['struct t { int b : 3; };\nstruct s { char a[__builtin_offsetof(struct t, b)]; };', /bit-field/],
    ['enum e : unsigned char { A = 256 };\nstruct s { enum e a; };', /does not hold A/],
    ['struct s { char a[16777217 == 16777216.0f ? 2 : 3]; };', 2],
    ['static const char t[] = { "abc", "def" };\nstruct s { char a[sizeof(t)]; };', 4],
    ['struct s { char a["abc"[1] == \'b\' ? 2 : 3]; };', 2],
  ]);
});

describe('brackets of C23', () => {
  check([
    ['struct [[gnu::packed, gnu::aligned(2)]] s { char a; int b; };', 6],
    ['struct [[deprecated("x")]] s { char a; [[nodiscard]] int b; };', 8],
    ['struct [[using gnu: packed]] s { char a; int b; };', /./],
  ]);
});
