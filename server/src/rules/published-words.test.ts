/** Stores through rcu_assign_pointer() and its like, walks that begin at a parameter, and casts that take const away. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const CHAIN = `
//- /include/linux/chain.h
#define CHAIN_LOCK 1UL
#define NULL ((void *)0)
typedef unsigned long uintptr_t;
#define WRITE_ONCE(x, v) do { *(volatile typeof(x) *)&(x) = (v); } while (0)
#define store_behind(p, v) do { WRITE_ONCE(*p, v); } while (0)
#define publish(p, v) do { uintptr_t own = (uintptr_t)(v); if (__builtin_constant_p(v) && (own) == (uintptr_t)NULL) WRITE_ONCE((p), (typeof(p))(own)); else store_behind(&p, (typeof((p) + 0))((typeof(*p) *)own)); } while (0)
struct link { struct link *next, **back; int n; };
struct chain { struct link *first; };
static inline struct link *chain_first(struct chain *c)
{
        return (struct link *)((unsigned long)c->first & ~CHAIN_LOCK);
}
static inline int chain_empty(struct chain *c) { return !((unsigned long)c->first & ~CHAIN_LOCK); }
static inline void chain_set(struct chain *c, struct link *l)
{
        c->first = (struct link *)((unsigned long)l | CHAIN_LOCK);
}
struct knot { struct knot *next; void *word; unsigned long num; int n; };
static inline struct knot *knot_next(struct knot *k) { return (struct knot *)((unsigned long)k->next & ~CHAIN_LOCK); }
static inline struct link *knot_word(struct knot *k) { return (struct link *)((unsigned long)k->word & ~CHAIN_LOCK); }
`;
describe('a word that code publishes to', () => {
  it('loses tags that its setters keep, and no others', () => {
    check(
      `${CHAIN}
//- /drivers/a.c
#include <linux/chain.h>
void locked(struct chain *c, struct link *l)
{
        publish(c->first, l);
                ^^^^^^^^ error[encoded-pointer]: c->first is put together by hand. …
        publish(c->first, (void *)l);
                ^^^^^^^^ error[encoded-pointer]: c->first is put together by hand. …
        publish(c->first, NULL); // ok
}
void plain(struct knot *k, struct knot *next, struct link *l)
{
        publish(k->next, next); // ok
        publish(k->word, (void *)l); // ok
        publish(k->next, (struct knot *)((unsigned long)next | CHAIN_LOCK));
                ^^^^^^^ error[encoded-pointer]: k->next is put together by hand. …
}
`,
      { rules: ['encoded-pointer', 'unmasked-pointer'] },
    );
  });
});

describe('a tagged link', () => {
  it('is followed by a walk that begins at a parameter', () => {
    check(
      `${CHAIN}
//- /drivers/a.c
#include <linux/chain.h>
int walk(struct knot *k)
{
        int n = k->n; // ok

        for (; k; k = k->next)
                      ^^^^^^^ warning[unmasked-pointer]: k->next is taken for a pointer as it is. …
                n++;
        return n;
}
int masked(struct knot *k)
{
        for (; k; k = knot_next(k)) // ok
                if (k->n) // ok
                        return 1;
        return 0;
}
`,
      { rules: ['unmasked-pointer'] },
    );
  });

  it('is followed through casts that take const away', () => {
    check(
      `${CHAIN}
//- /drivers/a.c
#include <linux/chain.h>
int next(const struct knot *k)
{
        const struct knot *m = k->next;

        return ((struct knot *)m)->n;
                               ^ warning[unmasked-pointer]: m is taken for a pointer as it is. …
}
int word(const struct knot *k)
{
        const void *m = k->word;
        struct link *l = (void *)m;
                                 ^ warning[unmasked-pointer]: m is taken for a pointer as it is. …

        return l->n;
}
`,
      { rules: ['unmasked-pointer'] },
    );
  });
});
