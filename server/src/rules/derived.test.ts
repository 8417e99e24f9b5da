/** Rules on what headers say by themselves, of a subsystem that no pack knows. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/depot.h
struct crate { int weight; };
struct depot {
        /* A struct crate with two flags in it. */
        unsigned long slot;
        void *keeper;
        int count; /* do not use directly, call depot_count() */
        int plain;
};
#define DEPOT_FULL 1UL
#define DEPOT_COLD 2UL
static inline struct crate *depot_crate(struct depot *d)
{
        return (struct crate *)(d->slot & ~(DEPOT_FULL | DEPOT_COLD));
}
static inline int depot_is_full(struct depot *d) { return d->slot & DEPOT_FULL; }
static inline void *depot_keeper(struct depot *d) { return (void *)((unsigned long)d->keeper & ~DEPOT_FULL); }
static inline int depot_count(struct depot *d) { return d->count; }
`;

describe('a header that no pack knows', () => {
  it('tells encoded-pointer of its tagged words', () => {
    check(`${HEADERS}
//- /drivers/a.c
#include <linux/depot.h>
int weigh(struct depot *d, struct depot *other, struct crate *crate)
{
        struct crate *by_hand = (struct crate *)(d->slot & ~3UL);
                                                 ^^^^^^^ error[encoded-pointer]: d->slot is taken apart by hand. Bits 0 and 1 of it are tags (include/linux/depot.h:4): include/linux/depot.h:13 has "return (struct crate *)(d->slot & ~(DEPOT_FULL | DEPOT_COLD));". Use depot_crate().
        unsigned long parked = d->slot; // ok
        other->slot = parked; // ok
        d->slot = (unsigned long)crate | DEPOT_FULL;
        ^^^^^^^ error[encoded-pointer]: d->slot is put together by hand. …
        if (!d->slot) // ok
                return 0;
        return by_hand->weight + ((struct crate *)parked)->weight;
                                                  ^^^^^^ error[encoded-pointer]: parked is taken for a pointer as it is. …
}
`);
  });

  it('tells unmasked-pointer of the pointer that it masks, and reserved-member of its comment', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/depot.h>
int weigh(struct depot *d)
{
        struct crate *keeper = d->keeper;
                               ^^^^^^^^^ warning[unmasked-pointer]: d->keeper is taken for a pointer as it is. …
        void *carried = d->keeper; // ok
        if (carried && d->plain) // ok
                return d->count;
                       ^^^^^^^^ warning[reserved-member]: d->count is documented as private: "do not use directly, call depot_count()" (include/linux/depot.h:6). Use depot_count().
        return keeper->weight + depot_count(d);
}
`,
      { rules: ['unmasked-pointer', 'reserved-member'] },
    );
  });

  it('may tag pointers to what nobody defines, without a function that puts tags in', () => {
    check(`${HEADERS}
struct note;
struct note_ref;
static inline struct note *note_of(struct note_ref *ref) { return (struct note *)((unsigned long)ref & ~3UL); }
//- /drivers/a.c
#include <linux/depot.h>
unsigned long weigh(struct depot *d)
{
        return d->slot & ~3UL;
               ^^^^^^^ error[encoded-pointer]: d->slot is taken apart by hand. …
}
`);
  });
});
