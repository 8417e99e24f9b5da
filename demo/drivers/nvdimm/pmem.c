/* A record with a dev_pagemap inside: `pgmap` is no pointer here, and page is a phys_addr_t. */
#include <linux/mm.h>

struct pmem_device {
	phys_addr_t page;
	struct dev_pagemap pgmap;
};

void pmem_set_owner(struct pmem_device *pmem, void *owner)
{
	pmem->pgmap.type = MEMORY_DEVICE_FS_DAX;
	pmem->pgmap.owner = owner;
}
