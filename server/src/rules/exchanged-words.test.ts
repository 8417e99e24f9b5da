/** What is exchanged for a tagged word, and what its setter keeps where a macro stores through locals. */
import { it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
//- /include/linux/swap_words.h
#define swap_word(p, v) ({ __typeof__(*(p)) __ret = (v); asm volatile("xchg %0, %1" : "+r" (__ret), "+m" (*(p)) : : "memory"); __ret; })
#define swap_if(p, old, new) ({ __typeof__(p) __at = (p); __typeof__(*(p)) __ret, __old = (old), __new = (new); \\
        volatile unsigned long *__word = (volatile unsigned long *)(__at); \\
        asm volatile("cmpxchg %2, %1" : "=a" (__ret), "+m" (*__word) : "r" (__new), "0" (__old) : "memory"); __ret; })
#define assign_word(p, v) do { unsigned long __v = (unsigned long)(v); *(volatile __typeof__(p) *)&(p) = (__typeof__(p))__v; } while (0)
//- /include/linux/shelf.h
#include <linux/swap_words.h>
struct book { long pages; };
#define SHELF_LENT 1UL
struct shelf { struct book *book; unsigned long word; };
static inline struct book *shelf_book(const struct shelf *s) { return (struct book *)((unsigned long)s->book & ~SHELF_LENT); }
static inline void shelf_put(struct shelf *s, struct book *b)
{
        assign_word(s->book, (struct book *)((unsigned long)b | ((unsigned long)s->book & SHELF_LENT)));
}`;

it('reports a pointer that is exchanged for the word, or compared with it, as it is', () => {
  check(
    `
//- /drivers/a.c
#include <linux/shelf.h>
_Bool f(struct shelf *s, struct book *b)
{
        swap_word(&s->book, b);
                   ^^^^^^^ error[encoded-pointer]: s->book is put together by hand. …
        return swap_if(&s->book, b, (struct book *)0) == b;
                        ^^^^^^^ warning[unmasked-pointer]: s->book is taken for a pointer as it is. …
}
_Bool g(struct shelf *s, struct book *b)
{
        struct book *old = s->book;
        struct book *none = swap_word(&s->book, (struct book *)0); // ok

        return swap_if(&s->book, old, none) == old; // ok
}
${HEADERS}
`,
    { rules: ['encoded-pointer', 'unmasked-pointer'] },
  );
});

it('knows that a setter keeps the tags where a macro stores by way of a local', () => {
  check(
    `
//- /drivers/a.c
#include <linux/shelf.h>
void f(struct shelf *s, struct book *b)
{
        assign_word(s->book, b);
                    ^^^^^^^ error[encoded-pointer]: s->book is put together by hand. …
        shelf_put(s, b); // ok
        assign_word(s->book, (struct book *)0); // ok
}
${HEADERS}
`,
    { rules: ['encoded-pointer'] },
  );
});

it('reports a number that is cast to a pointer for what the compiler fills or copies itself', () => {
  check(
    `
//- /drivers/a.c
#include <linux/rack.h>
void f(struct rack *r, void *to)
{
        unsigned long word = r->word;

        __builtin_memset((void *)word, 0, 8);
                                 ^^^^ error[encoded-pointer]: word is taken for a pointer as it is. …
        __builtin_memcpy(to, (void *)r->word, 8);
                                     ^^^^^^^ error[encoded-pointer]: r->word is taken for a pointer as it is. …
        __builtin_memcpy(to, &r->word, 8); // ok
        __builtin_memset(rack_book(r), 0, 8); // ok
}
//- /include/linux/rack.h
struct book { long pages; };
struct rack { unsigned long word; };
static inline struct book *rack_book(const struct rack *r) { return (struct book *)(r->word & ~1UL); }
`,
    { rules: ['encoded-pointer'] },
  );
});
