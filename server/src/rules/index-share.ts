/** `index-share`: index is used where its word counts shares, and members that were made private are used from outside. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { isExempt } from '../analysis/exempt';
import type { Finding } from '../analysis/finding';
import { hiddenFor, quoteOf, sharerOf, siteSpan } from '../analysis/hidden';
import type { Rule } from '../analysis/rule';
import { TokenKind } from '../text/tokens';

const ID = 'index-share';

export const indexShare: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'layout',
  defaultOn: false,
  summary: 'index is used where its word counts shares, or a member with __ in front from outside',
  words: (facts) => hiddenFor(facts, ID).flatMap(({ members }) => members.map((member) => `.${member}`)),
  doc: `
For pages of DAX files that several files share, the word of \`index\` counts them: it is \`share\` then, and an offset no more. Code
that handles \`share\` has to keep the two apart. And a member that got \`__\` in front (\`page->__folio_index\`) was taken out of use:
it keeps the place for another view, which is the one to go by.

**Kernel source of the rule**: include/linux/mm_types.h, the union of \`index\` and \`share\` ("share count for fsdax").

**Gate**: both members lie in one word in this tree; a private member is one that the record has under that name.

**Bad**

\`\`\`c
if (page->share)
        page->share--;
offset = page->index;
index = page->__folio_index;
\`\`\`

**Good**

\`\`\`c
offset = page_pgoff(folio, page);
\`\`\`

**Fix**: none.

**Silent on** \`index\` in functions that do not speak of \`share\`, on other structs, and in the header that declares the members.

**Misses** pages that another function found to be shared.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of hiddenFor(file.facts, ID)) {
      const sites = file.accesses([...fact.members, ...(fact.with ?? [])]);
      for (const site of sites) {
        const place = siteSpan(file, site, fact);
        if (!place || place.path !== file.main.path || isExempt(file.facts, ID, file.relative(place.path))) continue;
        const written = file.written(place);
        const message = site.name.startsWith('__')
          ? privateMessage(file, site, written)
          : sharedMessage(file, site, sites, fact.with ?? [], written);
        if (message) yield { rule: ID, severity: 'warning', ...place, message, related: [], fixes: [] };
      }
    }
  },
};

function privateMessage(file: FileAnalysis, site: AccessSite, written: string): string | undefined {
  const declared = site.member?.place;
  if (!declared || declared.path === site.file.path) return undefined;
  return `${written} is private: its name was given "__" in front${quoteOf(file, declared)}. Go by the view that owns the word.`;
}

/** A use of a member in a function that uses the other one of its word for the same record. */
function sharedMessage(
  file: FileAnalysis,
  site: AccessSite,
  sites: readonly AccessSite[],
  others: readonly string[],
  written: string,
): string | undefined {
  if (others.includes(site.name)) return undefined;

  const shared = sites.find(
    (other) => others.includes(other.name) && other.within[0] === site.within[0] && baseText(other) === baseText(site),
  );
  if (!shared || !sharerOf(file, site, shared.name)) return undefined;
  const line = file.lineNumber({
    path: shared.file.path,
    start: shared.file.tokens.starts[shared.nameToken],
    end: shared.file.tokens.ends[shared.nameToken],
  });
  return `${written} lies in the word of ${shared.name}, which this function uses as well (line ${line}): it is an offset or a count, never both.`;
}

function baseText({ file, firstToken, nameToken }: AccessSite): string {
  const { tokens } = file;
  if (firstToken < 0 || tokens.kinds[nameToken] !== TokenKind.Identifier) return '';
  return tokens.text.slice(tokens.starts[firstToken], tokens.ends[nameToken - 2]).replace(/\s+/g, '');
}
