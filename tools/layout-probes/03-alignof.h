struct P$ { char a[__alignof__(long long)]; char b[_Alignof(long long)]; };

struct P$ { char a[__alignof__(double)]; char b[_Alignof(double)]; };

struct P$ { char a[__alignof__(long double)]; char b[_Alignof(long double)]; };

struct P$ { char a[__alignof__(long)]; char b[_Alignof(long)]; char c[__alignof(int)]; char d[__alignof__(short)]; };

struct P$ { char a[__alignof__(void *)]; char b[_Alignof(void *)]; };

struct P$ { char a[__alignof__(long long[3])]; char b[_Alignof(long long[3])]; };

typedef long long T$;
struct P$ { char a[__alignof__(T$)]; char b[_Alignof(T$)]; };

typedef long long T$ __attribute__((aligned(4)));
struct P$ { char a[__alignof__(T$)]; char b[_Alignof(T$)]; };

typedef long long T$ __attribute__((aligned(16)));
struct P$ { char a[__alignof__(T$)]; char b[_Alignof(T$)]; };

struct I$ { long long x; };
struct P$ { char a[__alignof__(struct I$)]; char b[_Alignof(struct I$)]; };

struct I$ { long long x; };
struct P$ { char a[__alignof__(((struct I$ *)0)->x)]; };

struct I$ { char c; long long x __attribute__((aligned(8))); };
struct P$ { char a[__alignof__(((struct I$ *)0)->x)]; char b[__alignof__(struct I$)]; };

struct I$ { char c; int x __attribute__((aligned(16))); };
struct P$ { char a[__alignof__(((struct I$ *)0)->x)]; char b[__alignof__(__typeof__(((struct I$ *)0)->x))]; };

struct I$ { char c; int x; } __attribute__((packed));
struct P$ { char a[__alignof__(((struct I$ *)0)->x)]; char b[__alignof__(__typeof__(((struct I$ *)0)->x))]; };

struct I$ { char c; int x __attribute__((packed)); };
struct P$ { char a[__alignof__(((struct I$ *)0)->x)]; };

struct I$ { char c; char x[8] __attribute__((aligned(8))); };
struct P$ { char a[__alignof__(((struct I$ *)0)->x)]; char b[__alignof__(((struct I$ *)0)->x[0])]; };

extern int o$ __attribute__((aligned(32)));
struct P$ { char a[__alignof__(o$)]; char b[__alignof__(__typeof__(o$))]; };

extern long long o$;
struct P$ { char a[__alignof__(o$)]; };

extern char o$[64] __attribute__((aligned(64)));
struct P$ { char a[__alignof__(o$)]; char b[__alignof__(o$[0])]; };

extern long long *o$;
struct P$ { char a[__alignof__(*o$)]; char b[__alignof__(o$)]; };

extern double o$[4];
struct P$ { char a[__alignof__(o$)]; char b[__alignof__(o$[1])]; };

_Alignas(64) extern char o$;
struct P$ { char a[__alignof__(o$)]; };

struct P$ { char a[__alignof__(1LL)]; char b[__alignof__(1.0)]; char c[__alignof__('a')]; char d[__alignof__("abc")]; };

struct P$ { char a[__alignof__((long long)1 + 1)]; };

struct P$ { char a[__BIGGEST_ALIGNMENT__]; char b __attribute__((aligned)); };

struct P$ { char a; char b __attribute__((aligned(__BIGGEST_ALIGNMENT__))); };

struct P$ { char a[__alignof__(char)]; char b[__alignof__(_Bool)]; char c[__alignof__(float)]; };

struct P$ { char a[__alignof__(enum { A$ })]; char b[_Alignof(enum { B$ = 1ULL << 40 })]; };

struct P$ { char a[__alignof__(__builtin_va_list)]; char b[sizeof(__builtin_va_list)]; };

struct P$ { char a; __attribute__((aligned(__alignof__(long long)))) int b; };

struct P$ { char a; __attribute__((aligned(_Alignof(long long)))) int b; };

struct P$ { char a; _Alignas(_Alignof(double)) char b; };

struct P$ { char a; _Alignas(__alignof__(double)) char b; };

struct I$ { char a; double b; };
struct P$ { char a[__builtin_offsetof(struct I$, b)]; char b[__alignof__(((struct I$ *)0)->b)]; };

union U$ { long long x; int y; };
struct P$ { char a[__alignof__(union U$)]; char b[_Alignof(union U$)]; };

struct P$ { char a[__alignof__(void)]; };

extern int f$(void);
struct P$ { char a[sizeof(f$)]; char b[_Alignof(long double)]; };

extern int f$(void) __attribute__((aligned(16)));
struct P$ { char a[__alignof__(f$)]; };

struct P$ { int a : 3; char b[_Alignof(struct { long long x; char y; })]; };

struct P$ { char a[__alignof__(struct { long double x; })]; char b[sizeof(struct { char a; long double x; })]; };

struct P$ { char a[__alignof__(unsigned long long __attribute__((aligned(2))))]; };

struct P$ { char a[sizeof(long long) / __alignof__(long long)]; char b; };

struct P$ { char a[_Alignof(int *) + __alignof__(int (*)(void))]; };

struct P$ { char a; long long b __attribute__((aligned(__alignof__(long long)))); };

struct P$ { char a; char b[0] __attribute__((aligned(__alignof__(unsigned long long)))); };

struct I$ { char x; long long y[2]; };
struct P$ { char a[__alignof__(((struct I$ *)0)->y)]; char b[__alignof__(((struct I$ *)0)->y[0])]; };
struct Q$ { char a[__alignof__(*((struct I$ *)0)->y)]; char b[__alignof__(((struct I$ *)0)[0])]; };

extern struct { char x; long long y; } s$;
struct P$ { char a[__alignof__(s$)]; char b[__alignof__(s$.y)]; };

typedef long long T$ __attribute__((aligned(2)));
extern T$ o$;
struct P$ { char a[__alignof__(o$)]; char b[_Alignof(__typeof__(o$))]; };

struct P$ { char a[__alignof__(long long _Complex)]; };

struct P$ { char a[_Alignof 1LL]; };

extern int *i$; extern char *c$; extern double *d$;
struct P$ { char a[__alignof__(*(char *)i$)]; char b[__alignof__(*(int *)c$)]; char c[__alignof__(((char *)i$)[0])]; char d[__alignof__(((char *)i$)[1])]; char e[__alignof__(**&c$)]; char f[__alignof__(*(char *)(void *)d$)]; char g[__alignof__(*(char *)(int *)0)]; };

extern char v$ __attribute__((aligned(16))), w$[4] __attribute__((aligned(16)));
struct P$ { char a[__alignof__(*&v$)]; char b[__alignof__(*w$)]; char c[__alignof__(w$[0])]; char d[__alignof__(*&w$)]; char e[__alignof__(*(&v$))]; char f[__alignof__((&v$)[0])]; char g[__alignof__(*&*&v$)]; };

extern char v$ __attribute__((aligned(16)));
struct P$ { char a[__alignof__(*(char *)&v$)]; };
