/** The rule broken-assert: asserts over constants, in whatever macro they stand. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const PREFIX = `
#define offsetof(t, m) __builtin_offsetof(t, m)
#define static_assert(c, ...) _Static_assert(c, #c)
extern void never(void) __attribute__((error("broken")));
#define BUILD_BUG_ON(c) do { if (c) never(); } while (0)
#define BUILD_BUG_ON_ZERO(e) ((int)(sizeof(struct { int:(-!!(e)); })))
struct wire { int kind; long length; };`;

describe('broken-assert', () => {
  it('asks a file without a word of an assert that calls what a header beside it defines over one', () => {
    check(`//- /drivers/own/own.h
#define never_true(c) _Static_assert(!(c), #c)
#define FITS(t, n) never_true(sizeof(t) > (n))
//- /drivers/own/own.c
#include "own.h"
struct wire { int kind; long length; };
FITS(struct wire, 16);   // ok
FITS(struct wire, 12);
^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: struct wire is 16 bytes, asserted at most 12…
`);
  });

  it('says what is true, what is asserted, and which member makes the difference', () => {
    check(`${PREFIX}
    static_assert(sizeof(struct wire) == 16);   // ok
    static_assert(sizeof(struct wire) == 12);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: struct wire is 16 bytes, asserted 12: length takes bytes 8 to 15, behind a hole of 4 bytes: this assert does not hold, and the build will stop here.
    static_assert(8 >= sizeof(struct wire));
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: struct wire is 16 bytes, asserted at most 8: length takes bytes 8 to 15, behind a hole of 4 bytes…
    static_assert(offsetof(struct wire, length) == 4 && sizeof(int) == 4);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: offsetof(struct wire, length) is 8, asserted 4: length takes bytes 8 to 15…
    enum { MOST = 3 };
    _Static_assert(MOST > 3, "room");
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: the left side is 3, the right side 3…
    struct holder { int a; static_assert(sizeof(int) == 8); };
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: int is 4 bytes, asserted 8…
    `);
  });

  it('knows the names of the function, and follows the macros of the file', () => {
    check(`${PREFIX}
    #define BOTH(t, n) do { BUILD_BUG_ON(sizeof(t) != (n)); BUILD_BUG_ON(sizeof(t) > 64); } while (0)
    #define MUST(c) do { if (!(c)) never(); } while (0)
    long f(struct wire *wire, int n)
    {
        char local[12];
        enum { ROOM = 16 };
        BUILD_BUG_ON(sizeof(local) != 12);   // ok
        BUILD_BUG_ON(sizeof(*wire) != ROOM);   // ok
        BUILD_BUG_ON(sizeof(wire->kind) != sizeof(local));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: int is 4 bytes, asserted 12…
        BOTH(struct wire, 16);   // ok
        BOTH(struct wire, 8);
        ^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: struct wire is 16 bytes, asserted 8…
        MUST(ROOM == 16);   // ok
        MUST(ROOM == 12);
        ^^^^^^^^^^^^^^^^ error[broken-assert]: the left side is 16, the right side 12…
        if (n)
            BUILD_BUG_ON(ROOM != 12);
            ^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: the left side is 16, the right side 12…
        n = n ? BUILD_BUG_ON_ZERO(ROOM == 16) : 0;
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: the condition is false…
        return n + BUILD_BUG_ON_ZERO(ROOM != 16) + BUILD_BUG_ON_ZERO(ROOM == 16);
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-assert]: the condition is false…
    }
    int table[] = { 1 + BUILD_BUG_ON_ZERO(sizeof(long) != 8) };   // ok
    `);
  });

  it('notes that a record of programs has grown whose size they hand over with it', () => {
    const files = (copy: string): string => `
//- /include/uapi/linux/how.h
struct how { unsigned long long flags, mode, hint; };
//- /fs/open.c
#include <uapi/linux/how.h>${PREFIX}
#define HOW_LATEST 16
int ${copy}(struct how *to, unsigned long room, const void *from, unsigned long size);
int how(const void *from, unsigned long size)
{
    struct how how;
    BUILD_BUG_ON(sizeof(struct how) != HOW_LATEST);
    SEVERITY[broken-assert]: struct how is 24 bytes, asserted 16: hint takes bytes 16 to 23: this assert does not hold…
    return ${copy}(&how, sizeof(how), from, size);
}`;
    const marks = '^'.repeat('BUILD_BUG_ON(sizeof(struct how) != HOW_LATEST)'.length);
    check(files('copy_struct_from_user').replace('SEVERITY', `${marks} info`));
    check(files('other_copy').replace('SEVERITY', `${marks} error`));
  });

  it('is silent on what a compiler drops, and on what only the optimizer knows', () => {
    check(`${PREFIX}
    static inline void f(int n, int width)
    {
        if (sizeof(int) == 8)
            BUILD_BUG_ON(sizeof(int) != 8);   // ok
        if (!(sizeof(int) == 4 || n)) {
            BUILD_BUG_ON(sizeof(int) != 8);   // ok
        }
        BUILD_BUG_ON(width > 4);   // ok
        if (width == 8)
            BUILD_BUG_ON(sizeof(int) != 8);   // ok
        switch (sizeof(long)) {
        case 4:
            BUILD_BUG_ON(sizeof(int) != 8);   // ok
            break;
        case 8:
            BUILD_BUG_ON(sizeof(int) != 4);   // ok
            break;
        default:
            BUILD_BUG_ON(sizeof(int) != 8);   // ok
        }
        n = 0 && ({ BUILD_BUG_ON(sizeof(int) != 8); 1; });   // ok
        if (sizeof(long) == 8)
            return;
        BUILD_BUG_ON(sizeof(long) != 4);   // ok
    }`);
  });
});
