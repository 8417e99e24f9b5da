/** Gates ask the tree: an accessor in a header that a file does not include yet is an offer all the same. */
import { describe, expect, it } from 'vitest';
import { check, checkFix } from '../testing/check';
import { declares } from './declared';

const TREE = { asksTree: true };

const PGMAP = `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/nodes.h
#ifdef CONFIG_FRAMES
static inline struct dev_pagemap *page_pgmap(const struct page *page)
{
	return page_folio(page)->pgmap;
}
#endif
`;

const COUNTED = `
//- /include/linux/mm_types.h
struct folio {
	int a;
	int _hugetlb_subpool; /* Do not use directly, use accessor in crates.h. */
	int _hugetlb_cgroup; /* Do not use directly, use accessor in crates.h. */
};
//- /include/linux/crates.h
static inline int folio_subpool(struct folio *folio) { return folio->_hugetlb_subpool; }
static inline int folio_cgroup(struct folio *folio) { return folio->_hugetlb_cgroup & 7; }
`;

it('has a name', () => {
  expect(declares('int crate(void);', 'crate')).toBe(true);
  expect(declares('int crate(void);', '')).toBe(false);
});

describe('an accessor in a header that the file does not include', () => {
  it('is an offer', () => {
    check(
      `${PGMAP}
//- config: CONFIG_FRAMES=y
//- /drivers/x/x.c
struct dev_pagemap *f(struct page *page)
{
	return page->pgmap;
	       ^^^^^^^^^^^ error[raw-pgmap]: page->pgmap shares its word with compound_head…
}
     `,
      TREE,
    );
  });

  it('is none where an option leaves it out', () => {
    check(
      `${PGMAP}
//- /drivers/x/x.c
struct dev_pagemap *f(struct page *page)
{
	return page->pgmap; // ok
}
     `,
      TREE,
    );
  });

  it('comes with the line that includes it, which nobody has proven', () => {
    const before = `${PGMAP}
//- config: CONFIG_FRAMES=y
//- /drivers/x/x.c
#include <linux/poll.h>
#ifdef MODULE
#include <linux/zlib.h>
#endif
#include "x.h"
struct dev_pagemap *f(struct page *page)
{
	return page->pgmap;
}
     `;
    const after = before
      .replace('#include <linux/poll.h>', '#include <linux/nodes.h>\n#include <linux/poll.h>')
      .replace('return page->pgmap;', 'return page_pgmap(page);');
    checkFix(before, before, TREE);
    checkFix(before, after, { ...TREE, unsafeFixes: true });
  });

  it('brings no fix into a header', () => {
    const header = `${PGMAP}
//- config: CONFIG_FRAMES=y
//- /drivers/x/x.h
#include <linux/mm_types.h>
static inline struct dev_pagemap *f(struct page *page)
{
	return page->pgmap;
}
     `;
    checkFix(header, header, { ...TREE, unsafeFixes: true });
  });
});

describe('a header that a comment names without its folder', () => {
  it('is found in the tree, where its accessor does more than the member says', () => {
    check(
      `${COUNTED}
//- /drivers/x/x.c
#include <linux/mm_types.h>
int f(struct folio *folio)
{
	int pool = folio->_hugetlb_subpool; // ok
	return folio->_hugetlb_cgroup + pool;
	       ^^^^^^^^^^^^^^^^^^^^^^ warning[reserved-member]: folio->_hugetlb_cgroup is documented as private…
}
     `,
      TREE,
    );
  });
});
