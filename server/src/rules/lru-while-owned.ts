/** `lru-while-owned`: folio->lru is used while owner_ops, which shares its word, is set. */
import { brokenBans } from '../flow/check';
import { Protocols } from '../flow/protocols';
import { flatten, sharing } from '../layout/overlay';
import { oncePerFacts } from '../packs/facts';
import { nameId } from '../syntax/names';
import { TokenKind } from '../syntax/tokens';
import type { FileAnalysis } from './analysis';
import type { Finding } from './finding';
import { reportBroken } from './flow-report';
import type { Rule } from './rule';

const ID = 'lru-while-owned';

/** The rule's protocols, made ready once, and the names without which it has nothing to look at. */
const readyFrom = oncePerFacts((facts) => {
  const protocols = facts.protocols.filter((protocol) => protocol.rule === ID);
  const ready = new Protocols(protocols, facts.flow);
  return { protocols, ready, asked: new Set([...ready.words, ...protocols.map(({ gate }) => gate)].map(nameId)) };
});

export const lruWhileOwned: Rule = {
  id: ID,
  severity: 'error',
  needs: 'flow',
  defaultOn: true,
  summary: 'folio->lru is used while owner_ops, which lies in the same word, is set',
  // A header's inline function may set the owner for a file that touches the member only.
  words: (facts) => {
    const { ready, protocols } = readyFrom(facts);
    return [...ready.starters, ...protocols.map(({ overlaid, record }) => [overlaid[0], record])];
  },
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

**Fix**: none; where the clear and the set belong depends on every way out of the function.

**Silent on** a folio of which nothing is known, on one that a called function may leave in one state or another, and
where owner_ops was set, cleared and let go in one function without lru being used.

**Misses** what happens between functions of different files, and folios reached by way of memory that other code may
have written.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const { ready, protocols, asked } = readyFrom(file.facts);
    if (!mentions(file, asked) || !protocols.some((protocol) => isOffered(file, protocol))) return;
    for (const broken of brokenBans(file.globals, ready, (counter) => file.count(counter)))
      yield reportBroken(file, broken, lruWhileOwned.severity);
  },
};

function mentions(file: FileAnalysis, asked: ReadonlySet<number>): boolean {
  const { ids, kinds, count } = file.main.tokens;
  for (let token = 0; token < count; token++)
    if (kinds[token] === TokenKind.Identifier && asked.has(ids[token])) return true;
  return false;
}

function isOffered(
  file: FileAnalysis,
  { gate, record, overlaid }: { gate: string; record: string; overlaid: readonly [string, string] },
): boolean {
  if (!file.offers(gate)) return false;
  const layout = file.layout(file.globals.record('struct', record));
  if (!flatten(layout).some((member) => member.name === overlaid[0])) return false;
  return sharing(layout, overlaid[0]).some((shared) => shared.member.name === overlaid[1]);
}
