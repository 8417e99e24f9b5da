struct P$ { char a; int (*__attribute__((packed)) p)(void); char b; };

struct P$ { char a; int __attribute__((aligned(4), aligned(16))) *p[2]; char b; };

struct P$ { char a; int * const volatile __attribute__((aligned(32))) * q; char b; };

struct P$ { char a; int (__attribute__((unused)) *p)[3]; char b; };

typedef int (*__attribute__((aligned(16))) T$)(void); struct P$ { char a; T$ f; char b; };

typedef int T$[3] __attribute__((aligned(8))); struct P$ { char a; T$ f[2]; char b; };

typedef struct I$ T$ __attribute__((aligned(16))); struct I$ { int x; }; struct P$ { char a; T$ b; char c; };

typedef struct I$ T$; struct I$ { int x; } __attribute__((aligned(16))); struct P$ { char a; T$ b; char c; };

typedef union U$ T$; union U$ { long long x; char y; } __attribute__((packed)); struct P$ { char a; T$ b; char c; };

struct P$ { char a; struct I$ { int x; } __attribute__((aligned(16))) *b; struct I$ c; };

struct P$ { char a; struct { int x __attribute__((aligned(8))); } __attribute__((packed)) b[2]; char c; };

struct __attribute__((packed)) P$ { char a; struct { int x; long long y; } b; char c; };

struct __attribute__((packed)) P$ { char a; union { int x __attribute__((aligned(4))); char y; } b; char c; };

struct __attribute__((packed, aligned(4))) P$ { char a; short b; struct { char x; int y; } __attribute__((packed)) c; };

struct P$ { char a; int b __attribute__((aligned(1))); char c; };

struct P$ { char a; int b __attribute__((packed, aligned(2))); char c; };

struct P$ { char a; long long b __attribute__((aligned(2))) __attribute__((packed)); char c; };

struct P$ { char a; enum __attribute__((packed)) { A$ = 70000 } b; char c; };

struct P$ { char a; enum __attribute__((packed)) { A$ = -129 } b; char c; };

struct P$ { char a; enum { A$ = 1LL << 33 } b; char c; };

struct P$ { char a; enum { A$ = -1, B$ = 1LL << 33 } b; char c; };

struct P$ { char a; enum __attribute__((packed)) { A$ = 1ULL << 63 } b; char c; };

struct P$ { char a; __attribute__((aligned(8))) enum { A$ } b, c; char d; };

struct P$ { char a; __attribute__((packed)) int b, c __attribute__((aligned(4))); char d; };

struct P$ { int a __attribute__((aligned(sizeof(struct { char x[16]; })))); char b; };

struct P$ { char a; __attribute__((aligned(__alignof__(struct { long long x; })))) char b; };

struct P$ { char a; int __attribute__((__aligned__(__BIGGEST_ALIGNMENT__))) b; };

struct P$ { char a; char __attribute__((vector_size(sizeof(long) * 2))) b; };

typedef int V$ __attribute__((vector_size(16))); struct P$ { char a; V$ b[2]; char c; };

typedef int V$ __attribute__((vector_size(16))); struct P$ { char a; V$ *b; V$ (*c)(V$); char d; };

typedef short V$ __attribute__((vector_size(8))); struct __attribute__((packed)) P$ { char a; V$ b; char c; };

typedef short V$ __attribute__((vector_size(8), aligned(2))); struct P$ { char a; V$ b; char c; };

typedef long long V$ __attribute__((vector_size(64))); struct P$ { char a; V$ b; };

typedef unsigned char V$ __attribute__((vector_size(4))); struct P$ { char a; V$ b; char c[sizeof(V$)]; };

typedef int V$ __attribute__((vector_size(16))); struct P$ { char a; typeof((V$){ 1 } == (V$){ 2 }) b; };

typedef float V$ __attribute__((vector_size(16))); struct P$ { char a; typeof((V$){ 1 } < (V$){ 2 }) b; };

typedef int V$ __attribute__((vector_size(16))); struct P$ { char a; typeof(((V$){ 1 })[1]) b; typeof(-(V$){ 1 }) c; };

struct P$ { char a; int __attribute__((mode(SI))) b; unsigned __attribute__((mode(__DI__))) c; char d; };

typedef unsigned T$ __attribute__((mode(TI))); struct P$ { char a; T$ b; };

struct P$ { char a; char __attribute__((mode(word))) b; char __attribute__((mode(unwind_word))) c; };

struct P$ { char a; int __attribute__((mode(V4SI))) b; };

struct P$ { char a; _Bool __attribute__((mode(HI))) b; };

struct P$ { char a; float __attribute__((mode(DF))) b; double __attribute__((mode(SF))) c; };

struct P$ { char a[_Alignof(struct { char x; long long y; })]; char b[__alignof__(struct { char x; long long y; })]; };

struct P$ { char a[_Alignof(long long[3])]; char b[__alignof__(long long[3])]; char c[_Alignof(double[0])]; };

struct I$ { char a; long long b; char c[]; }; struct P$ { char a[_Alignof(struct I$)]; char b[__alignof__(((struct I$ *)0)->b)]; char c[__alignof__(((struct I$ *)0)->c)]; };

struct I$ { char a; long long b __attribute__((packed)); }; struct P$ { char a[__alignof__(((struct I$ *)0)->b)]; char b[__alignof__(struct I$)]; };

#pragma pack(push, 2)
struct I$ { char a; long long b; };
#pragma pack(pop)
struct P$ { char a[__alignof__(((struct I$ *)0)->b)]; char b[_Alignof(struct I$)]; struct I$ c; };

extern char v$[] __attribute__((aligned(64))); struct P$ { char a[__alignof__(v$)]; char b[__alignof__(v$[0])]; };

extern struct { char x; } v$ __attribute__((aligned(8))); struct P$ { char a[__alignof__(v$)]; char b[__alignof__(v$.x)]; };

extern int f$(void) __attribute__((aligned(32))); struct P$ { char a[__alignof__(f$)]; };

struct P$ { char a[_Alignof(_Atomic long long)]; char b[__alignof__(_Atomic char[3])]; };

struct P$ { char a[_Alignof(int *)]; char b[_Alignof(void (*)(void))]; char c[_Alignof(max_$)]; };

struct P$ { char a[sizeof("\x41\x42" "3")]; char b[sizeof("\0123")]; char c[sizeof("\8")]; };

struct P$ { char a[sizeof("\u00e9")]; char b[sizeof(L"\u00e9")]; char c[sizeof(u"\U0001F600")]; char d[sizeof("\U0001F600")]; };

struct P$ { char a[sizeof(L"a" "b")]; char b[sizeof("a" U"b")]; };

struct P$ { char a[sizeof(u8"a" "b")]; char b[sizeof("a" u8"b" "c")]; };

struct P$ { char a[sizeof("abc" + 0)]; char b[sizeof(*"abc")]; char c[sizeof(&"abc")]; char d[sizeof(*&"abc")]; };

struct P$ { char a[sizeof(("abc"))]; char b[sizeof((0, "abc"))]; char c[sizeof(1 ? "abc" : "defgh")]; };

static const char t$[][5] = { "a", { "b" }, { 'c', 'd' }, [5] = "e" }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static const char *const t$[] = { "a" "b", "c", [4] = "d", "e" }; struct P$ { char a[sizeof(t$) / sizeof(t$[0])]; };

static int t$[] = { [0 ... 3] = 1, [2] = 5, 6, 7 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static int t$[] = { [10] = 1, [2 ... 4] = 3 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static int t$[] = { [sizeof(long)] = 1 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static int t$[] = { ['a'] = 1, ['c'] = 2 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static struct { int a, b[2]; } t$[] = { 1, 2, 3, 4, 5 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static struct { int a, b[2]; } t$[] = { 1, { 2 }, 4, 5 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static struct { int a; struct { int c, d; } b; } t$[] = { [1].b.d = 1, 2, 3, 4, 5 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static struct { int a : 3, : 2, b : 4; int c; } t$[] = { 1, 2, 3, 4 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static union { int a; struct { int x, y; } b; } t$[] = { 1, 2, { .b = { 1, 2 } }, 3 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static struct { struct { int x; }; int y; } t$[] = { 1, 2, 3, 4, 5 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static int t$[][2][2] = { 1, 2, 3, 4, 5 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static int t$[][2] = { [2] = { 1 }, 3, 4, 5 }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

static const __CHAR32_TYPE__ t$[] = U"abcd"; struct P$ { char a[sizeof(t$)]; };

static char t$[] = ("abc"); struct P$ { char a[sizeof(t$)]; };

static char t$[] = { ("abc") }; struct P$ { char a[sizeof(t$)]; };

static char t$[] = { 'a', "bc"[0], 'c', }; struct P$ { char a[sizeof(t$)]; };

static int *t$[] = { (int[]){ 1, 2, 3 }, 0, (int[2]){ } }; struct P$ { char a[sizeof(t$) / sizeof(*t$)]; };

struct P$ { char a[sizeof((int[]){ 1, 2, [7] = 3 }) / sizeof(int)]; };

struct P$ { char a[sizeof((struct { int x; char y[]; }){ 1 })]; };

struct P$ { char a[(char)200 > 0 ? 2 : 3]; char b[(signed char)200 > 0 ? 2 : 3]; char c['\xc8' > 0 ? 2 : 3]; char d[L'\xc8' > 0 ? 2 : 3]; };

struct P$ { char a[u'\xffff' > 0 ? 2 : 3]; char b[sizeof(u'a')]; char c[sizeof(U'a')]; char d[sizeof(L'a')]; };

struct P$ { char a['ab' == 0x6162 ? 2 : 3]; char b['\0' + 1]; char c['\e']; };

struct P$ { char a[(1u << 31) >> 31]; char b[(1 << 30) / (1 << 28)]; char c[((unsigned char)255 << 1) / 102]; };

struct P$ { char a[(unsigned char)255 + (unsigned char)1 == 256 ? 2 : 3]; char b[(unsigned short)65535 * (unsigned short)65535u < 0 ? 2 : 3]; };

struct P$ { char a[sizeof(long) == 8 ? 1L << 3 : 5]; char b[(1UL << (sizeof(long) * 8 - 1)) >> (sizeof(long) * 8 - 3)]; };

struct P$ { char a[-5 >> 1 == -3 ? 2 : 3]; char b[-5u >> 31]; char c[(-5LL >> 62) + 2]; };

struct P$ { char a[~0 == -1 ? 2 : 3]; char b[~0u > 0 ? 2 : 3]; char c[(~(unsigned char)0 < 0) ? 2 : 3]; char d[!~0 + 1]; };

struct P$ { char a[0x7fffffff + 1u > 0 ? 2 : 3]; char b[(-2147483647 - 1 < 0) + 1]; char c[(0xffffffff == -1) + 1]; char d[(0xffffffffL == -1) + 1]; };

struct P$ { char a[(5, 3)]; char b[1 ? 2, 3 : 4]; };

struct P$ { char a[1 ?: 1 / 0]; char b[0 && 1 / 0 ? 2 : 3]; char c[1 || 1 / 0 ? 2 : 3]; };

struct P$ { char a[sizeof(int[(int)2.9])]; char b[(int)(0.1f + 0.2f > 0.3) + 1]; char c[(unsigned char)3.7f]; };

struct P$ { char a[(int)(1e10 / 1e9)]; char b[(1.0 == 1.0f) + 1]; char c[(int)-1.5 + 3]; char d[!!1e-300 + 1]; };

struct P$ { char a[__builtin_strlen("ab\0c") + 1]; char b[__builtin_strlen("ab" "cd")]; char c[sizeof(__builtin_strlen("a"))]; };

struct P$ { char a[__builtin_ffs(8)]; char b[__builtin_ffsll(1ULL << 40)]; char c[__builtin_clz(1) - 20]; char d[__builtin_popcountll(-1ULL)]; };

struct P$ { char a[__builtin_bswap16(0x0200)]; char b[__builtin_bswap32(0x03000000)]; };

struct P$ { char a[__builtin_constant_p(1 + 1) + 1]; char b[__builtin_constant_p("a") + 1]; char c[__builtin_constant_p(&"abc"[0]) + 1]; };

struct P$ { char a[__builtin_abs(-3)]; char b[__builtin_labs(-4L)]; char c[(int)__builtin_fabs(-5.0)]; };

struct P$ { char a[__builtin_clrsb(0) - 20]; char b[__builtin_clrsbll(-1LL) - 50]; };

struct P$ { char a[__builtin_types_compatible_p(char, unsigned char) + 1]; char b[__builtin_types_compatible_p(long, int) + 1]; char c[__builtin_types_compatible_p(unsigned, typeof(1u)) + 1]; };

struct I$; struct P$ { char a[__builtin_types_compatible_p(struct I$ *, struct I$ *) + 1]; char b[__builtin_types_compatible_p(struct I$ *, void *) + 1]; };

struct P$ { char a[__builtin_types_compatible_p(typeof(int (*)(int)), int (*)(int)) + 1]; char b[__builtin_types_compatible_p(int (*)(), int (*)(void)) + 1]; };

struct P$ { char a[__builtin_choose_expr(sizeof(long) == 8, 3, 5)]; char b[sizeof(__builtin_choose_expr(1, (char)1, 2L))]; };

struct P$ { char a[_Generic((char)1, char: 2, unsigned char: 3, default: 4)]; char b[_Generic(&(int[3]){ 0 }, int (*)[3]: 2, default: 3)]; char c[_Generic(1 ? (void *)0 : (int *)0, int *: 2, void *: 3)]; };

struct P$ { char a[_Generic((void *)0, const void *: 2, void *: 3)]; char b[_Generic((const int *)0, int *: 2, const int *: 3)]; char c[_Generic(L'a', int: 2, long: 3, default: 4)]; };

struct P$ { char a[sizeof(_Generic(1, int: (char)1, default: 2L))]; typeof(_Generic(1L, int: 1, long: 2LL)) b; };

enum { A$ = sizeof(struct { char x; long y; }), B$ = A$ / 2, C$ = -A$ }; struct P$ { char a[A$]; char b[B$]; char c[-C$]; char d[sizeof(C$)]; };

enum { A$ = 0xffffffff, B$ = 1 }; struct P$ { char a[sizeof(A$)]; char b[sizeof(B$)]; char c[(A$ > 0) + 1]; };

enum E$ { A$ = -1, B$ = 0xffffffff }; struct P$ { char a[sizeof(A$)]; char b[sizeof(enum E$)]; enum E$ c; char d[(B$ > A$) + 1]; };

enum E$ { A$ = 0x7fffffff, B$ }; struct P$ { enum E$ a; char b[sizeof(B$)]; char c[(B$ > 0) + 1]; };

enum E$ { A$ = 2, B$ = sizeof(enum { X$ = 3 }), C$ = X$ }; struct P$ { char a[C$]; char b[B$]; };

struct P$ { char a[sizeof(enum E$ { A$ = 5 }) + A$]; enum E$ b; };

enum { A$ = 3 }; struct P$ { unsigned a : A$, b : A$ + 1, : 0, c : A$ * 2; };

struct P$ { char a; long long b : 33; int c : 5; char d; };

struct P$ { char a; _Bool b : 1, c : 1; short d : 9; char e; };

struct P$ { char a; enum { A$, B$ = 3 } b : 2, c : 2; char d; };

struct P$ { int a : 5; int : 0; char b; int : 3; char c; };

union P$ { int a : 5; char : 3; long long b : 40; };

struct P$ { char a; int : 0 __attribute__((aligned(16))); char b; };

struct P$ { char a; unsigned b : 4 __attribute__((packed)); unsigned c : 30 __attribute__((packed)); char d; };

#pragma pack(push)
#pragma pack(1)
struct P$ { char a; unsigned b : 30; unsigned c : 5; long long d; };
#pragma pack(pop)

#pragma pack(push, 4)
struct P$ { char a; struct { char x; long long y; } __attribute__((packed)) b; long long c; };
#pragma pack(pop)

#pragma pack(push, 1)
struct P$ { char a; struct { char x; int y __attribute__((aligned(8))); } b; int c; };
#pragma pack(pop)

#pragma pack(push, 2)
union P$ { char a[5]; long long b; struct { char x; int y; } c; };
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; int b; } __attribute__((aligned(16)));
#pragma pack(pop)

#pragma pack(push, 8)
struct P$ { char a; int b __attribute__((aligned(16))); double c; };
#pragma pack(pop)

#pragma pack(push, 16)
struct P$ { char a; long double b; int c __attribute__((vector_size(32))); };
#pragma pack(pop)

_Pragma("pack(push,1)") struct P$ { char a; int b; } v$; _Pragma("pack(pop)") struct Q$ { char a; int b; };

#define B$ _Pragma("pack(push)") _Pragma("pack(2)")
#define E$ _Pragma("pack(pop)")
B$ struct P$ { char a; int b; }; E$ struct Q$ { char a; int b; };

#pragma pack(push, 1)
typedef struct { char a; int b; } T$;
#pragma pack(pop)
struct P$ { char a; T$ b; T$ c[2]; int d; };

#pragma pack(push, 1)
#pragma pack(push)
#pragma pack()
struct P$ { char a; int b; };
#pragma pack(pop)
struct Q$ { char a; int b; };
#pragma pack(pop)

#pragma pack(push, one$, 1)
#pragma pack(push, two$, 2)
#pragma pack(pop, one$)
struct P$ { char a; int b; };

struct P$ { char a; struct { int b; union { char c; struct { short d; int e; }; }; }; char f; };

struct P$ { char a; union { struct { int b; }; struct { long long c; }; char d[3]; } e, *f; char g; };

struct P$ { char a; const union { int b; char c; }; volatile struct { char d; short e; }; };

struct P$ { char a; struct { struct { struct { int b; } __attribute__((packed)); }; }; };

struct P$ { union { struct { int : 7; int x : 3; }; int y; }; char z; };

struct P$ { char a; struct { int b; } c : 3; };

struct P$ { char a; struct { int b; }, c; };

struct P$ { int a; union { int b; struct { int a; }; }; };

struct P$ { char a; struct I$ { int b; }; struct I$; char c; };

struct P$ { struct P$ *next, **prev, *(*get)(struct P$ *, struct P$ (*)[1]); };

struct P$ { struct Q$ *q; char a; }; struct Q$ { struct P$ p[2]; };

struct P$ { char a; _Atomic(char) b; _Atomic(struct { char x[3]; }) c; char d; };

struct P$ { char a; _Atomic(struct { int x, y; }) b; char c; };

struct P$ { char a; _Atomic(long long) b[2]; _Atomic long long *c; };

struct P$ { char a; _Atomic(double) b; const _Atomic int c; int _Atomic volatile d; };

struct P$ { char a; _Atomic(void *) b; void *_Atomic c; _Atomic(int (*)(void)) d; };

struct P$ { char a; _Atomic(union { char x; long long y; }) b; } __attribute__((packed));

struct P$ { char a; _Atomic(__int128) b; };

struct P$ { char a; struct { _Atomic long long x; } b; char c; };

struct P$ { char a; unsigned __int128 b : 70; };

struct P$ { char a; __int128 b __attribute__((aligned(8))); char c; };

struct P$ { char a; __builtin_va_list b[2]; char c[sizeof(__builtin_va_list)]; __builtin_va_list *d; };

struct P$ { char a; _Float32x b; _Float64x c; };

struct P$ { char a; _Float128 b; char c[sizeof(1.0q)]; };

struct P$ { char a; char b[sizeof(1.0f)]; char c[sizeof(1.0l)]; char d[sizeof(1.0 + 1.0f)]; char e[sizeof(1.0f * 2)]; };

struct P$ { char a; _Complex float b; _Complex double c; };

struct P$ { char a; unsigned _BitInt(7) b; _BitInt(33) c; };

enum E$ : unsigned char { A$ = 3 }; struct P$ { char a; enum E$ b; char c[sizeof(A$)]; char d[A$]; };

enum E$ : long long; struct P$ { char a; enum E$ b; char c; };

struct P$ { char a; alignas(8) char b; alignas(long long) char c; };

struct P$ { char a; typeof_unqual(const volatile int[3]) b; };

constexpr int n$ = 4; struct P$ { char a[n$]; };

static const int n$ = 4; struct P$ { char a[n$]; };

struct P$ { char a; nullptr_t b; };

struct P$ { char a[sizeof(nullptr)]; };

struct P$ { char a; auto b; };

[[gnu::packed]] struct P$ { char a; int b; };

struct P$ { char a; struct [[gnu::packed]] { char b; int c; } d; };

struct P$ { char a; int b [[gnu::aligned(8)]] [2]; char c; };

extern int v$[5]; struct P$ { typeof(v$) a; typeof(*v$) b; typeof(&v$) c; typeof(v$ + 1) d; typeof(&v$[1]) e; };

extern char c$; extern short s$; struct P$ { typeof(c$ + s$) a; typeof(c$) b; typeof(+c$) c; typeof(c$++) d; typeof(c$ += 1L) e; typeof(c$, s$) f; };

extern unsigned u$; extern long l$; struct P$ { typeof(u$ + l$) a; typeof(u$ << l$) b; typeof(1 ? u$ : l$) c; typeof(u$ < l$) d; };

extern int f$(char); struct P$ { typeof(f$) *a; typeof(&f$) b; typeof(f$('a')) c; typeof(*f$) *d; };

struct I$ { int x : 3; char y; short z[4]; }; extern struct I$ v$; struct P$ { typeof(v$.z) a; typeof(v$.y) b; typeof(v$.x + 0) c; typeof(v$.z[0]) d; };

struct P$ { typeof(({ int x = 1; (long long)x; })) a; char b; };

struct P$ { char a; typeof(struct { char x; int y; }) b; typeof(enum { A$ }) c; typeof(int[2][3]) d; };

struct P$ { char a; typeof(typeof(typeof(long long))) b; typeof(*(typeof(short) *)0) c; };

struct P$ { int n; union { char a[0]; int b[0]; }; };

struct P$ { int n; struct { char x; int data[]; } tail; };

struct P$ { char n; union { struct { int k; char d[]; }; long long e; }; };

struct I$ { char n; long long d[]; }; struct P$ { struct I$ i; }; struct Q$ { char c; struct I$ i; };

struct P$ { char n; struct { } e; int d[]; };

struct P$ { int n; char d[0]; int e; short f[0]; };

struct P$ { char a[2][0]; int b; };

struct P$ { char a[sizeof(struct { int n; char d[]; })]; char b[__builtin_offsetof(struct { char n; short d[]; }, d)]; };

struct P$ { char n; int d[] __attribute__((aligned(8))); };

struct P$ { char n; int d[] __attribute__((packed)); };

struct P$ { char n; int d[], e; };

union P$ { int n; char d[]; };

struct P$ { int d[]; };

struct P$ { char n; struct I$ { int x; } d[]; };

extern int v$[]; struct P$ { typeof(v$) *a; char b[sizeof(*v$)]; };

extern int v$[]; struct P$ { int n; typeof(v$) d; };
