#define F$(x, ...) x __VA_OPT__(+ 1)
struct P$ { char a[F$(2)]; char b[F$(2, z)]; char c[F$(2,)]; };

#define F$(...) __VA_OPT__(a##__VA_ARGS__) + 0
enum { a1 = 5 };
struct P$ { char a[F$() + 1]; char b[F$(1)]; };

#define E$
#define F$(...) (0 __VA_OPT__(+ 3)) + 1
struct P$ { char a[F$(E$)]; char b[F$(E$ E$)]; char c[F$(E$,)]; };

#define F$(fmt, args...) sizeof(fmt) + sizeof((int[]){ 0, ##args })
struct P$ { char a[F$("a")]; char b[F$("a", 1, 2)]; };

#define F$(x, ...) sizeof((char[]){ x, ##__VA_ARGS__ })
struct P$ { char a[F$(1)]; char b[F$(1, 2)]; char c[F$(1,)]; };

#define CAT$(a, b) a##b
#define XCAT$(a, b) CAT$(a, b)
#define N$ 4
struct P$ { char XCAT$(m, N$)[XCAT$(N$, 2)]; char CAT$(m, N$)[CAT$(1, 2)]; };

#define CNT$ __COUNTER__
enum { A$ = CNT$, B$ = CNT$ };
struct P$ { char a[B$ - A$]; char b[CNT$ - B$ + __COUNTER__ - A$]; };

struct P$ { char a[__LINE__]; char b
[__LINE__]; };

#define L$ __LINE__
#define M$(x) char m##x[L$]
struct P$ {
	M$(1);
	M$(
2
	);
};

#line 40
struct P$ { char a[__LINE__]; };

#if 1 ? 2 : (1 / 0)
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#if (-1 > 0u) && (1 ? -1 : 0u) > 0
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#if -1 >> 1 == -1 && (2 || 1 / 0) && 'a' == 97 && '\377' < 0
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#if '\377' > 0
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#if 0x7fffffffffffffff + 1 < 0 || 18446744073709551615u == -1
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#if (1, 2) == 2
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#define D$ defined(E$)
#define E$
#if D$
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#if defined E$ || !defined(E$)
struct P$ { char a[1]; };
#endif

#ifdef __COUNTER__
#define A$ 1
#else
#define A$ 2
#endif
#ifdef __FILE__
#define B$ 1
#else
#define B$ 2
#endif
#if defined(__has_attribute) && defined(__has_include) && defined __has_builtin
#define C$ 3
#else
#define C$ 4
#endif
struct P$ { char a[A$]; char b[B$]; char c[C$]; };

#if __has_attribute(packed) && __has_attribute(__aligned__) && !__has_attribute(no_such_thing)
struct P$ { char a; int b; } __attribute__((packed));
#else
struct P$ { char a; int b; };
#endif

#if __has_builtin(__builtin_expect) && !__has_builtin(__builtin_no_such_thing)
struct P$ { char a; };
#else
struct P$ { int a; };
#endif

#if __has_include("no/such/file.h") || __has_include(<no/such/file.h>)
struct P$ { char a; };
#else
struct P$ { int a; };
#endif

#if __has_c_attribute(deprecated)
struct P$ { char a; };
#else
struct P$ { int a; };
#endif

#if __has_attribute(gnu::packed)
struct P$ { char a; };
#else
struct P$ { int a; };
#endif

#define X$ 3
#pragma push_macro("X$")
#undef X$
#define X$ 5
struct Q$ { char a[X$]; };
#pragma pop_macro("X$")
struct P$ { char a[X$]; };

#define X$ 3
_Pragma("push_macro(\"X$\")")
#undef X$
#define X$ 5
_Pragma("pop_macro(\"X$\")")
struct P$ { char a[X$]; };

#pragma push_macro("X$")
#define X$ 5
struct Q$ { char a[X$]; };
#pragma pop_macro("X$")
#ifdef X$
struct P$ { char a[1]; };
#else
struct P$ { char a[2]; };
#endif

#def\
ine X$ 1\
2
str\
uct P$ { ch\
ar a[X$]; int b\
b; };

struct P$ { char a[sizeof("a\
b")]; /* c\
*/ int b; // d \
int c;
	char d; };

#define F$(x) #x
struct P$ { char a[sizeof(F$(  a   b  ))]; char b[sizeof(F$(a/* x */b))]; char c[sizeof(F$("\n" '\0'))]; char d[sizeof(F$(a
b))]; };

#define F$(x) #x
#define G$(x) F$(x)
#define H$ a, b
struct P$ { char a[sizeof(F$(H$))]; char c[sizeof(F$(@ ` \))]; };

#define F$(x) x
#define G$ F$
struct P$ { char a[G$ (3)]; char b[F$(G$)(2)]; char c[G$
(4)]; };

#define F$ F$ + 1
enum { F$0 = 3 };
#define G$(x) (x) + F$0
struct P$ { char a[G$(G$(1))]; };

#define f$(x) x f$
#define g$ f$(2)(9)
struct P$ { char a[sizeof(#g$) ]; };

#define NIL$(xxx) xxx
#define G0$(arg) NIL$(G1$)(arg)
#define G1$(arg) NIL$(arg)
struct P$ { char a[G0$(42)]; };

#define OBJ$() 7
struct P$ { char a[OBJ$()]; char b[OBJ$( )]; char c[OBJ$(/**/)]; };

#define F$(a, b) sizeof(#a) * 10 + sizeof(#b)
struct P$ { char a[F$(,)]; char b[F$((1,2),3)]; char c[F$("a,b", ',')]; };

#define F$(x) [x] = x
static const int s$[] = { F$(3), F$(7) };
struct P$ { char a[sizeof(s$) / sizeof(s$[0])]; };

#define FIELDS$ int x; char y;
#define S$(n, ...) struct n { __VA_ARGS__ }
S$(P$, FIELDS$ long z;);
S$(Q$, int a, b; char c[2];);

#define T$(t) typedef t t##_t$
typedef unsigned char byte$;
T$(byte$);
struct P$ { byte$_t$ a; int b; };

#define EACH$(X) X(a, 1) X(b, 2) X(c, 3)
#define M$(n, s) char n[s];
#define E$(n, s) V_##n##$ = s * 2,
enum { EACH$(E$) END$ };
struct P$ { EACH$(M$) char e[END$]; };

#define IF$(c) IF_$(c)
#define IF_$(c) IF_##c##$
#define IF_1$(t, f) t
#define IF_0$(t, f) f
#define ON$ 1
struct P$ { IF$(ON$)(int a;, char a;) IF$(0)(int b;, char b;) };

#define __ARG_PLACEHOLDER_1$ 0,
#define take$(ig, val, ...) val
#define is$(x) is_$(x)
#define is_$(val) is__$(__ARG_PLACEHOLDER_##val##$)
#define is__$(arg) take$(arg 1, 0)
#define OPT$ 1
struct P$ { char a[is$(OPT$) + 1]; char b[is$(NOPT$) + 1]; };

#define F$(x) x
struct P$ { char a[F$(
#ifdef NO
1
#else
2
#endif
)]; };

#define A$ 0x1p3
#define B$ 1.
struct P$ { char a[(int)A$]; char b[(int)(B$ + .5e1)]; };

#define X$(a) 1##a
struct P$ { char a[X$(0)]; char b[X$()]; char c[X$(u)]; char d[sizeof(X$(LL))]; };

#define S$(x) L##x
#define U$(x) u8 ## x
struct P$ { char a[sizeof(S$("ab"))]; char b[sizeof(U$("ab"))]; char c[sizeof(S$('a'))]; };

#if 0
struct P$ { char a[1];
#elif 1
struct P$ { char a[2];
#else
#error never
#endif
int b; };

#if 1
# if 0
struct P$ { char a[1]; };
# elif defined(NOPE) || 5 > 3
struct P$ { char a[2]; };
# elif 1 / 0
struct P$ { char a[3]; };
# endif
#else /* junk */
junk junk
#endif

#ifndef G$
#define G$
#elifdef G$
#error no
#endif
#ifdef NOPE$
#elifndef NOPE$
struct P$ { char a[2]; };
#else
struct P$ { char a[3]; };
#endif

#define EMPTY$
#define F$(x) EMPTY$ # x
struct P$ { char a[sizeof(F$(abc))]; };

#define X$ Y$
#define Y$ X$
enum { X$ = 4 };
struct P$ { char a[X$]; char b[Y$]; };

#define str$(s) #s
#define xstr$(s) str$(s)
#define F$ 1
struct P$ { char a[sizeof(xstr$(F$ +F$))]; char b[sizeof(xstr$(- F$))]; char c[sizeof(xstr$(-F$))]; };

#define F$(x, y) x ## y
#define G$(x, y) F$(x, y)
struct P$ { char a[G$(1,)]; char b[G$(,2)]; char c[sizeof(int) + F$(,)+ 0]; };

#define q$(x) <x>
#define sp$(a) sizeof(#a)
struct P$ { char a[sp$(q$(a b))]; char b[sp$( "x" "y" )]; char c[sp$(x ## y)]; };
