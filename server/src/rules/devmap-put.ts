/** `devmap-put`: a page that a device manages is let go as if it were an ordinary one. */
import { typestateRule } from '../analysis/typestate-rule';

export const devmapPut = typestateRule({
  id: 'devmap-put',
  severity: 'warning',
  defaultOn: true,
  summary: 'a page for which page_is_devmap_managed() holds is not let go by put_devmap_managed_page()',
  doc: `
Pages that a device manages count their references from 1: the last one is gone at 1, not at 0. Letting such a page go
by the ordinary calls never tells its device.

**Kernel source of the rule**: include/linux/mm.h, put_page() and page_is_devmap_managed(), in kernels that have them.

**Gate**: the headers declare \`page_is_devmap_managed()\`.

**Bad**

\`\`\`c
if (page_is_devmap_managed(page))
        put_page_testzero(page);
\`\`\`

**Good**

\`\`\`c
if (page_is_devmap_managed(page))
        put_devmap_managed_page(page);
\`\`\`

**Fix**: none automatic: the two calls do not give back the same.

**Silent on** code where no test on the path says that the page is managed.

**Misses** tests whose name says that they only look, and that let go of a reference.
`,
});
