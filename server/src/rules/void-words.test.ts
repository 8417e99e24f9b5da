/** Tagged words that are declared as `void *`, where code reaches what they lead to without knowing of what kind it is. */
import { it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/screen.h
typedef unsigned long size_t;
void *memcpy(void *to, const void *from, size_t n);
void kvunmap(const void *address);
void screen_keep(void *word);
enum screen_way { SCREEN_WB, SCREEN_WC, SCREEN_UC };
#define SCREEN_WAY 3UL
struct screen { size_t size; void *mapping; void *plain; };
static inline void *screen_address(const struct screen *s)
{
        return (void *)((unsigned long)s->mapping & ~SCREEN_WAY);
}
static inline enum screen_way screen_way(const struct screen *s) { return (unsigned long)s->mapping & SCREEN_WAY; }
`;

it('a void pointer with tags is no address to copy to or from, nor one to unmap', () => {
  check(
    `${HEADERS}
//- /drivers/a.c
#include <linux/screen.h>
void draw(struct screen *s, const void *from, void *to)
{
        void *there = s->mapping;

        memcpy(s->mapping, from, s->size);
               ^^^^^^^^^^ warning[unmasked-pointer]: s->mapping is taken for a pointer as it is. Bits 0 and 1 of it are tags (include/linux/screen.h:7): include/linux/screen.h:10 has "return (void *)((unsigned long)s->mapping & ~SCREEN_WAY);". Use screen_address(), or screen_way() for the tag.
        memcpy(to, there, s->size);
                   ^^^^^ warning[unmasked-pointer]: there is taken for a pointer as it is. …
        memcpy(screen_address(s), from, s->size); // ok
        memcpy(s->plain, from, s->size); // ok
        __builtin_memcpy(s->mapping, from, s->size);
                         ^^^^^^^^^^ warning[unmasked-pointer]: s->mapping is taken for a pointer as it is. …
        screen_keep(s->mapping); // ok
        kvunmap(s->mapping);
                ^^^^^^^^^^ warning[unmasked-pointer]: s->mapping is taken for a pointer as it is. …
}
`,
    { rules: ['unmasked-pointer'] },
  );
});
