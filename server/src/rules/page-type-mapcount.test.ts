/** The rule page-type-mapcount: the word that is a type for some pages and a count for others. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const ACCESSORS = `
    static inline int folio_mapcount(const struct folio *folio) { return folio->_mapcount.counter + 1; }
    static inline int PageBuddy(const struct page *page) { return page->page_type >> 24 == 0xf0; }
    static inline void __SetPageBuddy(struct page *page) { page->page_type = 0xf0 << 24; }`;

describe('page-type-mapcount', () => {
  it('reports the type and the count, whichever is touched', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/mm.h
    ${ACCESSORS.trim().replace(/^ {4}/gm, '    ')}
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/mm.h>
    int f(struct page *page, struct folio *folio)
    {
        page->page_type = ~0x80;
        ^^^^^^^^^^^^^^^ warning[page-type-mapcount]: page->page_type is touched directly: pages with a type keep it there, others the count of their mappings. It is one word with _mapcount (include/linux/mm_types.h:…
        if (folio->page.page_type == 3)
            ^^^^^^^^^^^^^^^^^^^^^ warning[page-type-mapcount]: folio->page.page_type is touched directly…
            return 1;
        return page->_mapcount.counter;
               ^^^^^^^^^^^^^^^ warning[page-type-mapcount]: page->_mapcount is touched directly…
    }
    int good(struct page *page, struct folio *folio) { return PageBuddy(page) || folio_mapcount(folio); }   // ok
    `);
  });

  it('is silent on other structs, on owners of a type, and where the accessors live', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/page-flags.h
    ${ACCESSORS.trim()}
    //- /drivers/sgx.c
    #include <linux/mm_types.h>
    #include <linux/page-flags.h>
    struct modification { int page_type; };
    int kind(struct modification *page) { return page->page_type; }   // ok
    int size(struct page *page) { return sizeof(page->page_type); }   // ok
    //- /mm/owner.c
    #include <linux/mm_types.h>
    #include <linux/page-flags.h>
    void first(struct page *page)
    {
        __SetPageBuddy(page);
        page->page_type |= 7;   // ok: owners may use the lower bits
    }
    //- /mm/rmap.c
    #include <linux/mm_types.h>
    #include <linux/page-flags.h>
    void map(struct page *page) { page->_mapcount.counter++; }   // ok
    `);
  });

  it('is silent in a tree that has no accessor', () => {
    check(`
    //- /include/linux/mm_types.h +page
    int f(struct page *page) { return page->page_type + page->_mapcount.counter; }   // ok
    `);
  });
});
