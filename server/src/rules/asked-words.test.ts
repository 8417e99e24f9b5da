/** Words whose header asks a pointer for a tag, and words with more flags than a pointer to anything leaves free. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const GHOSTS = `
//- /include/linux/crate.h
struct crate { int size; int count; };
void crate_put(struct crate *c);
//- /include/linux/depot.h
struct crate;
struct depot { int room; struct crate *front, *back; };
struct lorry { int wheels; };
#define NULL ((void *)0)
#define CRATE_NEVER ((void *)(-1))
static inline _Bool crate_is_ghost(struct crate *c)
{
        return (long)c & 1;
}
`;

describe('a header that asks a pointer for a tag', () => {
  it('says of the members of that type that they may be none', () => {
    check(
      `${GHOSTS}
//- /drivers/a.c
#include <linux/crate.h>
#include <linux/depot.h>
int weigh(struct depot *d)
{
        struct crate *c = d->back;

        crate_put(d->front);
                  ^^^^^^^^ warning[unmasked-pointer]: d->front is taken for a pointer as it is. Bit 0 of it is a tag (include/linux/depot.h:2): include/linux/depot.h:8 has "return (long)c & 1;". Use crate_is_ghost().
        if (c && c->size) // 2
                 ^ warning[unmasked-pointer]: c is taken for a pointer as it is. …
                return 1;
        return d->front->size;
               ^^^^^^^^ warning[unmasked-pointer]: d->front is taken for a pointer as it is. …
}
int asked(struct depot *d, struct depot *other)
{
        struct crate *c = d->front;

        other->room = c == other->front; // ok
        return c && !crate_is_ghost(c) ? c->size : 0; // ok
}
int compared(struct depot *d)
{
        struct crate *c = d->front;

        return c != CRATE_NEVER ? c->size : 0; // ok
}
`.replace(/ \/\/ 2/, ''),
      { rules: ['unmasked-pointer'] },
    );
  });

  it('offers to do what is masked by hand', () => {
    check(
      `${GHOSTS}
//- /drivers/a.c
#include <linux/crate.h>
#include <linux/depot.h>
int ghosts(struct depot *d)
{
        return (unsigned long)d->front & 1;
                              ^^^^^^^^ error[encoded-pointer]: d->front is taken apart by hand. …
}
`,
      { rules: ['encoded-pointer'] },
    );
  });

  it('says nothing of words that the file fills itself', () => {
    check(
      `${GHOSTS}
//- /drivers/a.c
#include <linux/crate.h>
#include <linux/depot.h>
void fill(struct depot *d, struct crate *c) { d->front = c; }
int size(struct depot *d) { return d->front->size; } // ok
`,
      { rules: ['unmasked-pointer', 'unasked-word'] },
    );
  });
});

const FLAGS = `
//- /include/linux/lane.h
#define LANE_BIT(n) (1UL << (n))
enum { LANE_BUSY_BIT, LANE_HELD_BIT, LANE_LAST_BIT, LANE_LATE_BIT, LANE_END_BIT };
#define LANE_BUSY LANE_BIT(LANE_BUSY_BIT)
#define LANE_HELD LANE_BIT(LANE_HELD_BIT)
#define LANE_LATE LANE_BIT(LANE_LATE_BIT)
#define LANE_MASK (~(LANE_BIT(LANE_END_BIT) - 1))
struct stone { long weight; };
struct lane { unsigned long map; unsigned long offset; };
#define NULL ((void *)0)
static inline struct stone *lane_stones(const struct lane *l)
{
        unsigned long map = l->map;
        map &= LANE_MASK;
        return (struct stone *)map;
}
static inline struct stone *lane_start(const struct lane *l) { return (struct stone *)(l->offset & ~15UL); }
static inline int lane_is_busy(const struct lane *l) { return l && (l->map & LANE_BUSY); }
static inline int lane_is_late(const struct lane *l) { return l && (l->map & LANE_LATE); }
`;

describe('flags below a pointer that have names', () => {
  it('are asked for by these, and taken off by the accessor', () => {
    check(
      `${FLAGS}
//- /drivers/a.c
#include <linux/lane.h>
int look(struct lane *l, struct stone *stones, unsigned long before)
{
        struct stone *all = (struct stone *)l->map;
                                            ^^^^^^ error[encoded-pointer]: l->map is taken for a pointer as it is. Bits 0, 1, 2 and 3 of it are tags (include/linux/lane.h:8): include/linux/lane.h:13 has "map &= LANE_MASK;". Use lane_stones(), or lane_is_busy() for the tag.
        if (l->map & 2)
            ^^^^^^ error[encoded-pointer]: l->map is taken apart by hand. …
                l->map = (unsigned long)(stones - 4);
                ^^^^^^ error[encoded-pointer]: l->map is put together by hand. …
        if (l->map & LANE_HELD) // ok
                l->map &= ~LANE_HELD; // ok
        l->map = (unsigned long)NULL; // ok
        return l->offset & 2 || l->map == before; // ok
}
`,
      { rules: ['encoded-pointer', 'tag-bit-store'] },
    );
  });
});

describe('flags that a header names and answers for in part', () => {
  it('are asked for by their names where no function answers', () => {
    check(`
//- /include/linux/tunnel.h
struct port { int mtu; };
struct tunnel { unsigned long word; };
#define TUNNEL_HELD 1UL
#define TUNNEL_QUIET 2UL
static inline struct port *tunnel_port(struct tunnel *t)
{
        return (struct port *)(t->word & ~(TUNNEL_HELD | TUNNEL_QUIET));
}
static inline int tunnel_is_quiet(struct tunnel *t) { return (t->word & TUNNEL_QUIET) != 0; }
//- /drivers/a.c
#include <linux/tunnel.h>
int look(struct tunnel *t, struct tunnel *other)
{
        if (t->word & TUNNEL_HELD) // ok
                other->word = t->word & ~TUNNEL_HELD; // ok
        if (t->word & 1)
            ^^^^^^^ error[encoded-pointer]: t->word is taken apart by hand. …
                return 1;
        return t->word & TUNNEL_QUIET;
               ^^^^^^^ error[encoded-pointer]: t->word is taken apart by hand. …
}
struct port *port(struct tunnel *t)
{
        return (struct port *)(t->word & ~(TUNNEL_HELD | TUNNEL_QUIET));
                               ^^^^^^^ error[encoded-pointer]: t->word is taken apart by hand. …
}
`);
  });
});

describe('a word that nobody offers to store', () => {
  it('may be put together with the flag of the header', () => {
    check(`
//- /include/linux/slab.h
struct vector { int size; };
struct block { unsigned long vector; };
#define BLOCK_VECTOR 1UL
static inline struct vector *block_vector(struct block *b)
{
        return (struct vector *)(b->vector & ~BLOCK_VECTOR);
}
//- /drivers/a.c
#include <linux/slab.h>
void attach(struct block *b, struct vector *v)
{
        b->vector = (unsigned long)v | BLOCK_VECTOR; // ok
        b->vector = (unsigned long)v | 1;
        ^^^^^^^^^ error[encoded-pointer]: b->vector is put together by hand. …
}
`);
  });
});
