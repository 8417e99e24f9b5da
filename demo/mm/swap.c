/* The last reference to a folio. */
#include <linux/mm.h>

void free_to_allocator(struct folio *folio);
void free_device_folio(struct folio *folio);

void __folio_put(struct folio *folio)
{
	const struct folio_owner_ops *owner_ops = folio_get_owner_ops(folio);

	if (unlikely(owner_ops)) {
		owner_ops->free(folio);
		return;
	}

	if (unlikely(is_zone_device_page(&folio->page))) {
		free_device_folio(folio);
		return;
	}

	free_to_allocator(folio);
}
