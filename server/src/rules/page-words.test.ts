/** The rules about words of pages that are to be set back, or that only the first page has. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const PAGE = `//- /include/linux/mm.h +page +folio
//- /include/linux/gfp.h
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H
void __free_page(struct page *page);
void __free_pages(struct page *page, unsigned int order);
void split_page(struct page *page, unsigned int order);
#define set_page_private(page, v) ((page)->private = (v))
#endif
`;

function checkRule(rule: string, source: string): void {
  check(`${PAGE}${source.replace(/^\n/, '').replace(/^ {4}/gm, '')}`, { rules: [rule] });
}

describe('mapping-not-reset', () => {
  it('finds a mapping that nobody sets back', () => {
    checkRule(
      'mapping-not-reset',
      `
    //- /drivers/bad/bad.c
    #include <linux/gfp.h>
    void insert(struct page *page, struct address_space *mapping)
    {
        page->mapping = mapping;
        ^^^^^^^^^^^^^ info[mapping-not-reset]: page->mapping is stored and not set back in this folder, where pages are freed …
    }
    void remove(struct page *page)
    {
        __free_page(page);
    }`,
    );
  });

  it('is silent where the same file or one beside it sets it back, and on other records', () => {
    checkRule(
      'mapping-not-reset',
      `
    //- /drivers/good/Makefile
    obj-y += set.o reset.o
    //- /drivers/good/set.c
    #include <linux/gfp.h>
    void insert(struct page *page, struct address_space *mapping)
    {
        page->mapping = mapping;    // ok
    }
    //- /drivers/good/reset.c
    #include <linux/gfp.h>
    void remove(struct page *page)
    {
        page->mapping = NULL;    // ok
        __free_page(page);
    }
    //- /drivers/same/same.c
    #include <linux/gfp.h>
    void both(struct page *page, struct address_space *mapping)
    {
        page->mapping = mapping;    // ok
        page->mapping = NULL;
        __free_page(page);
    }
    //- /drivers/table/table.c
    #include <linux/gfp.h>
    struct table_page { unsigned long mapping; };
    struct table { struct table_page page[4]; };
    void fill(struct table *table, unsigned long dma, struct page *page)
    {
        table->page[1].mapping = dma;    // ok
        __free_page(page);
    }
    //- /drivers/kept/kept.c
    #include <linux/gfp.h>
    void keep(struct page *page, struct address_space *mapping)
    {
        page->mapping = mapping;    // ok
    }`,
    );
  });
});

describe('private-not-reset', () => {
  it('finds private of later pages that nobody sets back', () => {
    checkRule(
      'private-not-reset',
      `
    //- /drivers/bad/pool.c
    #include <linux/gfp.h>
    void number(struct page *page, unsigned int order)
    {
        unsigned int i;

        for (i = 0; i < 1U << order; i++)
            page[i].private = i;
            ^^^^^^^^^^^^^^^ info[private-not-reset]: page[i].private is stored and not set back in this folder, where pages are freed …
        __free_pages(page, order);
    }
    //- /drivers/good/pool.c
    #include <linux/gfp.h>
    void number(struct page *page, unsigned int order)
    {
        unsigned int i;

        for (i = 0; i < 1U << order; i++)
            set_page_private(page + i, i);    // ok
        for (i = 0; i < 1U << order; i++)
            set_page_private(page + i, 0);    // ok
        __free_pages(page, order);
    }
    //- /drivers/first/relay.c
    #include <linux/gfp.h>
    void first_only(struct page *page, unsigned long buffer)
    {
        set_page_private(page, buffer);    // ok
        __free_pages(page, 0);
    }`,
    );
  });
});

describe('tail-field', () => {
  it('finds members of pages behind the first', () => {
    checkRule(
      'tail-field',
      `
    //- /drivers/bad/tail.c
    #include <linux/gfp.h>
    void bad(struct page *page, struct address_space *mapping)
    {
        page[1].mapping = mapping;
        ^^^^^^^^^^^^^^^ info[tail-field]: page[1].mapping is a tail page's: …
        (page + 2)->private = 0;
        ^^^^^^^^^^^^^^^^^^^ info[tail-field]: (page + 2)->private is a tail page's: …
    }
    void good(struct page *page, struct address_space *mapping)
    {
        page_folio(page)->mapping = mapping;    // ok
        page[0].private = 0;    // ok
    }
    void apart(struct page *page)
    {
        split_page(page, 2);
        page[1].private = 0;    // ok
    }
    struct lru_page { struct list_head lru; };
    struct alloc { struct lru_page *pages; struct page **array; };
    void others(struct alloc *alloc, int index)
    {
        INIT_LIST_HEAD(&alloc->pages[1].lru);    // ok
        alloc->array[1]->private = 0;    // ok
        alloc->array[0][index].private = 0;    // ok
    }`,
    );
  });
});

describe('mapping-low-bits', () => {
  it('does not leave the word to a file because a function of it takes the bits off', () => {
    checkRule(
      'mapping-low-bits',
      `
    //- /include/linux/pagemap.h
    struct address_space *folio_mapping(struct folio *folio);
    _Bool folio_test_anon(const struct folio *folio);
    //- /drivers/bad/bad.c
    #include <linux/mm.h>
    #include <linux/pagemap.h>
    struct anon_vma *root(struct page *page)
    {
        return (struct anon_vma *)((unsigned long)page->mapping & ~3UL);
                                                  ^^^^^^^^^^^^^ warning[mapping-low-bits]: page->mapping is taken apart by hand. …
    }
    void tag(struct page *page, struct anon_vma *av)
    {
        page->mapping = (struct address_space *)((unsigned long)av + 1);
        ^^^^^^^^^^^^^ warning[mapping-low-bits]: page->mapping is put together by hand. …
    }`,
    );
  });
});
