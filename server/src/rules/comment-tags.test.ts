/** Words of which a comment alone says that low bits are tags. */
import { expect, it } from 'vitest';
import { commentTags } from '../facts/comment-tags';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/gate.h
struct post { int height; };
struct gate {
        int width;
        /* bit 0 => 1 if it is open; bit 1 => 1 if it leads to another gate */
        union {
                unsigned long state;
                struct post *post;
                struct gate *next;
        };
        struct post *other;	/* the lowest bit says whether it is painted */
};
static struct post *parked;
static inline void park_post(struct post *post) { parked = post; }
//- /include/linux/post.h
int post_height(struct post *post);
`;

it('are followed as they are by functions that know nothing of it', () => {
  check(
    `${HEADERS}
//- /drivers/a.c
#include <linux/gate.h>
#include <linux/post.h>
int height(struct gate *gate)
{
        return gate->post->height;
               ^^^^^^^^^^ warning[unmasked-pointer]: gate->post is taken for a pointer as it is. Bits 0 and 1 of it are tags (include/linux/gate.h:7): include/linux/gate.h:4 has "bit 0 => 1 if it is open;". Take the tags off first.
}
int handed(struct gate *gate)
{
        struct post *post = gate->post;

        return post ? post_height(post) : 0;
                                  ^^^^ warning[unmasked-pointer]: post is taken for a pointer as it is. …
}
void parked(struct gate *gate)
{
        park_post(gate->post); // ok
}
int painted(struct gate *gate)
{
        return gate->other->height;
               ^^^^^^^^^^^ warning[unmasked-pointer]: gate->other is taken for a pointer as it is. Bit 0 of it is a tag …
}
static int leads(struct gate *gate) { return gate->state & 2; } // ok
int masked(struct gate *gate)
{
        return ((struct post *)(gate->state & ~3UL))->height; // ok
}
int asked(struct gate *gate)
{
        return leads(gate) ? gate->next->width : 0; // ok
}
void copied(struct gate *gate, struct gate *from)
{
        gate->next = from->next; // ok
        gate->state = 0; // ok
}
`,
    { rules: ['unmasked-pointer', 'encoded-pointer'] },
  );
});

it.each([
  ['\tstruct x *next; /* bit 0 is set if it is the last */', 'next 0'],
  ['\tvoid *word; /* Low two bits are flags. */', 'word 0,1'],
  ['\t/*\n\t * The low bit of the pointer indicates whether it is shared.\n\t */\n\tunsigned long word;', 'word 0'],
  ['\tstruct x *up; /* used to go up, and bit 0 is reused to mark what was seen */', 'up 0'],
  ['\tunion {\n\t\tunsigned long kind; /* bit 0: 0 = one, 1 = many */\n\t\tstruct x *one;\n\t};', 'kind 0 one 0'],
  // Numbers that hold no pointer, bits that are to stay clear, and words that nothing is said of.
  ['\tunsigned long flags; /* bit 0 is set if it is open */', ''],
  ['\tstruct x *next; /* bit 0 must be clear */', ''],
  ['\tstruct x *next; /* the low bit is never set */', ''],
  ['\tu32 low; /* low bits of the address */', ''],
  ['\tstruct x *next; /* lower 8 bits are flags */', ''],
  ['\t/* bit 0 is set in tails */\n\tunion {\n\t\tstruct { struct x *next; int n; };\n\t\tvoid *word;\n\t};', ''],
])('%s', (member, expected) => {
  const found = commentTags('/a.h', `struct x {\n${member}\n\tint n;\n};\n`);
  expect(found.map(({ member: name, bits }) => `${name} ${bits.join()}`).join(' ')).toBe(expected);
});

it('are named above their record, too, each with what is said of it', () => {
  check(
    `
//- /include/linux/chain.h
/**
 * struct chain - one link of a chain
 * @length: in units; the lowest two bits are flags
 * @next: the next link. The lowest bit is set where the chain ends.
 * @other: another link, never tagged
 */
struct chain {
        unsigned int length;
        struct chain *next;
        struct chain *other;
};
//- /drivers/a.c
#include <linux/chain.h>
unsigned int after(struct chain *chain)
{
        return chain->next->length + chain->other->length;
               ^^^^^^^^^^^ warning[unmasked-pointer]: chain->next is taken for a pointer as it is. Bit 0 of it is a tag (include/linux/chain.h:9): include/linux/chain.h:4 has "The lowest bit is set where the chain ends.". Take the tags off first.
}
`,
    { rules: ['unmasked-pointer'] },
  );
});

it('are followed through what casts to the type that is there, as rcu_dereference() does', () => {
  check(
    `
//- /include/linux/chain.h
struct chain {
        unsigned int length;
        struct chain *next; /* the lowest bit is set where the chain ends */
};
#define LOAD(x) ({ (void)0; (*(const volatile typeof(x) *)&(x)); })
#define DEREFERENCE(p) ({ typeof(*(p)) *__local = (typeof(*(p)) *)LOAD(p); (void)0; ((typeof(*(p)) *)(__local)); })
#define ACQUIRE(p) ({ typeof(*p) ___p1 = LOAD(*p); (void)0; ___p1; })
//- /drivers/a.c
#include <linux/chain.h>
unsigned int bad(struct chain *chain)
{
        return DEREFERENCE(chain->next)->length;
                           ^^^^^^^^^^^ warning[unmasked-pointer]: chain->next is taken for a pointer as it is. …
}
unsigned int worse(struct chain *chain)
{
        return ACQUIRE(&chain->next)->length;
                        ^^^^^^^^^^^ warning[unmasked-pointer]: chain->next is taken for a pointer as it is. …
}
unsigned int later(struct chain *chain)
{
        struct chain *next;

        next = DEREFERENCE(chain->next);
        return next->length;
               ^^^^ warning[unmasked-pointer]: next is taken for a pointer as it is. …
}
unsigned long marked(struct chain *chain) { return (unsigned long)DEREFERENCE(chain->next) & 1UL; } // ok
`,
    { rules: ['unmasked-pointer'] },
  );
});

it('an owner that stores a pointer as it is sets no tag, and follows what it stored', () => {
  const header = `
//- /include/linux/depot.h
struct crate { int weight; };
struct depot { void *keeper; };
static inline void *depot_keeper(struct depot *d) { return (void *)((unsigned long)d->keeper & ~1UL); }
static inline void depot_lend(struct depot *d, void *to) { d->keeper = (void *)((unsigned long)to | 1UL); }
//- /drivers/a.c
#include <linux/depot.h>
int weigh(struct depot *d)
{
        struct crate *crate = d->keeper;
`;
  check(
    `${header}
        return crate->weight; // ok
}
void own(struct depot *d, struct crate *crate)
{
        d->keeper = crate;
}
void leave(struct depot *d)
{
        d->keeper = (void *)0;
}
`,
    { rules: ['unmasked-pointer'] },
  );
  check(
    `${header.replace('d->keeper;\n', 'd->keeper;\n                              ^^^^^^^^^ warning[unmasked-pointer]: d->keeper is taken for a pointer as it is. …\n')}
        return crate->weight;
}
void lend(struct depot *d, struct crate *crate)
{
        d->keeper = (void *)((unsigned long)crate | 1UL);
}
`,
    { rules: ['unmasked-pointer'] },
  );
});

it('are flags of which a comment says no more than that a number holds them beside a pointer', () => {
  check(
    `
//- /include/linux/latch.h
struct task { int pid; };
struct latch {
        long count;     /* tasks and flags of theirs */
        /* Owner of the latch as well as flags on its state. */
        unsigned long owner;
        unsigned long entry;    /* pointer to a task plus flag bits */
        struct task *last;      /* a task with flags */
};
//- /drivers/a.c
#include <linux/latch.h>
int pid(struct latch *l)
{
        struct task *t = (struct task *)l->owner;
                                        ^^^^^^^^ error[encoded-pointer]: l->owner is taken for a pointer as it is. Bits 0, 1 and 2 of it are tags …
        return t->pid + ((struct task *)l->entry)->pid + l->last->pid;
                                        ^^^^^^^^ error[encoded-pointer]: l->entry is taken for a pointer as it is. …
}
int masked(struct latch *l)
{
        return ((struct task *)(l->owner & ~7UL))->pid; // ok
}
`,
    { rules: ['encoded-pointer', 'unmasked-pointer'] },
  );
});
