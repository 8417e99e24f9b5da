static const char s$[] = "a" "\x41" "b\
c";
struct P$ { char a[sizeof(s$)]; };

static const char s$[][4] = { "abc", "d", { 'e' }, [5] = "f" };
struct P$ { char a[sizeof(s$)]; char b[sizeof(s$) / sizeof(s$[0])]; };

static const char *const s$[] = { "a", "b", "c", };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static int s$[][2] = { 1, 2, 3, 4, 5 };
struct P$ { char a[sizeof(s$)]; };

static int s$[][2][2] = { { 1, 2, 3 }, { { 4 }, 5 }, 6 };
struct P$ { char a[sizeof(s$)]; };

static struct { int a; char b[3]; } s$[] = { 1, 'a', 'b', 'c', 2, "x", { 3 } };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static struct { int a, b; } s$[] = { [1].b = 3, 4, [0] = { 1, 2 }, 5 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static struct { union { int a; char b[8]; }; short c; } s$[] = { 1, 2, 3, 4, { { 5 }, 6 } };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static struct { int : 4; int a : 4; int b; } s$[] = { 1, 2, 3, 4, 5 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static int s$[] = { [0 ... 3] = 1, [2 ... 9] = 2, 3, 4 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static int s$[] = { [3] 1, 2 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

enum { I$, J$, K$ = 6 };
static const char *s$[] = { [I$] = "i", [K$] = "k", [J$] = "j" };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static char s$[] = { "abc" "def" };
struct P$ { char a[sizeof(s$)]; };

static char s$[] = { [4] = 'a', [1] = 'b' };
struct P$ { char a[sizeof(s$)]; };

static int s$[] = {};
struct P$ { char a[sizeof(s$) + 1]; };

static int *s$[] = { (int[]){ 1, 2 }, 0, (int *)0 };
struct P$ { char a[sizeof(s$) / sizeof(*s$)]; };

struct P$ { char a[sizeof((int[]){ 1, 2, 3 })]; char b[sizeof((char[]){ "abc" })]; char c[sizeof((char[]){ [7] = 0 })]; };

struct P$ { char a[sizeof((struct { int a; char b[]; }){ 1 })]; };

static const struct { char n[8]; unsigned long v; } s$[] = { { "a", 1 }, { .v = 2, .n = "b" }, {} };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static const struct { int a[2][2]; } s$[] = { 1, 2, 3, 4, { { { 1 }, 2 } }, { .a[1][0] = 3 }, 9 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

typedef char t$[];
static t$ s$ = "abcd", r$ = "ab";
struct P$ { char a[sizeof(s$)]; char b[sizeof(r$)]; };

typedef int t$[];
static const t$ s$ = { 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

extern int s$[];
extern int s$[6];
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static int s$[3];
static int r$[sizeof(s$)];
struct P$ { char a[sizeof(r$)]; };

struct P$ { char a[sizeof("\x41\x42" "\x43")]; char b[sizeof("\0\00\000\0000")]; char c[sizeof("\x1" "1")]; };

struct P$ { char a[sizeof(u8"aé")]; char b[sizeof(u"a\u00e9")]; char c[sizeof(L"a" L"b")]; char d[sizeof("a" u8"é")]; };

struct P$ { char a[sizeof("a//b")]; char b[sizeof("/*a*/")]; char c[sizeof("\"") + sizeof('"')]; };

struct P$ { char a[sizeof "abc"]; char b[sizeof ("abc")[0]]; char c[sizeof *"abc"]; char d[sizeof &"abc"]; };

struct P$ { char a[sizeof("abc" + 1)]; char b[sizeof(0, "abc")]; char c[sizeof(1 ? "abc" : "de")]; };

static const char s$[] = __FILE__;
struct P$ { char a[sizeof(s$) > 1 ? 2 : 3]; };

static const char s$[] = "x" __DATE__;
struct P$ { char a[sizeof(s$)]; char b[sizeof(__TIME__)]; };

#define STR$(x) #x
#define XSTR$(x) STR$(x)
#define N$ 123
struct P$ { char a[sizeof(STR$(N$))]; char b[sizeof(XSTR$(N$))]; char c[sizeof(STR$(a  +   b))]; char d[sizeof(STR$("a\n"))]; char e[sizeof(STR$('"'))]; };

#define STR$(...) #__VA_ARGS__
struct P$ { char a[sizeof(STR$())]; char b[sizeof(STR$(a, b))]; char c[sizeof(STR$( a , b ))]; char d[sizeof(STR$(/* x */ a /* y */ b))]; };

static struct { char a[4]; int n; } s$[] = { "abcd", 1, { "ab" }, { { 'a', 'b' }, 2 } };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static struct { struct { char a, b; } p; int n; } s$[] = { 'x', 'y', 1, { { 'z' }, 2 }, { .p.b = 3 }, 'q' };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

struct q$ { char a, b; };
static const struct q$ k$ = { 1, 2 };
static struct { struct q$ p; int n; } s$[] = { (struct q$){ 1, 2 }, 1, (struct q$){ 3, 4 }, 2 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static int s$[] = { [1 + 1] = 1, [sizeof(long)] = 2, ['\n'] = 3 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static char s$[2][3] = { "abc", "de" }, r$[][3] = { "abc", { "de" }, { 'f', 'g', 'h' }, 'i' };
struct P$ { char a[sizeof(s$)]; char b[sizeof(r$)]; };

static const unsigned char s$[] = { 0x1, 0x2, };
static const unsigned char *r$[] = { s$, s$ + 1 };
struct P$ { char a[sizeof(r$) / sizeof(r$[0])]; char b[sizeof(s$)]; };

static void f$(void);
static void (*s$[])(void) = { f$, &f$, 0 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };
