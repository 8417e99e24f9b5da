/* What code that handles pages includes. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/memremap.h>
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>

struct scatterlist;

struct vm_fault {
	unsigned long address;
	struct page *page;
};

struct page *pfn_to_page(unsigned long pfn);
struct page *sg_page(struct scatterlist *sg);
struct folio *folio_alloc(gfp_t gfp, unsigned int order);

static inline int page_ref_count(const struct page *page)
{
	return page->_refcount.counter;
}

static inline int folio_ref_count(const struct folio *folio)
{
	return page_ref_count(&folio->page);
}

void __folio_put(struct folio *folio);

static inline void folio_put(struct folio *folio)
{
	if (--folio->_refcount.counter == 0)
		__folio_put(folio);
}

/*
 * Whether the page came from the reserve that is kept for swapping over the network: bit 1 of lru.next says so, until
 * the page has an owner that needs the word.
 */
static inline bool page_is_pfmemalloc(const struct page *page)
{
	return (uintptr_t)page->lru.next & BIT(1);
}

static inline void set_page_pfmemalloc(struct page *page)
{
	page->lru.next = (void *)BIT(1);
}

static inline void clear_page_pfmemalloc(struct page *page)
{
	page->lru.next = NULL;
}

#endif
