typedef int t$ __attribute__((aligned(8)));
struct Q$ { t$ a; char c; };
struct P$ { typeof(((struct Q$ *)0)->a) x; char b; typeof(&((struct Q$ *)0)->a) y; char d[sizeof(((struct Q$ *)0)->a)]; };

typedef struct { int x; } s$ __attribute__((aligned(16)));
struct P$ { char c; typeof((s$){ 1 }) a; s$ b; };

struct Q$ { unsigned a : 3; int b : 17; unsigned long long c : 40; _Bool d : 1; };
struct P$ { char a[sizeof(+((struct Q$ *)0)->a)]; char b[sizeof(((struct Q$ *)0)->c + 0)]; char c[_Generic(((struct Q$ *)0)->a + 0, int: 1, unsigned: 2)]; char d[_Generic(~((struct Q$ *)0)->d, int: 1, default: 2)]; };

struct Q$ { unsigned a : 32; int b : 32; unsigned char c : 8; };
struct P$ { char a[_Generic(((struct Q$ *)0)->a + 0, int: 1, unsigned: 2)]; char b[_Generic(((struct Q$ *)0)->c + 0, int: 1, unsigned: 2)]; };

struct P$ { char a[_Generic((char *)0 - (char *)0, int: 1, long: 2, default: 3)]; char b[sizeof((int *)0 - (int *)0)]; char c[_Generic(&"ab", char (*)[3]: 1, default: 2)]; };

struct P$ { char a[_Generic(1.0f + 1, float: 1, double: 2)]; char b[_Generic(1.0f * 1.0, float: 1, double: 2)]; char c[_Generic(1L * 1.0f, float: 1, double: 2)]; char d[_Generic(1.0L + 1, long double: 1, default: 2)]; };

struct P$ { char a[_Generic(0x7fffffff + 1L, int: 1, long: 2, long long: 3)]; char b[_Generic(1u + 1L, unsigned: 1, long: 2, unsigned long: 3)]; char c[_Generic(1ul + 1LL, unsigned long: 1, long long: 2, unsigned long long: 3)]; };

struct P$ { char a[_Generic((void)0, void: 1, default: 2)]; char b[_Generic(1, default: 2, float: 3)]; };

int f$(int);
struct P$ { char a[_Generic(f$, int (*)(int): 1, default: 2)]; char b[_Generic(&f$, int (*)(int): 1, default: 2)]; char c[_Generic(*f$, int (*)(int): 1, default: 2)]; };

struct Q$ { const int a; volatile char b[3]; };
struct P$ { char a[_Generic(((struct Q$ *)0)->a, int: 1, const int: 2)]; char b[_Generic(&((struct Q$ *)0)->a, const int *: 1, int *: 2)]; char c[_Generic(((struct Q$ *)0)->b, volatile char *: 1, char *: 2)]; };

const struct Q$ { int a; } *q$;
struct P$ { char a[_Generic(&q$->a, const int *: 1, int *: 2)]; char b[_Generic(*q$, struct Q$: 1, default: 2)]; };

typedef int arr$[3];
const arr$ ca$;
struct P$ { char a[_Generic(&ca$[0], const int *: 1, int *: 2)]; char b[sizeof(ca$)]; typeof(ca$) c; };

struct P$ { char a[_Generic((enum { X$ })0, unsigned: 1, int: 2, default: 3)]; char b[_Generic(X$, unsigned: 1, int: 2)]; };

struct P$ { char a[__builtin_types_compatible_p(typeof(1 + 1u), unsigned) + 1]; char b[__builtin_types_compatible_p(typeof("a"), char[2]) + 1]; char c[__builtin_types_compatible_p(typeof(&"a"[0]), char *) + 1]; };

struct P$ { char a[__builtin_types_compatible_p(struct P$, struct P$) + 1]; char b[__builtin_types_compatible_p(int (*)[], int (*)[3]) + 1]; char c[__builtin_types_compatible_p(const int[3], int[3]) + 1]; };

struct P$ { char a[sizeof(struct { int : 3; char c; })]; char b[sizeof(union { char c; int : 20; })]; char c[_Alignof(struct { int : 0; char c; })]; char d[_Alignof(struct { char c; int x : 3; })]; };

struct P$ { char a[sizeof(struct { char c; int x : 3; })]; char b[sizeof(struct { char c; long long x : 3; })]; char d[sizeof(struct { short s; int x : 17; })]; char e[sizeof(struct { int x : 31; short y : 2; })]; };

struct Q$ { char c; struct { char d; int e[3][2]; } s[2]; };
struct P$ { char a[__builtin_offsetof(struct Q$, s[1].e[2][1])]; char b[__builtin_offsetof(struct Q$, s[0].e)]; char c[sizeof(((struct Q$ *)0)->s[0].e[0])]; };

union Q$ { char c; struct { short a; union { int b; char d[6]; }; }; };
struct P$ { char a[__builtin_offsetof(union Q$, d[3])]; char b[__builtin_offsetof(union Q$, b) + 1]; char c[sizeof(union Q$)]; };

struct P$ { char a[(int)(long)&((struct { char x; int y; } *)0)->y]; };

struct P$ { char a[(char *)&((struct { char x; int y; } *)16)->y - (char *)16]; };

struct P$ { int n; struct { int a; char b; } __attribute__((packed)) e[3]; short z; };

struct P$ { char c; struct { char x; } __attribute__((aligned(4))) e[3]; short z; };

struct P$ { char c; union { char x; long y; } __attribute__((packed, aligned(2))) e[3]; char z; };

struct P$ { char a; struct { int b : 3; int c : 30; } __attribute__((packed)) s; int d : 4; };

struct P$ { char a; struct { int b : 3; long long c : 40; }; int d : 4; } __attribute__((packed));

struct P$ { unsigned a : 4, : 4, b : 8; unsigned : 0; unsigned c : 1; char d; };

struct P$ { unsigned char a : 3; unsigned short b : 9; unsigned c : 20; unsigned long long d : 33; };

struct P$ { _Bool a : 1; _Bool b : 1; char c; _Bool d; };

struct P$ { enum { A$, B$ } a : 1; enum { C$ = -1 } b : 2; int c : 5; };

struct P$ { signed char a : 7; short b : 1; char c : 8; int d : 1; };

union P$ { int a : 3; long long b : 40; char c; };

struct P$ { int a : 8 __attribute__((packed)); int b : 20 __attribute__((packed)); char c; };

struct P$ { char x; int a : 8 __attribute__((aligned(4))); char c; };

struct P$ { char x; int : 8 __attribute__((aligned(4))); char c; };

struct P$ { const unsigned a : 2; volatile int b : 3; unsigned const c : 4; };

typedef unsigned u$; typedef unsigned long ul$;
struct P$ { u$ a : 5; ul$ b : 6; __typeof__(1L) c : 7; typeof(char) d : 3; };

struct P$ { char c; __INT64_TYPE__ a; __UINT8_TYPE__ b[3]; __INT_FAST32_TYPE__ d; __UINT_LEAST16_TYPE__ e; };

struct P$ { long a; char c[sizeof(long) > 4 ? 1 : 5]; short b; };

struct P$ { char c; long double a; } __attribute__((packed));

struct P$ { char c; double a __attribute__((aligned(4))); double b[2]; };

struct P$ { char c; void (*a[2])(struct P$ *, int (*)(void)); char (*b)[sizeof(long)]; };

struct P$ { char c; struct undefined$ *a; enum undefinede$ *b; union undefinedu$ **d; };

struct P$ { char c; struct undefined$ a; };

struct P$ { char c; enum undefinede$ a; };

struct P$ { char c; struct undefined$ a[2]; };

struct P$ { char c; int a[0][3]; int b; };

struct P$ { char c; int a[3][0]; long b; };

struct P$ { char c; struct { } a[3]; int b[]; };

struct P$ { char c; char b[] __attribute__((aligned(8))); };

struct P$ { int c; long b[] __attribute__((packed)); };

struct P$ { char c; struct { int x; } b[] __attribute__((aligned(16))); };

struct P$ { int n; union { char a[]; int b[]; }; };

union P$ { int n; char a[]; };

struct P$ { union { char a[0]; int b; }; char c; };

struct Q$ { int n; char d[]; };
union P$ { struct Q$ q; char room[13]; };

struct Q$ { int n; char d[]; };
struct P$ { struct Q$ q[2]; };

struct Q$ { int n; char d[]; };
struct P$ { struct Q$ q; char tail; };

struct P$ { int n; char d[][4]; };

struct P$ { int n; char d[3][]; };

struct P$ { char a[3]; } __attribute__((aligned(2))) __attribute__((aligned(8))) __attribute__((aligned(4)));

struct P$ { char a[3] __attribute__((aligned(2))) __attribute__((aligned(8))) __attribute__((aligned(4))); char b; };

struct P$ { int a __attribute__((aligned(2))); char b; int c __attribute__((packed, aligned(2))); };

struct P$ { int a __attribute__((aligned(3))); };

struct P$ { int a __attribute__((aligned(0))); };

struct P$ { int a __attribute__((aligned(-1))); };

struct P$ { _Alignas(3) int a; };

struct P$ { _Alignas(1) int a; };

struct P$ { _Alignas(16) int a : 3; };

struct P$ { char a; _Alignas(int) _Alignas(double) char b; };

struct P$ { int a; alignas(32) char b; };

struct P$ { int a; alignas(long long) alignas(2) short b; };

enum e$ { A$ = 1 << 31 };
struct P$ { enum e$ a; char b[A$ < 0 ? 1 : 2]; };

enum e$ { A$ = 1u << 31 };
struct P$ { enum e$ a; char b[A$ < 0 ? 1 : 2]; char c[sizeof(A$)]; char d[_Generic(A$, unsigned: 1, int: 2, long: 3, default: 4)]; };

enum e$ { A$ = 0xffffffffffffffff };
struct P$ { enum e$ a; char c[sizeof(A$)]; };

enum e$ { A$ = -1, B$ = 0xffffffffffffffff };
struct P$ { enum e$ a; };

enum e$ { A$ = 0x7fffffff, B$ };
struct P$ { enum e$ a; char b[sizeof(B$)]; char c[B$ > 0 ? 1 : 2]; };

enum e$ { A$ = -0x7fffffff - 1, B$ = 0x7fffffff };
struct P$ { enum e$ a; char b[sizeof(B$)]; };

enum e$ { A$ = 'a', B$ = A$ + 1, C$ = sizeof(long), D$ = (char)300, E$ = (_Bool)7, F$ = !A$ };
struct P$ { char a[B$ - A$]; char c[C$]; char d[D$]; char e[E$]; char f[F$ + 1]; };

enum e$ : char { A$ = 127 };
struct P$ { enum e$ a; char b[_Generic(A$, char: 1, int: 2, default: 3)]; enum e$ c : 7; };

enum e$ : unsigned long { A$ = 1 };
struct P$ { char c; enum e$ a; char b[sizeof(A$)]; };

enum e$ : _Bool { A$, B$ };
struct P$ { char c; enum e$ a; int d; };

enum e$ : float { A$ };
struct P$ { enum e$ a; };

enum e$ : int { A$ = 1 } __attribute__((packed));
struct P$ { char c; enum e$ a; };

enum __attribute__((packed)) e$ { A$ = 256 };
struct P$ { char c; enum e$ a; enum e$ b : 9; };

enum e$ { A$ __attribute__((deprecated)) = 3, B$ [[deprecated]] };
struct P$ { char a[B$]; };

typedef enum { A$ = 70000 } __attribute__((packed)) t$;
struct P$ { char c; t$ a; t$ b[2]; };

typedef enum { A$ } t$ __attribute__((mode(QI)));
struct P$ { char c; t$ a; int b; };

struct P$ { char c; enum { A$ = 3 } __attribute__((mode(HI))) a; };
