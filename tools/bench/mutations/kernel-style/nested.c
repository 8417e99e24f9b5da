/* Helpers inside of helpers, flags that remember, and loops in loops. */
struct batch { struct list_head in; struct list_head out; int moved; bool locked; };
int batch_limit(struct batch *batch);
int try_move(struct folio *folio);
bool folio_test_busy(const struct folio *folio);
void end_of_work(struct batch *batch);

static void lend(struct folio *folio, struct list_head *list)
{
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
}

static void take_back(struct folio *folio, const struct folio_owner_ops *ops)
{
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
}

static int lend_and_move(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	int error;

	lend(folio, list);
	error = try_move(folio);
	take_back(folio, ops);
	return error;
}

static bool remove_unless_optimized(struct folio *folio, bool optimized)
{
	if (!optimized)
		folio_clear_owner_ops(folio);
	return !optimized;
}

int outer_call(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	if (lend_and_move(folio, list, ops))
		return -11;
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
	return 0;
}

void told_by_result(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, bool optimized)
{
	folio_set_owner_ops(folio, ops);
	if (remove_unless_optimized(folio, optimized))
		list_add(&folio->lru, list);
}

void remembered_flag(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, int kind)
{
	bool cleared = false;

	folio_set_owner_ops(folio, ops);
	if (kind) {
		folio_clear_owner_ops(folio);
		cleared = true;
	}
	folio_lock(folio);
	if (cleared)
		list_add(&folio->lru, list);
	folio_unlock(folio);
}

void same_test_twice(struct folio *folio, struct batch *batch, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	if (batch->locked)
		folio_clear_owner_ops(folio);
	if (batch->locked)
		list_add(&folio->lru, &batch->out);
}

void passes(struct batch *batch, const struct folio_owner_ops *ops)
{
	struct folio *folio;
	struct folio *next;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		list_for_each_entry_safe(folio, next, &batch->in, lru) {
			if (folio_test_busy(folio))
				continue;
			list_del(&folio->lru);
			folio_set_owner_ops(folio, ops);
			if (++batch->moved > batch_limit(batch))
				return;
		}
	}
}

int drain_until(struct batch *batch, const struct folio_owner_ops *ops)
{
	struct folio *folio;
	int left = 0;

	while (!list_empty(&batch->in)) {
		folio = list_first_entry(&batch->in, struct folio, lru);
		if (folio_test_busy(folio)) {
			list_move(&folio->lru, &batch->out);
			left++;
			continue;
		}
		list_del_init(&folio->lru);
		folio_set_owner_ops(folio, ops);
	}
	end_of_work(batch);
	return left;
}

int many_errors(struct folio *folio, struct batch *batch, const struct folio_owner_ops *ops)
{
	int error;

	folio_set_owner_ops(folio, ops);
	error = try_move(folio);
	if (error == -12)
		goto nomem;
	if (error)
		goto failed;
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, &batch->out);
	return 0;
failed:
	batch->moved--;
nomem:
	folio_put(folio);
	return error;
}

int retry_loop(struct folio *folio, struct batch *batch, const struct folio_owner_ops *ops)
{
	int error;

	folio_set_owner_ops(folio, ops);
again:
	error = try_move(folio);
	if (error == -11)
		goto again;
	if (!error) {
		lend(folio, &batch->out);
		return 0;
	}
	return error;
}

int first_or_last(struct folio *first, struct folio *last, struct batch *batch, const struct folio_owner_ops *ops)
{
	struct folio *folio = first;

	if (folio_test_busy(first))
		folio = last;
	folio_set_owner_ops(folio, ops);
	if (try_move(folio))
		return -1;
	lend(folio, &batch->out);
	return 0;
}

void early_return(struct folio *folio, struct batch *batch, const struct folio_owner_ops *ops)
{
	if (WARN_ON(folio_get_owner_ops(folio)))
		return;
	list_add(&folio->lru, &batch->in);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, ops);
	if (!batch->locked)
		return;
	lend(folio, &batch->out);
}

void statement_value(struct folio *folio, struct batch *batch, const struct folio_owner_ops *ops)
{
	int moved;

	folio_set_owner_ops(folio, ops);
	moved = ({ folio_lock(folio); folio_clear_owner_ops(folio); 1; });
	list_add(&folio->lru, &batch->out);
	batch->moved = moved;
}
