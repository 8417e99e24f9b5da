/* Pages of device memory: their birth and their death. */
#include <linux/mm.h>

static void __init init_device_page(struct page *page, struct dev_pagemap *pgmap)
{
	INIT_LIST_HEAD(&page->lru);

	/* From here on the words of lru are the device's. */
	page->pgmap = pgmap;
	page->zone_device_data = NULL;
}

void __init init_device_range(unsigned long pfn, unsigned long end, struct dev_pagemap *pgmap)
{
	for (; pfn < end; pfn++)
		init_device_page(pfn_to_page(pfn), pgmap);
}

void free_device_folio(struct folio *folio)
{
	if (!folio->page.pgmap->ops || !folio->page.pgmap->ops->page_free)
		return;

	folio->mapping = NULL;
	folio->pgmap->ops->page_free(folio_page(folio, 0));
}

/* The address of a member of the map is taken, so that the map is read, not the address of the page's word. */
bool hold_device(struct page *page)
{
	return percpu_ref_tryget_live(&page->pgmap->ref);
}

/* Tail pages come here as well; the accessor goes to their folio. */
bool same_device(const struct page *a, const struct page *b)
{
	return page_pgmap(a) == page_pgmap(b);
}
