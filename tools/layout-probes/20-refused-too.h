extern int v$; extern long v$; struct P$ { typeof(v$) a; };

extern int v$; extern long v$; struct P$ { char a[sizeof(v$)]; };

extern int v$; struct P$ { typeof(v$) a; }; extern long v$;

extern int v$[3]; extern int v$[4]; struct P$ { typeof(v$) a; };

int f$(void); long f$(void); struct P$ { typeof(f$()) a; };

extern int v$; void v$(void); struct P$ { typeof(v$) a; };

extern int *v$; extern long *v$; struct P$ { typeof(*v$) a; };

extern int v$; extern int v$; struct P$ { typeof(v$) a; };

extern int v$[]; extern int v$[4]; struct P$ { typeof(v$) a; };

extern const int v$; extern int v$; struct P$ { typeof(v$) a; };

struct s$ { int a; }; struct t$ { long b; }; extern struct s$ v$; extern struct t$ v$; struct P$ { typeof(v$) a; };

extern unsigned v$; extern int v$; struct P$ { char a[sizeof(v$)]; int b; };

extern char v$[4]; enum { A$ = sizeof(v$) }; extern char v$[8]; struct P$ { char a[A$]; };

struct s$ { int a; }; struct P$ { union s$ *p; };

struct s$ { int a; }; union s$; struct P$ { int a; struct s$ b; };

struct s$ { int a; }; struct P$ { enum s$ *p; };

enum s$ { A$ }; struct P$ { struct s$ *p; };

union s$ *p$; struct s$ { int a; }; struct P$ { struct s$ b; };

union s$; struct s$ { int a; }; struct P$ { struct s$ b; };

struct P$ { union P$ *p; int b; };

struct s$; struct P$ { union s$ *p; int b; };

struct P$ { struct s$ *p; union s$ *q; };

union P$ *f$(void); struct P$ { int b; };

struct P$ { int b; }; union P$ *f$(void);

struct s$ { int a; }; struct P$ { int a; int (*f)(union s$ *p); };

struct s$ { int a; }; typedef union s$ t$; struct P$ { t$ *p; };

struct s$ { int a; }; enum s$ *e$; struct P$ { struct s$ p; };

struct s$ { int a; }; struct P$ { struct { struct s$ *p; } x; int y; };

enum { A$ }; struct P$ { enum { A$ } a; char b[3]; };

struct P$ { enum { A$ } a; char b[3]; }; enum { A$ };

struct P$ { enum { A$ = 2 } a; char b[A$]; }; enum { A$ = 3 };

enum e$ { A$ }; enum f$ { A$ }; struct P$ { enum e$ a; };

enum e$ { A$ }; enum f$ { A$ }; struct P$ { enum f$ a; };

struct P$ { enum e$ { A$ } a; }; struct Q$ { enum f$ { A$ } a; };

enum e$ { A$ }; int A$; struct P$ { enum e$ a; };

int A$; enum e$ { A$ }; struct P$ { enum e$ a; };

enum e$ { A$ }; typedef enum { A$ } f$; struct P$ { f$ a; };

typedef enum { A$ } e$; typedef enum { A$ } f$; struct P$ { e$ a; };

typedef enum { A$ } e$; void A$(void); struct P$ { e$ a; };

enum e$ { A$ }; enum f$ { A$ }; struct P$ { enum f$ *a; };

enum e$ { A$ }; void f$(void) { enum { A$ } x; } struct P$ { enum e$ a; };

struct P$ { int a; }; ) ;

struct P$ { int a; }; }

} struct P$ { int a; };

foo$ struct P$ { int a; };

foo$ bar$ struct P$ { int a; };

struct P$ { int a; }; ]

struct P$ { int a; }; {

int f$(void) { ( } struct P$ { int a; };

struct P$ { int a; }; 3;

; struct P$ { int a; };;

struct P$ { int a; } x$ y$;

struct P$ { int a; }; struct P$ { int a; };

struct P$ { int a; }; typedef struct P$ { int a; } t$;

typedef int P$; struct P$ { P$ a; }; typedef long P$;

struct P$ { int a[-1]; };

struct P$ { int (*a)[-1]; };

struct P$ { int a[sizeof(int) - 5 < 0 ? -1 : 1]; char b[1 - 2]; };

struct P$ { int a : 33; };

struct P$ { char a : 9; };

struct P$ { _Bool a : 2; };

struct P$ { int a : -1; };

struct P$ { int a : 0; };

struct P$ { int : 33; };

struct P$ { float a : 3; };

struct P$ { int *a : 3; };

struct P$ { int a; int a; };

struct P$ { int a; struct { int a; }; };

struct P$ { struct { int a; }; union { char b; struct { short a; }; }; };

struct P$ { struct nobody$ a; };

struct P$ { struct P$ a; };

struct P$ { struct { struct P$ a; } b; };

struct P$ { union nobody$ a[2]; };

struct P$ { enum nobody$ a; };

struct P$ { int a[]; int b; };

struct P$ { int a[]; };

struct P$ { int n; int a[]; int b[]; };

struct P$ { int n; int a[][]; };

struct P$ { int n; int a[2][]; };

union P$ { int n; int a[]; };

struct f$ { int n; int a[]; }; struct P$ { struct f$ x; int b; };

struct f$ { int n; int a[]; }; struct P$ { struct f$ x[2]; };

struct P$ { void a; };

struct P$ { void a[2]; };

struct P$ { const void a; };

typedef void v$; struct P$ { v$ a; };

struct P$ { int f(int); };

struct P$ { int (f)(int); };

struct P$ { typeof(int(void)) a; };

struct P$ { int; };

struct P$ { int *; };

struct P$ { int [3]; };

struct P$ { int (*)(void); };

struct P$ { struct nobody$; int a; };

struct P$ { struct s$ { int x; }; int a; };

struct P$ { int a __attribute__((aligned(3))); };

struct P$ { int a __attribute__((aligned(-1))); };

struct P$ { int a; } __attribute__((aligned(3)));

struct P$ { int a __attribute__((aligned(0))); };

struct P$ { int a __attribute__((aligned("x"))); };

struct P$ { int a __attribute__((mode(XX))); };

struct P$ { int a __attribute__((vector_size(3))); };

struct P$ { int a __attribute__((vector_size(6))); };

struct P$ { int a __attribute__((; };

struct P$ { int a __attribute__((aligned(8)); };

struct P$ { int a; _Static_assert(0, "x"); };

struct P$ { int a; _Static_assert(sizeof(int) == 8, "x"); int b; };

struct P$ { static int a; };

struct P$ { extern int a; };

struct P$ { typedef int a; };

struct P$ { register int a; };

struct P$ { auto int a; };

struct P$ { inline int a; };

struct P$ { _Noreturn int a; };

struct P$ { _Thread_local int a; };

struct P$ { __thread int a; };

struct P$ { int a = 3; };

struct P$ { char a[sizeof(struct nobody$)]; };

struct P$ { char a[sizeof(enum nobody$)]; };

struct P$ { char a[sizeof(struct P$)]; };

struct P$ { char a[sizeof(nobody$)]; };

extern int x$[]; struct P$ { char a[sizeof(x$)]; };

struct P$ { char a[sizeof(int[])]; };

struct P$ { typeof(nobody$) a; };

struct P$ { int a[3](void); };

struct P$ { int (*a[3])(void)[2]; };

typedef int f$(void); struct P$ { f$ a[3]; };

extern int n$; struct P$ { char a[n$]; };

struct P$ { char a[1.5]; };

struct P$ { char a["x"]; };

struct P$ { char a[(char *)0]; };

struct P$ { char a[1 / 0]; };

struct P$ { char a[1 % 0]; };

struct P$ { int a : 1 / 0; };

enum { A$ = 1 / 0 }; struct P$ { char a[A$]; };

enum { A$ = 1.5 }; struct P$ { char a[2]; int b[A$]; };

enum e$ { A$ = nobody$ }; struct P$ { enum e$ a; };

enum e$ { }; struct P$ { enum e$ a; };

struct P$ { enum { } a; };

struct P$ { int int a; };

struct P$ { long char a; };

struct P$ { short float a; };

struct P$ { signed unsigned a; };

struct P$ { long long long a; };

struct P$ { unsigned double a; };

struct P$ { unsigned _Bool a; };

struct P$ { int unsigned short a; };

typedef int t$; struct P$ { unsigned t$ a; };

typedef int t$; struct P$ { t$ int a; };

typedef int t$; struct P$ { struct { int b; } t$ a; };

struct s$ { int x; }; struct P$ { struct s$ int a; };

struct P$ { int a b; };

struct P$ { int a, b c; };

struct P$ { int a,; };

struct P$ { int ,a; };

struct P$ { int a int b; };

struct P$ { int a };

struct P$ { int a; int b };

struct P$ { int a };  int x$;

struct P$ { int a; }

struct P$ { int a;; int b; };

struct P$ { ; int a; };

struct P$ { struct s$ { int a; } x; struct s$ { int b; } y; };

struct P$ { struct s$ { int a; } x; }; struct s$ { int b; };

struct s$ { int b; }; struct P$ { struct s$ { int a; } x; };

struct P$ { enum e$ { A$ } x; enum e$ { B$ } y; };

struct P$ { int a[2][0x7fffffffffffffff]; };

struct P$ { char a[0x7fffffffffffffff]; char b[2]; };

struct P$ { char a[18446744073709551615ULL]; };

struct P$ { char a[4611686018427387904]; int b[4]; };

struct P$ { const const int a; };

struct P$ { restrict int *a; };

struct P$ { _Atomic void a; };

struct P$ { _Atomic int a : 3; };

struct P$ { _Atomic(const int) a; };

struct P$ { _Alignas(3) int a; };

struct P$ { _Alignas(2) int a; };

struct P$ { _Alignas(8) int a : 3; };

typedef _Alignas(8) int t$; struct P$ { t$ a; };

struct _Alignas(8) P$ { int a; };

struct P$ { __auto_type a; };

struct P$ { __auto_type a = 3; };

struct P$ { typeof(void) a; };

struct P$ { typeof() a; };

struct P$ { typeof(int a; };

struct P$ { int a[; };

struct P$ { int a[3; };

struct P$ { int (a; };

struct P$ { int a); };

struct P$ { int a]; };

struct { int a; } P$; struct P$;

struct P$ { int : 3 = 1; };

struct P$ { int a : 3 : 2; };

struct P$ { int a[2] : 3; };

struct P$ { int *a : 3; int b; };

struct P$ { struct { int b; } a : 3; };

struct P$ { enum { X$ } a : 40; };

union P$ { int a : 40; };

struct P$ { int case; };

struct P$ { int if; };

struct P$ { int struct; };

struct P$ { int 3a; };

struct P$ { int a; int sizeof; };

struct P$ { int a[sizeof]; };

struct P$ { int a[3 +]; };

struct P$ { int a[(3]; };

struct P$ { int a[3)]; };

struct P$ { int a[3] 4; };

struct P$ { int a["abc" + 1]; };

struct P$ { int a[__builtin_offsetof(struct nobody$, b)]; };

struct s$ { int a; }; struct P$ { int a[__builtin_offsetof(struct s$, b) + 1]; };

struct s$ { int a; }; struct P$ { typeof(((struct s$ *)0)->b) a; };

struct s$ { int a; }; struct P$ { char a[sizeof(((struct s$ *)0)->b)]; };

struct P$ { typeof(*(int)0) a; };

struct P$ { typeof(3 = 4) a; };

struct P$ { typeof(-"x") a; };

struct s$ { int x; }; extern struct s$ v$; struct P$ { typeof(v$ + 1) a; };

struct s$ { int x; }; extern struct s$ v$; struct P$ { typeof(!v$) a; };

struct s$ { int x; }; extern struct s$ v$; struct P$ { typeof(v$[0]) a; };

struct s$ { int x; }; extern struct s$ v$; struct P$ { typeof(v$()) a; };

struct P$ { typeof(*(void *)0) a; };

struct P$ { int a[2]; } x$ = { 1, 2, 3, }; struct Q$ { typeof(x$) b; };

static int x$[] = { [-1] = 1 }; struct P$ { char a[sizeof(x$)]; };

static int x$[] = 3; struct P$ { char a[sizeof(x$)]; };

static int x$[] = { 1, 2 }, x$[3]; struct P$ { char a[sizeof(x$)]; };

static char x$[2] = "abcd"; struct P$ { char a[sizeof(x$)]; };

extern void v$; struct P$ { typeof(v$) a; };

extern struct nobody$ v$; struct P$ { char a[sizeof(v$)]; };

typedef struct nobody$ t$; struct P$ { t$ a; };

typedef int; struct P$ { int a; };

typedef t$; struct P$ { t$ a; };

x$; struct P$ { typeof(x$) a; };

typedef static int t$; struct P$ { t$ a; };

typedef int t$[-1]; struct P$ { int a; t$ *b; };

struct P$ __attribute__((packed) { int a; };
