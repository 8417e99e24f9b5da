/** The rule wrong-union-state: members of unions behind tests that say another state. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/job.h
#define JOB_SPECIAL 4UL
#define JOB_LOST 8UL
enum job_kind { JOB_WAITS, JOB_RUNS };
struct list_head { struct list_head *next, *prev; };
struct job {
    unsigned long flags;
    enum job_kind kind;
    /* entry is for queues. special must only be used if JOB_SPECIAL is set, and never twice. */
    union {
        struct list_head entry;
        struct { int length; } special;
    };
    union {
        int age; /* only valid when ->kind is JOB_RUNS */
        int due; /* valid unless job_runs() */
        int free; /* for whoever wants it */
        int taken; /* overlint: not-derived(valid-when) both agree; only valid if JOB_LOST is set */
    };
    int alone; /* only valid if JOB_SPECIAL is set */
};
static inline int job_runs(const struct job *job) { return job->kind == JOB_RUNS; }
static inline int job_is_special(struct job *job) { return (job->flags & JOB_SPECIAL) != 0; }
void job_change(struct job *job);
`;

const said = (code: string): void =>
  check(`${HEADERS}\n//- /drivers/a.c\n#include <linux/job.h>\n${code}`, { rules: ['wrong-union-state'] });

describe('a member of a union', () => {
  it('may be looked at to refuse it where it is set', () => {
    said(`
int refuse(struct job *job)
{
        if (!(job->flags & JOB_SPECIAL) && job->special.length) // ok
                return -22;
        if (!(job->flags & JOB_SPECIAL) && job->special.length != 0) { // ok
                return -22;
        }
        if (!(job->flags & JOB_SPECIAL) && job->special.length > 3)
                                           ^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: …
                return -22;
        if (!(job->flags & JOB_SPECIAL) && job->special.length)
                                           ^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: …
                job_change(job);
        return 0;
}
`);
  });

  it('is asked about by its own record, and by all constants that begin with its name', () => {
    check(
      `
//- /include/linux/operand.h
#define WHERE_REG 0
#define WHERE_FILE 1
#define WHERE_FILE_COPY 2
enum kind { KIND_REG, KIND_MEM };
struct operand { enum kind kind; union { int *reg; long mem; } at; };
struct step { struct operand from, to; };
struct order { int where; union { int *reg; struct { int size; } file; } u; };
//- /drivers/a.c
#include <linux/operand.h>
long f(struct step *step)
{
        if (step->from.kind == KIND_REG) {
                step->to.at.mem++;
                return step->to.at.mem; // ok
        }
        if (step->from.kind != KIND_MEM)
                return step->from.at.mem;
                       ^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: …
        return 0;
}
int g(struct order *order)
{
        if (order->where != WHERE_FILE)
                return order->u.file.size; // ok
        return *order->u.reg;
                ^^^^^^^^^^^^ warning[wrong-union-state]: …
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('may be read again where the test itself has read it', () => {
    check(
      `
//- /include/linux/iu.h
enum iu_op { IU_LOGIN = 0, IU_RESET = 2, IU_ANSWER = 0xc1 };
struct iu_login { u8 op; u8 flags; };
struct iu_reset { u8 op; u8 why; };
struct iu_answer { u8 op; u8 status; };
union iu { struct iu_login login; struct iu_reset reset; struct iu_answer answer; };
//- /drivers/a.c
typedef unsigned char u8;
#include <linux/iu.h>
void say(int op);
int f(union iu *iu)
{
        if (iu->answer.op != IU_ANSWER) {
                if (iu->answer.status)
                    ^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: iu->answer.status is used where answer.op is not IU_ANSWER …
                        say(iu->answer.op); // ok
                return 0;
        }
        switch (iu->answer.op) {
        case IU_ANSWER:
                return iu->answer.status; // ok
        default:
                say(iu->answer.op); // ok
        }
        return 0;
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is not to be read where the flag that makes it valid is clear', () => {
    said(`
int bad(struct job *job)
{
        return !(job->flags & JOB_SPECIAL) && job->special.length;
                                              ^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: job->special.length is used where JOB_SPECIAL is not set (tested at line 5): "special must only be used if JOB_SPECIAL is set, and never twice." (include/linux/job.h:8). Use it on the other branch.
}
int by_function(struct job *job)
{
        if (!job_is_special(job))
                return job->special.length + job->alone;
                       ^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: job->special.length is used where JOB_SPECIAL is not set …
        return job->special.length; // ok
}
int good(struct job *job, struct job *other)
{
        if (job->flags & JOB_SPECIAL)
                return job->special.length; // ok
        if (job->flags & JOB_LOST)
                return other->special.length; // ok
        job->special.length = 3; // ok
        job->flags |= JOB_SPECIAL;
        return job->special.length; // ok
}
int changed(struct job *job)
{
        if (!(job->flags & JOB_SPECIAL))
                job_change(job);
        return job->special.length; // ok
}
`);
  });

  it('is not to be read in another kind, or where a predicate says the other', () => {
    said(`
int bad(struct job *job)
{
        if (job->kind == JOB_WAITS)
                return job->age;
                       ^^^^^^^^ warning[wrong-union-state]: job->age is used where kind is JOB_WAITS …
        if (job_runs(job))
                return job->due + job->free;
                       ^^^^^^^^ warning[wrong-union-state]: job->due is used where job_runs() is true …
        if (!(job->flags & JOB_LOST))
                return job->taken; // ok
        return job->due + job->age;
                          ^^^^^^^^ warning[wrong-union-state]: job->age is used where …
}
`);
  });

  it('is followed by the labels of a switch, which exclude each other', () => {
    said(`
int bad(struct job *job)
{
        switch (job->kind) {
        case JOB_WAITS:
                return job->age;
                       ^^^^^^^^ warning[wrong-union-state]: job->age is used where kind is JOB_WAITS (tested at line 6): "only valid when ->kind is JOB_RUNS" (include/linux/job.h:14). Use it on the other branch.
        case JOB_RUNS:
                job->flags = job->age; // ok
                return job->due;
                       ^^^^^^^^ warning[wrong-union-state]: job->due is used where kind is JOB_RUNS …
        default:
                return job->age;
                       ^^^^^^^^ warning[wrong-union-state]: job->age is used where kind is not JOB_RUNS …
        }
}
int none(struct job *job)
{
        switch (job->kind) {
        case JOB_RUNS:
                return 1;
        }
        return job->age;
               ^^^^^^^^ warning[wrong-union-state]: job->age is used where kind is not JOB_RUNS …
}
int shared(struct job *job)
{
        switch (job->kind) {
        case JOB_WAITS:
        case JOB_RUNS:
                return job->age; // ok
        default:
                return 0;
        }
}
int falls(struct job *job, int n)
{
        switch (job->kind) {
        case JOB_WAITS:
                n++;
                fallthrough:
        case JOB_RUNS:
                n += job->age; // ok
                break;
        }
        switch (n) {
        case 1:
                return job->age; // ok
        }
        return n;
}
`);
  });

  it('is followed where a variable, an accessor or a wrapper gives the state', () => {
    said(`
#define READ(x) ({ (void)0; *(const volatile __typeof__(x) *)&(x); })
static enum job_kind kind_of(struct job *job) { return job->kind; }
int by_variable(struct job *job)
{
        enum job_kind kind = READ(job->kind);
        int runs = job_runs(job);

        job->flags = 3;
        switch (kind) {
        case JOB_WAITS:
                return job->age;
                       ^^^^^^^^ warning[wrong-union-state]: job->age is used where kind is JOB_WAITS …
        default:
                return runs ? job->due : job->age; // ok
        }
}
int by_answer(struct job *job)
{
        _Bool runs = job_runs(job);

        if (runs)
                return job->due;
                       ^^^^^^^^ warning[wrong-union-state]: job->due is used where job_runs() is true …
        return kind_of(job) == JOB_WAITS ? job->age : 0;
                                           ^^^^^^^^ warning[wrong-union-state]: job->age is used where …
}
int by_changed(struct job *job, struct job *other)
{
        enum job_kind kind = job->kind;

        job->kind = JOB_RUNS;
        if (kind == JOB_WAITS)
                return job->age; // ok
        kind = other->kind;
        job_change(other);
        if (kind == JOB_WAITS)
                return other->age; // ok
        kind = other->kind;
        other = job;
        return kind == JOB_WAITS ? other->age : 0; // ok
}
`);
  });

  it('stays known where other members are stored and messages are printed, until its own is', () => {
    said(`
int printf(const char *format, ...);
int bad(struct job *job)
{
        if (job->kind == JOB_WAITS) {
                job->flags = 0;
                printf("%p", job);
                return job->age;
                       ^^^^^^^^ warning[wrong-union-state]: job->age is used where kind is JOB_WAITS …
        }
        return 0;
}
int good(struct job *job, struct job *same)
{
        if (job->kind == JOB_WAITS) {
                same->kind = JOB_RUNS;
                return job->age; // ok
        }
        return 0;
}
`);
  });

  it("is not to be read where the header's own functions read another", () => {
    check(
      `
//- /include/linux/place.h
typedef struct { union { void *near; long far; int any; }; _Bool is_near : 1; } place_t;
struct many { int kind; union { int one; int two; }; };
static inline _Bool place_is_near(place_t place) { return place.is_near; }
static inline long place_at(place_t place) { return place_is_near(place) ? (long)place.near : place.far; }
static inline long place_or(place_t place) { if (!place_is_near(place)) return place.far + place.any; return *(long *)place.near; }
static inline int many_one(struct many *m) { return m->kind == 1 ? m->one : 0; }
void use(long x);
//- /drivers/a.c
#include <linux/place.h>
long bad(place_t place)
{
        if (place_is_near(place)) {
                use(1);
                return place.far;
                       ^^^^^^^^^ warning[wrong-union-state]: place.far is used where place_is_near() is true (tested at line 4): "all 2 reads of far in this header stand where place_is_near() is false" (include/linux/place.h:4). Use it on the other branch.
        }
        return 0;
}
long worse(place_t place)
{
        if (!place.is_near)
                return (long)place.near;
                             ^^^^^^^^^^ warning[wrong-union-state]: place.near is used where is_near is not set …
        return 0;
}
long good(place_t place, struct many *m)
{
        if (m->kind == 2)
                return m->one; // ok
        return place.is_near ? (long)place.near : place.far + place.any; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('of which a comment above its struct speaks is any of that struct, which may have no name', () => {
    check(
      `
//- /include/linux/reg.h
enum reg_type { REG_MAP, REG_VALUE, REG_PACKET };
struct reg {
        enum reg_type type;
        union {
                int first; /* only valid if REG_MAP */
                int bits; /* only valid if REG_FLAG is set */
        };
        union {
                /* valid only when type is REG_MAP */
                struct {
                        int map;
                        int (*look)(struct reg *r);
                };
                /* valid only when type is REG_VALUE */
                struct { int low; int high; } value;
                struct { int size; } packet; /* Valid IFF type is REG_PACKET. */
        };
};
//- /drivers/a.c
#include <linux/reg.h>
int f(struct reg *r)
{
        switch (r->type) {
        case REG_MAP:
                return r->map + r->value.low;
                                ^^^^^^^^^^^^ warning[wrong-union-state]: r->value.low is used where type is REG_MAP …
        case REG_VALUE:
                return r->look(r);
                       ^^^^^^^ warning[wrong-union-state]: r->look is used where type is REG_VALUE (tested at line 7): …
        default:
                return r->packet.size; // ok
        }
}
int unnamed(struct reg *r)
{
        if (r->type == REG_PACKET)
                return r->bits + r->first;
                                 ^^^^^^^^ warning[wrong-union-state]: r->first is used where type is REG_PACKET …
        return 0;
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('of which a macro of the header reads its argument behind both answers is in no state for that', () => {
    check(
      `
//- /include/linux/place.h
struct place { _Bool is_near; union { void *near; long far; }; };
#define PLACE_VALUE(p, value) ((p)->is_near ? (long)(value) : -(long)(value))
#define PLACE_NEAR(p, value) ((p)->is_near ? (value) : (void *)0)
static inline long place_far(struct place *p) { return PLACE_VALUE(p, p->far); }
static inline long place_far_again(struct place *p) { return p->is_near ? 0 : p->far; }
static inline void *place_near(struct place *p) { return PLACE_NEAR(p, p->near); }
//- /drivers/a.c
#include <linux/place.h>
long both(struct place *p)
{
        if (p->is_near)
                return p->far; // ok
        return (long)p->near;  // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('that only some objects have, as a function says, is neither used nor handed to whoever uses it for others', () => {
    check(
      `
//- /include/net/tree.h
struct tree_base { int age; union { unsigned long flags; void *seed; }; };
struct tree { struct tree_base base; int height; };
#define tree_flags base.flags
int tree_is_grown(const struct tree *tree);
static inline int tree_flag(const struct tree *tree, unsigned long flag)
{
        return flag > 8 ? (tree->tree_flags & flag) != 0 : (tree->tree_flags & flag) == flag;
}
static inline int tree_bears(struct tree *tree)
{
        /* Only grown trees have tree->tree_flags. */
        return !tree_is_grown(tree) || !tree_flag(tree, 8);
}
//- /drivers/a.c
#include <net/tree.h>
unsigned long bad(struct tree *tree)
{
        if (!tree_is_grown(tree))
                return tree->tree_flags;
                       ^^^^^^^^^^^^^^^^ warning[wrong-union-state]: tree->tree_flags is used where tree_is_grown() is false (tested at line 4): "Only grown trees have tree->tree_flags." (include/net/tree.h:11). Use it on the other branch.
        return tree->height;
}
int worse(struct tree *tree)
{
        return !tree_is_grown(tree) && tree_flag(tree, 16);
                                       ^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: tree_flag(tree, 16) is used where tree_is_grown() is false …
}
unsigned long good(struct tree *tree)
{
        if (!tree_is_grown(tree))
                return tree_bears(tree) + tree->height; // ok
        return tree->tree_flags + tree_flag(tree, 16);  // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('of several states is any of them', () => {
    check(
      `
//- /include/linux/reg.h
enum reg_type { REG_MAP, REG_VALUE, REG_PACKET };
struct reg {
        enum reg_type type;
        union {
                int map; /* valid when type == REG_MAP | REG_VALUE */
                int range; /* valid once type is REG_PACKET */
        };
};
//- /drivers/a.c
#include <linux/reg.h>
int f(struct reg *r)
{
        if (r->type == REG_VALUE)
                return r->map; // ok
        if (r->type == REG_MAP)
                return r->range;
                       ^^^^^^^^ warning[wrong-union-state]: r->range is used where type is REG_MAP …
        return 0;
}
`,
      { rules: ['wrong-union-state'] },
    );
  });
});

describe('a member whose state is said or shown in other ways', () => {
  const parcel = (code: string): void =>
    check(
      `
//- /include/linux/parcel.h
enum parcel_kind { PARCEL_NONE, PARCEL_BOX, PARCEL_LETTER, PARCEL_LONG_BOX };
#define SIZE_SMALL 1
#define SIZE_LARGE 2
#define OTHER_SMALL 1
#define PARCEL_LATE 4
/**
 * struct parcel - A parcel.
 * @m.shelf: for parcels with size == SIZE_SMALL; where it lies
 * @m.hall:	for parcels with size == SIZE_LARGE
 */
struct parcel {
        enum parcel_kind kind;
        int size;
        unsigned int flags;
        union {
                struct { int weight; long depth; } box;
                struct { int weight; char *text; } letter;
                int alone;
        };
        union {
                int stamp; /* PARCEL_LETTER only */
                /* For PARCEL_BOX | PARCEL_LONG_BOX parcels: how many bands. */
                int bands;
                struct { /* for PARCEL_NONE */ int rest; };
        };
        union { int shelf; long hall; } m;
        union { struct parcel *from; unsigned long expires; };
        union { short code; char letter_code; };
        unsigned char code_kind;
};
#define CODE_IS_CODE 0
#define CODE_IS_LETTER 1
static inline void parcel_set_code(struct parcel *p, short code) { p->code = code; p->code_kind = CODE_IS_CODE; }
static inline void parcel_set_letter(struct parcel *p, char code) { p->letter_code = code; p->code_kind = CODE_IS_LETTER; }
struct crate { struct parcel parcel; };
static inline long crate_left(struct crate *c) { return c->parcel.flags & PARCEL_LATE ? c->parcel.expires : 0; }
static inline long crate_late(struct crate *c) { return c->parcel.flags & PARCEL_LATE ? c->parcel.expires : 0; }
static inline long parcel_raw(struct parcel *p) { return p->expires; }
static inline void *crate_from(struct crate *c) { if (c->parcel.flags & PARCEL_LATE) return 0; return c->parcel.from; }

//- /drivers/a.c
#include <linux/parcel.h>
${code}`,
      { rules: ['wrong-union-state'] },
    );

  it('is told by the names of constants, unless both members hold the same there', () => {
    parcel(`
long bad(struct parcel *p)
{
        switch (p->kind) {
        case PARCEL_BOX:
                return p->letter.text != 0;
                       ^^^^^^^^^^^^^^ warning[wrong-union-state]: p->letter.text is used where kind is PARCEL_BOX (tested at line 6): "PARCEL_LETTER has the name of letter" (include/linux/parcel.h:17)…
        case PARCEL_LETTER:
                return p->letter.text != 0 && p->box.weight; // ok
        case PARCEL_LONG_BOX:
                return p->letter.weight; // ok
        default:
                return p->alone + p->box.depth;
                                  ^^^^^^^^^^^^ warning[wrong-union-state]: p->box.depth is used where kind is not PARCEL_BOX …
        }
}
`);
  });

  it('is told by short comments, by one of several constants, and by the constant of another name', () => {
    parcel(`
long bad(struct parcel *p)
{
        if (p->kind == PARCEL_LONG_BOX)
                return p->bands + p->stamp;
                                  ^^^^^^^^ warning[wrong-union-state]: p->stamp is used where kind is PARCEL_LONG_BOX …
        if (p->kind == PARCEL_LETTER)
                return p->stamp + p->bands;
                                  ^^^^^^^^ warning[wrong-union-state]: p->bands is used where kind is PARCEL_LETTER …
        if (p->kind != PARCEL_BOX)
                return p->bands; // ok: there is another constant
        return p->rest;
               ^^^^^^^ warning[wrong-union-state]: p->rest is used where kind is PARCEL_BOX …
}
long by_size(struct parcel *p)
{
        if (p->size == SIZE_SMALL)
                return p->m.hall;
                       ^^^^^^^^^ warning[wrong-union-state]: p->m.hall is used where size is SIZE_SMALL …
        return 0;
}
long by_alias(struct parcel *p)
{
        return p->size == OTHER_SMALL ? p->m.shelf : 0; // ok: the same value
}
`);
  });

  it('is told by what functions of the header store with it, and by what nearly all of them ask', () => {
    parcel(`
long bad(struct parcel *p)
{
        if (p->code_kind == CODE_IS_LETTER)
                return p->code;
                       ^^^^^^^ warning[wrong-union-state]: p->code is used where code_kind is CODE_IS_LETTER (tested at line 5): "a function of this header stores code together with CODE_IS_CODE"…
        return p->code; // ok
}
void *embedded(struct crate *c)
{
        if (c->parcel.flags & PARCEL_LATE)
                return c->parcel.from;
                       ^^^^^^^^^^^^^^ warning[wrong-union-state]: c->parcel.from is used where PARCEL_LATE is set …
        return c->parcel.from; // ok
}
`);
  });

  it('is told by the part of a member under a mask', () => {
    check(
      `
//- /include/linux/node.h
#define NODE_TYPE_MASK 15
#define NODE_DIR 1
#define NODE_LINK 2
#define NODE_NEW 16
struct node { int flags; union { struct { long children; } dir; struct { struct node *to; } link; }; };
static inline int node_type(struct node *n) { return n->flags & NODE_TYPE_MASK; }
//- /drivers/a.c
#include <linux/node.h>
struct node *bad(struct node *n)
{
        if (node_type(n) == NODE_DIR && (n->flags & NODE_NEW) == NODE_NEW)
                return n->link.to;
                       ^^^^^^^^^^ warning[wrong-union-state]: n->link.to is used where flags & NODE_TYPE_MASK is NODE_DIR …
        return node_type(n) == NODE_LINK ? n->link.to : 0; // ok
}
`,
      { rules: ['wrong-union-state'] },
    );
  });
});
