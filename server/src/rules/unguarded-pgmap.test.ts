import { describe, it } from 'vitest';
import { check } from '../testing/check';

function checkPgmap(source: string): void {
  check(`//- /include/linux/mm.h +page +folio +page_pgmap\n${source.replace(/^\n/, '').replace(/^ {4}/gm, '')}`, {
    rules: ['unguarded-pgmap'],
  });
}

describe('unguarded-pgmap', () => {
  it('finds a call above the test of its page', () => {
    checkPgmap(`
    struct page *vm_normal_page(unsigned long address);
    bool is_device_coherent_page(const struct page *page);
    int collect(unsigned long address, void *owner)
    {
        struct page *page = vm_normal_page(address);
        struct dev_pagemap *pgmap = page_pgmap(page);
                                    ^^^^^^^^^^^^^^^^ warning[unguarded-pgmap]: page_pgmap(page) is called before page is tested for NULL (line 9): it goes by page_folio() and must not see NULL. Call it behind the test.

        if (page && is_device_coherent_page(page) && pgmap->owner == owner)
            return 1;
        return 0;
    }`);
  });

  it('finds a call where the test said no', () => {
    checkPgmap(`
    void *f(struct page *page)
    {
        if (is_zone_device_page(page))
            return page_pgmap(page)->owner;    // ok
        return page_pgmap(page);
               ^^^^^^^^^^^^^^^^ warning[unguarded-pgmap]: page_pgmap(page) is called where the test at line 4 …
    }
    void *g(struct page *page)
    {
        if (unlikely(!page))
            return page_pgmap(page)->owner;
                   ^^^^^^^^^^^^^^^^ warning[unguarded-pgmap]: page_pgmap(page) is called where the test at line 10 …
        return page_pgmap(page);    // ok
    }`);
  });

  it('is silent behind the test, and where nothing speaks of the page', () => {
    checkPgmap(`
    struct page *vm_normal_page(unsigned long address);
    bool is_device_coherent_page(const struct page *page);
    void *plain(struct page *page)
    {
        return page_pgmap(page)->owner;    // ok
    }
    void *guarded(unsigned long address)
    {
        struct page *page = vm_normal_page(address);
        struct dev_pagemap *pgmap = NULL;

        if (address == 0)
            return NULL;
        else if (page && is_device_coherent_page(page)) {
            pgmap = page_pgmap(page);    // ok
            if (page)
                return pgmap->owner;
        }
        return pgmap;
    }
    void *followed(struct page *page)
    {
        unsigned long flags = page->flags;
        void *owner = page_pgmap(page)->owner;    // ok

        return page && flags ? owner : NULL;
    }
    struct page *entry_page(unsigned long entry);
    void *either(unsigned long entry, unsigned long address)
    {
        struct page *page;
        void *owner = NULL;

        if (entry) {
            page = entry_page(entry);
            owner = page_pgmap(page)->owner;    // ok
        } else
            page = vm_normal_page(address);
        if (page)
            return owner;
        return NULL;
    }
    void *next_one(struct page *page, unsigned long address)
    {
        void *owner = page_pgmap(page)->owner;    // ok

        page = vm_normal_page(address);
        while (page)
            page = vm_normal_page(address++);
        return owner;
    }`);
  });
});
