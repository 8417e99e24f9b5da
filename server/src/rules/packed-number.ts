/** `packed-number`: a number that shares its word with others is taken for all of it. */
import type { FileAnalysis } from '../analysis/analysis';
import { isExempt } from '../analysis/exempt';
import type { Finding } from '../analysis/finding';
import { packedNeed, wholeNumbers } from '../analysis/packed-words';
import type { Rule } from '../analysis/rule';

const ID = 'packed-number';

export const packedNumber: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: false,
  summary: 'a number that shares its word with others is taken for all of it',
  words: [],
  isThorough: true,
  derivedWords: ({ packed = [] }) => packed.map(packedNeed),
  doc: `
Some members hold several numbers, or a number and flags, in one integer: the type of a netlink attribute with two flags above, the
operation of a request below its flags, the packet size of an endpoint beside its transactions. Compared, switched on or used as an
index as a whole, such a word is right only as long as nobody sets the other bits.

**Kernel source of the rule**: inline functions and macros that give out some bits of a member, in any header:
\`return nla->nla_type & NLA_TYPE_MASK;\`. That the other bits hold something, too, is said by another function of the headers, or by
a comment at the member (docs/headers.md). \`overlint rules --derived\` lists these members.

**Gate**: the accessor is declared where the file could include it.

**Bad**

\`\`\`c
if (nla->nla_type == LINK_NAME)
        take(nla);
\`\`\`

**Good**

\`\`\`c
if (nla_type(nla) == LINK_NAME)
        take(nla);
\`\`\`

**Fix**: none.

**Reported**: comparing the whole with a constant of one number, and its order with any value; a switch of which all cases are of one
number; an index; masks and shifts that are written as numerals; arithmetic with the whole; a constant of one number that is stored as the
whole, where a function of the header keeps the other bits.

**Silent on** the headers of the accessors and of the record, and who implements them; copies, two whole words that are compared, tests
for zero; masks by name, and functions that use one on the word; constants of several numbers; other stores; what is printed or passed on.

**Misses** words that are given out by a function, and words in big-endian order.

**Off by default**, as a word may be known to hold one number alone where it is used.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (isExempt(file.facts, ID, file.relative(file.main.path))) return;
    yield* wholeNumbers(file, ID, packedNumber.severity);
  },
};
