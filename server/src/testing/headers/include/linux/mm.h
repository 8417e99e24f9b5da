/* What most memory-management code includes. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <linux/memremap.h>

struct scatterlist;
struct vm_fault {
	struct page *page;
};

struct page *sg_page(struct scatterlist *sg);
struct page *pfn_to_page(unsigned long pfn);
void get_page(struct page *page);
void put_page(struct page *page);
/// with folio
#define folio_page(folio, n) (&(folio)->page + (n))
void __folio_put(struct folio *folio);
bool folio_try_get(struct folio *folio);
void folio_lock(struct folio *folio);
void folio_unlock(struct folio *folio);
bool folio_test_large(const struct folio *folio);

static inline void folio_get(struct folio *folio)
{
	folio->_refcount.counter++;
}

static inline void folio_put(struct folio *folio)
{
	if (--folio->_refcount.counter == 0)
		__folio_put(folio);
}
/// end
#endif
