/** `tail-field`: a member of a page behind the first is used, where a compound page keeps other things. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { constantOf, steppedFrom } from '../analysis/elements';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import type { Facts } from '../packs/facts';
import type { TailFields } from '../packs/pack';
import { nameId } from '../text/names';
import { TokenKind } from '../text/tokens';

const ID = 'tail-field';

const mine = (facts: Facts): readonly TailFields[] => facts.tails.filter(({ rule }) => rule === ID);

export const tailField: Rule = {
  id: ID,
  severity: 'info',
  needs: 'types',
  defaultOn: false,
  summary: "a tail page's lru, mapping, index, private or device data is used, which only the head has",
  words: (facts) => mine(facts).flatMap(({ members }) => members.map((name) => `.${name}`)),
  doc: `
On the pages behind the first one of a compound page the words of \`lru\`, \`mapping\`, \`index\` and \`private\` hold
\`compound_head\` and the folio's counters. What belongs to the whole is on the head.

**Kernel source of the rule**: include/linux/mm_types.h, the tail pages' union in struct page and the second and third
page of struct folio.

**Gate**: the headers declare \`page_folio()\`.

**Bad**

\`\`\`c
page[1].mapping = mapping;
\`\`\`

**Good**

\`\`\`c
page_folio(page)->mapping = mapping;
\`\`\`

**Fix**: none automatic: \`page_folio()\` gives the head, which is another page's word.

**Silent on** elements whose number is no constant, on arrays of page pointers, in functions that call split_page(), and
in mm/ and include/linux, where these words are laid out.

**Misses** tails that are found by another way; speaks of pages of which nobody says that they are compound.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of mine(file.facts)) {
      const path = file.relative(file.main.path);
      if (fact.exempt.some((start) => path.startsWith(start))) continue;
      const sites = file.accesses(fact.members).filter((site) => isTail(site, fact));
      if (sites.length === 0 || !file.offers(fact.get)) continue;
      for (const site of sites) if (!isApart(file, site, fact)) yield report(file, site, fact);
    }
  },
};

function isTail(site: AccessSite, { record }: TailFields): boolean {
  if (site.record.tag !== record || !site.member || site.mode === 'none') return false;
  const step = steppedFrom(site.access.expression);
  return step !== undefined && constantOf(step.by) !== undefined;
}

/** The function around the access makes single pages of its own. */
function isApart(file: FileAnalysis, site: AccessSite, { apart }: TailFields): boolean {
  const [start, end] = file.functionAround(site.file === file.main ? site.nameToken : -1);
  const { kinds, ids } = file.main.tokens;
  const names = new Set(apart.map(nameId));
  for (let token = start; token < end; token++)
    if (kinds[token] === TokenKind.Identifier && names.has(ids[token])) return true;
  return false;
}

function report(file: FileAnalysis, site: AccessSite, { get }: TailFields): Finding {
  const { tokens, path } = site.file;
  const start = tokens.starts[site.firstToken < 0 ? site.nameToken : site.firstToken];
  const end = tokens.ends[site.nameToken];
  const written = tokens.text.slice(start, end).replace(/\s+/g, ' ');
  const declared = file.memberPlace(site.record, site.name);
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  return {
    rule: ID,
    severity: tailField.severity,
    path,
    start,
    end,
    message: `${written} is a tail page's: on a compound page its words hold compound_head and the folio's counters${source}. Use the head: ${get}().`,
    related: declared ? [{ ...declared, message: `${site.name} is declared here` }] : [],
    fixes: [],
  };
}
