struct I$ { int x; };
struct P$ { char a; struct I$; char b; };

struct P$ { char a; struct T$ { int x; }; char b; };

struct P$ { char a; union T$ { int x; }; char b; };

struct P$ { char a; struct { int x; }; char b; };

struct P$ { char a; union { int x; struct { short y, z; }; }; char b; };

struct P$ { char a; const struct { int x; }; char b; };

struct P$ { char a; volatile union { int x; char y; }; char b; };

typedef struct { int x; } T$;
struct P$ { char a; T$; char b; };

typedef struct N$ { int x; } T$;
struct P$ { char a; T$; char b; };

struct P$ { char a; enum E$ { A$, B$ }; char b; };

struct P$ { char a; enum { A$ = 5, B$ }; char b[B$]; };

struct P$ { char a; int; char b; };

struct P$ { char a; struct T$; struct T$ *b; };

struct P$ { char a; struct T$ { int x; } *p; struct T$ q; };

struct P$ { char a; struct { int a; } b; };

struct P$ { char a; struct { int a; }; };

struct P$ { int a; int a; };

struct P$ { union { int x; }; union { int x; }; };

struct P$ { struct { int x; } __attribute__((packed)); struct { struct { char y; }; int z; }; };

struct P$ { struct { struct { struct { char x; }; long y; }; char z; }; char w; };

struct P$ { char a; struct { }; char b; };

struct P$ { char a; union { }; char b; };

struct P$ { };

union P$ { };

struct P$ { ; char a;; int b; };

struct P$ { struct { int x; }; };

union P$ { struct { char a; long b; }; struct { short c; char d[7]; }; };

struct P$ { char a; struct { int x : 3; int y : 5; }; char b; };

struct P$ { char a; struct { int : 3; }; char b; };

struct P$ { char a; int : 3; int : 0; char b; };

struct P$ { int : 5; };

struct P$ { char a; struct { long x; } __attribute__((aligned(32))); char b; };

struct I$ { int x; };
struct P$ { char a; struct I$ { long y; } b; struct I$ c; };

struct I$ { int x; };
struct P$ { struct I$ a; struct J$ { struct I$ b; } c; };
struct Q$ { struct J$ d; char e; };

struct P$ { struct P$ *next; struct { struct P$ *prev; }; };

struct P$ { int a; struct P$ b; };

struct P$ { int a; struct N$ b; };

struct P$ { int a; void b; };

struct P$ { int a; int f(void); };

struct P$ { char a; int b, ; };

struct P$ { char a; int b };

struct P$ { char a; struct { int x; } b, c[2], *d; char e; };

struct P$ { char a; struct { int x; }; int : 4; struct { char y; }; };

union P$ { int; char a; };

struct P$ { char a; union { struct { int b; }; long c; } d; union { char e; }; };

struct P$ { char a; struct { int b; } const; char c; };

struct P$ { char a; static int b; };

struct P$ { char a; struct { char x; long y; }; _Static_assert(sizeof(int) == 4, "int"); char b; };

struct P$ { char a; struct { char x; _Static_assert(1, "x"); long y; }; char b; };

struct P$ { char a; _Static_assert(sizeof(long) > 1); int b; };

struct P$ { union { struct { unsigned a : 3, b : 5; }; unsigned char c; }; short d; };

struct P$ { char a; struct N$ { char x; } __attribute__((aligned(4))); struct N$ c; };
