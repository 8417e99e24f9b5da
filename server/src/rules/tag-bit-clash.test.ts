/** The rule tag-bit-clash: claims mined from comments and from accessors' masks. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const ASSERT = '#define static_assert(c, ...) _Static_assert(c, #c)\n#define offsetof(t, m) __builtin_offsetof(t, m)';

describe('tag-bit-clash', () => {
  it('names both owners and both places', () => {
    check(`
    //- /include/linux/mm.h
    #include <linux/frame.h>
    static inline int frame_is_reserve(const struct frame *frame)
    {
        return (unsigned long)frame->lru.next & (1UL << 1);
    }
    static inline void set_frame_reserve(struct frame *frame)
    {
        frame->lru.next = (void *)(1UL << 1);
    }
    //- /include/linux/frame.h
    #ifndef FRAME_H
    #define FRAME_H
    struct list { struct list *next, *prev; };
    struct frame {
        unsigned long flags;
        union {
            struct list lru;
            unsigned long head; /* Bit zero is set */
            const void *owner_ops; /* Bit 1 is set */
                        ^^^^^^^^^ error[tag-bit-clash]: owner_ops claims bit 1 of bytes 8 to 15 of struct frame ("Bit 1 is set"), and so does reserve (frame_is_reserve(), include/linux/mm.h:4): each takes the other's value for its own. Use another bit.
        };
    };
    static inline int frame_is_tail(struct frame *frame)
    {
        unsigned long head = frame->head;
        return head & 1;
    }
    #endif
    `);
  });

  it('reads a claim on over the end of a line', () => {
    check(`
    //- /include/linux/mm.h
    #include <linux/frame.h>
    static inline int frame_is_reserve(const struct frame *frame)
    {
        return (unsigned long)frame->next & (1UL << 1);
    }
    static inline void set_frame_reserve(struct frame *frame)
    {
        frame->next = (void *)(1UL << 1);
    }
    //- /include/linux/frame.h
    #ifndef FRAME_H
    #define FRAME_H
    struct frame {
        union {
            void *next;
            /*
             * What its owner does with it. Bit 1
             * is set.
             */
            const void *owner_ops;
                        ^^^^^^^^^ error[tag-bit-clash]: owner_ops claims bit 1 …
        };
    };
    #endif
    `);
  });

  it('tells of a member with the record that declares it, whichever of the family comes first', () => {
    check(`
    //- /include/linux/mm.h
    #include <linux/frame.h>
    static inline int frame_is_reserve(const struct frame *frame)
    {
        return (unsigned long)frame->lru.next & (1UL << 1);
    }
    static inline void set_frame_reserve(struct frame *frame)
    {
        frame->lru.next = (void *)(1UL << 1);
    }
    //- /include/linux/frame.h
    #ifndef FRAME_H
    #define FRAME_H
    #define static_assert(c, ...) _Static_assert(c, #c)
    #define offsetof(t, m) __builtin_offsetof(t, m)
    struct list { struct list *next, *prev; };
    struct frame { unsigned long flags; union { struct list lru; unsigned long head; /* Bit zero is set */ }; };
    struct sheet { unsigned long flags; union { struct list lru; void *ops; /* Bit 1 is set */ }; };
                                                                       ^^^ error[tag-bit-clash]: ops claims bit 1 of bytes 8 to 15 of struct sheet ("Bit 1 is set"), and so does reserve (frame_is_reserve(), …
    static_assert(offsetof(struct frame, lru) == offsetof(struct sheet, lru));
    #endif
    `);
  });

  it('is silent where each bit has one owner, also across a family', () => {
    check(`
    ${ASSERT}
    struct list { struct list *next, *prev; };
    struct frame { unsigned long flags; unsigned long head; /* Bit zero is set */ };   // ok
    struct sheet { unsigned long flags; union { struct list lru; void *ops; /* Bit 1 is set */ }; };   // ok
    static_assert(offsetof(struct frame, head) == offsetof(struct sheet, lru));
    int is_tail(struct frame *f) { return f->head & 1; }   // ok
    void *ops_of(struct sheet *s) { return (void *)((unsigned long)s->ops & ~2UL); }   // ok
    `);
  });
});
