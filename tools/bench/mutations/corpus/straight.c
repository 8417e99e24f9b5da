/* One way through: the order of calls is all there is. */
void adopt_fresh(struct folio *folio, const struct folio_owner_ops *ops)
{
	INIT_LIST_HEAD(&folio->lru);
	folio_set_owner_ops(folio, ops);
}

void adopt_listed(struct folio *folio, struct list_head *pool, const struct folio_owner_ops *ops)
{
	list_add(&folio->lru, pool);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	folio_put(folio);
}

void own_then_pool(struct folio *folio, struct list_head *pool, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	folio_lock(folio);
	folio_clear_owner_ops(folio);
	list_add_tail(&folio->lru, pool);
	folio_unlock(folio);
}

void round_trip(struct folio *folio, struct list_head *isolated, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	folio_get(folio);
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, isolated);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	folio_put(folio);
}

void retire(struct folio *folio, struct list_head *retired, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	folio_clear_owner_ops(folio);
	INIT_LIST_HEAD(&folio->lru);
	list_add_tail(&folio->lru, retired);
}

void own_by_page(struct page *page, const struct folio_owner_ops *ops, struct list_head *pool)
{
	struct folio *folio = page_folio(page);

	folio_set_owner_ops(folio, ops);
	folio_lock(folio);
	folio_clear_owner_ops(page_folio(page));
	list_add(&folio->lru, pool);
	folio_unlock(folio);
}

void own_by_first_page(struct folio *folio, const struct folio_owner_ops *ops, struct list_head *pool)
{
	struct page *page = &folio->page;

	folio_set_owner_ops(page_folio(page), ops);
	folio_clear_owner_ops(folio);
	list_add(&page->lru, pool);
}
