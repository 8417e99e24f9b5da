struct P$ { char a['\377' < 0 ? 1 : 2]; char b[sizeof('a')]; char c['\x7f']; };

struct P$ { char a[(unsigned char)-1]; char b[(signed char)255 + 2]; char c[(short)0x10003]; };

struct P$ { char a[-1 < 0u ? 1 : 2]; char b[-1L < 0u ? 3 : 4]; char c[-1LL < 0ul ? 5 : 6]; };

struct P$ { char a[sizeof(1 ? 1 : 1L)]; char b[sizeof(1 ? (char)1 : (short)1)]; char c[sizeof(0 ? 1u : 1LL)]; };

struct P$ { char a[sizeof(+(char)1)]; char b[sizeof(-(short)1)]; char c[sizeof(~(unsigned char)1)]; char d[sizeof(!1L)]; };

struct P$ { char a[sizeof((char)1 << 40L)]; char b[sizeof(1L << (char)1)]; char c[sizeof((short)1 + (short)1)]; };

struct P$ { char a[(~0u >> 28)]; char b[(-1 >> 1) + 2]; char c[(-7 / 2) + 5]; char d[(-7 % 3) + 5]; };

struct P$ { char a[0x7fffffff + 1u == 0x80000000 ? 1 : 2]; char b[0xffffffffu + 1 == 0 ? 3 : 4]; };

struct P$ { char a[sizeof(0x80000000)]; char b[sizeof(2147483648)]; char c[sizeof(0x7fffffff)]; char d[sizeof(4294967296)]; };

struct P$ { char a[sizeof(0x8000000000000000)]; char b[sizeof(1ull)]; char c[sizeof(1lu)]; char d[sizeof(0777u)]; };

struct P$ { char a[0b1011]; char b[017]; char c[0x1F & 0xf]; char d[1 ?: 7]; char e[0 ?: 7]; };

struct P$ { char a[1 ? 3 : 1 / 0]; char b[1 || 1 / 0]; char c[(0 && 1 / 0) + 2]; };

struct P$ { char a[(int)3.99]; char b[(int)1e1]; char c[(int)(2.5f * 2)]; char d[(unsigned)0x1p3]; };

struct P$ { char a[(int)(0.1 + 0.2 != 0.3) + 1]; char b[(int)sizeof(1.0f)]; char c[sizeof(1.0)]; char d[sizeof(1.0f + 1)]; };

struct P$ { char a[__builtin_constant_p(3) + 1]; char b[__builtin_constant_p("a") + 1]; char c[__builtin_choose_expr(1, 4, (void)0)]; };

struct P$ { char a[__builtin_types_compatible_p(int, const int) + 1]; char b[__builtin_types_compatible_p(int *, const int *) + 1]; char c[__builtin_types_compatible_p(int[], int[5]) + 1]; char d[__builtin_types_compatible_p(enum { Z$ }, int) + 1]; };

struct P$ { char a[__builtin_types_compatible_p(long, int) + 1]; char b[__builtin_types_compatible_p(char, unsigned char) + 1]; char c[__builtin_types_compatible_p(int(), int(void)) + 1]; };

struct P$ { char a[__builtin_ffs(8)]; char b[__builtin_ffsl(16L)]; char c[__builtin_ffsll(1LL << 40)]; char d[__builtin_clz(1) + 1]; };

struct P$ { char a[__builtin_clzl(1) + 1]; char b[__builtin_ctzll(0x100) + 1]; char c[__builtin_popcount(0xff)]; char d[__builtin_parity(7)]; };

struct P$ { char a[__builtin_bswap16(0x0100)]; char b[__builtin_bswap32(0x05000000)]; char c[__builtin_bswap64(0x0700000000000000)]; char d[sizeof(__builtin_bswap16(1))]; };

struct P$ { char a[__builtin_strlen("hello")]; char b[__builtin_strlen("a\0b")]; char c[sizeof(__builtin_strlen("x"))]; };

struct P$ { char a[__builtin_offsetof(struct { char c; int i; }, i)]; char b[__builtin_offsetof(struct { char c; struct { short s[4]; } x; }, x.s[2])]; };

struct Q$ { char c; struct { int i; union { long l; char d[8]; }; } n[3]; };
struct P$ { char a[__builtin_offsetof(struct Q$, n[1].d[3])]; char b[__builtin_offsetof(struct Q$, n[2].l)]; };

struct Q$ { char c; int a[]; };
struct P$ { char a[__builtin_offsetof(struct Q$, a)]; char b[__builtin_offsetof(struct Q$, a[2])]; };

struct Q$ { char c; long l; };
struct P$ { char a[(unsigned long)&((struct Q$ *)0)->l]; };

struct Q$ { char c; long l; };
struct P$ { char a[sizeof(((struct Q$ *)0)->l)]; char b[sizeof((*(struct Q$ *)0).c)]; char d[__alignof__(((struct Q$ *)0)->l)]; };

struct P$ { char a[_Generic(1, int: 1, long: 2, default: 3)]; char b[_Generic(1L, int: 1, long: 2, default: 3)]; char c[_Generic('a', char: 1, int: 2)]; char d[_Generic("a", char *: 1, const char *: 2, default: 3)]; };

struct P$ { char a[_Generic((short)1, int: 1, short: 2)]; char b[_Generic((const int)1, const int: 1, int: 2)]; char c[_Generic(0 ? (void *)0 : (int *)0, int *: 1, void *: 2)]; };

struct P$ { char a[_Generic(1 ? (int *)0 : (const int *)0, const int *: 1, int *: 2)]; char b[_Generic(&(int[3]){0}, int (*)[3]: 1, default: 2)]; };

struct P$ { char a[_Generic((char)1 + (char)1, int: 1, char: 2)]; char b[_Generic(1u - 2, unsigned: 1, int: 2)]; char c[_Generic(sizeof(1), unsigned: 1, unsigned long: 2)]; };

enum { X$ = 1u, Y$ = 0x7fffffff, Z$ = sizeof(X$) };
struct P$ { char a[_Generic(X$, int: 1, unsigned: 2)]; char b[Z$]; };

enum e$ { X$ = 1 };
struct P$ { char a[_Generic((enum e$)0, int: 1, unsigned: 2)]; char b[(enum e$)-1 < 0 ? 1 : 2]; };

enum e$ { X$ = -1 };
struct P$ { char a[_Generic((enum e$)0, int: 1, unsigned: 2)]; char b[(enum e$)-1 < 0 ? 1 : 2]; };

struct P$ { char a[sizeof(int[3][4]) / sizeof(int[4])]; char b[sizeof(char(*)[7])]; char c[sizeof(*(char(*)[7])0)]; };

struct P$ { char a[(_Bool)0.5]; char b[(_Bool)256]; char c[(_Bool)"a" + 1]; };

struct P$ { char a[!!5 + !0]; char b[- -3]; char c[~-4]; char d[+ +2]; };

struct P$ { char a[(1, 2)]; };

struct P$ { char a[3 > 2 > 0]; char b[1 == 1 == 1]; char c[(5 & 4 == 4) + 1]; char d[(1 | 2 ^ 3)]; };

struct P$ { char a[sizeof(struct { char x; long long y; })]; char b[_Alignof(struct { char x; short y; })]; char c[sizeof(union { int i; char j[9]; })]; };

struct P$ { char a[(char)'\xff' == '\xff' ? 1 : 2]; char b['ab' == ('a' << 8 | 'b') ? 1 : 2]; };

struct P$ { char a[sizeof(u'a')]; char b[sizeof(U'a')]; char c[sizeof(L'a')]; char d[L'\xff' > 0 ? 1 : 2]; };

struct P$ { char a[u8'a' == 97 ? 1 : 2]; char b[sizeof(u8'a')]; };

struct P$ { char a[(long)0x80000000 < 0 ? 1 : 2]; char b[(int)0x80000000 < 0 ? 1 : 2]; char c[(long long)(int)0xffffffff == -1 ? 3 : 4]; };

struct P$ { char a[(unsigned short)-1 == 65535 ? 1 : 2]; char b[(unsigned short)1 - 2 < 0 ? 1 : 2]; char c[1u - 2 > 0 ? 1 : 2]; };

struct P$ { char a[1'000 / 100]; char b[0b1'0'1]; char c[0x1'0 - 10]; };

struct P$ { char a[true + 1]; char b[sizeof(true)]; char c[sizeof(nullptr)]; };

constexpr int x$ = 7;
constexpr unsigned char y$ = 255;
struct P$ { char a[x$]; char b[y$ - 250]; char c[sizeof(x$)]; };

static const int x$ = 5;
struct P$ { char a[x$]; };

static const int x$[] = { 1, 2, 3, 4 };
struct P$ { char a[sizeof(x$) / sizeof(*x$)]; };

struct P$ { char a[__INT_MAX__ == 0x7fffffff ? 1 : 2]; char b[__SIZEOF_LONG__]; char c[__CHAR_BIT__]; char d[__SIZEOF_POINTER__]; char e[__SIZEOF_LONG_LONG__]; };

struct P$ { char a[__LONG_MAX__ > 0x7fffffffL ? 1 : 2]; char b[__SCHAR_MAX__ & 15]; char c[sizeof(__SIZE_TYPE__)]; char d[sizeof(__PTRDIFF_TYPE__)]; char e[sizeof(__INTMAX_TYPE__)]; char f[sizeof(__WINT_TYPE__)]; };

struct P$ { char a[sizeof(__INT_FAST16_TYPE__)]; char b[sizeof(__INT_LEAST8_TYPE__)]; char c[sizeof(__UINTPTR_TYPE__)]; char d[sizeof(__SIG_ATOMIC_TYPE__)]; };

struct P$ { char a[__builtin_clrsb(1) & 15]; char b[__builtin_abs(-4)]; char c[__builtin_labs(-5L)]; char d[__builtin_ctz(8)]; };

struct P$ { char a[__builtin_object_size((char[4]){0}, 0) > 3 ? 1 : 1]; };

struct P$ { char a[__builtin_expect(3, 1)]; char b[__builtin_expect(!!4, 1) + 1]; };

struct P$ { char a[__builtin_popcountll(~0ull)]; char b[__builtin_popcountl(~0ul)]; char c[__builtin_clzll(1ull)]; };

struct P$ { char a[__alignof__(int[5])]; char b[__alignof__(double)]; char c[_Alignof(double)]; char d[__alignof__(long long)]; char e[_Alignof(long long)]; };

struct P$ { char a[__alignof__(char *)]; char b[__alignof__(struct { char c; double d; })]; char c[_Alignof(struct { char c; double d; })]; char d[__alignof__(long double)]; };

extern int v$ __attribute__((aligned(32)));
struct P$ { char a[__alignof__(v$)]; char b[__alignof__(*&v$)]; };

struct Q$ { char c; int i __attribute__((packed)); long long l __attribute__((aligned(16))); };
struct P$ { char a[__alignof__(((struct Q$ *)0)->i)]; char b[__alignof__(((struct Q$ *)0)->l)]; char c[_Alignof(struct Q$)]; };

typedef int t$ __attribute__((aligned(16)));
struct P$ { char a[__alignof__(t$)]; char b[__alignof__(const t$)]; char c[sizeof(t$)]; char d[__alignof__((t$)1)]; };

void f$(void);
struct P$ { char a[__alignof__(f$)]; char b[sizeof(f$)]; char c[sizeof(void)]; char d[__alignof__(void)]; };

struct P$ { char a[alignof(int)]; char b[sizeof(typeof(1L))]; char c[sizeof(typeof_unqual(const short))]; };

struct P$ { char a[sizeof(__typeof__(1 ? 1 : 1ull))]; char b[sizeof(__typeof(char[12]))]; char c[sizeof(typeof(*(int (*)[3])0))]; };

struct P$ { char a[(10 >> 1u)]; char b[(1u << 3)]; char c[(5 * 3 - 2 / 2)]; char d[('z' - 'a') & 31]; };
