/* struct page, and the records that are laid over it. */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <asm/page.h>
#include <linux/build_bug.h>
#include <linux/list.h>
#include <linux/types.h>

struct address_space;
struct dev_pagemap;
struct folio_owner_ops;
struct kmem_cache;
struct mem_cgroup;
struct page_pool;

/*
 * One for every page of memory, so that not a word can be spared: five words belong to whoever uses the page now.
 *
 * The first of the five tells a tail page by bit 0 and an owner by bit 1. Whoever stores a pointer there must keep
 * both bits clear.
 */
struct page {
	unsigned long flags;
	union {
		struct {	/* Page cache and anonymous pages */
			union {
				struct list_head lru;

				/* Pages that can't be evicted */
				struct {
					/* Always even, so that no tail page is seen here */
					void *__filler;
					unsigned int mlock_count;
				};

				/* Pages that are free */
				struct list_head buddy_list;
				struct list_head pcp_list;
			};
			struct address_space *mapping;
			union {
				pgoff_t index;		/* Place within the file */
				unsigned long share;	/* How many files share it */
			};
			unsigned long private;
		};
		struct {	/* Pages that a network card receives into */
			/** @pp_magic: Tells such a page; bits 0 and 1 are not part of it. */
			unsigned long pp_magic;
			struct page_pool *pp;
			unsigned long _pp_mapping_pad;
			unsigned long dma_addr;
			atomic_long_t pp_ref_count;
		};
		struct {	/* Tail pages of a compound page */
			unsigned long compound_head;	/* Bit zero is set */
		};
		struct {	/* ZONE_DEVICE pages */
			/** @pgmap: The map of the device that hosts the page. */
			struct dev_pagemap *pgmap;
			void *zone_device_data;
		};

		/** @rcu_head: Frees the page after a grace period. */
		struct rcu_head rcu_head;
	};

	union {
		/* What the page is for, where it can't be mapped by a process */
		unsigned int page_type;
		/* How often it is mapped; -1 is never */
		atomic_t _mapcount;
	};

	/* Usage count. *DO NOT USE DIRECTLY*. See page_ref_count(). */
	atomic_t _refcount;

#ifdef CONFIG_MEMCG
	unsigned long memcg_data;
#endif
} __aligned(2 * sizeof(unsigned long));

/**
 * struct folio - A run of pages that lie side by side and are managed as one.
 * @flags: As in struct page.
 * @lru: Its place in the order of use.
 * @owner_ops: What its owner wants called. Valid if bit 1 is set.
 *    NOTE: Cannot be used with lru, which lies in the same words. To use lru,
 *          clear owner_ops first, and set it again once done with lru.
 * @mlock_count: How often it was locked into memory.
 * @pgmap: The map of the device that hosts it.
 * @mapping: The file it belongs to.
 * @index: Its place within the file, in pages.
 * @private: For the file system.
 * @_mapcount: Do not access this member directly.  Use folio_mapcount().
 * @_refcount: Do not access this member directly.  Use folio_ref_count().
 * @memcg_data: The control group it is charged to.
 * @_large_mapcount: Do not use directly, call folio_mapcount().
 * @_nr_pages: Do not use directly, call folio_nr_pages().
 */
struct folio {
	/* private: kernel-doc need not list the union */
	union {
		struct {
	/* public: */
			unsigned long flags;
			union {
				struct list_head lru;
				const struct folio_owner_ops *owner_ops; /* Bit 1 is set */
	/* private: */
				struct {
					void *__filler;
	/* public: */
					unsigned int mlock_count;
	/* private: */
				};
	/* public: */
				struct dev_pagemap *pgmap;
			};
			struct address_space *mapping;
			pgoff_t index;
			void *private;
			atomic_t _mapcount;
			atomic_t _refcount;
#ifdef CONFIG_MEMCG
			unsigned long memcg_data;
#endif
	/* private: */
		};
		struct page page;
	};
	union {
		struct {
			unsigned long _flags_1;
			unsigned long _head_1;
	/* public: */
			atomic_t _large_mapcount;
			unsigned int _nr_pages;
	/* private: */
		};
		struct page __page_1;
	};
};

#define FOLIO_MATCH(pg, fl)						\
	static_assert(offsetof(struct page, pg) == offsetof(struct folio, fl))
FOLIO_MATCH(flags, flags);
FOLIO_MATCH(lru, lru);
FOLIO_MATCH(mapping, mapping);
FOLIO_MATCH(compound_head, lru);
FOLIO_MATCH(compound_head, owner_ops);
FOLIO_MATCH(pgmap, pgmap);
FOLIO_MATCH(index, index);
FOLIO_MATCH(private, private);
FOLIO_MATCH(_mapcount, _mapcount);
FOLIO_MATCH(_refcount, _refcount);
#ifdef CONFIG_MEMCG
FOLIO_MATCH(memcg_data, memcg_data);
#endif
#undef FOLIO_MATCH

#define FOLIO_MATCH(pg, fl)						\
	static_assert(offsetof(struct folio, fl) ==			\
			offsetof(struct page, pg) + sizeof(struct page))
FOLIO_MATCH(flags, _flags_1);
FOLIO_MATCH(compound_head, _head_1);
#undef FOLIO_MATCH

/* A page that the slab allocator cuts into objects. */
struct slab {
	unsigned long __page_flags;
	struct kmem_cache *slab_cache;	/* Bit 0 must be clear: it would tell a tail page */
	union {
		struct list_head slab_list;
		struct rcu_head rcu_head;
	};
	void *freelist;
	unsigned long counters;
	unsigned int __page_type;
	atomic_t __page_refcount;
#ifdef CONFIG_MEMCG
	unsigned long obj_exts;
#endif
};

#define SLAB_MATCH(pg, sl)						\
	static_assert(offsetof(struct page, pg) == offsetof(struct slab, sl))
SLAB_MATCH(flags, __page_flags);
SLAB_MATCH(compound_head, slab_cache);
SLAB_MATCH(page_type, __page_type);
SLAB_MATCH(_refcount, __page_refcount);
#ifdef CONFIG_MEMCG
SLAB_MATCH(memcg_data, obj_exts);
#endif
#undef SLAB_MATCH
static_assert(sizeof(struct slab) <= sizeof(struct page));

/* What a folio's owner wants to be told. */
struct folio_owner_ops {
	/* The last reference is gone. */
	void (*free)(struct folio *folio);
};

/* Bit 0 of the word tells a tail page, so that an owner is told by bit 1. */
#define FOLIO_OWNER_OPS_BIT	1UL
#define FOLIO_OWNER_OPS		(1UL << FOLIO_OWNER_OPS_BIT)

static inline void folio_set_owner_ops(struct folio *folio, const struct folio_owner_ops *owner_ops)
{
	owner_ops = (const struct folio_owner_ops *)((unsigned long)owner_ops | FOLIO_OWNER_OPS);
	folio->owner_ops = owner_ops;
}

static inline void folio_clear_owner_ops(struct folio *folio)
{
	folio->owner_ops = NULL;
}

/* The owner's callbacks; NULL where the word belongs to somebody else. */
static inline const struct folio_owner_ops *folio_get_owner_ops(struct folio *folio)
{
	const struct folio_owner_ops *owner_ops = folio->owner_ops;

	if (!((unsigned long)owner_ops & FOLIO_OWNER_OPS))
		return NULL;
	return (const struct folio_owner_ops *)((unsigned long)owner_ops & ~FOLIO_OWNER_OPS);
}

#endif
