/** The rule memdesc-cast: descriptors that lie over one another for now. */
import { describe, it } from 'vitest';
import { check, checkFix } from '../testing/check';

const TREE = `
    //- /include/net/netmem.h
    struct netmem_desc { unsigned long flags; unsigned long pp_magic; void *pp; };
    #define pp_page_to_nmdesc(p) ((struct netmem_desc *)(p))
    //- /include/linux/slab_desc.h
    struct slab { unsigned long flags; void *slab_cache; };
    #define slab_folio(s) (_Generic((s), const struct slab *: (const struct folio *)s, struct slab *: (struct folio *)s))
    #define page_folio(p) (_Generic((p), const struct page *: (const struct folio *)p, struct page *: (struct folio *)p))`;

describe('memdesc-cast', () => {
  it('reports page->pp and rewrites it', () => {
    const before = `
    //- /include/linux/mm_types.h +page +folio
    //- /drivers/net.c
    #include <linux/mm_types.h>
    #include <net/netmem.h>
    void give(void *pp, struct page *page);
    void recycle(struct page *page, struct page **list)
    {
        give(page->pp, page);
        give(list[0]->pp, page);
    }${TREE}`;
    const lines = before
      .replace(
        'give(page->pp, page);',
        (line) =>
          `${line}\n             ^^^^^^^^ warning[memdesc-cast]: page->pp is read through struct page, over which struct netmem_desc lies for now (include/net/netmem.h:2). Use pp_page_to_nmdesc()->pp.`,
      )
      .replace(
        'give(list[0]->pp, page);',
        (line) => `${line}\n             ^^^^^^^^^^^ warning[memdesc-cast]: list[0]->pp is read…`,
      );
    check(lines);
    checkFix(
      before,
      before
        .replace('give(page->pp', 'give(pp_page_to_nmdesc(page)->pp')
        .replace('list[0]->pp', 'pp_page_to_nmdesc(list[0])->pp'),
    );
  });

  it('reports casts between descriptors that have a helper', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/slab_desc.h>
    void f(struct slab *slab, struct page *page)
    {
        struct folio *folio = (struct folio *)slab;
                              ^^^^^^^^^^^^^^^^^^^^ warning[memdesc-cast]: struct slab is cast to struct folio: they share memory for now only (include/linux/slab_desc.h:2). Use slab_folio().
        folio = (struct folio *)page;
                ^^^^^^^^^^^^^^^^^^^^ warning[memdesc-cast]: struct page is cast to struct folio: they share memory for now only (include/linux/slab_desc.h:3). Use page_folio(), which goes to the head page.
        folio = slab_folio(slab);   // ok
        folio = page_folio(page);   // ok
    }${TREE}`);
  });

  it('is silent on sizes, prototypes, void pointers, other members called pp, and in the core', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/slab_desc.h>
    #include <net/netmem.h>
    struct pages { void *pp; unsigned long dma_addr; };
    int read_folio(struct file *, struct folio *);   // ok
    void f(void *table, unsigned long word, struct pages *page)
    {
        int size = sizeof(struct folio *);                 // ok
        struct folio *folio = (struct folio *)table;       // ok
        folio = (struct folio *)word;                      // ok
        folio = (struct folio *)folio;                     // ok
        use(page->pp, page->dma_addr);                     // ok
    }
    //- /mm/core.c
    #include <linux/mm_types.h>
    #include <linux/slab_desc.h>
    struct folio *f(struct page *page) { return (struct folio *)page; }   // ok${TREE}`);
  });

  it('is silent in a tree without the helpers', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    struct slab { unsigned long flags; };
    void *f(struct page *page) { return page->pp; }                              // ok
    struct folio *g(struct slab *slab) { return (struct folio *)slab; }          // ok
    `);
  });
});
