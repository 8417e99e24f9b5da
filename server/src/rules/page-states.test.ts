/** The rules about what a page is at the moment: bad and good, and what has to stay silent. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const PAGE = '//- /include/linux/mm.h +page +folio\n';
const SWAP = `//- /include/linux/mm_types.h
#define NULL ((void *)0)
#define bool _Bool
typedef struct { unsigned long val; } swp_entry_t;
struct page { unsigned long flags; unsigned long private; };
struct folio {
    union {
        struct {
            unsigned long flags;
            union { void *private; swp_entry_t swap; };
        };
        struct page page;
    };
};
bool folio_test_swapcache(const struct folio *folio);
void *folio_detach_private(struct folio *folio);
void folio_put(struct folio *folio);
`;

function checkRule(rule: string, headers: string, source: string): void {
  check(`${headers}${source.replace(/^\n/, '').replace(/^ {4}/gm, '')}`, { rules: [rule] });
}

describe('kind-overlap', () => {
  it("finds a device's page on a list", () => {
    checkRule(
      'kind-overlap',
      PAGE,
      `
    void bad(struct page *page, struct list_head *list)
    {
        if (is_zone_device_page(page))
            list_add(&page->lru, list);
                      ^^^^^^^^^ warning[kind-overlap]: page->lru is used on a ZONE_DEVICE page (bytes 8 to 15, found at line 4), where …
    }
    struct page *good(struct page *page, struct page *pages)
    {
        if (is_zone_device_page(page)) {
            page->zone_device_data = pages;    // ok
            pages = page;
        }
        return pages;
    }`,
    );
  });

  it('lets lists of mixed kinds be, and either form under its own condition', () => {
    checkRule(
      'kind-overlap',
      PAGE,
      `
    void mixed(struct page *page, struct list_head *list)
    {
        list_add(&page->lru, list);    // ok
    }
    void other(struct page *page, struct list_head *list)
    {
        if (!is_zone_device_page(page))
            list_add(&page->lru, list);    // ok
    }
    struct page *first_pinnable(struct list_head *list)
    {
        struct page *page;

        list_for_each_entry(page, list, lru) {    // ok
            if (is_zone_device_page(page))
                continue;
            return page;
        }
        return NULL;
    }
    bool folio_is_zone_device(const struct folio *folio);
    static bool is_pinnable(struct folio *folio)
    {
        return !folio_is_zone_device(folio);
    }
    struct folio *first_pinnable_folio(struct list_head *list)
    {
        struct folio *folio;

        list_for_each_entry(folio, list, lru) {    // ok
            if (!is_pinnable(folio))
                continue;
            return folio;
        }
        return NULL;
    }
    void set_up(struct page *page, struct dev_pagemap *pgmap)
    {
        INIT_LIST_HEAD(&page->lru);    // ok
        page->pgmap = pgmap;    // ok
    }
    #ifdef CONFIG_XEN_UNPOPULATED_ALLOC
    void cache_enq(struct page *page, struct page **pages)
    {
        page->zone_device_data = *pages;    // ok
        *pages = page;
    }
    #else
    void cache_enq(struct page *page, struct list_head *pages)
    {
        list_add(&page->lru, pages);    // ok
    }
    #endif`,
    );
  });

  it('finds the map of a device lost under the compound head', () => {
    checkRule(
      'kind-overlap',
      PAGE,
      `
    static inline void clear_compound_head(struct page *page)
    {
        page->compound_head = 0;
    }
    void bad(struct page *page, struct dev_pagemap *pgmap)
    {
        page->pgmap = pgmap;
        clear_compound_head(page);
        ^^^^^^^^^^^^^^^^^^^^^^^^^ warning[kind-overlap]: page->compound_head is stored over pgmap (bytes 8 to 15, stored at line 8). …
    }
    void good(struct page *page, struct dev_pagemap *pgmap)
    {
        clear_compound_head(page);
        page->pgmap = pgmap;    // ok
    }`,
    );
  });

  it('finds private stored over the swap entry', () => {
    checkRule(
      'kind-overlap',
      SWAP,
      `
    //- /mm/split.c
    #include <linux/mm_types.h>
    void bad(struct folio *folio, unsigned long entry)
    {
        folio->swap.val = entry;
        folio->private = NULL;
        ^^^^^^^^^^^^^^ warning[kind-overlap]: folio->private is stored over the swap entry (bytes 8 to 15, stored at line 4). Store private first.
    }
    void good(struct folio *folio, unsigned long entry)
    {
        folio->private = NULL;
        folio->swap.val = entry;    // ok
    }`,
    );
  });
});

describe('swap-private', () => {
  it('finds private changed in the swap cache', () => {
    checkRule(
      'swap-private',
      SWAP,
      `
    //- /mm/other.c
    #include <linux/mm_types.h>
    void bad(struct folio *folio)
    {
        if (folio_test_swapcache(folio))
            folio->private = NULL;
            ^^^^^^^^^^^^^^ warning[swap-private]: folio->private is changed while the folio is in the swap cache (bytes 8 to 15, found at line 4), …
    }
    void detached(struct folio *folio)
    {
        if (!folio_test_swapcache(folio))
            return;
        folio_detach_private(folio);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[swap-private]: folio->private is changed …
    }
    void good(struct folio *folio)
    {
        if (!folio_test_swapcache(folio))
            folio->private = NULL;    // ok
    }
    void unknown(struct folio *folio)
    {
        folio->private = NULL;    // ok
    }
    //- /mm/swap_state.c
    #include <linux/mm_types.h>
    void moves_entries(struct folio *folio)
    {
        if (folio_test_swapcache(folio))
            folio->private = NULL;    // ok
    }`,
    );
  });
});

describe('rcu-head-overlap', () => {
  it('finds a listed page handed to call_rcu()', () => {
    checkRule(
      'rcu-head-overlap',
      PAGE,
      `
    void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
    void free_page_rcu(struct rcu_head *head);
    void bad(struct page *page, struct list_head *list)
    {
        list_add(&page->lru, list);
        call_rcu(&page->rcu_head, free_page_rcu);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[rcu-head-overlap]: page waits for a grace period while page is on a list through lru (bytes 8 to 15, since line 6). Take it off first.
    }
    void good(struct page *page)
    {
        list_del(&page->lru);
        call_rcu(&page->rcu_head, free_page_rcu);    // ok
    }
    struct table { struct list_head lru; struct rcu_head rcu_head; };
    void apart(struct table *table, struct list_head *list)
    {
        call_rcu(&table->rcu_head, free_page_rcu);    // ok
    }`,
    );
  });
});

describe('devmap-put', () => {
  it('finds a managed page let go as an ordinary one', () => {
    checkRule(
      'devmap-put',
      PAGE,
      `
    bool page_is_devmap_managed(struct page *page);
    void put_devmap_managed_page(struct page *page);
    int put_page_testzero(struct page *page);
    void __put_page(struct page *page);
    void bad(struct page *page)
    {
        if (page_is_devmap_managed(page) && put_page_testzero(page))
                                            ^^^^^^^^^^^^^^^^^^^^^^^ warning[devmap-put]: page is let go as an ordinary page, though a device manages it (found at line 8): …
            __put_page(page);
    }
    void good(struct page *page)
    {
        if (page_is_devmap_managed(page)) {
            put_devmap_managed_page(page);
            return;
        }
        if (put_page_testzero(page))    // ok
            __put_page(page);
    }`,
    );
  });

  it('is silent in trees without such pages', () => {
    checkRule(
      'devmap-put',
      PAGE,
      `
    int put_page_testzero(struct page *page);
    int plain(struct page *page)
    {
        return put_page_testzero(page);    // ok
    }`,
    );
  });
});
