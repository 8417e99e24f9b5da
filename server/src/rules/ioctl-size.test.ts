/** The rules ioctl-size and compat-twin: what a 32-bit program on a 64-bit kernel has otherwise. */
import { describe, expect, it } from 'vitest';
import { checkChange, fixesOfChange } from '../testing/changes';
import { check } from '../testing/check';

const IOCTL = `
#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
#define _IOR(type, nr, of) _IOC(2U, (type), (nr), sizeof(of))
#define _IOW(type, nr, of) _IOC(1U, (type), (nr), sizeof(of))
typedef unsigned long long __u64;
typedef unsigned int __u32;
#define __aligned_u64 __u64 __attribute__((aligned(8)))`;

describe('ioctl-size', () => {
  const rules = ['ioctl-size'];

  it('reports numbers of types that a 32-bit program has in another size, and those whose offsets alone differ', () => {
    check(
      `${IOCTL}
    struct setup { __u32 flags; __u64 base; __u32 len; };
    struct shifted { __u32 flags; __u64 base; __u32 tail[3]; };
    struct same { __u64 base; __u32 flags, len; };
    struct aligned { __u32 flags, pad; __aligned_u64 base; };
    #define SETUP _IOW('R', 1, struct setup)
            ^^^^^ warning[ioctl-size]: SETUP: struct setup has 24 bytes on x86_64 and 16 on i386 (base at 8 and 4): a 32-bit program asks for another number…
    #define COUNT _IOR('R', 4, unsigned long)
            ^^^^^ warning[ioctl-size]: COUNT: unsigned long has 8 bytes on x86_64 and 4 on i386: a 32-bit program asks for another number…
    #define MY_IO(nr, of) _IOW('R', nr, of)
    #define AGAIN MY_IO(9, char *)
            ^^^^^ warning[ioctl-size]: AGAIN: char * has 8 bytes on x86_64 and 4 on i386…
    #define SAME _IOW('R', 5, struct same)   // ok
    #define ALIGNED _IOW('R', 6, struct aligned)   // ok
    #define SIZED(n) _IOC(2U, 'R', 7, n)   // ok`,
      { rules },
    );
  });

  it('is silent on a twin number, on what a compat handler names, and where no 32-bit program runs', () => {
    const numbers = `${IOCTL}
    struct cmd { void *data; __u32 len; };
    struct cmd32 { __u32 data, len; };
    #define CMD _IOW('k', 1, struct cmd)   // ok
    #define CMD32 _IOW('k', 1, struct cmd32)   // ok
    #define STAT _IOW('k', 2, unsigned long)   // ok`;
    const handlers = `
    struct ops { long (*unlocked_ioctl)(unsigned nr); long (*compat_ioctl)(unsigned nr); };
    static long native(unsigned nr) { return nr == STAT; }
    static long translate(unsigned nr)
    {
        switch (nr) { case STAT: return 1; }
        return native(nr);
    }
    static long compat(unsigned nr) { return translate(nr); }`;
    check(`${numbers}${handlers}\nconst struct ops ops = { .unlocked_ioctl = native, .compat_ioctl = compat };`, {
      rules,
    });
    check(`${IOCTL}\n#define STAT _IOW('k', 2, unsigned long)   // ok`, { rules, arch: 'riscv' });
  });

  it('takes a handler that both share for none', () => {
    check(
      `${IOCTL}
    #define STAT _IOW('k', 2, unsigned long)
            ^^^^ warning[ioctl-size]: STAT: unsigned long has 8 bytes on x86_64 and 4 on i386…
    struct ops { long (*unlocked_ioctl)(unsigned nr); long (*compat_ioctl)(unsigned nr); };
    static long native(unsigned nr) { return nr == STAT; }
    const struct ops ops = { .unlocked_ioctl = native, .compat_ioctl = native };`,
      { rules },
    );
  });

  it('takes numbers that enumerators hold, and those that go through other names in any order', () => {
    check(
      `${IOCTL}
    enum ring_call {
        CALL_SAME = _IOW('R', 1, __u32),   // ok
        CALL_SETUP = _IOW(RING_MAGIC, RING_NR + SETUP_NR, struct setup),
        ^^^^^^^^^^ warning[ioctl-size]: CALL_SETUP: struct setup has 16 bytes on x86_64 and 12 on i386 (base at 8 and 4)…
    };
    #define SETUP RING_CALL(SETUP_NR, struct setup)
            ^^^^^ warning[ioctl-size]: SETUP: struct setup has 16 bytes on x86_64 and 12 on i386…
    #define RING_CALL(nr, of) _IOW(RING_MAGIC, (nr), of)
    #define RING_MAGIC 'R'
    #define RING_NR 0x40
    enum { FIRST_NR = 0x10, SETUP_NR };
    struct setup { __u32 flags; __u64 base; };`,
      { rules },
    );
  });

  it('is silent on a pointer over whose bytes a union has a word of one size', () => {
    check(
      `${IOCTL}
    struct buffer { union { __u64 raw; void *user; }; __u32 len, pad; };
    struct narrow { union { __u32 raw; void *user; }; __aligned_u64 len; };
    struct alone { unsigned long at; __aligned_u64 len; };
    #define BUFFER _IOW('R', 1, struct buffer)   // ok
    #define NARROW _IOW('R', 2, struct narrow)
            ^^^^^^ warning[ioctl-size]: NARROW: struct narrow has 16 bytes on x86_64 and i386, and its members lie otherwise (user)…
    #define ALONE _IOW('R', 3, struct alone)
            ^^^^^ warning[ioctl-size]: ALONE: struct alone has 16 bytes on x86_64 and i386, and its members lie otherwise (at)…`,
      { rules },
    );
  });

  it('speaks, of a change, of numbers that are new or differ since', () => {
    const header = (body: string): string => `//- /include/uapi/linux/ring.h\n${IOCTL}\n${body}`;
    checkChange(
      header(`
#define OLD _IOW('R', 1, unsigned long)`),
      header(`
#define OLD _IOW('R', 1, unsigned long)   // ok
struct where { __u32 flags; __u64 addr; };
#define WHERE _IOW('R', 2, struct where)
        ^^^^^ warning[ioctl-size]: WHERE: struct where has 16 bytes on x86_64 and 12 on i386 (addr at 8 and 4)…`),
      rules,
    );
  });
});

describe('fixes of ioctl-size for a record that a change adds', () => {
  const TYPES = `${IOCTL}
typedef unsigned char __u8;
typedef struct { __u32 a; __u64 b; } old_t;`;
  const fixes = (body: string): Record<string, string> => {
    const header = (text: string): string => `//- /include/uapi/linux/ring.h\n${text}\n`;
    const made = fixesOfChange(header(TYPES), header(TYPES + body), ['ioctl-size']);
    return Object.fromEntries([...made].map(([title, text]) => [title, text.slice(TYPES.length).trim()]));
  };
  const ALIGN = 'Align 64-bit members alike on all targets';
  const PAD = 'Spell the padding out as members';

  it('aligns 64-bit members, or makes members of the holes', () => {
    const made = fixes(`
struct where {
    __u32 flags;   /* how */
    __u64 addr, end;
    __u8 kind;
};
#define WHERE _IOW('R', 2, struct where)`);
    expect(made).toStrictEqual({
      [ALIGN]: `
struct where {
    __u32 flags;   /* how */
    __aligned_u64 addr, end;
    __u8 kind;
};
#define WHERE _IOW('R', 2, struct where)`.trim(),
      [PAD]: `
struct where {
    __u32 flags;   /* how */
    __u32 pad;
    __u64 addr, end;
    __u8 kind;
    __u8 pad2[7];
};
#define WHERE _IOW('R', 2, struct where)`.trim(),
    });
  });

  it('pads a tail that alone differs, and new records within', () => {
    expect(fixes(`\nstruct tail { __u64 at; __u32 len; };\n#define TAIL _IOW('R', 2, struct tail)`)).toStrictEqual({
      [PAD]: `struct tail { __u64 at; __u32 len;\n__u32 pad; };\n#define TAIL _IOW('R', 2, struct tail)`,
    });
    const inner = fixes(`
struct inner { __u32 a; __u64 b; };
struct outer { __u32 count; struct inner list[2]; };
#define OUTER _IOW('R', 2, struct outer)`);
    expect(inner[ALIGN]).toContain('struct inner { __u32 a; __aligned_u64 b; };');
    expect(Object.keys(inner)).toStrictEqual([ALIGN, PAD]);
  });

  it('offers none where more differs, or where what differs was there before', () => {
    expect(fixes(`\nstruct wide { __u32 a; __u64 b; long c; };\n#define WIDE _IOW('R', 2, struct wide)`)).toStrictEqual(
      {},
    );
    expect(fixes(`\nstruct holds { __u32 c; old_t old; };\n#define HOLDS _IOW('R', 2, struct holds)`)).toStrictEqual(
      {},
    );
    expect(fixes(`\n#define OLD _IOW('R', 2, old_t)`)).toStrictEqual({});
  });
});

describe('compat-twin', () => {
  const TYPES = `
    typedef unsigned int compat_ulong_t, compat_uptr_t;
    typedef unsigned long long u64;
    typedef u64 __attribute__((aligned(4))) compat_u64;`;

  it('reports a twin that does not lie as its namesake does for a 32-bit program', () => {
    check(`${TYPES}
    struct stat { unsigned long reads, writes; };
    struct stat32 { compat_ulong_t reads; u64 writes; };
                                              ^^^^^^ warning[compat-twin]: struct stat32 is not what struct stat is to a 32-bit program: writes at byte 8 with 8 bytes, and at byte 4 with 4 bytes in struct stat on i386; size 16, and 8 on i386. Use compat types.
    struct tail { u64 at; int kind; };
    struct compat_tail { u64 at; int kind; };
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[compat-twin]: struct compat_tail is not what struct tail is to a 32-bit program: size 16, and 12 on i386. Use compat types.`);
  });

  it('asks a file that includes the header of compat types and forgets to use one', () => {
    check(`
    #include <linux/compat.h>
    struct span { long from; int n; };
    struct compat_span { long from; int n; };
                              ^^^^ warning[compat-twin]: struct compat_span is not what struct span is to a 32-bit program: from at byte 0 with 8 bytes, and at byte 0 with 4 bytes in struct span on i386; size 16, and 8 on i386. Use compat types.`);
  });

  it('is silent where they agree, have other members, or run no 32-bit programs', () => {
    const pairs = `${TYPES}
    struct cmd { void *data; unsigned len; u64 at; };
    struct compat_cmd { compat_uptr_t data; unsigned len; compat_u64 at; };   // ok
    struct part { unsigned long a, b; };
    struct part_32 { compat_ulong_t a; u64 c; };   // ok
    struct crc32 { u64 a; };   // ok
    struct compat_only { u64 a; };   // ok
    struct inner { u64 a; }; struct compat_inner_part { u64 a, b; };
    struct outer { struct inner in; };
    struct compat_outer { struct compat_inner_part in; };   // ok
    struct name { u64 a; int kind; char name[]; };
    struct name32 { u64 a; int kind; char name[]; };   // ok
    struct call { int (*actor)(void); long pos; };
    struct compat_call { int (*actor)(void); long pos; };   // ok`;
    check(pairs);
    check(`${TYPES}\nstruct stat { unsigned long a; };\nstruct stat32 { u64 a; };   // ok`, { arch: 'riscv' });
  });
});
