extern int v$;
struct P$ { char a; __typeof__(v$) b; };

extern char v$;
struct P$ { char a; __typeof__(v$ + v$) b; __typeof__(+v$) c; __typeof__(-v$) d; __typeof__(~v$) e; __typeof__(!v$) f; __typeof__(v$++) g; };

extern long long v$; extern int w$;
struct P$ { char a; __typeof__(v$ + w$) b; __typeof__(w$ << v$) c; __typeof__(w$ ? v$ : w$) d; __typeof__((w$, v$)) e; __typeof__(w$ < v$) f; };

extern int *v$;
struct P$ { char a; __typeof__(v$) b; __typeof__(*v$) c; __typeof__(v$[0]) d; __typeof__(v$ + 1) e; __typeof__(v$ - v$) f; __typeof__(&v$) g; };

extern int v$[5];
struct P$ { char a; __typeof__(v$) b; __typeof__(*v$) c; __typeof__(&v$) d; __typeof__(v$ + 0) e; __typeof__(&v$[0]) f; };

extern short f$(int);
struct P$ { char a; __typeof__(f$(1)) b; __typeof__(&f$) c; __typeof__(f$) *d; };

struct I$ { char x; long y; short z[3]; };
struct P$ { char a; __typeof__(((struct I$ *)0)->y) b; __typeof__(((struct I$ *)0)->z) c; __typeof__(((struct I$ *)0)->z[1]) d; __typeof__(*(struct I$ *)0) e; };

struct P$ { char a; __typeof__(1) b; __typeof__(1L) c; __typeof__(1.0) d; __typeof__(1.0f) e; __typeof__('a') f; __typeof__("abc") g; };

struct P$ { char a; __typeof__(sizeof(int)) b; __typeof__((char)1) c; __typeof__(1 ? (char)1 : (short)2) d; };

struct P$ { char a; __typeof__(({ short x = 1; x; })) b; };

struct P$ { char a; __typeof__(_Generic(1, int: (char)1, default: 1LL)) b; };

struct P$ { char a; __typeof__(__builtin_choose_expr(1, (short)1, 1LL)) b; };

struct P$ { char a; __typeof__(int[3]) b; __typeof__(int *) c; __typeof__(int (*)(void)) d; __typeof__(struct { char x; long y; }) e; };

struct P$ { char a; __typeof__(__typeof__(long)) b; };

struct I$ { unsigned x : 3; };
struct P$ { char a; __typeof__(((struct I$ *)0)->x + 0) b; __typeof__(((struct I$ *)0)->x) c; };

struct I$ { unsigned long long x : 40; };
struct P$ { char a; __typeof__(((struct I$ *)0)->x + 0) b; char c[sizeof(((struct I$ *)0)->x + 1)]; };

extern int v$;
struct P$ { char a; __typeof__(v$) *b, c[2]; };

extern const int v$;
struct P$ { char a; __typeof__(v$) b; typeof(v$) c; };

extern __typeof__(long long) v$;
struct P$ { char a; __typeof__(v$) b; };

extern double v$; extern float w$;
struct P$ { char a; __typeof__(v$ * w$) b; __typeof__(w$ * w$) c; __typeof__(w$ + 1LL) d; };

extern int v$;
struct P$ { char a; __typeof__(v$ = 3) b; __typeof__(v$ == 3) c; __typeof__(v$ && v$) d; __typeof__(v$ ?: 1LL) e; };

struct I$ { int x; };
extern struct I$ v$, w$(void);
struct P$ { char a; __typeof__(v$) b; __typeof__(w$()) c; __typeof__(w$().x) d; __typeof__((struct I$){ 1 }) e; };

extern int n$;
struct P$ { char a; __typeof__(unknown$) b; };

extern int v$;
struct P$ { char a; __typeof__(__builtin_strlen("a")) b; __typeof__(__builtin_bswap32(1)) c; __typeof__(__builtin_expect(1, 1)) d; };

struct P$ { int n; char data[]; };

struct P$ { int n; long data[]; };

struct P$ { int n; char data[0]; };

struct P$ { int n; long long data[0]; };

struct P$ { char data[]; };

union P$ { int n; char data[]; };

struct P$ { int n; union { char a[]; long b[]; }; };

struct P$ { int n; union { struct { } e; char a[]; }; };

struct P$ { int n; struct { struct { } e; char a[]; }; };

struct P$ { int n; union { struct { struct { } e1; char a[]; }; struct { struct { } e2; int b[]; }; }; };

struct P$ { int n; char data[]; int m; };

struct P$ { int n; char data[0]; int m; };

struct I$ { int n; char data[]; };
struct P$ { struct I$ i; char room[16]; };

struct I$ { int n; char data[]; };
struct P$ { char a; struct I$ i; };

struct I$ { int n; char data[]; };
struct P$ { struct I$ i[2]; };

struct I$ { int n; char data[]; };
union P$ { struct I$ i; char room[16]; };

struct I$ { int n; long data[]; };
struct P$ { char a; union { struct I$ i; char room[6]; }; char b; };

struct P$ { int n; char data[][4]; };

struct P$ { int n; char data[4][]; };

struct P$ { int n; char data[][]; };

typedef char T$[];
struct P$ { int n; T$ data; };

typedef long T$[0];
struct P$ { char n; T$ data; char m; };

struct P$ { int n; struct N$ *data[]; };

struct P$ { int n; struct N$ data[]; };

struct P$ { int n; struct N$ data[2]; };

struct P$ { int n; char data[] __attribute__((aligned(8))); };

struct P$ { char n; char data[] __attribute__((aligned(8))); } __attribute__((packed));

struct P$ { char n; long data[]; } __attribute__((packed));

struct P$ { int n; int flags : 4; char data[]; };

struct P$ { char a; struct { int n; char d[]; } x[0]; };

struct P$ { int n; char data[sizeof(int[])]; };

struct P$ { int n; int (*f)(int data[]); int (*g)(int n, int data[n]); };

extern int n$;
struct P$ { int n; char data[n$]; };

struct P$ { int n; __typeof__(((struct { long x[]; } *)0)->x[0]) b; };

struct I$ { char a; union { long x; char y[3]; } u; };
struct P$ { char a[sizeof(((struct I$ *)0)->u.y)]; char b[__builtin_offsetof(struct I$, u.y[2])]; char c[sizeof((*(struct I$ *)0).u)]; };

struct I$ { struct I$ *next; int x; };
struct P$ { __typeof__(((struct I$ *)0)->next->next->x) a; __typeof__(*((struct I$ *)0)->next) b; };

typedef struct { char x; double y; } T$;
extern T$ v$[4];
struct P$ { char a; __typeof__(v$[0].y) b; __typeof__(&v$[1]) c; __typeof__(v$[2]) d; __typeof__(sizeof(v$) / sizeof(v$[0])) e; };

extern int (*v$)(void); extern int (*w$[3])(long);
struct P$ { char a; __typeof__(v$()) b; __typeof__((*v$)()) c; __typeof__(w$[0](1)) d; __typeof__(w$) e; };

extern void f$(void);
struct P$ { char a; __typeof__(f$()) *b; __typeof__(*f$) *c; };

enum E$ { A$, B$ };
extern enum E$ v$;
struct P$ { char a; __typeof__(v$) b; __typeof__(A$) c; __typeof__(v$ + 0) d; __typeof__(v$ | B$) e; };

enum E$ { A$, B$ } __attribute__((packed));
extern enum E$ v$;
struct P$ { char a; __typeof__(v$) b; __typeof__(v$ + 0) d; __typeof__(v$ ? v$ : v$) e; __typeof__(1 ? v$ : B$) f; };

struct P$ { char a; __typeof__((long)0 ? (void *)0 : (int *)0) b; __typeof__(*(0 ? (int *)0 : (void *)0)) c; };

extern int v$;
struct P$ { char a; __typeof__(&v$) b, *c; const __typeof__(v$) d; __typeof__(v$) const e; };

extern unsigned v$; extern long w$;
struct P$ { char a; __typeof__(v$ + w$) b; char c[(__typeof__(v$ + w$))-1 < 0 ? 2 : 3]; char d[sizeof(v$ + w$)]; };
