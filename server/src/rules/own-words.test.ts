/** Tagged words of which a source tells by functions of its own. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const DEPOT = `
#define KEEPS 1UL
#define MASK 3UL
struct crate { long count; };
struct depot { unsigned long slot; };
static struct crate *depot_crate(struct depot *d) { return (struct crate *)(d->slot & ~MASK); }
`;

describe('a word that functions of the source take apart', () => {
  it('is not followed as it is beside them', () => {
    check(`
//- /drivers/a.c
${DEPOT}
long count(struct depot *d)
{
        return ((struct crate *)d->slot)->count;
                                ^^^^^^^ error[encoded-pointer]: d->slot is taken for a pointer as it is. …
}
long right(struct depot *d) { return depot_crate(d)->count; } // ok
long whole(struct depot *d)
{
        if (d->slot & KEEPS)
                return depot_crate(d)->count;
        return ((struct crate *)d->slot)->count; // ok
}
void fill(struct depot *d, struct crate *c) { d->slot = (unsigned long)c; } // ok
`);
  });

  it('keeps its tags where a function of the source keeps them', () => {
    check(`
//- /drivers/a.c
${DEPOT}
static void depot_fill(struct depot *d, struct crate *c) { d->slot = (d->slot & MASK) | (unsigned long)c; }
void move(struct depot *d, struct crate *c)
{
        d->slot = (unsigned long)c;
        ^^^^^^^ error[encoded-pointer]: d->slot is put together by hand. …
}
void right(struct depot *d, struct crate *c) { depot_fill(d, c); } // ok
`);
  });
});

describe('a word of a header that functions of another source of the folder take apart', () => {
  const CORE = `
//- /drivers/depot.h
struct crate { long count; };
struct depot { unsigned long slot; };
//- /drivers/core.c
#include "depot.h"
#define MASK 3UL
static struct crate *depot_crate(struct depot *d) { return (struct crate *)(d->slot & ~MASK); }
long depot_count(struct depot *d) { return depot_crate(d)->count; }
`;

  it('is not followed as it is', () => {
    check(`${CORE}
//- /drivers/a.c
#include "depot.h"
long count(struct depot *d)
{
        return ((struct crate *)d->slot)->count;
                                ^^^^^^^ error[encoded-pointer]: d->slot is taken for a pointer as it is. Bits 0 and 1 of it are tags (drivers/depot.h:2): drivers/core.c:3 has "static struct crate *depot_crate(struct depot *d) { return (struct crate *)(d->slot & ~MASK); }". Take the tags off first, as depot_crate() does.
}
long right(struct depot *d) { return ((struct crate *)(d->slot & ~3UL))->count; } // ok: it takes them off by hand
`);
  });

  it('is one of a record of that folder alone', () => {
    check(`${CORE.replace('//- /drivers/depot.h', '//- /include/linux/depot.h').replace('"depot.h"', '<linux/depot.h>')}
//- /drivers/a.c
#include <linux/depot.h>
#include "more.h"
long count(struct depot *d) { return ((struct crate *)d->slot)->count; } // ok
`);
  });

  it('is not looked for in a folder of more than a hundred sources', () => {
    const fillers = Array.from(
      { length: 99 },
      (_, index) => `//- /drivers/filler${index}.c\nint filler${index};\n`,
    ).join('');
    check(`${CORE}
${fillers}
//- /drivers/a.c
#include "depot.h"
long count(struct depot *d) { return ((struct crate *)d->slot)->count; } // ok
`);
  });
});
