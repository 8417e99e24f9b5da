/** Conversions whose question is told by turned names, macros, constants of one family, comments, or by another record's question. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const AROUND = `
typedef _Bool bool;
#define around(p, type, member) ({ void *inner = (void *)(p); ((type *)((char *)inner - __builtin_offsetof(type, member))); })
#define around_const(p, type, member) _Generic(p, const typeof(*(p)) *: ((const type *)around(p, type, member)), default: ((type *)around(p, type, member)))
`;

const rules = { rules: ['wrong-kind-conversion'] };

describe('a conversion', () => {
  it('has the question whose words are turned, and what a record is a part of excludes another one', () => {
    check(
      `
//- /include/linux/wire.h
${AROUND}
struct wire { int family, kind; };
struct base_wire { struct wire wire; int len; };
struct iron_wire { struct base_wire base; int rust; };
struct wool_wire { struct base_wire base; int colour; };
struct silk_wire { struct wire wire; int moth; };
#define base_wire(p) around_const(p, struct base_wire, wire)
#define iron_wire(p) around_const(p, struct iron_wire, base.wire)
#define wool_wire(p) around_const(p, struct wool_wire, base.wire)
#define silk_wire(p) ((struct silk_wire *)p)
static inline bool wire_is_iron(const struct wire *w) { return w->family == 1 && w->kind == 4; }
static inline bool wire_is_silk(const struct wire *w) { return w->family == 2; }
static inline bool wire_is_old(const struct wire *w) { return w->family == 3; }
//- /drivers/a.c
#include <linux/wire.h>
int f(const struct wire *w)
{
        if (wire_is_silk(w))
                return wool_wire(w)->colour;
                       ^^^^^^^^^^^^ warning[wrong-kind-conversion]: wool_wire() is used where wire_is_silk() is true (tested at line 4): wire_is_silk() says that it is a struct silk_wire, which has no struct wool_wire in it …
        if (wire_is_iron(w))
                return base_wire(w)->len + iron_wire(w)->rust; // ok
        return iron_wire(w)->rust;
               ^^^^^^^^^^^^ warning[wrong-kind-conversion]: iron_wire() is used where wire_is_iron() is false (tested at line 6): wire_is_iron() says when iron_wire() may be used …
}
int g(const struct wire *w)
{
        if (wire_is_old(w))
                return wool_wire(w)->colour; // ok
        if (w->kind == 7)
                return iron_wire(w)->rust;
                       ^^^^^^^^^^^^ warning[wrong-kind-conversion]: iron_wire() is used where kind is 7 (tested at line 14): …
        return wool_wire(w)->colour; // ok
}
`,
      rules,
    );
  });

  it('has a macro for a question, and a comment that names it', () => {
    check(
      `
//- /include/linux/egg.h
${AROUND}
#define EGG_BOILED      1
#define EGG_PAINTED     2
enum egg_size { EGG_SMALL, EGG_LARGE };
struct egg { unsigned int flags; enum egg_size size; };
struct boiled_egg { struct egg egg; int minutes; };
struct painted_egg { struct egg egg; int colour; };
struct double_egg { struct egg egg; int yolks; };
struct goose_egg { struct egg egg; int goose; };
#define egg_boiled(e) ((e)->flags & EGG_BOILED)
#define egg_is_painted(e) (!!((e)->flags & EGG_PAINTED))
#define to_egg_boiled(e) around(e, struct boiled_egg, egg)
#define egg_painted(e) around(e, struct painted_egg, egg)
/* Only for eggs of which size is EGG_LARGE */
static inline struct double_egg *two_yolks(struct egg *e) { return around(e, struct double_egg, egg); }
static inline bool from_goose(const struct egg *e) { return e->size == EGG_LARGE; }
/*
 * The bird's part of it. The caller has checked from_goose().
 */
#define goose_of(e) around(e, struct goose_egg, egg)
//- /drivers/a.c
#include <linux/egg.h>
int f(struct egg *e)
{
        if (egg_boiled(e))
                return to_egg_boiled(e)->minutes; // ok
        return to_egg_boiled(e)->minutes;
               ^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: to_egg_boiled() is used where EGG_BOILED is not set (tested at line 4): egg_boiled() says when to_egg_boiled() may be used …
}
int g(struct egg *e)
{
        if (!egg_is_painted(e))
                return egg_painted(e)->colour;
                       ^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: egg_painted() is used where EGG_PAINTED is not set (tested at line 10): egg_is_painted() says when egg_painted() may be used …
        return egg_painted(e)->colour; // ok
}
int h(struct egg *e)
{
        if (e->size == EGG_SMALL)
                return two_yolks(e)->yolks +
                       ^^^^^^^^^^^^ warning[wrong-kind-conversion]: two_yolks() is called where size is EGG_SMALL (tested at line 16): the comment above two_yolks() asks for it …
                       goose_of(e)->goose;
                       ^^^^^^^^^^^ warning[wrong-kind-conversion]: goose_of() is used where size is EGG_SMALL (tested at line 16): the comment above goose_of() asks for it …
        if (from_goose(e))
                return goose_of(e)->goose + two_yolks(e)->yolks; // ok
        return 0;
}
`,
      rules,
    );
  });

  it('has the name of one of the constants above the member, as all of its family do', () => {
    check(
      `
//- /include/linux/right.h
${AROUND}
struct right {
        int users;
#define RIGHT_OPEN      1
#define RIGHT_LOCK      2
#define RIGHT_LEND      4
#define RIGHT_MAP       8
        unsigned short kind;
};
struct held_right { struct right right; int access; };
struct lent_right { struct right right; int until; };
struct map_right { struct right right; int layout; };
static inline struct held_right *openlockright(struct right *r) { return around(r, struct held_right, right); }
static inline struct lent_right *lendright(struct right *r) { return around(r, struct lent_right, right); }
static inline struct map_right *mapright(struct right *r) { return around(r, struct map_right, right); }
//- /drivers/a.c
#include <linux/right.h>
int f(struct right *r)
{
        switch (r->kind) {
        case RIGHT_OPEN:
        case RIGHT_LOCK:
                return openlockright(r)->access; // ok
        case RIGHT_LEND:
                return openlockright(r)->access;
                       ^^^^^^^^^^^^^^^^ warning[wrong-kind-conversion]: openlockright() is called where kind is RIGHT_LEND (tested at line 8): openlockright() has the name of RIGHT_OPEN or RIGHT_LOCK …
        default:
                return mapright(r)->layout; // ok
        }
}
int g(struct right *r)
{
        if (r->kind != RIGHT_OPEN)
                return openlockright(r)->access; // ok
        return lendright(r)->until;
               ^^^^^^^^^^^^ warning[wrong-kind-conversion]: lendright() is called where kind is RIGHT_OPEN (tested at line 16): lendright() has the name of RIGHT_LEND …
}
`,
      rules,
    );
  });
});
