/** `tail-field`: a member of a page behind the first is used, where a compound page keeps other things. */

import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { callTokens } from '../analysis/call-tokens';
import { constantOf, steppedFrom } from '../analysis/elements';
import { expressionsAt, writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import type { Facts } from '../packs/facts';
import type { TailFields } from '../packs/pack';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression, NameExpression } from '../types/ast';
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
  words: (facts) => mine(facts).flatMap(({ members, calls = [] }) => [...members.map((name) => `.${name}`), ...calls]),
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

Reported are elements with a constant number, also those that \`page_private()\` and \`set_page_private()\` are given, and elements of
what the function allocated with \`__GFP_COMP\`.

**Silent on** other elements whose number is no constant, on arrays of page pointers, in functions that call split_page(), and
in mm/ and include/linux, where these words are laid out.

**Misses** tails that are found by another way; speaks of pages of which nobody says that they are compound.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of mine(file.facts)) {
      const path = file.relative(file.main.path);
      if (fact.exempt.some((start) => path.startsWith(start))) continue;
      const sites = file.accesses(fact.members).filter((site) => isTail(file, site, fact));
      const calls = [...tailCalls(file, fact)];
      if ((sites.length === 0 && calls.length === 0) || !file.offers(fact.get)) continue;
      for (const site of sites) {
        const isOwn = site.file === file.main;
        if (!isApart(file, isOwn ? site.nameToken : -1, fact))
          yield report(file, spanOf(site), site.record, site.name, fact);
      }
      for (const { token, place, record } of calls)
        if (!isApart(file, token, fact)) yield report(file, place, record, undefined, fact);
    }
  },
};

function isTail(file: FileAnalysis, site: AccessSite, fact: TailFields): boolean {
  if (site.record.tag !== fact.record || !site.member || site.mode === 'none') return false;
  const step = steppedFrom(site.access.expression);
  if (!step) return false;
  return constantOf(step.by) !== undefined || isOfCompound(file, site, step.from, fact);
}

/** Whether what is stepped on from is a variable that a compound page was allocated for, a few lines above. */
function isOfCompound(file: FileAnalysis, site: AccessSite, from: Expression, { compound = [] }: TailFields): boolean {
  if (from.kind !== 'name' || site.file !== file.main) return false;
  const { ids, kinds } = file.main.tokens;
  const [start] = file.functionAround(site.nameToken);
  const [name, flags] = [nameId(from.name), new Set(compound.map(nameId))];
  let isGiven = false;
  for (let token = start; token < site.nameToken; token++) {
    if (kinds[token] === TokenKind.Punctuator && ids[token] === Punct.Semicolon) isGiven = false;
    else if (kinds[token] !== TokenKind.Identifier) continue;
    else if (ids[token] === name && ids[token + 1] === Punct.Equal) isGiven = true;
    else if (isGiven && flags.has(ids[token])) return true;
  }
  return false;
}

interface TailCall {
  readonly token: number;
  readonly place: Place;
  readonly record: RecordDeclaration;
}

/** Calls of functions and macros that use a member of a page behind the first. */
function* tailCalls(file: FileAnalysis, { calls = [], record: tag, members }: TailFields): Iterable<TailCall> {
  const seen = new Set<Expression>();
  for (const token of callTokens(file, new Set(calls)))
    for (const { expression, tokens } of expressionsAt(file, token)) {
      if (seen.has(expression)) continue;
      seen.add(expression);
      const isCall = expression.kind === 'call' && expression.callee.kind === 'name';
      const isMacro = expression.kind === 'member' && expression.arrow && members.includes(expression.name);
      let page: Expression | undefined;
      if (isCall && calls.includes((expression.callee as NameExpression).name)) page = expression.arguments[0];
      else if (isMacro && tokens[expression.nameToken].via) page = expression.base;
      const record = page && isLaterPage(page) ? recordBehind(typeOf(page, file.globals)) : undefined;
      const place = writtenPlace(tokens, expression);
      if (record?.tag === tag && place.path === file.main.path) yield { token, place, record };
    }
}

/** `&p[2]`, `p + 2`. */
function isLaterPage(page: Expression): boolean {
  if (page.kind === 'cast') return isLaterPage(page.operand);
  if (page.kind === 'binary') return isConstantStep(page.operator === Punct.Plus ? page.right : undefined);
  if (page.kind !== 'unary' || page.operator !== Punct.Ampersand) return false;
  return isConstantStep(page.operand.kind === 'index' ? page.operand.index : undefined);
}

function isConstantStep(by: Expression | undefined): boolean {
  const value = by && constantOf(by);
  return value !== undefined && value !== 0n;
}

/** The function around the access makes single pages of its own. */
function isApart(file: FileAnalysis, at: number, { apart }: TailFields): boolean {
  const [start, end] = file.functionAround(at);
  const { kinds, ids } = file.main.tokens;
  const names = new Set(apart.map(nameId));
  for (let token = start; token < end; token++)
    if (kinds[token] === TokenKind.Identifier && names.has(ids[token])) return true;
  return false;
}

function spanOf({ file: { tokens, path }, firstToken, nameToken }: AccessSite): Place {
  return { path, start: tokens.starts[firstToken < 0 ? nameToken : firstToken], end: tokens.ends[nameToken] };
}

function report(
  file: FileAnalysis,
  place: Place,
  record: RecordDeclaration,
  member: string | undefined,
  { get }: TailFields,
): Finding {
  const declared = member === undefined ? undefined : file.memberPlace(record, member);
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  const what = member === undefined ? 'speaks of a tail page' : "is a tail page's";
  return {
    rule: ID,
    severity: tailField.severity,
    ...place,
    message: `${file.written(place)} ${what}: on a compound page its words hold compound_head and the folio's counters${source}. Use the head: ${get}().`,
    related: declared ? [{ ...declared, message: `${member} is declared here` }] : [],
    fixes: [],
  };
}
