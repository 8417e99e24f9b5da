/** The rule wrong-union-state: states that comments say in further ways, values that meet, and members beside the one that is said. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/ferry.h
#define NULL ((void *)0)
#define READ_ONCE(x) (*(const volatile typeof(x) *)&(x))
#define FERRY_WAITS 4
#define EXIT_DOOR 1
#define EXIT_ROOF 2
#define EXIT_CELLAR 3
#define EXIT_NONE 4
enum berth_kind { BERTH_AT_QUAY, BERTH_AT_QUAY_DEEP, BERTH_AT_BUOY, BERTH_AT_BUOY_OUTER, BERTH_NONE };
/* for FERRY_RUN, as the office prints it */
struct ferry {
        int flags, depth;
        unsigned int exit;
        enum berth_kind kind;
        union {
                /* Valid IFF FERRY_WAITS is set. */
                struct queue *queue;
                int (*leave)(int);
                long plain; /* only valid if FERRY_WAITS is set, as is what comes with it */
        };
        union {
                /* EXIT_DOOR */
                struct { int width; } door;
                /* EXIT_ROOF, EXIT_CELLAR */
                struct { long steps; int lamps; } stairs;
                int pad[8];
        };
        union {
                long line; /* used for BERTH_AT_QUAY */
                long chain; /* valid when kind == BERTH_AT_BUOY | BERTH_AT_BUOY_OUTER */
        } b;
        union {
                int berth; /* valid if depth == 0 */
                long anchor;
        };
        union {
                struct ferry *alias;
                struct ferry *hash; /* only for in-dock ones */
        } u;
};
#define FERRY_RUN 7
struct queue { int length; };
static inline int ferry_in_dock(const struct ferry *f) { return f->flags & 16; }
`;

const said = (code: string): void =>
  check(`${HEADERS}\n//- /drivers/a.c\n#include <linux/ferry.h>\n${code}`, { rules: ['wrong-union-state'] });

describe('a member of a union', () => {
  it('is not to be used where the path is in the state that is said of another one alone', () => {
    said(`
int bad(struct ferry *f)
{
        if (f->flags & FERRY_WAITS)
                return f->leave(1);
                       ^^^^^^^^ warning[wrong-union-state]: f->leave is used where FERRY_WAITS is set (tested at line 5): "Valid IFF FERRY_WAITS is set."…
        return f->leave(2); // ok
}
int good(struct ferry *f)
{
        return f->flags & FERRY_WAITS ? f->queue->length : 0; // ok
}
long beside(struct ferry *f) { return f->flags & FERRY_WAITS ? f->plain : 0; } // ok: both are said of it
int spelled(struct ferry *f)
{
        return f->flags & FERRY_WAITS ? 0 : READ_ONCE(f->queue)->length;
                                                      ^^^^^^^^ warning[wrong-union-state]: f->queue is used where FERRY_WAITS is not set …
}
`);
  });

  it('is told by comments that are nothing but constants', () => {
    said(`
int bad(struct ferry *f)
{
        if (f->exit == EXIT_DOOR)
                return f->stairs.lamps;
                       ^^^^^^^^^^^^^^^ warning[wrong-union-state]: f->stairs.lamps is used where exit is EXIT_DOOR (tested at line 5): "EXIT_ROOF, EXIT_CELLAR"…
        if (f->exit == EXIT_NONE)
                return f->door.width; // ok: nothing is said of it
        return f->exit == EXIT_CELLAR ? f->stairs.lamps : f->pad[1]; // ok
}
`);
  });

  it('is told by values that meet', () => {
    said(`
int bad(struct ferry *f)
{
        switch (f->exit) {
        case EXIT_ROOF:
        case EXIT_CELLAR:
                return f->door.width;
                       ^^^^^^^^^^^^^ warning[wrong-union-state]: f->door.width is used where exit is EXIT_CELLAR or EXIT_ROOF …
        case EXIT_NONE:
        case EXIT_DOOR:
                return f->door.width; // ok
        }
        return 0;
}
int narrowed(struct ferry *f)
{
        switch (f->exit) {
        case EXIT_ROOF:
        case EXIT_DOOR:
                if (f->exit == EXIT_DOOR)
                        return f->door.width; // ok
                return f->stairs.lamps; // ok
        }
        return 0;
}
`);
  });

  it('is told by a number', () => {
    said(`
int bad(struct ferry *f)
{
        if (f->depth)
                return f->berth;
                       ^^^^^^^^ warning[wrong-union-state]: f->berth is used where depth is not 0 …
        return f->berth; // ok
}
int worse(struct ferry *f)
{
        if (f->depth == 2)
                return f->berth;
                       ^^^^^^^^ warning[wrong-union-state]: f->berth is used where depth is 2 …
        return f->depth == 0 ? f->berth : 0; // ok
}
`);
  });

  it('is told by the word for a kind, where a function asks for it', () => {
    said(`
struct ferry *bad(struct ferry *f)
{
        if (ferry_in_dock(f))
                return f->u.alias;
                       ^^^^^^^^^^ warning[wrong-union-state]: f->u.alias is used where ferry_in_dock() is true (tested at line 5): "only for in-dock ones"…
        return f->u.hash;
               ^^^^^^^^^ warning[wrong-union-state]: f->u.hash is used where ferry_in_dock() is false …
}
`);
  });

  it('may be of a value that an enum has got since the list was written', () => {
    said(`
long good(struct ferry *f)
{
        if (f->kind == BERTH_AT_QUAY_DEEP)
                return f->b.line; // ok: it is a BERTH_AT_QUAY
        if (f->kind == BERTH_NONE)
                return f->b.chain;
                       ^^^^^^^^^^ warning[wrong-union-state]: f->b.chain is used where kind is BERTH_NONE …
        return 0;
}
`);
  });

  it('is told by one bit of several that a shift asks for', () => {
    check(
      `
//- /include/linux/call.h
enum call_state { CALL_RINGS, CALL_OPEN, CALL_HELD, CALL_OVER, CALL_LOST };
#define CALLF_OPEN (1 << CALL_OPEN)
#define CALLF_OVER (1 << CALL_OVER)
#define CALLF_LOST (1 << CALL_LOST)
struct call {
        unsigned char state;
        union {
                long line; /* only valid if call_is_open() */
                long length;
        };
        union {
                long peer; /* valid when state == CALL_OPEN | CALL_HELD */
                long reason;
        };
};
static inline int call_is_open(const struct call *c) { return (1 << c->state) & ~(CALLF_OVER | CALLF_LOST); }
//- /drivers/a.c
#include <linux/call.h>
long bad(struct call *c)
{
        if ((1 << c->state) & (CALLF_OVER | CALLF_LOST))
                return c->line;
                       ^^^^^^^ warning[wrong-union-state]: c->line is used where state is 3 or 4 …
        return c->line; // ok
}
long half(struct call *c)
{
        return (1 << c->state) & (CALLF_OPEN | CALLF_LOST) ? c->line : 0; // ok
}
long numbers(struct call *c)
{
        if (c->state == 2 || c->state == 1)
                return c->peer; // ok: CALL_HELD, CALL_OPEN
        return c->state == 3 ? c->peer : 0;
                               ^^^^^^^ warning[wrong-union-state]: c->peer is used where state is 3 …
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is told by constants behind "for", as bits too, and by what a member of a nested union adds', () => {
    check(
      `
//- /include/linux/key.h
#define KEY_BY_FILE 1
#define KEY_BY_TASK 2
union key {
        /* For KEY_BY_FILE */
        struct { long number; unsigned long page; unsigned int offset; } file;
        /* For KEY_BY_TASK or nothing */
        struct {
                union {
                        struct task *task; /* for nothing */
                        long count; /* for KEY_BY_TASK */
                };
                unsigned long address;
                unsigned int offset;
        } own;
        struct { long first; unsigned long second; unsigned int offset; } both;
};
struct task { int pid; };
//- /drivers/a.c
#include <linux/key.h>
long bad(union key *key)
{
        if (key->both.offset & KEY_BY_TASK)
                return key->file.number;
                       ^^^^^^^^^^^^^^^^ warning[wrong-union-state]: key->file.number is used where KEY_BY_TASK is set …
        if (key->both.offset & KEY_BY_FILE)
                return key->own.task->pid;
                       ^^^^^^^^^^^^^ warning[wrong-union-state]: key->own.task is used where KEY_BY_FILE is set …
        return 0;
}
long good(union key *key)
{
        if (key->both.offset & KEY_BY_FILE)
                return key->file.number; // ok
        if (!(key->both.offset & KEY_BY_TASK))
                return key->own.task->pid; // ok: "or nothing"
        return key->own.count; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is told by the flag alone that a comment at it begins with', () => {
    check(
      `
//- /include/linux/order.h
#define ORDER_BY_LIST 1
struct order {
        int flags;
        union {
                void *list; /* if ORDER_BY_LIST is set in flags */
                void *one; /* otherwise */
        };
};
//- /drivers/a.c
#include <linux/order.h>
void *bad(struct order *o)
{
        if (!(o->flags & ORDER_BY_LIST))
                return o->list;
                       ^^^^^^^ warning[wrong-union-state]: o->list is used where ORDER_BY_LIST is not set …
        return o->list; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is told by each of several constants that follow each other in comments of their own', () => {
    check(
      `
//- /include/linux/deed.h
enum deed_id { DEED_PUSH, DEED_MANGLE, DEED_ADD, DEED_MARK };
struct deed {
        enum deed_id id;
        union {
                char *pushed; /* DEED_PUSH */
                struct { /* DEED_MANGLE */
                         /* DEED_ADD */
                        int offset;
                } mangle;
                unsigned char mark[8]; /* DEED_MARK */
        };
};
//- /drivers/a.c
#include <linux/deed.h>
int of(struct deed *d)
{
        switch (d->id) {
        case DEED_MANGLE:
                return d->mangle.offset; // ok
        case DEED_ADD:
                return d->mangle.offset; // ok
        case DEED_PUSH:
                return d->mangle.offset;
                       ^^^^^^^^^^^^^^^^ warning[wrong-union-state]: d->mangle.offset is used where id is DEED_PUSH …
        default:
                return 0;
        }
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is not told by one of several constants that have the name of a member, or by one beside others that have none', () => {
    check(
      `
//- /include/linux/knob.h
enum knob_op { OP_NEW_KNOB, OP_DROP_KNOB, OP_NEW_HAND };
struct knob_deed { enum knob_op op; union { int knob; int hand; }; };
enum look { LOOK_MAC, LOOK_MAC_VLAN, LOOK_PROMISC };
struct looking { enum look look; union { char *mac; int mac_vlan; }; };
//- /drivers/a.c
#include <linux/knob.h>
int of(struct knob_deed *d)
{
        return d->op != OP_DROP_KNOB ? d->knob : 0; // ok
}
long at(struct looking *l)
{
        if (l->look == LOOK_MAC_VLAN)
                return *l->mac;
                        ^^^^^^ warning[wrong-union-state]: l->mac is used where look is LOOK_MAC_VLAN …
        if (l->look != LOOK_MAC_VLAN)
                return l->mac_vlan; // ok: LOOK_PROMISC may be of either
        return 0;
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is told by a comparison that is all of a comment, and by a predicate above the record', () => {
    check(
      `
//- /include/linux/leaf.h
enum leaf_kind { LEAF_EXTENT, LEAF_INLINE };
/**
 * struct leaf - one leaf
 * @parked: the place, only for leaves for which leaf_is_parked() is true
 */
struct leaf {
        enum leaf_kind kind;
        int flags;
        union {
                int *extent; /* kind == LEAF_EXTENT */
                char *text; /* kind == LEAF_INLINE */
        };
        union { int parked; int moving; };
};
_Bool leaf_is_parked(struct leaf *l);
//- /drivers/a.c
#include <linux/leaf.h>
int bad(struct leaf *l)
{
        if (l->kind != LEAF_EXTENT)
                return *l->extent;
                        ^^^^^^^^^ warning[wrong-union-state]: l->extent is used where kind is not LEAF_EXTENT …
        return *l->extent; // ok
}
int place(struct leaf *l)
{
        if (!leaf_is_parked(l))
                return l->parked;
                       ^^^^^^^^^ warning[wrong-union-state]: l->parked is used where leaf_is_parked() is false …
        return l->parked; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });
});
