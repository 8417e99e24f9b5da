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
void memory_free(const void *object);
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
        memory_free(ref);
                    ^^^ error[encoded-pointer]: ref is taken for a pointer as it is. …
        memory_free(pass_of(ref)); // ok
}
`);
  });
});

describe('a word of a header', () => {
  const SHIP = `
//- /include/linux/ship.h
typedef unsigned long uintptr_t;
struct crate { int weight; };
typedef void (*unload_t)(struct crate *crate);
struct ship { unload_t unload; long next; unsigned long slot; };
static inline void ship_unload(struct ship *s, struct crate *c)
{
        unload_t fn = (unload_t)((uintptr_t)s->unload & ~1UL);

        fn(c);
}
static inline struct ship *ship_next(const struct ship *s)
{
        long way = s->next & ~3L;

        return (struct ship *)((unsigned long)&s->next + way);
}
static inline struct crate *ship_slot(const struct ship *s) { return (struct crate *)(s->slot & ~1UL); }
static inline void ship_lock_slot(struct ship *s, struct crate *c) { s->slot = (unsigned long)c | 1UL; }
`;

  it('is followed where a function is called through it', () => {
    check(
      `${SHIP}
//- /drivers/a.c
#include <linux/ship.h>
void run(struct ship *s, struct crate *c)
{
        s->unload(c);
        ^^^^^^^^^ warning[unmasked-pointer]: s->unload is taken for a pointer as it is. …
        ship_unload(s, c); // ok
}
`,
      { rules: ['unmasked-pointer'] },
    );
  });

  it('is followed where a sum with it becomes a pointer', () => {
    check(`${SHIP}
//- /drivers/a.c
#include <linux/ship.h>
struct ship *next(struct ship *s)
{
        return (struct ship *)((unsigned long)&s->next + s->next);
                                                         ^^^^^^^ error[encoded-pointer]: s->next is taken for a pointer as it is. …
}
long apart(struct ship *one, struct ship *other)
{
        return one->next + other->next; // ok: no pointer
}
`);
  });

  it('is known by a local from which an accessor takes the tags off in place', () => {
    check(
      `
//- /include/linux/lock.h
#define WAITERS 1UL
struct task { int pid; };
struct lock { struct task *owner; };
static inline struct task *lock_owner(struct lock *lock)
{
        unsigned long owner = (unsigned long)lock->owner;

        owner &= ~WAITERS;
        return (struct task *)owner;
}
//- /drivers/a.c
#include <linux/lock.h>
int pid(struct lock *lock)
{
        return lock->owner->pid;
               ^^^^^^^^^^^ warning[unmasked-pointer]: lock->owner is taken for a pointer as it is. …
}
int good(struct lock *lock)
{
        return lock_owner(lock)->pid; // ok
}
`,
      { rules: ['unmasked-pointer'] },
    );
  });

  it('is put together by a tag that is added to a pointer to bytes', () => {
    check(`${SHIP}
//- /drivers/a.c
#include <linux/ship.h>
void lock(struct ship *s, struct crate *c)
{
        s->slot = (unsigned long)((void *)c + 1UL);
        ^^^^^^^ error[encoded-pointer]: s->slot is put together by hand. …
}
`);
  });

  it('whose type alone says that it is tagged is known in files that name its members and functions alone', () => {
    check(`
//- /include/linux/shelf.h
#define __rcu
#define __aligned_in_smp __attribute__((__aligned__(64)))
struct book { int pages; };
struct marked_book;
struct shelf { int count; struct marked_book __rcu *places[4] __aligned_in_smp; };
struct marked_book __rcu *const *shelf_place(const struct shelf *shelf, int at);
static inline struct book *unmarked(struct marked_book *book)
{
        return (struct book *)((unsigned long)book & ~1UL);
}
//- /drivers/a.c
#include <linux/shelf.h>
struct book *at(const struct shelf *shelf, int at)
{
        return (struct book *)*shelf_place(shelf, at);
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: (struct book *)*shelf_place(shelf, at) is taken for a pointer as it is. …
}
struct book *good(const struct shelf *shelf, int at)
{
        return unmarked(*shelf_place(shelf, at)); // ok
}
`);
  });
});

describe('a number that holds a pointer and tags', () => {
  it('is not compared with the number of a pointer', () => {
    check(`
//- /include/linux/peer.h
struct peer { int nr; };
struct line { unsigned long word; };
static inline struct peer *line_peer(struct line *l) { return (struct peer *)(l->word & ~3UL); }
//- /drivers/a.c
#include <linux/peer.h>
int linked(struct line *l, struct line *other, struct peer *p, unsigned long kept)
{
        if (l->word == (unsigned long)p)
            ^^^^^^^ error[encoded-pointer]: l->word is taken for a pointer as it is. …
                return 1;
        return line_peer(l) == p || l->word == other->word || l->word == kept; // ok
}
`);
  });
});

describe('a header beside the file', () => {
  it('tells of pointers to what nobody defines, by the members that are declared with them, too', () => {
    check(`
//- /drivers/route.h
struct near { int state; };
struct near_ref;
static inline struct near *near_of(const struct near_ref *ref)
{
        return (struct near *)((unsigned long)ref & ~(unsigned long)15);
}
struct route { struct near_ref *near; };
//- /drivers/a.c
#include "route.h"
int state(struct route *r)
{
        return ((struct near *)r->near)->state;
               ^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: ((struct near *)r->near) is taken for a pointer as it is. Bits 0, 1, 2 and 3 of it are tags: …
}
int good(struct route *r) { return near_of(r->near)->state; } // ok
`);
  });
});

describe('a word that holds a function and tags', () => {
  const FENCE = `
//- /include/linux/fence.h
typedef int (*fence_fn)(int);
struct fence { unsigned long word; };
static inline fence_fn fence_function(struct fence *f) { return (fence_fn)(f->word & ~3UL); }
static inline void fence_set(struct fence *f, fence_fn fn)
{
        f->word = (unsigned long)fn | (f->word & 3UL);
}
`;

  it('takes functions that are declared with room for them, through its setter', () => {
    check(
      `${FENCE}
//- /drivers/a.c
#include <linux/fence.h>
static int __attribute__((aligned(4))) wide(int what) { return what; }
static int plain(int what) { return what; }
int look(struct fence *f)
{
        fence_set(f, wide); // ok
        fence_set(f, plain);
                     ^^^^^ warning[tag-bit-store]: plain goes into word, …
        f->word = (unsigned long)wide;
        ^^^^^^^ error[encoded-pointer]: f->word is put together by hand. …
        return f->word == (unsigned long)wide;
               ^^^^^^^ error[encoded-pointer]: f->word is taken for a pointer as it is. …
}
`,
      { rules: ['encoded-pointer', 'tag-bit-store'] },
    );
  });
});
