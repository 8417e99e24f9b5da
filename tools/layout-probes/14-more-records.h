struct P$ { char c; long a[]; };
struct Q$ { char c; struct P$ p; };

struct P$ { char c; struct { short n; int a[]; } s; };

struct P$ { char c; union { int a[0]; long b[0]; }; };

struct P$ { char c; union { struct { struct { } e; int a[]; }; struct { struct { } f; char b[]; }; }; };

struct P$ { int n; struct { char x; long long y[0]; } z[]; };

struct P$ { char c; int a[0]; char d; };

struct P$ { char c; long long a[0]; };
struct Q$ { struct P$ p[3]; char d; };

struct P$ { };
struct Q$ { char c; struct P$ p; int i; };

union P$ { };
struct Q$ { char c; union P$ p[4]; char d; };

struct P$ { int : 0; };
struct Q$ { char c; struct P$ p; char d; };

struct P$ { char c; int : 0; char d; };

struct P$ { char c; long long : 0; char d; };
struct Q$ { char c; struct P$ p; };

struct P$ { struct { }; int : 3; struct { } s; };

struct P$ { char c; struct { struct { struct { int a; }; char b; }; char d; }; char e; };

struct P$ { char c; union { struct { char x; union { long y; short z; }; }; char w[3]; }; };

struct P$ { char c; struct { int a : 3; }; int b : 5; };

struct P$ { char c; union { int a : 3; char b; }; int d : 5; };

typedef struct { int a; char b; } t$;
struct P$ { char c; t$; char d; };

struct Q$ { int a; char b; };
struct P$ { char c; struct Q$; char d; };

struct P$ { char c; struct Q$ { int a; }; char d; };

struct P$ { char c; enum { A$, B$ }; char d; };

struct P$ { char c; int; char d; };

struct P$ { int a; struct { char a; }; };

struct P$ { char c; struct { int a; } b, *d, e[2]; char f; };

struct P$ { char c; int (*a)[3], b[2], *d[2], (*(*e)(int))[4]; char f; };

struct P$ { char c, *d, e[3], f : 3, g; };

struct P$ { char c; int f(void); };

struct P$ { char c; struct P$ *next; struct P$ **prev; };

struct P$ { char c; struct P$ self; };

struct P$ { char c; int n; char a[n]; };

struct P$ { char c; void v; };

struct P$ { char c; int a[-1]; };

struct P$ { char c; int a : 33; };

struct P$ { char c; int a : -1; };

struct P$ { char c; int a : 0; };

struct P$ { char c; float a : 3; };

struct P$ { char c; char a : 9; };

struct P$ { char c; _Bool a : 2; };

struct P$ { char c; int *a : 3; };

struct P$ { int a[]; };

struct P$ { int a[]; char c; };

union P$ { int a[]; char c; };

struct P$ { char c; int a[][]; };

struct P$ { char c; int a[static 3]; };

struct P$ { char c; int a[const 3]; };

struct P$ { char c; int a[*]; };

struct P$ { char c; static int a; };

struct P$ { char c; typedef int a; };

struct P$ { char c; register int a; };

struct P$ { char c; int a = 3; };

struct P$ { char c; int a };

struct P$ { char c;; int a;; };

struct P$ { int a; } junk junk;

struct P$ { int a; int a; };

struct P$ { char c; signed unsigned a; };

struct P$ { char c; long long long a; };

struct P$ { char c; short char a; };

struct P$ { char c; long double a; char d; };

struct P$ { char c; long int unsigned long a; short signed int b; char unsigned d; int long e; };

struct P$ { char c; unsigned a, *b; signed d; long e; short f; };

struct P$ { const a; volatile char c; };

struct P$ { char c; int const * volatile * const a; const struct { int x; } b; };

struct P$ { char c; int restrict a; };

struct P$ { char c; int *restrict a; int *__restrict__ b; int *__restrict d; };

struct P$ { char c; _Atomic int a; _Atomic(long long) b; };

struct P$ { char c; _Atomic(char) a; _Atomic short b; char d; int _Atomic e; };

struct P$ { char c; int *_Atomic a; _Atomic(int *) b; _Atomic(struct { char x[3]; }) d; };

struct P$ { char c; _Atomic(struct { char x[8]; }) a; char d; };

struct P$ { char c; _Atomic(int) a[2]; char d; };

struct P$ { char c; _Atomic(int[2]) a; };

struct P$ { char c; _Atomic double a; _Atomic float b; _Atomic _Bool d; };

struct P$ { char c; _Atomic enum { A$ } a; _Atomic unsigned char b; };

typedef _Atomic long long t$;
struct P$ { char c; t$ a; const t$ b; t$ d[2]; };

typedef long long t$ __attribute__((aligned(2)));
struct P$ { char c; _Atomic t$ a; };

struct P$ { char c; _Atomic int a : 3; };

struct P$ { char c; _BitInt(7) a; _BitInt(33) b; unsigned _BitInt(65) d; };

struct P$ { char c; _BitInt(1) a; };

struct P$ { char c; unsigned _BitInt(1) a; signed _BitInt(17) b; _BitInt(64) d[2]; };

struct P$ { char c; _BitInt(128) a; _BitInt(200) b; };

struct P$ { char c; _BitInt(9) a : 5; };

struct P$ { char c; __int128 a; unsigned __int128 b; char d; };

struct P$ { char c; __int128 a __attribute__((packed)); char d; };

struct P$ { char c; __int128 a : 70; };

struct P$ { char c; _Float16 a; _Float32 b; _Float64 d; _Float32x e; };

struct P$ { char c; _Float128 a; };

struct P$ { char c; __float128 a; };

struct P$ { char c; _Complex float a; _Complex double b; };

struct P$ { char c; __builtin_va_list a; char d; };

typedef int v$ __attribute__((vector_size(16)));
struct P$ { char c; v$ a; };

typedef char v$ __attribute__((vector_size(8)));
struct P$ { char c; v$ a[2]; v$ *b; char d[sizeof(v$)]; };

struct P$ { char c; float a __attribute__((vector_size(8))); short b[2] __attribute__((vector_size(4))); };

typedef int v$ __attribute__((vector_size(4 * sizeof(int)), aligned(4)));
struct P$ { char c; v$ a; };

typedef int v$ __attribute__((vector_size(32)));
struct P$ { char c; v$ a; } __attribute__((packed));

typedef long long v$ __attribute__((vector_size(64), may_alias));
struct P$ { char c; v$ a; char d[__alignof__(v$)]; };

struct P$ { char c; int a __attribute__((vector_size(12))); };

struct P$ { char c; int a __attribute__((vector_size(3))); };

struct P$ { char c; _Bool a __attribute__((vector_size(8))); };

struct P$ { char c; struct { int x; } a __attribute__((vector_size(8))); };

typedef int v$ __attribute__((vector_size(16)));
struct P$ { char a[sizeof(((v$){0})[0])]; char b[sizeof((v$){0} + (v$){1})]; char d[sizeof((v$){0} == (v$){1})]; };

static int x$;
struct P$ { typeof(x$) a; typeof(&x$) b; typeof(x$)  c[2]; typeof(x$ + 1L) d; };

struct Q$ { char c; int a[3]; struct { long x; } s; };
struct P$ { char c; typeof(((struct Q$ *)0)->a) a; typeof(((struct Q$ *)0)->s) b; typeof(((struct Q$ *)0)->a[1]) d; };

struct P$ { char c; typeof(int (*)(void)) a; typeof(int[3]) b; typeof(const char) d; typeof(typeof(long)) e; };

int f$(long, char);
struct P$ { char c; typeof(f$(1, 2)) a; typeof(&f$) b; typeof(f$) *d; };

struct P$ { char c; typeof(1 ? (char)1 : 2) a; typeof((char)1) b; typeof('a') d; typeof("ab") e; };

struct P$ { char c; typeof_unqual(const volatile long) a; typeof_unqual((const char)1) b; };

struct P$ { char c; __auto_type a; };

struct P$ { char c; typeof(struct Q$ { int a; long b; }) a; struct Q$ b; };

struct P$ { char c; typeof(({ long z; z; })) a; };

struct P$ { char c; typeof(sizeof(int)) a; typeof(!0L) b; typeof((void *)0) d; typeof(&*(int *)0) e; };

struct P$ { char c; __typeof__(*(struct P$ *)0) *a; };

#define A$ __attribute__((aligned(16)))
#define M$(t, n) t n A$
struct P$ { char c; M$(int, a); M$(char, b[3]); struct { int x; } A$ s; A$ char d; };

#define PACK$(x) _Pragma("pack(push, 1)") x _Pragma("pack(pop)")
PACK$(struct P$ { char c; int a; };)
struct Q$ { char c; int a; };

_Pragma("pack(2)") struct P$ { char c; int a; }; _Pragma("pack()")
struct Q$ { char c; int a; };

#pragma pack(push, a$, 1)
#pragma pack(push, b$, 2)
#pragma pack(pop, a$)
struct P$ { char c; int a; };
#pragma pack(pop)
struct Q$ { char c; int a; };

#pragma pack(push)
#pragma pack(1)
struct Q$ { char c; int a; };
#pragma pack(pop)
struct P$ { char c; int a; struct Q$ q; };

#pragma pack(push, 2)
struct P$ { char c; struct
#pragma pack(1)
{ char d; int a; } s; int z;
#pragma pack(pop)
};

#pragma pack(push, 1)
typedef struct { char c; int a; } t$;
#pragma pack(pop)
struct P$ { char c; t$ a; int b; };

#pragma pack(16)
struct P$ { char c; long long a; int b __attribute__((aligned(32))); };
#pragma pack()

#pragma pack(8)
struct P$ { char c; int a __attribute__((vector_size(16))); };
#pragma pack()

#pragma pack(3)
struct P$ { char c; int a; };
#pragma pack()

#pragma pack(0)
struct P$ { char c; int a; };
#pragma pack()

#pragma pack(1) junk
struct P$ { char c; int a; };
#pragma pack()

#pragma GCC diagnostic push
#pragma pack ( 1 )
struct P$ { char c; enum { A$ = 1000 } a; short b : 9; short d : 9; };
#pragma pack ()
#pragma GCC diagnostic pop

#pragma pack(1)
struct P$ { char c; int a : 20; int b : 20; int : 0; long long d : 40; };
#pragma pack()

#pragma pack(2)
struct P$ { char c; int a : 20; char : 0; int b : 20; } __attribute__((aligned(8)));
#pragma pack()

#pragma pack(1)
union P$ { int a; char b[5]; };
#pragma pack()
struct Q$ { char c; union P$ p; };
