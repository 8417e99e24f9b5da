/** Bugs that kernels really had, each in its bad form and in the one that replaced it. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const PAGE = '//- /include/linux/mm.h +page +folio\n';

function checkCase(rules: readonly string[], headers: string, source: string, ahead = false): void {
  check(`${headers}${source.replace(/^\n/, '').replace(/^ {4}/gm, '')}`, { rules, ahead });
}

describe('a device page on a list of pages', () => {
  // drivers/xen: "don't use page->lru for ZONE_DEVICE memory".
  it('is found where the kind is known, and linked through its own word', () => {
    checkCase(
      ['kind-overlap'],
      PAGE,
      `
    //- /drivers/xen/pages.c
    #include <linux/mm.h>
    static struct page *chain;
    void keep_bad(struct page *pg, struct list_head *page_list)
    {
        if (!is_zone_device_page(pg))
            return;
        list_add(&pg->lru, page_list);
                  ^^^^^^^ warning[kind-overlap]: pg->lru is used on a ZONE_DEVICE page (bytes 8 to 15, found at line 6), where …
    }
    void keep_good(struct page *pg)
    {
        if (!is_zone_device_page(pg))
            return;
        pg->zone_device_data = chain;    // ok
        chain = pg;
    }
    void keep_any(struct page *pg, struct list_head *page_list)
    {
        list_add(&pg->lru, page_list);    // ok: the kind can't be known here
    }`,
    );
  });
});

describe('a signature in a word whose low bits are others’', () => {
  // net/core/page_pool.c, 0fa32ca438b4: bit 1 may say pfmemalloc.
  it('is found where it is compared whole', () => {
    checkCase(
      ['tag-bit-store'],
      '',
      `
    #include <linux/mm_types.h>
    #define PP_SIGNATURE 0x40
    int is_pool_page_bad(struct page *page)
    {
        return page->pp_magic == PP_SIGNATURE;
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[tag-bit-store]: pp_magic is compared whole, and bit 1 …
    }
    int is_pool_page_good(struct page *page)
    {
        return (page->pp_magic & ~0x3UL) == PP_SIGNATURE;    // ok
    }
    //- /include/linux/mm_types.h
    struct list_head { struct list_head *next, *prev; };
    struct page {
        unsigned long flags;
        union {
            struct list_head lru;
            unsigned long pp_magic;
        };
    };
    static inline int page_is_pfmemalloc(const struct page *page)
    {
        return (unsigned long)page->lru.next & (1UL << 1);
    }`,
    );
  });
});

const COMPOUND = `//- /include/linux/mm_types.h
struct list_head { struct list_head *next, *prev; };
struct address_space { long host; };
struct hugetlb_cgroup;
struct page {
    unsigned long flags;
    union {
        struct {
            struct list_head lru;
            struct address_space *mapping;
            unsigned long index;
            unsigned long private;
        };
        struct {
            unsigned long compound_head; /* Bit zero is set */
            unsigned char compound_dtor;
        };
    };
};
static inline int PageAnon(const struct page *page)
{
    return (unsigned long)page->mapping & 1;
}
struct folio;
struct folio *page_folio(struct page *page);
int folio_test_anon(const struct folio *folio);
`;

describe('a destructor in the mapping of the first tail page', () => {
  // mm/page_alloc.c, 41d78ba55037: bit 0 of a function's address made the page look anonymous.
  it('is found as a function in a word with a tag, and as a tail page’s member', () => {
    checkCase(
      ['tag-bit-store', 'tail-field', 'mapping-low-bits'],
      COMPOUND,
      `
    //- /drivers/huge/huge.c
    #include <linux/mm_types.h>
    void free_compound_page(struct page *page);
    #define FREE_COMPOUND_PAGE 1
    void prepare_bad(struct page *page)
    {
        page[1].mapping = (void *)free_compound_page;
        ^^^^^^^^^^^^^^^ info[tail-field]: page[1].mapping is a tail page's: …
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[tag-bit-store]: A pointer to a function has no alignment that the language promises, and bit 0 of bytes 24 to 31 …
    }
    void prepare_good(struct page *page)
    {
        page[1].compound_dtor = FREE_COMPOUND_PAGE;    // ok
    }`,
    );
  });
});

describe('a pointer in the word by which tail pages are told', () => {
  // mm/hugetlb_cgroup.c, 1d798ca3f164: bit 0 of the word came to mean PageTail.
  it('is found as a tail page’s member, and moved to one that no page tells itself by', () => {
    checkCase(
      ['tail-field'],
      COMPOUND,
      `
    //- /drivers/huge/group.c
    #include <linux/mm_types.h>
    void set_group_bad(struct page *page, struct hugetlb_cgroup *group)
    {
        page[2].lru.next = (void *)group;
        ^^^^^^^^^^^ info[tail-field]: page[2].lru is a tail page's: …
    }
    void set_group_good(struct page *page, struct hugetlb_cgroup *group)
    {
        page->private = (unsigned long)group;    // ok
    }`,
    );
  });

  it('is found where call_rcu() writes into it while the page is listed', () => {
    checkCase(
      ['rcu-head-overlap'],
      PAGE,
      `
    void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
    void free_table(struct rcu_head *head);
    void free_bad(struct page *page, struct list_head *tables)
    {
        list_add(&page->lru, tables);
        call_rcu(&page->rcu_head, free_table);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[rcu-head-overlap]: page waits …
    }
    void free_good(struct page *page, struct list_head *tables)
    {
        list_add(&page->lru, tables);
        list_del(&page->lru);
        call_rcu(&page->rcu_head, free_table);    // ok
    }`,
    );
  });
});

describe('a split that sets private back', () => {
  // mm/huge_memory.c, 71e2d666ef85: private and the swap entry share the word.
  it('is found on a page of the swap cache', () => {
    checkCase(
      ['swap-private'],
      `//- /include/linux/mm_types.h
typedef struct { unsigned long val; } swp_entry_t;
struct page { unsigned long flags; unsigned long private; };
struct folio {
    union {
        struct { unsigned long flags; union { void *private; swp_entry_t swap; }; };
        struct page page;
    };
};
_Bool folio_test_swapcache(const struct folio *folio);
`,
      `
    //- /mm/split.c
    #include <linux/mm_types.h>
    void split_bad(struct folio *tail)
    {
        if (folio_test_swapcache(tail))
            tail->private = (void *)0;
            ^^^^^^^^^^^^^ warning[swap-private]: tail->private is changed while the folio is in the swap cache …
    }
    void split_good(struct folio *tail)
    {
        if (!folio_test_swapcache(tail))
            tail->private = (void *)0;    // ok
    }`,
    );
  });
});

describe('drivers that read the device’s map and data of a page', () => {
  // drivers/gpu/drm: code in flight while the member moved.
  it('are told of page_pgmap() before they are merged', () => {
    checkCase(
      ['raw-pgmap'],
      '//- /include/linux/mm.h +page +folio +page_pgmap\n',
      `
    //- /drivers/gpu/drm/svm.c
    #include <linux/mm.h>
    int collect_bad(struct page *page, struct dev_pagemap *pagemap)
    {
        return pagemap != page->pgmap;
                          ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap …
    }
    int collect_good(struct page *page, struct dev_pagemap *pagemap)
    {
        return pagemap != page_pgmap(page);    // ok
    }`,
    );
  });

  it('are told of the folio where theirs are large', () => {
    checkCase(
      ['tail-device-data'],
      `${PAGE}//- /include/linux/memremap.h
#include <linux/mm_types.h>
struct dev_pagemap_ops { void (*folio_split)(struct folio *head, struct folio *tail); };
void *folio_zone_device_data(const struct folio *folio);
struct folio *page_folio(struct page *page);
`,
      `
    //- /drivers/gpu/drm/pagemap.c
    #include <linux/memremap.h>
    void split(struct folio *head, struct folio *tail);
    const struct dev_pagemap_ops ops = { .folio_split = split };
    struct zdd { void *zone_device_data; };
    void *data_bad(struct page *page)
    {
        return page->zone_device_data;
               ^^^^^^^^^^^^^^^^^^^^^^ info[tail-device-data]: page->zone_device_data may be a tail page's: only the first page of a folio holds the device's data (include/linux/memremap.h:3). Use folio_zone_device_data() of its folio.
    }
    void *data_good(struct page *page, struct zdd *zdd)
    {
        return zdd->zone_device_data ? zdd : folio_zone_device_data(page_folio(page));    // ok
    }
    //- /drivers/xen/single.c
    #include <linux/memremap.h>
    void *single(struct page *page)
    {
        return page->zone_device_data;    // ok: nothing here makes folios large
    }`,
    );
  });
});

describe('the series that brings owner_ops', () => {
  it('leaves a raw comparison, which is found', () => {
    checkCase(
      ['raw-pgmap'],
      '//- /include/linux/mm.h +page +folio +page_pgmap\n',
      `
    static inline int same_pgmap(const struct page *a, const struct page *b)
    {
        return a->pgmap == b->pgmap;
               ^^^^^^^^ error[raw-pgmap]: a->pgmap …
                           ^^^^^^^^ error[raw-pgmap]: b->pgmap …
    }
    static inline int same_pgmap_good(struct page *a, struct page *b)
    {
        return page_pgmap(a) == page_pgmap(b);    // ok
    }`,
    );
  });

  it('sets the owner behind the list, and is found where a list call comes after', () => {
    checkCase(
      ['lru-while-owned'],
      '//- /include/linux/mm.h +page +folio +owner_ops\n',
      `
    void restore_bad(struct folio *folio, const struct folio_owner_ops *ops)
    {
        folio_set_owner_ops(folio, ops);
        list_del(&folio->lru);
                  ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set …
    }
    void restore_good(struct folio *folio, const struct folio_owner_ops *ops)
    {
        list_del(&folio->lru);
        folio_set_owner_ops(folio, ops);    // ok
    }`,
    );
  });
});
