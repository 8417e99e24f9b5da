/* A fault on memory that only the device can reach. */
#include <linux/mm.h>

int fault_on_device_page(struct vm_fault *vmf)
{
	if (!is_device_private_page(vmf->page))
		return -1;
	return vmf->page->pgmap->ops->migrate_to_ram(vmf);
}

/* The call stays behind the test: page may be NULL. */
bool owned_by(struct page *page, const void *owner)
{
	return page && is_zone_device_page(page) && page->pgmap->owner == owner;
}
