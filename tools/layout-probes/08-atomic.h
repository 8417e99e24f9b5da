struct P$ { char a; _Atomic int b; };

struct P$ { char a; _Atomic(int) b; };

struct P$ { char a; _Atomic long long b; };

struct P$ { char a; _Atomic(long long) b; };

struct P$ { char a; _Atomic double b; };

struct P$ { char a; _Atomic char b; _Atomic short c; _Atomic _Bool d; };

struct P$ { char a; _Atomic(void *) b; };

struct P$ { char a; int * _Atomic b; };

struct P$ { char a; _Atomic int *b; };

struct P$ { char a; _Atomic(int *) b; };

struct P$ { char a; _Atomic int b[3]; };

struct P$ { char a; _Atomic(int) b[3]; };

struct P$ { char a; _Atomic(int[3]) b; };

struct I$ { char x[3]; };
struct P$ { char a; _Atomic struct I$ b; };

struct I$ { char x[3]; };
struct P$ { char a; _Atomic(struct I$) b; };

struct I$ { char x[4]; };
struct P$ { char a; _Atomic struct I$ b; };

struct I$ { int x[2]; };
struct P$ { char a; _Atomic struct I$ b; };

struct I$ { char x[8]; };
struct P$ { char a; _Atomic(struct I$) b; };

struct I$ { char x[16]; };
struct P$ { char a; _Atomic(struct I$) b; };

struct I$ { char x[5]; };
struct P$ { char a; _Atomic(struct I$) b; char c; };

struct I$ { long x; char y; };
struct P$ { char a; _Atomic(struct I$) b; char c; };

struct I$ { };
struct P$ { char a; _Atomic(struct I$) b; char c; };

union I$ { char x[2]; };
struct P$ { char a; _Atomic union I$ b; char c; };

typedef _Atomic int T$;
struct P$ { char a; T$ b; };

typedef _Atomic long long T$;
struct P$ { char a; T$ b; T$ c[2]; };

typedef int T$;
struct P$ { char a; _Atomic T$ b; };

typedef long long T$;
struct P$ { char a; T$ _Atomic b; };

typedef int T$[2];
struct P$ { char a; _Atomic T$ b; };

typedef long long T$ __attribute__((aligned(4)));
struct P$ { char a; _Atomic T$ b; };

struct P$ { char a; _Atomic long long b __attribute__((aligned(4))); };

struct P$ { char a; _Atomic long long b; } __attribute__((packed));

struct P$ { char a; _Atomic long long b __attribute__((packed)); };

struct P$ { char a[_Alignof(_Atomic long long)]; char b[__alignof__(_Atomic(long long))]; char c[sizeof(_Atomic(long long))]; };

struct P$ { char a; _Atomic enum E$ { A$, B$ } b; };

struct P$ { char a; _Atomic float b; _Atomic long double c; };

struct P$ { char a; _Atomic int b : 3; };

struct P$ { char a; __typeof__(*(_Atomic long long *)0) b; };

struct P$ { char a; __typeof__((_Atomic long long)0) b; };

struct P$ { char a; const _Atomic long long b; volatile _Atomic(long long) c; };

#pragma pack(push, 2)
struct P$ { char a; _Atomic long long b; };
#pragma pack(pop)

struct P$ { char a; _Atomic unsigned __int128 b; };

struct P$ { char a; _Atomic struct { short x; char y; } b; char c; };

struct P$ { char a; struct { _Atomic long long x; char y; } b; char c; };

union P$ { char a; _Atomic long long b; };

struct I$ { int x; int y; };
typedef _Atomic struct I$ T$;
struct P$ { char a; T$ b[2]; char c; T$ d; char e; T$ f[1][2]; };
struct Q$ { char a[__alignof__(T$)]; char b[__alignof__(T$[2])]; char c[_Alignof(T$[2])]; };

struct P$ { char a; union { char b[8]; short c; } _Atomic d[2], e; };
