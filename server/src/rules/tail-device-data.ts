/** `tail-device-data`: zone_device_data is read of a page that may be a tail, in a driver that has large folios. */
import type { FileAnalysis } from '../analysis/analysis';
import { isExempt } from '../analysis/exempt';
import type { Finding } from '../analysis/finding';
import { hiddenFor, offeredOf, quoteOf, siteSpan } from '../analysis/hidden';
import type { Rule } from '../analysis/rule';

const ID = 'tail-device-data';

export const tailDeviceData: Rule = {
  id: ID,
  severity: 'info',
  needs: 'types',
  defaultOn: false,
  summary: 'zone_device_data is used of a page that may be a tail, where drivers have large folios',
  words: (facts) =>
    hiddenFor(facts, ID).flatMap(({ members, near = [] }) =>
      members.flatMap((member) => near.map((word) => [`.${member}`, word])),
    ),
  doc: `
The data that a driver keeps in its device's pages is in the first page of a folio. Once the driver's folios are larger than
a page, \`page->zone_device_data\` of a tail is a word that nobody has set.

**Kernel source of the rule**: include/linux/memremap.h, folio_zone_device_data(), in kernels that have large device folios.

**Gate**: the headers declare \`folio_zone_device_data()\`, and the file speaks of what only drivers with large folios have:
a \`folio_split\` callback, or the order that a folio is set up with.

**Bad**

\`\`\`c
zdd = page->zone_device_data;
\`\`\`

**Good**

\`\`\`c
zdd = folio_zone_device_data(page_folio(page));
\`\`\`

**Fix**: none: the accessor warns on pages that are not private to the device.

**Silent on** drivers whose pages are single ones, other structs' members of that name, and the accessor itself.

**Misses** drivers that leave the order to another file.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of hiddenFor(file.facts, ID)) {
      for (const site of file.accesses(fact.members)) {
        const place = siteSpan(file, site, fact);
        const accessor = place && offeredOf(file, fact, site.name);
        if (!accessor || place.path !== file.main.path || site.within.includes(accessor.name)) continue;
        if (isExempt(file.facts, ID, file.relative(place.path))) continue;
        const written = file.written(place);
        const source = quoteOf(file, accessor.place);
        const message = `${written} may be a tail page's: ${fact.because}${source}. Use ${accessor.name}() of its folio.`;
        const related = [{ ...accessor.place, message: `${accessor.name}() is declared here` }];
        yield { rule: ID, severity: tailDeviceData.severity, ...place, message, related, fixes: [] };
      }
    }
  },
};
