/* The map of a device's memory. */
#ifndef _LINUX_MEMREMAP_H
#define _LINUX_MEMREMAP_H
#include <linux/mmzone.h>

enum memory_type {
	MEMORY_DEVICE_PRIVATE = 1,
	MEMORY_DEVICE_COHERENT,
	MEMORY_DEVICE_FS_DAX,
};

struct dev_pagemap_ops {
	void (*page_free)(struct page *page);
};

struct dev_pagemap {
	enum memory_type type;
	atomic_t ref;
	const struct dev_pagemap_ops *ops;
	void *owner;
};
#endif
