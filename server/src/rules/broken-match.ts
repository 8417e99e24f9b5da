/** `broken-match`: a build-time assert that two members lie at one place does not hold. */

import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import { assertWords, mayAssert } from '../analysis/match-words';
import type { Rule } from '../analysis/rule';
import type { AssertedOffset } from '../facts/layout-assert';

export const brokenMatch: Rule = {
  id: 'broken-match',
  severity: 'error',
  needs: 'layout',
  defaultOn: true,
  summary: 'a static assert says that two members lie at one offset, and they do not',
  words: assertWords,
  doc: `
Structs that are laid over one another (struct page, folio, slab, ptdesc …) are tied by asserts such as
\`static_assert(offsetof(struct page, mapping) == offsetof(struct folio, mapping))\`, mostly through a macro of the file's
own. This rule works the two offsets out, for the tree's config and architecture, and reports an assert that does not
hold: the next build would stop there.

**Kernel source of the rule**: FOLIO_MATCH in include/linux/mm_types.h; the rule goes by the shape, not by the name.

**Bad**

\`\`\`c
struct table {
        int users;
        unsigned long __page_flags;
};
static_assert(offsetof(struct page, flags) == offsetof(struct table, __page_flags));
\`\`\`

**Good**

\`\`\`c
struct table {
        unsigned long __page_flags;
        int users;
};
static_assert(offsetof(struct page, flags) == offsetof(struct table, __page_flags));
\`\`\`

**Fix**: none; only the author knows which side is right.

**Silent on** asserts of another shape, which are broken-assert's, on those that a constant condition drops, and where either
offset is unknown.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (!mayAssert(file)) return;
    for (const { place, verdict, match } of file.matches) {
      if (verdict !== 'fails' || !match || place.path !== file.main.path) continue;
      const [left, right] = match;
      const message = `${describe(left)} but ${describe(right)}: this assert does not hold, and the build will stop here.`;
      const related = match.flatMap(({ record, path }) => {
        const declared = record.members && file.memberPlace(record, path);
        return declared ? [{ ...declared, message: `${record.kind} ${record.tag}: ${path} is declared here` }] : [];
      });
      yield { rule: 'broken-match', severity: 'error', ...place, message, related, fixes: [] };
    }
  },
};

function describe({ record, path, offset, plus }: AssertedOffset): string {
  const sum = plus ? ` + ${plus} is ${offset + plus}` : ` is ${offset}`;
  return `offsetof(${record.kind} ${record.tag ?? '{…}'}, ${path})${sum}`;
}
