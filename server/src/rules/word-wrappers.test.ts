/** Functions of headers that give a tagged word out with its tags, and what their callers do with it. */
import { expect, it } from 'vitest';
import { wrappersIn } from '../facts/word-wrappers';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/depot.h
struct crate { int weight; };
struct info { void *keeper; };
struct depot {
        unsigned long slot;
        struct info *info;
};
#define DEPOT_FULL 1UL
#define depot_info(d) ((d)->info)
#define depot_keeper_raw(d) ((struct crate *)(depot_info(d)->keeper))
static inline struct crate *depot_crate(struct depot *d) { return (struct crate *)(d->slot & ~DEPOT_FULL); }
static inline unsigned long depot_slot(const struct depot *d)
{
        return d->slot;
}
static inline void depot_set_slot(struct depot *d, unsigned long slot) { d->slot = slot; }
static inline void depot_lend(struct depot *d, void *to) { depot_info(d)->keeper = (void *)((unsigned long)to | 1UL); }
static inline int depot_is_lent(struct depot *d) { return (unsigned long)depot_info(d)->keeper & 1UL; }
static inline void *depot_lent_to(struct depot *d) { return (void *)((unsigned long)depot_info(d)->keeper & ~1UL); }
static inline struct crate *depot_keeper(struct depot *d) { return d->slot ? depot_keeper_raw(d) : 0; }
`;

it('a word that a function of a header returns whole is followed like the member', () => {
  check(`${HEADERS}
//- /drivers/a.c
#include <linux/depot.h>
void take(struct crate *crate);
int weigh(struct depot *d, struct depot *other)
{
        unsigned long slot = depot_slot(d);

        depot_set_slot(other, depot_slot(d)); // ok
        if (!slot) // ok
                return 0;
        take((struct crate *)slot);
                             ^^^^ error[encoded-pointer]: slot is taken for a pointer as it is. …
        return depot_slot(d) & 1;
               ^^^^^^^^^^^^^ error[encoded-pointer]: depot_slot(d) is taken apart by hand. …
}
`);
});

it('a pointer that a function of a header makes of the word is not followed before anybody asks', () => {
  check(
    `${HEADERS}
//- /drivers/a.c
#include <linux/depot.h>
int bad(struct depot *d)
{
        struct crate *keeper = depot_keeper(d);

        return keeper ? keeper->weight : 0;
                        ^^^^^^ warning[unmasked-pointer]: keeper is taken for a pointer as it is. …
}
int good(struct depot *d)
{
        struct crate *keeper = depot_keeper(d);

        return keeper && !depot_is_lent(d) ? keeper->weight : 0; // ok
}
int there(struct depot *d)
{
        return depot_keeper(d) != 0; // ok
}
`,
    { rules: ['unmasked-pointer'] },
  );
});

it.each([
  ['static inline long f(struct x *x)\n{\n\treturn x->word;\n}\n', ['f']],
  ['static inline long f(struct x *x) { return x->word & ~MASK; }\n', []],
  ['static inline void f(struct x *x) { x->word = 0; }\n', []],
  ['#define word_of(x) ((x)->word)\nstatic inline long f(struct x *x) { return word_of(x); }\n', ['f']],
])('%s', (text, expected) => {
  expect(wrappersIn(text, 'word')).toEqual(expected);
});
