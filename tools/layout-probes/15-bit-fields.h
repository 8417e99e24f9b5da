enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
union P$ { enum e$  : 1; long long b1 : 11 __attribute__((packed)); unsigned long b2 : 21 __attribute__((packed, aligned(2))); short z; } ;
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
union P$ { char h; int : 8; char b1 : 6 __attribute__((aligned(2))); short z; } __attribute__((aligned(4)));
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { unsigned short b0 : 11 __attribute__((packed, aligned(2))); char b1 : 5 __attribute__((packed, aligned(2))); unsigned long b2 : 27 __attribute__((aligned(8))); int n3 __attribute__((aligned(8)));  } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; enum e$  b0 : 2 __attribute__((aligned(8))); char b1 : 4 __attribute__((packed, aligned(2))); int b2 : 7 __attribute__((aligned(8))); int : 25; int z; } __attribute__((packed, aligned(4)));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; signed char b0 : 4 __attribute__((aligned(1))); signed char : 0; _Bool : 1; enum e$  : 0; char z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; signed char b0 : 6 ; unsigned long b1 : 2 __attribute__((packed)); long long b2 : 44 ; short z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; int b0 : 8 __attribute__((packed)); unsigned long b1 : 5 __attribute__((packed)); char n2 __attribute__((packed, aligned(2))); enum e$  b3 : 2 __attribute__((aligned(2))); char z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
union P$ { long long n0 __attribute__((aligned(1))); _Bool : 0; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; signed char b0 : 3 __attribute__((packed)); long long : 0; enum e$  : 2; char b3 : 1 __attribute__((aligned(2))); char z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; unsigned short b0 : 9 __attribute__((aligned(1))); char b1 : 2 __attribute__((packed)); double n2 __attribute__((aligned(2))); double n3 __attribute__((packed)); long long b4 : 64 __attribute__((aligned(1))); char z[]; } __attribute__((packed, aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; signed char b0 : 4 __attribute__((aligned(1))); unsigned short : 0; char n2 __attribute__((packed, aligned(2)));  } __attribute__((packed, aligned(4)));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; char : 0; char b1 : 2 ; signed char b2 : 5 __attribute__((packed, aligned(2))); int z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char b0 : 6 __attribute__((aligned(1))); unsigned long : 0; int : 0; char n3 __attribute__((aligned(2))); signed char : 0; char z[]; } __attribute__((aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; _Bool b0 : 1 __attribute__((aligned(2))); int b1 : 24 ; enum e$  b2 : 3 __attribute__((packed, aligned(2))); short z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; enum e$  : 0; int b1 : 8 __attribute__((packed, aligned(2))); short n2 __attribute__((packed, aligned(2))); char z[]; } __attribute__((aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; enum e$  b0 : 3 ; _Bool b1 : 1 __attribute__((aligned(2))); char n2 ; signed char : 8; char z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; unsigned short b0 : 10 __attribute__((packed, aligned(2))); int b1 : 13 __attribute__((aligned(2))); _Bool b2 : 1 __attribute__((aligned(8))); enum e$  b3 : 2 __attribute__((aligned(2))); int b4 : 15 __attribute__((aligned(1)));  } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { int b0 : 24 ; int n1 __attribute__((packed)); unsigned short : 0; unsigned long b3 : 7 __attribute__((packed));  } __attribute__((packed));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; unsigned long : 0; unsigned short b1 : 11 __attribute__((packed)); enum e$  b2 : 3 __attribute__((packed, aligned(2))); unsigned short b3 : 9 __attribute__((aligned(2))); signed char b4 : 3 __attribute__((aligned(1))); char z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { short n0 __attribute__((aligned(1))); char b1 : 6 ; char b2 : 7 __attribute__((aligned(1))); long long b3 : 13 __attribute__((packed)); double n4 __attribute__((aligned(2)));  } __attribute__((aligned(4)));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; char b0 : 2 __attribute__((packed)); enum e$  b1 : 1 __attribute__((aligned(8))); _Bool b2 : 1 __attribute__((packed, aligned(2))); char z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; unsigned short b0 : 4 ; enum e$  b1 : 2 __attribute__((aligned(8))); unsigned short b2 : 6 ; char b3 : 4 __attribute__((aligned(2))); _Bool b4 : 1 __attribute__((aligned(1))); int z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; enum e$  b0 : 1 __attribute__((packed)); _Bool b1 : 1 __attribute__((aligned(2))); long long b2 : 2 __attribute__((aligned(8))); enum e$  : 1; short z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; void * n0 __attribute__((packed)); long long b1 : 22 __attribute__((packed)); int z; } __attribute__((packed, aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { long long : 18; signed char b1 : 4 __attribute__((aligned(1))); int n2 __attribute__((packed, aligned(2))); signed char b3 : 7 __attribute__((packed, aligned(2))); int : 14; short z; } ;
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { int b0 : 32 __attribute__((packed, aligned(2))); unsigned long : 0; _Bool : 0; char b3 : 1 __attribute__((aligned(1)));  } __attribute__((packed));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { int : 17; char n1 ; double n2 __attribute__((packed, aligned(2))); short n3 __attribute__((aligned(2))); long long b4 : 6 __attribute__((packed, aligned(2))); char z; } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; long long b0 : 13 __attribute__((aligned(2))); signed char b1 : 6 __attribute__((aligned(8))); short z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; int n0 __attribute__((aligned(2))); signed char b1 : 6 __attribute__((aligned(2))); unsigned long b2 : 18 __attribute__((aligned(1))); int z; } __attribute__((aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { signed char b0 : 4 __attribute__((packed)); int b1 : 6 __attribute__((aligned(2))); enum e$  b2 : 2 __attribute__((aligned(8))); enum e$  : 0; int z; } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { unsigned short b0 : 15 __attribute__((packed, aligned(2))); unsigned long b1 : 26 __attribute__((aligned(8))); char z[]; } __attribute__((aligned(4)));
#pragma pack(pop)

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { enum e$  b0 : 3 __attribute__((packed, aligned(2))); signed char b1 : 1 __attribute__((aligned(1))); long long b2 : 5 __attribute__((aligned(8))); unsigned long b3 : 1 __attribute__((packed)); short n4 ; char z[]; } __attribute__((packed, aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; unsigned long : 0; signed char : 0; _Bool b2 : 1 __attribute__((packed, aligned(2))); short z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { long long : 12; char b1 : 4 __attribute__((packed, aligned(2)));  } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; int n0 ; _Bool b1 : 1 __attribute__((aligned(2))); long long b2 : 35 __attribute__((packed)); int z; } __attribute__((packed));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { unsigned short b0 : 5 __attribute__((aligned(8))); long long b1 : 39 __attribute__((packed, aligned(2)));  } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { unsigned long : 0; char : 0; char n2 __attribute__((aligned(8))); unsigned long b3 : 18 __attribute__((aligned(8))); signed char b4 : 5 __attribute__((aligned(8))); int z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char n0 ; enum e$  b1 : 1 __attribute__((aligned(1))); long long b2 : 39 __attribute__((aligned(1))); unsigned short b3 : 5 __attribute__((aligned(1))); short z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
union P$ { signed char b0 : 7 __attribute__((packed)); long long b1 : 29 __attribute__((aligned(8))); long long n2 __attribute__((packed)); unsigned long b3 : 15 __attribute__((aligned(8))); unsigned short b4 : 4 __attribute__((aligned(1))); } __attribute__((packed, aligned(4)));
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { char b0 : 5 __attribute__((aligned(8))); void * n1 __attribute__((aligned(1))); long long n2 __attribute__((aligned(8))); short z; } __attribute__((packed, aligned(4)));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; int b0 : 31 __attribute__((packed)); long long : 0; unsigned short : 0; char z[]; } __attribute__((packed, aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; long long n0 __attribute__((aligned(2))); long long n1 __attribute__((packed, aligned(2))); short z; } __attribute__((aligned(4)));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { enum e$  b0 : 1 ; enum e$  b1 : 2 __attribute__((aligned(2))); enum e$  : 0; enum e$  b3 : 1 __attribute__((packed)); short z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; char b0 : 2 __attribute__((aligned(1))); void * n1 __attribute__((aligned(8))); short z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { unsigned long b0 : 7 __attribute__((packed, aligned(2))); long long n1 __attribute__((packed, aligned(2))); char z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { signed char b0 : 1 ; char b1 : 3 ; void * n2 ; int z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { enum e$  b0 : 3 ; char : 7; enum e$  b2 : 2 __attribute__((packed)); enum e$  b3 : 3 __attribute__((packed)); short z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { enum e$  b0 : 3 __attribute__((aligned(1))); enum e$  b1 : 2 __attribute__((aligned(1))); short z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { char h; unsigned long b0 : 9 ; int : 0; unsigned long b2 : 4 __attribute__((aligned(8))); short z; } ;
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; unsigned long b0 : 29 __attribute__((packed)); signed char b1 : 1 __attribute__((aligned(2))); char z[]; } __attribute__((aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { unsigned short b0 : 12 __attribute__((packed, aligned(2))); double n1 __attribute__((aligned(2))); unsigned short b2 : 3 ;  } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char : 0; signed char : 8; enum e$  : 3; int z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { enum e$  : 2; signed char b1 : 3 ; void * n2 __attribute__((aligned(2))); double n3 __attribute__((packed)); long long n4 __attribute__((packed)); char z[]; } __attribute__((packed));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char b0 : 4 __attribute__((packed, aligned(2))); _Bool b1 : 1 ; signed char b2 : 5 __attribute__((aligned(8))); long long n3 __attribute__((aligned(1))); enum e$  : 0; char z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { char h; signed char b0 : 1 __attribute__((packed)); _Bool b1 : 1 __attribute__((packed, aligned(2))); enum e$  b2 : 1 __attribute__((aligned(2))); unsigned short : 0; int z; } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
union P$ { char h; char b0 : 7 ; signed char b1 : 3 __attribute__((packed, aligned(2)));  } __attribute__((packed, aligned(4)));
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { signed char b0 : 4 __attribute__((aligned(2))); _Bool b1 : 1 __attribute__((aligned(2))); char b2 : 7 __attribute__((aligned(1))); char z[]; } __attribute__((packed));

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; int b0 : 2 __attribute__((packed, aligned(2))); unsigned long b1 : 28 __attribute__((packed));  } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; signed char : 5; enum e$  b1 : 1 __attribute__((aligned(8))); short z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { unsigned short b0 : 6 __attribute__((aligned(2))); unsigned long : 6; signed char b2 : 1 __attribute__((aligned(2))); char z; } __attribute__((aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; unsigned short : 15; char b1 : 1 __attribute__((packed, aligned(2))); _Bool b2 : 1 __attribute__((packed, aligned(2))); unsigned short b3 : 9 __attribute__((aligned(8))); signed char b4 : 3 __attribute__((packed)); char z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; double n0 __attribute__((aligned(8))); _Bool b1 : 1 __attribute__((aligned(2))); long long b2 : 9 __attribute__((aligned(8))); unsigned short b3 : 12 __attribute__((packed, aligned(2))); enum e$  b4 : 3 __attribute__((packed, aligned(2))); } ;
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; signed char b0 : 7 __attribute__((aligned(2))); long long n1 __attribute__((aligned(1))); unsigned long b2 : 17 __attribute__((packed)); enum e$  b3 : 3 __attribute__((aligned(2))); short z; } __attribute__((packed));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
union P$ { char h; void * n0 __attribute__((packed)); enum e$  b1 : 2 __attribute__((aligned(1))); signed char b2 : 2 __attribute__((aligned(8))); void * n3 __attribute__((aligned(1))); char z; } ;
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; long long : 0; char b1 : 4 __attribute__((packed)); enum e$  b2 : 2 __attribute__((aligned(1))); unsigned long b3 : 7 __attribute__((aligned(8))); unsigned short b4 : 11 __attribute__((packed)); short z; } ;
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { unsigned long b0 : 24 __attribute__((aligned(1))); _Bool : 0; unsigned long b2 : 24 __attribute__((aligned(8))); char : 3;  } ;
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; long long : 0; unsigned long : 0; int b2 : 25 __attribute__((aligned(2))); char b3 : 4 __attribute__((packed)); int z; } __attribute__((aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { char h; enum e$  b0 : 3 __attribute__((aligned(8))); signed char : 0; char z; } ;
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; long long b0 : 28 ; char b1 : 3 __attribute__((aligned(2))); short z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { enum e$  : 0; signed char : 0; long long b2 : 23 __attribute__((aligned(2))); unsigned short b3 : 11 __attribute__((aligned(8))); signed char b4 : 2 ;  } __attribute__((packed, aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { unsigned short b0 : 15 ; unsigned long b1 : 11 __attribute__((aligned(1))); long long n2 __attribute__((packed, aligned(2))); char z[]; } __attribute__((aligned(4)));

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { char h; short n0 __attribute__((aligned(1))); _Bool b1 : 1 __attribute__((aligned(2))); signed char b2 : 1 __attribute__((aligned(8))); char n3 __attribute__((aligned(8))); signed char : 0; } __attribute__((packed, aligned(4)));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; char n0 __attribute__((aligned(1))); char : 7; char b2 : 5 __attribute__((packed, aligned(2))); char z[]; } ;
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; unsigned long b0 : 19 __attribute__((aligned(2))); char b1 : 6 __attribute__((aligned(1))); enum e$  b2 : 1 __attribute__((aligned(8))); int b3 : 28 __attribute__((packed)); double n4 __attribute__((aligned(8))); int z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; int n0 __attribute__((aligned(1))); char n1 __attribute__((aligned(2))); long long n2 __attribute__((packed)); enum e$  : 1; signed char : 3; int z; } __attribute__((aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; long long b0 : 1 __attribute__((aligned(2))); unsigned long b1 : 19 __attribute__((packed, aligned(2))); enum e$  b2 : 2 __attribute__((aligned(1))); _Bool b3 : 1 __attribute__((aligned(1))); char z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char b0 : 4 __attribute__((aligned(1))); long long b1 : 25 __attribute__((aligned(8))); char z; } __attribute__((packed));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; enum e$  b0 : 3 __attribute__((packed)); unsigned short b1 : 15 ; short z; } ;
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; unsigned long b0 : 15 __attribute__((packed)); enum e$  : 0; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { signed char b0 : 8 ; signed char b1 : 3 __attribute__((packed)); int b2 : 32 __attribute__((aligned(1))); unsigned long b3 : 5 __attribute__((packed)); void * n4 __attribute__((packed, aligned(2))); short z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { char h; char b0 : 2 __attribute__((packed, aligned(2))); signed char b1 : 1 ; int z; } __attribute__((packed, aligned(4)));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; _Bool b0 : 1 ; enum e$  : 3; char z; } __attribute__((packed));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { unsigned short b0 : 8 __attribute__((aligned(1))); unsigned long b1 : 6 __attribute__((aligned(2))); double n2 ; double n3 __attribute__((aligned(2))); int z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; char b0 : 3 __attribute__((aligned(1))); unsigned long : 0; char b2 : 6 __attribute__((aligned(8))); long long n3 __attribute__((aligned(1))); char z; } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; unsigned short b0 : 3 __attribute__((packed, aligned(2))); unsigned short b1 : 5 ; short z; } __attribute__((aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { unsigned short b0 : 4 __attribute__((packed)); int b1 : 31 __attribute__((aligned(2))); char z; } __attribute__((aligned(4)));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { signed char : 8; signed char b1 : 7 __attribute__((packed, aligned(2))); char z; } ;
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { enum e$  b0 : 3 __attribute__((aligned(2))); char b1 : 8 ; enum e$  b2 : 2 __attribute__((aligned(1))); signed char b3 : 2 __attribute__((packed)); enum e$  : 0; char z[]; } __attribute__((packed));

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { enum e$  b0 : 3 __attribute__((aligned(1))); int b1 : 24 ; enum e$  b2 : 1 __attribute__((aligned(8))); unsigned long b3 : 3 __attribute__((aligned(1)));  } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; unsigned long : 27; enum e$  b1 : 1 __attribute__((packed)); long long : 0; char z[]; } __attribute__((packed));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; char b0 : 7 __attribute__((aligned(1))); void * n1 __attribute__((aligned(2))); unsigned short : 0; char z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; char n0 __attribute__((aligned(1))); int b1 : 4 __attribute__((packed)); double n2 __attribute__((packed)); short z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; enum e$  b0 : 2 __attribute__((packed, aligned(2))); int : 0; char z[]; } __attribute__((packed, aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; unsigned short b0 : 13 ; enum e$  b1 : 3 __attribute__((aligned(1))); unsigned long : 3; char z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; signed char : 0; _Bool b1 : 1 __attribute__((aligned(8))); long long : 0; char z[]; } __attribute__((aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; signed char b0 : 1 __attribute__((packed, aligned(2))); enum e$  b1 : 1 __attribute__((aligned(1))); char z; } __attribute__((aligned(4)));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char b0 : 5 ; unsigned long b1 : 27 __attribute__((aligned(8))); unsigned long b2 : 12 __attribute__((aligned(1))); unsigned long b3 : 31 ; char z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; double n0 __attribute__((aligned(1))); void * n1 __attribute__((aligned(1))); unsigned long b2 : 4 __attribute__((packed)); short z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { unsigned long : 0; long long n1 ; int z; } __attribute__((packed, aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; _Bool b0 : 1 __attribute__((aligned(2))); long long : 0; _Bool b2 : 1 __attribute__((packed)); int b3 : 23 __attribute__((packed, aligned(2))); int b4 : 29 ; int z; } ;
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { unsigned short b0 : 5 __attribute__((aligned(2))); int b1 : 14 ; unsigned short b2 : 15 __attribute__((packed)); long long b3 : 29 ; int b4 : 3 ; char z; } __attribute__((aligned(4)));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { signed char : 0; enum e$  b1 : 1 __attribute__((aligned(1))); int z; } __attribute__((aligned(4)));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; enum e$  b0 : 3 ; int n1 __attribute__((aligned(1))); long long b2 : 8 __attribute__((packed, aligned(2)));  } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { enum e$  b0 : 1 __attribute__((packed)); unsigned short b1 : 16 __attribute__((aligned(8))); signed char b2 : 7 __attribute__((packed, aligned(2)));  } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { double n0 ; int b1 : 23 __attribute__((packed)); enum e$  b2 : 1 ; short n3 __attribute__((aligned(8))); short z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { void * n0 __attribute__((aligned(1))); _Bool : 1; _Bool b2 : 1 __attribute__((packed, aligned(2))); double n3 __attribute__((aligned(2))); long long b4 : 64 __attribute__((aligned(1)));  } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { _Bool b0 : 1 __attribute__((aligned(1))); _Bool b1 : 1 __attribute__((packed, aligned(2))); enum e$  : 1; char b3 : 5 __attribute__((packed, aligned(2))); int z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { _Bool b0 : 1 __attribute__((packed)); short n1 ; unsigned short b2 : 8 __attribute__((packed)); char z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; unsigned short b0 : 16 __attribute__((aligned(1))); enum e$  b1 : 3 __attribute__((aligned(1))); int b2 : 17 __attribute__((packed)); unsigned short b3 : 8 __attribute__((aligned(1))); signed char : 0; char z[]; } __attribute__((packed, aligned(4)));
#pragma pack()

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; unsigned short b0 : 13 __attribute__((packed, aligned(2))); double n1 __attribute__((aligned(8))); unsigned long b2 : 3 __attribute__((packed, aligned(2)));  } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { enum e$  : 2; enum e$  b1 : 3 __attribute__((aligned(8))); unsigned long b2 : 27 __attribute__((aligned(2)));  } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; int n0 __attribute__((packed, aligned(2))); int b1 : 29 __attribute__((aligned(1))); char z; } ;
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; char : 5; long long b1 : 2 __attribute__((aligned(2))); unsigned long b2 : 31 __attribute__((packed, aligned(2))); long long b3 : 44 __attribute__((packed, aligned(2))); unsigned long b4 : 28 __attribute__((aligned(1))); char z[]; } __attribute__((packed));
#pragma pack(pop)

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
union P$ { char h; long long n0 ; double n1 __attribute__((packed)); enum e$  b2 : 1 __attribute__((packed)); void * n3 __attribute__((aligned(2))); enum e$  : 0; char z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
union P$ { long long b0 : 52 ; double n1 __attribute__((aligned(2))); unsigned long b2 : 8 __attribute__((packed)); unsigned long b3 : 4 __attribute__((aligned(2))); short z; } __attribute__((packed, aligned(4)));
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; long long : 0; char : 0; long long b2 : 45 __attribute__((packed, aligned(2))); enum e$  b3 : 3 __attribute__((aligned(2))); int z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
union P$ { int b0 : 32 __attribute__((aligned(8))); int b1 : 4 __attribute__((packed)); long long b2 : 18 __attribute__((aligned(8))); enum e$  b3 : 1 __attribute__((packed, aligned(2))); char z; } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { short n0 __attribute__((packed, aligned(2))); short n1 __attribute__((packed, aligned(2))); _Bool b2 : 1 __attribute__((aligned(1))); unsigned long b3 : 16 ;  } ;
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; char b0 : 2 __attribute__((aligned(2))); _Bool b1 : 1 __attribute__((aligned(8))); enum e$  b2 : 3 __attribute__((aligned(1))); char : 0; int z; } __attribute__((packed));
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; enum e$  b0 : 3 __attribute__((aligned(1))); int b1 : 12 __attribute__((aligned(1))); enum e$  : 1;  } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { enum e$  b0 : 1 __attribute__((packed)); int : 32; enum e$  b2 : 2 ; int b3 : 17 __attribute__((packed)); short z; } __attribute__((packed));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; int n0 __attribute__((aligned(2))); unsigned long : 28; unsigned short b2 : 8 __attribute__((aligned(8))); signed char b3 : 4 __attribute__((packed, aligned(2))); short z; } ;
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
union P$ { double n0 __attribute__((aligned(2))); int : 0; enum e$  b2 : 3 __attribute__((aligned(8))); int z; } __attribute__((aligned(4)));
#pragma pack(pop)
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { char h; enum e$  b0 : 2 ; int b1 : 14 __attribute__((packed, aligned(2))); int : 0;  } ;
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
union P$ { char h; _Bool b0 : 1 __attribute__((aligned(8))); unsigned long b1 : 8 __attribute__((aligned(8))); short z; } __attribute__((packed, aligned(4)));
struct Q$ { char c; union P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(push, 4)
struct P$ { char h; long long : 0; long long : 0; int : 0; long long b3 : 5 __attribute__((aligned(8))); signed char : 6; int z; } __attribute__((packed));
#pragma pack(pop)
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { char h; signed char b0 : 1 __attribute__((aligned(8))); enum e$  b1 : 2 __attribute__((packed, aligned(2))); unsigned short : 10; char b3 : 1 __attribute__((aligned(8))); unsigned long b4 : 18 ; char z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(1)
struct P$ { unsigned long : 0; long long b1 : 23 __attribute__((aligned(8))); signed char b2 : 6 __attribute__((aligned(1)));  } __attribute__((packed, aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };

enum e$ { A$ = -1, B$ = 3 };
struct P$ { signed char b0 : 3 __attribute__((packed)); unsigned short : 2; signed char b2 : 8 __attribute__((packed)); void * n3 __attribute__((aligned(8))); char z[]; } ;

enum e$ { A$ = -1, B$ = 3 };
#pragma pack(2)
struct P$ { char h; char b0 : 2 __attribute__((aligned(1))); unsigned long b1 : 25 __attribute__((aligned(8))); long long b2 : 28 __attribute__((aligned(1))); long long b3 : 60 __attribute__((aligned(2))); char z; } __attribute__((aligned(4)));
#pragma pack()
struct Q$ { char c; struct P$ m; };
