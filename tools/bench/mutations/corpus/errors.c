/* Errors leave by goto, each label undoing what was done before it. */
int charge(struct folio *folio);
int copy_to(struct folio *to, struct folio *from);

int isolate_and_copy(struct folio *folio, struct folio *to, struct list_head *isolated)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);
	int error;

	if (!ops)
		return -1;
	folio_get(folio);
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, isolated);
	error = copy_to(to, folio);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	folio_put(folio);
	return error;
}

int restore_on_error(struct folio *folio, struct list_head *list)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);
	int error;

	if (WARN_ON(!ops))
		return -1;
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
	error = charge(folio);
	if (error)
		goto restore;
	return 0;

restore:
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	folio_put(folio);
	return error;
}

int set_up(struct folio *folio, const struct folio_owner_ops *ops)
{
	int error;

	folio_set_owner_ops(folio, ops);
	error = charge(folio);
	if (error)
		goto out_clear;
	return 0;

out_clear:
	folio_clear_owner_ops(folio);
	folio_put(folio);
	return error;
}

int two_stages(struct folio *folio, struct list_head *list)
{
	const struct folio_owner_ops *ops;
	int error = -1;

	if (!folio_try_get(folio))
		goto out;
	ops = folio_get_owner_ops(folio);
	if (!ops)
		goto out_put;
	folio_clear_owner_ops(folio);
	error = charge(folio);
	if (error)
		goto out_owner;
	list_add_tail(&folio->lru, list);
	error = charge(folio);
	if (error)
		goto out_list;
	return 0;

out_list:
	list_del_init(&folio->lru);
out_owner:
	folio_set_owner_ops(folio, ops);
out_put:
	folio_put(folio);
out:
	return error;
}

int always_restore(struct folio *folio, struct list_head *list)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);
	int error;

	if (ops == NULL)
		return 0;
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
	error = charge(folio);
	if (!error)
		error = charge(folio);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	folio_put(folio);
	return error;
}

int pool_or_release(struct folio *folio, struct list_head *pool, const struct folio_owner_ops *ops)
{
	int error;

	folio_set_owner_ops(folio, ops);
	error = charge(folio);
	if (error) {
		folio_put(folio);
		return error;
	}
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, pool);
	return 0;
}
