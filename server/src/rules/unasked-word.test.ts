/** The rule unasked-word: words of several kinds that are followed without a question. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/shelf.h
#define NULL ((void *)0)
typedef _Bool bool;
struct walk { int at; };
void *walk_load(struct walk *);
void *walk_next(struct walk *walk, int last);
static inline bool walk_again(struct walk *walk, const void *entry) { return walk->at < 0; }
bool entry_is_number(const void *entry);
#define walk_each(walk, entry, last) \\
        for (entry = walk_load(walk); entry; entry = walk_next(walk, last))
struct box { int weight; };
void lock_take(int *word);
#define walk_lock(walk) lock_take(&(walk)->at)
void box_open(struct box *box);
`;

describe('a word of several kinds', () => {
  it('is asked for its kind before it is followed or handed on', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/shelf.h>
int bad(struct walk *walk)
{
        struct box *box = walk_load(walk);
        return box != NULL ? box->weight : 0;
                             ^^^^^^^^^^^ warning[unasked-word]: box is followed as walk_load() returned it, which may be no pointer: nothing here asks walk_again() (include/linux/shelf.h:6) or another question. Ask first.
}
void each(struct walk *walk)
{
        struct box *box;
        walk_each(walk, box, 9)
                box_open(box);
                ^^^^^^^^^^^^^ warning[unasked-word]: box_open() is given box as walk_next() returned it, …
}
int good(struct walk *walk, struct box *own)
{
        struct box *box, *number, *other = walk_load(walk);
        walk_each(walk, box, 9) {
                if (walk_again(walk, box))
                        continue;
                box_open(box); // ok
        }
        number = walk_load(walk);
        if (!entry_is_number(number))
                box_open(number); // ok
        other = own;
        return other->weight; // ok
}
int locked(struct walk *other)
{
        struct walk walk = *other;
        struct box *box;
        walk_lock(&walk);
        box = walk_load(&walk);
        return box ? box->weight : 0; // ok
}
struct store { int shelf; };
struct made { int *shelf; };
void *made_load(struct made *);
static inline bool made_again(struct made *made, const void *entry) { return made->shelf != 0; }
int locks_what_it_walks(struct store *store)
{
        struct made made = { .shelf = &store->shelf };
        struct box *box;
        lock_take(&store->shelf);
        box = made_load(&made);
        return box ? box->weight : 0; // ok
}
int locks_what_it_walks_later(struct store *store)
{
        struct made made;
        struct box *box;
        made.shelf = &store->shelf;
        lock_take(&store->shelf);
        box = made_load(&made);
        return box ? box->weight : 0; // ok
}
struct holder { struct walk walk; int word; };
int locks_beside(struct holder *holder)
{
        struct box *box;
        lock_take(&holder->word);
        box = walk_load(&holder->walk);
        return box ? box->weight : 0;
                     ^^^^^^^^^^^ warning[unasked-word]: …
}
int locks_another(struct walk *walk, struct walk *other)
{
        struct box *box;
        walk_lock(other);
        box = walk_load(walk);
        return box ? box->weight : 0;
                     ^^^^^^^^^^^ warning[unasked-word]: …
}
`,
      { rules: ['unasked-word'] },
    );
  });

  it('is asked by the function whose kernel-doc says where the word comes from', () => {
    check(
      `
//- /include/linux/rack.h
static inline void *rack_load(void **slot) { return *slot; }
/**
 * rack_again - look again
 * @word: pointer returned by rack_load
 */
static inline int rack_again(void *word) { return (unsigned long)word & 2; }
struct box { int weight; };
//- /drivers/a.c
#include <linux/rack.h>
int bad(void **slot)
{
        struct box *box = rack_load(slot);
        return box ? box->weight : 0;
                     ^^^^^^^^^^^ warning[unasked-word]: box is followed as rack_load() returned it, which may be no pointer: nothing here asks rack_again() (include/linux/rack.h:6) or another question. Ask first.
}
int good(void **slot)
{
        struct box *box = rack_load(slot);
        return box && !rack_again(box) ? box->weight : 0; // ok
}
`,
      { rules: ['unasked-word'] },
    );
  });

  it('that ends a chain by an odd number is asked for, too, as there is no NULL', () => {
    check(
      `
//- /include/linux/chain.h
typedef _Bool bool;
#define NULL ((void *)0)
#define READ(x) (*(const volatile __typeof__(x) *)&(x))
#define entry_of(ptr, type, member) ({ void *at = (void *)(ptr); (type *)(at - __builtin_offsetof(type, member)); })
struct link { struct link *next; int weight; };
struct chain { struct link *first; };
static inline int is_end(const struct link *link) { return ((unsigned long)link & 1); }
static inline int is_empty(const struct chain *chain) { return is_end(chain->first); }
struct box { int size; struct link link; };
struct tree { struct link *root; };
void take(struct link *link);
//- /drivers/a.c
#include <linux/chain.h>
int bad(struct chain *chain)
{
        struct link *link = READ(chain->first);
        if (!link)
            ^^^^^ warning[unasked-word]: a pointer that was read from first is tested for NULL, though the end of its chain is another number: nothing here asks is_end() (include/linux/chain.h:7). Ask first.
                return 0;
        return link->weight;
               ^^^^^^^^^^^^ warning[unasked-word]: a pointer that was read from first is followed, which may be the end of a chain: …
}
struct box *worse(struct box *box)
{
        struct link *link = box->link.next;
        return entry_of(link, struct box, link);
               ^^^^^^^^ warning[unasked-word]: a pointer that was read from next is followed…
}
int good(struct chain *chain, struct link *given, struct tree *tree)
{
        struct link *link = chain->first;
        for (; !is_end(link); link = link->next) // ok
                ;
        return given->weight + tree->root->weight; // ok
}
int asked_of_all(struct chain *chain)
{
        return is_empty(chain) ? 0 : chain->first->weight; // ok
}
int asked_elsewhere(struct chain *chain, struct link *given)
{
        struct link *link = chain->first, *other = given;
        take(link);
        other = link;
        return link->weight + other->weight; // ok
}
`,
      { rules: ['unasked-word'] },
    );
  });
});

describe('the end of a chain', () => {
  it('is asked for by a header that includes the one of the links', () => {
    check(
      `
//- /include/linux/link-types.h
struct link { struct link *next; };
//- /include/linux/link.h
#include <linux/link-types.h>
typedef _Bool bool;
static inline bool link_is_end(const struct link *link) { return ((unsigned long)link & 1); }
//- /drivers/a.c
#include <linux/link.h>
struct link *bad(struct link *link)
{
        struct link *next = link->next;
        return next ? next->next : 0;
                      ^^^^^^^^^^ warning[unasked-word]: a pointer that was read from next is followed, which may be the end of a chain: nothing here asks link_is_end() (include/linux/link.h:3). Ask first.
}
struct link *good(struct link *link)
{
        struct link *next = link->next;
        return link_is_end(next) ? 0 : next->next; // ok
}
`,
      { rules: ['unasked-word'] },
    );
  });

  it('is nothing to the source that a header of its own is named for', () => {
    check(
      `
//- /include/linux/link_priv.h
struct link { struct link *next; };
typedef _Bool bool;
static inline bool link_is_far(const struct link *link) { return ((unsigned long)link & 1); }
//- /lib/link.c
#include <linux/link_priv.h>
struct link *up(struct link *link)
{
        struct link *next = link->next;
        return next ? next->next : 0; // ok
}
`,
      { rules: ['unasked-word'] },
    );
  });

  it('is looked for once in variables that are given to one another many times', () => {
    const names = Array.from({ length: 40 }, (_, index) => `x${index}`);
    const given = names.map((name) => names.map((other) => `${name} = ${other};`).join(' ')).join('\n');
    check(
      `
//- /include/linux/link.h
struct link { struct link *next; };
typedef _Bool bool;
static inline bool link_is_end(const struct link *link) { return ((unsigned long)link & 1); }
//- /drivers/a.c
#include <linux/link.h>
struct link *bad(struct link *link)
{
        struct link ${names.map((name) => `*${name} = link->next`).join(', ')};
        ${given}
        return x0->next; // ok
}
`,
      { rules: ['unasked-word'] },
    );
  });
});

describe('a chain whose last link holds a number', () => {
  it('is not followed until NULL, unless something asks', () => {
    check(
      `
//- /include/linux/piece.h
struct piece { union { struct piece *next; unsigned long rest; }; int size; };
static inline int piece_is_last(const struct piece *p) { return p->rest < sizeof(long); }
//- /drivers/a.c
#include <linux/piece.h>
int bad(struct piece *p)
{
        int sum = 0;

        while (p) {
                sum += p->size;
                p = p->next;
                    ^^^^^^^ warning[unasked-word]: a pointer that was read from next is tested for NULL, though the end of its chain is another number: nothing here asks piece_is_last() (include/linux/piece.h:2). Ask first.
        }
        return sum;
}
int good(struct piece *p, int n)
{
        int sum = 0;

        for (; p; p = p->next) { // ok
                sum += p->size;
                if (piece_is_last(p))
                        break;
        }
        while (n--)
                p = p->next; // ok: it is counted
        return sum;
}
`,
      { rules: ['unasked-word'] },
    );
  });
});
