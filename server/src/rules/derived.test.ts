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
                                                 ^^^^^^^ error[encoded-pointer]: d->slot is taken apart by hand. Bits 0 and 1 of it are tags (include/linux/depot.h:4): include/linux/depot.h:13 has "return (struct crate *)(d->slot & ~(DEPOT_FULL | DEPOT_COLD));". Use depot_crate(), or depot_is_full() for the tag.
        unsigned long parked = d->slot; // ok
        other->slot = parked; // ok
        d->slot = (unsigned long)crate | DEPOT_FULL; // ok
        d->slot = (unsigned long)crate | 1;
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

  it('lets those follow a pointer who store what an allocator gave, or hand it on to those who store it', () => {
    check(
      `${HEADERS}
struct depot_setup { int size; void *keeper; };
void *make(int size);
//- /drivers/a.c
#include <linux/depot.h>
int made(struct depot *d)
{
        d->keeper = make(4);
        return ((struct crate *)d->keeper)->weight; // ok
}
//- /drivers/b.c
#include <linux/depot.h>
void depot_open(struct depot *d, struct depot_setup *setup);
int handed(struct depot *d, struct crate *crate)
{
        struct depot_setup setup = { .size = 2, .keeper = crate };
        struct crate *keeper = d->keeper; // ok
        depot_open(d, &setup);
        return keeper->weight;
}
//- /drivers/c.c
#include <linux/depot.h>
int other(struct depot *d, struct crate *crate)
{
        struct depot_setup setup = { .keeper = (void *)((unsigned long)crate | 1) };
        struct crate *keeper = d->keeper;
                               ^^^^^^^^^ warning[unmasked-pointer]: …
        return keeper->weight;
}
`,
      { rules: ['unmasked-pointer'] },
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

  it('follows its words through what exchanges them, frees them or hands them on', () => {
    check(
      `${HEADERS}
void kfree(const void *p);
//- /include/linux/exchange.h
#define exchange(p, v) ({ __typeof__(*(p)) __ret = (v); asm volatile("xchg %0, %1" : "+r" (__ret), "+m" (*(p)) : : "memory"); __ret; })
//- /drivers/a.c
#include <linux/depot.h>
#include <linux/exchange.h>
static unsigned long slot_of(struct depot *d)
{
        return d->slot;
}
static unsigned long far_slot(struct depot *d)
{
        return slot_of(d);
}
int weigh(struct depot *d)
{
        unsigned long old = exchange(&d->slot, 0UL);

        kfree((void *)old);
                      ^^^ error[encoded-pointer]: old is taken for a pointer as it is. …
        kfree(d->keeper);
              ^^^^^^^^^ warning[unmasked-pointer]: d->keeper is taken for a pointer as it is. …
        d->slot = slot_of(d); // ok
        if (far_slot(d)) // ok
                return ((struct crate *)far_slot(d))->weight;
                                        ^^^^^^^^^^^ error[encoded-pointer]: far_slot(d) is taken for a pointer as it is. …
        return ((struct crate *)exchange(&d->slot, 0UL))->weight;
                                ^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: exchange(&d->slot, 0UL) is taken for a pointer as it is. …
}
`,
      { rules: ['encoded-pointer', 'unmasked-pointer'] },
    );
  });

  it('follows its words through atomic reads, casts to another pointer, and what is composed by hand', () => {
    check(`
//- /include/linux/lane.h
struct atomic { long counter; };
long atomic_take(const struct atomic *v);
long atomic_swap(struct atomic *v);
struct lane_dev { int id; };
struct lane_anon { int id; };
struct lane { struct atomic owner; struct lane_dev *device; };
struct lane_token;
#define lane_owner(l) ((struct lane_dev *)(atomic_take(&(l)->owner) & ~3UL))
static inline int lane_is_anon(struct lane *l) { return (unsigned long)l->device & 1; }
static inline struct lane_anon *lane_anon(struct lane *l)
{
        return (struct lane_anon *)((unsigned long)l->device & ~1UL);
}
static inline struct lane_dev *token_device(struct lane_token *t) { return (struct lane_dev *)((unsigned long)t & ~1UL); }
//- /drivers/a.c
#include <linux/lane.h>
int bad(struct lane *l, struct lane_dev *device, struct lane_token **token)
{
        *token = (struct lane_token *)((unsigned long)device | 1);
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: (struct lane_token *)((unsigned long)device | 1) is put together by hand. …
        if (atomic_take(&l->owner) & 2)
            ^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: atomic_take(&l->owner) is taken apart by hand. …
                return ((struct lane_anon *)l->device)->id;
                                            ^^^^^^^^^ error[encoded-pointer]: l->device is taken for a pointer as it is. …
        return ((struct lane_dev *)atomic_take(&l->owner))->id;
                                   ^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: atomic_take(&l->owner) is taken for a pointer as it is. …
}
int good(struct lane *l, struct lane_token **token, unsigned long word)
{
        long parked = atomic_take(&l->owner); // ok
        *token = (struct lane_token *)word;   // ok
        return parked != 0 && l->device->id + lane_owner(l)->id; // ok
}
`);
  });

  it('carries its words over to the records that asserts lay over theirs', () => {
    check(`
//- /include/linux/sheet.h
struct group { int id; };
struct sheet { unsigned long flags; unsigned long data; unsigned long plain; };
struct leaf { unsigned long flags; unsigned long extra; unsigned long plain; };
struct copy { unsigned long flags; unsigned long data; };
#define LEAF_MATCH(a, b) _Static_assert(__builtin_offsetof(struct sheet, a) == __builtin_offsetof(struct leaf, b), "")
LEAF_MATCH(flags, flags);
LEAF_MATCH(data, extra);
static inline struct group *sheet_group(struct sheet *sheet) { return (struct group *)(sheet->data & ~3UL); }
//- /drivers/a.c
#include <linux/sheet.h>
int f(struct sheet *sheet, struct copy *copy)
{
        struct leaf *leaf = (struct leaf *)sheet;
        struct group *plain = (struct group *)leaf->plain; // ok
        struct group *copied = (struct group *)copy->data; // ok
        return plain->id + copied->id + ((struct group *)leaf->extra)->id;
                                                         ^^^^^^^^^^^ error[encoded-pointer]: leaf->extra is taken for a pointer as it is. Bits 0 and 1 of it are tags (include/linux/sheet.h:3): include/linux/sheet.h:8 has "static inline struct group *sheet_group(struct sheet *sheet) { return (struct group *)(sheet->data & ~3UL); }". Use sheet_group().
}
`);
  });

  it('may ask whether there is a pointer without the tags, and then others must not ask for the whole word', () => {
    const head = `
//- /include/linux/row.h
struct stone { struct stone *next; };
struct row { struct stone *first; struct stone *last; };
#define ROW_LOCKED 1UL
static inline struct stone *row_first(struct row *r) { return (struct stone *)((unsigned long)r->first & ~ROW_LOCKED); }
static inline int row_empty(struct row *r) { return !((unsigned long)r->first & ~ROW_LOCKED); }
static inline struct stone *row_last(struct row *r) { return (struct stone *)((unsigned long)r->last & ~ROW_LOCKED); }
static inline int row_open(struct row *r) { return !((unsigned long)r->last & ~ROW_LOCKED) || !r->last; }
`;
    check(`${head}
//- /drivers/a.c
#include <linux/row.h>
int look(struct row *r)
{
        struct stone *stone = r->first;

        if (r->first == (void *)0)
            ^^^^^^^^ error[encoded-pointer]: r->first is tested for zero as a whole, though tags alone are no pointer. Bit 0 of it is a tag …
                return 0;
        if (!stone || r->last) // the header does the same with last
             ^^^^^ error[encoded-pointer]: stone is tested for zero as a whole, …
                return 1;
        r->first = (void *)0; // ok
        return row_empty(r); // ok
}
`);
  });

  it('may ask for a tag, and follow the word as it is where the tag is clear', () => {
    check(`
//- /include/linux/meter.h
struct cell { int count; };
struct meter { unsigned long cells; unsigned long flags; };
#define METER_DEAD 1UL
static inline int meter_cell(struct meter *m, struct cell **cell)
{
        unsigned long word = m->cells;
        if (word & METER_DEAD)
                return 0;
        *cell = (struct cell *)word;
        return 1;
}
static inline int meter_hot(struct meter *m) { return m->flags & METER_DEAD; }
//- /drivers/a.c
#include <linux/meter.h>
int read(struct meter *m)
{
        if (m->flags & METER_DEAD) // ok
                return 0;
        return ((struct cell *)m->cells)->count;
                               ^^^^^^^^ error[encoded-pointer]: m->cells is taken for a pointer as it is. …
}
`);
  });

  it('may leave members out of its kernel-doc, and have functions for them', () => {
    check(
      `
//- /include/linux/reader.h
/**
 * struct reader - reads ahead
 * @file: what is read
 */
struct reader {
        int file;
        /* private: use the accessors instead */
        int _index, _more;
        int _count;
        int _lost; // nobody offers it
        /* public: */
        int size;
};
/* private: */
struct plain { int file; /* private: */ int kept; };
static inline int reader_count(struct reader *r)
{
        return r->_count + r->size;
}
static inline int plain_kept(struct plain *p)
{
        return p->kept;
}
//- /drivers/a.c
#include <linux/reader.h>
int f(struct reader *r, struct plain *p)
{
        r->size += reader_count(r) + r->_lost + p->kept; // ok
        return r->_count;
               ^^^^^^^^^ warning[reserved-member]: r->_count is documented as private: "private: use the accessors instead" (include/linux/reader.h:7). Use reader_count().
}
`,
      { rules: ['reserved-member'] },
    );
  });
});

describe('tags that a header puts in and takes off by way of locals', () => {
  const WHEEL = `
//- /include/linux/wheel.h
struct wheel_base { int now; };
struct wheel_timer { struct wheel_base *base; struct { struct wheel_timer *next; } link; };
#define WHEEL_FLAGS 3UL
static inline void wheel_set_base(struct wheel_timer *timer, struct wheel_base *to)
{
        unsigned long flags = (unsigned long)timer->base & WHEEL_FLAGS;

        timer->base = (struct wheel_base *)((unsigned long)to | flags);
}
struct gate { long key; };
static inline struct wheel_base *gate_base(struct gate *gate)
{
        long offset = gate->key & ~3L;

        return (struct wheel_base *)((unsigned long)&gate->key + offset);
}
struct lock_head {};
static inline struct wheel_base *lock_base(struct lock_head *head)
{
        return (struct wheel_base *)((unsigned long)head & ~1UL);
}
static inline struct wheel_timer *timer_link(struct wheel_timer *timer)
{
        return (struct wheel_timer *)((unsigned long)timer->link.next & ~1UL);
}
#define holder_of(pointer, type, at) ({ void *inner = (void *)(pointer); ((type *)(inner - (at))); })
`;

  it('are lost by a plain pointer where a setter keeps them, and make it another number than one', () => {
    check(
      `${WHEEL}
//- /drivers/a.c
#include <linux/wheel.h>
struct wheel_base *current_base(void);
int move(struct wheel_timer *timer, struct wheel_timer *other, struct wheel_base *to)
{
        timer->base = to;
        ^^^^^^^^^^^ error[encoded-pointer]: timer->base is put together by hand. …
        other->base = timer->base; // ok
        other->base = 0; // ok
        if (timer->base == other->base) // ok
                return 0;
        if (timer->base == current_base())
            ^^^^^^^^^^^ warning[unmasked-pointer]: timer->base is taken for a pointer as it is. …
                return 1;
        return timer->base == to;
               ^^^^^^^^^^^ warning[unmasked-pointer]: timer->base is taken for a pointer as it is. …
}
`,
      { rules: ['encoded-pointer', 'unmasked-pointer'] },
    );
  });

  it('are known in an offset, in pointers to an empty struct, and behind what counts bytes back', () => {
    check(
      `${WHEEL}
//- /drivers/a.c
#include <linux/wheel.h>
struct wheel_timer *bad(struct gate *gate, struct lock_head *head, struct wheel_timer *timer)
{
        gate->key |= 2;
        ^^^^^^^^^ error[encoded-pointer]: gate->key is taken apart by hand. …
        if ((unsigned long)head & 1)
            ^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: (unsigned long)head is taken apart by hand. …
                return 0;
        return holder_of(timer->link.next, struct wheel_timer, 0);
                         ^^^^^^^^^^^^^^^^ warning[unmasked-pointer]: timer->link.next is taken for a pointer as it is. …
}
`,
      { rules: ['encoded-pointer', 'unmasked-pointer'] },
    );
  });
});
