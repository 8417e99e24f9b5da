#pragma pack(2)
struct P$ { char a; long b; };
#pragma pack()

#pragma pack(push, 1)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push)
#pragma pack(2)
struct P$ { char a; long b; };
#pragma pack(pop)
struct Q$ { char a; long b; };

#pragma pack(push, name, 2)
struct P$ { char a; long b; };
#pragma pack(pop, name)
struct Q$ { char a; long b; };

#pragma pack(push, outer, 4)
#pragma pack(push, inner, 2)
#pragma pack(push, 1)
struct P$ { char a; long b; };
#pragma pack(pop, outer)
struct Q$ { char a; long b; };

#pragma pack(push, outer, 4)
#pragma pack(push, 2)
#pragma pack(pop, nobody)
struct P$ { char a; long b; };
#pragma pack(pop)
struct Q$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 2)
#pragma pack(push, named)
#pragma pack(8)
struct P$ { char a; long long b; };
#pragma pack(pop)
struct Q$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 4)
#pragma pack()
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 4)
#pragma pack(0)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 4)
#pragma pack(3)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 4)
#pragma pack(32)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 16)
struct P$ { char a; long double b; };
#pragma pack(pop)

#pragma pack(pop)
struct P$ { char a; long b; };

#pragma pack 2
struct P$ { char a; long b; };
#pragma pack()

#pragma pack(push, 2
struct P$ { char a; long b; };
#pragma pack()

#pragma pack(push 2)
struct P$ { char a; long b; };
#pragma pack()

#define N$ 2
#pragma pack(push, N$)
struct P$ { char a; long b; };
#pragma pack(pop)

#define N$ push, 1
#pragma pack(N$)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 0x2)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack(push, 1+1)
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma pack (push , 2)
struct P$ { char a; long b; };
# pragma pack ( pop )

_Pragma("pack(push, 2)")
struct P$ { char a; long b; };
_Pragma("pack(pop)")
struct Q$ { char a; long b; };

#define CLOSE$ _Pragma("pack(push, 1)")
#define OPEN$ _Pragma("pack(pop)")
CLOSE$
struct P$ { char a; long b; };
OPEN$
struct Q$ { char a; long b; };

#define DO$(x) _Pragma(#x)
DO$(pack(push, 2))
struct P$ { char a; long b; };
DO$(pack(pop))
struct Q$ { char a; long b; };

#define STR$(x) #x
#define PACK$(n) _Pragma(STR$(pack(push, n)))
#define UNPACK$ _Pragma("pack(pop)")
PACK$(4) struct P$ { char a; double b; }; UNPACK$
struct Q$ { char a; double b; };

#define REC$ _Pragma("pack(push, 1)") struct P$ { char a; long b; }; _Pragma("pack(pop)")
REC$
struct Q$ { char a; long b; };

#define REC$(n, body) _Pragma("pack(push, 1)") struct n body; _Pragma("pack(pop)")
REC$(P$, { char a; long b; })
struct Q$ { char a; long b; };

struct P$ {
	char a;
#pragma pack(push, 2)
	struct { char b; long c; } d;
#pragma pack(pop)
	long e;
};

struct P$ {
	char a;
	long b;
#pragma pack(push, 1)
	char c;
	long d;
#pragma pack(pop)
};

struct P$ {
	char a;
	long b;
#pragma pack(push, 1)
	char c;
	long d;
};
#pragma pack(pop)

#pragma pack(push, 1)
struct P$ {
	char a;
	long b;
#pragma pack(pop)
	char c;
	long d;
};

struct P$ {
	char a;
	_Pragma("pack(push, 1)") struct { char b; long c; } d; _Pragma("pack(pop)")
	long e;
};

#pragma pack(push, 2)
struct P$ { char a; int b __attribute__((aligned(8))); };
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; int b; } __attribute__((aligned(8)));
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; int b; } __attribute__((packed));
#pragma pack(pop)

#pragma pack(push, 2)
typedef int T$ __attribute__((aligned(16)));
struct P$ { char a; T$ b; };
#pragma pack(pop)

#pragma pack(push, 1)
enum E$ { A$, B$ };
struct P$ { char a; enum E$ b; };
#pragma pack(pop)

#pragma pack(push, 1)
struct P$ { char a; int b : 5; int c : 30; char d; };
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; int b : 5; int c : 30; char d; long long e : 40; };
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; int : 0; char b; int c : 3; int : 0; char d; };
#pragma pack(pop)

struct I$ { char x; long y; };
#pragma pack(push, 1)
struct P$ { char a; struct I$ b; };
#pragma pack(pop)

#pragma pack(push, 1)
struct P$ { char a; struct { char x; long y; } b; union { char u; long v; }; };
#pragma pack(pop)

#pragma pack(push, 2)
union P$ { char a[3]; long b; };
#pragma pack(pop)

#pragma pack(push, 1)
typedef struct { char a; long b; } T$;
#pragma pack(pop)
struct P$ { char a; T$ b; long c; };

#pragma pack(push, 4)
struct P$ { char a; double b; struct { char c; double d; } __attribute__((packed)) e; int f __attribute__((aligned(16))); };
#pragma pack(pop)

#pragma pack(push, 1)
struct P$ { char a; _Alignas(8) int b; };
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; int b __attribute__((vector_size(16))); };
#pragma pack(pop)

#pragma pack(push, 2)
struct P$ { char a; long b[2]; char c; long long d __attribute__((packed)); };
#pragma pack(pop)

#pragma pack(push, a$, 2)
#pragma pack(push, a$, 1)
#pragma pack(pop, a$)
struct P$ { char a; long b; };
#pragma pack(pop, a$)
struct Q$ { char a; long b; };

#pragma pack(push, 2)
#pragma pack(pop, 4)
struct P$ { char a; long long b; };
#pragma pack()

#pragma pack(push, a$, 2)
#pragma pack(pop, a$, 1)
struct P$ { char a; long long b; };
#pragma pack()

#pragma pack(push, r1, 2)
#pragma pack(show)
struct P$ { char a; long b; };
#pragma pack(pop, r1)

#pragma pack(push, 1)
#include <linux/compiler_types.h>
struct P$ { char a; long b; };
#pragma pack(pop)

#pragma GCC pack(push, 1)
struct P$ { char a; long b; };

#pragma ms_struct on
#pragma ms_struct off
struct P$ { char a; long b; };

#pragma scalar_storage_order big-endian
struct P$ { char a; long b; };
#pragma scalar_storage_order default

#pragma pack(push, 1) /* note */
struct P$ { char a; long b; };
#pragma pack(pop) // note

#pragma pack(push, \
	1)
struct P$ { char a; long b; };
#pragma pack(pop)

#if 0
#pragma pack(1)
#endif
struct P$ { char a; long b; };

#if 1
#pragma pack(push, 1)
#endif
struct P$ { char a; long b; };
#if 1
#pragma pack(pop)
#endif

#define WRAP(x) x
WRAP(_Pragma("pack(push, 1)") struct P$ { char a; long b; }; _Pragma("pack(pop)"))
struct Q$ { char a; long b; };

#define WRAP(x) x
#define AROUND(y) _Pragma("pack(push, 2)") y _Pragma("pack(pop)")
WRAP(AROUND(struct P$ { char a; long b; };))
struct Q$ { char a; long b; };

#define FIRST(x, y) x
#define PK _Pragma("pack(push, 1)")
FIRST(PK struct P$ { char a; long b; };, z)
_Pragma("pack(pop)")
struct Q$ { char a; long b; };
