/* Which zone a page is of, and the accessor for the map of a device's page. */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H
#include <linux/mm_types.h>

enum zone_type {
	ZONE_NORMAL,
	ZONE_DEVICE,
};

#define ZONES_SHIFT 62
#define VM_WARN_ON_ONCE_PAGE(cond, page) ((void)(cond))

/// with page
static inline enum zone_type page_zonenum(const struct page *page)
{
	return page->flags >> ZONES_SHIFT;
}

static inline bool is_zone_device_page(const struct page *page)
{
	return page_zonenum(page) == ZONE_DEVICE;
}

/// end
/// with page_pgmap
static inline struct dev_pagemap *page_pgmap(const struct page *page)
{
	VM_WARN_ON_ONCE_PAGE(!is_zone_device_page(page), page);
	return page_folio(page)->pgmap;
}
/// end
#endif
