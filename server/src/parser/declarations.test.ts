/** Declarations as C reads them, and what cannot be known. */
import { describe, expect, it } from 'vitest';
import { layoutIn, layoutOf, typeIn, unitOf } from '../testing/unit';

describe('a declaration', () => {
  it('winds around its name as C has it', () => {
    expect(typeIn('int *(*table[3])(const char *, ...);', 'table')).toBe('int *(*[3])(const char *, ...)');
    expect(typeIn('unsigned long int const x;', 'x')).toBe('const unsigned long');
    expect(typeIn('typedef struct a { int i; } *a_p; a_p f(void), g[2];', 'g')).toBe('a_p [2]');
    expect(typeIn('long long unsigned v __attribute__((aligned(16)));', 'v')).toBe('unsigned long long');
  });

  it('takes the type of an expression', () => {
    const text = 'struct s { short a[4]; struct s *next; } s; typeof(s.next->a[1] + 0L) v; __typeof__(&s) w;';
    expect(typeIn(text, 'v')).toBe('long');
    expect(typeIn(text, 'w')).toBe('struct s *');
  });

  it('is found where a macro makes it', () => {
    const text = '#define MAKE(n, t) typedef t made_##n##_t\nMAKE(fast, unsigned short);\nmade_fast_t x;';
    expect(typeIn(text, 'x')).toBe('made_fast_t');
  });
});

describe('types that compilers bring along', () => {
  it('are of 128 bits under either spelling, and lists of arguments of no known members', () => {
    const text = 'struct s { char c; __uint128_t a[2]; __int128_t b; __builtin_va_list list; } s;';
    expect(layoutIn(text, 's')).toMatchObject({ status: 'exact', size: 96, align: 16 });
    expect(typeIn('__uint128_t const x;', 'x')).toBe('const unsigned __int128');
    expect(typeIn('typedef __builtin_va_list va_list; va_list *x;', 'x')).toBe('va_list *');
  });
});

describe('constants in a record', () => {
  it('are worked out at the target: sizeof, offsetof, enumerators, builtins', () => {
    const text = `
    enum { A = 3, B, C = 1 << B };
    struct in { char c; long l; };
    struct out {
      char a[sizeof(struct in)], b[__builtin_offsetof(struct in, l)], c[C], d[__builtin_ctz(64)];
      char e[(unsigned char)-1 == 255 ? 2 : 9], f[sizeof(((struct in *)0)->l)], g[!!sizeof(struct { int z[A]; })];
    };`;
    expect(layoutIn(text, 'out')).toMatchObject({ status: 'exact', size: 16 + 8 + 16 + 6 + 2 + 8 + 1 });
  });

  it('that are not known make the layout unknown, with the reason and the member', () => {
    expect(layoutIn('struct s { int a; char b[MISSING]; };', 's')).toMatchObject({
      status: 'unknown',
      reason: 'member b: the length of an array is unknown: MISSING is not declared',
    });
    expect(layoutIn('struct s { struct hidden h; };', 's')).toMatchObject({
      status: 'unknown',
      reason: 'member h: struct hidden: it is only declared, not defined',
    });
    expect(layoutIn('struct s { int a; struct s inner; };', 's').status).toBe('unknown');
    expect(layoutIn('struct s { int a; int @ b; int c; };', 's')).toMatchObject({ status: 'unknown' });
    const grow = Array.from({ length: 40 }, (_, at) => `#define m${at} m${at + 1} m${at + 1}\n`).join('');
    expect(layoutIn(`${grow}struct s { int a; } m0;`, 's').status).toBe('unknown');
    expect(layoutIn(`${grow}struct s { int a; } m0; struct t { int a; };`, 't').status).toBe('exact');
  });

  it('know what #pragma pack says at each place', () => {
    const text = '#pragma pack(push, 1)\nstruct a { char c; int i; };\n#pragma pack(pop)\nstruct b { char c; int i; };';
    expect([layoutIn(text, 'a'), layoutIn(text, 'b')]).toMatchObject([{ size: 5 }, { size: 8 }]);
  });

  it('know what _Pragma says in the arguments of macros', () => {
    const text = `
    #define WRAP(x) x
    #define PACKED(y) _Pragma("pack(push, 1)") y _Pragma("pack(pop)")
    WRAP(_Pragma("pack(push, 2)") struct one { char c; int i; }; _Pragma("pack(pop)"))
    WRAP(PACKED(struct two { char c; int i; };)) struct three { char c; int i; };`;
    expect(['one', 'two', 'three'].map((tag) => layoutIn(text, tag))).toMatchObject([
      { size: 6 },
      { size: 5 },
      { size: 8 },
    ]);
  });

  it('see members that a macro renames, tags that a macro makes, and records that hide a tag', () => {
    const text = `
    #define rcu_head callback_head
    #define group(TAG, NAME, ...) union { struct { __VA_ARGS__ }; struct TAG { __VA_ARGS__ } NAME; }
    #define BODY { int a; int b; }
    struct callback_head { void *next; };
    struct common BODY;
    struct s { struct rcu_head rcu_head; group(parts, whole, int x; int y;); struct common c; };
    struct t { struct parts p; };`;
    expect(layoutIn(text, 's')).toMatchObject({ status: 'exact', size: 24 });
    expect(layoutIn(text, 't')).toMatchObject({ status: 'exact', size: 8 });
  });
});

describe('without a .config', () => {
  it('a layout that rests on an option is unknown, and says which; the others are exact', () => {
    const { globals } = unitOf({
      '/main.c': `
      struct plain { int a; };
      struct asks { int a;
      #ifdef CONFIG_BIG
      int b;
      #endif
      };
      #if IS_ENABLED(CONFIG_WIDE)
      #define COUNT 2
      typedef long word_t;
      #else
      #define COUNT 1
      typedef int word_t;
      #endif
      struct counts { int a[COUNT]; };
      struct words { word_t w; };
      struct holds { struct asks inner; };
      struct points { struct asks *inner; word_t *w; };`,
    });
    const reason = (tag: string): string => {
      const layout = layoutOf(globals, tag);
      return layout.status === 'exact' ? `exact, ${layout.size}` : layout.reason;
    };
    expect(reason('plain')).toBe('exact, 4');
    expect(reason('asks')).toBe('no .config was found, so CONFIG_BIG is not known');
    expect(reason('counts')).toBe('no .config was found, so CONFIG_WIDE is not known');
    expect(reason('words')).toBe('member w: no .config was found, so CONFIG_WIDE is not known');
    expect(reason('holds')).toContain('CONFIG_BIG');
    expect(reason('points')).toBe('exact, 16');
  });
});
