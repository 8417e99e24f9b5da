/* Taking folios out and putting them back, as hugetlb, compaction and memory failure do. */
struct hstate { int free; int surplus; };
struct control { struct list_head folios; struct list_head failed; int isolated; bool sync; };
struct pool_lock { int held; };
void pool_lock_take(struct pool_lock *lock);
void pool_lock_drop(struct pool_lock *lock);
bool folio_test_pooled(const struct folio *folio);
bool folio_test_poisoned(const struct folio *folio);
void folio_mark_poisoned(struct folio *folio);
struct folio *pool_alloc_folio(struct hstate *h);
int pool_copy(struct folio *to, struct folio *from);
void panic(const char *text);

static inline void folio_set_pool_owner(struct folio *folio, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
}

static inline void folio_clear_pool_owner(struct folio *folio)
{
	folio_clear_owner_ops(folio);
}

static bool isolate_from_pool(struct folio *folio, struct list_head *list)
{
	bool isolated = true;

	if (!folio_test_pooled(folio) || !folio_try_get(folio)) {
		isolated = false;
		goto unlock;
	}
	folio_clear_pool_owner(folio);
	list_add_tail(&folio->lru, list);
unlock:
	return isolated;
}

static void putback_to_pool(struct folio *folio, const struct folio_owner_ops *ops)
{
	list_del(&folio->lru);
	folio_set_pool_owner(folio, ops);
	folio_put(folio);
}

int migrate_one(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	folio_set_pool_owner(folio, ops);
	if (!isolate_from_pool(folio, list))
		return -1;
	putback_to_pool(folio, ops);
	return 0;
}

int replace_free(struct hstate *h, struct folio *old, struct list_head *list, const struct folio_owner_ops *ops)
{
	struct folio *new = NULL;
	int ret = 0;

retry:
	if (!folio_test_pooled(old))
		goto free_new;
	if (!new) {
		new = pool_alloc_folio(h);
		if (!new)
			return -12;
		folio_set_pool_owner(new, ops);
		goto retry;
	}
	h->free--;
	folio_clear_pool_owner(new);
	list_add(&new->lru, list);
	return ret;
free_new:
	if (new)
		folio_put(new);
	return ret;
}

bool lend_under_lock(struct folio *folio, struct list_head *list, struct pool_lock *lock)
{
	const struct folio_owner_ops *ops;
	bool lent = false;

	pool_lock_take(lock);
	ops = folio_get_owner_ops(folio);
	if (unlikely(!ops))
		goto unlock;
	if (!folio_try_get(folio))
		goto unlock;
	folio_clear_owner_ops(folio);
	list_move_tail(&folio->lru, list);
	lent = true;
unlock:
	pool_lock_drop(lock);
	return lent;
}

int collect_block(struct control *cc, struct folio **folios, int count)
{
	int index;

	for (index = 0; index < count; index++) {
		struct folio *folio = folios[index];

		if (!folio_get_owner_ops(folio))
			continue;
		if (!folio_try_get(folio))
			continue;
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, &cc->folios);
		cc->isolated++;
	}
	return cc->isolated;
}

void putback_all(struct control *cc, const struct folio_owner_ops *ops)
{
	struct folio *folio;
	struct folio *next;

	list_for_each_entry_safe(folio, next, &cc->folios, lru) {
		if (unlikely(folio_test_poisoned(folio))) {
			list_move_tail(&folio->lru, &cc->failed);
			continue;
		}
		list_del(&folio->lru);
		cc->isolated--;
		folio_set_owner_ops(folio, ops);
		folio_put(folio);
	}
}

int soft_offline(struct folio *folio, struct list_head *list)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);
	int ret;

	if (ops) {
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, list);
		ret = pool_copy(folio, folio);
		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
	} else {
		ret = -16;
	}
	folio_put(folio);
	return ret;
}

int hard_offline(struct folio *folio, const struct folio_owner_ops *ops)
{
	int ret = 0;

	folio_set_owner_ops(folio, ops);
	if (folio_test_poisoned(folio)) {
		ret = -16;
		goto out;
	}
	folio_mark_poisoned(folio);
	folio_clear_owner_ops(folio);
	INIT_LIST_HEAD(&folio->lru);
	folio_set_owner_ops(folio, ops);
out:
	folio_put(folio);
	return ret;
}

int unmap_and_move(struct hstate *h, struct folio *src, struct list_head *failed, const struct folio_owner_ops *ops)
{
	struct folio *dst;
	int rc = -11;

	dst = pool_alloc_folio(h);
	if (!dst)
		return -12;
	folio_set_owner_ops(dst, ops);
	rc = pool_copy(dst, src);
	if (rc == -11)
		goto out_unlock;
	if (rc) {
		folio_clear_owner_ops(dst);
		list_add_tail(&dst->lru, failed);
		return rc;
	}
out_unlock:
	folio_put(dst);
	return rc;
}

void demote_first(struct list_head *from, struct list_head *to, const struct folio_owner_ops *ops)
{
	struct folio *folio;

	if (list_empty(from))
		return;
	folio = list_first_entry(from, struct folio, lru);
	list_del_init(&folio->lru);
	folio_set_owner_ops(folio, ops);
	if (folio_test_large(folio)) {
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, to);
	}
}

int isolate_pair(struct folio *one, struct folio *two, struct list_head *list, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(one, ops);
	folio_set_owner_ops(two, ops);
	if (!folio_try_get(one))
		goto out;
	folio_clear_owner_ops(one);
	list_add(&one->lru, list);
	if (!folio_try_get(two))
		goto putback;
	folio_clear_owner_ops(two);
	list_add(&two->lru, list);
	return 2;
putback:
	list_del(&one->lru);
	folio_set_owner_ops(one, ops);
	folio_put(one);
out:
	return 0;
}

void reset_or_stop(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, bool usable)
{
	folio_set_owner_ops(folio, ops);
	if (!usable)
		panic("pool");
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
}
