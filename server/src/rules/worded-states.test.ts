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

describe('short comments', () => {
  const STORE = `
//- /include/linux/store.h
enum cargo_type { CARGO_READ, CARGO_WRITE, CARGO_FLUSH, CARGO_TRIM };
struct page;
struct cargo {
        enum cargo_type type;
        union {
                struct page *page;      /* CARGO_READ and CARGO_WRITE */
                unsigned long cookie;   /* CARGO_FLUSH */
                unsigned int ranges;    /* CARGO_TRIM only */
        };
};
struct node {
        _Bool is_dir;
        union {
                struct node *children;
                struct page *file;      /* regular files; !is_dir */
        };
};
struct job { int data; };
void __init_job(struct job *job, int how);
void job_del_init(struct job *job);
enum stand { STAND_FREE, STAND_QUEUED, STAND_RUNNING };
struct slot {
        enum stand stand;
        union {
                struct node *free;      /* stand == STAND_FREE: on the free list */
                struct job work;        /* STAND_QUEUED, STAND_RUNNING */
        };
};
struct call {
        unsigned int async:1;
        union {
                /* sync: who waits */
                struct page *waiter;
                /* async: what to call at the end */
                void (*complete)(struct call *);
        };
};
struct item {
        struct page *page;      /* if set, pos is valid; else next */
        union { unsigned long pos; struct item *next; };
};
/**
 * struct lease - a lease
 * @active: whether it runs
 * @timer: fires at the end; only while @active
 */
struct lease {
        unsigned int active:1;
        union { unsigned long timer; struct lease *next; };
};
`;

  it('name constants of a kind', () => {
    check(
      `
//- /drivers/a.c
#include <linux/store.h>
struct page *f(struct cargo *c)
{
        if (c->type == CARGO_FLUSH)
                return c->page;
                       ^^^^^^^ warning[wrong-union-state]: c->page is used where type is CARGO_FLUSH (tested at line 4): "CARGO_READ and CARGO_WRITE" …
        if (c->type == CARGO_WRITE)
                return c->page; // ok
        return 0;
}
unsigned long g(struct cargo *c)
{
        return c->type == CARGO_READ ? c->cookie : 0;
                                       ^^^^^^^^^ warning[wrong-union-state]: c->cookie is used where type is CARGO_READ…
}
int h(struct slot *s)
{
        if (s->stand == STAND_FREE)
                return s->work.data;
                       ^^^^^^^^^^^^ warning[wrong-union-state]: s->work.data is used where stand is STAND_FREE…
        if (s->stand == STAND_RUNNING)
                return s->free != 0;
                       ^^^^^^^ warning[wrong-union-state]: s->free is used where stand is not STAND_FREE (tested at line 16): "stand == STAND_FREE: on the free list" …
        return s->work.data; // ok
}
void k(struct slot *s)
{
        if (s->stand == STAND_FREE)
                __init_job(&s->work, 0); // ok
}
void m(struct slot *s)
{
        if (s->stand == STAND_FREE)
                job_del_init(&s->work);
                              ^^^^^^^ warning[wrong-union-state]: s->work is used where stand is STAND_FREE…
}
${STORE}
`,
      rules,
    );
  });

  it('name a bit of the record, or speak of the pointer at which they stand', () => {
    check(
      `
//- /drivers/a.c
#include <linux/store.h>
struct page *f(struct node *n)
{
        if (n->is_dir)
                return n->file;
                       ^^^^^^^ warning[wrong-union-state]: n->file is used where is_dir is set (tested at line 4): "!is_dir" …
        return n->file; // ok
}
struct page *g(struct call *c)
{
        if (c->async)
                return c->waiter;
                       ^^^^^^^^^ warning[wrong-union-state]: c->waiter is used where async is set (tested at line 10): "async: what to call at the end" …
        c->complete(c);
        ^^^^^^^^^^^ warning[wrong-union-state]: c->complete is used where async is not set…
        return c->waiter; // ok
}
unsigned long h(struct item *i)
{
        if (!i->page)
                return i->pos;
                       ^^^^^^ warning[wrong-union-state]: i->pos is used where page is 0 (tested at line 17): "if set, pos is valid; else next"…
        return i->next != 0;
               ^^^^^^^ warning[wrong-union-state]: i->next is used where page is not 0…
}
unsigned long k(struct lease *l)
{
        if (!l->active)
                return l->timer;
                       ^^^^^^^^ warning[wrong-union-state]: l->timer is used where active is not set (tested at line 23): "only while @active" …
        return l->timer; // ok
}
${STORE}
`,
      rules,
    );
  });
});

it('takes a member for that of a constant that ends in the words with which its name begins', () => {
  check(
    `
//- /include/linux/mail.h
#define MAIL_KIND_INLINE 1
#define MAIL_KIND_PAGED 2
struct mail {
        unsigned char kind;
        union {
                unsigned char inline_data[32];
                struct { void **pages; int count; } paged;
        };
};
//- /drivers/a.c
#include <linux/mail.h>
int f(struct mail *m)
{
        if (m->kind == MAIL_KIND_INLINE)
                return m->paged.count;
                       ^^^^^^^^^^^^^^ warning[wrong-union-state]: m->paged.count is used where kind is MAIL_KIND_INLINE (tested at line 4): "MAIL_KIND_PAGED has the name of paged" …
        if (m->kind == MAIL_KIND_PAGED)
                return m->inline_data[0];
                       ^^^^^^^^^^^^^^ warning[wrong-union-state]: m->inline_data is used where kind is MAIL_KIND_PAGED…
        return 0;
}
`,
    rules,
  );
});

it('leaves a value that ends as two members do to none of them', () => {
  check(
    `
//- /include/linux/look.h
enum look_kind { LOOK_MAC, LOOK_VLAN, LOOK_MAC_VLAN, LOOK_PROMISC_VLAN };
struct look {
        enum look_kind kind;
        union {
                struct { unsigned char addr[6]; } mac;
                struct { unsigned short vlan; unsigned short type; } vlan;
                struct { unsigned char addr[6]; unsigned short vlan; } mac_vlan;
        };
};
//- /drivers/a.c
#include <linux/look.h>
int f(struct look *l)
{
        if (l->kind == LOOK_PROMISC_VLAN)
                return l->mac_vlan.vlan; // ok
        if (l->kind == LOOK_VLAN)
                return l->mac_vlan.vlan;
                       ^^^^^^^^^^^^^^^^ warning[wrong-union-state]: l->mac_vlan.vlan is used where kind is LOOK_VLAN…
        return 0;
}
`,
    rules,
  );
});

it('reads constants in front of a noun, flags to be set for a member, and what a bit says of a named one', () => {
  check(
    `
//- /include/linux/kin.h
#define KIN_INET 2
#define KIN_INET6 10
#define KIN_FL_TRACED 8
struct kin {
        unsigned char family;
        _Bool per_parent;
        int flags;
        union {
                unsigned int four;      /* KIN_INET address to compare with */
                unsigned long six;      /* KIN_INET6 address to compare with */
        };
        union {
                char *name;
                /* Set KIN_FL_TRACED flag when using "trace" */
                long *trace;
        };
        union {
                /**
                 * @data:
                 *
                 * If @per_parent is false, @data is a single pointer.
                 */
                void *data;
                /**
                 * @data_array:
                 *
                 * If @per_parent is true, @data_array is an array.
                 */
                void **data_array;
        };
};
//- /drivers/a.c
#include <linux/kin.h>
unsigned int f(struct kin *k)
{
        if (k->family == KIN_INET6)
                return k->four;
                       ^^^^^^^ warning[wrong-union-state]: k->four is used where family is KIN_INET6 (tested at line 4): "KIN_INET address to compare with" …
        return k->four; // ok
}
char *g(struct kin *k)
{
        if (k->flags & KIN_FL_TRACED)
                return k->name;
                       ^^^^^^^ warning[wrong-union-state]: k->name is used where KIN_FL_TRACED is set (tested at line 10): "Set KIN_FL_TRACED flag when using "trace" …
        return k->name; // ok
}
void *h(struct kin *k)
{
        if (k->per_parent)
                return k->data;
                       ^^^^^^^ warning[wrong-union-state]: k->data is used where per_parent is set (tested at line 16): "If @per_parent is false, @data is" …
        return k->data; // ok
}
`,
    rules,
  );
});

it('reads until when a member is valid, by a bit that a sentence above the union tells of', () => {
  check(
    `
//- /include/linux/gong.h
struct list { struct list *next; };
struct gong {
        /*
         * Upon the end, neither is there. This means that the waiters are *only* counted. The
         * list is *only* valid until the struck bit is set, and nobody adds to it behind that.
         */
        union {
                struct list *list;
                long when;
        };
        unsigned long flags;
};
#define GONG_FLAG_STRUCK_BIT 0
static inline _Bool test_bit(int bit, const unsigned long *word) { return (*word >> bit) & 1; }
//- /drivers/a.c
#include <linux/gong.h>
_Bool f(struct gong *g)
{
        if (!test_bit(GONG_FLAG_STRUCK_BIT, &g->flags))
                return g->list != 0; // ok
        return g->list != 0;
               ^^^^^^^ warning[wrong-union-state]: g->list is used where GONG_FLAG_STRUCK_BIT is set (tested at line 4): "list is only valid until the struck bit is set" …
}
`,
    rules,
  );
});
