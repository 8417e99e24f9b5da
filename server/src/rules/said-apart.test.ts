/** Members that a comment keeps for the functions that it names, in words about who else wants them. */
import { it } from 'vitest';
import { check } from '../testing/check';

it('are left to them, and one that is only not to be assigned may be read', () => {
  check(
    `
//- /include/linux/punt.h
struct punt {
        int stamp; /* Completion order; not to be looked at but with punt_stamp(). */
        /*
         * How many may follow; taken away while it is queued: use punt_set_budget() and never assign it.
         */
        int budget;
        int used; /* bytes, cropping still pending; what everybody else wants is punt_payload() */
};
int punt_stamp(const struct punt *p);
void punt_set_budget(struct punt *p, int budget);
static inline int punt_payload(const struct punt *p) { return p->used > 4 ? p->used - 4 : 0; }
//- /drivers/a.c
#include <linux/punt.h>
int stamp(struct punt *p) { return p->stamp; }
                                   ^^^^^^^^ warning[reserved-member]: p->stamp is documented as private: …
int right(struct punt *p) { return punt_stamp(p) + punt_payload(p); } // ok
void feed(struct punt *p, int budget) { p->budget = budget; }
                                        ^^^^^^^^^ warning[reserved-member]: p->budget is documented as private: "use punt_set_budget() and never assign it." (include/linux/punt.h:4). Use punt_set_budget().
int budget(struct punt *p) { return p->budget; } // ok
int used(struct punt *p) { return p->used; }
                                  ^^^^^^^ warning[raw-member]: p->used is to be used through an accessor: …
`,
    { rules: ['reserved-member', 'raw-member'] },
  );
});
