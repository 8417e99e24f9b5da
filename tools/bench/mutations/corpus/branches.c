/* The state hangs on tests. */
bool isolate_owned(struct folio *folio, struct list_head *isolated)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);

	if (!ops)
		return false;
	if (!folio_try_get(folio))
		return false;
	folio_clear_owner_ops(folio);
	list_add_tail(&folio->lru, isolated);
	return true;
}

void drop_from_pool(struct folio *folio, const struct folio_owner_ops *ops, bool keep)
{
	folio_set_owner_ops(folio, ops);
	if (keep)
		return;
	folio_clear_owner_ops(folio);
	INIT_LIST_HEAD(&folio->lru);
}

void pool_either_way(struct folio *folio, struct list_head *hot, struct list_head *cold, bool active)
{
	if (!folio_get_owner_ops(folio))
		return;
	if (active) {
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, hot);
	} else {
		folio_clear_owner_ops(folio);
		list_add_tail(&folio->lru, cold);
	}
}

void clear_in_both_arms(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, bool large)
{
	folio_set_owner_ops(folio, ops);
	if (large) {
		folio_lock(folio);
		folio_clear_owner_ops(folio);
		folio_unlock(folio);
	} else {
		folio_clear_owner_ops(folio);
	}
	list_add(&folio->lru, list);
}

void visit_with_owner(struct folio *folio, struct list_head *list)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);

	if (ops)
		folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
	list_del(&folio->lru);
	if (ops)
		folio_set_owner_ops(folio, ops);
	folio_put(folio);
}

int by_request(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, int request)
{
	folio_set_owner_ops(folio, ops);
	switch (request) {
	case 0:
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, list);
		break;
	case 1:
		return 1;
	default:
		folio_clear_owner_ops(folio);
		list_add_tail(&folio->lru, list);
		break;
	}
	list_move(&folio->lru, list);
	return 0;
}

void skip_unowned(struct folio *folio, struct list_head *list)
{
	if (likely(!folio_get_owner_ops(folio)))
		list_move(&folio->lru, list);
}

struct folio *choose_owned(struct folio *first, struct folio *second, struct list_head *list)
{
	struct folio *chosen = folio_get_owner_ops(first) ? first : second;

	if (!folio_get_owner_ops(chosen))
		return NULL;
	folio_clear_owner_ops(chosen);
	list_add(&chosen->lru, list);
	return chosen;
}
