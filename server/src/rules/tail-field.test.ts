/** Which page of several a use means: a later one, any of them, or that of a table. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const RULES = { rules: ['tail-field'] };

const HEADERS = `
//- config: CONFIG_X=y
//- /include/linux/mm_types.h
struct page {
	unsigned long flags;
	void *mapping;
	unsigned long index;
	unsigned long private;
};
struct folio {
	struct page page;
};
struct vm_fault {
	struct page *page;
};
typedef struct { unsigned long pmd; } pmd_t;
struct folio *page_folio(struct page *page);
struct page *compound_head(struct page *page);
struct page *virt_to_page(const void *address);
struct page *alloc_pages(unsigned int flags, unsigned int order);
_Bool PageTail(struct page *page);
void set_page_private(struct page *page, unsigned long private);
#define page_private(page) ((page)->private)
#define __GFP_COMP 4u
#define nth_page(page, n) ((page) + (n))
#define folio_page(folio, n) nth_page(&(folio)->page, n)
enum { PG_locked, PG_dirty };
void set_bit(int bit, unsigned long *word);
//- /include/linux/page-flags.h
#define PF_ANY(page, enforce) page
#define PF_HEAD(page, enforce) compound_head(page)
#define PAGEFLAG(uname, lname, policy) \\
	void SetPage##uname(struct page *page);
PAGEFLAG(Dirty, dirty, PF_HEAD)
PAGEFLAG(Private, private, PF_ANY)
//- /drivers/x/x.c
#include <linux/mm_types.h>
#include <linux/page-flags.h>
`;

describe('tail-field', () => {
  it('speaks of elements past the first of what is allocated as one', () => {
    check(
      `${HEADERS}
void f(int n, int i)
{
	unsigned int flags = 1 | __GFP_COMP;
	struct page *page = alloc_pages(flags, n);
	struct page *apart = alloc_pages(1, n);
	struct page *p;

	for (i = 0; i < n; i++)
		page[i].mapping = 0;
		^^^^^^^^^^^^^^^ info[tail-field]: page[i].mapping may be a tail page's, as it is one page of many…
	for (p = page; p < page + n; p++)
		set_page_private(p, 1);
		^^^^^^^^^^^^^^^^^^^^^^ info[tail-field]: set_page_private(p, 1) may speak of a tail page, as it goes through the pages of many…
	for (i = 0; i < n; i++)
		apart[i].mapping = 0; // ok
	page->mapping = 0; // ok
}
     `,
      RULES,
    );
  });

  it('knows the pages of a folio', () => {
    check(
      `${HEADERS}
void f(struct folio *folio, struct page *page, int i)
{
	struct page *part = folio_page(folio, i);
	struct page *head = compound_head(page);

	part->index = 0;
	^^^^^^^^^^^ info[tail-field]: part->index may be a tail page's, as folio_page() gives any page of many…
	folio_page(folio, 2)->index = 0;
	^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[tail-field]: folio_page(folio, 2)->index is a tail page's…
	head[i].index = 0;
	^^^^^^^^^^^^^ info[tail-field]: head[i].index may be a tail page's, as it is one page of many…
	folio_page(folio, 0)->index = 0; // ok
	folio->page.index = 0; // ok
	page[i].index = 0; // ok
}
     `,
      RULES,
    );
  });

  it('takes a page that a fault handler is given for any page, unless the function asks which it is', () => {
    check(
      `${HEADERS}
void f(struct vm_fault *vmf)
{
	vmf->page->index = 0;
	^^^^^^^^^^^^^^^^ info[tail-field]: vmf->page->index may be a tail page's, as page of struct vm_fault is whatever page was asked for…
	SetPageDirty(vmf->page); // ok
}
void g(struct vm_fault *vmf)
{
	if (!PageTail(vmf->page))
		vmf->page->index = 0; // ok
	vmf->page = 0; // ok
}
     `,
      RULES,
    );
  });

  it('knows by its policy which flag is the head’s', () => {
    check(
      `${HEADERS}
void f(struct page *page)
{
	SetPageDirty(page + 1);
	^^^^^^^^^^^^^^^^^^^^^^ info[tail-field]: SetPageDirty(page + 1) is on a tail page, and dirty is a flag of the head: "PAGEFLAG(Dirty, dirty, PF_HEAD)" (include/linux/page-flags.h:5). Use the head: page_folio().
	set_bit(PG_dirty, &page[1].flags);
	                   ^^^^^^^^^^^^^ info[tail-field]: page[1].flags is on a tail page, and dirty is a flag of the head…
	SetPagePrivate(page + 1); // ok
	set_bit(PG_locked, &page[1].flags); // ok
	SetPageDirty(page); // ok
}
     `,
      RULES,
    );
  });

  it('leaves the words of a page table to its descriptor', () => {
    check(
      `${HEADERS}
void f(pmd_t *pmd, void *memory)
{
	struct page *page = virt_to_page(pmd);

	page->index = 0;
	^^^^^^^^^^^ info[tail-field]: page->index is a page table's (pmd_t): its words are those of the table's descriptor…
	virt_to_page(memory)->index = 0; // ok
}
     `,
      RULES,
    );
  });
});
