/** `kind-overlap`: a member is used that other data lies over, for a page of this kind, or in this order. */
import { typestateRule } from '../analysis/typestate-rule';

export const kindOverlap = typestateRule({
  id: 'kind-overlap',
  severity: 'warning',
  defaultOn: false,
  summary: "a page's words are used as another kind of page has them, or stored in the wrong order",
  doc: `
The kind of a page says who owns its words. A ZONE_DEVICE page has the device's map where others have \`lru.next\`, and
the driver's data where they have \`lru.prev\`: putting it on a list writes over both. And where two members of one word
are stored, the later one stays: \`compound_head\` is cleared before \`pgmap\` is stored, \`private\` before \`swap\`.

**Kernel source of the rule**: mm/mm_init.c, __init_zone_device_page(): "It is a bug if a ZONE_DEVICE page is ever freed
or placed on a driver-private list"; the unions of struct page and struct folio in include/linux/mm_types.h.

**Gate**: the headers declare the test, and the two members share bytes.

**Bad**

\`\`\`c
if (is_zone_device_page(page))
        list_add(&page->lru, list);
\`\`\`

**Good**

\`\`\`c
if (is_zone_device_page(page)) {
        page->zone_device_data = pages;
        pages = page;
}
\`\`\`

**Fix**: none automatic: what a driver links its pages through instead is its own choice.

**Silent on** code where no test on the path says what kind of page it is: lists of mixed kinds are legitimate until then.

**Misses** pages whose kind is known by where they came from.
`,
});
