/** `raw-compound-word`: page->compound_head is read or written without its accessors. */
import type { FileAnalysis } from '../analysis/analysis';
import { encodedNeeds, rawMembers } from '../analysis/encoded-words';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';

const ID = 'raw-compound-word';

export const rawCompoundWord: Rule = {
  id: ID,
  severity: 'error',
  needs: 'types',
  defaultOn: true,
  summary: 'page->compound_head is read or written without its accessors',
  words: encodedNeeds(ID),
  doc: `
The word \`compound_head\` of a tail page holds a pointer to the head page with bit 0 set; of other pages it belongs to another
owner. Newer kernels (there it is \`compound_info\`) may keep a mask in it instead of a pointer, and every decoding by hand
breaks without a warning.

**Kernel source of the rule**: include/linux/mm_types.h, struct page: \`compound_head; /* Bit zero is set */\`; the
accessors in include/linux/page-flags.h.

**Gate**: \`compound_head()\` or \`PageTail()\` is declared.

**Bad**

\`\`\`c
head = (struct page *)(page->compound_head - 1);
if (page->compound_head & 1)
        page->compound_head = 0;
\`\`\`

**Good**

\`\`\`c
head = compound_head(page);
if (PageTail(page))
        clear_compound_head(page);
\`\`\`

**Fix**: none.

**Silent on** the header of the accessors, mm/debug.c, which prints a copy of a page that nobody may trust, \`offsetof\`, and
other structs' members of that name.

**Misses** the same word used under another member's name.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    yield* rawMembers(file, ID, rawCompoundWord.severity);
  },
};
