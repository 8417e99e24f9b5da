/** `page-type-mapcount`: the word that is a page's type or its count of mappings is touched without its accessors. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { isExempt } from '../analysis/exempt';
import type { Finding } from '../analysis/finding';
import { hiddenFor, offeredOf, quoteOf, sharerOf, siteSpan } from '../analysis/hidden';
import { basesOf } from '../analysis/named-bases';
import type { Rule } from '../analysis/rule';
import type { HiddenMember } from '../packs/members';
import { Punct, TokenKind } from '../text/tokens';

const ID = 'page-type-mapcount';

export const pageTypeMapcount: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'layout',
  defaultOn: true,
  summary: 'page->page_type or page->_mapcount is touched without its accessors',
  words: (facts) => hiddenFor(facts, ID).flatMap(({ members }) => members.map((member) => `.${member}`)),
  takesHeaders: true,
  doc: `
\`page->page_type\` and \`page->_mapcount\` are one word: for pages with a type (slab, buddy, offline, page table) it says which,
for all others how often user space maps them. A reader that takes one for the other sees a count of hundreds of millions, or
a type that nobody set; a writer destroys it.

**Kernel source of the rule**: include/linux/mm_types.h, the union of \`page_type\` and \`_mapcount\` and the comments on both;
0ee930e6cafa ("mm/memory.c: prevent mapping typed pages to userspace").

**Gate**: the headers offer accessors for the member (\`folio_mapcount()\` …).

**Bad**

\`\`\`c
if (atomic_read(&page->_mapcount) >= 0)
        unmap(page);
page->page_type = ~PG_buddy;
\`\`\`

**Good**

\`\`\`c
if (folio_mapped(page_folio(page)))
        unmap(page);
__SetPageBuddy(page);
\`\`\`

**Fix**: none. Which accessor is right depends on what the page is.

**Silent** in the accessors (include/linux/page-flags.h), in rmap, where pages are set up, checked and printed, and in files that
set a type themselves: such owners may use the lower bits of \`page_type\`.

**Misses** accesses through another member of the family (\`zpdesc->first_obj_offset\`).
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of hiddenFor(file.facts, ID)) {
      if (!basesOf(file.main).mayAccess(fact.members, fact.record)) continue;
      for (const site of file.accesses(fact.members)) {
        const finding = report(file, site, fact);
        if (finding) yield finding;
      }
    }
  },
};

function report(file: FileAnalysis, site: AccessSite, fact: HiddenMember): Finding | undefined {
  const place = siteSpan(file, site, fact);
  if (!place || isExempt(file.facts, ID, file.relative(place.path))) return undefined;
  const accessor = offeredOf(file, fact, site.name);
  if (!accessor || isOwner(file, fact, site.name)) return undefined;
  const shared = sharerOf(file, site);
  const other = shared ? ` It is one word with ${shared.name}${quoteOf(file, shared.member.place)}.` : '';
  const written = file.written(place);
  const message = `${written} is touched directly: ${fact.because}.${other} Use ${accessor.name}().`;
  const related = [{ ...accessor.place, message: `${accessor.name} is here` }];
  if (shared?.member.place) related.push({ ...shared.member.place, message: `${shared.name} shares the word` });
  return { rule: ID, severity: 'warning', ...place, message, related, fixes: [] };
}

/** Whether the file sets a type of its own, as owners do before they use the bits that the type leaves. */
function isOwner(file: FileAnalysis, fact: HiddenMember, member: string): boolean {
  const setters = (fact.owners?.[member] ?? []).map((name) => name.split('*'));
  if (setters.length === 0) return false;
  const { tokens } = file.main;
  for (let token = 0; token + 1 < tokens.count; token++) {
    if (tokens.kinds[token] !== TokenKind.Identifier || tokens.ids[token + 1] !== Punct.LeftParen) continue;
    const name = tokens.text.slice(tokens.starts[token], tokens.ends[token]);
    if (setters.some(([start, end = '']) => name.startsWith(start) && name.endsWith(end))) return true;
  }
  return false;
}
