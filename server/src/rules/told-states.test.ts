/** States of union members that comments at constants and flags tell, and sentences that tell two members by one flag. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const LIST = `
typedef _Bool bool;
struct list { struct list *next, *prev; };
static inline void list_add(struct list *new, struct list *head)
{
        new->next = head->next;
        new->prev = head;
        head->next = new;
}
`;

const rules = { rules: ['wrong-union-state'] };

describe('comments at constants', () => {
  it('name the member of the union that goes with a value', () => {
    check(
      `
//- /include/linux/kiln.h
${LIST}
enum kiln_state {
        /* Cold. None of the members of @u means anything. */
        KILN_COLD,
        /* Somebody lit it, @u.timer runs. */
        KILN_HEATING,
        /* Goods are in it by the terms of @u.order. */
        KILN_FIRING,
        KILN_BROKEN,    /* @u.fault tells why */
};
struct kiln {
        enum kiln_state state;
        union {
                long timer;
                int *order;
                int fault;
        } u;
};
//- /drivers/a.c
#include <linux/kiln.h>
int f(struct kiln *k)
{
        switch (k->state) {
        case KILN_FIRING:
                return *k->u.order; // ok
        case KILN_BROKEN:
                return *k->u.order;
                        ^^^^^^^^^^ warning[wrong-union-state]: k->u.order is used where state is KILN_BROKEN (tested at line 7): "Goods are in it by the terms of @u.order." …
        default:
                return 0;
        }
}
long g(struct kiln *k)
{
        if (k->state == KILN_COLD)
                return k->u.fault;
                       ^^^^^^^^^^ warning[wrong-union-state]: k->u.fault is used where state is KILN_COLD (tested at line 15): "@u.fault tells why" …
        if (k->state != KILN_HEATING)
                return k->u.timer;
                       ^^^^^^^^^^ warning[wrong-union-state]: k->u.timer is used where state is not KILN_HEATING (tested at line 17): "Somebody lit it, @u.timer runs." …
        return k->u.timer; // ok
}
`,
      rules,
    );
  });

  it('are about all of several values above which they stand, and silent where two kinds have one record', () => {
    check(
      `
//- /include/linux/pan.h
enum pan_kind {
        /* lid */
        PAN_DEEP, PAN_TALL,
        /* hook */
        PAN_FLAT,
        PAN_WIDE,
};
enum pan_use { USE_SOUP /* uses soup */, USE_STEW /* uses stew */, USE_ROAST /* uses roast */ };
struct meal { int salt; };
struct pan {
        enum pan_kind kind;
        union {
                int lid;
                long hook;
        };
        enum pan_use use;
        union {
                struct meal soup;
                struct meal stew;
                long roast;
        };
};
//- /drivers/a.c
#include <linux/pan.h>
long f(struct pan *p)
{
        if (p->kind == PAN_FLAT)
                return p->lid; // ok
        if (p->use == USE_STEW)
                return p->soup.salt + // ok
                       p->roast;
                       ^^^^^^^^ warning[wrong-union-state]: p->roast is used where use is USE_STEW (tested at line 6): "uses roast" …
        return 0;
}
`,
      rules,
    );
  });

  it('do so in the kernel-doc of the enum, and leave alone what speaks of two, or of another time', () => {
    check(
      `
//- /include/linux/kiln.h
${LIST}
/**
 * enum loaf_phase - how far a loaf has come
 * @LOAF_DOUGH: only its weight is known, &loaf.weight holds
 * @LOAF_RISING: &loaf.waiters holds
 * @LOAF_BAKED: done, &loaf.slices holds; &loaf.weight was moved
 */
enum loaf_phase { LOAF_DOUGH, LOAF_RISING, LOAF_BAKED };
struct loaf {
        enum loaf_phase phase;
        union {
                long weight;
                struct list waiters;
                int *slices;
        };
};
//- /drivers/a.c
#include <linux/kiln.h>
long f(struct loaf *l)
{
        if (l->phase == LOAF_RISING)
                return l->weight;
                       ^^^^^^^^^ warning[wrong-union-state]: l->weight is used where phase is LOAF_RISING (tested at line 4): "only its weight is known, &loaf.weight holds" …
        if (l->phase == LOAF_BAKED)
                return l->weight; // ok
        if (l->phase != LOAF_RISING)
                return l->waiters.next != 0; // ok
        return *l->slices; // ok
}
`,
      rules,
    );
  });

  it('tell two members by a bit of a number', () => {
    check(
      `
//- /include/linux/cart.h
${LIST}
#define CART_LOADED     1       /* crates, count and horse hold, else driver and nr_seats */
#define CART_QUEUED     2       /* entry holds, else ticket */
#define CART_PAINTED    4       /* somebody saw to it */
struct cart {
        unsigned long flags;
        union {
                struct {
                        long *crates;
                        int count;
                        int horse;
                };
                struct {
                        int *driver;
                        int nr_seats;
                };
        };
        union {
                struct list entry;
                long ticket;
        };
};
//- /drivers/a.c
#include <linux/cart.h>
long f(struct cart *c, struct list *list)
{
        if (c->flags & CART_LOADED)
                return c->nr_seats;
                       ^^^^^^^^^^^ warning[wrong-union-state]: c->nr_seats is used where CART_LOADED is set (tested at line 4): "crates, count and horse hold, else driver and nr_seats" …
        if (!(c->flags & CART_QUEUED)) {
                list_add(&c->entry, list); // ok
                return 0;
        }
        return c->ticket + c->count;
               ^^^^^^^^^ warning[wrong-union-state]: c->ticket is used where CART_QUEUED is set (tested at line 6): "entry holds, else ticket" …
                           ^^^^^^^^ warning[wrong-union-state]: c->count is used where CART_LOADED is not set (tested at line 4): …
}
`,
      rules,
    );
  });

  it('in a list of the comment at the union', () => {
    check(
      `
//- /include/linux/jar.h
#define JAR_EMPTY       0
#define JAR_JAM         1
#define JAR_COINS       2
struct jar {
        int kind;
        /*
         * What is in it:
         *  JAR_JAM:   @fruit
         *  JAR_COINS: @sum, in cents
         */
        union {
                int *fruit;
                long sum;
        };
};
//- /drivers/a.c
#include <linux/jar.h>
long f(struct jar *j)
{
        if (j->kind == JAR_JAM)
                return j->sum;
                       ^^^^^^ warning[wrong-union-state]: j->sum is used where kind is JAR_JAM (tested at line 4): "@sum, in cents" …
        if (j->kind == JAR_EMPTY)
                return j->sum; // ok
        return j->kind == JAR_COINS ? j->sum : 0; // ok
}
`,
      rules,
    );
  });
});

describe('a sentence', () => {
  it('at a flag says which of two members is used', () => {
    check(
      `
//- /include/linux/gate.h
typedef _Bool bool;
/**
 * struct gate - a gate
 * @is_wide: True if wings is used instead of bar.
 * @is_far: the way lies in @path if set, otherwise in @yard
 */
struct gate {
        union {
                int bar;
                struct {
                        int *wings;
                        int nr_wings;
                };
        };
        union {
                char *path;
                int yard;
        };
        union {
                int guard;
                long toll;
        };
        unsigned int is_wide : 1;
        bool is_far;
        bool is_paid;   /* toll when set, guard when clear */
        bool is_old;    /* guard may tell */
};
//- /drivers/a.c
#include <linux/gate.h>
int f(struct gate *g)
{
        if (g->is_wide)
                return g->bar + g->nr_wings;
                       ^^^^^^ warning[wrong-union-state]: g->bar is used where is_wide is set (tested at line 4): "True if wings is used instead of bar." …
        return g->wings[0];
               ^^^^^^^^ warning[wrong-union-state]: g->wings is used where is_wide is not set (tested at line 4): …
}
long h(struct gate *g)
{
        if (g->is_old)
                return g->toll; // ok
        if (!g->is_paid)
                return g->toll;
                       ^^^^^^^ warning[wrong-union-state]: g->toll is used where is_paid is not set (tested at line 12): "toll when set, guard when clear" …
        return g->guard;
               ^^^^^^^^ warning[wrong-union-state]: g->guard is used where is_paid is set (tested at line 12): …
}
`,
      rules,
    );
  });

  it('tells them by a constant with it and without it', () => {
    check(
      `
//- /include/linux/boat.h
#define BOAT_SAIL       1
#define BOAT_FERRY      2
#define BOAT_NIGHT      4
struct boat {
        unsigned int flags;
        /* Boats that sail never have an engine: ->mast is there with BOAT_SAIL, ->engine without it. */
        union {
                struct { int height; int *cloth; } mast;
                struct { int power; int *tank; } engine;
        };
        /* With BOAT_FERRY set, fare holds, otherwise owner and home do. */
        union {
                int fare;
                struct { int owner; long home; };
        };
        /* lamp is used unless BOAT_NIGHT is clear, else flag */
        union {
                int lamp;
                long flag;
        };
};
//- /drivers/a.c
#include <linux/boat.h>
long f(struct boat *b)
{
        if (b->flags & BOAT_SAIL)
                return *b->engine.tank;
                        ^^^^^^^^^^^^^^ warning[wrong-union-state]: b->engine.tank is used where BOAT_SAIL is set (tested at line 4): "Boats that sail never have an engine: …
        if (b->flags & BOAT_FERRY)
                return b->home;
                       ^^^^^^^ warning[wrong-union-state]: b->home is used where BOAT_FERRY is set (tested at line 6): "With BOAT_FERRY set, fare holds, otherwise owner and home do." …
        return b->fare + *b->engine.tank;
               ^^^^^^^ warning[wrong-union-state]: b->fare is used where BOAT_FERRY is not set (tested at line 6): …
}
long g(struct boat *b)
{
        if (b->flags & BOAT_NIGHT)
                return b->lamp; // ok
        return b->flag; // ok
}
`,
      rules,
    );
  });

  it('of a kernel-doc says to use a member with one of several kinds', () => {
    check(
      `
//- /include/linux/step.h
enum step_kind { STEP_WALK, STEP_LIFT_UP, STEP_LIFT_DOWN, STEP_REST };
/**
 * struct step - one step of a way
 * @kind: what it is
 * @how: more about it. Use the member that goes with @kind
 * @how.pace: use it if @kind is %STEP_WALK
 * @how.floor: use it if @kind is %STEP_LIFT_UP
 *             or %STEP_LIFT_DOWN
 * @how.bench: Use it when @kind is %STEP_REST.
 */
struct step {
        enum step_kind kind;
        union {
                int pace;
                int *floor;
                long bench;
        } how;
};
//- /drivers/a.c
#include <linux/step.h>
long f(struct step *s)
{
        switch (s->kind) {
        case STEP_WALK:
                return s->how.bench;
                       ^^^^^^^^^^^^ warning[wrong-union-state]: s->how.bench is used where kind is STEP_WALK (tested at line 5): "Use it when @kind is %STEP_REST." …
        case STEP_LIFT_DOWN:
        case STEP_LIFT_UP:
                return *s->how.floor; // ok
        case STEP_REST:
                return *s->how.floor;
                        ^^^^^^^^^^^^ warning[wrong-union-state]: s->how.floor is used where kind is STEP_REST (tested at line 10): "use it if @kind is %STEP_LIFT_UP or %STEP_LIFT_DOWN" …
        }
        return 0;
}
`,
      rules,
    );
  });
});

describe('names', () => {
  it('of values that all end alike, and of which two are of one member', () => {
    check(
      `
//- /include/linux/step.h
enum step_kind { STEP_WALK_OP, STEP_LIFT_UP_OP, STEP_LIFT_DOWN_OP, STEP_REST_OP };
struct step {
        enum step_kind kind;
        union {
                int walk;
                int *lift;
                long rest;
        } how;
};
//- /drivers/a.c
#include <linux/step.h>
long f(struct step *s)
{
        switch (s->kind) {
        case STEP_LIFT_DOWN_OP:
                return *s->how.lift + // ok
                       s->how.walk;
                       ^^^^^^^^^^^ warning[wrong-union-state]: s->how.walk is used where kind is STEP_LIFT_DOWN_OP (tested at line 5): "STEP_WALK_OP is of walk, as each member has a value of its own" …
        case STEP_REST_OP:
                return *s->how.lift;
                        ^^^^^^^^^^^ warning[wrong-union-state]: s->how.lift is used where kind is STEP_REST_OP (tested at line 8): …
        default:
                return 0;
        }
}
long g(struct step *s)
{
        if (s->kind != STEP_LIFT_UP_OP)
                return *s->how.lift; // ok
        return 0;
}
`,
      rules,
    );
  });

  it('of members that begin alike, and of predicates', () => {
    check(
      `
//- /include/linux/note.h
typedef _Bool bool;
enum note_kind { NOTE_KIND_PLAIN, NOTE_KIND_SET, NOTE_KIND_SET_LONG };
struct note {
        enum note_kind kind;
        union {
                int *nt;
                long nt_set;
                char *nt_set_long;
        };
};
enum way { WAY_RAIL, WAY_ROAD, WAY_NONE };
struct trip {
        enum way way;
        union {
                int __track;
                int *road;
                long *river;
        };
};
static inline bool trip_is_road(const struct trip *t) { return t->way == WAY_ROAD; }
static inline bool trip_is_river(const struct trip *t) { return t->way == WAY_NONE; }
//- /drivers/a.c
#include <linux/note.h>
long f(struct note *n)
{
        if (n->kind == NOTE_KIND_SET)
                return *n->nt;
                        ^^^^^ warning[wrong-union-state]: n->nt is used where kind is NOTE_KIND_SET (tested at line 4): "NOTE_KIND_PLAIN is of nt, as each member has a value of its own" …
        if (n->kind == NOTE_KIND_SET_LONG)
                return *n->nt_set_long; // ok
        return *n->nt; // ok
}
long g(struct trip *t)
{
        if (trip_is_road(t))
                return *t->road; // ok
        return *t->road;
                ^^^^^^^ warning[wrong-union-state]: t->road is used where trip_is_road() is false (tested at line 12): "trip_is_road() has the name of road" …
}
`,
      rules,
    );
  });
});

describe('a kind', () => {
  it('may be one of two, of which one is that of the member', () => {
    check(
      `
//- /include/linux/pot.h
enum pot_kind { POT_CLAY, POT_IRON, POT_GLASS };
struct clay { int dust; };
struct pot {
        enum pot_kind kind;
        union {
                const struct clay *__mud;
                long *iron;
                char *glass;
        };
};
//- /drivers/a.c
#include <linux/pot.h>
long f(struct pot *p)
{
        if (p->kind == POT_CLAY || p->kind == POT_IRON)
                return p->__mud != 0; // ok
        return 0;
}
`,
      rules,
    );
  });

  it('is the part of a number that a function gives', () => {
    check(
      `
//- /include/linux/tool.h
enum tool_kind { TOOL_SAW = 1, TOOL_AXE, TOOL_SAW_SHARP = TOOL_SAW | 256 };
#define TOOL_MASK 255
static inline unsigned int base_kind(unsigned int kind) { return kind & TOOL_MASK; }
struct tool {
        enum tool_kind kind;
        union {
                int teeth;      /* for TOOL_SAW_SHARP */
                long handle;    /* for TOOL_AXE */
        };
};
//- /drivers/a.c
#include <linux/tool.h>
long f(struct tool *t)
{
        switch (base_kind(t->kind)) {
        case TOOL_AXE:
                return t->teeth;
                       ^^^^^^^^ warning[wrong-union-state]: t->teeth is used where kind & TOOL_MASK is TOOL_AXE (tested at line 5): "for TOOL_SAW_SHARP" …
        case TOOL_SAW:
                return t->teeth; // ok
        default:
                return 0;
        }
}
`,
      rules,
    );
  });

  it('that two members of one struct name', () => {
    check(
      `
//- /include/linux/bed.h
#define BED_FREE        0
#define BED_SOWN        1
#define BED_SOLD        2
#define BED_KIND(b)     ((b)->word & 3)
#define BED_IS_FREE(b)  (BED_KIND(b) == BED_FREE)
struct bed {
        unsigned int word;
        union {
                long next;              /* BED_FREE */
                struct {
                        int plant;      /* BED_SOWN */
                        int week;       /* BED_SOWN */
                };
                struct bed *owner;      /* BED_SOLD */
        };
};
//- /drivers/a.c
#include <linux/bed.h>
long f(struct bed *b)
{
        if (BED_IS_FREE(b))
                return b->plant;
                       ^^^^^^^^ warning[wrong-union-state]: b->plant is used where word & 3 is BED_FREE (tested at line 4): "BED_SOWN" …
        if (BED_KIND(b) == BED_SOWN)
                return b->week + b->plant; // ok
        return 0;
}
`,
      rules,
    );
  });

  it('is what a function of several statements asks about', () => {
    check(
      `
//- /include/linux/desk.h
typedef _Bool bool;
enum desk_kind { DESK_PLAIN, DESK_TALL, DESK_WIDE };
struct desk {
        enum desk_kind kind;
        union {
                int plain;
                long tall;
                char *wide;
        };
};
static inline bool desk_goes_up(const struct desk *d)
{
        if (!d)
                return 0;
        return d->kind == DESK_TALL;
}
static inline bool desk_is_simple(const struct desk *d)
{
        if (d->kind == DESK_PLAIN)
                return 1;
        return 0;
}
//- /drivers/a.c
#include <linux/desk.h>
long f(struct desk *d)
{
        if (desk_goes_up(d))
                return *d->wide;
                        ^^^^^^^ warning[wrong-union-state]: d->wide is used where kind is DESK_TALL (tested at line 4): …
        return d->tall; // ok
}
long g(struct desk *d)
{
        if (!desk_is_simple(d))
                return d->plain;
                       ^^^^^^^^ warning[wrong-union-state]: d->plain is used where kind is not DESK_PLAIN (tested at line 10): …
        return d->plain; // ok
}
`,
      rules,
    );
  });
});

it('name members as code does, by a dot', () => {
  check(
    `
//- /include/linux/step.h
enum step_op {
        STEP_END,
        STEP_LOAD,      /* Register : .param = offset */
        STEP_NUMBER,    /* Immediate : .number */
        STEP_STORE,     /* Mem: .offset, .size */
};
struct step {
        enum step_op op;
        union {
                unsigned int param;
                struct { unsigned int size; int offset; };
                unsigned long number;
        };
};
//- /drivers/a.c
#include <linux/step.h>
unsigned long look(struct step *s)
{
        if (s->op == STEP_NUMBER)
                return s->param + s->number;
                       ^^^^^^^^ warning[wrong-union-state]: s->param is used where op is STEP_NUMBER (tested at line 4): "Register : .param = offset" …
        if (s->op == STEP_STORE)
                return s->size + s->offset; // ok
        return 0;
}
`,
    rules,
  );
});
