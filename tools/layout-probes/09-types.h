struct P$ { char a; __int128 b; };

struct P$ { char a; unsigned __int128 b; };

struct P$ { char a; __int128_t b; __uint128_t c; };

struct P$ { char a; __int128 unsigned b; signed __int128 c; };

struct P$ { char a; __builtin_va_list b; };

struct P$ { char a; __builtin_va_list b[2], *c; };

typedef __builtin_va_list T$;
struct P$ { char a; T$ b; };

struct P$ { char a; _Float16 b; };

struct P$ { char a; _Float32 b; };

struct P$ { char a; _Float64 b; };

struct P$ { char a; _Float128 b; };

struct P$ { char a; _Float32x b; _Float64x c; };

struct P$ { char a; __float128 b; };

struct P$ { char a; __float80 b; };

struct P$ { char a; __bf16 b; };

struct P$ { char a; __fp16 b; };

struct P$ { char a; __ibm128 b; };

struct P$ { char a; long double b; };

struct P$ { char a; float _Complex b; };

struct P$ { char a; double _Complex b; };

struct P$ { char a; _Complex double b; __complex__ float c; };

struct P$ { char a; _Decimal32 b; _Decimal64 c; };

struct P$ { char a; _BitInt(7) b; };

struct P$ { char a; unsigned _BitInt(17) b; };

struct P$ { char a; _BitInt(64) b; };

struct P$ { char a; _BitInt(65) b; };

struct P$ { char a; _BitInt(128) b; };

struct P$ { char a; _BitInt(200) b; };

struct P$ { char a; _BitInt(37) b : 5; };

enum E$ : unsigned char { A$, B$ };
struct P$ { char a; enum E$ b; char c[sizeof(A$)]; };

enum E$ : long long { A$ };
struct P$ { char a; enum E$ b; };

enum E$ : short;
enum E$ : short { A$ = -1 };
struct P$ { char a; enum E$ b; };

enum E$ : unsigned short;
struct P$ { char a; enum E$ b; };

struct P$ { char a; enum : unsigned char { A$ } b; char c; };

struct P$ { char a; enum E$ : unsigned b : 3; };

typedef unsigned char T$;
enum E$ : T$ { A$ = 200 };
struct P$ { char a; enum E$ b; };

struct P$ { char a; alignas(16) int b; };

struct P$ { char a; alignas(long) char b; char c[alignof(long long)]; };

struct P$ { char a; typeof_unqual(const int) b; };

struct P$ { char a; __typeof_unqual__(const volatile long) b; };

struct [[gnu::packed]] P$ { char a; int b; };

struct P$ { char a; [[gnu::aligned(16)]] int b; };

struct P$ { char a; int b [[gnu::aligned(16)]]; };

struct P$ { char a; int [[gnu::aligned(16)]] b; };

struct P$ { char a; int b [[gnu::packed]]; };

struct [[gnu::aligned(16)]] P$ { char a; [[deprecated]] int b; [[maybe_unused]] char c; };

struct P$ { char a; int b; } [[gnu::packed]];

struct [[__gnu__::__packed__]] P$ { char a; int b; };

enum [[gnu::packed]] E$ { A$ };
struct P$ { char a; enum E$ b; };

typedef int T$ [[gnu::aligned(16)]];
struct P$ { char a; T$ b; };

[[gnu::aligned(16)]] typedef int T$;
struct P$ { char a; T$ b; };

constexpr int n$ = 5;
struct P$ { char a[n$]; };

constexpr unsigned char n$ = 5 + 2;
struct P$ { char a[n$ + 1]; };

struct P$ { bool a; int b; };

struct P$ { char a[true + 2]; char b[false + 1]; char c[sizeof(true)]; };

struct P$ { char a; char8_t b; };

struct P$ { char a; __INT64_TYPE__ b; __UINT16_TYPE__ c; __SIZE_TYPE__ d; __PTRDIFF_TYPE__ e; __INTPTR_TYPE__ f; __WCHAR_TYPE__ g; __CHAR16_TYPE__ h; };

struct P$ { char a; signed b; unsigned c; long signed int d; long int long unsigned e; short signed f; };

struct P$ { char a; int long b; double long c; char signed d; char unsigned e; };

struct P$ { char a; __signed__ char b; __signed int c; __const int d; __volatile__ long e; };

struct P$ { char a; wchar_t b; };

struct P$ { char a; __auto_type b; };

struct P$ { char a; nullptr_t b; };

struct P$ { char a; __builtin_ms_va_list b; };

struct P$ { char a; __int64 b; };

struct P$ { char a; unsigned float b; };

struct P$ { char a; long long long b; };

struct P$ { char a; short char b; };

struct P$ { char a; int int b; };

struct P$ { char a; signed unsigned b; };

struct P$ { char a; long float b; };

struct P$ { char a; unsigned struct { int x; } b; };

struct P$ { char a; __label__ b; };

struct P$ { char a; _Noreturn int b; };

#ifdef __x86_64__
struct P$ { char a; __seg_gs int *b; };
#endif

#ifdef __x86_64__
struct P$ { char a; int __seg_fs *b; char c; };
#endif

struct P$ { char a; _Accum b; };

struct P$ { char a; _Fract b; };

struct P$ { char a; _Sat b; };

enum E$;
struct P$ { char a; enum E$ b; };

enum E$; enum E$ { A$ };
struct P$ { char a; enum E$ b; };

struct P$ { char a; enum E$ *b; char c; };

struct P$ { char a; int (*b)(va_list); };

struct P$ { char a; typeof_unqual(_Atomic(long long)) b; };

extern _Atomic long long v$;
struct P$ { char a; typeof_unqual(v$) b; char c; typeof_unqual(const long long) d; };
