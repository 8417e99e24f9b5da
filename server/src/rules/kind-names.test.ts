/** Kinds that headers tell by names, by ops tables and by what is read behind which value: conversions and members of unions. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/sack.h
typedef _Bool bool;
#define NULL ((void *)0)
#define SACK_BASE 1
#define container_of(p, type, member) ((type *)((char *)(p) - __builtin_offsetof(type, member)))
struct sack_ops { int (*fill)(void); };
extern const struct sack_ops grain_ops, sand_ops;
struct sack { int flags; const struct sack_ops *ops; };
struct base_sack { struct sack sack; int policy; };
struct sand_sack { struct sack sack; int wet; };
struct grain_sack { struct sack sack; int kernels; };
static inline bool sack_is_base(const struct sack *sack) { return sack->flags & SACK_BASE; }
static inline struct base_sack *sack_base(const struct sack *sack) { return container_of(sack, struct base_sack, sack); }
static inline bool sack_is_sand(struct sack *sack) { return sack->ops == &sand_ops; }
static inline bool sack_is_grain(struct sack *sack) { return sack->ops == &grain_ops; }
static inline struct sand_sack *to_sack_sand(struct sack *sack)
{
        if (!sack || !sack_is_sand(sack))
                return NULL;
        return container_of(sack, struct sand_sack, sack);
}
`;

describe('a conversion', () => {
  it('has the predicate that has its name with `is` in it', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/sack.h>
int bad(const struct sack *sack)
{
        if (sack_is_base(sack))
                return sack_base(sack)->policy; // ok
        return sack_base(sack)->policy;
               ^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: sack_base() is called where sack_is_base() is false (tested at line 4): sack_is_base() says when sack_base() may be called (include/linux/sack.h:11). Do it on the other branch.
}`,
      { rules: ['wrong-kind-conversion'] },
    );
  });

  it('that gives NULL for another kind is not followed where the kind was asked', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/sack.h>
int bad(struct sack *sack)
{
        struct sand_sack *sand;

        if (sack_is_grain(sack)) {
                sand = to_sack_sand(sack);
                if (sand)
                        return 0; // ok
                return to_sack_sand(sack)->wet;
                       ^^^^^^^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: the result is followed where ops is &grain_ops (tested at line 6): to_sack_sand() gives NULL there (include/linux/sack.h:13). Do it on the other branch.
        }
        return to_sack_sand(sack)->wet; // ok
}`,
      { rules: ['wrong-kind-conversion'] },
    );
  });
});

const UNIONS = `
//- /include/linux/meal.h
typedef _Bool bool;
enum meal_type { MEAL_NONE, MEAL_SOUP, MEAL_PIE, MEAL_COLD_PIE };
#define BOWL_MASK 15
enum bowl_kind { BOWL_DEEP = 1, BOWL_FLAT = 2 };
struct meal {
        enum meal_type type;
        union { struct { int hot; } liquid; struct { int crust; } baked; } u;
};
struct bowl { unsigned short flags; union { struct { long *inner; } deep; struct { int rim; } plate; }; };
static inline bool meal_is_pie(const struct meal *meal) { return meal->type == MEAL_PIE || meal->type == MEAL_COLD_PIE; }
static inline int meal_hot(struct meal *meal) { if (meal->type != MEAL_SOUP) return 0; return meal->u.liquid.hot; }
static inline int meal_start(struct meal *meal) { return meal->u.liquid.hot; }
static inline int meal_crust(struct meal *meal)
{
        switch (meal->type) {
        case MEAL_PIE:
                return meal->u.baked.crust + 1;
        case MEAL_COLD_PIE:
                return meal->u.baked.crust;
        default:
                return 0;
        }
}
static inline int bowl_type(struct bowl *bowl) { return bowl->flags & BOWL_MASK; }
`;

describe('a member of a union', () => {
  it('belongs to the values behind which its header reads it', () => {
    check(
      `${UNIONS}
//- /drivers/a.c
#include <linux/meal.h>
int bad(struct meal *meal)
{
        if (meal->type == MEAL_SOUP)
                return meal->u.baked.crust;
                       ^^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: meal->u.baked.crust is used where type is MEAL_SOUP (tested at line 4): "this header reads baked where type is MEAL_PIE or MEAL_COLD_PIE" (include/linux/meal.h:17). Use it on the other branch.
        if (meal_is_pie(meal))
                return meal->u.liquid.hot;
                       ^^^^^^^^^^^^^^^^^^ warning[wrong-union-state]: meal->u.liquid.hot is used where meal_is_pie() is true (tested at line 6): "this header reads liquid where type is MEAL_SOUP" (include/linux/meal.h:11). Use it on the other branch.
        if (meal->type == MEAL_NONE)
                return meal->u.liquid.hot; // ok
        return meal->u.baked.crust; // ok
}`,
      { rules: ['wrong-union-state'] },
    );
  });

  it('is not of the one other value where there are as many values as members', () => {
    check(
      `${UNIONS}
//- /drivers/a.c
#include <linux/meal.h>
long *bad(struct bowl *bowl)
{
        if (bowl_type(bowl) == BOWL_FLAT)
                return bowl->deep.inner;
                       ^^^^^^^^^^^^^^^^ warning[wrong-union-state]: bowl->deep.inner is used where flags & BOWL_MASK is BOWL_FLAT (tested at line 4): "BOWL_DEEP has the name of deep, and there is one value for each member" (include/linux/meal.h:9). Use it on the other branch.
        return bowl->deep.inner; // ok
}`,
      { rules: ['wrong-union-state'] },
    );
  });
});

it('begins with the name of a member, where a pointer to anything stands beside', () => {
  check(
    `
//- /include/linux/node.h
enum { NODE_FILE = 0, NODE_BUFFER = 1 };
struct file { int size; };
struct buffer { int size; };
struct node_put { long tag; union { void *any; struct file *file; struct buffer *buf; }; };
struct node { unsigned short type; struct node_put item; };
//- /drivers/a.c
#include <linux/node.h>
int look(struct node *n)
{
        if (n->type == NODE_FILE)
                return n->item.buf->size + n->item.file->size;
                       ^^^^^^^^^^^ warning[wrong-union-state]: n->item.buf is used where type is NODE_FILE …
        if (n->type == NODE_BUFFER)
                return n->item.buf->size + n->item.file->size;
                                           ^^^^^^^^^^^^ warning[wrong-union-state]: n->item.file is used where type is NODE_BUFFER …
        return n->item.any != 0; // ok
}
`,
    { rules: ['wrong-union-state'] },
  );
});
