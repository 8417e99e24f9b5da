/* Zones of memory, and what they say about a page. */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/mm_types.h>
#include <linux/page-flags.h>

enum zone_type {
	ZONE_DMA,
	ZONE_NORMAL,
	ZONE_MOVABLE,
	ZONE_DEVICE,
};

#define ZONES_PGSHIFT	62
#define ZONES_MASK	3UL

#define VM_WARN_ON_ONCE_PAGE(cond, page) ((void)(cond))

static inline enum zone_type page_zonenum(const struct page *page)
{
	return (page->flags >> ZONES_PGSHIFT) & ZONES_MASK;
}

#ifdef CONFIG_ZONE_DEVICE
static inline bool is_zone_device_page(const struct page *page)
{
	return page_zonenum(page) == ZONE_DEVICE;
}

/* The map of the device that hosts a page; right for tail pages too. */
static inline struct dev_pagemap *page_pgmap(const struct page *page)
{
	VM_WARN_ON_ONCE_PAGE(!is_zone_device_page(page), page);
	return page_folio(page)->pgmap;
}
#else
static inline bool is_zone_device_page(const struct page *page)
{
	return false;
}

static inline struct dev_pagemap *page_pgmap(const struct page *page)
{
	return NULL;
}
#endif

#endif
