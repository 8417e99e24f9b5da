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
