struct P$ { char c; int __attribute__((aligned(16))) a, b; };

struct P$ { char c; int a __attribute__((aligned(16))), b; };

struct P$ { char c; int a, __attribute__((aligned(16))) b, d; };

struct P$ { char c; int *__attribute__((aligned(16))) a, b; char d; };

struct P$ { char c; int * const __attribute__((aligned(16))) a; char d; };

struct P$ { char c; int (__attribute__((aligned(16))) a); char d; };

struct P$ { char c; int (*__attribute__((aligned(16))) a)(void); char d; };

struct P$ { char c; int (*a)(void) __attribute__((aligned(16))); char d; };

struct P$ { char c; int (*a __attribute__((aligned(16))))(void); char d; };

struct P$ { char c; int a[3] __attribute__((aligned(16))); char d; };

struct P$ { char c; int __attribute__((packed)) a; short b __attribute__((packed)); };

struct __attribute__((packed)) P$ { char c; int a; } __attribute__((aligned(4)));

struct __attribute__((aligned(8))) __attribute__((packed)) P$ { char c; int a; };

__attribute__((aligned(32))) struct P$ { char c; };
struct Q$ { char c; struct P$ p; };

struct P$ { char c; } __attribute__((aligned(32))) v$;
struct Q$ { char c; struct P$ p; };

struct P$ { char c; } v$ __attribute__((aligned(32)));
struct Q$ { char c; struct P$ p; };

typedef struct P$ { char c; } __attribute__((aligned(32))) t$;
struct Q$ { char c; t$ p; };

typedef struct P$ { char c; } t$ __attribute__((aligned(32)));
struct Q$ { char c; t$ p; struct P$ q; };

typedef struct P$ { char c; int i; } __attribute__((packed)) *t$;
struct Q$ { char c; t$ p; struct P$ q; };

typedef int t$ __attribute__((aligned(1)));
struct P$ { char c; t$ a; };

typedef int t$ __attribute__((aligned(2)));
typedef t$ u$[2];
struct P$ { char c; u$ a; t$ b; };

typedef long long t$ __attribute__((aligned(4)));
struct P$ { char c; t$ a; char d; t$ b[2]; };
struct Q$ { char c; struct P$ p; };

typedef int t$[2] __attribute__((aligned(16)));
struct P$ { char c; t$ a; char d; };

typedef int __attribute__((aligned(16))) t$[2];
struct P$ { char c; t$ a; char d; };

typedef int (__attribute__((aligned(16))) *t$);
struct P$ { char c; t$ a; char d; };

struct P$ { char c; __attribute__((aligned(16))) struct { int a; } s; char d; };

struct P$ { char c; struct __attribute__((aligned(16))) { int a; } s; char d; };

struct P$ { char c; struct { int a; } __attribute__((aligned(16))) s; char d; };

struct P$ { char c; struct { int a; } __attribute__((aligned(16))); char d; };

struct P$ { char c; struct { char b; int a; } __attribute__((packed)); char d; };

struct P$ { char c; struct { char b; int a; } s __attribute__((packed)); char d; };

struct P$ { char c; struct Q$ { char b; int a; } __attribute__((packed)) s; char d; };

struct P$ { char c; union { char b; int a __attribute__((packed)); }; char d; };

struct P$ { char c; union { char b; int a; } __attribute__((packed)); char d; };

struct P$ { char c; union { struct { char b; int a; } __attribute__((packed)); long long z; }; char d; } __attribute__((packed));

struct P$ { char c; int a __attribute__((__aligned__(16), __packed__)); char d; };

struct P$ { char c; int a __attribute__((__packed__, __aligned__)); char d; };

struct P$ { char c; int a __attribute__((aligned)); };

struct P$ { char c; } __attribute__((aligned));
struct Q$ { char a; struct P$ b; };

struct P$ { char c; int a __attribute__(()); char d; } __attribute__((,,packed,,));

struct P$ { char c; int a __attribute__((deprecated, aligned(8))) __attribute__((packed)); char d; };

struct P$ { char c; int a __attribute__((warn_if_not_aligned(8))); };

struct P$ { char c; int a __attribute__((aligned(sizeof(long)))); short b __attribute__((aligned(__alignof__(long long)))); };

struct P$ { char c; int a __attribute__((aligned(1 << 5))); };

enum { AL$ = 8 };
struct P$ { char c; int a __attribute__((aligned(AL$ * 2))); };

struct P$ { char c; int a __attribute__((aligned((8)))); };

struct P$ { char c; short int __attribute__((aligned(8))) unsigned a; char d; };

struct P$ { char c; const __attribute__((aligned(8))) int a; char d; };

struct P$ { char c; int const __attribute__((aligned(8))) volatile a; char d; };

struct P$ { __extension__ char c; __extension__ int a __attribute__((aligned(8))); };

struct P$ { char c; __extension__ struct { int a; } __attribute__((aligned(8))); };

struct Q$;
struct P$ { struct Q$ *q; char c; };
struct __attribute__((packed)) Q$ { char c; struct P$ p; };

struct __attribute__((packed)) Q$;
struct Q$ { char c; int i; };
struct P$ { char c; struct Q$ q; };

struct Q$ { char c; int i; } __attribute__((packed));
struct Q$ __attribute__((aligned(8))) v$;
struct P$ { char c; struct Q$ q; };

struct P$ { [[gnu::aligned(8)]] int a; char c; int b [[gnu::aligned(8)]]; };

struct P$ { char c; int [[gnu::aligned(8)]] a; char d; };

struct [[gnu::packed]] P$ { char c; int a; };

struct P$ { char c; int a; } [[gnu::packed]];

struct P$ { [[gnu::packed]] int a; char c; [[__gnu__::__packed__]] int b; };

struct P$ { char c; int a [[gnu::aligned(8), gnu::packed]]; int b [[maybe_unused]] __attribute__((aligned(8))); };

struct P$ { char c; int a[2] [[gnu::aligned(16)]]; };

struct P$ { char c; _Alignas(8) int a, b; char d; };

struct P$ { char c; _Alignas(8) _Alignas(16) int a; char d; };

struct P$ { char c; _Alignas(0) int a; char d; };

struct P$ { char c; _Alignas(long long) char a; char d; };

struct P$ { char c; _Alignas(struct { int x; }) char a; char d; };

struct P$ { char c; int _Alignas(8) a; const _Alignas(16) char d; };

struct P$ { char c; _Alignas(8) struct { char x; } a; char d; };

struct P$ { char c; _Alignas(8) struct { char x; }; char d; };

struct P$ { _Alignas(2) char a[3]; char c; } __attribute__((packed));

struct P$ { char c; _Alignas(4) int a __attribute__((packed)); };

#pragma pack(1)
struct P$ { char c; _Alignas(8) int a; int b __attribute__((aligned(4))); };
#pragma pack()

#pragma pack(2)
struct P$ { char c; long long a; struct { int x; } b; int d __attribute__((aligned(8))); };
#pragma pack()
struct Q$ { char c; struct P$ p; };

struct P$ { char c; int a __attribute__((mode(DI))); };

struct P$ { char c; unsigned a __attribute__((mode(QI))); signed b __attribute__((__mode__(__HI__))); };

struct P$ { char c; int a __attribute__((mode(word))); int b __attribute__((mode(pointer))); int d __attribute__((mode(byte))); };

typedef int t$ __attribute__((mode(HI)));
struct P$ { char c; t$ a[3]; int b __attribute__((mode(unwind_word))); };

struct P$ { char c; int a[2] __attribute__((mode(HI))); };

struct P$ { char c; int *a __attribute__((mode(SI))); };

struct P$ { char c; float a __attribute__((mode(DF))); double b __attribute__((mode(SF))); };

enum __attribute__((mode(QI))) e$ { X$ = 3 };
struct P$ { enum e$ a; char c; enum e$ b; };

enum e$ { X$ = 300 } __attribute__((packed));
struct P$ { char c; enum e$ a; enum e$ b; };

enum e$ { X$ = -1, Y$ = 255 } __attribute__((packed));
struct P$ { char c; enum e$ a; };

enum e$ { X$ = 255 } __attribute__((packed));
struct P$ { char c; enum e$ a; enum e$ b : 8; };

enum e$ { X$ = 0xffffffff };
struct P$ { char c; enum e$ a; };

enum e$ { X$ = 0x100000000 };
struct P$ { char c; enum e$ a; char d[sizeof(X$)]; };

enum e$ { X$ = -0x80000001LL, Y$ = 1 };
struct P$ { char c; enum e$ a; char d[sizeof(Y$)]; };

enum e$ { X$ = 1 } __attribute__((aligned(8)));
struct P$ { char c; enum e$ a; };

enum e$ : unsigned char { X$ = 200, Y$ };
struct P$ { char c; enum e$ a; char d[sizeof(X$)]; char f[Y$]; };

enum e$ : long long;
struct P$ { char c; enum e$ a; };

enum e$ : unsigned short { X$ = 1 };
struct P$ { char c; enum e$ a : 9; enum e$ b : 9; };

enum : short { X$ = sizeof(int) };
struct P$ { char c[X$]; char d[sizeof(X$)]; };

typedef enum e$ : signed char { X$ = -5 } t$;
struct P$ { t$ a; int b; char c[-X$]; };

struct P$ { char c; enum : int { X$ = 3 } a; char d[X$]; };
