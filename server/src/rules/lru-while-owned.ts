/** `lru-while-owned`: folio->lru is used while owner_ops, which shares its word, is set. */

import { typestateRule } from '../analysis/typestate-rule';
import { startersOf } from '../flow/typestates';

export const lruWhileOwned = typestateRule(
  {
    id: 'lru-while-owned',
    severity: 'error',
    defaultOn: true,
    summary: 'folio->lru is used while owner_ops, which lies in the same word, is set',
    doc: `
\`folio->owner_ops\` lies over \`folio->lru.next\`, told apart by bit 1. A list operation on an owned folio follows, or
overwrites, the tagged pointer; and what is left is taken for the owner's when the last reference goes.

**Kernel source of the rule**: include/linux/mm_types.h, struct folio, @owner_ops: "Cannot be used with lru, since it is
overlaid with it. To use lru, owner_ops must be cleared first, and restored once done with lru."

**Gate**: the headers declare \`folio_set_owner_ops()\`, and lru and owner_ops share bytes.

**Bad**

\`\`\`c
folio_set_owner_ops(folio, &ops);
list_add(&folio->lru, &pool);       /* writes over owner_ops */
\`\`\`

\`\`\`c
folio_clear_owner_ops(folio);
list_move(&folio->lru, &isolated);
list_del(&folio->lru);
folio_put(folio);                   /* the owner is never called */
\`\`\`

**Good**

\`\`\`c
folio_clear_owner_ops(folio);
list_add(&folio->lru, &isolated);
list_del(&folio->lru);
folio_set_owner_ops(folio, &ops);
folio_put(folio);
\`\`\`

Reported are: any use of lru (a member, its address, a list macro that is given its name) on a path where owner_ops was
set or was found set by \`folio_get_owner_ops()\`; \`folio_set_owner_ops()\` on a folio that is on a list through lru;
\`folio_put()\` of a folio whose owner_ops was cleared and not set again. Calls are followed into functions of the file
and inline functions of headers. A folio is followed through copies, \`page_folio()\`, \`&folio->page\` and list macros.

**Fix** (unsafe): clear owner_ops before the statement and restore it behind it; where the statement puts the folio on a list, only
clear it, as where the set belongs depends on every way out of the function.

**Silent on** a folio of which nothing is known, on one that a called function may leave in one state or another, and
where owner_ops was set, cleared and let go in one function without lru being used.

**Misses** what happens between functions of different files, and folios reached by way of memory that other code may
have written.
`,
  },
  // A header's inline function may set the owner for a file that touches the member only.
  (typestate) => [...startersOf(typestate), [typestate.overlaid?.[0] ?? '', typestate.record]],
);
