/* Users that keep folios of their own: a guest's memory, a reserve, a ring of buffers. */
struct guest { struct folio *folio; const struct folio_owner_ops *ops; struct list_head spare; int count; };
struct slot { struct folio *folio; bool shared; };
struct ring { struct slot slots[8]; struct list_head idle; int used; };
int guest_map(struct guest *guest, struct folio *folio);
int guest_state(struct guest *guest);
struct folio *guest_grab(struct guest *guest, unsigned long index);
void guest_unlock(struct guest **guest);

static int guest_prepare(struct guest *guest, struct folio *folio)
{
	int error = guest_map(guest, folio);

	if (error)
		return error;
	folio_set_owner_ops(folio, guest->ops);
	return 0;
}

static void guest_release(struct folio *folio, struct list_head *spare)
{
	if (!folio_get_owner_ops(folio))
		return;
	folio_clear_owner_ops(folio);
	list_add(&folio->lru, spare);
}

int guest_fault(struct guest *guest, struct folio *folio)
{
	int error = guest_prepare(guest, folio);

	if (error) {
		list_add(&folio->lru, &guest->spare);
		return error;
	}
	folio_clear_owner_ops(folio);
	list_add_tail(&folio->lru, &guest->spare);
	return 0;
}

void guest_punch(struct guest *guest, struct list_head *spare)
{
	struct folio *folio = guest->folio;

	folio_set_owner_ops(folio, guest->ops);
	guest->count--;
	guest_release(folio, spare);
	list_del(&folio->lru);
}

int guest_populate(struct guest *guest, unsigned long start, unsigned long end, const struct folio_owner_ops *ops)
{
	int done = 0;

	while (start < end) {
		struct folio *folio = guest_grab(guest, start);

		if (!folio)
			break;
		folio_set_owner_ops(folio, ops);
		if (guest_map(guest, folio)) {
			folio_clear_owner_ops(folio);
			list_add(&folio->lru, &guest->spare);
			break;
		}
		folio_put(folio);
		start++;
		done++;
	}
	return done;
}

void guest_convert(struct guest *guest, struct folio *folio, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	switch (guest_state(guest)) {
	case 1:
		guest->count++;
		/* fall through */
	case 2:
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, &guest->spare);
		break;
	default:
		folio_put(folio);
	}
}

void guest_convert_twice(struct guest *guest, struct folio *folio, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	switch (guest_state(guest)) {
	case 1:
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, &guest->spare);
		list_del(&folio->lru);
		break;
	case 2:
		return;
	default:
		folio_clear_owner_ops(folio);
		break;
	}
	list_add_tail(&folio->lru, &guest->spare);
}

void ring_fill(struct ring *ring, struct folio *folio, const struct folio_owner_ops *ops)
{
	struct slot *slot = &ring->slots[0];

	slot->folio = folio;
	folio_set_owner_ops(slot->folio, ops);
	if (slot->shared) {
		folio_clear_owner_ops(slot->folio);
		list_add(&folio->lru, &ring->idle);
	}
}

void ring_refill(struct ring *ring, const struct folio_owner_ops *ops, int count)
{
	do {
		struct folio *folio = list_first_entry(&ring->idle, struct folio, lru);

		if (list_empty(&ring->idle))
			return;
		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
		ring->used++;
	} while (--count > 0);
}

int ring_swap(struct ring *ring, struct folio *out, struct folio *in, const struct folio_owner_ops *ops)
{
	struct folio *spare;

	folio_set_owner_ops(in, ops);
	folio_set_owner_ops(out, ops);
	spare = ring->used ? in : out;
	folio_clear_owner_ops(spare);
	list_add(&spare->lru, &ring->idle);
	return ring->used;
}

void via_pages(struct page *page, struct list_head *list, const struct folio_owner_ops *ops)
{
	struct folio *folio = page_folio(page);
	struct page *head = &folio->page;

	folio_set_owner_ops(page_folio(head), ops);
	folio_lock(folio);
	folio_clear_owner_ops(page_folio(head));
	list_add(&head->lru, list);
	folio_unlock(folio);
}

void lend_for_call(struct folio *folio, struct list_head *list)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(folio);
	bool owned = ops != NULL;

	if (owned) {
		folio_clear_owner_ops(folio);
	}
	list_add(&folio->lru, list);
	list_del(&folio->lru);
	if (owned)
		folio_set_owner_ops(folio, ops);
	folio_put(folio);
}

struct folio *take_reserved(struct list_head *reserve, const struct folio_owner_ops *ops)
{
	struct folio *folio;

	list_for_each_entry(folio, reserve, lru) {
		if (!folio_try_get(folio))
			continue;
		list_del(&folio->lru);
		folio_set_owner_ops(folio, ops);
		return folio;
	}
	return NULL;
}

int move_state(struct folio *old, struct folio *new, struct list_head *list)
{
	const struct folio_owner_ops *ops = folio_get_owner_ops(old);

	if (!ops)
		return -22;
	folio_clear_owner_ops(old);
	list_add(&old->lru, list);
	folio_set_owner_ops(new, ops);
	list_del(&old->lru);
	folio_set_owner_ops(old, ops);
	folio_put(old);
	return 0;
}

bool check_then_list(struct folio *folio, struct list_head *list, bool force)
{
	if (folio_get_owner_ops(folio) && !force)
		return false;
	if (folio_get_owner_ops(folio))
		folio_clear_owner_ops(folio);
	list_add(&folio->lru, list);
	return true;
}

int comma_and_value(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	int listed = (folio_set_owner_ops(folio, ops), 0);

	if (folio_test_large(folio) && (listed = 1)) {
		folio_clear_owner_ops(folio);
		list_add(&folio->lru, list);
	}
	return listed;
}
