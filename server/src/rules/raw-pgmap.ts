/** `raw-pgmap`: a member that shares its word with another owner is touched directly, not through its accessor. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import type { Finding, Fix, Related, Severity, TextEdit } from '../analysis/finding';
import { withIncludes } from '../analysis/include-line';
import type { Rule, RuleOptions } from '../analysis/rule';
import { flatten, sharing } from '../facts/overlay';
import type { Facts } from '../packs/facts';
import type { MovedMember } from '../packs/pack';
import { isParenthesized } from '../text/postfix';
import type { Place } from '../text/text';
import { findMember } from '../types/typer';

const ID = 'raw-pgmap';

const mine = (facts: Facts): readonly MovedMember[] => facts.moved.filter((moved) => moved.rule === ID);

export const rawPgmap: Rule = {
  id: ID,
  severity: 'error',
  needs: 'types',
  defaultOn: true,
  summary: 'page->pgmap is read or written directly, not through page_pgmap()',
  words: (facts) => mine(facts).map((fact) => fact.member),
  takesHeaders: true,
  doc: `
\`page->pgmap\` lies in the word that a tail page uses for \`compound_head\`. Once ZONE_DEVICE memory comes in compound
pages, reading it on a tail page gives the tagged pointer to the head page, and the compiler sees nothing wrong.

**Kernel source of the rule**: include/linux/mm_types.h, struct page: \`compound_head\` ("Bit zero is set") and the
ZONE_DEVICE view lie in one union; \`page_pgmap()\` in include/linux/mmzone.h goes by the folio.

**Gate**: the rule speaks only where the headers offer \`page_pgmap()\`. With \`--newer-kernels\`, and as a hint in editors, it
also speaks where they don't yet.

**Bad**

\`\`\`c
owner = page->pgmap->owner;
page->pgmap = pgmap;
type = folio->page.pgmap->type;
\`\`\`

**Good**

\`\`\`c
owner = page_pgmap(page)->owner;
page_folio(page)->pgmap = pgmap;
type = folio->pgmap->type;
\`\`\`

**Fix**: in place, where the accessor is declared above the access; unsafe where a header has to be included for it. The call is never moved: \`page\` may be NULL, or no
ZONE_DEVICE page, on another line.

**Silent on** other structs' \`pgmap\` (struct dev_dax, struct pmem_device …), the bodies of the accessors, comments, and
accesses whose base has a type that could not be worked out (counted by \`--stats\`).

**Misses** accesses through a copy of the page made by memcpy(), and macros in headers that nobody in the same file uses.
`,
  *check(file: FileAnalysis, options: RuleOptions): Iterable<Finding> {
    for (const fact of mine(file.facts)) {
      if (!options.ahead && !file.mayOffer(fact.read)) continue;
      for (const site of file.accesses([fact.member])) {
        const finding = report(file, site, fact, options);
        if (finding) yield finding;
      }
    }
  },
};

function report(file: FileAnalysis, site: AccessSite, fact: MovedMember, options: RuleOptions): Finding | undefined {
  const { record } = site;
  if (record.tag !== fact.record || record.members === undefined || site.firstToken < 0) return undefined;
  if (!record.place || file.relative(record.place.path) !== fact.header) return undefined;
  if (site.mode === 'none' || site.within.some((name) => fact.exempt.includes(name))) return undefined;
  const accessor = file.offers(fact.read);
  if (!accessor && !options.ahead) return undefined;
  const severity: Severity = accessor ? 'error' : 'hint';
  const { tokens, path } = site.file;
  const place = { path, start: tokens.starts[site.firstToken], end: tokens.ends[site.nameToken] };
  const shared = sharer(file, site, fact);
  const written = file.written(place);
  const related: Related[] = shared.place ? [{ ...shared.place, message: `"${shared.quote}"` }] : [];
  if (accessor) related.push({ ...accessor, message: `${fact.read}() is declared here` });
  const isAbove = accessor && (accessor.path !== path || accessor.start < place.start);
  const made = isAbove ? fixFor(file, site, fact) : undefined;
  const fix = made && withIncludes(file, made.fix, made.calls);
  const advice = fix ? `${fix.title}.` : adviceFor(site, fact, accessor !== undefined);
  const message = `${written} ${shared.sentence}: ${fact.because}. ${advice}`;
  return { rule: ID, severity, ...place, message, related, fixes: fix ? [fix] : [] };
}

/** Who else uses the bytes, in the words of its own declaration. */
function sharer(
  file: FileAnalysis,
  site: AccessSite,
  fact: MovedMember,
): { sentence: string; quote: string; place?: Place } {
  const layout = file.layout(site.record);
  const other = flatten(layout).find((member) => member.name === fact.shares);
  const place = other?.member.place;
  const quote = place ? declarationLine(file, place) : '';
  const source = place ? ` ("${quote}", ${file.lineOf(place)})` : '';
  if (!site.member)
    return {
      sentence: `is gone from struct ${fact.record}, its word is left to ${fact.shares}${source}`,
      quote,
      place,
    };
  const shares = sharing(layout, site.name).some((shared) => shared.member.name === fact.shares);
  if (!shares) return { sentence: `is kept behind ${fact.read}()`, quote, place: undefined };
  return { sentence: `shares its word with ${fact.shares}${source}`, quote, place };
}

/** The line that declares a member, its comment included, on one line. */
function declarationLine(file: FileAnalysis, place: Place): string {
  const text = file.textOf(place.path) ?? '';
  const start = text.lastIndexOf('\n', place.start) + 1;
  const end = text.indexOf('\n', place.end);
  return text
    .slice(start, end < 0 ? undefined : end)
    .trim()
    .replace(/\s+/g, ' ');
}

function adviceFor(site: AccessSite, fact: MovedMember, hasAccessor: boolean): string {
  const isWrite = site.mode === 'write' || site.mode === 'update';
  const use = isWrite ? `${fact.home.through}()->${fact.home.member}` : `${fact.read}()`;
  return hasAccessor ? `Use ${use}.` : `Newer kernels have ${fact.read}() for it; this tree lacks it.`;
}

/** The edit that says the same through the accessor, and what it calls; undefined where there is none that keeps the meaning. */
function fixFor(
  file: FileAnalysis,
  site: AccessSite,
  fact: MovedMember,
): { readonly fix: Fix; readonly calls: readonly string[] } | undefined {
  const { tokens, path } = site.file;
  const operator = site.nameToken - 1;
  const { starts, ends } = tokens;
  const edit = (start: number, end: number, text: string): TextEdit => ({ path, start, end, text });
  const home = findMember(file.globals.record('struct', fact.home.record), fact.home.member);
  const { expression } = site.access;
  if (home && !expression.arrow && expression.base.kind === 'member' && expression.base.name === fact.home.embeds) {
    // folio->page.pgmap: the base's own member goes away.
    const base = operator - 1;
    if (tokens.text.slice(starts[base], ends[base]) !== fact.home.embeds) return undefined;
    const title = `Use ${fact.home.record}->${fact.home.member}`;
    const cuts = [edit(starts[base], ends[base], ''), edit(starts[operator], ends[operator], '')];
    return { fix: { title, safe: true, edits: cuts }, calls: [] };
  }
  if (site.mode === 'address' && !site.partial) return undefined;
  const isWrite = site.mode === 'write' || site.mode === 'update';
  if (isWrite && (!home || !file.offers(fact.home.through))) return undefined;
  const [open, close] = isWrite ? [fact.home.through, `)->`] : [fact.read, `)`];
  const edits: TextEdit[] = [];
  const isWrapped = isParenthesized(tokens, site.firstToken, operator);
  const address = expression.arrow ? '' : '&';
  // Parentheses around the whole base serve as the call's own.
  if (isWrapped && address === '') edits.push(edit(starts[site.firstToken], starts[site.firstToken], open));
  else edits.push(edit(starts[site.firstToken], starts[site.firstToken], `${open}(${address}`));
  const tail = isWrapped && address === '' ? close.slice(1) : close;
  edits.push(edit(starts[operator], ends[operator], tail));
  if (!isWrite) edits.push(edit(starts[site.nameToken], ends[site.nameToken], ''));
  const title = isWrite ? `Use ${fact.home.through}()->${fact.home.member}` : `Use ${fact.read}()`;
  return { fix: { title, safe: true, edits }, calls: [isWrite ? fact.home.through : fact.read] };
}
