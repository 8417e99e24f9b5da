/** Rules on words that carry tag bits, beyond the examples in the packs: gates, exemptions and what looks alike. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADER = `
//- /include/linux/scatterlist.h
struct page { unsigned long flags; };
struct scatterlist { unsigned long page_link; };
struct page *sg_page(struct scatterlist *sg);
void sg_set_page(struct scatterlist *sg, struct page *page, unsigned int length, unsigned int offset);
int sg_is_last(struct scatterlist *sg);
`;

describe('encoded-pointer', () => {
  it('names the bits, why, and what to use', () => {
    check(`${HEADER}
//- /drivers/a.c
#include <linux/scatterlist.h>
struct page *f(struct scatterlist *sg)
{
        return (struct page *)sg->page_link;
                              ^^^^^^^^^^^^^ error[encoded-pointer]: sg->page_link is taken for a pointer as it is. Bits 0 and 1 of it are tags (include/linux/scatterlist.h:2): they tell a chained table and the last entry of one. Use sg_page(), or sg_is_last() for the tag.
}
`);
  });

  it('is silent where the accessor for the use is not declared', () => {
    check(`${HEADER.replace('void sg_set_page', 'void sg_set')}
//- /drivers/a.c
#include <linux/scatterlist.h>
#undef sg_page
struct other { unsigned long page_link; };
unsigned long f(struct scatterlist *sg) { return sg->page_link; } // ok
`);
    check(`
//- /include/linux/scatterlist.h
struct scatterlist { unsigned long page_link; };
//- /drivers/a.c
#include <linux/scatterlist.h>
int f(struct scatterlist *sg) { return sg->page_link & 2; } // ok
`);
  });

  it('is silent on another struct of the same tag and on the owners, and looks into initializers', () => {
    check(`${HEADER}
//- /drivers/own.c
struct scatterlist { unsigned long page_link; };
struct page *sg_page(struct scatterlist *sg);
int f(struct scatterlist *sg) { return sg->page_link & 2; } // ok
//- /drivers/set.c
#include <linux/scatterlist.h>
unsigned long f(void *page)
{
        struct scatterlist sg = { .page_link = (unsigned long)page };
                                               ^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: (unsigned long)page is put together by hand. …
        return sg.page_link; // ok
}
//- /lib/scatterlist.c
#include <linux/scatterlist.h>
void sg_mark_end(struct scatterlist *sg) { sg->page_link |= 2; } // ok
`);
  });

  it('looks through macros, READ_ONCE() and parentheses, and leaves macros of the accessors alone', () => {
    check(`${HEADER}
//- /drivers/a.c
#include <linux/scatterlist.h>
#define LINK(sg) ((sg)->page_link)
int f(struct scatterlist *sg, struct page *p)
{
        (sg)->page_link = ((unsigned long)(p));
        ^^^^^^^^^^^^^^^ error[encoded-pointer]: (sg)->page_link is put together by hand. …
        return !!((sg->page_link) & 1);
                   ^^^^^^^^^^^^^ error[encoded-pointer]: sg->page_link is taken apart by hand. …
}
`);
  });
});

describe('encoded-pointer, of types', () => {
  it('finds a cast wherever it stands, and through what macros of the file bring', () => {
    check(`
//- /include/linux/mm_types.h
struct page;
struct encoded_page;
struct page *encoded_page_ptr(struct encoded_page *page);
struct encoded_page *encode_page(struct page *page, unsigned long flags);
//- /mm/a.c
#include <linux/mm_types.h>
#define RETURN return
#define PLAIN(e) ((struct page *)(e))
#define TWICE(e) PLAIN(e)
void take(struct page *page, int n);
typeof(int) plain(struct encoded_page *e) { if (e) take((void *)0, sizeof(e) + 1); while (e) (void)e; return 0; } // ok
struct page *as_argument(struct encoded_page *e)
{
        take((struct page *)e, 1);
             ^^^^^^^^^^^^^^^^ error[encoded-pointer]: (struct page *)e is taken for a pointer as it is. …
        return encoded_page_ptr(e); // ok
}
unsigned long behind_a_word(struct encoded_page *e, int n)
{
        if (n) return (unsigned long)e & 1;
                      ^^^^^^^^^^^^^^^^ error[encoded-pointer]: (unsigned long)e is taken apart by hand. …
        return n ? (unsigned long)e | 2 : 0;
                   ^^^^^^^^^^^^^^^^ error[encoded-pointer]: (unsigned long)e is taken apart by hand. …
}
struct page *behind_a_macro(struct encoded_page *e)
{
        RETURN (struct page *)*&e;
               ^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: (struct page *)*&e is taken for a pointer as it is. …
}
struct page *through_macros(struct encoded_page *e) { return TWICE(e); }
                                                             ^^^^^^^^ error[encoded-pointer]: TWICE(e) is taken for a pointer as it is. …
void *carried(struct encoded_page *e) { return (void *)e; } // ok
`);
  });

  it('finds it where the type itself is spelled elsewhere: with a member, a function, a typedef, a macro', () => {
    check(`
//- /include/linux/mm_types.h
struct page;
struct encoded_page;
struct page *encoded_page_ptr(struct encoded_page *page);
struct encoded_page *encode_page(struct page *page, unsigned long flags);
//- /include/linux/batch.h
typedef struct encoded_page *const coded_t;
typedef coded_t coded_again_t;
struct batch { int nr, *first; struct encoded_page *lone, *const pages[8]; coded_again_t twice; };
struct ops { struct encoded_page *(*get)(int n); typeof(struct encoded_page *) last; void (*put)(struct encoded_page *page); };
#define FIRST_OF(batch) ((batch)->lone)
#define LONE_OF(batch) FIRST_OF(batch)
#define CODED struct encoded_page *
CODED global;
void told(struct encoded_page *page);
//- /mm/a.c
#include <linux/mm_types.h>
#include <linux/batch.h>
struct page *encoded_page; // the name that makes this a candidate
struct page *member(struct batch *b) { return (struct page *)b->pages[1]; }
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
struct page *aliased(struct batch *b) { return (struct page *)b->twice; }
                                               ^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
struct page *called(struct ops *o) { return (struct page *)o->get(1); }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
struct page *by_typeof(struct ops *o) { return (struct page *)o->last; }
                                               ^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
struct page *by_macro(struct batch *b) { return (struct page *)LONE_OF(b); }
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
struct page *declared_by_macro(void) { return (struct page *)global; }
                                              ^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
unsigned long made(struct page *p) { return (unsigned long)encode_page(p, 0) & 1; }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
unsigned long other(struct page *page, int nr) { return (unsigned long)page & nr; } // ok
`);
  });

  it('parses all where a macro puts the names of such types together', () => {
    check(`
//- /include/linux/mm_types.h
struct page;
struct encoded_page;
struct page *encoded_page_ptr(struct encoded_page *page);
#define GETTER(name) struct encoded_page *name ## _get(void)
GETTER(batch);
//- /mm/a.c
#include <linux/mm_types.h>
struct page *encoded_page;
struct page *f(void) { return (struct page *)batch_get(); }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
`);
  });

  it('follows macros that name each other, and gives up on no header that is all of the type', () => {
    const parameters = Array.from({ length: 1500 }, (_, index) => `struct encoded_page *p${index}`).join(', ');
    check(`
//- /include/linux/mm_types.h
struct page;
struct encoded_page;
struct page *encoded_page_ptr(struct encoded_page *page);
struct batch { struct encoded_page *lone; };
#define HERE(b) THERE(b)
#define THERE(b) ((void)HERE, (b)->lone)
//- /include/linux/wide.h
struct encoded_page;
void wide(${parameters});
//- /mm/a.c
#include <linux/mm_types.h>
struct page *encoded_page;
int one(struct batch *b) { return HERE(b) != 0; } // ok
struct page *two(struct batch *b) { return (struct page *)THERE(b); }
                                           ^^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
//- /mm/b.c
#include <linux/mm_types.h>
#include <linux/wide.h>
struct page *encoded_page;
struct page *f(struct batch *b) { return (struct page *)b->lone; }
                                         ^^^^^^^^^^^^^^^^^^^^^^ error[encoded-pointer]: …
`);
  });
});

describe('raw-compound-word', () => {
  it('speaks of struct page as the headers define it, and not of a copy that is printed', () => {
    check(
      `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/page-flags.h
struct page *compound_head(struct page *page);
//- /drivers/a.c
#include <linux/page-flags.h>
int f(struct page *page)
{
        return page->compound_head & 1;
               ^^^^^^^^^^^^^^^^^^^ error[raw-compound-word]: page->compound_head is read raw. Bit 0 of it is a tag …
}
//- /mm/debug.c
#include <linux/page-flags.h>
int f(struct page *page) { return page->compound_head & 1; } // ok
`,
      { rules: ['raw-compound-word'] },
    );
  });
});
