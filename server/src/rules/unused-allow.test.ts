/** Comments that allow findings, and those that allow nothing. */
import { describe, expect, it } from 'vitest';
import { Linter } from '../linter';
import { check, checkFix } from '../testing/check';
import { parseFixture, TREE } from '../testing/fixture';

const MESSAGE = 'error[raw-pgmap]: page->pgmap shares its word with compound_head…';

describe('a comment that allows a finding', () => {
  it('speaks of its own line, or of the statement below it', () => {
    check(
      `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/memory.c
struct dev_pagemap *one(struct page *page)
{
	return page->pgmap; /* overlint: allow(raw-pgmap) order 0 by construction */ // ok
}
struct dev_pagemap *two(struct page *page)
{
	/* overlint: allow(raw-pgmap) order 0 by construction */
	return page->pgmap; // ok
}
struct dev_pagemap *three(struct page *page)
{
	// overlint: allow(raw-pgmap): order 0 by construction

	return use(page,
		   page->pgmap); // ok
}
struct dev_pagemap *four(struct page *page)
{
	/*
	 * overlint: allow(raw-pgmap) -- order 0 by construction,
	 * and a reason may be long
	 */
	return page->pgmap; // ok
}
struct dev_pagemap *five(struct page *page)
{
	/* overlint: allow(raw-pgmap) order 0 by construction */
	one(page->pgmap);
	return page->pgmap;
	       ^^^^^^^^^^^ ${MESSAGE}
}
`,
    );
  });

  it('may stand within a macro, and in a macro of a header whose findings come up elsewhere', () => {
    check(`
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /include/linux/extra.h
#define PGMAP_OF(p) \\
	/* overlint: allow(raw-pgmap) order 0 by construction */ \\
	((p)->pgmap)
//- /mm/memory.c
#include <linux/extra.h>
void *one(struct page *page)
{
	return PGMAP_OF(page); // ok
}
`);
  });

  it('counts what it allows and hands it on with its reason', () => {
    const { files, reader } = parseFixture(`
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/memory.c
void *one(struct page *page) { return page->pgmap; } /* overlint: allow(raw-pgmap) order 0, see two() */
`);
    const linter = new Linter({ kernel: TREE, build: TREE, arch: 'x86', reader }, { ahead: false });
    const { findings, suppressed, stats } = linter.lint(files.at(-1)!);
    expect(findings).toEqual([]);
    expect(suppressed).toMatchObject([{ reason: 'order 0, see two()', finding: { rule: 'raw-pgmap' } }]);
    expect(stats['findings.allowed']).toBe(1);
  });
});

describe('unused-allow', () => {
  it('reports comments that allow nothing', () => {
    check(`
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/memory.c
int one(struct page *page)
{
	return 1; /* overlint: allow(raw-pgmap) order 0 */
	          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-allow]: Nothing here is a case of raw-pgmap: this comment is not needed.
}
void *open(struct page *page)
{
	/* overlint: allow(raw-pgmap)
	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-allow]: This comment gives no reason, and so it allows nothing. Say why, after the parentheses.
	 */
	return NULL;
}
void *two(struct page *page)
{
	return page->pgmap; /* overlint: allow(raw-pgmap) */
	       ^^^^^^^^^^^ ${MESSAGE}
	                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-allow]: This comment gives no reason, and so it allows nothing. Say why, after the parentheses.
}
void *three(struct page *page)
{
	return page->pgmap; /* overlint: allow(raw-pgmop) order 0 */
	       ^^^^^^^^^^^ ${MESSAGE}
	                                       ^^^^^^^^^ warning[unused-allow]: There is no rule raw-pgmop. Did you mean raw-pgmap?
}
void *renamed(struct page *page)
{
	return page->pgmap; /* overlint: allow(direct-counter) order 0 */
	       ^^^^^^^^^^^ ${MESSAGE}
	                                       ^^^^^^^^^^^^^^ warning[unused-allow]: There is no rule direct-counter. It is now reserved-member.
}
void *four(struct page *page)
{
	/* overlint: allow raw-pgmap, order 0 */
	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-allow]: This comment allows nothing. Write it as /* overlint: allow(RULE) why */.
	return page->pgmap;
	       ^^^^^^^^^^^ ${MESSAGE}
}
// what people write of overlint: allow() is a comment of theirs // ok
`);
  });

  it('is silent on rules that did not run, and on what newer kernels ask for', () => {
    const source = `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/memory.c
int one(void) { return 1; } /* overlint: allow(raw-pgmap) order 0 */ // ok
`;
    check(source, { rules: ['unused-allow'] });
    check(`
//- /include/linux/mm_types.h +page +folio -page_pgmap
//- /mm/memory.c
void *one(struct page *page) { return page->pgmap; } /* overlint: allow(raw-pgmap) order 0 */ // ok
`);
  });

  it('takes away what is not needed, and nothing else', () => {
    checkFix(
      `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/memory.c
int one(void)
{
	/* overlint: allow(raw-pgmap) order 0 */
	return 1; /* overlint: allow(raw-pgmap) order 0 */
}
void *two(struct page *page) { return page->pgmap; } /* overlint: allow(tag-bit-clash, raw-pgmap) order 0 */
`,
      `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/memory.c
int one(void)
{
	return 1;
}
void *two(struct page *page) { return page->pgmap; } /* overlint: allow(raw-pgmap) order 0 */
`,
    );
  });
});
