/** `tail-field`: a member of a page behind the first is used, where a compound page keeps other things. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { callTokens } from '../analysis/call-tokens';
import { constantOf, steppedFrom } from '../analysis/elements';
import { expressionsAt, writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { spells } from '../analysis/spelled-names';
import { type Whose, whosePage } from '../analysis/whose-page';
import { type HeadFlag, headFlags } from '../facts/flag-policies';
import type { Facts } from '../packs/facts';
import type { TailFields } from '../packs/pack';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression, MemberExpression } from '../types/ast';
import { type RecordDeclaration, recordBehind } from '../types/model';
import { typeOf } from '../types/typer';

const ID = 'tail-field';

const mine = (facts: Facts): readonly TailFields[] => facts.tails.filter(({ rule }) => rule === ID);

export const tailField: Rule = {
  id: ID,
  severity: 'info',
  needs: 'types',
  defaultOn: false,
  summary: "a tail page's lru, mapping, index, private or device data is used, which only the head has",
  words: (facts, read) =>
    mine(facts).flatMap(({ members, calls = [], flags }) => {
      const all = flags ? headFlags({ text: read(flags.header) ?? '' }, flags) : [];
      const bits = all.flatMap(({ upper, lower }): WordNeed[] => [
        [`${flags!.prefix}${lower}`, `.${flags!.member}`],
        ...flags!.setters.map((start) => `${start}${upper}`),
      ]);
      return [...members.map((name) => `.${name}`), ...calls, ...bits];
    }),
  doc: `
On the pages behind the first one of a compound page the words of \`lru\`, \`mapping\`, \`index\` and \`private\` hold
\`compound_head\` and the folio's counters. What belongs to the whole is on the head.

**Kernel source of the rule**: include/linux/mm_types.h, the tail pages' union in struct page and the second and third
page of struct folio.

**Gate**: the headers declare \`page_folio()\`.

**Bad**

\`\`\`c
page[1].mapping = mapping;
\`\`\`

**Good**

\`\`\`c
page_folio(page)->mapping = mapping;
\`\`\`

**Fix**: none automatic: \`page_folio()\` gives the head, which is another page's word.

Reported are elements with a constant number, also those that \`page_private()\` and \`set_page_private()\` are given; elements of
what the function allocated with \`__GFP_COMP\`, of a folio, and behind \`compound_head()\`; what \`folio_page()\` gives; and
\`vmf->page\`, which is any page of a folio, in functions that do not ask which. A flag whose policy in page-flags.h goes to the head
(\`PAGEFLAG(Dirty, dirty, PF_HEAD)\`) is not to be changed on a tail. The page that \`virt_to_page()\` finds for an entry of a page table
is struct ptdesc's.

**Silent on** other elements whose number is no constant, on arrays of page pointers, in functions that call split_page(), and
in mm/ and include/linux, where these words are laid out.

**Misses** tails that are found by another way, and what is known of a page in another function; speaks of pages of which nobody
says that they are compound.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of mine(file.facts)) {
      const path = file.relative(file.main.path);
      if (fact.exempt.some((start) => path.startsWith(start))) continue;
      const header = file.globals.files.find(({ path: other }) => file.relative(other) === fact.flags?.header);
      const flags = header && fact.flags ? headFlags(header, fact.flags) : [];
      const uses = [...memberUses(file, fact, flags), ...callUses(file, fact, flags)];
      if (uses.length === 0 || !file.offers(fact.get)) continue;
      const seen = new Set<number>();
      for (const use of uses) {
        const isKnown =
          use.whose.kind === 'any' && use.whose.isLent ? [...fact.apart, ...(fact.asked ?? [])] : fact.apart;
        if (seen.has(use.place.start) || names(file, use.token, isKnown)) continue;
        seen.add(use.place.start);
        yield report(file, use, fact);
      }
    }
  },
};

interface Use {
  /** Token in the file where it is. */
  readonly token: number;
  readonly place: Place;
  readonly record: RecordDeclaration;
  /** The member, where one is named. */
  readonly member?: string;
  /** The bit that is the head's, where it is one of many in a word. */
  readonly flag?: HeadFlag;
  readonly whose: Whose;
}

/** Accesses to members of a later page. */
function* memberUses(file: FileAnalysis, fact: TailFields, flags: readonly HeadFlag[]): Iterable<Use> {
  const { member: word, prefix = '' } = fact.flags ?? {};
  const hasFlags = word !== undefined && flags.some(({ lower }) => spells(file.main, nameId(`${prefix}${lower}`)));
  for (const site of file.accesses(hasFlags ? [...fact.members, word] : fact.members)) {
    if (site.record.tag !== fact.record || !site.member || site.mode === 'none') continue;
    const { expression } = site.access;
    const isOwn = site.file === file.main;
    const found = isOwn ? expressionsAt(file, site.nameToken).find((one) => one.expression === expression) : undefined;
    const whose = found
      ? whosePage(file, found, expression.base, fact)
      : steppedFrom(expression) && constantTail(expression);
    if (!whose) continue;
    const flag = site.name === word && isOwn ? flagAt(file, site.nameToken, flags, prefix) : undefined;
    if (site.name === word && !flag) continue;
    yield {
      token: isOwn ? site.nameToken : -1,
      place: spanOf(site),
      record: site.record,
      member: site.name,
      flag,
      whose,
    };
  }
}

/** In a header's macro only a plain number tells. */
function constantTail(expression: MemberExpression): Whose | undefined {
  const step = steppedFrom(expression);
  return step && constantOf(step.by) !== undefined ? { kind: 'tail' } : undefined;
}

/** The bit of the head's that a statement names beside a word. */
function flagAt(file: FileAnalysis, token: number, flags: readonly HeadFlag[], prefix: string): HeadFlag | undefined {
  const { kinds, ids, count } = file.main.tokens;
  const isEnd = (at: number): boolean =>
    kinds[at] === TokenKind.Punctuator && [Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace].includes(ids[at]);
  let first = token;
  while (first > 0 && !isEnd(first - 1)) first--;
  for (let at = first; at < count && !isEnd(at); at++) {
    const flag =
      kinds[at] === TokenKind.Identifier && flags.find(({ lower }) => ids[at] === nameId(`${prefix}${lower}`));
    if (flag) return flag;
  }
  return undefined;
}

/** Calls of functions and macros that use a member, or change a bit, of a later page. */
function* callUses(file: FileAnalysis, fact: TailFields, flags: readonly HeadFlag[]): Iterable<Use> {
  const { record: tag, members, calls = [] } = fact;
  const setters = settersOf(fact, flags);
  const seen = new Set<Expression>();
  for (const token of callTokens(file, new Set([...calls, ...setters.keys()])))
    for (const found of expressionsAt(file, token)) {
      const { expression, tokens } = found;
      if (seen.has(expression)) continue;
      seen.add(expression);
      const name = expression.kind === 'call' && expression.callee.kind === 'name' ? expression.callee.name : '';
      const flag = setters.get(name);
      const isMacro = expression.kind === 'member' && expression.arrow && members.includes(expression.name);
      let page: Expression | undefined;
      if (expression.kind === 'call' && (flag || calls.includes(name))) page = expression.arguments[0];
      else if (isMacro && tokens[expression.nameToken].via) page = expression.base;
      const record = page && recordBehind(typeOf(page, file.globals));
      if (!page || record?.tag !== tag) continue;
      const whose = whosePage(file, found, page, fact);
      const place = writtenPlace(tokens, expression);
      if (!whose || place.path !== file.main.path) continue;
      // Whoever asks for a bit of a page that was handed over means the head's.
      if (flag && (whose.kind === 'table' || (whose.kind === 'any' && whose.isLent))) continue;
      yield { token, place, record, flag, whose };
    }
}

/** By the name of a function that changes a bit of the head's: that bit. */
function settersOf({ flags }: TailFields, all: readonly HeadFlag[]): ReadonlyMap<string, HeadFlag> {
  return new Map(
    (flags?.setters ?? []).flatMap((start) => all.map((flag) => [`${start}${flag.upper}`, flag] as const)),
  );
}

/** Whether the function around a token names one of some others. */
function names(file: FileAnalysis, at: number, wanted: readonly string[]): boolean {
  const [start, end] = file.functionAround(at);
  const { kinds, ids } = file.main.tokens;
  const all = new Set(wanted.map(nameId));
  for (let token = start; token < end; token++)
    if (kinds[token] === TokenKind.Identifier && all.has(ids[token])) return true;
  return false;
}

function spanOf({ file: { tokens, path }, firstToken, nameToken }: AccessSite): Place {
  return { path, start: tokens.starts[firstToken < 0 ? nameToken : firstToken], end: tokens.ends[nameToken] };
}

function report(file: FileAnalysis, { place, record, member, flag, whose }: Use, fact: TailFields): Finding {
  const declared = member === undefined ? undefined : file.memberPlace(record, member);
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  const related = declared ? [{ ...declared, message: `${member} is declared here` }] : [];
  const written = file.written(place);
  const made = { rule: ID, severity: tailField.severity, ...place, fixes: [] };
  if (whose.kind === 'table') {
    const instead = fact.tables?.get ?? fact.get;
    const message = `${written} is a page table's (${whose.type}): its words are those of the table's descriptor${source}. Use ${instead}().`;
    return { ...made, message, related };
  }
  const isSure = whose.kind === 'tail';
  const why = isSure ? '' : `, as ${whose.because}`;
  if (flag) {
    const header = file.globals.files.find(({ path }) => file.relative(path) === fact.flags?.header);
    const said = header && { path: header.path, start: flag.start, end: flag.start + flag.quote.length };
    const line = said ? ` (${file.lineOf(said)})` : '';
    const message = `${written} ${isSure ? 'is' : 'may be'} on a tail page${why}, and ${flag.lower} is a flag of the head: "${flag.quote}"${line}. Use the head: ${fact.get}().`;
    return { ...made, message, related: said ? [{ ...said, message: `"${flag.quote}"` }] : [] };
  }
  const verb = member === undefined ? ['speaks of', 'may speak of'] : ['is', 'may be'];
  const what = `${verb[isSure ? 0 : 1]} a tail page${member === undefined ? '' : "'s"}`;
  const message = `${written} ${what}${why}: on a compound page its words hold compound_head and the folio's counters${source}. Use the head: ${fact.get}().`;
  return { ...made, message, related };
}
