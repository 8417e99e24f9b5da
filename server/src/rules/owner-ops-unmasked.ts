/** `owner-ops-unmasked`: a word whose accessors all mask a tag bit is read or written without them. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import type { Finding, Related } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import type { Facts } from '../packs/facts';
import type { MaskedMember } from '../packs/pack';
import type { Place } from '../text/text';

const ID = 'owner-ops-unmasked';

const mine = (facts: Facts): readonly MaskedMember[] => facts.masked.filter((fact) => fact.rule === ID);

export const ownerOpsUnmasked: Rule = {
  id: ID,
  severity: 'error',
  needs: 'types',
  defaultOn: true,
  summary: 'folio->owner_ops is used directly, with its tag bit, not through its accessors',
  words: (facts) => mine(facts).map((fact) => fact.member),
  doc: `
\`folio->owner_ops\` holds a pointer with bit 1 set, or, where bit 1 is clear, another owner's data: on a folio that is on a
list the same word is \`lru.next\`. Read directly it is no pointer that may be followed, and almost never NULL; stored
directly it lacks the bit by which everyone knows it.

**Kernel source of the rule**: include/linux/mm_types.h: \`owner_ops; /* Bit 1 is set */\`, and its accessors, each of which
masks the bit.

**Gate**: the headers declare all three accessors.

**Bad**

\`\`\`c
folio->owner_ops->free(folio);
if (folio->owner_ops != NULL)
        folio->owner_ops = &ops;
\`\`\`

**Good**

\`\`\`c
folio_get_owner_ops(folio)->free(folio);
if (folio_get_owner_ops(folio))
        folio_set_owner_ops(folio, &ops);
\`\`\`

**Fix**: none; whether the mask was meant to be seen only the author knows.

**Silent on** the three accessors, \`&folio->owner_ops\` (an address is no use of the word), \`sizeof\`, and other structs'
\`owner_ops\`.

**Misses** the same word used under another member's name.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of mine(file.facts)) {
      const sites = file.accesses([fact.member]);
      if (sites.length === 0) continue;
      const accessors = [fact.get, fact.set, fact.clear].map((name) => file.offers(name));
      if (accessors.some((place) => !place)) continue;
      const related = declaredAt(accessors[0], `${fact.get}() is declared here`);
      for (const site of sites) if (isRaw(site, fact)) yield report(file, site, fact, related);
    }
  },
};

function declaredAt(place: Place | undefined, message: string): Related[] {
  return place ? [{ ...place, message }] : [];
}

function isRaw(site: AccessSite, fact: MaskedMember): boolean {
  if (site.record.tag !== fact.record || !site.member || site.firstToken < 0) return false;
  if (site.mode === 'none' || site.mode === 'address') return false;
  return !site.within.some((name) => name === fact.get || name === fact.set || name === fact.clear);
}

function report(file: FileAnalysis, site: AccessSite, fact: MaskedMember, accessor: Related[]): Finding {
  const { tokens, path } = site.file;
  const place = { path, start: tokens.starts[site.firstToken], end: tokens.ends[site.nameToken] };
  const written = file.written(place);
  const isWrite = site.mode === 'write' || site.mode === 'update';
  const declared = file.memberPlace(site.record, site.name);
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  const message = isWrite
    ? `${written} is stored without its accessor, which sets bit ${fact.bit}${source}. Use ${fact.set}() or ${fact.clear}().`
    : `${written} is read with its tag: bit ${fact.bit} tells whether the word is ${fact.member} at all${source}. Use ${fact.get}().`;
  const related = [...(declared ? [{ ...declared, message: `${fact.member} is declared here` }] : []), ...accessor];
  return { rule: ID, severity: ownerOpsUnmasked.severity, ...place, message, related, fixes: [] };
}
