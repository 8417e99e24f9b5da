/** The rules wrong-union-state and stale-union-member: further shapes in which headers say whose a union's bytes are. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const said = (header: string, code: string): void =>
  check(
    `
//- /include/linux/thing.h
${header}
//- /drivers/a.c
#include <linux/thing.h>
${code}
`,
    { rules: ['wrong-union-state'] },
  );

describe('a header says when a member of a union is valid', () => {
  it('by another member that is set for one half of the union, and not for the other', () => {
    said(
      `
struct shelf {
        /*
         * If ->slots is set, then first/last are used. If not,
         * then this is a plain shelf and ->books is used.
         */
        union {
                struct { int *books; } plain;
                int *books;
                struct { int *first; int *last; };
                long rest;
        };
        unsigned short slots;
        unsigned short other;
        /* If @is_old is true, age is used; otherwise, year is used. */
        union { int age; int year; };
        _Bool is_old;
        union {
                int *cover; /* only valid if ->other is set */
                int size;
        };
};`,
      `
int bad(struct shelf *s)
{
        if (s->slots)
                return *s->books;
                        ^^^^^^^^ warning[wrong-union-state]: s->books is used where slots is not 0 (tested at line 5): "If ->slots is set, …
        if (s->other > 0)
                return 1;
        return *s->first + s->rest;
                ^^^^^^^^ warning[wrong-union-state]: s->first is used where slots is 0 …
}
int truth(struct shelf *s)
{
        if (!s->is_old)
                return s->age + s->year;
                       ^^^^^^ warning[wrong-union-state]: s->age is used where is_old is not set …
        if (!s->other)
                return *s->cover;
                        ^^^^^^^^ warning[wrong-union-state]: s->cover is used where other is 0 …
        return s->age + s->size;
}
int good(struct shelf *s)
{
        if (s->slots == 0)
                return *s->books; // ok
        if (s->other == 0)
                return *s->first + *s->last; // ok
        return s->is_old ? s->age : s->year; // ok
}
`,
    );
  });

  it('for stores too, where it says when the member may be set', () => {
    said(
      `
#define CALL_BACK 4
struct call {
        int flags;
        void *data;
        union {
                long *queue;
                /* For those who come back. May only be set if CALL_BACK is set by whoever calls. */
                int (*back)(void *data);
        };
};`,
      `
void bad(struct call *call, int (*back)(void *), void *data)
{
        if (!(call->flags & CALL_BACK)) {
                call->data = data;
                call->back = back;
                ^^^^^^^^^^ warning[wrong-union-state]: call->back is used where CALL_BACK is not set …
        }
}
void good(struct call *call, int (*back)(void *), void *data)
{
        if (!(call->flags & CALL_BACK))
                return;
        call->data = data;
        call->back = back; // ok
}
`,
    );
  });

  it('by a constant behind the brace of one of its structs, be its values macros of one kind', () => {
    said(
      `
#define __AREA_KIND_LINEAR 1
#define __AREA_KIND_SHARED 16
#define AREA_KIND_LINEAR (__AREA_KIND_LINEAR)
#define AREA_KIND_SHARED (__AREA_KIND_SHARED)
#define AREA_KIND_BOTH (__AREA_KIND_LINEAR | __AREA_KIND_SHARED)
#define AREA_COLD 2
struct area {
        unsigned type, flags;
        union {
                struct { void (*fault)(void); void *token; };
                struct { /* AREA_KIND_SHARED */
                        long *owner;
                        int users;
                };
        };
};`,
      `
int bad(struct area *a)
{
        if (a->type == AREA_KIND_LINEAR)
                return a->users;
                       ^^^^^^^^ warning[wrong-union-state]: a->users is used where type is AREA_KIND_LINEAR (tested at line 5): "AREA_KIND_SHARED" …
        if (a->type == AREA_KIND_BOTH)
                return a->users; // ok
        if (a->flags == AREA_COLD)
                return a->users; // ok
        return a->token != (void *)0; // ok
}
void store(struct area *a, void (*fault)(void))
{
        if (a->type == AREA_KIND_SHARED)
                a->fault = fault;
                ^^^^^^^^ warning[wrong-union-state]: a->fault is used where type is AREA_KIND_SHARED …
}
void prepare(struct area *a, void (*fault)(void))
{
        if (a->type == AREA_KIND_SHARED) {
                a->fault = fault; // ok
                a->type = AREA_KIND_LINEAR;
        }
}
`,
    );
  });

  it('by labels that are short for bits of the record', () => {
    said(
      `
struct port {
        unsigned int is_nearfield:1;
        unsigned int is_wide:1;
        union {
                int *antenna; /* NF: what it listens with */
                struct port *wide; /* WD: the wide one */
        };
        union {
                int first; /* AB: whatever */
                int second; /* CD: whatever */
        };
};`,
      `
int bad(struct port *p)
{
        if (p->is_nearfield)
                return p->wide != (void *)0;
                       ^^^^^^^ warning[wrong-union-state]: p->wide is used where is_nearfield is set …
        return *p->antenna + p->first;
                ^^^^^^^^^^ warning[wrong-union-state]: p->antenna is used where is_nearfield is not set …
}
int good(struct port *p)
{
        return p->is_wide ? p->wide->is_wide : *p->antenna; // ok
}
`,
    );
  });

  it('by a question that looks at the value of a number in the union', () => {
    said(
      `
struct piece {
        union { struct piece *next; unsigned long rest; };
        int size;
};
static inline int piece_is_last(const struct piece *p) { return p->rest < sizeof(long); }
struct leaf { union { struct leaf *up; unsigned long word; }; };
static inline int leaf_is_marked(const struct leaf *l) { return !!(l->word & 1); }
struct count { union { int *all; unsigned long many; }; };
static inline int count_is_big(const struct count *c) { return c->many > 10000; }`,
      `
int bad(struct piece *p, struct leaf *l)
{
        if (piece_is_last(p))
                return p->next->size;
                       ^^^^^^^ warning[wrong-union-state]: p->next is used where piece_is_last() is true (tested at line 5): "piece_is_last() tells next from rest by the value" (include/linux/thing.h:6). Use it on the other branch.
        if (leaf_is_marked(l))
                return l->up != (void *)0;
                       ^^^^^ warning[wrong-union-state]: l->up is used where leaf_is_marked() is true …
        return p->rest + l->word;
               ^^^^^^^ warning[wrong-union-state]: p->rest is used where piece_is_last() is false …
}
int good(struct piece *p, struct count *c)
{
        while (!piece_is_last(p))
                p = p->next; // ok
        return count_is_big(c) ? *c->all : p->rest; // ok
}
`,
    );
  });

  it('by the values of an enum, one for each member by its name, its type or what is left', () => {
    said(
      `
enum node_type { NODE_DIR = 1, NODE_FILE = 2, NODE_LINK = 4 };
#define NODE_TYPE_MASK 0xf
struct elem_dir { int children; };
struct elem_link { int *target; };
struct elem_attr { long size; };
struct node {
        unsigned short flags;
        union { struct elem_dir dir; struct elem_link symlink; struct elem_attr attr; };
};
static inline enum node_type node_type(struct node *n) { return n->flags & NODE_TYPE_MASK; }
struct way { int steps; };
enum value_type {
        value_is_undefined,
        value_is_flag,          /* There is no value */
        value_is_text,          /* Value is a text */
        value_is_blob,          /* Value is a blob */
        value_is_way,           /* Value is a way* */
};
struct value {
        enum value_type type;
        union { char *text; void *blob; struct way *path; };
};
enum some { SOME_A, SOME_B, SOME_OTHER };
struct mixed { enum some kind; union { int a; int b; }; };`,
      `
long bad(struct node *n)
{
        if (node_type(n) == NODE_DIR)
                return n->attr.size;
                       ^^^^^^^^^^^^ warning[wrong-union-state]: n->attr.size is used where flags & NODE_TYPE_MASK is NODE_DIR (tested at line 5): "NODE_FILE is of attr, as each member has a value of its own" …
        if (node_type(n) != NODE_LINK)
                return *n->symlink.target;
                        ^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: …
        return *n->symlink.target; // ok
}
const void *value(struct value *v)
{
        switch (v->type) {
        case value_is_blob:
                return v->text;
                       ^^^^^^^ warning[wrong-union-state]: …
        case value_is_flag:
                return v->path;
                       ^^^^^^^ warning[wrong-union-state]: …
        case value_is_way:
                return v->path; // ok
        default:
                return v->text; // ok
        }
}
int not(struct value *v)
{
        return v->type != value_is_text ? v->text[0] : v->text[1];
                                          ^^^^^^^ warning[wrong-union-state]: …
}
int other(struct mixed *m)
{
        if (m->kind == SOME_OTHER)
                return m->a; // ok
        return 0;
}
int neither(struct mixed *m)
{
        return m->kind != SOME_A ? m->a : m->a; // ok
}
`,
    );
  });

  it('by the kind of what a pointer beside it leads to', () => {
    said(
      `
enum obj_type { OBJ_BODY, OBJ_PORT, OBJ_WIRE };
#define OBJ_BITS 8
struct obj { unsigned int id; };
struct port { struct obj obj; int number; };
struct body { struct obj obj; };
/**
 * struct link - between two
 * @obj0: Part of a union. Used to get the first end.
 * @port: Part of a union. Used only if the first end (obj0) is a port.
 * @body: Part of a union. Used only if the first end (obj0) is a body.
 */
struct link { union { struct obj *obj0; struct port *port; struct body *body; }; };
static inline enum obj_type obj_type(struct obj *obj) { return obj->id >> OBJ_BITS; }`,
      `
int bad(struct link *l)
{
        if (obj_type(l->obj0) == OBJ_BODY)
                return l->port->number;
                       ^^^^^^^ warning[wrong-union-state]: l->port is used where id >> OBJ_BITS is OBJ_BODY …
        if (obj_type(l->obj0) != OBJ_BODY)
                return l->body->obj.id;
                       ^^^^^^^ warning[wrong-union-state]: …
        return 0;
}
int good(struct link *l, struct link *other)
{
        if (obj_type(other->obj0) == OBJ_WIRE)
                return l->port->number; // ok
        return obj_type(l->obj0) == OBJ_PORT ? l->port->number : 0; // ok
}
`,
    );
  });

  it('by a constant in the middle of an entry', () => {
    said(
      `
enum place { PLACE_HERE, PLACE_THERE };
/**
 * struct box - one box
 * @place: where it is
 * @pages: what backs it, only for %PLACE_HERE
 * @offset: where it lies, only for %PLACE_THERE
 */
struct box { enum place place; union { int *pages; long offset; }; };`,
      `
long bad(struct box *b)
{
        if (b->place == PLACE_THERE)
                return *b->pages;
                        ^^^^^^^^ warning[wrong-union-state]: b->pages is used where place is PLACE_THERE …
        return *b->pages; // ok
}
`,
    );
  });

  it('by what only some objects have, which those have then, whatever type the object is converted to', () => {
    said(
      `
struct tree_base { int age; union { unsigned long flags; struct tree *parent; }; };
struct tree { struct tree_base base; };
struct sapling { struct tree_base base; int height; };
#define tree_flags base.flags
#define sap_parent base.parent
int tree_is_grown(const struct tree *tree);
static inline struct sapling *to_sapling(struct tree *tree) { return (struct sapling *)tree; }
static inline int tree_bears(struct tree *tree)
{
        /* Only grown trees have tree->tree_flags. */
        return tree_is_grown(tree) && (tree->tree_flags & 8);
}`,
      `
struct tree *bad(struct tree *tree)
{
        if (tree_is_grown(tree))
                return to_sapling(tree)->sap_parent;
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: to_sapling(tree)->sap_parent is used where tree_is_grown() is true …
        return to_sapling(tree)->sap_parent; // ok
}
int low(struct tree *tree)
{
        if (!tree_is_grown(tree))
                return tree->tree_flags & 1;
                       ^^^^^^^^^^^^^^^^ warning[wrong-union-state]: tree->tree_flags is used where tree_is_grown() is false …
        return tree->tree_flags & 1; // ok
}
`,
    );
  });
});

const stale = (header: string, code: string): void =>
  check(
    `
//- /include/linux/thing.h
${header}
//- /drivers/a.c
#include <linux/thing.h>
${code}
`,
    { rules: ['stale-union-member'] },
  );

describe('the bytes of a union hold what was stored last', () => {
  it('be it one element of an array that lies over a struct', () => {
    stale(
      `
struct vif { int number; };
struct key { int number; };
struct rate { signed char idx; unsigned short count:5, flags:11; };
/**
 * struct frame - a frame on its way
 * @control: union part for control
 * @control.rates: what to try
 * @control.vif: whom it is sent by (may be NULL)
 * @control.key: secret, or NULL
 * @ack: union part for answers
 * @ack.cookie: the sender's own number
 * @private_data: room for drivers
 */
struct frame {
        union {
                struct { struct rate rates[4]; struct vif *vif; struct key *key; } control;
                struct { unsigned long cookie; } ack;
                struct { struct rate rates[4]; int signal; unsigned char left; } status;
                void *private_data[5];
        };
};`,
      `
struct vif *bad(struct frame *f, void *mine)
{
        f->private_data[2] = mine;
        return f->control.vif;
               ^^^^^^^^^^^^^^ warning[stale-union-member]: control.vif is used, whose bytes in struct frame (include/linux/thing.h:17) hold private_data[2] since line 5. …
}
struct vif *cleared(struct frame *f, int signal)
{
        __builtin_memset(&f->status, 0, sizeof(f->status));
        f->status.signal = signal;
        return f->control.vif;
               ^^^^^^^^^^^^^^ warning[stale-union-member]: control.vif is used, whose bytes in struct frame (include/linux/thing.h:17) hold status since line 10. …
}
unsigned long number(struct frame *f)
{
        f->control.rates[0].idx = 0;
        f->control.rates[0].count = 1;
        return f->ack.cookie;
               ^^^^^^^^^^^^^ warning[stale-union-member]: ack.cookie is used, whose bytes in struct frame (include/linux/thing.h:18) hold control.rates[0].count since line 17. …
}
struct key *good(struct frame *f, void *mine, int n)
{
        f->private_data[2] = mine;
        use(f->control.key);            // ok: another element
        f->private_data[3] = f->control.key;
        use(f->control.key);            // ok: it is what was there
        f->private_data[n] = mine;
        return f->control.key;          // ok: which one is not known
}
struct vif *unused(struct frame *f)
{
        __builtin_memset(&f->status, 0, sizeof(f->status));
        return f->control.vif;          // ok: zero is no value of the other
}
int followed(struct frame *f, struct vif **vifs)
{
        f->status.rates[1].count = 1;
        return f->status.rates[0].idx;  // ok
}
`,
    );
  });

  it('where values of an enum or a function that takes out tell that there are two', () => {
    stale(
      `
struct way { int steps; };
enum value_type { VALUE_IS_TEXT, VALUE_IS_WAY };
struct value { enum value_type type; union { char *text; struct way *way; }; };
struct note { void (*call)(struct note *); struct note *next; };
struct work { int flags; void (*run)(struct work *); };
struct chain { union { struct note note; struct work work; }; };
static inline void init_work(struct work *work, void (*run)(struct work *)) { work->flags = 0; work->run = run; }
int remove_note(struct chain *from, struct note *note);
void keep_note(struct note *note);
void free(const void *what);`,
      `
void bad(struct value *v, struct way *way)
{
        v->way = way;
        v->type = VALUE_IS_WAY;
        free(v->text);
             ^^^^^^^ warning[stale-union-member]: text is used, whose bytes in struct value (include/linux/thing.h:4) hold way since line 5. …
}
void good(struct value *v, struct way *way)
{
        free(v->text);                  // ok
        v->way = way;
}
int cancel(struct chain *c, struct chain *from, void (*run)(struct work *))
{
        init_work(&c->work, run);
        return remove_note(from, &c->note);
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: remove_note() uses note, …
}
void put(struct chain *c, void (*run)(struct work *))
{
        init_work(&c->work, run);
        keep_note(&c->note);            // ok: it may store it
}
`,
    );
  });
});
