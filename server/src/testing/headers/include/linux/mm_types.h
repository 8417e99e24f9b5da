/* A small struct page and struct folio: the shape that the kernel's have, and no more. */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H
#include <linux/types.h>
#include <linux/list.h>

struct address_space;
struct dev_pagemap;

/// with page
struct page {
	unsigned long flags;
	union {
		struct {	/* File and anonymous memory */
			struct list_head lru;
			struct address_space *mapping;
			pgoff_t index;
			unsigned long private;
		};
		struct {	/* page_pool */
			unsigned long pp_magic;
			void *pp;
		};
		struct {	/* Tail pages of a compound page */
			unsigned long compound_head;	/* Bit zero is set */
		};
/// without pgmap_moved
		struct {	/* ZONE_DEVICE pages */
			/** @pgmap: The device's map that hosts the page. */
			struct dev_pagemap *pgmap;
			void *zone_device_data;
		};
/// end
/// with pgmap_moved
		struct {	/* ZONE_DEVICE pages */
			/* The first word is compound_head, or the folio's pgmap */
			void *_unused_pgmap_compound_head;
			void *zone_device_data;
		};
/// end
		/** @rcu_head: Frees a page after a grace period. */
		struct rcu_head rcu_head;
	};
	union {
		unsigned int page_type;
		atomic_t _mapcount;
	};
	atomic_t _refcount;
};
/// end

/// with owner_ops
struct folio;
struct folio_owner_ops {
	/* Called once the last reference is gone. */
	void (*free)(struct folio *folio);
};
/// end

/// with folio
/**
 * struct folio - A run of pages that are managed as one.
 * @lru: Where the folio stands in the order of use.
 * @owner_ops: What the folio's owner wants called. Valid if bit 1 is set.
 *    NOTE: Cannot be used with lru, which shares its word. Clear owner_ops
 *          before lru is used, and set it again afterwards.
 * @_refcount: Do not access this member directly.  Use folio_ref_count()
 *    to learn how many references there are.
 */
struct folio {
	union {
		struct {
			unsigned long flags;
			union {
				struct list_head lru;
/// with owner_ops
				const struct folio_owner_ops *owner_ops; /* Bit 1 is set */
/// end
/// with page_pgmap
				struct dev_pagemap *pgmap;
/// end
			};
			struct address_space *mapping;
			pgoff_t index;
			void *private;
			atomic_t _mapcount;
			atomic_t _refcount;
		};
		struct page page;
	};
};

#define FOLIO_MATCH(pg, fl)						\
	static_assert(offsetof(struct page, pg) == offsetof(struct folio, fl))
FOLIO_MATCH(flags, flags);
FOLIO_MATCH(lru, lru);
FOLIO_MATCH(mapping, mapping);
FOLIO_MATCH(compound_head, lru);
FOLIO_MATCH(index, index);
FOLIO_MATCH(private, private);
FOLIO_MATCH(_mapcount, _mapcount);
FOLIO_MATCH(_refcount, _refcount);
#undef FOLIO_MATCH

static inline unsigned long _compound_head(const struct page *page)
{
	unsigned long head = page->compound_head;

	if (head & 1)
		return head - 1;
	return (unsigned long)page;
}

#define page_folio(p) (_Generic((p),					\
	const struct page *: (const struct folio *)_compound_head(p),	\
	struct page *: (struct folio *)_compound_head(p)))

static inline int folio_ref_count(const struct folio *folio)
{
	return folio->_refcount.counter;
}
/// end

/// with owner_ops
/* Bit 0 tells a tail page, so that an owner is told by bit 1. */
#define FOLIO_OWNER_OPS_BIT 1UL
#define FOLIO_OWNER_OPS (1UL << FOLIO_OWNER_OPS_BIT)

static inline void folio_set_owner_ops(struct folio *folio, const struct folio_owner_ops *ops)
{
	ops = (const struct folio_owner_ops *)((unsigned long)ops | FOLIO_OWNER_OPS);
	folio->owner_ops = ops;
}

static inline void folio_clear_owner_ops(struct folio *folio)
{
	folio->owner_ops = NULL;
}

static inline const struct folio_owner_ops *folio_get_owner_ops(struct folio *folio)
{
	const struct folio_owner_ops *ops = folio->owner_ops;

	if (!((unsigned long)ops & FOLIO_OWNER_OPS))
		return NULL;
	return (const struct folio_owner_ops *)((unsigned long)ops & ~FOLIO_OWNER_OPS);
}
/// end
#endif
