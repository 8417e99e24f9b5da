/* Lists of folios, walked and taken apart. */
void own_all(struct list_head *list, const struct folio_owner_ops *ops)
{
	struct folio *folio, *next;

	list_for_each_entry_safe(folio, next, list, lru) {
		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
	}
}

void own_first(struct list_head *list, const struct folio_owner_ops *ops)
{
	struct folio *folio;

	if (list_empty(list))
		return;
	folio = list_first_entry(list, struct folio, lru);
	list_del_init(&folio->lru);
	folio_set_owner_ops(folio, ops);
}

void drain(struct list_head *list, const struct folio_owner_ops *ops)
{
	while (!list_empty(list)) {
		struct folio *folio = list_first_entry(list, struct folio, lru);

		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
		folio_put(folio);
	}
}

void retry_until_pooled(struct folio *folio, struct list_head *pool, const struct folio_owner_ops *ops)
{
	int tries;

	for (tries = 0; tries < 3; tries++) {
		folio_set_owner_ops(folio, ops);
		if (folio_try_get(folio))
			return;
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, pool);
		list_del(&folio->lru);
	}
	list_add(&folio->lru, pool);
}

void lend_again_and_again(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, int times)
{
	folio_set_owner_ops(folio, ops);
	do {
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, list);
		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
	} while (times-- > 0);
	folio_put(folio);
}

int own_some(struct list_head *list, const struct folio_owner_ops *ops, int most)
{
	struct folio *folio, *next;
	int owned = 0;

	list_for_each_entry_safe(folio, next, list, lru) {
		if (folio_test_large(folio))
			continue;
		list_del_init(&folio->lru);
		folio_set_owner_ops(folio, ops);
		if (++owned == most)
			break;
	}
	return owned;
}

void release_isolated(struct list_head *isolated, const struct folio_owner_ops *ops)
{
	struct folio *folio, *next;

	list_for_each_entry_safe(folio, next, isolated, lru) {
		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
		folio_unlock(folio);
		folio_put(folio);
	}
}
