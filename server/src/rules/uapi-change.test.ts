/** The rules uapi-change and hole-added: what a change to a header does to records, numbers and enumerators. */
import { describe, it } from 'vitest';
import { checkChange } from '../testing/changes';

const IOCTL = `
#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
#define _IO(type, nr) _IOC(0U, (type), (nr), 0)
#define _IOR(type, nr, of) _IOC(2U, (type), (nr), sizeof(of))
#define _IOW(type, nr, of) _IOC(1U, (type), (nr), sizeof(of))`;

const header = (body: string, name = '/include/uapi/linux/tune.h'): string => `//- ${name}\n${body}\n`;
const change = (before: string, after: string, rule = 'uapi-change'): void =>
  checkChange(header(IOCTL + before), header(IOCTL + after), [rule]);

describe('uapi-change', () => {
  it('reports a member that moves, once a record, with both sides', () => {
    change(
      `
struct state { unsigned mode, rate; };
struct other { unsigned mode, rate; };`,
      `
struct state { unsigned mode, flags, rate; };
                              ^^^^^ error[uapi-change]: struct state: rate moves 4 -> 8; size 8 -> 12. Programs built before have the old bytes…
struct other { unsigned mode, speed; };   // ok
struct fresh { unsigned mode; };   // ok`,
    );
  });

  it('reports growth that an ioctl number takes, on the targets where it is so, and padding that becomes a member', () => {
    change(
      `
struct entry { unsigned long long start; unsigned char perm; };
#define GET _IOR('x', 1, struct entry)`,
      `
struct entry { unsigned long long start; unsigned char perm; unsigned gen; };
                                                                      ^^^ error[uapi-change]: struct entry: size 12 -> 16 on i386; size 10 -> 14 on m68k; gen takes padding at byte 12 that programs did not clear on x86_64, arm64, arm, riscv64 and s390. GET takes it…
#define GET _IOR('x', 1, struct entry)   // ok`,
    );
  });

  it('reports what an attribute alone changes, on either side of the braces, and a typedef', () => {
    change(
      `
struct state { unsigned char mode; unsigned rate; };
struct range { unsigned char from; unsigned to; };
struct slot { unsigned kind; };
#define SLOT _IOW('x', 1, struct slot)
typedef unsigned stamp_t;
struct tick { stamp_t at; };`,
      `
struct state { unsigned char mode; unsigned rate; } __attribute__((packed));
                                            ^^^^ error[uapi-change]: struct state: rate moves 4 -> 1 on x86_64, i386, …
struct __attribute__((packed)) range { unsigned char from; unsigned to; };
                                                                    ^^ error[uapi-change]: struct range: to moves 4 -> 1 on x86_64, i386, …
struct slot { unsigned kind; } __attribute__((aligned(16)));
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[uapi-change]: struct slot: size 4 -> 16. SLOT takes it…
#define SLOT _IOW('x', 1, struct slot)
typedef unsigned long long stamp_t;   // ok
struct tick { stamp_t at; };
                      ^^ error[uapi-change]: struct tick: …`,
    );
  });

  it('compares a header that was renamed with what it was, and says nothing of its numbers where they stayed', () => {
    const [was, is] = ['/include/uapi/linux/tune.h', '/include/uapi/linux/pitch.h'];
    const same = `${IOCTL}
struct state { unsigned mode, rate; };
struct wide { unsigned long long at; unsigned kind; };
#define SET _IOW('x', 1, struct wide)`;
    checkChange(header(same, was), header(same, is), ['uapi-change', 'ioctl-size']);
    checkChange(
      header(same, was),
      header(
        same.replace(
          'struct state { unsigned mode, rate; };',
          `struct state { unsigned mode, flags, rate; };
                              ^^^^^ error[uapi-change]: struct state: rate moves 4 -> 8; size 8 -> 12. Programs…`,
        ),
        is,
      ),
      ['uapi-change', 'ioctl-size'],
    );
  });

  it('is silent on room that was reserved, on padding that is spelled out, and on growth that nothing takes', () => {
    change(
      `
struct line { unsigned seq; unsigned padding[6]; };
struct word { unsigned char kind; unsigned short len; };
struct grows { unsigned a; };`,
      `
struct line { unsigned seq, source; unsigned padding[5]; };   // ok
struct word { unsigned char kind, pad; unsigned short len; };   // ok
struct grows { unsigned a, b; };   // ok`,
    );
  });

  it('is silent on growth where a member says how large the record is, and where a copy takes any size', () => {
    change(
      `
struct info { unsigned argsz, flags; };
#define INFO _IOW('x', 2, struct info)`,
      `
struct info { unsigned argsz, flags, caps; };   // ok
#define INFO _IOW('x', 2, struct info)   // ok`,
    );
    const source = header(
      'int f(void *p, int n) { struct how how; return copy_struct_from_user(&how, sizeof(how), p, n); }',
      '/fs/how.c',
    );
    const calls = header('long sys_how(struct how __user *how, int size);', '/include/linux/syscalls.h');
    const how = (members: string): string => `${header(`struct how { ${members} };   // ok`)}${source}${calls}`;
    checkChange(how('int a;'), how('int a, b;'), ['uapi-change']);
  });

  it('reports growth of what a system call takes with no such copy', () => {
    const calls = header('long sys_how(struct how __user *how);', '/include/linux/syscalls.h');
    checkChange(
      `${header('struct how { int a; };')}${calls}`,
      `${header(`struct how { int a, b; };
                    ^ error[uapi-change]: struct how: size 4 -> 8. how() takes it…`)}${calls}`,
      ['uapi-change'],
    );
  });

  it('reports enumerators and numbers with another value, and not those that count', () => {
    change(
      `
enum kind { KIND_A, KIND_B, __KIND_MAX };
enum mode { MODE_A, MODE_B, MODE_MAX = MODE_B };
#define START _IO('x', 3)
#define STOP _IO('x', 4)`,
      `
enum kind { KIND_A, KIND_B, KIND_C, __KIND_MAX };   // ok
enum mode { MODE_A, MODE_NEW, MODE_B, MODE_MAX = MODE_B };
                              ^^^^^^ error[uapi-change]: MODE_B has another value: 1 -> 2. Programs built before have the old one. Add new enumerators at the end.
#define START _IO('x', 3)   // ok
#define STOP _IO('x', 5)
        ^^^^ error[uapi-change]: STOP has another value: 0x7804 -> 0x7805. Programs built before ask for the old number…`,
    );
  });

  it('asks only of headers for programs, and of no comment', () => {
    checkChange(
      header('struct state { int mode; };', '/include/linux/tune.h'),
      header('struct state { int flags, mode; };   // ok', '/include/linux/tune.h'),
      ['uapi-change'],
    );
    change('\nstruct state { int mode; /* of two */ };', '\n/* A state. */\nstruct state {\n  int mode;   // ok\n};');
  });

  it('knows enumerators between which macros are defined', () => {
    const calls = (nr: number): string => `
enum {
\tCALL_BASE = 16,
#define CALL_BASE CALL_BASE
\tCALL_NEW = ${nr},
#define CALL_NEW CALL_NEW
\tCALL_DEL,
#define CALL_DEL CALL_DEL
};`;
    const marked = calls(21).replace(
      'CALL_NEW = 21,\n',
      'CALL_NEW = 21,\n\t^^^^^^^^ error[uapi-change]: CALL_NEW has another value (and 1 more of this enum): 20 -> 21…\n',
    );
    change(calls(20), marked);
  });

  it('guesses nothing: flexible arrays, bit-fields, records that are gone or defined twice', () => {
    change(
      `
struct list { unsigned count; unsigned items[0]; };
struct bits { unsigned long long a : 40, b : 40; };
struct gone { unsigned a; };
#ifdef WIDE
struct twice { unsigned long a; };
#else
struct twice { unsigned a; };
#endif
struct hidden { struct elsewhere inner; };
#define SIZED(n) _IOC(2U, 'x', 9, n)`,
      `
struct list { unsigned count; unsigned items[]; };   // ok
struct bits { unsigned long long a : 40, b : 40; };   // ok
#ifdef WIDE
struct twice { unsigned long a; };   // ok
#else
struct twice { unsigned a; };   // ok
#endif
struct hidden { int added; struct elsewhere inner; };   // ok
#define SIZED(n) _IOC(3U, 'x', 9, n)   // ok`,
    );
  });
});

describe('hole-added', () => {
  it('says where a member would fit that makes a record grow', () => {
    change(
      `
struct entry { unsigned flags; void *owner; };
struct full { void *owner; };`,
      `
struct entry { unsigned flags; void *owner; unsigned wakeups; };
                                                     ^^^^^^^ info[hole-added]: struct entry grows 16 -> 24 bytes for wakeups: 4 bytes are free behind flags (offset 4), where wakeups fits.
struct full { void *owner; unsigned wakeups; };   // ok`,
      'hole-added',
    );
  });

  it('tells of one more cache line, and of a group that no longer stands in one', () => {
    change(
      `
struct line { char room[60]; };
struct group { char head[40]; char __cacheline_group_begin__hot[0]; char hot[24]; char __cacheline_group_end__hot[0]; };`,
      `
struct line { char room[60]; char more[8]; };
                                  ^^^^ info[hole-added]: struct line grows 60 -> 68 bytes for more: it takes 2 cache lines, not 1.
struct group { char head[40]; char added[8]; char __cacheline_group_begin__hot[0]; char hot[24]; char __cacheline_group_end__hot[0]; };
                                   ^^^^^ info[hole-added]: struct group grows 64 -> 72 bytes for added: group hot stands in 2 cache lines, not 1; it takes 2 cache lines, not 1.`,
      'hole-added',
    );
  });
});
