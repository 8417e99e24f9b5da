/** The rules ioctl-size and compat-twin: what a 32-bit program on a 64-bit kernel has otherwise. */
import { describe, it } from 'vitest';
import { checkChange } from '../testing/changes';
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
