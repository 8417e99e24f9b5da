/* Heads and tails of compound pages. */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

#include <linux/mm_types.h>

static __always_inline bool PageTail(const struct page *page)
{
	return page->compound_head & 1;
}

static inline unsigned long _compound_head(const struct page *page)
{
	unsigned long head = page->compound_head;

	if (unlikely(head & 1))
		return head - 1;
	return (unsigned long)page;
}

#define compound_head(page) ((typeof(page))_compound_head(page))

static __always_inline void set_compound_head(struct page *page, struct page *head)
{
	page->compound_head = (unsigned long)head + 1;
}

static __always_inline void clear_compound_head(struct page *page)
{
	page->compound_head = 0;
}

/* The folio that a page is part of. The page must not be NULL. */
#define page_folio(p)	(_Generic((p),					\
	const struct page *:	(const struct folio *)_compound_head(p), \
	struct page *:		(struct folio *)_compound_head(p)))

#define folio_page(folio, n)	(&(folio)->page + (n))

#endif
