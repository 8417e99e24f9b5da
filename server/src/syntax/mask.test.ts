import { describe, expect, it } from 'vitest';
import { mineShapes } from './mining';
import { Shapes } from './shapes';
import { parse } from './tree';

const HEADERS = `
#define __boot __attribute__((section(".boot")))
#define __user
#define __rcu
#define __packed __attribute__((__packed__))
#define __aligned(x) __attribute__((__aligned__(x)))
#define __holds(x) __attribute__((context(x)))
#define __maybe_unused __attribute__((unused))
#define __always_fast inline __attribute__((always_inline))
#define each_item(p, list) for (p = (list)->first; p; p = p->next)
#define each_live(p, list) each_item(p, list) if (!p->live) {} else
#define FLAG(n) static inline int has_##n(void) { return 1; }
#define TWO_FLAGS(n) FLAG(n) FLAG(no_##n)
#define VEC(t) struct { int n; t *data; }
#define DEFINE_BOX(t, n) t n = {}
`;
const shapes = new Shapes(mineShapes([{ path: '/include/linux/all.h', text: HEADERS }]));

/** Masks a file's items; checks that they parse, and that nothing moved. */
function masked(source: string, known = shapes): string {
  const tree = parse(source, known);
  expect(tree.masked).toHaveLength(source.length);
  expect(tree.masked.replace(/[^\n]/g, ' ')).toBe(source.replace(/[^\n]/g, ' '));
  expect(tree.issues()).toEqual([]);
  return tree.masked;
}

const HEAD = 'void f(void) { ';

/** The same for the statements of a function. */
function maskedBody(source: string, known = shapes): string {
  const text = masked(`${HEAD}${source} }`, known);
  return text.slice(HEAD.length, text.length - 2);
}

function check(mask: (source: string, known?: Shapes) => string, known?: Shapes) {
  return (source: string, expected: string): void => expect(mask(source, known)).toBe(expected);
}

describe('annotations go', () => {
  it.each([
    ['static int __boot f(void);', 'static int        f(void);'],
    ['__boot static word_t f(void);', '       static word_t f(void);'],
    ['struct a { char __user *b; } __packed;', 'struct a { char        *b; }         ;'],
    ['struct __packed a { int b __aligned(8); };', 'struct          a { int b             ; };'],
    ['int f(void) __holds(&a->b) { return 1; }', 'int f(void)                { return 1; }'],
    ['int a __attribute__((weak)) = 1;', 'int a                       = 1;'],
    ['static __always_fast word_t f(void) { }', 'static               word_t f(void) { }'],
    ['int (__boot *f)(int a __maybe_unused);', 'int (       *f)(int a               );'],
    ['register long sp asm("rsp");', 'register long sp           ;'],
  ])('%s', check(masked));

  it.each([
    ['b = (char __user *)c;', 'b = (char        *)c;'],
    ['b = (struct a __user __rcu *)c;', 'b = (struct a              *)c;'],
    ['int a __maybe_unused = 1, b;', 'int a                = 1, b;'],
    ['g((__user char *)b, sizeof(char __user *));', 'g((       char *)b, sizeof(char        *));'],
    ['__attribute__((fallthrough));', '                            ;'],
  ])('%s', check(maskedBody));

  it.each([
    ['static int NOTE f(void);', 'static int      f(void);'],
    ['struct a { char NOTE *b; };', 'struct a { char      *b; };'],
    ['struct _note a { int b; };', 'struct       a { int b; };'],
    ['char *NOTE b;', 'char *     b;'],
    ['word_t a NOTE(1) = 2;', 'word_t a         = 2;'],
    ['NOTE(1, 2) int f(void);', '           int f(void);'],
  ])('also where no definition was found: %s', check(masked, Shapes.none));

  it('but a function keeps the name that is a macro in another configuration', () => {
    const source = '#ifdef X\nint probe(int a) { return a; }\n#else\n#define probe(a) \n#endif\n';
    expect(masked(source)).toContain('int probe(int a) { return a; }');
  });
});

describe('headers become while or if', () => {
  it.each([
    ['each_item(p, &q->list) { use(p->a); }', 'while    (p, &q->list) { use(p->a); }'],
    ['each_item(p, &q->list) use(p->a);', 'while    (p, &q->list) use(p->a);'],
    ['each_live(p, l) a(p); else b();', 'if       (p, l) a(p); else b();'],
    ['if (x) each_item(p, l) a(p); else b();', 'if (x) if       (p, l) a(p); else b();'],
    ['do { a(); } while_more(p, q->r);', 'do { a(); } while     (p, q->r);'],
    ['if likely(a) b();', 'if       (a) b();'],
    ['for (EACH(a, b)) c();', 'if  (EACH(a, b)) c();'],
  ])('%s', check(maskedBody));

  it.each([
    ['for_some(p, struct item, a->list) { }', 'while   (p, struct_item, a->list) { }'],
    ['for_all() { }', 'while (1) { }'],
    ['\n\tfor_some(p)\n\t\ta(p);\n', '\n\twhile   (p)\n\t\ta(p);\n'],
    ['\n\tBEGIN(p)\n\ta(p);\n\tEND(p)\n', '\n\tBEGIN(p)\n;a(p);\n\tEND(p)\n'],
  ])('also where no definition was found: %j', check(maskedBody, Shapes.none));
});

describe('types as arguments become one name', () => {
  it.each([
    ['a = entry(p, struct item, list);', 'a = entry(p, struct_item, list);'],
    ['a = least(unsigned long, b->c, d);', 'a = least(unsigned_long, b->c, d);'],
    ['a = take(b, struct item *);', 'a = take(b, struct_item__);'],
    ['a = take(b, item_t *, void (*)(int));', 'a = take(b, item_t__, void_____int_);'],
    ['a = take(const struct item\n\t*, b->c);', 'a = take(             item\n\t , b->c);'],
    ['a = same(typeof(b->c), int);', 'a = same(typeof_b__c_, int);'],
    ['a = pick(u32 b, struct item *c);', 'a = pick(u32_b, struct_item__c);'],
    ['typeof(*b) *c = d;', 'typeof__b_ *c = d;'],
    ['a = (typeof(b) *)c;', 'a = (typeof_b_ *)c;'],
    ['VEC(struct item *) items = { 0 };', 'VEC_struct_item___ items = { 0 };'],
    ['a = offsetof(struct item, b.c[1].d);', 'a = offsetof(struct item, b_c_1__d);'],
    ['a = _Generic(b, struct item *: c->d, default: e);', 'a = _Xeneric(b, struct_item__, c->d, dXfault, e);'],
    ['a = __alignof__(*b);', 'a = _Xalignof__(*b);'],
    ['a = list.b(c * d, e & f);', 'a = list.b(c * d, e & f);'],
  ])('%s', check(maskedBody));
});

describe('other arguments become expressions', () => {
  it.each([
    ['check(a, ==, b);', 'check(a, __, b);'],
    ['check(a, , b);', 'check(a,0, b);'],
    ['check(a,,b);', 'check(a, b);'],
    ['get(a, goto fault);', 'get(a, goto_fault);'],
    ['get(a, return -1);', 'get(a,        -1);'],
    ['say("a" NAME(b) "c", d);', 'say("a" NAME_b_ "c", d);'],
    ['say(LEVEL PREFIX "a");', 'say(LEVEL+PREFIX "a");'],
    ['set(.a = 1, .b = { 2, 3 });', 'set( a = 1,  b =   2, 3  );'],
    ['set({ 1, 2 });', 'set(  1, 2  );'],
    ['x = run( a->b = 1; c(); );', 'x = run({a->b = 1; c();});'],
    ['run( a->b = 1; c(); );', '     a->b = 1; c();  ;'],
    ['run(a = 1; b = 2;);', '    a = 1; b = 2; ;'],
    ['x = run(a = 1; b = 2;);', 'x = run(a = 1, b = 2 );'],
    ['paste(9lives, 1k);', 'paste(_lives, _k);'],
  ])('%s', check(maskedBody));
});

describe('asm', () => {
  it.each([
    [
      'asm volatile("nop" : "=r" (a) : "m" (b->c) : "memory");',
      'asm volatile("nop" : "=r" (a) : "m" (b->c) : "memory");',
    ],
    ['asm volatile(LOCK "inc %0" : "+m" (b->c), EXTRA);', 'aXm         (LOCK "inc %0" , "+m" (b->c), EXTRA);'],
    ['asm goto(JUMP(x) : : [k] "i" (b->c) :: out);', 'aXm     (JUMP(x) ,0,     "i" (b->c) ,  out);'],
  ])('%s', check(maskedBody));
});

describe('macros that stand for declarations', () => {
  it.each([
    ['DEFINE_BOX(struct item *, a) = { 1 };', '           struct item *  a  = { 1 };'],
    ['static DEFINE_BOX(int, a);', 'static            int  a ;'],
    ['static DEFINE_SLOT(a, 3 + 4);', 'static DEFINE_SLOT a        ;'],
    ['DEFINE_SLOT(a, struct item);', 'DEFINE_SLOT(a, struct_item);'],
    ['FLAG(a)\nTWO_FLAGS(b)\nint c;', 'FLAG  ;\nTWO_FLAGS  ;\nint c;'],
    ['SHOW(a, K(b->c))\nint d;', 'SHOW=a+ K(b->c);\nint d;'],
    ['CALL2(go, struct item __user *, a, int, b) { }', 'CALL2 go( struct item        *  a, int  b) { }'],
    ['CALL0(go) { }', 'CALL0(go) { }'],
    ['static NAME(go)(int a) { }', 'static NAME go (int a) { }'],
    ['struct a { FIELD(b, 4); FLEX(int, c) __aligned(8); };', 'struct a { FIELD b    ; FLEX      c              ; };'],
    ['struct a { in_group(b, int c; int d;); };', 'struct a { struct  {   int c; int d;}; };'],
    ['struct a { IF_X(int c; int d;) };', 'struct a {      int c; int d;  };'],
    ['struct a { RING(int, b)[3]; };', 'struct a { RING      b [3]; };'],
    ['enum a { LIST(b) C, D(e), };', 'enum a { LIST_b_,C, D_e_, };'],
    ['struct item a[] = {\n\tROW(1)\n\tROW(2)\n\t{ }\n};', 'struct item a[] = {\n\tROW(1)\n,ROW(2)\n,{ }\n};'],
  ])('%j', check(masked));
});

describe('GNU C that the grammar lacks', () => {
  it.each([
    ['switch (a) { case 1 ... 3: b(); }', 'switch (a) { case 1 +   3: b(); }'],
    ['goto *table[a->b];', '     *table[a->b];'],
    ['out: ', 'out:;'],
    ['u8 (*get[])(struct item *) = { a, b };', 'u8 (*get[])(struct item *) = { a, b };'],
    ['call(*get)(a);', 'call(*get)(a);'],
    ['a = (u64)(long)b->c;', 'a = (u64)(long)b->c;'],
    ['a = (struct item) { .b = c->d };', 'a = (struct item) { .b = c->d };'],
    ['a = b ?: c->d;', 'a = b ?: c->d;'],
    ['a = ({ int b = c->d; b; });', 'a = ({ int b = c->d; b; });'],
  ])('%s', check(maskedBody));

  it.each([
    ['struct a { unsigned b:1, :2; int :3; };', 'struct a { unsigned b:1    ; int   ; };'],
    ['int a[] = { [1 ... 3] = 4, [5] 6, b: 7 };', 'int a[] = { [1 ... 3] = 4,     6, b: 7 };'],
    ['struct a { int b;; };', 'struct a { int b;  };'],
    ['__signed__ char a;', 'signed     char a;'],
    ['__extension__ typedef long a;', '              typedef long a;'],
    ['int f(a, b) char *a; int b; { return *a; }', 'int f(a, b) char *a; int b; { return *a; }'],
  ])('%s', check(masked));
});

describe('directives go, comments stay', () => {
  it.each([
    ['#define A(b) \\\n\tc(b) /* why */\nint a;', '              \n\t     /* why */\nint a;'],
    ['int a; // b\n#ifdef C /* c */\nint d;\n#endif\n', 'int a; // b\n         /* c */\nint d;\n      \n'],
  ])('%j', check(masked));
});

describe('half-typed code', () => {
  it.each([
    'int f(void) { a->',
    'int f(void) { if (a',
    'int f(void) {\n\tfoo(bar,\n}\nint g(void) { return a->b; }\n',
    'int f(void) {\n\tx = \n\treturn 1;\n}\nint g(void) { return a->b; }\n',
    'struct a { int',
    '#if\n(',
    ')]}',
    '= { [',
    'each_item(',
    '"open',
  ])('%j keeps its length and lines, and the next function', (source) => {
    const tree = parse(source, shapes);
    expect(tree.masked).toHaveLength(source.length);
    expect(tree.masked.split('\n').length).toBe(source.split('\n').length);
    if (source.includes('g(void)')) expect(tree.masked).toContain('int g(void) { return a->b; }');
  });

  it.each([
    ['parentheses', `int f(void) { x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}; }`],
    ['braces', `int x = ${'{'.repeat(20_000)}`],
    ['conditions', `int f(void) { ${'if (x) '.repeat(20_000)}; }`],
    ['declarators', `int ${'(*'.repeat(20_000)}`],
    ['records', 'struct a {'.repeat(20_000)],
    ['casts', `int f(void) { x = ${'(u8)'.repeat(20_000)}y; }`],
  ])('endless %s are no crash', (_what, source) => {
    expect(parse(source, shapes).masked).toHaveLength(source.length);
  });
});
