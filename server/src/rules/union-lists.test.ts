/** The rule wrong-union-state: comments that list constants, shorten them, or say when a member is not to be used. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const ONLY = { rules: ['wrong-union-state'] };

const HEADER = `
//- /include/linux/sled.h
enum sled_cmd { SLED_CMD_PULL, SLED_CMD_PUSH, SLED_CMD_TURN, SLED_CMD_TURN_BACK, SLED_CMD_STOP };
#define SLED_F_COPIED 4
enum sled_bits { SLED_FLAG_WAKENED_BIT, SLED_FLAG_ENABLE_WAKEN_BIT };
struct sled_order {
        enum sled_cmd cmd;
        int flags;
        unsigned long bits;
        union {
                int load; /* Used for SLED_CMD_PULL, SLED_CMD_PUSH and SLED_CMD_STOP. */
                long angle; /* for SLED_CMD_TURN */
        };
        union {
                /* SLED_CMD_PULL|PUSH: by rope */
                int rope;
                /* SLED_CMD_TURN: by rein */
                long rein;
        };
        union {
                long addr; /* may be anything, and should not be used when SLED_F_COPIED is set */
                int key;
        };
        union {
                int sleepers; /* the sleepers are valid until the waken bit is set */
                long woken;
        };
};
int test_bit(int bit, const unsigned long *word);
`;

describe('a list of constants', () => {
  it('is for any of them, be it with commas, with "and" or shortened', () => {
    check(
      `${HEADER}
//- /drivers/a.c
#include <linux/sled.h>
int load(struct sled_order *o)
{
        switch (o->cmd) {
        case SLED_CMD_STOP:
                return o->load; // ok
        case SLED_CMD_PUSH:
                return o->load + o->rope; // ok
        case SLED_CMD_TURN:
                return o->load;
                       ^^^^^^^ warning[wrong-union-state]: o->load is used where cmd is SLED_CMD_TURN …
        default:
                return 0;
        }
}
`,
      ONLY,
    );
  });
});

describe('a sentence that refuses', () => {
  it('asks for the opposite', () => {
    check(
      `${HEADER}
//- /drivers/a.c
#include <linux/sled.h>
long address(struct sled_order *o)
{
        if (o->flags & SLED_F_COPIED)
                return o->addr;
                       ^^^^^^^ warning[wrong-union-state]: o->addr is used where SLED_F_COPIED is set …
        return o->addr; // ok
}
`,
      ONLY,
    );
  });
});

describe('what something has', () => {
  it('is no state: "if caps" says of no object that it is one', () => {
    check(
      `
//- /include/linux/hull.h
struct hull { int n; union { int realm; /* realm (if caps) */ long map; }; };
_Bool hull_has_caps(struct hull *h);
//- /drivers/a.c
#include <linux/hull.h>
int realm(struct hull *h) { return hull_has_caps(h) ? 0 : h->realm; } // ok
`,
      ONLY,
    );
  });
});

describe('a bit that is told in words', () => {
  it('is the one with no more in its name than these', () => {
    check(
      `${HEADER}
//- /drivers/a.c
#include <linux/sled.h>
int sleepers(struct sled_order *o)
{
        if (test_bit(SLED_FLAG_ENABLE_WAKEN_BIT, &o->bits))
                return o->sleepers; // ok
        if (test_bit(SLED_FLAG_WAKENED_BIT, &o->bits))
                return o->sleepers;
                       ^^^^^^^^^^^ warning[wrong-union-state]: o->sleepers is used where SLED_FLAG_WAKENED_BIT is set …
        return 0;
}
`,
      ONLY,
    );
  });
});

describe('a comment', () => {
  const WAGON = `
//- /include/linux/wagon.h
#define WAGON_F_USER 2
enum wagon_kind { WAGON_KIND_RAW, WAGON_KIND_SALTED };
enum wagon_action { WAGON_ACTION_QUEUE, WAGON_ACTION_COUNT };
struct wagon {
        enum wagon_kind kind;
        enum wagon_action action;
        int flags;
        _Bool is_lent : 1;
        union {
                char seg; /* the segment that is mapped (kind == WAGON_KIND_RAW only) */
                int window;
        };
        union {
                long user; /* an address of the caller's, WAGON_F_USER is set */
                long ours; /* ours, WAGON_F_USER is clear */
        };
        union {
                int index; /* used for queue action */
                long id; /* used for the count action */
        };
        union {
                int salt; /* salted only */
                long fresh;
        };
        /* owner is who lends it when is_lent is set, and keeper is who looks after it otherwise. */
        union {
                int owner;
                int keeper;
        };
};
`;

  it('says the state in brackets, behind a comma, by the name of an action, or of both members in one sentence', () => {
    check(
      `${WAGON}
//- /drivers/a.c
#include <linux/wagon.h>
int seg(struct wagon *w)
{
        if (w->kind == WAGON_KIND_SALTED)
                return w->seg + w->salt;
                       ^^^^^^ warning[wrong-union-state]: w->seg is used where kind is WAGON_KIND_SALTED …
        return w->seg; // ok
}
long address(struct wagon *w)
{
        if (w->flags & WAGON_F_USER)
                return w->ours;
                       ^^^^^^^ warning[wrong-union-state]: w->ours is used where WAGON_F_USER is set …
        return w->ours; // ok
}
long action(struct wagon *w)
{
        switch (w->action) {
        case WAGON_ACTION_COUNT:
                return w->index;
                       ^^^^^^^^ warning[wrong-union-state]: w->index is used where action is WAGON_ACTION_COUNT …
        case WAGON_ACTION_QUEUE:
                return w->index; // ok
        default:
                return 0;
        }
}
int salt(struct wagon *w)
{
        if (w->kind == WAGON_KIND_RAW)
                return w->salt;
                       ^^^^^^^ warning[wrong-union-state]: w->salt is used where kind is WAGON_KIND_RAW …
        return w->salt; // ok
}
int who(struct wagon *w)
{
        if (w->is_lent)
                return w->keeper;
                       ^^^^^^^^^ warning[wrong-union-state]: w->keeper is used where is_lent is set …
        return w->keeper; // ok
}
`,
      ONLY,
    );
  });
});

describe('a kind that a smaller number holds', () => {
  it('is another one where the enum says so, and a flag may be asked for "with" and "without"', () => {
    check(
      `
//- /include/linux/tarp.h
enum tarp_kind { TARP_MAPPED, TARP_WAITS, TARP_INLINE };
#define TARP_F_RING 2
struct tarp {
        unsigned char kind; /* enum tarp_kind */
        int flags;
        union {
                int disk; /* TARP_MAPPED */
                long wait; /* TARP_WAITS: on the list */
                char *tail; /* TARP_INLINE: a copy of the end */
        };
        union {
                int *ring; /* only with TARP_F_RING */
                long plain; /* only without TARP_F_RING: where it begins */
        };
        /**
         * @addr: of the caller, if @kind is %TARP_MAPPED
         */
        union { long addr; int nobody; };
};
//- /drivers/a.c
#include <linux/tarp.h>
char end(struct tarp *t)
{
        switch (t->kind) {
        case TARP_WAITS:
                return *t->tail;
                        ^^^^^^^ warning[wrong-union-state]: t->tail is used where kind is not TARP_INLINE …
        case TARP_INLINE:
                return *t->tail; // ok
        }
        return 0;
}
long ring(struct tarp *t)
{
        if (t->flags & TARP_F_RING)
                return t->plain;
                       ^^^^^^^^ warning[wrong-union-state]: t->plain is used where TARP_F_RING is set …
        return *t->ring;
                ^^^^^^^ warning[wrong-union-state]: t->ring is used where TARP_F_RING is not set …
}
`,
      ONLY,
    );
  });
});
