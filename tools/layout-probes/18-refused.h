struct P$ { typeof(undeclared$) *p; int x; };

struct P$ { typeof(undeclared$) a; int x; };

struct P$ { typeof(undeclared$) *p[3]; int x; };

struct P$ { typeof(undeclared$ + 1) *p; };

struct P$ { typeof(&undeclared$) p; };

struct P$ { typeof(undeclared$()) *p; };

struct P$ { undeclared_t$ *p; };

struct P$ { undeclared_t$ (*p)(void); };

struct P$ { int (*p)(undeclared_t$); };

struct P$ { int (*p)(undeclared_t$ *); };

struct P$ { struct undefined$ (*p)[2]; };

struct P$ { struct undefined$ (*p[3])[2]; };

struct P$ { struct undefined$ (*p)[]; };

struct P$ { struct undefined$ (*(*p)(void))[2]; };

struct P$ { int (*p)(struct undefined$ a[2]); };

struct P$ { union undefined$ (**p)[2]; };

struct P$ { enum undefined$ (*p)[2]; };

struct P$ { void (*p)[2]; };

struct P$ { int (*p)[2](void); };

struct P$ { int (*(*p)(void))(void)[2]; };

struct P$ { int (*p(void))[2]; };

struct P$ { int f(void); };

typedef int fn$(void); struct P$ { fn$ *p; int a; };

typedef int fn$(void); struct P$ { fn$ p; int a; };

typedef int fn$(void); struct P$ { fn$ *p[2]; int a; };

typedef int fn$(void); struct P$ { fn$ p[2]; int a; };

typedef int fn$(void); struct P$ { fn$ (*p)[2]; int a; };

??= struct P$ { int a; };

@ struct P$ { int a; };

struct P$ { int a; } @;

struct P$ { int a; @ int b; };

struct P$ { @ int a; int b; };

struct P$ { int a @; int b; };

struct P$ { int a; ` int b; };

` struct P$ { int a; };

struct P$ @ { int a; };

struct @ P$ { int a; };

struct P$ { int a; \ int b; };

\ struct P$ { int a; };

$ struct P$ { int a; };

1 struct P$ { int a; };

+ struct P$ { int a; };

) struct P$ { int a; };

"x" struct P$ { int a; };

int int struct P$ { int a; };

int struct P$ { int a; };

foo$ struct P$ { int a; };

foo$; struct P$ { int a; };

struct P$ { int a; } };

enum { A$, A$ }; struct P$ { char a[A$ + 1]; };

enum { A$ = 1, B$ = 2, A$ = 3 }; struct P$ { char a[A$]; };

enum { A$ = 1 }; enum { A$ = 1 }; struct P$ { char a[A$]; };

enum { A$ = 1 }; enum { A$ = 2 }; struct P$ { char a[A$]; };

enum { A$ = 1 }; enum e$ { B$ = 1, A$ = 2 }; struct P$ { char a[A$]; };

enum { A$ = 1 }; int A$; struct P$ { char a[A$]; };

enum { A$ = 1 }; typedef int A$; struct P$ { A$ a; };

int A$; enum { A$ = 1 }; struct P$ { char a[A$]; };

typedef int A$; enum { A$ = 1 }; struct P$ { char a[A$]; };

typedef int t$; typedef long t$; struct P$ { t$ a; };

typedef int t$; typedef int t$; struct P$ { t$ a; };

enum e$ { A$ }; enum e$ { B$ }; struct P$ { enum e$ a; };

enum e$ { A$ }; struct e$ { int a; }; struct P$ { enum e$ a; };

struct s$ { int a; }; union s$ { long a; }; struct P$ { struct s$ a; };

extern int x$[]; extern int x$[4]; struct P$ { typeof(x$) a; };

struct P$ { char a[1'000]; };

struct P$ { char a[1'0 + 1]; };

struct P$ { char a[0x1'0]; };

struct P$ { char a[0b1'0]; };

struct P$ { char a[01'0]; };

struct P$ { int a : 1'0; };

enum { A$ = 1'0 }; struct P$ { char a[A$]; };

#define N$ 1'000
struct P$ { char a[N$]; };

#if 1'000 == 1000
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#if 0'1 || 1'0
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

struct P$ { char a[1'0'0]; };

struct P$ { char a[1''0]; };

struct P$ { char a['1']; };

#if __FLT_EVAL_METHOD__ == 0
struct P$ { char a[3]; };
#elif __FLT_EVAL_METHOD__ == 2
struct P$ { char a[4]; };
#else
struct P$ { char a[5]; };
#endif

#ifdef __FLT_EVAL_METHOD__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __VERSION__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

struct P$ { char a[sizeof(__VERSION__)]; };

#ifdef __PIC__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __pic__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#if __PIC__ == 2
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __PIE__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#if __pie__ + 1
struct P$ { char a[3 + __pie__ + 0]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __OPTIMIZE__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __NO_INLINE__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __OPTIMIZE_SIZE__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

struct P$ { char a[sizeof(__FILE__)]; };

struct P$ { char a[sizeof(__DATE__)]; };

struct P$ { char a[sizeof(__TIME__)]; };

struct P$ { char a[sizeof(__TIMESTAMP__)]; };

struct P$ { char a[sizeof(__BASE_FILE__)]; };

struct P$ { char a[sizeof(__func__)]; };

struct P$ { char a[__GNUC__]; };

struct P$ { char a[__GNUC_MINOR__ + 1]; };

struct P$ { char a[__STDC_VERSION__ == 201112L ? 3 : 4]; };

#ifdef __ELF__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __SSP_STRONG__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __CET__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef _FORTIFY_SOURCE
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

#ifdef __CHAR_UNSIGNED__
struct P$ { char a[3]; };
#else
struct P$ { char a[4]; };
#endif

struct P$ { char a[__CHAR_BIT__]; char b[__SIZEOF_LONG__]; char c[__SIZEOF_WCHAR_T__]; char d[__SIZEOF_LONG_DOUBLE__]; char e[__SIZEOF_POINTER__]; };

struct P$ { __SIZE_TYPE__ a; __PTRDIFF_TYPE__ b; __WCHAR_TYPE__ c; __INT64_TYPE__ d; __UINTPTR_TYPE__ e; __INTMAX_TYPE__ f; __INT_FAST16_TYPE__ g; __CHAR16_TYPE__ h; };
