/** `raw-member`: use of a member that has an accessor which does more, or that a comment advises to use. */
import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import { isStrict, reservedNeeds, reservedUses } from '../analysis/reserved-uses';
import type { Rule } from '../analysis/rule';
import type { ReservedMember } from '../facts/reserved-member';

const ID = 'raw-member';

export const rawMember: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: false,
  summary: 'this member has an accessor that does more than name it',
  words: [],
  isThorough: true,
  derivedWords: ({ reserved }) => reserved.filter(isLax).flatMap(reservedNeeds),
  doc: `
Some accessors do more than return a member: they wait until it is valid, test a state, give another member in its place, or
count in a way that the next release changes. A member with two underscores in front of its name is its owner's, where a
function beside it gives it out. Some comments only advise ("Use tty_port_tty_get() to obtain it"), say whose a member is ("private to
the core", "must not be touched by drivers"), or ask not to call a function through its pointer ("Do not call this function directly").

**Kernel source of the rule**: the inline functions beside a record, and the comments on its members, in any header.
\`overlint rules --derived\` lists them. What a comment forbids is \`reserved-member\`'s.

**Gate**: the accessor is declared where the file sees it.

**Bad**

\`\`\`c
when = fence->timestamp;
\`\`\`

**Good**

\`\`\`c
when = dma_fence_timestamp(fence);
\`\`\`

**Fix**: none.

**Silent on** the header itself and other headers that any file may include, the sources that implement the header, its own
folder, tests, and uses for which no accessor is offered that does what the code does: a store where there are only getters, a counter
that begins where there is only what counts it up. Silent, too, where a test has said what the accessor asks, and where the file stores
what the accessor gives in the member itself.

**Off by default**, as much code of today uses such members raw for a good reason, under a lock that the accessor would take.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    yield* reservedUses(file, ID, isLax);
  },
};

function isLax(member: ReservedMember): boolean {
  return !isStrict(member);
}
