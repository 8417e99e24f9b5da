/** In which words a header leaves a member to its owner: who must not touch it, which members a sentence names, who calls through it. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

describe('a comment that leaves a member to its owner', () => {
  it('says who is not to touch it, at any time', () => {
    check(
      `
//- /include/linux/box.h
struct box {
        void *shed;      /* kept by the shed; don't touch! */
        int serial;      /* should never be written by box drivers */
        int rank;        /* drivers may not modify it. */
        int late;        /* must not be changed by the caller after box_seal() */
        int mode;        /* should not be set by any new driver */
        int worker;      /* used internally by shed code */
        int own;         /* internal use only */
        int bin;         /* box loader private fields */
        int pile;        /* private to the shed core */
        int hers;        /* private to the driver */
        int spare;       /* for the box driver's internal use only */
};
//- /drivers/a.c
#include <linux/box.h>
int f(struct box *b, struct box *c)
{
        b->serial = 4;
        ^^^^^^^^^ warning[raw-member]: b->serial is documented as private: "should never be written by box drivers" …
        b->rank = b->serial;
        ^^^^^^^ warning[raw-member]: b->rank is documented as private: "drivers may not modify it." …
        b->late = 1; // ok
        b->mode = 2; // ok
        b->spare = 2; // ok
        b->serial = c->serial; // ok
        b->worker = 1;
        ^^^^^^^^^ warning[raw-member]: b->worker is documented as private: "used internally by shed code" …
        b->own++;
        ^^^^^^ warning[raw-member]: b->own is documented as private: "internal use only" …
        b->hers = 1; // ok
        b->pile = b->bin;
        ^^^^^^^ warning[raw-member]: b->pile is documented as private: "private to the shed core" …
                  ^^^^^^ warning[raw-member]: b->bin is documented as private: "loader private fields" …
        return b->shed != 0;
               ^^^^^^^ warning[raw-member]: b->shed is documented as private: "don't touch!" …
}
//- /drivers/shed.c
#include <linux/box.h>
void g(struct box *b) { b->worker = b->pile; } // ok
//- /drivers/box_loader/b.c
#include <linux/box.h>
int h(struct box *b) { return b->bin; } // ok
`,
      { rules: ['raw-member'] },
    );
  });

  it('names the members that a sentence below the entries speaks of, and all of them', () => {
    check(
      `
//- /include/linux/box.h
/**
 * struct box - a box
 * @serial: its number
 * @rank: its place
 *
 * Boxes are found by number. The @serial is private to the shed and must not be changed by box drivers.
 */
struct box { int serial; int rank; };
/**
 * struct lid - a lid
 * @size: how large
 *
 * All fields are private and should not be used by drivers.
 */
struct lid {
        int size;
};
/**
 * struct note - what is said
 * @text: what
 *
 * Drivers may use the text field. All other fields are private and should not be used by drivers.
 */
struct note {
        int text;
        int next;
};
/**
 * struct walk - where a walk stands
 * @at: the box
 *
 * Fields prefixed with an underscore must not be used by users of the walk.
 */
struct walk {
        int at;
        int _left;
};
//- /drivers/a.c
#include <linux/box.h>
int f(struct box *box, struct lid *lid, struct walk *walk, struct note *note)
{
        box->serial = 3;
        ^^^^^^^^^^^ warning[raw-member]: box->serial is documented as private: "The @serial is private to the shed and must not be changed by box drivers" …
        box->rank = lid->size;
                    ^^^^^^^^^ warning[raw-member]: lid->size is documented as private: "should not be used by drivers." …
        walk->at = note->text; // ok
        walk->at = note->next;
                   ^^^^^^^^^^ warning[raw-member]: note->next is documented as private: "should not be used by drivers." …
        return walk->_left;
               ^^^^^^^^^^^ warning[raw-member]: walk->_left is documented as private: "must not be used by users of the walk." …
}
`,
      { rules: ['raw-member'] },
    );
  });

  it('spells out the names of accessors that stand together', () => {
    check(
      `
//- /include/linux/box.h
struct box {
        int count;      /* how many - access via box_[try]get() and box_put() */
        /*
         * lid accesses must go through
         * box_{open,close}_lid functions.
         */
        int lid;
        int way;        /* accessed via box_way() or with the lock held */
};
int box_get(struct box *b);
int box_tryget(struct box *b);
void box_put(struct box *b);
void box_open_lid(struct box *b, int n);
void box_close_lid(struct box *b, int n);
int box_way(struct box *b);
//- /drivers/a.c
#include <linux/box.h>
int f(struct box *b)
{
        b->lid = 1;
        ^^^^^^ warning[raw-member]: b->lid is documented as private: "accesses must go through box_{open,close}_lid functions." (include/linux/box.h:4). Use box_open_lid().
        if (b->way) // ok
                return 0;
        return b->count;
               ^^^^^^^^ warning[raw-member]: b->count is to be used through an accessor: "access via box_[try]get() and box_put()" (include/linux/box.h:2). Use box_get().
}
`,
      { rules: ['raw-member'] },
    );
  });

  it('lets functions be filled in that others are to call in another way', () => {
    check(
      `
//- /include/linux/box.h
struct box;
struct box {
        /*
         * Do not call via these pointers, use corresponding box_*()
         * wrappers instead.
         */
        int (*_open)(struct box *b);
        int (*_close)(struct box *b);

        int (*_paint)(struct box *b);
};
/**
 * struct box_ops - what a box does
 * @shut: \`\`int ()(struct box *b)\`\`
 *
 *      Shuts it. Do not call this function directly, call
 *      box_shut().
 *
 * @look: \`\`int ()(struct box *b)\`\`
 *
 *      Looks into it.
 */
struct box_ops { int (*shut)(struct box *b); int (*look)(struct box *b); };
int box_open(struct box *b);
int box_close(struct box *b);
int box_shut(struct box *b);
//- /drivers/a.c
#include <linux/box.h>
int mine(struct box *b);
int f(struct box *b, const struct box_ops *ops)
{
        b->_open = mine; // ok
        if (b->_open && b->_open(b))
                        ^^^^^^^^ warning[raw-member]: b->_open is called directly: "Do not call via these pointers, use corresponding box_*() wrappers instead." (include/linux/box.h:4). Use box_open().
                return 1;
        if (ops->look(b) || b->_paint(b)) // ok
                return 2;
        return ops->shut(b);
               ^^^^^^^^^ warning[raw-member]: ops->shut is called directly: "Do not call this function directly, call box_shut()." (include/linux/box.h:16). Use box_shut().
}
`,
      { rules: ['raw-member'] },
    );
  });

  it('is not asked of code that stores to the member from a variable of its name', () => {
    check(
      `
//- /include/linux/box.h
struct box {
        int lid; /* Do not write this directly, use box_set_lid() */
};
void box_set_lid(struct box *b, int lid);
//- /drivers/a.c
#include <linux/box.h>
void f(struct box *b, struct box *c, int lid)
{
        b->lid = lid;
        ^^^^^^ warning[reserved-member]: b->lid is documented as private: "Do not write this directly, use box_set_lid()" …
        b->lid = c->lid; // ok
}
`,
      { rules: ['raw-member', 'reserved-member'] },
    );
  });

  it('says what others do instead', () => {
    check(
      `
//- /include/linux/box.h
struct box {
        int busy;       /* only for the end of a run, all others ask box_is_busy() */
        /*
         * What it still costs. Other code is expected to go through
         * box_cost() and box_pay() and to leave the field alone.
         */
        int cost;
        /*
         * Counts from another base after a reset. Drivers who wonder how far
         * it got call box_progress() and never look here.
         */
        int head;
        /* Not for use outside lib/box.c, where the lock is; box_pinned() is for everyone else. */
        int pins;
        int first;      /* filled in before drivers call box_add() */
};
int box_is_busy(struct box *b);
int box_cost(const struct box *b);
void box_pay(struct box *b, int amount);
int box_progress(struct box *b);
int box_pinned(const struct box *b);
void box_add(struct box *b);
//- /drivers/a.c
#include <linux/box.h>
int f(struct box *b)
{
        b->first = 1; // ok
        b->pins++;
        ^^^^^^^ warning[reserved-member]: b->pins is documented as private: "Not for use outside lib/box.c, where the lock is; box_pinned() is for everyone else." …
        b->cost = b->busy;
        ^^^^^^^ warning[raw-member]: b->cost is to be used through an accessor: "Other code is expected to go through box_cost() and box_pay() and to leave the field alone." …
                  ^^^^^^^ warning[raw-member]: b->busy is to be used through an accessor: "all others ask box_is_busy()" …
        b->busy = 0;
        ^^^^^^^ warning[raw-member]: b->busy is to be used through an accessor: "all others ask box_is_busy()" …
        return b->head;
               ^^^^^^^ warning[raw-member]: b->head is to be used through an accessor: "Drivers who wonder how far it got call box_progress() and never look here." …
}
//- /lib/box.c
#include <linux/box.h>
void g(struct box *b) { b->pins++; } // ok
`,
      { rules: ['raw-member', 'reserved-member'] },
    );
  });
});

describe('a comment that names the way and nothing else', () => {
  it('counts where the function gives the member out', () => {
    check(
      `
//- /include/linux/lid.h
struct lid {
        int credit; /* core only, ask lid_room() */
        int weight; /* in grams, see lid_room() */
        int other; /* counted, use lid_put() */
        unsigned int __turns; /* since then; LID_TURNS() adds what was before */
        unsigned int __side;
        int use; /* lid_use() only, it counts the others as well */
};
/* Please don't access any members of this structure directly */
struct gate {
        unsigned int count;
};
static inline int lid_room(struct lid *l) { return lid_put(l) ? 0 : l->credit; }
static inline int lid_put(struct lid *l) { return l->weight; }
static inline int lid_use(struct lid *l) { return l->use + l->weight; }
#define LID_TURNS(base, lid) ((base) + (lid)->__turns)
#define LID_IS_LEFT(lid) ((lid)->__side == 1)
//- /drivers/a.c
#include <linux/lid.h>
int look(struct lid *l, struct gate *g)
{
        return l->credit + l->weight + l->other +
               ^^^^^^^^^ warning[raw-member]: l->credit is to be used through an accessor: "ask lid_room()" (include/linux/lid.h:2). Use lid_room().
                l->__turns + l->__side + g->count;
                ^^^^^^^^^^ warning[raw-member]: l->__turns has accessors that do more than name it: …
                                         ^^^^^^^^ warning[raw-member]: g->count is documented as private: "don't access any members of this structure directly" …
}
int used(struct lid *l)
{
        return l->use;
               ^^^^^^ warning[raw-member]: l->use is to be used through an accessor: "lid_use() only, it counts the others as well" (include/linux/lid.h:7). Use lid_use().
}
`,
      { rules: ['reserved-member', 'raw-member'] },
    );
  });
});

describe('a plain name of a record that others have in them', () => {
  it('is known behind the member that holds the record', () => {
    check(
      `
//- /include/linux/lid.h
struct lid_arch {
        /* accesses must go through lid_load() */
        int regs;
};
struct lid {
        struct lid_arch arch;
};
static inline int lid_load(struct lid *l) { return l ? l->arch.regs : 0; }
//- /drivers/a.c
#include <linux/lid.h>
struct other { struct { int regs; } arch; };
int look(struct lid *l, struct other *o)
{
        return l->arch.regs + o->arch.regs;
               ^^^^^^^^^^^^ warning[raw-member]: l->arch.regs is to be used through an accessor: "accesses must go through lid_load()" …
}
`,
      { rules: ['reserved-member', 'raw-member'] },
    );
  });
});

describe('a record that is not to be referred to directly', () => {
  it('has its members left alone, be there several in one declaration', () => {
    check(
      `
//- /include/linux/event.h
/*
 * Don't refer to this struct directly, use functions below.
 */
struct event {
        unsigned int kind:5, length:27;
};
int event_length(struct event *event);
struct pool {
        int __credits;
        int taken;
};
static inline int pool_credits(struct pool *p) { return p->__credits - p->taken; }
//- /drivers/a.c
#include <linux/event.h>
int look(struct event *event, struct pool *p)
{
        return event->length + p->__credits;
               ^^^^^^^^^^^^^ warning[raw-member]: event->length is documented as private: "Don't refer to this struct directly, use functions below." …
                               ^^^^^^^^^^^^ warning[raw-member]: p->__credits has accessors that do more than name it: …
}
`,
      { rules: ['reserved-member', 'raw-member'] },
    );
  });
});

describe('a member with underscores in front and several functions', () => {
  it('is theirs whatever is done with it, but for where it is set up', () => {
    check(
      `
//- /include/linux/claim.h
struct held { long count; };
void held_init(struct held *h, long count);
long held_look(const struct held *h);
_Bool held_get(struct held *h);
_Bool held_put(struct held *h);
void warn(void);
struct claim {
        struct held __held;
        int size;
};
static inline void claim_hold(struct claim *c) { if (!held_get(&c->__held)) warn(); }
static inline _Bool claim_hold_safe(struct claim *c) { return held_get(&c->__held); }
//- /drivers/a.c
#include <linux/claim.h>
long look(struct claim *c)
{
        held_init(&c->__held, 1); // ok
        held_look(&c->__held); // ok
        return c->__held.count + c->size;
               ^^^^^^^^^ warning[raw-member]: c->__held has accessors that do more than name it: "claim_hold(struct claim *c) …
}
`,
      { rules: ['raw-member'] },
    );
  });
});

describe('a comment that says no more than what to use', () => {
  it('counts where the function has the name of the member, as does who is kept away', () => {
    check(
      `
//- /include/linux/gadget.h
struct gadget {
        void *drvdata;  /* Use gadget_get_drvdata()/gadget_set_drvdata() */
        int seq;        /* read with gadget_seq() */
        int turns;      /* use gadget_spin() */
        int magic;      /* for the core's eyes only */
        int dirty;      /* managed by the core; off limits for drivers */
        int lock;       /* only for gadget-core.c */
        int users;      /* don't touch, use gadget_get() and gadget_put() */
        int owner;      /* set by gadget_owner() */
};
void *gadget_get_drvdata(struct gadget *g);
void gadget_set_drvdata(struct gadget *g, void *data);
int gadget_seq(struct gadget *g);
void gadget_spin(struct gadget *g);
int gadget_owner(struct gadget *g);
void gadget_get(struct gadget *g);
void gadget_put(struct gadget *g);
//- /drivers/a.c
#include <linux/gadget.h>
int f(struct gadget *g, struct gadget *h)
{
        g->drvdata = (void *)0;
        ^^^^^^^^^^ warning[raw-member]: g->drvdata is to be used through an accessor: "Use gadget_get_drvdata()/gadget_set_drvdata()" (include/linux/gadget.h:2). Use gadget_set_drvdata().
        g->turns = g->owner; // ok
        h->drvdata = g->drvdata; // ok
        return g->seq +
               ^^^^^^ warning[raw-member]: g->seq is to be used through an accessor: "read with gadget_seq()" …
               g->magic +
               ^^^^^^^^ warning[raw-member]: g->magic is documented as private: "for the core's eyes only" …
               g->dirty +
               ^^^^^^^^ warning[raw-member]: g->dirty is documented as private: "off limits for drivers" …
               g->lock +
               ^^^^^^^ warning[raw-member]: g->lock is documented as private: "only for gadget-core.c" …
               g->users;
               ^^^^^^^^ warning[reserved-member]: g->users is documented as private: "don't touch, use gadget_get() and gadget_put()" …
}
//- /drivers/gadget-core.c
#include <linux/gadget.h>
int g(struct gadget *g)
{
        return g->lock; // ok
}
`,
      { rules: ['raw-member', 'reserved-member'] },
    );
  });
});
