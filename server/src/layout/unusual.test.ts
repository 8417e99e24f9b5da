/** Layouts of C that kernels hardly use, as gcc and clang for x86_64 have them: tools/layout-probes.mjs compares many more. */
import { describe, expect, it } from 'vitest';
import { UnitGlobals } from '../parser/globals';
import { layoutIn, layoutOf, unitOf } from '../testing/unit';
import { layoutOracle } from './oracle';
import { sizeOf } from './record';
import { target } from './target';

/** `name@offset` in bytes, then the size and alignment of `struct s`; or why it is unknown. */
function shape(text: string): string {
  const layout = layoutIn(text, 's');
  if (layout.status === 'unknown') return `unknown: ${layout.reason}`;
  const fields = layout.fields.map((field) => `${field.name ?? '_'}@${field.offsetBits / 8}`);
  return `${fields.join(' ')} = ${layout.size} align ${layout.align}`;
}

const check = (rows: readonly (readonly [c: string, expected: string])[]): void => {
  it.each(rows)('%s', (text, expected) => {
    expect(shape(text)).toBe(expected);
  });
};

describe('an attribute', () => {
  check([
    ['struct s { char a; char * __attribute__((aligned(16))) p; char b; };', 'a@0 p@16 b@24 = 32 align 16'],
    // Packed is no attribute of a pointer type for gcc.
    ['struct s { char a; int * __attribute__((packed)) p; };', 'a@0 p@8 = 16 align 8'],
    ['struct s { char a; int x, __attribute__((aligned(8))) y, z; };', 'a@0 x@4 y@8 z@12 = 16 align 8'],
    ['enum e { A }; struct s { char a; enum e __attribute__((aligned(8))) m : 5; };', 'a@0 m@8 = 16 align 8'],
    // Between the keyword and the tag of what is not defined there it is nobody's.
    ['struct i { char c; int d; }; struct s { char a; struct __attribute__((packed)) i m; };', 'a@0 m@4 = 12 align 4'],
    ['struct s { char a; __attribute__((aligned(16))) struct { char c; }; };', 'a@0 _@1 = 2 align 1'],
    ['#define M __attribute__((aligned(16)))\ntypedef int t M;\nstruct s { char a; t m; };', 'a@0 m@16 = 32 align 16'],
    ['struct s { char a; __typeof__(int) __attribute__((aligned(16))) m; };', 'a@0 m@16 = 32 align 16'],
    ['struct s { char a[_Alignof(int __attribute__((aligned(16))))]; };', 'a@0 = 16 align 1'],
    ['struct s { char a; int v[3] __attribute__((vector_size(16))); };', 'a@0 v@16 = 64 align 16'],
    ['struct s { char a; int *v __attribute__((vector_size(16))); };', 'a@0 v@8 = 16 align 8'],
    ['struct [[gnu::packed]] s { char a; [[deprecated]] int b; };', 'a@0 b@1 = 5 align 1'],
    ['struct s { char a; alignas(long) char b; };', 'a@0 b@8 = 16 align 8'],
    [
      'struct s { char a; _Alignas(1) int b; };',
      'unknown: member b: the alignment that is asked for is unknown: _Alignas (1) is less than its type has',
    ],
    [
      'struct s { char a; unsigned __attribute__((aligned(4))) char b; long _Alignas(16) int c; };',
      'a@0 b@4 c@16 = 32 align 16',
    ],
    // Behind the brace _Alignas and _Atomic are of what is declared.
    ['struct s { char a; struct { char c; } _Alignas(16) b; };', 'a@0 b@16 = 32 align 16'],
    ['struct s { char a; union { char b[8]; short c; } _Atomic d; };', 'a@0 d@8 = 16 align 8'],
    ['typedef char t; struct s { t (a); long b; t (c)[3], (*d); };', 'a@0 b@8 c@16 d@24 = 32 align 8'],
    // No compiler takes those of a bit-field.
    [
      'struct s { int __attribute__((mode(QI))) b : 3; };',
      'unknown: a member can\'t be parsed: a bit-field has no mode and no _Alignas before "b"',
    ],
    [
      'struct s { _Alignas(8) int b : 3; };',
      'unknown: a member can\'t be parsed: a bit-field has no mode and no _Alignas before "b"',
    ],
  ]);

  it('in front of a tag that is defined later is of the record for clang, and of nothing for gcc', () => {
    const text =
      'struct __attribute__((packed)) a; struct a { char c; int d; };' +
      'struct __attribute__((aligned(16))) b *p; struct b { char c; int d; };' +
      'struct c { char c; int d; }; struct __attribute__((packed)) c;' +
      'enum __attribute__((packed)) e; enum e { A }; struct d { enum e e; };';
    const { tree, unit } = unitOf({ '/main.c': text });
    const sizes = (compiler: 'gcc' | 'clang'): unknown[] => {
      const on = target('x86_64', compiler);
      const globals = new UnitGlobals(unit, tree, layoutOracle(on));
      return ['a', 'b', 'c', 'd'].map((tag) => sizeOf({ kind: 'record', record: globals.record('struct', tag) }, on));
    };
    expect(sizes('clang')).toEqual([5, 16, 8, 1]);
    expect(sizes('gcc')).toEqual([8, 8, 8, 4]);
  });
});

describe('__alignof__', () => {
  const inner =
    'struct i { char c; int x __attribute__((aligned(16))); char p; } *p; extern int o __attribute__((aligned(32)));';
  check([
    [`${inner} struct s { char a[__alignof__(p->x)]; };`, 'a@0 = 16 align 1'],
    [`${inner} struct s { char a[__alignof__(o)], b[__alignof__(__typeof__(o))]; };`, 'a@0 b@32 = 36 align 1'],
    [
      'struct i { char c; int x; } __attribute__((packed)) *p; struct s { char a[__alignof__(p->x)]; };',
      'a@0 = 1 align 1',
    ],
    // gcc looks at the object behind `*&`, and at what a pointer was cast from.
    [`${inner} struct s { char a[__alignof__(*&o)], b[__alignof__((&o)[0])]; };`, 'a@0 b@32 = 64 align 1'],
    [
      'extern int *p; struct s { char a[__alignof__(*(char *)p)], b[__alignof__(((char *)p)[1])]; };',
      'a@0 b@4 = 5 align 1',
    ],
  ]);
});

describe('a value of a typedef that is aligned', () => {
  const t = 'typedef int t __attribute__((aligned(16))); extern t v, w; typedef int *p __attribute__((aligned(32)));';
  const doubt = 'unknown: member b: how a value of an aligned type is aligned is not worked out';
  check([
    [`${t} struct s { char a; typeof(v) b; };`, 'a@0 b@16 = 32 align 16'],
    // gcc forgets it in a cast.
    [`${t} struct s { char a; typeof((t)1) b; };`, 'a@0 b@4 = 8 align 4'],
    [`${t} struct s { char a; typeof((p)0) b; };`, 'a@0 b@8 = 16 align 8'],
    [`${t} struct s { char a[__alignof__((t)1)]; };`, 'a@0 = 4 align 1'],
    [`${t} struct s { char a; typeof(-v) b; };`, doubt],
    [`${t} struct s { char a; typeof(v << 1) b; };`, doubt],
    [`${t} struct s { char a; typeof(0 + v) b; };`, doubt],
    [`${t} struct s { char a; typeof(1 ? v : w) b; };`, doubt],
    // A promotion, a comparison and an assignment are as ever.
    [
      'typedef short t __attribute__((aligned(16))); extern t v; struct s { char a; typeof(+v) b; };',
      'a@0 b@4 = 8 align 4',
    ],
    [`${t} struct s { char a; typeof(v == w) b; };`, 'a@0 b@4 = 8 align 4'],
    [`${t} struct s { char a; typeof(v = w) b; };`, 'a@0 b@16 = 32 align 16'],
  ]);
});

describe('an array that a typedef qualifies', () => {
  const t = 'typedef int t[3]; const t v; struct i { t x; }; const struct i o;';
  check([
    [`${t} struct s { char a[_Generic(&v[0], const int *: 1, int *: 2)]; };`, 'a@0 = 1 align 1'],
    [`${t} struct s { char a[_Generic(v, const int *: 1, int *: 2)]; };`, 'a@0 = 1 align 1'],
    [`${t} struct s { char a[_Generic(o.x, const int *: 1, int *: 2)]; };`, 'a@0 = 1 align 1'],
    [`${t} struct s { char a[__builtin_types_compatible_p(t, const t) + 1]; };`, 'a@0 = 2 align 1'],
    [`${t} struct s { char a[__builtin_types_compatible_p(t *, const t *) + 1]; };`, 'a@0 = 1 align 1'],
  ]);
});

describe('an array whose elements a file is to bring', () => {
  it('has no length where that is not there, whatever is typed in front of it', () => {
    const text = 'static const int v[] = {\n#include "gone.h"\n{}\n};\nstruct s { char a[sizeof(v)]; };\n';
    const { tree, globals } = unitOf({ '/main.c': text });
    const reason = expect.stringMatching('gone.h is not found');
    expect(layoutOf(globals, 's')).toMatchObject({ status: 'unknown', reason });
    const edited = new UnitGlobals(tree.unit('/main.c', `int x;\n${text}`), tree, globals.oracle);
    expect(layoutOf(edited, 's')).toMatchObject({ status: 'unknown', reason });
  });
});

describe('_BitInt', () => {
  const text = 'struct s { char a; _BitInt(17) b; unsigned _BitInt(65) c; char d[sizeof(_BitInt(3 + 4))]; };';

  it('is integers of up to 64 bits on x86_64', () => {
    const config = 'CONFIG_CC_IS_CLANG=y\nCONFIG_CLANG_VERSION=190107\n';
    const { globals } = unitOf({ '/.config': config, '/main.c': text });
    const layout = layoutOf(globals, 's');
    expect(layout).toMatchObject({ status: 'exact', size: 32, align: 8 });
    expect(layout.status === 'exact' && layout.fields.map(({ offsetBits }) => offsetBits / 8)).toEqual([0, 4, 8, 24]);
  });

  check([[text, 'unknown: member b: the compiler has no _BitInt']]);
});

describe('_Atomic', () => {
  check([
    ['struct i { char x[4]; }; struct s { char a; _Atomic struct i b; };', 'a@0 b@4 = 8 align 4'],
    ['struct i { char x[3]; }; struct s { char a; _Atomic(struct i) b; };', 'a@0 b@1 = 4 align 1'],
    // In an array gcc aligns a record as if it were not atomic.
    ['struct i { int x, y; }; struct s { char a; _Atomic(struct i) b[2]; };', 'a@0 b@4 = 20 align 4'],
    [
      'struct s { _Atomic(const int) b; };',
      'unknown: a member can\'t be parsed: _Atomic of a qualified type before "_Atomic"',
    ],
    ['typedef long t __attribute__((aligned(4))); struct s { int a; _Atomic t b; };', 'a@0 b@8 = 16 align 8'],
    [
      'struct a { int x; } v; struct s { char a; __attribute__((copy(v))) int b; };',
      'unknown: member b: the alignment that is asked for is unknown: the attribute copy takes what another declaration has',
    ],
    // What stands beside a typedef's name in a sizeof, alignof or typeof is the type's.
    ['typedef long t; struct s { char a[_Alignof(__attribute__((aligned(16))) t)]; };', 'a@0 = 16 align 1'],
    ['typedef struct { char c[4]; } t; struct s { char a; typeof(_Atomic t) b; };', 'a@0 b@4 = 8 align 4'],
    ['typedef struct { char c[4]; } t; struct s { char a[_Alignof(t _Atomic)]; };', 'a@0 = 4 align 1'],
    // The type of a value has lost it.
    ['_Atomic struct { char c[4]; } v; struct s { char a; typeof((0, v)) b; };', 'a@0 b@1 = 5 align 1'],
    ['_Atomic struct { char c[4]; } v; struct s { char a; typeof(1 ? v : v) b; };', 'a@0 b@1 = 5 align 1'],
    ['_Atomic struct { char c[4]; } v; struct s { char a; typeof(v) b; };', 'a@0 b@4 = 8 align 4'],
    [
      '_Atomic void *u; void *v; struct s { char a[_Generic(1 ? u : v, _Atomic void *: 1, void *: 2)]; };',
      'a@0 = 2 align 1',
    ],
    [
      '_Atomic void *u; void *v; struct s { char a[_Generic(1 ? v : u, _Atomic void *: 1, void *: 2)]; };',
      'a@0 = 2 align 1',
    ],
    [
      'typedef int t; typedef int t __attribute__((aligned(16))); struct s { char a; t b; };',
      'unknown: member b: t is declared with several alignments',
    ],
    ['struct s { char a; _Atomic int b : 3; };', 'unknown: member b: a bit-field can not be atomic'],
  ]);
});

describe('a length', () => {
  const of = (declarations: string, expression = 'sizeof(v)'): string =>
    `${declarations} struct s { char a[${expression}]; };`;
  check([
    [of('static const int v[][2] = { 1, 2, { 3, 4 }, 5 };'), 'a@0 = 24 align 1'],
    [of("struct i { int x; char y[3]; } v[] = { 1, \"ab\", 2, 'a', 'b', 'c', 3 };"), 'a@0 = 24 align 1'],
    [of('struct i { int x[3], y; } v[] = { [1].x[2] = 1, 2, 3 };'), 'a@0 = 48 align 1'],
    [of('int v[] = { [2 ... 7] = 1, 3 };'), 'a@0 = 36 align 1'],
    [of('char v[] = { "abc" };'), 'a@0 = 4 align 1'],
    [of('extern int v[]; int v[5];'), 'a@0 = 20 align 1'],
    [of('', 'sizeof((int[]){ 1, 2, 3 })'), 'a@0 = 12 align 1'],
    [of('', 'sizeof(L"abc") + sizeof(u"\\U0001F600") + sizeof("\\x41\\r")'), 'a@0 = 25 align 1'],
  ]);
});

describe('a constant', () => {
  const of = (expression: string): string => `enum neg { N = -1 }; struct s { char a[${expression}]; };`;
  check([
    [of('(enum neg)-1 < 0 ? 2 : 3'), 'a@0 = 2 align 1'],
    [of('(int)(2.5 * 2) + (1.5 > 1)'), 'a@0 = 6 align 1'],
    [of('(long)((int *)16 + 1)'), 'a@0 = 20 align 1'],
    [of('__builtin_bswap32(0x05000000) + __builtin_parity(7)'), 'a@0 = 6 align 1'],
    [of('_Generic("a", char *: 2, const char *: 3)'), 'a@0 = 2 align 1'],
    [of('__builtin_types_compatible_p(volatile int *, int *) + 1'), 'a@0 = 1 align 1'],
    [of('1 << 40'), 'unknown: member a: the length of an array is unknown: a shift by too much'],
    [
      of('__builtin_types_compatible_p(struct nobody *, missing_t *)'),
      'unknown: member a: the length of an array is unknown: a type is not known',
    ],
  ]);
});

describe('#pragma pack', () => {
  const record = 'struct s { char a; long b; };';
  check([
    [`#pragma pack(push, x, 4)\n#pragma pack(push, 2)\n#pragma pack(pop, x)\n${record}`, 'a@0 b@8 = 16 align 8'],
    [`#pragma pack(3)\n${record}`, 'a@0 b@8 = 16 align 8'],
    [`#pragma pack 2\n${record}`, 'a@0 b@8 = 16 align 8'],
    [`#define CLOSE _Pragma("pack(push, 1)")\nCLOSE\n${record}`, 'a@0 b@1 = 9 align 1'],
    [`#define DO(x) _Pragma(#x)\nDO(pack(push, 2))\nDO(pack(pop))\n${record}`, 'a@0 b@8 = 16 align 8'],
    [
      `#define R(n) _Pragma("pack(push, 1)") struct n { char a; long b; }; _Pragma("pack(pop)")\nR(s)\n`,
      'a@0 b@1 = 9 align 1',
    ],
    [
      'struct s { char a;\n#pragma pack(push, 2)\nstruct { char c; long d; } b;\n#pragma pack(pop)\nlong e; };',
      'a@0 b@2 e@16 = 24 align 8',
    ],
    // For gcc the closing brace counts.
    ['struct s { char a;\n#pragma pack(1)\nlong b; };', 'a@0 b@1 = 9 align 1'],
  ]);
});

describe('a record', () => {
  check([
    // A tag without a declarator is no member without -fms-extensions.
    ['struct i { int x; }; struct s { char a; struct i; char b; };', 'a@0 b@1 = 2 align 1'],
    ['struct s { int a; struct { int a; }; };', 'unknown: two of its members are called a'],
    ['struct s { int n; char d[]; int m; };', 'unknown: member m: it stands behind a flexible array'],
    ['struct s { int n; char d[4][]; };', 'unknown: member d: the elements of an array are incomplete'],
    ['struct i { int x; }; struct s { struct i { long y; } b; };', 'unknown: member b: struct i is defined twice'],
    ['enum e : unsigned char { A }; struct s { char a; enum e b; };', 'a@0 b@1 = 2 align 1'],
    ['constexpr int n = 5; struct s { char a[n]; };', 'a@0 = 5 align 1'],
    ['struct s { long short a; };', 'unknown: member a: long short is no type'],
  ]);
});
