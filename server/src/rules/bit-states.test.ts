/** Unions whose members a bit of their number tells apart, as a comment says, and objects that wait for a grace period. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const KEY = `
//- /include/linux/key.h
struct note { struct note *next; int text; };
struct place { int at; int key; };
#define KEY_NOTES 2
struct key {
        union {
                /* bit 0: 0 = notes, 1 = places */
                unsigned long type;
                struct note *notes;
                struct place *places;
        };
        /*
         * bit 1 => 1 if points to struct note
         *          0 if points to struct place
         */
        union {
                unsigned long kind;
                struct note *first;
                struct place *only;
        };
};
`;

describe('a comment that tells members apart by a bit', () => {
  it('says which one is valid', () => {
    check(
      `${KEY}
//- /drivers/a.c
#include <linux/key.h>
int bad(struct key *key)
{
        if (key->type & 1)
                return key->notes->text;
                       ^^^^^^^^^^ warning[wrong-union-state]: key->notes is used where type & 1 is not 0 (tested at line 4): "bit 0: 0 = notes, 1 = places" …
        if ((key->kind & KEY_NOTES) == 0)
                return key->first->text;
                       ^^^^^^^^^^ warning[wrong-union-state]: key->first is used where kind & 2 is 0 …
        return key->notes->text; // ok
}
int good(struct key *key)
{
        if (!(key->type & 1UL))
                return key->notes->text; // ok
        if (key->kind & KEY_NOTES)
                return key->first->text; // ok
        return key->type & 2 ? 1 : 0;
}
`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('says which one never comes without its tag, be it asked for or not', () => {
    check(
      `${KEY}
//- /drivers/a.c
#include <linux/key.h>
int bad(struct key *key, int n)
{
        struct place *place = key->places;
        if (key->type & 1)
                return key->places->at;
                       ^^^^^^^^^^^ warning[unmasked-pointer]: key->places is taken for a pointer as it is. …
        return place[n].at;
               ^^^^^ warning[unmasked-pointer]: place is taken for a pointer as it is. …
}
int good(struct key *key)
{
        struct note *note;
        if (key->type & 1)
                return ((struct place *)(key->type & ~1UL))->at; // ok
        for (note = key->notes; note; note = note->next) // ok
                if (note->text)
                        return 1;
        return 0;
}
`,
      { rules: ['unmasked-pointer'] },
    );
  });
});

describe('an object that is given to a macro to be freed later', () => {
  it('holds what waits for it', () => {
    check(
      `
//- /include/linux/list.h
struct list { struct list *next, *prev; };
static inline void list_del(struct list *one) { one->next->prev = one->prev; one->prev->next = one->next; }
static inline void list_add(struct list *one, struct list *to) { one->next = to->next; one->prev = to; to->next->prev = one; to->next = one; }
struct rcu_head { struct rcu_head *next; void (*function)(struct rcu_head *head); };
void kvfree_call_rcu(struct rcu_head *head, void *object);
#define free_later(object, head) do { __typeof__(object) ___o = (object); if (___o) { if (__builtin_offsetof(__typeof__(*(object)), head) >= 4096) too_far(); kvfree_call_rcu(&((___o)->head), (void *)(___o)); } } while (0)
void too_far(void);
struct box { union { struct list list; struct rcu_head rcu; }; int lid; };
//- /drivers/a.c
#include <linux/list.h>
void bad(struct box *box)
{
        free_later(box, rcu);
        list_del(&box->list);
        ^^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: list_del() uses list, whose bytes in struct box (include/linux/list.h:8) hold rcu since line 4. Store list first, or use rcu.
}
void listed(struct box *box, struct list *all)
{
        list_add(&box->list, all);
        free_later(box, rcu);
        ^^^^^^^^^^ warning[stale-union-member]: kvfree_call_rcu() stores to rcu, over list of struct box…
}
void taken_off(struct box *box, struct list *all)
{
        list_add(&box->list, all);
        list_del(&box->list);
        free_later(box, rcu); // ok
}
void good(struct box *box, struct box *other)
{
        list_del(&box->list); // ok
        free_later(box, rcu);
        list_del(&other->list); // ok
}
`,
      { rules: ['stale-union-member'] },
    );
  });
});

describe('memory that waits for somebody', () => {
  it('is not stored over by another name', () => {
    check(
      `
//- /include/linux/later.h
struct rcu_head { struct rcu_head *next; void (*function)(struct rcu_head *head); };
struct work { struct work *next; int data; };
void call_rcu(struct rcu_head *head, void (*function)(struct rcu_head *head));
static inline void work_init(struct work *work) { work->next = 0; work->data = 0; }
struct bond { union { struct rcu_head rcu; struct work work; }; int state; };
//- /drivers/a.c
#include <linux/later.h>
void gone(struct rcu_head *head);
void bad(struct bond *b)
{
        call_rcu(&b->rcu, gone);
        b->state = 1; // ok
        work_init(&b->work);
        ^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: work_init() stores to work, over rcu of struct bond (include/linux/later.h:5), which others use later since line 5. Leave it until then.
}
void good(struct bond *b, struct bond *other)
{
        work_init(&b->work); // ok
        call_rcu(&b->rcu, gone); // ok
        work_init(&other->work); // ok
}
`,
      { rules: ['stale-union-member'] },
    );
  });
});
