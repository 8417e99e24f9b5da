/* A pool of large folios that come back to it when their last reference goes. */
#include <linux/mm.h>

static LIST_HEAD(pool);

static void return_to_pool(struct folio *folio)
{
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, &pool);
}

static const struct folio_owner_ops pool_ops = {
	.free = return_to_pool,
};

/* Right: the folio leaves the list before its owner takes the word. */
struct folio *take_from_pool(void)
{
	struct folio *folio;

	if (list_empty(&pool))
		return NULL;
	folio = list_first_entry(&pool, struct folio, lru);
	list_del(&folio->lru);
	folio_set_owner_ops(folio, &pool_ops);
	return folio;
}

/* Wrong: list_add() writes through a word that holds pool_ops and bit 1. */
void isolate_wrongly(struct folio *folio, struct list_head *isolated)
{
	folio_set_owner_ops(folio, &pool_ops);
	list_add(&folio->lru, isolated);
}

/* Right: the word is given to the list, and given back afterwards. */
void isolate(struct folio *folio, struct list_head *isolated)
{
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, isolated);
}

void putback(struct folio *folio)
{
	list_del(&folio->lru);
	folio_set_owner_ops(folio, &pool_ops);
}

/* Wrong: on a folio that is on a list the word is lru.next, which is never NULL. */
bool has_owner(const struct folio *folio)
{
	return folio->owner_ops != NULL;
}
