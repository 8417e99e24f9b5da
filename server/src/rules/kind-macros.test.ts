/** The rule wrong-kind-conversion on converters that are macros, on kinds that have a constant's name, and on kinds that are asserted. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/knot.h
typedef _Bool bool;
#define BUG_ON(x) do { if (x) __builtin_trap(); } while (0)
#define CHECKED_ASSERT(x) do { if (!(x)) __builtin_trap(); } while (0)
#define around(pointer, type, member) ({ void *inner = (void *)(pointer); (type *)((char *)inner - __builtin_offsetof(type, member)); })
enum knot_kind { KNOT_REEF, KNOT_SPLICE, KNOT_BEND };
struct knot { unsigned int id; int way; };
struct reef { struct knot knot; int ends; };
struct splice { int turns; struct knot knot; };
struct bend { int turns; struct knot knot; };
static inline enum knot_kind knot_kind(struct knot *knot) { return knot->id >> 24; }
static inline bool is_knot_tight(struct knot *knot) { return knot && knot->way == 1; }
static inline bool is_knot_loose(struct knot *knot) { return knot && knot->way == 2; }
struct loose { struct knot knot; };
#define knot_to_reef(k) around(k, struct reef, knot)
#define knot_to_loose(k) ({ typeof(k) own = (k); own ? around(own, struct loose, knot) : 0; })
static inline struct splice *knot_to_splice(struct knot *k) { return around(k, struct splice, knot); }
static inline int bend_turns(struct knot *k)
{
        BUG_ON(knot_kind(k) != KNOT_BEND);
        return around(k, struct bend, knot)->turns;
}
static inline int way_back(struct knot *k)
{
        CHECKED_ASSERT(is_knot_tight(k));
        return -k->way;
}
`;

describe('a converter that is a macro', () => {
  it('has the condition of a function of its name', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/knot.h>
struct loose *bad(struct knot *k)
{
        if (is_knot_tight(k))
                return knot_to_loose(k);
                       ^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: knot_to_loose() is used where way is 1 (tested at line 4): is_knot_loose() says when knot_to_loose() may be used (include/linux/knot.h:12). Do it on the other branch.
        if (is_knot_loose(k))
                return knot_to_loose(k); // ok
        return 0;
}
struct loose *unasked(struct knot *k) { return knot_to_loose(k); } // ok
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });

  it('is for the kind that has its name', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/knot.h>
int ends(struct knot *k)
{
        if (knot_kind(k) == KNOT_SPLICE)
                return knot_to_reef(k)->ends;
                       ^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: knot_to_reef() is used where knot_kind() is KNOT_SPLICE (tested at line 4): knot_to_reef() has the name of KNOT_REEF (include/linux/knot.h:10). Do it on the other branch.
        return knot_to_splice(k)->turns;
               ^^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: …
}
int known(struct knot *k)
{
        switch (knot_kind(k)) {
        case KNOT_REEF:
                return knot_to_reef(k)->ends; // ok
        case KNOT_SPLICE:
                return knot_to_splice(k)->turns; // ok
        default:
                return bend_turns(k); // ok
        }
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });
});

describe('a kind that is asserted', () => {
  it('is what the function is for', () => {
    check(
      `${HEADERS}
//- /drivers/a.c
#include <linux/knot.h>
int turns(struct knot *k)
{
        if (knot_kind(k) == KNOT_BEND)
                return bend_turns(k); // ok
        if (knot_kind(k) == KNOT_REEF)
                return bend_turns(k);
                       ^^^^^^^^^^^^^ warning[wrong-kind-conversion]: bend_turns() is called where knot_kind() is …
        return is_knot_tight(k) ? way_back(k) : 0; // ok
}
int back(struct knot *k)
{
        if (!is_knot_tight(k))
                return way_back(k);
                       ^^^^^^^^^^^ warning[wrong-kind-conversion]: way_back() is called where is_knot_tight() is false (tested at line 12): way_back() asserts it (include/linux/knot.h:11). Do it on the other branch.
        return 0;
}
`,
      { rules: ['wrong-kind-conversion'] },
    );
  });
});
