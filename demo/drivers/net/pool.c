/* A network card's pool of pages. */
#include <linux/mm.h>

#define PP_SIGNATURE 0x40

/* Wrong: bits 0 and 1 of the word are not part of the signature. */
bool page_is_from_pool_wrongly(const struct page *page)
{
	return page->pp_magic == PP_SIGNATURE;
}

/* Right. */
bool page_is_from_pool(const struct page *page)
{
	return (page->pp_magic & ~3UL) == PP_SIGNATURE;
}

/* Wrong: the count has an accessor. */
bool page_is_ours_alone(const struct page *page)
{
	return page->_refcount.counter == 1;
}
