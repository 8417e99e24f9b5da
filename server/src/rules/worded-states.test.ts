/** States of unions that comments give in plain words, that predicates have by name, and that a header's functions tell apart. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const rules = { rules: ['wrong-union-state', 'stale-union-member'] };

describe('comments in plain words', () => {
  it('are of a flag or a question that is made of the same words', () => {
    check(
      `
//- /include/linux/load.h
#define LOAD_POLLED 2u
#define LOAD_FAST 4u
struct load {
        unsigned int flags;
        union {
                /* for polled loads: */
                unsigned int cookie;
                /* for plugged zoned writes only: */
                unsigned int parts;
                /* in-transit ones only */
                unsigned int way;
        };
};
static inline _Bool load_zone_write_plugging(const struct load *l) { return l->flags & 8; }
static inline _Bool load_in_transit(const struct load *l) { return l->flags & 16; }
//- /drivers/a.c
#include <linux/load.h>
unsigned int f(struct load *l)
{
        if (l->flags & LOAD_POLLED)
                return l->parts + l->cookie;
                       ^^^^^^^^ warning[wrong-union-state]: l->parts is used where LOAD_POLLED is set (tested at line 4): "for polled loads:" …
        if (l->flags & LOAD_FAST)
                return l->parts; // ok
        return l->cookie;
               ^^^^^^^^^ warning[wrong-union-state]: l->cookie is used where LOAD_POLLED is not set…
}
unsigned int g(struct load *l)
{
        if (!load_zone_write_plugging(l))
                return l->parts;
                       ^^^^^^^^ warning[wrong-union-state]: l->parts is used where load_zone_write_plugging() is false…
        return 0;
}
unsigned int k(struct load *l)
{
        if (load_in_transit(l))
                return l->way; // ok
        return l->way;
               ^^^^^^ warning[wrong-union-state]: l->way is used where load_in_transit() is false…
}
unsigned int h(struct load *l)
{
        l->cookie = 3;
        return l->parts;
               ^^^^^^^^ warning[stale-union-member]: parts is used, whose bytes in struct load (include/linux/load.h:9) hold cookie since line 24. Store…
}
`,
      rules,
    );
  });

  it('may name a mode or a state, at the end of what they say as well', () => {
    check(
      `
//- /include/linux/duct.h
enum duct_mode { DUCT_MODE_PIO, DUCT_MODE_DMA };
/**
 * struct duct - a duct
 * @chan: the channel, in DMA mode
 * @port: number of the port, in PIO mode only
 */
struct duct {
        enum duct_mode mode;
        unsigned int flags;
        union { unsigned long chan; unsigned long port; };
        union {
                unsigned int node; /* where it hangs, once bound */
                unsigned int order; /* while it is not bound */
        };
        union {
                /** @offset: where it lies, for ducts in ROM */
                unsigned int offset;
                /** @pages: what it is made of, for all others */
                unsigned int pages;
        };
};
static inline _Bool duct_in_rom(const struct duct *d) { return d->flags & 2; }
static inline _Bool duct_is_bound(const struct duct *d) { return d->flags & 1; }
//- /drivers/a.c
#include <linux/duct.h>
unsigned long f(struct duct *d)
{
        if (d->mode == DUCT_MODE_PIO)
                return d->chan + d->port;
                       ^^^^^^^ warning[wrong-union-state]: d->chan is used where mode is DUCT_MODE_PIO (tested at line 4): …
        return d->chan;
}
unsigned long g(struct duct *d)
{
        if (!duct_is_bound(d))
                return d->node + d->order;
                       ^^^^^^^ warning[wrong-union-state]: d->node is used where duct_is_bound() is false (tested at line 10): "where it hangs, once bound" …
        if (duct_in_rom(d))
                return d->pages + d->offset;
                       ^^^^^^^^ warning[wrong-union-state]: d->pages is used where duct_in_rom() is true…
        return d->order + d->node;
               ^^^^^^^^ warning[wrong-union-state]: d->order is used where duct_is_bound() is true…
}
`,
      rules,
    );
  });

  it('say nothing where they speak of several kinds, or of none', () => {
    check(
      `
//- /include/linux/load.h
#define LOAD_POLLED 2u
#define LOAD_USERS 4u
struct load {
        unsigned int flags;
        union {
                unsigned int cookie; /* for polled loads and others */
                unsigned int parts; /* not for polled loads */
                unsigned int way; /* for all users */
        };
};
//- /drivers/a.c
#include <linux/load.h>
unsigned int f(struct load *l)
{
        if (l->flags & LOAD_POLLED)
                return l->parts + l->way; // ok
        if (l->flags & LOAD_USERS)
                return 0;
        return l->cookie + l->way; // ok
}
`,
      rules,
    );
  });
});

it('asks a predicate that has the name of the record and of the member', () => {
  check(
    `
//- /include/linux/gate.h
enum gate_kind { GATE_KIND_NONE, GATE_KIND_CORE, GATE_KIND_USER };
struct net;
struct gate {
        union {
                struct net *trunk;
                struct net *user;
        };
        enum gate_kind kind;
};
static inline _Bool gate_is_core(struct gate *g) { return g->kind == GATE_KIND_CORE; }
static inline _Bool gate_is_user(struct gate *g) { return g->kind == GATE_KIND_USER; }
//- /drivers/a.c
#include <linux/gate.h>
struct net *f(struct gate *g)
{
        if (gate_is_core(g))
                return g->user;
                       ^^^^^^^ warning[wrong-union-state]: g->user is used where kind is GATE_KIND_CORE (tested at line 4): "gate_is_user() has the name of user"…
        if (gate_is_user(g))
                return g->trunk;
                       ^^^^^^^^ warning[wrong-union-state]: g->trunk is used where gate_is_user() is true (tested at line 6): "gate_is_user() has the name of user"…
        return g->trunk; // ok
}
`,
    rules,
  );
});

it('takes two members for different ones where the functions of the header read them behind different kinds', () => {
  check(
    `
//- /include/linux/hop.h
struct six { unsigned int word[4]; };
struct hop {
        unsigned char family;
        union { unsigned int four; struct six six; };
};
typedef struct hop hop_t;
#define FAMILY_FOUR 2
#define FAMILY_SIX 10
static inline unsigned int hop_first(const struct hop *h)
{
        if (h->family == FAMILY_FOUR)
                return h->four;
        if (h->family == FAMILY_SIX)
                return h->six.word[0];
        return 0;
}
//- /drivers/a.c
#include <linux/hop.h>
unsigned int f(hop_t *h, const unsigned int *to)
{
        h->six.word[0] = *to;
        return h->four;
               ^^^^^^^ warning[stale-union-member]: four is used, whose bytes in struct hop (include/linux/hop.h:4) hold six.word…
}
`,
    rules,
  );
});
