struct P$ { char a; char * __attribute__((aligned(16))) p; char b; };

struct P$ { char a; char *p __attribute__((aligned(16))); char b; };

struct P$ { char a; char __attribute__((aligned(16))) *p; char b; };

struct P$ { char a; __attribute__((aligned(16))) char *p; char b; };

struct P$ { char a; char * const __attribute__((aligned(16))) p; char b; };

struct P$ { char a; char * __attribute__((aligned(16))) const p; char b; };

struct P$ { char a; char * __attribute__((aligned(16))) *p; char b; };

struct P$ { char a; char * * __attribute__((aligned(32))) p; char b; };

struct P$ { char a; int __attribute__((aligned(8))) x, y; char b; };

struct P$ { char a; int x __attribute__((aligned(8))), y; char b; };

struct P$ { char a; int x, y __attribute__((aligned(8))); char b; };

struct P$ { char a; int x, __attribute__((aligned(8))) y, z; char b; };

struct P$ { char a; int *x, * __attribute__((aligned(16))) y, z; char b; };

struct P$ { char a; int __attribute__((packed)) x; int y; };

struct P$ { char a; int x __attribute__((packed)), y; };

struct P$ { char a; int x, __attribute__((packed)) y; };

struct P$ { char a; int * __attribute__((packed)) x; };

struct P$ { char a; char x[3] __attribute__((aligned(4))); char b; };

struct P$ { char a; char (x)[3] __attribute__((aligned(4))); char b; };

struct P$ { char a; char (* __attribute__((aligned(16))) x)[3]; char b; };

struct P$ { char a; char (__attribute__((aligned(16))) x); char b; };

struct P$ { char a; int (* __attribute__((aligned(16))) f)(void); char b; };

struct P$ { char a; int (*f)(void) __attribute__((aligned(16))); char b; };

struct P$ { char a; int (*f)(int x __attribute__((aligned(32)))); char b; };

struct P$ { char a; int (*f)(int __attribute__((aligned(32))) x); char b; };

struct P$ { char a; int (*f)(const char *fmt, ...) __attribute__((format(printf, 1, 2))); char b; };

struct P$ { char a; __attribute__((noreturn)) void (*f)(int); char b; };

struct P$ { char a; void __attribute__((noreturn)) (*f)(int); char b; };

struct P$ { char a; void (__attribute__((noreturn)) *f)(int); char b; };

enum E$ { A$, B$ };
struct P$ { char a; enum E$ __attribute__((aligned(16))) m; char b; };

enum E$ { A$, B$ };
struct P$ { char a; enum E$ __attribute__((aligned(8))) m : 5; char b; };

enum E$ { A$, B$ };
struct P$ { char a; enum E$ __attribute__((packed)) m; };

enum E$ { A$, B$ };
struct P$ { char a; __attribute__((packed)) enum E$ m; int c; };

enum E$ { A$, B$ };
struct P$ { char a; enum __attribute__((aligned(16))) E$ m; };

struct I$ { char c; int d; };
struct P$ { char a; struct I$ __attribute__((aligned(16))) m; char b; };

struct I$ { char c; int d; };
struct P$ { char a; struct I$ __attribute__((packed)) m; char b; };

struct I$ { char c; int d; };
struct P$ { char a; struct __attribute__((packed)) I$ m; char b; };

struct P$ { char a; struct __attribute__((aligned(16))) { char c; int d; } m; char b; };

struct P$ { char a; struct { char c; int d; } __attribute__((aligned(16))) m; char b; };

struct P$ { char a; struct { char c; int d; } m __attribute__((aligned(16))); char b; };

struct P$ { char a; struct { char c; int d; } __attribute__((packed)) m; char b; };

struct P$ { char a; struct { char c; int d; } m __attribute__((packed)); char b; };

struct P$ { char a; struct { char c; int d; } __attribute__((packed)) m, n; char b; };

struct P$ { char a; struct __attribute__((packed)) { char c; int d; } __attribute__((aligned(2))) m; char b; };

struct P$ { char a; struct { char c; int d; } __attribute__((packed, aligned(2))); char b; };

struct P$ { char a; struct { char c; int d; } __attribute__((packed)); char b; };

struct P$ { char a; __attribute__((packed)) struct { char c; int d; }; char b; };

struct P$ { char a; __attribute__((aligned(16))) struct { char c; int d; }; char b; };

struct P$ { char a; union __attribute__((aligned(8))) { char c; int d; }; char b; };

struct P$ { char a; union { char c; int d; } __attribute__((aligned(32))); char b; };

struct P$ { char a; const struct { char c; int d; } __attribute__((aligned(32))) m; char b; };

struct P$ { char a; struct { char c; int d; } const __attribute__((aligned(32))) m; char b; };

struct P$ { char a; struct T$ { char c; int d; } __attribute__((aligned(8))) const volatile m; char b; struct T$ c; };

struct __attribute__((packed)) P$ { char a; int b; };

struct P$ { char a; int b; } __attribute__((packed));

struct __attribute__((packed)) __attribute__((aligned(2))) P$ { char a; int b; };

struct __attribute__((__packed__, __aligned__(4))) P$ { char a; int b; };

__attribute__((packed)) struct P$ { char a; int b; };

__attribute__((aligned(16))) struct P$ { char a; int b; };

struct P$ { char a; int b; } __attribute__((aligned(16)));

struct P$ { char a; int b; } __attribute__((aligned));

struct P$ { char a; int b __attribute__((aligned)); };

struct P$ { char a; int b; } __attribute__((aligned(sizeof(long))));

struct P$ { char a; int b __attribute__((aligned(sizeof(long)))); };

struct P$ { char a; int b __attribute__((aligned(__alignof__(double)))); };

struct P$ { char a; int b __attribute__((aligned(1 << 3))); };

struct P$ { char a; int b __attribute__((aligned(2))) __attribute__((aligned(8))); };

struct P$ { char a; int b __attribute__((aligned(8))) __attribute__((aligned(2))); };

struct P$ { char a; int b __attribute__((aligned(2), aligned(16), aligned(4))); };

struct P$ { char a; int b __attribute__((aligned(2))); };

struct P$ { char a; long b __attribute__((aligned(2), packed)); };

#define ALIGN16_$ __attribute__((aligned(16)))
typedef int T$ ALIGN16_$;
struct P$ { char a; T$ m; };

#define PACK_$ __attribute__((packed))
typedef struct { char a; int b; } PACK_$ T$;
struct P$ { char a; T$ m; };

typedef struct { char c; int d; } T$ __attribute__((packed));
struct P$ { char a; T$ m; };

typedef struct { char c; int d; } T$ __attribute__((aligned(16)));
struct P$ { char a; T$ m; };

typedef struct { char c; int d; } __attribute__((aligned(16))) T$;
struct P$ { char a; T$ m; char b[sizeof(T$)]; };

typedef struct { char c; int d; } T$ __attribute__((aligned(16)));
struct P$ { char a; char b[sizeof(T$)]; };

typedef char *T$ __attribute__((packed)), U$[3];
struct P$ { char a; T$ t; U$ o; };

typedef __attribute__((aligned(16))) int T$;
struct P$ { char a; T$ m; };

typedef int __attribute__((aligned(16))) T$, *U$;
struct P$ { char a; T$ m; U$ n; char b; };

typedef int *T$ __attribute__((aligned(16))), U$;
struct P$ { char a; T$ m; U$ n; char b; };

typedef int * __attribute__((aligned(16))) T$;
struct P$ { char a; T$ m; char b; };

typedef int T$ __attribute__((aligned(2)));
struct P$ { char a; T$ m; char b; };

typedef long long T$ __attribute__((aligned(4)));
struct P$ { int a; T$ m; T$ *p; char b; };

typedef struct I$ { char c; long d; } T$ __attribute__((aligned(2)));
struct P$ { char a; T$ m; char b; };

typedef int T$ __attribute__((aligned(2)));
typedef T$ U$ __attribute__((aligned(8)));
struct P$ { char a; U$ m; char b; };

typedef int T$ __attribute__((aligned(8)));
typedef T$ U$;
struct P$ { char a; U$ m; U$ n; char b; };

typedef int T$ __attribute__((aligned(16)));
typedef T$ U$ __attribute__((aligned(4)));
struct P$ { char a; U$ m; char b; };

typedef int T$ __attribute__((aligned(16)));
struct P$ { char a; T$ m __attribute__((aligned(4))); char b; };

typedef int T$ __attribute__((aligned(16)));
struct P$ { char a; T$ m __attribute__((packed)); char b; };

typedef int T$ __attribute__((aligned(16)));
struct P$ { char a; T$ m; char b; } __attribute__((packed));

typedef char T$[3] __attribute__((aligned(4)));
struct P$ { char a; T$ m; char b; };

typedef int T$(void) __attribute__((aligned(16)));
struct P$ { char a; T$ *m; char b; };

struct P$ { char a[sizeof(int __attribute__((aligned(16))))]; };

struct P$ { char a[sizeof(struct { char c; int d; } __attribute__((packed)))]; };

struct P$ { char a[sizeof(struct __attribute__((packed)) { char c; int d; })]; };

struct P$ { char a[_Alignof(int __attribute__((aligned(16))))]; };

struct P$ { char a[__alignof__(int __attribute__((aligned(16))))]; };

struct P$ { char a[sizeof((char __attribute__((aligned(4))))1)]; };

struct P$ { char a[sizeof(*(int * __attribute__((aligned(16))) *)0)]; };

struct P$ { char a; __typeof__(int) __attribute__((aligned(16))) m; };

struct P$ { char a; __typeof__(int __attribute__((aligned(16)))) m; };

struct P$ { char a; __typeof__(int __attribute__((aligned(16))) *) m; };

struct P$ { char a; const int __attribute__((aligned(8))) volatile b; };

struct P$ { char a; _Alignas(16) int b; };

struct P$ { char a; int _Alignas(16) b; };

struct P$ { char a; _Alignas(double) char b; };

struct P$ { char a; _Alignas(8) _Alignas(32) char b, c; };

struct P$ { char a; _Alignas(0) int b; };

struct P$ { char a; _Alignas(1) int b; };

struct P$ { char a; _Alignas(long long) char b; char c; };

struct P$ { char a; _Alignas(8) int b __attribute__((aligned(4))); };

struct P$ { char a; _Alignas(16) struct { char c; }; char b; };

struct P$ { char a; long b __attribute__((packed, aligned(2))); char c; };

struct P$ { char a; unsigned b : 3 __attribute__((aligned(8))); unsigned c : 4; };

struct P$ { char a; unsigned b : 3, c : 5 __attribute__((packed)); };

struct P$ { char a; unsigned __attribute__((packed)) b : 30; unsigned c : 4; };

struct P$ { char a; int __attribute__((unused)) b; __attribute__((deprecated)) long c; };

struct P$ { char a; int b __attribute__((__aligned__(16))); char c; };

struct P$ { char a; int b; struct { int c __attribute__((aligned(32))); } d; char e; };

struct P$ { char a; int b __attribute__((warn_if_not_aligned(8))); };

struct P$ { char a; int b; } __attribute__((designated_init)) __attribute__((aligned(8)));

struct P$ { char a; char b __attribute__((nonstring, aligned(4))); };

union P$ { int a; char *b; } __attribute__((transparent_union));

union P$ { char a; short b __attribute__((packed)); int c __attribute__((aligned(2))); };

union P$ { char a[5]; int b; } __attribute__((packed));

union P$ { char a[5]; int b; } __attribute__((packed, aligned(2)));

struct P$ { char a; struct I$ { char x; long y; } __attribute__((packed)) *b; struct I$ c; };

struct P$ { char a; struct { char x; long y; } __attribute__((packed)) b[2], *c; };

typedef enum __attribute__((packed)) { A$ } T$;
struct P$ { char a; T$ b; char c; };

typedef enum { A$ } __attribute__((packed)) T$;
struct P$ { char a; T$ b; char c; };

typedef enum { A$ } T$ __attribute__((packed));
struct P$ { char a; T$ b; char c; };

enum __attribute__((packed)) E$ { A$ = 255 };
struct P$ { char a; enum E$ b; };

enum E$ { A$ = 256 } __attribute__((packed));
struct P$ { char a; enum E$ b; };

enum E$ { A$ = -1, B$ = 128 } __attribute__((packed));
struct P$ { char a; enum E$ b; };

enum E$ { A$, B$ } __attribute__((aligned(8)));
struct P$ { char a; enum E$ b; };

struct P$ { char a; enum { A$, B$ } __attribute__((packed)) b; char c; };

struct P$ { char a; enum { A$, B$ } b __attribute__((packed)); char c; };

struct P$ { char a; enum { A$, B$ } b __attribute__((aligned(16))); char c; };

struct P$ { int a : 5 __attribute__((packed)); int b : 30; char c; } __attribute__((packed));

extern int o$ __attribute__((aligned(32)));
struct P$ { char a; __typeof__(o$) b; };

struct P$ { __extension__ char a; __extension__ struct { int b; }; __extension__ unsigned long long c; };

struct P$ { char a __attribute__(()); int b __attribute__((,,)); };

struct P$ { char a; __attribute__((aligned(8))) __attribute__((packed)) int b; };

struct __attribute__((packed)) I$;
struct I$ { char a; int b; } __attribute__((aligned(2)));
struct P$ { char a; struct I$ b; };

#define __packed __attribute__((packed))
struct __packed I$;
struct P$ { char x; struct I$ { char a; int b; } b; };

struct I$ { char a; int b; };
struct __attribute__((packed)) I$;
struct P$ { char a; struct I$ b; };

struct __attribute__((packed)) I$ *p$;
struct I$ { char a; int b; };
struct P$ { char a; struct I$ b; };

extern struct __attribute__((aligned(16))) I$ v$;
struct I$ { char a; int b; };
struct P$ { char a; struct I$ b; };

union __attribute__((aligned(16))) U$;
union U$ { char a; int b; };
struct P$ { char a; union U$ b; };

enum __attribute__((packed)) E$;
enum E$ { A$, B$ };
struct P$ { char a; enum E$ b; };

typedef char T$; struct P$ { T$ (a); long b; T$ (c)[3], (*d); const T$ (e); };

struct P$ { char a; int __attribute__((mode(QI))) b : 3; int __attribute__((mode(DI))) c : 40; char d; };

enum E$ { A$, B$ }; typedef enum E$ T$ __attribute__((mode(byte)));
struct P$ { char a; T$ b; char c[(T$)-1 < (T$)0 ? 2 : 3]; enum E$ d; };

struct [[gnu::aligned(16)]] P$ { char a; int * [[gnu::aligned(16)]] b; };

struct P$ { char a; _Alignas(8) int b : 3; int c : 4; char d; };

struct P$ { char a; unsigned __attribute__((aligned(4))) char b; long __attribute__((packed)) int c; char d; };

struct P$ { char a; long __attribute__((aligned(16))) long b, c; unsigned const __attribute__((unused)) volatile short d; int _Alignas(16) unsigned e; };
