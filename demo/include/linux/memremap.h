/* Memory that a device hosts. */
#ifndef _LINUX_MEMREMAP_H
#define _LINUX_MEMREMAP_H

#include <linux/mmzone.h>

struct vm_fault;

enum memory_type {
	MEMORY_DEVICE_PRIVATE = 1,
	MEMORY_DEVICE_COHERENT,
	MEMORY_DEVICE_FS_DAX,
};

struct percpu_ref {
	unsigned long percpu_count_ptr;
};

struct dev_pagemap_ops {
	void (*page_free)(struct page *page);
	int (*migrate_to_ram)(struct vm_fault *vmf);
};

struct dev_pagemap {
	struct percpu_ref ref;
	enum memory_type type;
	const struct dev_pagemap_ops *ops;
	void *owner;
};

bool percpu_ref_tryget_live(struct percpu_ref *ref);

static inline bool is_device_private_page(const struct page *page)
{
	return IS_ENABLED(CONFIG_DEVICE_PRIVATE) &&
		is_zone_device_page(page) &&
		page_pgmap(page)->type == MEMORY_DEVICE_PRIVATE;
}

#endif
