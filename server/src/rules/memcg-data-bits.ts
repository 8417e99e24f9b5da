/** `memcg-data-bits`: memcg_data or obj_exts is followed or masked by hand. */
import type { FileAnalysis } from '../analysis/analysis';
import { encodedNeeds, rawMembers } from '../analysis/encoded-words';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';

const ID = 'memcg-data-bits';

export const memcgDataBits: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: false,
  summary: 'memcg_data or obj_exts is followed or masked by hand',
  words: encodedNeeds(ID),
  doc: `
\`folio->memcg_data\` holds a memory cgroup, an object cgroup or, as \`slab->obj_exts\`, a vector of slab extensions; its low bits
say which. Only the getters in include/linux/memcontrol.h and mm/slab.h know all of them.

**Kernel source of the rule**: enum page_memcg_data_flags and the getters folio_memcg(), folio_objcg() and
slab_obj_exts().

**Gate**: the getter is declared.

**Bad**

\`\`\`c
memcg = (struct mem_cgroup *)folio->memcg_data;
\`\`\`

**Good**

\`\`\`c
memcg = folio_memcg(folio);
\`\`\`

**Fix**: none.

**Silent on** memcontrol and slab code, on copies of the whole word and tests for zero, and on other structs' members of
these names.

**Misses** a word that is copied into a local first and taken apart there.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    yield* rawMembers(file, ID, memcgDataBits.severity);
  },
};
