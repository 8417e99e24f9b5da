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
`,
      { rules: ['unasked-word'] },
    );
  });
});
