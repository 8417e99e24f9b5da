struct P$ { char a[sizeof("abc")]; };

struct P$ { char a[sizeof("a\rb\n\x41\101\0")]; };

struct P$ { char a[sizeof("\x4a" "b")]; };

struct P$ { char a[sizeof("\1234")]; char b[sizeof("\e\a\b\f\v\t\\\"\'\?")]; };

struct P$ { char a[sizeof(L"abc")]; char b[sizeof(u"abc")]; char c[sizeof(U"abc")]; char d[sizeof(u8"abc")]; };

struct P$ { char a[sizeof("ab" L"c")]; char b[sizeof(L"ab" "c")]; };

struct P$ { char a[sizeof("\u00e9")]; char b[sizeof(u"\U0001F600")]; char c[sizeof(U"\U0001F600")]; char d[sizeof(u8"\u20ac")]; };

struct P$ { char a[sizeof("é€😀")]; char b[sizeof(u"é€😀")]; char c[sizeof(L"é€😀")]; };

struct P$ { char a[sizeof(L"\xffff")]; char b[sizeof(u"\x1234")]; };

struct P$ { char a[sizeof("")]; char b[sizeof(L"")]; };

struct P$ { char a[sizeof("x" "" "yz")]; };

static const char s$[] = "abc";
struct P$ { char a[sizeof(s$)]; };

static const char s$[] = { "abc" };
struct P$ { char a[sizeof(s$)]; };

static const char s$[] = ("abc");
struct P$ { char a[sizeof(s$)]; };

static const char s$[] = { 'a', 'b', 0 };
struct P$ { char a[sizeof(s$)]; };

static const __WCHAR_TYPE__ s$[] = L"abc";
struct P$ { char a[sizeof(s$)]; char b[sizeof(s$) / sizeof(s$[0])]; };

static const unsigned short s$[] = u"xyz";
struct P$ { char a[sizeof(s$)]; };

static const __CHAR32_TYPE__ s$[] = U"xyz";
struct P$ { char a[sizeof(s$)]; };

static const __CHAR16_TYPE__ s$[] = { u"xyz" };
struct P$ { char a[sizeof(s$)]; };

static const int s$[] = { 1, 2, 3 };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static const int s$[] = { 1, 2, 3, };
struct P$ { char a[sizeof(s$)]; };

static const int s$[] = { [5] = 1 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[] = { [2 ... 7] = 1, 3 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[] = { [9] = 1, [2] = 3, 4 };
struct P$ { char a[sizeof(s$)]; };

enum { A$, B$, C$, N$ };
static const char *const s$[] = { [A$] = "a", [C$] = "c" };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

enum { A$, B$, C$, N$ };
static const char *const s$[N$] = { [A$] = "a" };
struct P$ { char a[sizeof(s$) / sizeof(*s$)]; };

static const int s$[][2] = { { 1, 2 }, { 3 } };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][2] = { 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][2] = { 1, 2, { 3, 4 }, 5 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][2][2] = { { { 1 } }, { 1, 2, 3 } };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][2][2] = { 1, 2, 3, 4, 5 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x, y; };
static const struct I$ s$[] = { 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x, y; };
static const struct I$ s$[] = { { 1, 2 }, 3, 4, 5 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x; char y[3]; };
static const struct I$ s$[] = { 1, "ab", 2, 'a', 'b', 'c', 3 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x; struct { int y, z; } w; };
static const struct I$ s$[] = { 1, 2, 3, 4, { 5, 6 }, 7 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x; union { int y; char z[2]; }; };
static const struct I$ s$[] = { 1, 2, 3, 4, 5 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x; struct { int y, z; }; };
static const struct I$ s$[] = { 1, 2, 3, 4 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x : 3; int : 4; int y : 5; };
static const struct I$ s$[] = { 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x, y; };
static const struct I$ s$[] = { [3].x = 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x, y; };
static const struct I$ s$[] = { [1] = { .y = 2 }, { .x = 1 } };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x[3], y; };
static const struct I$ s$[] = { [1].x[2] = 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

static const char s$[][4] = { "abc", "de" };
struct P$ { char a[sizeof(s$)]; };

static const char s$[][4] = { 'a', 'b', 'c', 'd', 'e' };
struct P$ { char a[sizeof(s$)]; };

static const char s$[][4] = { "abc", 'd', 'e', { 'f' } };
struct P$ { char a[sizeof(s$)]; };

static const char s$[][4] = { { "abc" }, [4] = "x" };
struct P$ { char a[sizeof(s$)]; };

static const int s$[] = { };
struct P$ { char a[sizeof(s$)]; int b; };

static const int s$[] = { [3] 1, 2 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x, y; };
static const struct I$ s$[] = { (struct I$){ 1, 2 }, (struct I$){ 3, 4 } };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x, y; };
extern const struct I$ i$;
static const struct I$ *const s$[] = { &i$, &i$, 0 };
struct P$ { char a[sizeof(s$)]; };

struct P$ { char a[sizeof((int[]){ 1, 2, 3 })]; };

struct P$ { char a[sizeof((char[]){ "abc" })]; };

struct P$ { char a[sizeof((char[]){ "abc" "de" }) + sizeof((int[][2]){ 1, 2, 3 })]; };

struct P$ { char a[sizeof((struct { int x, y; }[]){ 1, 2, 3 })]; };

typedef int T$[];
static const T$ s$ = { 1, 2, 3 }, t$ = { 1 };
struct P$ { char a[sizeof(s$)]; char b[sizeof(t$)]; };

static const int s$[] = { 1, 2 }, t$[] = { 3 };
struct P$ { char a[sizeof(s$)]; char b[sizeof(t$)]; };

extern int s$[];
int s$[5];
struct P$ { char a[sizeof(s$)]; };

extern int s$[];
int s$[] = { 1, 2 };
struct P$ { char a[sizeof(s$)]; };

extern int s$[];
struct P$ { char a[sizeof(s$)]; };

static const int s$[] = { [0 ... 3] = 1, [1 ... 9] = 2 };
struct P$ { char a[sizeof(s$)]; };

static const char s$[] = { [3] = 'a', 'b', [1] = 'c' };
struct P$ { char a[sizeof(s$)]; };

static const char *s$[] = { "a" "b", "c", };
struct P$ { char a[sizeof(s$)]; };

static const float s$[] = { 1.0f, 2 };
struct P$ { char a[sizeof(s$)]; };

static int (*const s$[])(void) = { 0, 0, 0 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int n; char data[]; };
static struct I$ s$ = { 1, "abc" };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x; int y[2]; };
static const struct I$ s$[] = { { 1, 2, 3 }, 4, { 5 }, 6 };
struct P$ { char a[sizeof(s$)]; };

struct I$ { int x; int y[2]; };
static const struct I$ s$[] = { .x = 1 };
struct P$ { char a[sizeof(s$)]; };

union I$ { int x[2]; char y; };
static const union I$ s$[] = { 1, 2, 3 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][3] = { [2] = { 1 }, [0][1] = 5, 6, 7 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][3] = { [1][1] = 5, 6, 7 };
struct P$ { char a[sizeof(s$)]; };

static const int s$[][3] = { [1][0 ... 2] = 5, 6, 7, 8, 9 };
struct P$ { char a[sizeof(s$)]; };

static const char s$[5] = "abc";
struct P$ { char a[sizeof(s$)]; };

static const struct { char n[8]; int v; } s$[] = { { "a", 1 }, { "b", 2 }, { } };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

static const struct { char n[8]; int v; } s$[] = { "a", 1, "b", 2, "c" };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

struct P$ { char a[sizeof("ab\
c")]; };

struct P$ { char a[sizeof(__func__)]; };

struct P$ { char a[__builtin_strlen("abc") + 1]; };

struct P$ { char a[sizeof("abc") - 1 + sizeof 'c' + sizeof L'c' + sizeof u'c']; };

struct P$ { char a[sizeof(*"abc")]; char b[sizeof("abc"[0])]; char c[sizeof(&"abc")]; char d[sizeof("abc" + 1)]; char e[sizeof(*L"x")]; };

static const signed char s$[] = "abc", t$[] = "d";
struct P$ { char a[sizeof(s$)]; char b[sizeof(t$)]; };

static const _Bool s$[] = { 1, 0 };
struct P$ { char a[sizeof(s$)]; };

static const struct { int x; } s$[] = { { 1 }, { 2 }, };
struct P$ { __typeof__(s$) a; __typeof__(s$[0]) b; };

static const int s$[2][3] = { { 0 } };
struct P$ { char a[sizeof(s$)]; char b[sizeof(s$[0])]; char c[sizeof(*s$)]; char d[sizeof(**s$)]; char e[sizeof(&s$[0])]; };
