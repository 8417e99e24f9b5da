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
});
