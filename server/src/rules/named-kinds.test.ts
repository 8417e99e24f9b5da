/** Kinds that comments name in the middle of their words, and converters whose predicates have other names. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const BOX = `
//- /include/linux/box.h
typedef _Bool bool;
#define around(pointer, type, member) ({ void *inner = (void *)(pointer); (type *)((char *)inner - __builtin_offsetof(type, member)); })
struct bus;
struct list { struct list *next, *prev; };
enum box_state { BOX_IDLE, BOX_SOLD, BOX_BROKEN };
enum box_place { PLACE_HERE, PLACE_LENT, PLACE_AWAY };
struct box {
        enum box_state state;
        union {
                struct list spare;      /* BOX_IDLE: on the list of spare ones */
                long owner;             /* BOX_SOLD: whoever has it */
                int loss;               /* BOX_BROKEN: what it cost */
        };
        enum box_place place;
        union {
                /* The shelf in our own shed, i.e. PLACE_HERE. */
                int *shelf;
                /* How it gets back, if box_is_lent(). */
                struct bus *bus;
                /* Where it is, for PLACE_AWAY only. */
                long far;
        };
        unsigned long flags;
        union {
                int first;              /* !BOX_LEAF */
                long leaf;              /* BOX_LEAF */
        };
        union {
                int deep;               /* not before BOX_IDLE was left */
                long high;              /* BOX_SOLD: how high */
        };
};
#define BOX_LEAF 4
#define BOX_FLAG(name, FLAG) static inline bool box_##name(const struct box *b) { return b->flags & BOX_##FLAG; }
BOX_FLAG(leaf, LEAF)
static inline bool box_is_lent(const struct box *b) { return b->place == PLACE_LENT; }
`;

describe('comments at the members of a union', () => {
  it('name a constant of one enum each', () => {
    check(
      `${BOX}
//- /drivers/a.c
#include <linux/box.h>
long f(struct box *b)
{
        if (b->state == BOX_IDLE)
                return b->owner;
                       ^^^^^^^^ warning[wrong-union-state]: b->owner is used where state is BOX_IDLE (tested at line 4): "BOX_SOLD: whoever has it" …
        if (b->state != BOX_BROKEN)
                return b->loss;
                       ^^^^^^^ warning[wrong-union-state]: b->loss is used where state is not BOX_BROKEN (tested at line 6): "BOX_BROKEN: what it cost" …
        return b->loss; // ok
}
long g(struct box *b)
{
        if (b->state == BOX_SOLD)
                return b->owner + b->deep; // ok
        return 0;
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('end in the question that is to be asked', () => {
    check(
      `${BOX}
//- /drivers/a.c
#include <linux/box.h>
struct bus *f(struct box *b)
{
        if (b->place == PLACE_AWAY)
                return b->bus;
                       ^^^^^^ warning[wrong-union-state]: b->bus is used where place is PLACE_AWAY (tested at line 4): "How it gets back, if box_is_lent()." …
        return box_is_lent(b) ? b->bus : 0; // ok
}
int *g(struct box *b)
{
        if (box_is_lent(b))
                return b->shelf;
                       ^^^^^^^^ warning[wrong-union-state]: b->shelf is used where place is PLACE_LENT (tested at line 10): "The shelf in our own shed, i.e. PLACE_HERE." …
        return b->shelf; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('name a flag that is set at one and clear at another', () => {
    check(
      `${BOX}
//- /drivers/a.c
#include <linux/box.h>
long f(struct box *b)
{
        if (b->flags & BOX_LEAF)
                return b->first;
                       ^^^^^^^^ warning[wrong-union-state]: b->first is used where BOX_LEAF is set (tested at line 4): "!BOX_LEAF" …
        return b->first; // ok
}
long h(struct box *b)
{
        if (!box_leaf(b))
                return b->first; // ok
        return b->first;
               ^^^^^^^^ warning[wrong-union-state]: b->first is used where BOX_LEAF is set (tested at line 10): "!BOX_LEAF" …
}
long g(struct box *b)
{
        if (!(b->flags & BOX_LEAF))
                return b->leaf;
                       ^^^^^^^ warning[wrong-union-state]: b->leaf is used where BOX_LEAF is not set (tested at line 16): "BOX_LEAF" …
        return b->leaf; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });
});

describe('a converter', () => {
  it('has the predicate that is left of its name without the words of the record, or one that a macro turns', () => {
    check(
      `${BOX}
struct box_ops;
struct job { const struct box_ops *ops; bool is_order; };
struct render { struct job base; int tiles; };
struct order { struct job base; int code; };
struct note { int length; struct job base; };
extern const struct box_ops render_ops;
static inline bool job_is_render(const struct job *j) { return j->ops == &render_ops; }
static inline struct render *to_render_of_job(struct job *j) { return around(j, struct render, base); }
static inline bool job_is_order(const struct job *j) { return j->is_order; }
#define job_is_note(j) (!job_is_order(j))
#define job_to_order(j) around(j, struct order, base)
#define job_to_note(j) around(j, struct note, base)
//- /drivers/a.c
#include <linux/box.h>
int f(struct job *j)
{
        if (!job_is_render(j))
                return to_render_of_job(j)->tiles;
                       ^^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: …
        return to_render_of_job(j)->tiles; // ok
}
int g(struct job *j)
{
        if (job_is_order(j))
                return job_to_note(j)->length;
                       ^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: …
        return job_to_note(j)->length; // ok
}
int h(struct job *j)
{
        if (job_is_note(j))
                return job_to_order(j)->code;
                       ^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: …
        return job_to_order(j)->code; // ok
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });
});
