/** `swap-private`: folio->private is changed where the word holds the folio's swap entry. */
import { typestateRule } from '../analysis/typestate-rule';

export const swapPrivate = typestateRule({
  id: 'swap-private',
  severity: 'warning',
  defaultOn: false,
  summary: 'private is changed on a folio in the swap cache, whose swap entry lies there',
  doc: `
\`folio->private\` and \`folio->swap\` are one word. While a folio is in the swap cache, it holds the swap entry: storing into
private, or taking it off, loses the entry.

**Kernel source of the rule**: include/linux/mm_types.h, struct folio, @swap: "Used for swp_entry_t if
folio_test_swapcache()."

**Gate**: the headers declare \`folio_test_swapcache()\`, and private and swap share bytes.

**Bad**

\`\`\`c
if (folio_test_swapcache(folio))
        folio->private = NULL;
\`\`\`

**Good**

\`\`\`c
if (!folio_test_swapcache(folio))
        folio->private = NULL;
\`\`\`

**Fix**: none automatic: whether the change or the test is wrong can't be told.

**Silent on** code where no test on the path speaks of the swap cache, and in mm/swap*.c and mm/huge_memory.c, which move
entries on purpose.

**Misses** folios that are in the swap cache without a test saying so.
`,
});
