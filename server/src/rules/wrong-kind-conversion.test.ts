/** The rule wrong-kind-conversion: conversions and uses behind a test that says the other kind. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/part.h
typedef _Bool bool;
#define WARN_ON(x) ({ int failed = !!(x); failed; })
struct part { int kind; };
struct leaf { struct part part; };
struct sure { struct part part; };
bool part_is_leaf(const struct part *part);
static inline struct leaf *part_to_leaf(struct part *part) { return (struct leaf *)part; }
bool part_is_sure(struct part *part);
static inline struct sure *part_to_sure(struct part *part) { return part_is_sure(part) ? (struct sure *)part : 0; }
typedef unsigned long handle_t;
bool handle_is_slot(handle_t handle);
static inline struct part *handle_part(handle_t handle)
{
        if (WARN_ON(handle_is_slot(handle)))
                return 0;
        return (struct part *)handle;
}
bool word_is_number(const void *word);
unsigned long word_to_number(const void *word);
bool IS_BAD(const void *p);
long PTR_BAD(const void *p);
void part_change(struct part *part);
`;

describe('a conversion', () => {
  it('is not for the kind that a test has ruled out', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/part.h>
struct leaf *bad(struct part *part, struct part *other)
{
        if (part_is_leaf(part))
                return part_to_leaf(part); // ok
        if (part->kind)
                return part_to_leaf(part);
                       ^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: part_to_leaf() is called where part_is_leaf() is false (tested at line 4): part_is_leaf() says when part_to_leaf() may be called (include/linux/part.h:6). Do it on the other branch.
        part_change(part);
        return part_to_leaf(part); // ok
}
struct sure *asks_itself(struct part *part)
{
        return part_is_sure(part) ? 0 : part_to_sure(part); // ok
}
struct part *asserted(handle_t handle)
{
        if (!handle_is_slot(handle))
                return handle_part(handle); // ok
        return handle_part(handle);
               ^^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: handle_part() is called where handle_is_slot() is true …
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });

  it('of a word to a number leaves no pointer', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/part.h>
int bad(struct part *part, struct part *other)
{
        if (word_is_number(part) && part->kind)
                                    ^^^^^^^^^^ warning[wrong-kind-conversion]: a pointer is followed where word_is_number() is true …
                return 1;
        if (IS_BAD(other) && part->kind == 3)
                return &other->kind != 0; // ok
        if (IS_BAD(other)) {
                part_change(other);
                return other->kind;
                       ^^^^^^^^^^^ warning[wrong-kind-conversion]: …
        }
        return PTR_BAD(other) + other->kind;
               ^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: PTR_BAD() is called where IS_BAD() is false …
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });
});
