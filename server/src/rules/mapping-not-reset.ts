/** `mapping-not-reset`: page->mapping is stored into and never set to NULL before the page is freed. */
import { resetRule } from '../analysis/reset-rule';

export const mappingNotReset = resetRule({
  id: 'mapping-not-reset',
  summary: 'page->mapping is stored by a driver that never sets it to NULL before the page is freed',
  doc: `
A driver may keep a pointer of its own in \`page->mapping\`, but the page allocator wants it to be NULL when the page comes
back: "Bad page state: non-NULL mapping".

**Kernel source of the rule**: include/linux/mm_types.h, the comment above struct page: whoever uses mapping must set it
to NULL before freeing the page.

**Gate**: none; the member is there in every kernel.

**Bad**

\`\`\`c
page->mapping = mapping;
__free_page(page);
\`\`\`

**Good**

\`\`\`c
page->mapping = mapping;
page->mapping = NULL;
__free_page(page);
\`\`\`

**Fix**: none automatic: the place where the last user is done can't be told.

**Silent on** code where the same folder stores NULL anywhere: what one function stores another one sets back. In mm/, which
clears the mapping of page cache pages itself.

**Misses** one of several users in a folder that forgets it.
`,
});
