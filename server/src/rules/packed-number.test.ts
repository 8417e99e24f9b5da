/** Numbers that share their word with others, taken for all of it. */
import { it } from 'vitest';
import { check } from '../testing/check';

const rules = ['packed-number'];

const HEADER = `
//- /include/linux/crate.h
#define CRATE_KIND_MASK 0x00ffU
#define CRATE_COLD 0x0100U
#define CRATE_WET 0x0200U
#define CRATE_KIND_TIN 1
#define CRATE_KIND_BOX 2
struct crate { unsigned int word; unsigned int other; int size; };
static inline unsigned int crate_kind(const struct crate *c)
{
        return c->word & CRATE_KIND_MASK;
}
static inline _Bool crate_is_cold(const struct crate *c)
{
        return c->word & CRATE_COLD;
}
`;

it('the number is asked for by its accessor where the whole is compared, switched on, an index, or counted with', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/crate.h>
int compare(struct crate *c) { return c->word == CRATE_KIND_BOX; }
                                      ^^^^^^^ warning[packed-number]: c->word is compared as a whole, and holds several numbers: include/linux/crate.h:9 has "return c->word & CRATE_KIND_MASK;". Use crate_kind().
int order(struct crate *c, int n) { return n < c->word; }
                                               ^^^^^^^ warning[packed-number]: c->word is compared as a whole, …
int index(struct crate *c, int *table) { return table[c->word]; }
                                                      ^^^^^^^ warning[packed-number]: c->word is an index as a whole, …
int count(struct crate *c) { return 4 * c->word; }
                                        ^^^^^^^ warning[packed-number]: c->word is counted with as a whole, …
int mask(struct crate *c) { return c->word & 0xff; }
                                   ^^^^^^^ warning[packed-number]: c->word is taken apart by numbers, …
int choose(struct crate *c)
{
        switch (c->word) {
                ^^^^^^^ warning[packed-number]: c->word is switched on as a whole, …
        case CRATE_KIND_TIN:
                return 1;
        case CRATE_KIND_BOX:
                return 2;
        }
        return 0;
}
int local(struct crate *c)
{
        unsigned int kind = c->word;

        return kind == CRATE_KIND_BOX;
               ^^^^ warning[packed-number]: kind is compared as a whole, …
}
int once(struct crate *c) { return *(const volatile unsigned int *)&c->word == CRATE_KIND_TIN; }
                                                                    ^^^^^^^ warning[packed-number]: c->word is compared as a whole, …
`,
    { rules },
  );
});

it('copies, named masks, whole words and what refuses other bits are right', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/crate.h>
void print(const char *format, ...);
void copy(struct crate *to, const struct crate *from)
{
        to->word = from->word; // ok
        to->word |= CRATE_WET; // ok
        print("%x", to->word); // ok
}
int same(struct crate *a, struct crate *b) { return a->word == b->word; } // ok
int empty(struct crate *a) { return a->word == 0; } // ok
int whole(struct crate *a) { return a->word == (CRATE_KIND_BOX | CRATE_COLD); } // ok
int other(struct crate *a) { return a->other == CRATE_KIND_BOX; } // ok
int named(struct crate *a) { return a->word & CRATE_WET; } // ok
int knows(struct crate *a)
{
        if (a->word & CRATE_WET)
                return 0;
        return a->word == CRATE_KIND_TIN; // ok
}
int bounded(struct crate *a, unsigned int most, int *table)
{
        if (a->word >= most)
                return -1;
        return table[a->word]; // ok
}
int wet(struct crate *a) { return a->word == CRATE_WET; } // ok
int accessor(struct crate *a) { return crate_kind(a) == CRATE_KIND_TIN; } // ok
void fresh(struct crate *a) { a->word = CRATE_KIND_TIN; } // ok
`,
    { rules },
  );
});

it('a file that stores the constant as the whole knows that it is', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/crate.h>
void fresh(struct crate *a) { a->word = CRATE_KIND_TIN; } // ok
int tin(struct crate *a) { return a->word == CRATE_KIND_TIN; } // ok
int box(struct crate *a) { return a->word == CRATE_KIND_BOX; }
                                  ^^^^^^^ warning[packed-number]: a->word is compared as a whole, …
`,
    { rules },
  );
});

it('the whole is overwritten with one number where a setter keeps the others', () => {
  check(
    `
//- /include/linux/crate.h
#define CRATE_KIND_MASK 7U
#define CRATE_KIND_TIN 1U
#define CRATE_SHIFT 3
struct crate {
        unsigned int word;
};
#define CRATE_KIND(c) ((c)->word & CRATE_KIND_MASK)
#define CRATE_PLACE(c) ((c)->word >> CRATE_SHIFT)
#define CRATE_SET_KIND(c, kind) ((c)->word = ((c)->word & ~CRATE_KIND_MASK) | (kind))
//- /drivers/a.c
#include <linux/crate.h>
void tin(struct crate *c) { c->word = CRATE_KIND_TIN; }
                            ^^^^^^^ warning[packed-number]: c->word is overwritten as a whole, …
int place(struct crate *c) { return c->word >> 3; }
                                    ^^^^^^^ warning[packed-number]: c->word is taken apart by numbers, and holds several numbers: include/linux/crate.h:7 has "#define CRATE_KIND(c) ((c)->word & CRATE_KIND_MASK)". Use CRATE_PLACE().
void copy(struct crate *c, struct crate *d) { c->word = d->word; } // ok
`,
    { rules },
  );
});

it('what nobody else has bits in is no such word, nor are pointers, flags, units and what a comment takes back', () => {
  check(
    `
//- /include/linux/ring.h
#define RING_MASK 0xffU
#define LID_OPEN 1U
#define LID_WIDE 2U
#define LID_HIGH 4U
#define PILE_MASK 0xffU
#define PILE_WET 0x100U
struct ring { unsigned int head; };
struct lid { unsigned int flags; };
struct pile {
        unsigned int word; /* overlint: not-derived(accessor) nobody sets the flag any more */
};
struct function { unsigned int number; };
static inline unsigned int ring_slot(struct ring *r) { return r->head & RING_MASK; }
static inline _Bool lid_is_wide(struct lid *l) { return l->flags & (LID_OPEN | LID_WIDE); }
static inline _Bool lid_is_high(struct lid *l) { return l->flags & LID_HIGH; }
static inline unsigned int pile_kind(struct pile *p) { return p->word & PILE_MASK; }
static inline _Bool pile_is_wet(struct pile *p) { return p->word & PILE_WET; }
#define FUNCTION_PORT(f) ((f)->number & 1)
#define FUNCTION_PATH(f) ((f)->number >> 1)
//- /drivers/a.c
#include <linux/ring.h>
int f(struct ring *r, struct lid *l, struct pile *p, struct function *f)
{
        if (r->head == 5 || l->flags == LID_OPEN || p->word == 3) // ok
                return 0;
        return f->number + 3; // ok
}
`,
    { rules },
  );
});

it('reads numbers that are taken out by a constant in between, by halves, and by a macro of the number', () => {
  check(
    `
//- /include/linux/bag.h
#define BAG_MOST (1 << 15)
#define BAG_SHIFT 16
#define BAG_LOW ((1 << BAG_SHIFT) - 1)
#define BAG_SIZE(word) ((word) & 0x7ff)
#define BAG_TIMES_MASK (3 << 11)
#define BAG_TIMES(word) (((word) & BAG_TIMES_MASK) >> 11)
struct bag {
        unsigned short length;
        unsigned int users;
        unsigned short packet; /* size in the lower bits, times above */
};
static inline int bag_length(struct bag *b)
{
        return b->length <= BAG_MOST ? b->length : (b->length - BAG_MOST);
}
static inline void bag_mark(struct bag *b) { b->length |= BAG_MOST; }
static inline _Bool bag_is_alone(struct bag *b)
{
        int users = b->users;
        users = (users & BAG_LOW) - (users >> BAG_SHIFT);
        return users == 1;
}
static inline int bag_packet(struct bag *b) { return BAG_SIZE(b->packet); }
static inline int bag_times(struct bag *b) { return BAG_TIMES(b->packet) + 1; }
//- /drivers/a.c
#include <linux/bag.h>
int end(struct bag *b, int start) { return start + b->length; }
                                                   ^^^^^^^^^ warning[packed-number]: b->length is counted with as a whole, …
int alone(struct bag *b) { return b->users == 1; }
                                  ^^^^^^^^ warning[packed-number]: b->users is compared as a whole, and holds several numbers: include/linux/bag.h:19 has "int users = b->users;". Use bag_is_alone().
int packets(struct bag *b, int *sizes) { return sizes[b->packet]; }
                                                      ^^^^^^^^^ warning[packed-number]: b->packet is an index as a whole, …
`,
    { rules },
  );
});

it('a comment that speaks of ranges of bits is enough', () => {
  check(
    `
//- /include/linux/pot.h
struct pot {
        /* Bits 0 - 23 = size
         * Bits 24 - 30 = kind
         * Bit 31 = it is lent
         */
        unsigned int word;
        unsigned short where;   /* low 10 bits: shelf, the house above */
        unsigned short weight;  /* bits 0-15 of what it weighs */
};
unsigned int pot_size(const struct pot *pot);
//- /drivers/a.c
#include <linux/pot.h>
int fits(const struct pot *pot, unsigned int size) { return size <= pot->word; }
                                                                    ^^^^^^^^^ warning[packed-number]: pot->word is compared as a whole, and holds several numbers: include/linux/pot.h:2 has "Bits 0 - 23 = size Bits 24 - 30 = kind Bit 31 = it is lent". Use pot_size().
int shelf(const struct pot *pot, int *shelves) { return shelves[pot->where]; }
                                                                ^^^^^^^^^^ warning[packed-number]: pot->where is an index as a whole, and holds several numbers: include/linux/pot.h:7 has "low 10 bits: shelf, the house above". Take the other bits off first.
int by_hand(const struct pot *pot) { return pot->where & 0x3ff; } // ok
int weight(const struct pot *pot) { return pot->weight * 2; } // ok
`,
    { rules },
  );
});
