struct P$ { char a['a']; char b['\x7f']; };

struct P$ { char a['\xff' < 0 ? 2 : 3]; };

struct P$ { char a['\xff' == 255 ? 2 : 3]; char b[sizeof('\xff')]; };

struct P$ { char a['ab' == 24930 ? 2 : 3]; char b[L'\xff' == 255 ? 2 : 3]; char c[u'\xffff' > 0 ? 2 : 3]; };

struct P$ { char a[(char)-1 < 0 ? 2 : 3]; char b[(signed char)255 < 0 ? 2 : 3]; char c[(char)200 == 200 ? 2 : 3]; };

struct P$ { char a[-1 < 0u ? 2 : 3]; char b[-1 < 0ul ? 2 : 3]; char c[-1 < (unsigned char)1 ? 2 : 3]; char d[-1L < 0u ? 2 : 3]; };

struct P$ { char a[0u - 1 > 0 ? 2 : 3]; char b[(0u - 1) / 0x40000000]; char c[(~0u >> 30)]; };

struct P$ { char a[((unsigned char)~0) / 16]; char b[~(unsigned char)0 < 0 ? 2 : 3]; };

struct P$ { char a[(unsigned short)-1 / 10000]; char b[(short)0x8000 < 0 ? 2 : 3]; };

struct P$ { char a[sizeof(1)]; char b[sizeof(1l)]; char c[sizeof(1ll)]; char d[sizeof(1u)]; char e[sizeof(1ul)]; };

struct P$ { char a[sizeof(2147483647)]; char b[sizeof(2147483648)]; char c[sizeof(0x80000000)]; char d[sizeof(4294967296)]; char e[sizeof(0x100000000)]; };

struct P$ { char a[-2147483648 < 0 ? 2 : 3]; char b[2147483648 - 1 > 0 ? 2 : 3]; char c[sizeof(-2147483648)]; };

struct P$ { char a[(1UL << (sizeof(long) * 8 - 1)) > 0 ? 2 : 3]; char b[sizeof(1UL << 3)]; };

struct P$ { char a[(1 << 31) < 0 ? 2 : 3]; char b[(-1 >> 1) == -1 ? 2 : 3]; char c[(-1u >> 28)]; };

struct P$ { char a[(long)0xffffffffu < 0 ? 2 : 3]; char b[sizeof((char)1 + (char)1)]; char c[sizeof(1 ? 1 : 1LL)]; };

struct P$ { char a[(1, 2, 3)]; };

struct P$ { char a[sizeof(1, (char)2)]; };

struct P$ { char a[3 ?: 4]; char b[0 ?: 5]; };

struct P$ { char a[(0 ? 1u : -1) > 0 ? 2 : 3]; };

struct P$ { char a[(int)3.7]; char b[(int)(2.5 * 2)]; char c[(int)1e1]; };

struct P$ { char a[1.5 > 1 ? 2 : 3]; char b[(int)(7 / 2.0 + 0.5)]; char c[!0.5 + 1]; };

struct P$ { char a[(unsigned char)300.0f]; };

struct P$ { char a[__builtin_strlen("hello")]; char b[__builtin_bswap16(0x0100)]; char c[__builtin_bswap32(0x05000000)]; };

struct P$ { char a[__builtin_bswap64(0x0500000000000000ULL)]; char b[sizeof(__builtin_bswap64(1))]; char c[sizeof(__builtin_bswap16(1))]; };

struct P$ { char a[__builtin_ffs(8)]; char b[__builtin_ffsl(8)]; char c[__builtin_ffsll(1ULL << 40)]; char d[__builtin_ffs(0) + 1]; };

struct P$ { char a[__builtin_clz(1)]; char b[__builtin_ctz(8)]; char c[__builtin_popcount(255)]; char d[__builtin_clzl(1)]; char e[__builtin_clzll(1)]; };

struct P$ { char a[__builtin_parity(7) + 1]; char b[__builtin_parityll(3) + 1]; };

struct P$ { char a[__builtin_clrsb(0)]; };

struct P$ { char a[__builtin_abs(-5)]; char b[__builtin_labs(-5)]; };

struct P$ { char a[__builtin_choose_expr(1, 3, 4)]; char b[sizeof(__builtin_choose_expr(0, 1, 1LL))]; };

struct P$ { char a[__builtin_types_compatible_p(int, int) + 1]; char b[__builtin_types_compatible_p(int, const int) + 1]; char c[__builtin_types_compatible_p(int *, const int *) + 1]; char d[__builtin_types_compatible_p(int[], int[5]) + 1]; };

struct P$ { char a[__builtin_types_compatible_p(long, int) + 1]; char b[__builtin_types_compatible_p(char, signed char) + 1]; char c[__builtin_types_compatible_p(char, unsigned char) + 1]; char d[__builtin_types_compatible_p(unsigned, unsigned int) + 1]; };

struct P$ { char a[__builtin_types_compatible_p(int[3], int[4]) + 1]; char b[__builtin_types_compatible_p(int (*)(int), int (*)(long)) + 1]; char c[__builtin_types_compatible_p(int (*)(void), int (*)()) + 1]; };

enum E$ { A$, B$ };
struct P$ { char a[__builtin_types_compatible_p(enum E$, unsigned) + 1]; char b[__builtin_types_compatible_p(enum E$, int) + 1]; char c[__builtin_types_compatible_p(__typeof__(A$), int) + 1]; };

enum E$ { A$ = -1, B$ };
struct P$ { char a[__builtin_types_compatible_p(enum E$, unsigned) + 1]; char b[__builtin_types_compatible_p(enum E$, int) + 1]; };

enum E$ { A$, B$ }; enum F$ { C$, D$ };
struct P$ { char a[__builtin_types_compatible_p(enum E$, enum F$) + 1]; };

struct I$; struct J$;
struct P$ { char a[__builtin_types_compatible_p(struct I$ *, struct I$ *) + 1]; char b[__builtin_types_compatible_p(struct I$ *, struct J$ *) + 1]; char c[__builtin_types_compatible_p(struct I$, struct J$) + 1]; };

typedef int T$;
struct P$ { char a[__builtin_types_compatible_p(T$, int) + 1]; char b[__builtin_types_compatible_p(T$ *, int *) + 1]; char c[__builtin_types_compatible_p(volatile int *, int *) + 1]; };

extern int s$[4];
struct P$ { char a[__builtin_types_compatible_p(__typeof__(s$), __typeof__(&s$[0])) + 1]; };

struct P$ { char a[__builtin_constant_p(3) + 1]; char b[__builtin_constant_p("x") + 1]; };

extern int x$;
struct P$ { char a[__builtin_constant_p(x$) + 1]; };

struct P$ { char a[__builtin_expect(5, 1)]; char b[__builtin_expect(!!3, 0) + 1]; };

struct P$ { char a[_Generic(1, int: 2, long: 3, default: 4)]; char b[_Generic(1L, int: 2, long: 3)]; char c[_Generic((char)1, char: 5, int: 6)]; };

struct P$ { char a[_Generic("a", char *: 2, const char *: 3)]; char b[_Generic((const int)1, int: 2, const int: 3)]; char c[_Generic(&(int){0}, int *: 2, default: 3)]; };

struct P$ { char a[_Generic('a', char: 2, int: 3)]; char b[_Generic(1u, int: 2, unsigned: 3)]; char c[_Generic(1.0f, float: 2, double: 3)]; char d[_Generic(1.0L, long double: 4, double: 3)]; };

struct P$ { char a[sizeof(_Generic(1, int: (char)1, default: 1LL))]; };

enum E$ { A$ = 3 };
struct P$ { char a[A$]; char b[(enum E$)2]; char c[sizeof(enum E$)]; char d[(enum E$)-1 < 0 ? 2 : 3]; };

enum E$ { A$ = -3 };
struct P$ { char a[-A$]; char d[(enum E$)-1 < 0 ? 2 : 3]; };

enum E$ { A$ = 0xffffffffu, B$ };
struct P$ { char a[sizeof(B$)]; char b[sizeof(enum E$)]; };

enum E$ { A$ = 0x7fffffff, B$ };
struct P$ { char a[sizeof(A$)]; char b[sizeof(B$)]; char c[B$ > 0 ? 2 : 3]; };

enum E$ { A$ = 1, B$ = A$ << 3, C$ = B$ | 1, D$ = sizeof(char[C$]) };
struct P$ { char a[D$]; };

enum E$ { A$ = (char)-1, B$ = (unsigned char)-1 };
struct P$ { char a[A$ == 255 ? 2 : 3]; char b[B$ == 255 ? 2 : 3]; };

struct P$ { char a[7 / 2]; char b[-7 / 2 + 10]; char c[-7 % 3 + 10]; char d[7u % 4]; };

struct P$ { char a[5 & 3]; char b[5 | 3]; char c[5 ^ 3]; char d[~-4]; char e[!0]; char f[!5 + 1]; };

struct P$ { char a[1 && 2]; char b[(0 || 3) + 1]; char c[(1 && 0) + 1]; char d[0 && (1 / 0) ? 2 : 3]; char e[1 || (1 / 0) ? 2 : 3]; };

struct P$ { char a[1 ? 2 : (1 / 0)]; };

struct P$ { char a[1 / 0]; };

struct P$ { char a[-1]; };

struct P$ { char a[1 << 40 ? 2 : 3]; };

struct P$ { char a[1 << -1 ? 2 : 3]; };

struct P$ { char a[(2147483647 + 1) < 0 ? 2 : 3]; };

struct P$ { char a[sizeof(char) == 1 && sizeof(short) == 2 ? 4 : 5]; char b[sizeof(long) - 9 > 0 ? 2 : 3]; };

struct P$ { char a[sizeof(int[3]) / sizeof(int)]; char b[sizeof(int (*)[3])]; char c[sizeof(char[2][3])]; };

struct P$ { char a[(unsigned long)&((struct { char a; int b; } *)0)->b]; };

struct I$ { char a; struct { int b[4]; } c; };
struct P$ { char a[__builtin_offsetof(struct I$, c.b[2])]; char b[(long)&((struct I$ *)0)->c.b[1]]; char c[(char *)&((struct I$ *)0)->c - (char *)0]; };

struct I$ { char a; struct { int b[4]; } c; };
struct P$ { char a[(unsigned long)((struct I$ *)0)->c.b]; char b[(__SIZE_TYPE__)&((struct I$ *)16)->c]; char c[__builtin_offsetof(struct I$, c.b[1 + 1])]; };

struct P$ { char a[(unsigned long)(char *)3]; char b[(long)((char *)8 - (char *)3)]; char c[(long)((int *)16 + 1)]; };

static const int n$ = 3;
struct P$ { char a[n$]; };

struct P$ { char a[({ 3; })]; };

struct P$ { char a[sizeof(({ long x = 3; x; }))]; };

struct P$ { char a[(_Bool)5 + 1]; char b[(_Bool)0.5 + 1]; char c[sizeof((_Bool)1 + 0)]; };

struct P$ { char a[0x10]; char b[010]; char c[0b101]; char d[1'000]; };

struct P$ { char a[010 + 0xA + 0B11]; char b[3U + 2L]; };

struct P$ { unsigned a : sizeof(int) * 2; unsigned b : 'a' - 90; unsigned c : (1, 3); };

struct P$ { char a[__CHAR_BIT__ * sizeof(long)]; char b[__SIZEOF_POINTER__]; char c[__INT_MAX__ > 0 ? 2 : 3]; };

struct P$ { char a[(long long)1 << 33 > 0 ? 2 : 3]; char b[(1L << 31) > 0 ? 2 : 3]; };

struct P$ { char a[(unsigned char)(256 + 7)]; char b[(signed char)(256 - 7) + 10]; char c[(unsigned short)0x10003]; };

struct P$ { char a[(0xffffffff + 1) == 0 ? 2 : 3]; char b[(0xffffffffL + 1) == 0 ? 2 : 3]; char c[(-1L == 0xffffffff) ? 2 : 3]; };

struct P$ { char a[sizeof(sizeof(int))]; char b[sizeof(__alignof__(int))]; char c[sizeof((char *)0 - (char *)0)]; char d[sizeof(__builtin_offsetof(struct { int a; }, a))]; };

struct P$ { char a[sizeof(int) - sizeof(long long) > 0 ? 2 : 3]; char b[(int)(sizeof(int) - sizeof(long long)) > 0 ? 2 : 3]; };

struct P$ { char a[__extension__ 3]; char b[(__extension__ (5))]; };

struct P$ { char a[__builtin_object_size((char *)0, 0) > 0 ? 2 : 3]; };

struct P$ { char a[__builtin_offsetof(struct { char x; long y; }, y)]; };

struct P$ { char a[+3]; char b[- -4]; char c[!!7]; char d[~~5]; };

struct P$ { char a[(3)]; char b[((4))]; char c[(int)(5)]; char d[(int)+6]; char e[(int)-(-7)]; };

struct P$ { char a[(unsigned)-1 % 7]; char b[(unsigned long long)-1 % 100]; char c[-1 % 7u + 1]; };

struct P$ { char a[(__INT64_TYPE__)1 << 40 >> 38]; char b[(unsigned __int128)1 << 100 >> 98]; };

struct P$ { char a[(1 ? (char)3 : (char)4)]; char b[sizeof(1 ? (char)3 : (char)4)]; char c[sizeof(1 ? (char *)0 : (void *)0)]; char d[sizeof(*(1 ? (int *)0 : (void *)0))]; };

struct P$ { char a[sizeof(*(1 ? (void *)((long)(5) * 0l) : (int *)8))]; char b[sizeof(*(1 ? (void *)((long)(sizeof(int)) + 1) : (int *)8))]; };

enum { A$ = sizeof(int *), B$ = __builtin_choose_expr(sizeof(long) == 8, 6, 7) };
struct P$ { char a[A$]; char b[B$]; };

extern int v$;
struct P$ { char a[sizeof(v$++)]; char b[sizeof(v$ = 3)]; char c[sizeof(v$ += 3LL)]; char d[sizeof(&v$)]; char e[sizeof(-v$)]; };

struct P$ { char a[!"x" + 1]; char b["x" ? 2 : 3]; };

struct P$ { char a["abc"[1] == 'b' ? 2 : 3]; };

struct P$ { char a[__builtin_strlen("ab\0c")]; char b[__builtin_strcmp("a", "a") + 1]; };

struct P$ { char a[(int)__builtin_inf() ? 2 : 3]; };

struct P$ { char a[__builtin_isnan(0.0) + 1]; };

struct P$ { char a[__builtin_mul_overflow_p(1, 2, 3) + 1]; };

struct P$ { char a[__builtin_add_overflow_p(2147483647, 1, 0) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$; extern struct I$ { int m; } s$; enum { E$ = 3 };
struct P$ { char a[C(0 && v$) + 1]; char b[C(1 || v$) + 1]; char c[C(0 ? v$ : 1) + 1]; char d[C((int)1.5) + 1]; char e[C(E$) + 1]; char f[C(!v$) + 1]; char g[C(v$ * 0) + 1]; char h[C(sizeof(s$)) + 1]; char i[C(sizeof(s$.m)) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$; extern struct I$ { int m; } s$; enum { E$ = 3 };
struct P$ { char d[C(__builtin_constant_p(v$)) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$; extern struct I$ { int m; } s$; enum { E$ = 3 };
struct P$ { char c[C(__builtin_bswap32(1)) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$; extern struct I$ { int m; } s$; enum { E$ = 3 };
struct P$ { char a[C((long)(void *)0) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$; extern struct I$ { int m; } s$; enum { E$ = 3 };
struct P$ { char b[C(&((struct I$ *)0)->m) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$;
struct P$ { char a[C(__builtin_choose_expr(1, 2, v$)) + 1]; char b[C(_Generic(1, int: 3, default: v$)) + 1]; char c[C(1 ?: v$) + 1]; };

#define C(x) (sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))
extern int v$;
struct P$ { char a[C(__builtin_offsetof(struct { int x; }, x)) + 1]; char b[C(__builtin_types_compatible_p(int, long)) + 1]; char c['a' + C('a') - 'a']; char d[C((char)-1) + 1]; };

extern int v$;
struct P$ { char a[_Generic(1 ? (void *)0 : (int *)1, int *: 2, void *: 3)]; char b[_Generic(1 ? (void *)(0 ? v$ : 0) : (int *)1, int *: 2, void *: 3)]; char c[_Generic(1 ? 0 : (int *)1, int *: 2, void *: 3)]; char d[_Generic(1 ? (void *)1 : (int *)1, int *: 2, void *: 3)]; };

struct P$ { char a[(int)0x1.8p3]; char b[(int)0x.8p4f]; char c[(int)0x1P+2]; };

enum E$ { A$ = 1ull << 31, B$ = A$ << 1, C$ = sizeof(B$), D$ = sizeof(A$) };
struct P$ { char a[C$]; char b[D$]; enum E$ c; };
