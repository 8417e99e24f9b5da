/** The rule open-coded-devmap: what an accessor returns, spelled out. */
import { describe, it } from 'vitest';
import { check, checkFix } from '../testing/check';

const HEADER = `
    //- /include/linux/memremap.h
    enum memory_type { MEMORY_DEVICE_PRIVATE = 1, MEMORY_DEVICE_COHERENT, MEMORY_DEVICE_FS_DAX };
    struct dev_pagemap { enum memory_type type; };
    #define IS_ENABLED(option) 0
    static inline int is_zone_device_page(const struct page *page) { return page->flags >> 62 == 3; }
    static inline int is_device_private_page(const struct page *page)
    {
        return IS_ENABLED(CONFIG_DEVICE_PRIVATE) &&
            is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_PRIVATE;   // ok
    }
    static inline int is_device_coherent_page(const struct page *page)
    {
        return is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_COHERENT;   // ok
    }`;

const BEFORE = `
    //- /include/linux/mm_types.h +page
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/memremap.h>
    int f(struct page *page, int ready)
    {
        if (ready && is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_COHERENT)
            return 1;
        return is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_PRIVATE;
    }${HEADER}`;

describe('open-coded-devmap', () => {
  it('reports the bodies of accessors, alone or in a longer test', () => {
    check(
      BEFORE.replace(
        'MEMORY_DEVICE_COHERENT)',
        (line) =>
          `${line}\n                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[open-coded-devmap]: This is is_device_coherent_page(page), spelled out (include/linux/memremap.h:10). Call is_device_coherent_page().`,
      ).replace(
        'MEMORY_DEVICE_PRIVATE;\n    }',
        `MEMORY_DEVICE_PRIVATE;\n               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[open-coded-devmap]: This is is_device_private_page(page)…\n    }`,
      ),
      { rules: ['open-coded-devmap'] },
    );
  });

  it('rewrites in place; where the accessor says more, only if asked to', () => {
    const coherent = BEFORE.replace(
      'is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_COHERENT)',
      'is_device_coherent_page(page))',
    );
    const options = { rules: ['open-coded-devmap'] };
    checkFix(BEFORE, coherent, options);
    checkFix(
      BEFORE,
      coherent.replace(
        'return is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_PRIVATE;\n    }',
        'return is_device_private_page(page);\n    }',
      ),
      { ...options, unsafeFixes: true },
    );
  });

  it('is silent on a map in a variable, on other pages, on negated tests, and without the accessor', () => {
    check(
      `
    //- /include/linux/mm_types.h +page
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/memremap.h>
    struct page *next(void);
    int f(struct page *page, struct page *other, struct dev_pagemap *pgmap)
    {
        if (is_zone_device_page(page) && pgmap->type == MEMORY_DEVICE_COHERENT) return 1;               // ok
        if (is_zone_device_page(page) && other->pgmap->type == MEMORY_DEVICE_COHERENT) return 1;        // ok
        if (is_zone_device_page(page) && page->pgmap->type != MEMORY_DEVICE_COHERENT) return 1;         // ok
        if (is_zone_device_page(next()) && next()->pgmap->type == MEMORY_DEVICE_COHERENT) return 1;     // ok
        if (is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_FS_DAX) return 1;           // ok
        switch (page->pgmap->type) { case MEMORY_DEVICE_PRIVATE: return 1; default: return 0; }         // ok
    }${HEADER}`,
      { rules: ['open-coded-devmap'] },
    );
  });
});
