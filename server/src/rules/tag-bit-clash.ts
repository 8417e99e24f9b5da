/** `tag-bit-clash`: two owners tell themselves by the same bit of one word. */

import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { type Claim, claimsOf } from '../facts/claims';
import { contextOfText } from '../facts/context';
import { wordText } from '../facts/overlay';
import { claimWords, maySpeakOfBits, speaksOfBits } from '../packs/patterns';
import { recordBodies } from '../text/record-bodies';
import type { RecordDeclaration } from '../types/model';

export const tagBitClash: Rule = {
  id: 'tag-bit-clash',
  severity: 'error',
  needs: 'layout',
  defaultOn: true,
  summary: 'two owners of one word claim the same tag bit',
  words: ({ claims }) => claimWords(claims),
  doc: `
Words of struct page and its family say in their low bits who owns them: bit 0 of the first union's first word tells a
tail page. Claims are mined from the comments on members ("Bit 1 is set") and from the masks in accessors
(\`page->lru.next & BIT(1)\`); where two owners set the same bit of the same word, each takes the other's value for its own.

**Kernel source of the rule**: include/linux/mm_types.h ("Bit zero is set"); include/linux/mm.h, \`page_is_pfmemalloc()\`.
The same clash was a real bug once: 0fa32ca438b4 ("page_pool: mask the page->signature before the checking").

**Bad**

\`\`\`c
struct parcel {
        unsigned long flags;
        union {
                unsigned long label;     /* Bit 0 is set while it is sealed */
                struct page *page;       /* Bit 0 is set */
        };
};
\`\`\`

**Good**

\`\`\`c
struct parcel {
        unsigned long flags;
        union {
                unsigned long label;     /* Bit 0 is set while it is sealed */
                struct page *page;       /* Bit 1 is set */
        };
};
\`\`\`

**Fix**: none; both claims are shown side by side. Take another bit, or another word.

**Silent on** accessors of members that asserts tie together, which carry one tag under several names.

**Misses** the comments of a file in which no sentence begins with the bit (\`Bit 1 is set\`), unless a pack of your own has patterns.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (file.isForeign || !maySpeakOfBits(file.facts.claims, file.document.text)) return;
    const seen = new Set<string>();
    const claimed = claimsIn(file);
    for (const { record, claims } of claimed) {
      for (const claim of claims) {
        const { place } = claim;
        if (!claim.clashes || place.path !== file.main.path) continue;
        // A record knows its relatives' claims as well; the one that declares the member is to tell of it.
        if (!holds(record, claim) && claimed.some((other) => holds(other.record, claim))) continue;
        const key = `${place.start}:${claim.bit}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const others = claims.filter(
          (other) =>
            other.clashes && other.word === claim.word && other.bit === claim.bit && other.owner !== claim.owner,
        );
        const theirs = others
          .map((other) => `${other.owner} (${quoted(other)}, ${file.lineOf(other.place)})`)
          .join(' and ');
        const message =
          `${claim.owner} claims bit ${claim.bit} of ${wordText(claim.word, file.target)} of ${record.kind} ${record.tag} (${quoted(claim)}), ` +
          `and so does ${theirs}: each takes the other's value for its own. Use another bit.`;
        const related = others.map((other) => ({
          ...other.place,
          message: `${other.owner} claims the bit here: ${quoted(other)}`,
        }));
        yield { rule: 'tag-bit-clash', severity: 'error', ...place, message, related, fixes: [] };
      }
    }
  },
};

function holds({ place }: RecordDeclaration, claim: Claim): boolean {
  return place !== undefined && place.start <= claim.place.start && claim.place.end <= place.end;
}

function quoted({ quote, isComment }: Claim): string {
  return isComment ? `"${quote}"` : quote;
}

/** The claims on every record that has a comment claim in this file, seen with the accessors that other headers hold. */
function claimsIn(file: FileAnalysis): { record: RecordDeclaration; claims: readonly Claim[] }[] {
  const { tree, target, main, facts } = file;
  const comments = commentsThatClaim(file);
  if (comments.length === 0) return [];
  const context = facts.context.map((name) => `#include <${name}>\n`).join('');
  const { globals } = contextOfText(tree, target, '<claims>.c', `${context}#include "${main.path}"\n`);
  const table = globals.tables.find(({ table: other }) => other.file.path === main.path);
  if (!table) return [];
  for (const index of table.table.tags.declaring) {
    const { starts, ends } = main.tokens;
    const item = table.table.items[index];
    const isClaimed = comments.some((at) => starts[item.first] <= at && at <= ends[item.end - 1]);
    if (isClaimed) globals.parse(table.reading, item);
  }
  return globals.defined
    .filter(({ place }) => place?.path === main.path && comments.some((at) => place.start <= at && at <= place.end))
    .map((record) => ({ record, claims: claimsOf(globals, record, target, facts.claims) }));
}

/** Offsets of the comments among the members of records that speak of a bit. */
function commentsThatClaim(file: FileAnalysis): number[] {
  const { comments, text } = file.main.tokens;
  const found: number[] = [];
  for (let index = 0; index < comments.length; index += 2) {
    const comment = text.slice(comments[index], comments[index + 1]).replace(/\s*\n\s*\*?\s*/g, ' ');
    if (speaksOfBits(file.facts.claims, comment)) found.push(comments[index]);
  }
  if (found.length === 0) return found;
  const bodies = recordBodies(file.main.tokens);
  return found.filter((at) => bodies.some(({ start, end }) => start <= at && at < end));
}
