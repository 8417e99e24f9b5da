/** `memdesc-cast`: one descriptor of memory is taken for another by a cast or a shared member, not by the helper. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { isExempt } from '../analysis/exempt';
import { expressionsAt, writtenPlace } from '../analysis/expressions';
import type { Finding, Fix } from '../analysis/finding';
import { hiddenFor, siteSpan } from '../analysis/hidden';
import { withIncludes } from '../analysis/include-line';
import type { HeaderReader, Rule } from '../analysis/rule';
import type { Facts } from '../packs/facts';
import type { WordNeed } from '../search/word-search';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { CType, RecordDeclaration } from '../types/model';
import { recordBehind, strip } from '../types/model';
import { findMember, typeOf } from '../types/typer';

const ID = 'memdesc-cast';

export const memdescCast: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: true,
  summary: 'a struct page is read as another descriptor by a cast or a shared member, not by the helper',
  words: (facts, read) => [...memberNeeds(facts, read), ...castNeeds(facts)],
  doc: `
struct folio, slab, ptdesc, zpdesc and netmem_desc lie over struct page today and will be allocated on their own tomorrow. Code
that casts from one to the other, or reads the page pool's members through struct page, breaks on that day without a warning.

**Kernel source of the rule**: mm/slab.h, \`slab_folio()\`: "Please use this helper function instead of casting yourself"; the same
sentence stands at \`zpdesc_folio()\`. include/net/netmem.h, \`pp_page_to_nmdesc()\`.

**Gate**: the headers offer the helper: \`slab_folio()\` for a cast from slab to folio, \`pp_page_to_nmdesc()\` for \`page->pp\`.

**Bad**

\`\`\`c
struct folio *folio = (struct folio *)slab;
page_pool_put_full_page(page->pp, page, false);
\`\`\`

**Good**

\`\`\`c
struct folio *folio = slab_folio(slab);
page_pool_put_full_page(pp_page_to_nmdesc(page)->pp, page, false);
\`\`\`

**Fix**: \`page->pp\` is rewritten in place, where the helper is declared above. Casts are not: \`page_folio()\` goes to the head page
while a cast does not, so that a person has to say which is meant.

**Silent** in mm/ and include/, where the helpers and the conversions of one page at a time live, on casts from \`void *\` and
integers, on \`sizeof(struct folio *)\` and prototypes, and on members of other structs that are called \`pp\`.

**Misses** casts through \`void *\` or an integer.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const own = file.relative(file.main.path);
    if (isExempt(file.facts, ID, own)) return;
    for (const fact of hiddenFor(file.facts, ID)) {
      for (const site of file.accesses(fact.members)) {
        const finding = reportMember(file, site, fact.home);
        const place = finding && siteSpan(file, site, fact);
        if (place && !isExempt(file.facts, ID, file.relative(place.path))) yield { ...finding, ...place };
      }
    }
    yield* casts(file);
  },
};

/** Needs for raw members, where the tree has the helpers at all. */
function memberNeeds(facts: Facts, read: HeaderReader): WordNeed[] {
  return hiddenFor(facts, ID)
    .filter(({ home }) => home && read(home.header)?.includes(home.through))
    .flatMap(({ record, members }) => members.map((member): WordNeed => [`.${member}`, record]));
}

/** How casts are spelled; behind a letter it is a prototype's parameter. */
function castNeeds({ descriptors }: Facts): WordNeed[] {
  return descriptors.flatMap(({ tags }) => tags.flatMap((tag) => [`(struct ${tag} *`, `(const struct ${tag} *`]));
}

function reportMember(
  file: FileAnalysis,
  site: AccessSite,
  home: { readonly record: string; readonly through: string } | undefined,
): Omit<Finding, keyof Place> | undefined {
  const helper = home && file.offers(home.through);
  if (!home || !helper || site.within.includes(home.through) || site.firstToken < 0) return undefined;
  const { tokens, path } = site.file;
  const [start, operator] = [tokens.starts[site.firstToken], site.nameToken - 1];
  const written = tokens.text.slice(start, tokens.ends[site.nameToken]).replace(/\s+/g, ' ');
  const message =
    `${written} is read through struct ${site.record.tag}, over which struct ${home.record} lies for now ` +
    `(${file.lineOf(helper)}). Use ${home.through}()->${site.name}.`;
  const related = [{ ...helper, message: `${home.through}() is here` }];
  const isAbove = helper.path !== path || helper.start < start;
  const isThere = findMember(file.globals.record('struct', home.record), site.name) !== undefined;
  const fixes: Fix[] = [];
  if (isAbove && isThere && site.access.expression.arrow) {
    const edits = [
      { path, start, end: start, text: `${home.through}(` },
      { path, start: tokens.starts[operator], end: tokens.starts[operator], text: ')' },
    ];
    const fix = withIncludes(file, { title: `Use ${home.through}()`, safe: true, edits }, [home.through]);
    if (fix) fixes.push(fix);
  }
  return { rule: ID, severity: 'warning', message, related, fixes };
}

function* casts(file: FileAnalysis): Iterable<Finding> {
  const seen = new Set<object>();
  for (const token of castTokens(file)) {
    for (const { expression, tokens, within } of expressionsAt(file, token)) {
      if (expression.kind !== 'cast' || seen.has(expression)) continue;
      seen.add(expression);
      const to = descriptor(file, expression.type);
      const from = to && descriptor(file, typeOf(expression.operand, file.globals));
      if (!to || !from || to === from) continue;
      const name = `${from.tag}_${to.tag}`;
      const helper = file.offers(name);
      const place = writtenPlace(tokens, expression);
      if (!helper || place.path !== file.main.path || within.name === name) continue;
      // Where the helper itself, or another macro of a header, brings the cast in, nobody here wrote it.
      if (tokens[expression.first].via) continue;
      const message =
        `struct ${from.tag} is cast to struct ${to.tag}: they share memory for now only (${file.lineOf(helper)}). ` +
        `Use ${name}()${goesToHead(file, name) ? ', which goes to the head page' : ''}.`;
      const related = [{ ...helper, message: `${name}() is here` }];
      yield { rule: ID, severity: 'warning', ...place, message, related, fixes: [] };
    }
  }
}

/** Whether a helper leads from any page of a compound to its head, as packs say. */
function goesToHead({ facts }: FileAnalysis, helper: string): boolean {
  return facts.flow.some(({ headGetters }) => headGetters.includes(helper));
}

/** The record of the family that a pointer type points to. */
function descriptor(file: FileAnalysis, type: CType): RecordDeclaration | undefined {
  if (strip(type).kind !== 'pointer') return undefined;
  const record = recordBehind(type);
  const isOne = file.facts.descriptors.some(({ tags, from }) => [...tags, ...from].includes(record?.tag ?? ''));
  return isOne ? record : undefined;
}

/** Tokens that name a descriptor between `(struct` and `*)`. */
function castTokens(file: FileAnalysis): number[] {
  const tags = new Set(file.facts.descriptors.flatMap((one) => one.tags));
  const { tokens } = file.main;
  const { kinds, ids, starts, ends, text } = tokens;
  const found: number[] = [];
  for (let token = 2; token + 2 < tokens.count; token++) {
    if (kinds[token] !== TokenKind.Identifier || ids[token + 1] !== Punct.Star) continue;
    if (kinds[token + 1] !== TokenKind.Punctuator || ids[token + 2] !== Punct.RightParen) continue;
    if (kinds[token - 1] === TokenKind.Identifier && tags.has(text.slice(starts[token], ends[token])))
      found.push(token);
  }
  return found;
}
