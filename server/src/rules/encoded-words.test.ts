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

  it('is silent on another struct of the same tag, on initializers, and on the owners', () => {
    check(`${HEADER}
//- /drivers/own.c
struct scatterlist { unsigned long page_link; };
struct page *sg_page(struct scatterlist *sg);
int f(struct scatterlist *sg) { return sg->page_link & 2; } // ok
//- /drivers/set.c
#include <linux/scatterlist.h>
unsigned long f(void *page)
{
        struct scatterlist sg = { .page_link = (unsigned long)page }; // ok
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
