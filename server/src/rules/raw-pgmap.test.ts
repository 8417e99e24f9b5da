/** The rule raw-pgmap, and with it the types of all kinds of expressions that can stand before a member. */
import { describe, expect, it } from 'vitest';
import { check, checkFix, findingsIn } from '../testing/check';

const HEADERS = '//- /include/linux/mm_types.h +page +folio\n//- /include/linux/mmzone.h +page_pgmap';

/** One line of C in a function, with the findings or `// ok` behind it. */
function line(body: string, before = ''): void {
  check(`${HEADERS}\n${before}\nvoid use(void *p);\n${body}`);
}

describe('raw-pgmap', () => {
  it('quotes who shares the word, with file and line', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/mmzone.h +page_pgmap
    struct dev_dax { struct dev_pagemap *pgmap; };
    void *f(struct page *page, struct dev_dax *dax)
    {
        if (dax->pgmap)   // ok
            return dax->pgmap;   // ok
        return page->pgmap;
               ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares its word with compound_head ("unsigned long compound_head; /* Bit zero is set */", include/linux/mm_types.h:25): on a tail page it is the tagged pointer to the head page. Use page_pgmap().
    }`);
  });

  it('points to the declaration that shares the word and to the accessor', () => {
    const [finding] = findingsIn(`${HEADERS}\nvoid *f(struct page *page) { return page->pgmap; }`);
    expect(finding.related.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      '/tree/include/linux/mm_types.h: "unsigned long compound_head; /* Bit zero is set */"',
      '/tree/include/linux/mmzone.h: page_pgmap() is declared here',
    ]);
  });

  it('is silent where the headers offer no accessor', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio -page_pgmap
    void *f(struct page *page) { return page->pgmap; }   // ok
    `);
  });

  it('speaks ahead of the headers as a hint, without a fix', () => {
    const source = `
    //- /include/linux/mm_types.h +page +folio -page_pgmap
    void *f(struct page *page)
    {
        return page->pgmap;
               ^^^^^^^^^^^ hint[raw-pgmap]: page->pgmap shares its word …
    }`;
    check(source, { ahead: true });
    expect(findingsIn(source, { ahead: true })[0].fixes).toEqual([]);
  });

  it('says the same where the headers lost the member already', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio +pgmap_moved
    //- /include/linux/mmzone.h +page_pgmap
    void *f(struct page *page)
    {
        return page->pgmap;
               ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap is gone from struct page, its word is left to compound_head …
    }`);
  });

  it('leaves the accessors, comments and sizeof alone', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/mmzone.h +page_pgmap
    void *page_get_pgmap(struct page *page) { return page->pgmap; }   // ok
    /* page->pgmap is what a comment says. */
    int f(struct page *page) { return sizeof(page->pgmap); }   // ok
    `);
  });
});

describe('the type of the base', () => {
  it('comes from parameters, locals and their shadowing', () => {
    line(`
    struct other { void *pgmap; };
    void f(struct page *page, struct other *o)
    {
        struct other *x = o;
        use(x->pgmap);   // ok
        {
            struct page *x = page;
            use(x->pgmap);
                ^^^^^^^^ error[raw-pgmap]: x->pgmap shares …
        }
        use(x->pgmap);   // ok
        for (struct page *x = page; x; x = 0)
            use(x->pgmap);
                ^^^^^^^^ error[raw-pgmap]: x->pgmap shares …
    }`);
  });

  it('comes from globals, arrays, chains of members and values', () => {
    line(`
    struct page *table[4], one;
    struct fault { struct page *page; struct { struct page inner; } a[2]; };
    void f(struct fault *vmf, struct page **pages)
    {
        use(table[1]->pgmap);
            ^^^^^^^^^^^^^^^ error[raw-pgmap]: table[1]->pgmap shares …
        use(one.pgmap);
            ^^^^^^^^^ error[raw-pgmap]: one.pgmap shares …
        use(vmf->page->pgmap);
            ^^^^^^^^^^^^^^^^ error[raw-pgmap]: vmf->page->pgmap shares …
        use(vmf->a[1].inner.pgmap);
            ^^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: vmf->a[1].inner.pgmap shares …
        use((*pages)->pgmap);
            ^^^^^^^^^^^^^^^ error[raw-pgmap]: (*pages)->pgmap shares …
        use((*pages[2]).pgmap);
            ^^^^^^^^^^^^^^^^^ error[raw-pgmap]: (*pages[2]).pgmap shares …
        use((pages[0] + 1)->pgmap);
            ^^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: (pages[0] + 1)->pgmap shares …
    }`);
  });

  it('comes from calls, casts, conditionals, commas and assignments', () => {
    line(`
    struct page *sg_page(void *sg);
    struct page *(*getter)(int);
    void f(void *sg, struct page *a, int n)
    {
        use(sg_page(sg)->pgmap);
            ^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: sg_page(sg)->pgmap shares …
        use(getter(1)->pgmap);
            ^^^^^^^^^^^^^^^^ error[raw-pgmap]: getter(1)->pgmap shares …
        use(((struct page *)sg)->pgmap);
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: ((struct page *)sg)->pgmap shares …
        use((n ? a : NULL)->pgmap);
            ^^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: (n ? a : NULL)->pgmap shares …
        use((n, a)->pgmap);
            ^^^^^^^^^^^^^ error[raw-pgmap]: (n, a)->pgmap shares …
        use((a = sg)->pgmap);
            ^^^^^^^^^^^^^^^ error[raw-pgmap]: (a = sg)->pgmap shares …
        use(({ n++; a; })->pgmap);
            ^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: ({ n++; a; })->pgmap shares …
    }`);
  });

  it('comes from typedefs, typeof and what a declaration is deduced from', () => {
    line(`
    typedef struct page page_t, *page_p;
    void f(page_t *a, page_p b)
    {
        typeof(*a) *c = a;
        __auto_type d = b;
        use(a->pgmap);
            ^^^^^^^^ error[raw-pgmap]: a->pgmap shares …
        use(b->pgmap);
            ^^^^^^^^ error[raw-pgmap]: b->pgmap shares …
        use(c->pgmap);
            ^^^^^^^^ error[raw-pgmap]: c->pgmap shares …
        use(d->pgmap);
            ^^^^^^^^ error[raw-pgmap]: d->pgmap shares …
    }`);
  });

  it('goes through container_of, list iterators and _Generic conversions', () => {
    line(
      `
    struct chunk { int n; struct dev_pagemap *pgmap; struct page page; };
    void f(struct folio *folio, struct list_head *list, void *inner)
    {
        struct page *page;
        use(container_of(inner, struct chunk, page)->pgmap);   // ok
        use(container_of(inner, struct folio, page)->page.pgmap);
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: container_of(inner, struct folio, page)->page.pgmap shares …
        list_for_each_entry(page, list, lru)
            use(page->pgmap);
                ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares …
        use(page_folio(page)->page.pgmap);
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[raw-pgmap]: page_folio(page)->page.pgmap shares …
        use(page_folio(page)->pgmap);   // ok
    }`,
      `#include <linux/list.h>
       #ifndef container_of
       #define container_of(p, type, m) ((type *)((char *)(p) - __builtin_offsetof(type, m)))
       #endif`,
    );
  });

  it('is found in a macro argument, and in a macro body by the types that it is used with', () => {
    line(`
    struct other { void *pgmap; };
    #define WARN_IF(x) ({ int __c = !!(x); __c; })
    #define map_of(p) ((p)->pgmap)
                       ^^^^^^^^^^ error[raw-pgmap]: (p)->pgmap shares …
    #define map_of_other(p) ((p)->pgmap)   // ok
    void f(struct page *page, struct other *o)
    {
        WARN_IF(!page->pgmap || o->pgmap);
                 ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares …
        use(map_of(page));   // ok
        use(map_of_other(o));   // ok
    }`);
  });

  it('is found in code that the config leaves out, each branch read for itself', () => {
    line(`
    struct other { void *pgmap; };
    #ifdef CONFIG_NOT_SET
    void f(struct page *x) { use(x->pgmap); }
                                 ^^^^^^^^ error[raw-pgmap]: x->pgmap shares …
    #else
    void f(struct other *x) { use(x->pgmap); }   // ok
    #endif
    `);
  });

  it('is never guessed from a name, nor from another record of the same name', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/mmzone.h +page_pgmap
    struct unknown_thing;
    void f(struct unknown_thing *page, struct nowhere *other)
    {
        page->pgmap;   // ok
        other->pgmap;   // ok
        undeclared->pgmap;   // ok
    }
    //- /drivers/own.c
    struct page { void *pgmap; };
    void *page_pgmap(struct page *page);
    void *g(struct page *page) { return page->pgmap; }   // ok
    `);
  });

  it('still comes out of what stands whole in half-typed code', () => {
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/mmzone.h +page_pgmap
    void use(void *p);
    void f(struct page *page)
    {
        if (page->
        use(page->pgmap);
            ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares …
    }
    void g(struct page *page)
    {
        use(page->pgmap);
            ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares …
        if (page) {
    }
    void h(struct page *page)
    {
        use(page->pgmap);
            ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares …
    }`);
  });

  it('comes out of statements that are broken within broken ones, each of which is looked through once', () => {
    const [open, close] = ['use(({ '.repeat(30), '; }) page)'.repeat(30)];
    check(`
    //- /include/linux/mm_types.h +page +folio
    //- /include/linux/mmzone.h +page_pgmap
    void use(void *p);
    void f(struct page *page)
    {
        ${open}
        page->pgmap page
        ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares …
        ${close};
    }`);
  });
});

describe('the fix', () => {
  it('edits in place, twice on a line, and never moves the call', () => {
    checkFix(
      `${HEADERS}
      int f(struct page *a, struct page *b, void *sg)
      {
          if (a && a->pgmap == b->pgmap)
              return 1;
          return &a->pgmap->ref == sg; /* kept */
      }`,
      `${HEADERS}
      int f(struct page *a, struct page *b, void *sg)
      {
          if (a && page_pgmap(a) == page_pgmap(b))
              return 1;
          return &page_pgmap(a)->ref == sg; /* kept */
      }`,
    );
  });

  it('writes through the folio', () => {
    checkFix(
      `${HEADERS}
      void f(struct page *page, struct dev_pagemap *pgmap) { page->pgmap = pgmap; }`,
      `${HEADERS}
      void f(struct page *page, struct dev_pagemap *pgmap) { page_folio(page)->pgmap = pgmap; }`,
    );
  });

  it("uses the folio's own member where the page is the folio's", () => {
    checkFix(
      `${HEADERS}
      int f(struct folio *folio) { return !folio->page.pgmap || folio->page.pgmap->type; }`,
      `${HEADERS}
      int f(struct folio *folio) { return !folio->pgmap || folio->pgmap->type; }`,
    );
  });

  it('keeps parentheses and comments, and takes the address of a value', () => {
    checkFix(
      `${HEADERS}
      #define map_of(p) ((p)->pgmap)
      void *f(struct page *p, struct page v) { return (p /* why */ + 1)->/* here */pgmap ?: map_of(p) ?: v.pgmap; }`,
      `${HEADERS}
      #define map_of(p) (page_pgmap(p))
      void *f(struct page *p, struct page v) { return page_pgmap(p /* why */ + 1)/* here */ ?: map_of(p) ?: page_pgmap(&v); }`,
    );
  });

  it('does not offer what keeps no meaning: the address of the member itself', () => {
    const [finding] = findingsIn(`${HEADERS}\nvoid *f(struct page *page) { return &page->pgmap; }`);
    expect(finding.fixes).toEqual([]);
  });
});
