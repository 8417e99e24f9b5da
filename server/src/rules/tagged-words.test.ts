/** Tagged words of headers in further spellings: walks, locks in list heads, tags in what is aligned to more, opaque pointers. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const CHAIN = `
//- /include/linux/chain.h
#define CHAIN_LOCK 1UL
#define NULL ((void *)0)
struct link { struct link *next, **back; };
struct chain { struct link *first; };
static inline void chain_init(struct chain *c) { c->first = NULL; }
static inline struct link *chain_first(struct chain *c)
{
        return (struct link *)((unsigned long)c->first & ~CHAIN_LOCK);
}
static inline int chain_empty(struct chain *c) { return !((unsigned long)c->first & ~CHAIN_LOCK); }
static inline void chain_set(struct chain *c, struct link *l)
{
        c->first = (struct link *)((unsigned long)l | CHAIN_LOCK);
}
static inline void chain_cut(struct link *l)
{
        struct link *next = l->next;
        struct link **back = l->back;

        *back = (struct link *)((unsigned long)next | ((unsigned long)*back & CHAIN_LOCK));
}
`;

describe('a list head with a lock in it', () => {
  it('loses it where a plain pointer is stored', () => {
    check(`${CHAIN}
//- /drivers/a.c
#include <linux/chain.h>
void push(struct chain *c, struct link *l)
{
        l->back = &c->first; // ok
        c->first = l;
        ^^^^^^^^ error[encoded-pointer]: c->first is put together by hand. …
        c->first = NULL; // ok
        chain_set(c, l); // ok
}
`);
  });

  it('is no first link to walk from', () => {
    check(
      `${CHAIN}
//- /drivers/a.c
#include <linux/chain.h>
int count(struct chain *c)
{
        struct link *l;
        int n = 0;
        for (l = c->first; l; l = l->next)
                 ^^^^^^^^ warning[unmasked-pointer]: c->first is taken for a pointer as it is. …
                n++;
        for (l = chain_first(c); l; l = l->next) // ok
                n++;
        return n;
}
struct link *unlocked(struct chain *c, struct link *other)
{
        struct link *l = c->first; // ok
        if ((unsigned long)l & CHAIN_LOCK)
                return other;
        for (; l; l = l->next)
                other = l;
        return other;
}
`,
      { rules: ['unmasked-pointer'] },
    );
  });
});

const LANES = `
//- /include/linux/lane.h
struct lane_desc { unsigned int regs[8]; } __attribute__((aligned(32)));
struct lane_near { unsigned int regs[8]; };
#define LANE_BUSY 8UL
#define LANE_LAST 16UL
#define LANE_FLAGS (LANE_BUSY | LANE_LAST)
struct lane { unsigned long word, plain; };
static inline struct lane_desc *lane_desc(const struct lane *l) { return (struct lane_desc *)(l->word & ~LANE_FLAGS); }
static inline void lane_set(struct lane *l, struct lane_desc *d) { l->word = (unsigned long)d | (l->word & LANE_FLAGS); }
static inline struct lane_near *lane_near(const struct lane *l) { return (struct lane_near *)(l->plain & ~LANE_FLAGS); }
`;

describe('tags in a pointer that is aligned to more', () => {
  it('are known by what is masked off, and only where its alignment leaves room', () => {
    check(`${LANES}
//- /drivers/a.c
#include <linux/lane.h>
unsigned int first(struct lane *l)
{
        return ((struct lane_desc *)l->word)->regs[0];
                                    ^^^^^^^ error[encoded-pointer]: l->word is taken for a pointer as it is. Bits 3 and 4 of it are tags …
}
unsigned int near(struct lane *l) { return ((struct lane_near *)l->plain)->regs[0]; } // ok
`);
  });

  it('are taken off once: behind that a local is a pointer', () => {
    check(`${LANES}
//- /drivers/a.c
#include <linux/lane.h>
unsigned int masked(struct lane *l)
{
        unsigned long w = l->word;
        w &= ~31UL;
        ^ error[encoded-pointer]: w is taken apart by hand. …
        return ((struct lane_desc *)w)->regs[1]; // ok
}
`);
  });
});

describe('a pointer to what nobody defines', () => {
  it('is not followed by way of a pointer to void', () => {
    check(`
//- /include/linux/pass.h
struct pass { int gate; };
typedef struct marked_pass *pass_ref;
static inline struct pass *pass_of(pass_ref ref) { return (struct pass *)((unsigned long)ref & ~1UL); }
static inline int pass_is_own(pass_ref ref) { return (unsigned long)ref & 1UL; }
static inline pass_ref pass_make(struct pass *p, unsigned long own) { return (pass_ref)((unsigned long)p | own); }
void pass_put(struct pass *p);
void queue(void *cookie);
//- /drivers/a.c
#include <linux/pass.h>
void drop(pass_ref ref)
{
        struct pass *p = (void *)ref;
                         ^^^^^^^^^^^ error[encoded-pointer]: (void *)ref is taken for a pointer as it is. …
        pass_put((void *)ref);
                 ^^^^^^^^^^^ error[encoded-pointer]: (void *)ref is taken for a pointer as it is. …
        queue((void *)ref); // ok
        pass_put(p);
        pass_put(pass_of(ref)); // ok
}
`);
  });
});
