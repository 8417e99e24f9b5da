/** `private-not-reset`: private of a page behind the first is stored and never set to 0 before the pages are freed. */
import { resetRule } from '../analysis/reset-rule';

export const privateNotReset = resetRule({
  id: 'private-not-reset',
  summary: 'private of a later page of several is stored and not set to 0 before they are freed',
  doc: `
The page allocator clears \`private\` of the first page that is freed, not that of the pages behind it. What stays there
is reported by newer kernels ("nonzero private") and found by whoever gets the page next.

**Kernel source of the rule**: mm/page_alloc.c, free_pages_prepare() and its check of tail pages; mm/internal.h,
prep_compound_tail().

**Gate**: none; the member is there in every kernel.

**Bad**

\`\`\`c
set_page_private(page + i, i);
__free_pages(page, order);
\`\`\`

**Good**

\`\`\`c
set_page_private(page + i, i);
set_page_private(page + i, 0);
__free_pages(page, order);
\`\`\`

**Fix**: none automatic: the loop that sets it back belongs where the pages are freed.

**Silent on** first pages, and where the same folder stores 0 anywhere.

**Misses** pages that a pointer walks over (\`p++\`).
`,
});
