/** `rcu-head-overlap`: a page is handed to call_rcu() while it is on a list through lru, which shares the words. */
import { typestateRule } from '../analysis/typestate-rule';

export const rcuHeadOverlap = typestateRule({
  id: 'rcu-head-overlap',
  severity: 'warning',
  defaultOn: false,
  summary: 'call_rcu() is given the rcu_head of a page that is on a list through lru',
  doc: `
\`page->rcu_head\` lies over \`page->lru\`: call_rcu() writes its own chain into the words by which a list holds the page.

**Kernel source of the rule**: include/linux/mm_types.h, struct page: rcu_head and lru are members of one union;
include/linux/types.h, struct callback_head.

**Gate**: the headers declare \`call_rcu()\`, and lru and rcu_head share bytes.

**Bad**

\`\`\`c
list_add(&page->lru, &freed);
call_rcu(&page->rcu_head, free_page_rcu);
\`\`\`

**Good**

\`\`\`c
list_del(&page->lru);
call_rcu(&page->rcu_head, free_page_rcu);
\`\`\`

**Fix**: none automatic: where the page is to leave its list is the caller's to say.

**Silent on** pages of which nothing is known, and on other records' rcu_head.

**Misses** a page that is listed by one function and freed by another, and several users of one page.
`,
});
