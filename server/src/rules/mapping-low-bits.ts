/** `mapping-low-bits`: the low bits of page or folio->mapping are tested or masked by hand. */
import type { FileAnalysis } from '../analysis/analysis';
import { encodedNeeds, rawMembers } from '../analysis/encoded-words';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';

const ID = 'mapping-low-bits';

export const mappingLowBits: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: false,
  summary: 'the low bits of page or folio->mapping are tested or masked by hand',
  words: encodedNeeds(ID),
  doc: `
The low two bits of \`mapping\` say what the rest is: a struct address_space, an anon_vma, a stable node of KSM, or the
operations of a movable page. Which bits mean what has changed more than once; the tests in include/linux/page-flags.h know.

**Kernel source of the rule**: the comment above PAGE_MAPPING_FLAGS (FOLIO_MAPPING_FLAGS) in include/linux/page-flags.h.

**Gate**: \`folio_test_anon()\` or \`folio_mapping()\` is declared.

**Bad**

\`\`\`c
if ((unsigned long)folio->mapping & PAGE_MAPPING_ANON)
        return;
\`\`\`

**Good**

\`\`\`c
if (folio_test_anon(folio))
        return;
\`\`\`

**Fix**: none.

**Silent on** mm/ and the headers of the accessors, which are the owners of the bits; \`folio->mapping->host\` and every other
use of the pointer (page cache code is right to follow it); tests of the whole word for zero, also of several words at once.

**Misses** code that copies \`mapping\` into a local and masks that.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    yield* rawMembers(file, ID, mappingLowBits.severity);
  },
};
