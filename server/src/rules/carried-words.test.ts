/** Words that functions hand around as `void *`, with a tag that their header asks for and takes off. */
import { it } from 'vitest';
import { check } from '../testing/check';

it('a void pointer whose tag was asked for is untagged by the header, not by hand', () => {
  check(
    `
//- /include/linux/belt.h
#define BELT_CRATE 1UL
struct crate { int size; };
struct parcel { int size; };
static inline _Bool belt_is_crate(void *p) { return (unsigned long)p & BELT_CRATE; }
static inline struct crate *belt_crate(void *p) { return (void *)((unsigned long)p & ~BELT_CRATE); }
//- /drivers/a.c
#include <linux/belt.h>
int size(void *p, void *other)
{
        if ((unsigned long)other & 1) // ok
                return 0;
        if (!belt_is_crate(p))
                return ((struct parcel *)p)->size; // ok
        if (((unsigned long)p >> 4) & 1) // ok
                return belt_crate(p)->size; // ok
        return ((struct crate *)((unsigned long)p & ~1UL))->size;
                                                ^ error[encoded-pointer]: p is taken apart by hand, of which belt_is_crate() is asked here. Use belt_crate() (include/linux/belt.h:5).
}
`,
    { rules: ['encoded-pointer'] },
  );
});
