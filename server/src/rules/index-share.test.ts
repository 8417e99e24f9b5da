/** The rule index-share: an offset and a count in one word, and members that were made private. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADER = `
    //- /include/linux/mm_types.h
    struct page {
        unsigned long flags;
        void *mapping;
        union {
            unsigned long index;
            unsigned long share;
        };
        unsigned long __folio_index;
    };
    static inline unsigned long folio_index(struct page *page) { return page->__folio_index; }   // ok`;
const options = { rules: ['index-share'] };

describe('index-share', () => {
  it('reports index where the function handles share of the same page, and private members', () => {
    check(
      `
    //- /fs/dax.c
    #include <linux/mm_types.h>
    unsigned long f(struct page *page)
    {
        if (page->share)
            page->share--;
        return page->index;
               ^^^^^^^^^^^ warning[index-share]: page->index lies in the word of share, which this function uses as well (line 4): it is an offset or a count, never both.
    }
    unsigned long g(struct page *page)
    {
        return page->__folio_index;
               ^^^^^^^^^^^^^^^^^^^ warning[index-share]: page->__folio_index is private: its name was given "__" in front (include/linux/mm_types.h:8). Go by the view that owns the word.
    }${HEADER}`,
      options,
    );
  });

  it('is silent on index alone, on another page, on other structs, and in the core', () => {
    check(
      `
    //- /fs/file.c
    #include <linux/mm_types.h>
    struct stat { unsigned long index, share; };
    unsigned long f(struct page *page) { return page->index; }                              // ok
    unsigned long g(struct page *page, struct page *other) { return page->index + other->share; }   // ok
    unsigned long h(struct stat *page) { return page->index + page->share; }                // ok
    //- /mm/core.c
    #include <linux/mm_types.h>
    unsigned long f(struct page *page) { return page->index + page->share; }                // ok${HEADER}`,
      options,
    );
  });

  it('is off by default, and silent where the members lie apart', () => {
    check(`
    //- /fs/dax.c
    #include <linux/mm_types.h>
    unsigned long f(struct page *page) { return page->index + page->share; }   // ok${HEADER}`);
    check(
      `
    //- /include/linux/mm_types.h
    struct page { unsigned long index; unsigned long share; };
    //- /fs/dax.c
    #include <linux/mm_types.h>
    unsigned long f(struct page *page) { return page->index + page->share; }   // ok
    `,
      options,
    );
  });
});
