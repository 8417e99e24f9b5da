/* A graphics card with memory of its own. */
#include <linux/mm.h>

struct gpu_chunk {
	struct list_head list;
	struct dev_pagemap pagemap;
	unsigned long first_pfn;
};

#define page_owner(p) ((p)->pgmap->owner)

static struct gpu_chunk *page_to_chunk(struct page *page)
{
	return container_of(page->pgmap, struct gpu_chunk, pagemap);
}

unsigned long gpu_first_pfn(struct scatterlist *sg)
{
	return page_to_chunk(sg_page(sg))->first_pfn;
}

bool gpu_owns(struct scatterlist *sg, const void *owner)
{
	return sg_page(sg)->pgmap->owner == owner || page_owner(sg_page(sg)) == owner;
}
