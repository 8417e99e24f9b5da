/** The rule wrong-union-state: states that stand at the end of an entry, in clauses of a sentence, at values, and as a bit's name alone. */
import { it } from 'vitest';
import { check } from '../testing/check';

const ONLY = { rules: ['wrong-union-state'] };

const HEADER = `
//- /include/linux/kite.h
enum kite_stage { KITE_STAGE_SETUP, KITE_STAGE_DATA };
enum kite_event_type {
        KITE_EV_RESET, /* no data */
        KITE_EV_XFER, /* .xfer */
        KITE_EV_SPEED, /* .speed */
};
/**
 * struct kite - one transfer
 * @stage: where it is
 * @setup: the bytes from the host, KITE_STAGE_SETUP
 * @actual: how many bytes were moved
 */
struct kite {
        enum kite_stage stage;
        union { long setup; int actual; };
};
struct kite_event {
        enum kite_event_type type;
        union { struct kite *xfer; int speed; long raw; };
};
#define KITE_SLOT_TAKEN 1
/* A slot is either free, then it is on a list by ->link, or taken, then ->owner says by whom. */
struct kite_slot {
        int state;
        union { long link; struct kite *owner; };
};
static inline _Bool kite_slot_taken(const struct kite_slot *s) { return s->state & KITE_SLOT_TAKEN; }
struct kite_link {
        _Bool has_lpm;
        union {
                int besl; /* has_lpm */
                long hird; /* !has_lpm */
        };
};
`;

it('is told at the end of an entry, by an enum of which the record has a member', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/kite.h>
long bytes(struct kite *k)
{
        if (k->stage == KITE_STAGE_DATA)
                return k->setup;
                       ^^^^^^^^ warning[wrong-union-state]: k->setup is used where stage is KITE_STAGE_DATA …
        switch (k->stage) {
        case KITE_STAGE_SETUP:
                return k->actual;
                       ^^^^^^^^^ warning[wrong-union-state]: k->actual is used where stage is KITE_STAGE_SETUP …
        default:
                return k->actual; // ok
        }
}
`,
    ONLY,
  );
});

it('is told by values of which one says that there is no data', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/kite.h>
int speed(struct kite_event *e)
{
        if (e->type == KITE_EV_RESET)
                return e->speed;
                       ^^^^^^^^ warning[wrong-union-state]: e->speed is used where type is KITE_EV_RESET …
        return e->type == KITE_EV_SPEED ? e->speed : 0; // ok
}
`,
    ONLY,
  );
});

it('is told by two clauses, and by the name of a bit alone', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/kite.h>
long link(struct kite_slot *s)
{
        if (kite_slot_taken(s))
                return s->link;
                       ^^^^^^^ warning[wrong-union-state]: s->link is used where kite_slot_taken() is true …
        return s->link; // ok
}
struct kite *owner(struct kite_slot *s)
{
        if (!kite_slot_taken(s))
                return s->owner;
                       ^^^^^^^^ warning[wrong-union-state]: s->owner is used where kite_slot_taken() is false …
        return s->owner; // ok
}
long power(struct kite_link *l)
{
        if (!l->has_lpm)
                return l->besl;
                       ^^^^^^^ warning[wrong-union-state]: l->besl is used where has_lpm is not set …
        return l->besl; // ok
}
`,
    ONLY,
  );
});
