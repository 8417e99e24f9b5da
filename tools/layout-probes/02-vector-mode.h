struct P$ { char a; int v __attribute__((vector_size(16))); };

struct P$ { char a; int __attribute__((vector_size(16))) v; };

struct P$ { char a; __attribute__((vector_size(16))) int v; };

struct P$ { char a; int v[3] __attribute__((vector_size(16))); };

struct P$ { char a; int __attribute__((vector_size(16))) v[3]; };

struct P$ { char a; int __attribute__((vector_size(16))) *v; };

struct P$ { char a; int *v __attribute__((vector_size(16))); };

struct P$ { char a; int * __attribute__((vector_size(16))) v; };

typedef int T$ __attribute__((vector_size(16)));
struct P$ { char a; T$ v; T$ *p; };

typedef int T$[2] __attribute__((vector_size(16)));
struct P$ { char a; T$ v; };

typedef float T$ __attribute__((vector_size(8)));
struct P$ { char a; T$ v; };

typedef double T$ __attribute__((vector_size(32)));
struct P$ { char a; T$ v; };

typedef unsigned char T$ __attribute__((vector_size(4)));
struct P$ { char a; T$ v; };

typedef int T$ __attribute__((vector_size(4 * sizeof(int))));
struct P$ { char a; T$ v; char b[sizeof(T$)]; };

struct P$ { char a[sizeof(int __attribute__((vector_size(16))))]; };

struct P$ { char a; int v __attribute__((vector_size(12))); };

struct P$ { char a; int v __attribute__((vector_size(0))); };

struct P$ { char a; int v __attribute__((vector_size(2))); };

struct I$ { int x; };
struct P$ { char a; struct I$ v __attribute__((vector_size(16))); };

struct P$ { char a; int v __attribute__((vector_size(16), aligned(4))); };

typedef int T$ __attribute__((vector_size(16), aligned(4)));
struct P$ { char a; T$ v; };

typedef int T$ __attribute__((vector_size(16)));
typedef T$ U$ __attribute__((aligned(2)));
struct P$ { char a; U$ v; };

typedef int T$ __attribute__((vector_size(16)));
struct P$ { char a; T$ v; } __attribute__((packed));

typedef int T$ __attribute__((vector_size(16)));
struct P$ { char a; __typeof__((*(T$ *)0)[0]) v; };

typedef int T$ __attribute__((vector_size(16)));
struct P$ { char a; __typeof__(*(T$ *)0 + *(T$ *)0) v; };

typedef int T$ __attribute__((vector_size(16)));
struct P$ { char a; __typeof__(*(T$ *)0 == *(T$ *)0) v; };

typedef int T$ __attribute__((vector_size(16)));
extern T$ f$(void);
struct P$ { char a; __typeof__(f$()) v; };

struct P$ { char a; int m __attribute__((mode(QI))); };

struct P$ { char a; int m __attribute__((mode(HI))); };

struct P$ { char a; int m __attribute__((mode(SI))); };

struct P$ { char a; int m __attribute__((mode(DI))); };

struct P$ { char a; int m __attribute__((mode(TI))); };

struct P$ { char a; int m __attribute__((mode(__DI__))); };

struct P$ { char a; unsigned m __attribute__((__mode__(__DI__))); };

struct P$ { char a; int m __attribute__((mode(byte))); };

struct P$ { char a; int m __attribute__((mode(word))); };

struct P$ { char a; int m __attribute__((mode(pointer))); };

struct P$ { char a; int m __attribute__((mode(__pointer__))); };

struct P$ { char a; int m __attribute__((mode(unwind_word))); };

struct P$ { char a; float m __attribute__((mode(DF))); };

struct P$ { char a; float m __attribute__((mode(SF))); };

struct P$ { char a; double m __attribute__((mode(XF))); };

struct P$ { char a; double m __attribute__((mode(TF))); };

struct P$ { char a; int m __attribute__((mode(DF))); };

struct P$ { char a; float m __attribute__((mode(DI))); };

struct P$ { char a; int m __attribute__((mode(XX))); };

struct P$ { char a; int m __attribute__((mode(OI))); };

struct P$ { char a; int m __attribute__((mode(V4SI))); };

struct P$ { char a; int m[3] __attribute__((mode(HI))); };

struct P$ { char a; int *m __attribute__((mode(DI))); };

struct P$ { char a; int *m __attribute__((mode(pointer))); };

struct P$ { char a; int __attribute__((mode(HI))) *m; };

struct P$ { char a; int __attribute__((mode(HI))) m[3]; };

struct P$ { char a; __attribute__((mode(HI))) int m[3]; };

struct P$ { char a; char m __attribute__((mode(SI))); };

struct P$ { char a; long long m __attribute__((mode(QI))); };

struct P$ { char a; _Bool m __attribute__((mode(SI))); };

typedef int T$ __attribute__((mode(DI)));
struct P$ { char a; T$ m; };

typedef unsigned int T$ __attribute__((mode(TI)));
struct P$ { char a; T$ m; };

typedef int T$ __attribute__((mode(HI)));
typedef T$ U$ __attribute__((vector_size(8)));
struct P$ { char a; U$ m; };

typedef int T$ __attribute__((mode(HI), vector_size(8)));
struct P$ { char a; T$ m; };

struct P$ { char a[sizeof(int __attribute__((mode(DI))))]; };

struct P$ { char a[sizeof((int __attribute__((mode(DI))))0)]; };

struct P$ { char a; int m : 5 __attribute__((mode(HI))); };

struct P$ { char a; int __attribute__((mode(HI))) m : 5; };

enum E$ { A$, B$ } __attribute__((mode(byte)));
struct P$ { char a; enum E$ m; char b; };

enum __attribute__((mode(HI))) E$ { A$, B$ };
struct P$ { char a; enum E$ m; char b; };

enum E$ { A$ = -1, B$ } __attribute__((__mode__(__DI__)));
struct P$ { char a; enum E$ m; char b; };

enum E$ { A$, B$ = 300 } __attribute__((mode(byte)));
struct P$ { char a; enum E$ m; char b; };

enum E$ { A$, B$ } __attribute__((mode(HI), packed));
struct P$ { char a; enum E$ m; char b; };

enum E$ { A$, B$ } __attribute__((mode(SF)));
struct P$ { char a; enum E$ m; char b; };

typedef enum { A$, B$ } T$ __attribute__((mode(byte)));
struct P$ { char a; T$ m; char b; };

typedef enum { A$, B$ } __attribute__((mode(byte))) T$;
struct P$ { char a; T$ m; char b; };

enum E$ { A$, B$ };
struct P$ { char a; enum E$ m __attribute__((mode(byte))); char b; };

struct P$ { char a; enum { A$, B$ } __attribute__((mode(HI))) m; char b; };

enum E$ { A$, B$ } __attribute__((mode(byte)));
struct P$ { char a[sizeof(enum E$)]; char b[(enum E$)-1 > 0 ? 2 : 3]; };

enum E$ { A$ = -1, B$ } __attribute__((mode(byte)));
struct P$ { char a[sizeof(enum E$)]; char b[(enum E$)255 > 0 ? 2 : 3]; };

enum E$ { A$, B$ } __attribute__((mode(byte)));
struct P$ { char a[sizeof(A$)]; char b[sizeof((enum E$)0)]; };

enum __attribute__((packed)) E$ { A$, B$ };
struct P$ { char a[sizeof(A$)]; enum E$ m : 3; enum E$ n; };

enum E$ { A$ = 0x80000000 };
struct P$ { char a[sizeof(A$)]; char b[A$ > -1 ? 2 : 3]; enum E$ m; };

enum E$ { A$ = 1ULL << 40, B$ = 1 };
struct P$ { char a[sizeof(A$)]; char b[sizeof(B$)]; enum E$ m; };

enum E$ { A$ = -1, B$ = 0xffffffffU };
struct P$ { char a[sizeof(A$)]; char b[sizeof(B$)]; enum E$ m; };

enum E$ { A$ = 5U, B$ = sizeof(long), C$ = 3LL };
struct P$ { char a[sizeof(A$)]; char b[sizeof(B$)]; char c[sizeof(C$)]; char d[B$ - 100 > 0 ? 1 : 2]; };

struct P$ { char a; int m __attribute__((vector_size(16))), n; };

struct P$ { char a; char m __attribute__((vector_size(8))); short n __attribute__((vector_size(8))); };

struct P$ { char a; long m __attribute__((vector_size(64))); };

struct P$ { char a; long long m __attribute__((vector_size(8))); char b[__alignof__(long long __attribute__((vector_size(8))))]; };

union P$ { char a[17]; int m __attribute__((vector_size(16))); };

struct P$ { char a; struct { int m __attribute__((vector_size(16))); } b; };

struct P$ { char a; int (*f)(int __attribute__((vector_size(16)))); int (*g)(int x __attribute__((vector_size(16)))); };

typedef float T$ __attribute__((vector_size(16)));
extern T$ x$, y$;
struct P$ { char a; __typeof__(x$ < y$) b; __typeof__((x$ < y$)[0]) d; __typeof__(x$ * 2) e; };

typedef int T$ __attribute__((ext_vector_type(4)));
struct P$ { char a; T$ b; };
