/* The protocol is spread over functions. */
struct owner {
	struct folio *folio;
	struct list_head pool;
	const struct folio_owner_ops *ops;
};

static void own(struct folio *folio, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
}

static void disown(struct folio *folio)
{
	folio_clear_owner_ops(folio);
}

static void pool_add(struct folio *folio, struct list_head *pool)
{
	list_add(&folio->lru, pool);
}

static void pool_remove(struct folio *folio)
{
	list_del(&folio->lru);
}

static bool lend(struct folio *folio, struct list_head *list)
{
	if (!folio_get_owner_ops(folio))
		return false;
	folio_clear_owner_ops(folio);
	list_add_tail(&folio->lru, list);
	return true;
}

static void take_back(struct folio *folio, const struct folio_owner_ops *ops)
{
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	folio_put(folio);
}

void own_and_pool(struct folio *folio, struct list_head *pool, const struct folio_owner_ops *ops)
{
	own(folio, ops);
	disown(folio);
	pool_add(folio, pool);
}

void lend_and_take_back(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	if (lend(folio, list))
		take_back(folio, ops);
}

void visit_pool(struct folio *folio, struct list_head *pool, const struct folio_owner_ops *ops)
{
	own(folio, ops);
	disown(folio);
	pool_add(folio, pool);
	pool_remove(folio);
	own(folio, ops);
	folio_put(folio);
}

void field_of_owner(struct owner *owner)
{
	folio_set_owner_ops(owner->folio, owner->ops);
	folio_clear_owner_ops(owner->folio);
	list_add(&owner->folio->lru, &owner->pool);
}

void copy_of_field(struct owner *owner)
{
	struct folio *folio = owner->folio;

	if (!folio_get_owner_ops(folio))
		return;
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, &owner->pool);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, owner->ops);
	folio_put(owner->folio);
}

void hand_over(struct folio *folio, struct owner *owner)
{
	own(folio, owner->ops);
	if (owner->folio) {
		disown(folio);
		pool_add(folio, &owner->pool);
	} else {
		owner->folio = folio;
	}
}

int pool_first_of(struct list_head *list, struct list_head *pool, const struct folio_owner_ops *ops)
{
	struct folio *folio;

	if (list_empty(list))
		return 0;
	folio = list_first_entry(list, struct folio, lru);
	pool_remove(folio);
	own(folio, ops);
	disown(folio);
	pool_add(folio, pool);
	return 1;
}
