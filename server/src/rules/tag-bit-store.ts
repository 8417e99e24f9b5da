/** `tag-bit-store`: what is put into a word may have a bit set by which another owner of the word tells itself. */

import type { FileAnalysis } from '../analysis/analysis';
import { callTokens } from '../analysis/call-tokens';
import { expressionsAt, type FoundExpression, placeOfExpression, writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { hiddenFor } from '../analysis/hidden';
import type { Rule } from '../analysis/rule';
import { mayHaveBits, misalignedType, uncast } from '../analysis/stored-value';
import { storeNeeds, taggedStores } from '../analysis/tagged-stores';
import { wordOf } from '../facts/accessor-masks';
import { type Claim, claimsOf } from '../facts/claims';
import { tagsText } from '../facts/derived';
import { familyOf } from '../facts/families';
import { wordText } from '../facts/overlay';
import type { TaggedStores } from '../packs/encoded';
import { oncePerFacts } from '../packs/facts';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type { Declaration, Expression, MemberExpression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, strip } from '../types/model';
import { baseRecord, recordName, typeOf } from '../types/typer';

const ID = 'tag-bit-store';

export const tagBitStore: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'layout',
  defaultOn: false,
  summary: 'a value whose low bits are not known to be clear goes into a word whose low bits say who owns it',
  words: (facts) => [
    ...hiddenFor(facts, ID).flatMap(({ members }) => members.map((member) => `.${member}`)),
    ...storesOf(facts).flatMap(({ calls }) => calls.flatMap(({ call }) => call)),
  ],
  derivedWords: storeNeeds,
  takesHeaders: true,
  doc: `
A pointer has as many low bits clear as what it points to is aligned. Put into a word in which another owner tells itself by
bit 0 or 1, a pointer that is not aligned enough makes the page look like the other owner's: a tail page, an anonymous one. A
pointer to a function has no alignment at all; on m68k structs are aligned to two bytes, so that bit 1 may be set.

**Kernel source of the rule**: include/linux/mm_types.h: "the other users of this union MUST NOT use the bit"; 41d78ba55037 ("fix
compound_page_dtor": the destructor of a compound page in page[1].mapping made it look anonymous); 0fa32ca438b4 ("page_pool: mask the
page->signature before the checking").

**Gate**: a claim on a bit of the word is known (\`overlint claims page\`), by another owner than the member that is written.

**Bad**

\`\`\`c
page[1].mapping = (void *)free_compound_page;    /* bit 0 means anonymous */
if (page->pp_magic != PP_SIGNATURE)              /* bit 1 may say pfmemalloc */
\`\`\`

**Good**

\`\`\`c
page[1].compound_dtor = FREE_COMPOUND_PAGE;
if ((page->pp_magic & ~0x3UL) != PP_SIGNATURE)
\`\`\`

**Fix**: none.

**Silent on** pointers to what is aligned enough on the target, on integers whose value is not known, and in the accessors that
set the bit.

The same holds for each word of which a header masks low bits, whoever stores to it, by hand or through its setter. Packs name functions that put an argument into such a word, as \`xa_store()\` does: what is handed to them is held against the bits, too.
What a call returned, be it by way of a variable, counts as aligned.

**Misses** list heads that list_add() stores, and values that come through \`void *\`.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const names = new Set(hiddenFor(file.facts, ID).flatMap(({ members }) => members));
    const seen = new Set<Expression>();
    for (const token of memberTokens(file, names)) {
      for (const found of expressionsAt(file, token)) {
        if (seen.has(found.expression)) continue;
        seen.add(found.expression);
        const finding = stored(file, found) ?? compared(file, found);
        if (finding) yield finding;
      }
    }
    for (const fact of storesOf(file.facts)) yield* handedOver(file, fact);
    for (const { word, place, why } of taggedStores(file, 'encoded-pointer')) {
      const { evidence } = word.derived!;
      const message = `${file.written(place)} goes into ${word.member ?? word.pointer}, of which ${tagsText(word.bits)}: ${word.because}. But ${why}.`;
      const related = [{ ...evidence, message: 'the bits are taken off here' }];
      yield { rule: ID, severity: 'warning', ...place, message, related, fixes: [] };
    }
  },
};

const storesOf = oncePerFacts((facts) => facts.taggedStores.filter(({ rule }) => rule === ID));

/** What is handed to functions that store it in a tagged word. */
function* handedOver(file: FileAnalysis, fact: TaggedStores): Iterable<Finding> {
  const { header, calls, bits, write, because } = fact;
  const names = new Map(calls.flatMap(({ call, argument }) => call.map((name) => [name, argument] as const)));
  const seen = new Set<Expression>();
  for (const token of callTokens(file, new Set(names.keys())))
    for (const found of expressionsAt(file, token)) {
      const { expression, tokens } = found;
      if (expression.kind !== 'call' || expression.callee.kind !== 'name' || seen.has(expression)) continue;
      seen.add(expression);
      const value = expression.arguments[names.get(expression.callee.name) ?? -1];
      const why = value && mayHaveBits(file, found, value, bits);
      const declared = why === undefined ? undefined : file.offers(expression.callee.name);
      if (!value || why === undefined || !declared || file.relative(declared.path) !== header) continue;
      const place = placeOfExpression(tokens, value);
      if (place?.path !== file.main.path) continue;
      const instead = write && !why.includes('aligned') && file.offers(write) ? ` Numbers go through ${write}().` : '';
      const message = `${file.written(place)} goes where bits ${bits.join(' and ')} are tags (${file.lineOf(declared)}): ${because}, and ${why}.${instead}`;
      const related = [{ ...declared, message: `${expression.callee.name}() is declared here` }];
      yield { rule: ID, severity: 'warning', ...place, message, related, fixes: [] };
    }
}

function memberTokens(file: FileAnalysis, names: ReadonlySet<string>): number[] {
  const { kinds, ids, count } = file.main.tokens;
  const found: number[] = [];
  for (let token = 1; token < count; token++) {
    if (kinds[token] !== TokenKind.Identifier || kinds[token - 1] !== TokenKind.Punctuator) continue;
    const isMember = ids[token - 1] === Punct.Arrow || ids[token - 1] === Punct.Dot;
    if (isMember && names.has(nameText(ids[token]))) found.push(token);
  }
  return found;
}

function stored(file: FileAnalysis, { expression, tokens, within }: FoundExpression): Finding | undefined {
  if (expression.kind !== 'assign' || expression.operator !== Punct.Equal || expression.left.kind !== 'member')
    return undefined;
  const word = claimedWord(file, expression.left);
  if (!word) return undefined;
  const value = uncast(expression.right);
  const constant = evaluate(value, file.globals);
  const [claim, why] = isUnknownValue(constant)
    ? misaligned(file, word.claims, typeOf(value, file.globals))
    : tagged(word, constant.value);
  if (!claim || isOwners(within, claim)) return undefined;
  return report(file, tokens, expression, `${why}, and ${spoken(file, word, claim)}`, claim);
}

/** A word that another owner may have tagged is compared whole with a constant. */
function compared(file: FileAnalysis, { expression, tokens, within }: FoundExpression): Finding | undefined {
  if (expression.kind !== 'binary') return undefined;
  if (expression.operator !== Punct.EqualEqual && expression.operator !== Punct.ExclamationEqual) return undefined;
  for (const [one, other] of [
    [uncast(expression.left), uncast(expression.right)],
    [uncast(expression.right), uncast(expression.left)],
  ]) {
    if (one.kind !== 'member') continue;
    const constant = evaluate(other, file.globals);
    if (isUnknownValue(constant) || constant.value === 0n) continue;
    const word = claimedWord(file, one);
    // The owner of bit 0 owns the whole page; a tag beside the value is what comparing it whole misses.
    const claim = word?.claims.find(({ kind, isOwn, isComment }) => kind === 'sets' && !isOwn && !isComment);
    if (!word || !claim || isOwners(within, claim)) continue;
    return report(
      file,
      tokens,
      expression,
      `${word.member} is compared whole, and ${spoken(file, word, claim)}. Mask it first`,
      claim,
    );
  }
  return undefined;
}

interface ClaimedWord {
  readonly member: string;
  readonly record: string;
  readonly claims: readonly Claim[];
}

/** What others claim of the word that a member access touches. */
function claimedWord(file: FileAnalysis, expression: MemberExpression): ClaimedWord | undefined {
  let root = expression;
  while (!root.arrow && root.base.kind === 'member') root = root.base;
  const record = baseRecord(root, file.globals);
  if ('reason' in record || record.members === undefined) return undefined;
  const word = wordOf(file.globals, expression, familyOf(file.globals, record), file.target);
  if (!word) return undefined;
  const claims = claimsOf(file.globals, record, file.target, file.facts.claims).filter(
    (claim) => claim.word === word.word && (claim.owner !== word.member || claim.isOwn),
  );
  return claims.length > 0 ? { member: word.member, record: recordName(record), claims } : undefined;
}

type Verdict = readonly [Claim | undefined, string];

function misaligned(file: FileAnalysis, claims: readonly Claim[], type: CType): Verdict {
  const highest = [...claims].sort((a, b) => b.bit - a.bit)[0];
  const bare = strip(type);
  const isNumber = bare.kind === 'pointer' && strip(bare.to).kind === 'integer';
  const why = isNumber ? undefined : misalignedType(type, highest.bit, file.target);
  return why === undefined ? [undefined, ''] : [highest, why];
}

/** A constant with a tag that is not the member's own. */
function tagged({ member, claims }: ClaimedWord, value: bigint): Verdict {
  const claim = claims.find(({ bit, owner }) => owner !== member && (value >> BigInt(bit)) & 1n);
  return [claim, `the value 0x${value.toString(16)} has the bit set`];
}

/** Whether a function is one of those that a claim is known by: `set_page_pfmemalloc` sets pfmemalloc's bit. */
function isOwners(within: Declaration, { owner, quote }: Claim): boolean {
  return within.name.includes(owner) || quote === `${within.name}()`;
}

function spoken(file: FileAnalysis, { record }: ClaimedWord, claim: Claim): string {
  const quote = claim.isComment ? `"${claim.quote}"` : claim.quote;
  return `bit ${claim.bit} of ${wordText(claim.word, file.target)} of ${record} is ${claim.owner}'s (${quote}, ${file.lineOf(claim.place)})`;
}

function report(
  file: FileAnalysis,
  tokens: FoundExpression['tokens'],
  expression: Expression,
  said: string,
  claim: Claim,
): Finding | undefined {
  const place = writtenPlace(tokens, expression);
  if (place.path !== file.main.path) return undefined;
  const message = `${/^(?:the|a) /.test(said) ? said[0].toUpperCase() : said[0]}${said.slice(1)}.`;
  const related = [{ ...claim.place, message: `${claim.owner} claims the bit here` }];
  return { rule: ID, severity: 'warning', ...place, message, related, fixes: [] };
}
