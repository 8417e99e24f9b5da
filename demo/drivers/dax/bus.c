/* Decoys: other records have a member of the same name, and nothing is wrong with it. */
#include <linux/mm.h>

struct dev_dax {
	struct dev_pagemap *pgmap;
	unsigned long start;
};

struct dev_dax_data {
	struct dev_pagemap *pgmap;
};

void dax_set_map(struct dev_dax *dev_dax, const struct dev_dax_data *data)
{
	dev_dax->pgmap = data->pgmap;
}

bool dax_is_private(const struct dev_dax *dev_dax)
{
	return dev_dax->pgmap->type == MEMORY_DEVICE_PRIVATE;
}

/* A decoy and a page's member on one line. */
bool dax_hosts(const struct dev_dax *dev_dax, const struct page *page)
{
	return dev_dax->pgmap == page->pgmap;
}
