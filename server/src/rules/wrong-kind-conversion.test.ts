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
enum part_kind { PART_TWIG, PART_ROOT, PART_BUD };
struct root { struct part part; };
struct bud { struct part part; };
static inline bool part_is_bud(const struct part *part) { return (1 << part->kind) & ((1 << PART_TWIG) | (1 << PART_BUD)); }
static inline struct bud *part_to_bud(struct part *part) { return (struct bud *)part; }
static inline bool part_is_root(const struct part *part) { return part->kind == PART_ROOT; }
static inline struct root *part_to_root(struct part *part) { return (struct root *)part; }
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

  it('is not for the kind that a label, a variable or another value of the tested member has ruled out', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/part.h>
struct root *by_label(struct part *part)
{
        switch (part->kind) {
        case PART_BUD:
                return part_to_root(part);
                       ^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: part_to_root() is called where kind is PART_BUD (tested at line 5): part_is_root() says when part_to_root() may be called (include/linux/part.h:28). Do it on the other branch.
        case PART_TWIG:
        case PART_ROOT:
                return part_to_root(part); // ok
        default:
                return part_to_root(part);
                       ^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: part_to_root() is called where kind is not PART_ROOT …
        }
}
struct bud *by_set(struct part *part)
{
        switch (part->kind) {
        case PART_ROOT:
                return part_to_bud(part);
                       ^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: part_to_bud() is called where kind is PART_ROOT …
        case PART_TWIG:
                return part_to_bud(part); // ok
        }
        if (part->kind == PART_BUD)
                return part_to_bud(part); // ok
        return part_to_bud(part); // ok
}
struct root *by_value(struct part *part)
{
        bool is_root = part_is_root(part);

        if (part->kind == PART_TWIG)
                return part_to_root(part);
                       ^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: part_to_root() is called where kind is PART_TWIG …
        if (!is_root)
                return part_to_root(part);
                       ^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: part_to_root() is called where …
        return part_to_root(part); // ok
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

describe('a word with a tag', () => {
  const RING = `
//- /include/linux/ring.h
typedef _Bool bool;
struct frame { int length; };
struct packet { int length; };
void packet_free(struct packet *packet);
static inline bool ring_is_frame_word(void *word) { return (unsigned long)word & 1UL; }
static inline struct frame *ring_word_to_frame(void *word) { return (struct frame *)((unsigned long)word & ~1UL); }
static inline long packet_hash(struct packet *packet) { return (unsigned long)packet >> 4; }
typedef struct { unsigned long value; } slot_t;
bool is_page_slot(slot_t slot);
struct packet *page_slot_to_packet(slot_t slot);
bool ring_is_ready(void *word);
static inline int packet_switch(struct packet *packet, int to)
{
        switch (to) {
        case 1:
                WARN_ON(!packet_is_open(packet));
        }
        return packet->length;
}
#define WARN_ON(x) (x)
bool packet_is_open(struct packet *packet);
`;

  it('is no pointer where the test of its tag has said so, by any variable', () => {
    check(
      `${RING}
//- /drivers/a.c
#include <linux/ring.h>
int bad(void *word)
{
        struct packet *packet = word;
        if (ring_is_frame_word(word)) {
                if (packet->length)
                    ^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: a pointer is followed where ring_is_frame_word() is true …
                        return 1;
                packet_free(word);
                ^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: packet_free() is given a pointer where ring_is_frame_word() is true (tested at line 5): ring_is_frame_word() asks for a tag in its low bits (include/linux/ring.h:5). Do it on the other branch.
                return packet_hash(word); // ok: it takes it for a number
        }
        packet_free(word); // ok
        return ring_word_to_frame(word)->length;
               ^^^^^^^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: ring_word_to_frame() is called where ring_is_frame_word() is false …
}
int good(void *word)
{
        if (ring_is_ready(word))
                packet_free(word); // ok
        if (!packet_is_open(word))
                return packet_switch(word, 0); // ok: only one case asserts it
        if (ring_is_frame_word(word))
                return ring_word_to_frame(word)->length; // ok
        return ((struct packet *)word)->length; // ok
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });

  it('may come as a record, and its predicate be named after the whole of it', () => {
    check(
      `${RING}
//- /drivers/a.c
#include <linux/ring.h>
struct packet *bad(slot_t slot)
{
        if (is_page_slot(slot))
                return page_slot_to_packet(slot); // ok
        return page_slot_to_packet(slot);
               ^^^^^^^^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: page_slot_to_packet() is called where is_page_slot() is false …
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });

  it('reports a member that is followed where a test has said that tags are in it', () => {
    check(
      `
//- /include/linux/box.h
typedef _Bool bool;
struct lid { int size; };
struct box { struct lid *lid; int flags; };
static inline bool box_is_marked(const struct box *box) { return ((unsigned long)box->lid & 1UL) != 0; }
static inline bool box_is_plain(const struct box *box) { return !((unsigned long)box->lid & 1UL); }
//- /drivers/a.c
#include <linux/box.h>
int bad(struct box *box)
{
        if (box_is_marked(box))
                return box->lid->size;
                       ^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: a pointer is followed where box_is_marked() is true (tested at line 4): box_is_marked() asks for a tag in the low bits of lid …
        return box->lid->size; // ok
}
int good(struct box *box)
{
        if (box_is_plain(box))
                return box->lid->size; // ok
        return box->flags;
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });
});
