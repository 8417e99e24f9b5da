/** `reserved-member`: use of a member that its own documentation calls private. */
import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import { isStrict, reservedNeeds, reservedUses } from '../analysis/reserved-uses';
import type { Rule } from '../analysis/rule';
import { sayingsOf } from '../facts/reserved-members';

const ID = 'reserved-member';

export const reservedMember: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: true,
  summary: 'this member is documented as private; use the accessor',
  words: (facts, read) => {
    const sayings = sayingsOf(facts);
    return [...sayings.headers].flatMap((path) => sayings.of({ text: read(path) ?? '' }).flatMap(reservedNeeds));
  },
  derivedWords: ({ reserved }) => reserved.filter(isStrict).flatMap(reservedNeeds),
  doc: `
Some members say in their own documentation that they are not for everybody: "Do not use directly, call
folio_mapcount()". What such a counter means changes from release to release; its accessors change with it, code that
reads it raw does not.

**Kernel source of the rule**: the comments themselves, as include/linux/mm_types.h has them on \`_refcount\`,
\`_mapcount\`, \`_pincount\`, \`_folio_nr_pages\` and others. The sentence, the accessor and the code that may use the member
are read from there, in any header that the file includes, be it the driver's own (docs/headers.md). Sparse's \`__private\` says the
same. Packs name files that are the accessor's own workshop.

**Gate**: the accessor that the comment names is there.

**Bad**

\`\`\`c
wait_var_event(&page->_refcount, atomic_read(&page->_refcount) == 1);
nr = folio->_folio_nr_pages;
\`\`\`

**Good**

\`\`\`c
wait_var_event(&page->_refcount, page_ref_count(page) == 1);
nr = folio_nr_pages(folio);
\`\`\`

**Fix**: in place, where the expression is word for word what an accessor returns.

**Silent** in the header that the comment names and the source beside it, where the accessor is defined, in the record's
own header, in code that the comment allows ("rmap and debug code"), and where an address only warms a cache
(\`prefetch()\`) or names what is waited for (\`wait_var_event()\`).

A member that is only not to be written may be read, and a store is never told to use what only gives the value out. What a
comment merely advises is \`raw-member\`'s.

**Misses** accesses through a pointer to the counter.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    yield* reservedUses(file, ID, isStrict);
  },
};
