/** `refcount-on-slab`: a reference is taken or dropped on memory whose descriptor has no count of its own. */

import type { FileAnalysis } from '../analysis/analysis';
import { callTokens } from '../analysis/call-tokens';
import { isExempt } from '../analysis/exempt';
import { expressionsAt, type FoundExpression, writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { expressionsAround, madeBy, onlyValue, onlyValueOf, pointedTypedef } from '../analysis/local-values';
import type { Rule } from '../analysis/rule';
import { familyOf } from '../facts/families';
import { type FlatMember, flatten } from '../facts/overlay';
import { offsetOf } from '../layout/member';
import type { CountingCalls } from '../packs/members';
import { nameText } from '../text/names';
import type { Expression } from '../types/ast';
import { isUnknownValue, type RecordDeclaration, recordBehind } from '../types/model';
import { typeOf } from '../types/typer';
import { walkExpression } from '../types/walk';

const ID = 'refcount-on-slab';

export const refcountOnSlab: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'layout',
  defaultOn: true,
  summary: 'a reference is taken or dropped on a slab, which has no count',
  words: (facts) =>
    facts.counts.flatMap(({ calls, tags, finders = [], takers = [] }) => [
      ...calls.flatMap((call) => tags.map((tag) => [`struct ${tag}`, call])),
      ...[...calls, ...takers.flatMap(({ call }) => call)].flatMap((call) => finders.map((finder) => [finder, call])),
    ]),
  doc: `
"slab does not have, need nor want a refcount": the word that counts references in struct page is a placeholder in struct slab.
folio_put() on a slab's folio may free it under the objects in it, and will not compile to anything sensible once slabs are
allocated on their own.

**Kernel source of the rule**: mm/slab.h, \`__page_refcount\` over \`_refcount\` of struct page, without a word of documentation;
Matthew Wilcox in the discussion of folio_owner_ops.

**Gate**: asserts lay the descriptor over struct page, and its member over \`_refcount\` is a placeholder (\`__\` in front, documented
nowhere): struct ptdesc's is documented as the page's own count, so that page tables may be counted.

**Bad**

\`\`\`c
folio_put(slab_folio(slab));
\`\`\`

**Good**

\`\`\`c
kmem_cache_free(slab->slab_cache, object);
\`\`\`

**Fix**: none.

The same holds for the page behind memory that a slab allocator gave out, and for page tables, whose entries the address points to: whoever
is given such a page to drop a reference to it later counts as well.

**Silent on** conversions as such, and on folios and pages that come from elsewhere.

**Misses** slabs that went through other functions or structs, and variables that are assigned more than once.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of file.facts.counts) {
      const { calls, record, member, takers = [] } = fact;
      const given = new Map([
        ...calls.map((call) => [call, 0] as const),
        ...takers.flatMap(({ call, argument }) => call.map((name) => [name, argument] as const)),
      ]);
      const seen = new Set<Expression>();
      const isNamed = fact.tags.some((tag) => file.document.text.includes(`struct ${tag}`));
      for (const token of callTokens(file, new Set(given.keys()))) {
        if (!isNamed && !mayBeUncounted(file, token, fact)) continue;
        for (const found of expressionsAt(file, token)) {
          const { expression } = found;
          if (seen.has(expression) || expression.kind !== 'call' || expression.callee.kind !== 'name') continue;
          seen.add(expression);
          const { name } = expression.callee;
          const argument = expression.arguments[given.get(name) ?? -1];
          if (!argument) continue;
          const memory = uncountedMemory(found, fact, argument);
          const isOwners = isExempt(file.facts, ID, file.relative(file.main.path));
          if (memory && !isOwners) yield* reportMemory(file, found, memory, !calls.includes(name));
          if (memory || !calls.includes(name)) continue;
          const counted = countedBy(file, found, argument);
          const placeholder = counted && placeholderIn(file, counted, record, member);
          const place = writtenPlace(found.tokens, expression);
          if (!placeholder || !counted || place.path !== file.main.path) continue;
          const declared = placeholder.member.place;
          const source = declared ? ` (${file.lineOf(declared)})` : '';
          const message =
            `${expression.callee.name}() counts references on struct ${counted.tag}, which has no count: ${placeholder.name} is a ` +
            `placeholder${source}. Leave slabs to the allocator.`;
          const related = declared ? [{ ...declared, message: `The placeholder for ${member}` }] : [];
          yield { rule: ID, severity: 'warning', ...place, message, related, fixes: [] };
        }
      }
    }
  },
};

/** Whether the function around a call says where uncounted memory comes from: most are not even parsed. */
function mayBeUncounted({ main, document: { text } }: FileAnalysis, token: number, fact: CountingCalls): boolean {
  const { finders = [], allocators = [], contents = [] } = fact;
  const at = main.tokens.starts[token];
  const end = text.indexOf('\n}', at);
  const body = text.slice(Math.max(0, text.lastIndexOf('\n}', at)), end < 0 ? text.length : end);
  const says = (words: readonly string[]): boolean => words.some((word) => body.includes(word));
  return says(finders) && (says(allocators) || says(contents));
}

/** What memory an argument describes, where that has no count of its own: how it was allocated, or what it holds. */
function uncountedMemory(
  found: FoundExpression,
  { finders = [], allocators = [], contents = [] }: CountingCalls,
  argument: Expression,
): string | undefined {
  const inner =
    argument.kind === 'name' && argument.declaration && onlyValue(argument.declaration, expressionsAround(found));
  const described = inner || argument;
  if (!finders.includes(madeBy(found, described))) return undefined;
  let memory: string | undefined;
  walkExpression(described, (part) => {
    const given = part.kind === 'call' || part.kind === 'statement' ? allocatorOf(found, part, allocators) : undefined;
    if (given !== undefined) memory ??= `what ${given}() gave out`;
    // A parenthesis of a macro may stand around it.
    const isSpelled = found.tokens.slice(part.first, part.end).some(({ via }) => !via);
    if (part.kind === 'member' && isSpelled) {
      const value = onlyValueOf(part, expressionsAround(found));
      const maker = value && madeBy(found, value);
      if (maker !== undefined && allocators.includes(maker)) memory ??= `what ${maker}() gave out`;
    }
    if (part.kind !== 'name' || !part.declaration || !isSpelled) return;
    const type = pointedTypedef(part.declaration);
    const value = onlyValue(part.declaration, expressionsAround(found));
    const maker = value && madeBy(found, value);
    if (type !== undefined && contents.includes(type)) memory ??= `a page table (${type})`;
    else if (maker !== undefined && allocators.includes(maker)) memory ??= `what ${maker}() gave out`;
  });
  return memory;
}

/** The allocator that a call is of, or that a macro of its name stands for. */
function allocatorOf({ tokens }: FoundExpression, part: Expression, allocators: readonly string[]): string | undefined {
  if (part.kind === 'call' && part.callee.kind === 'name' && allocators.includes(part.callee.name))
    return part.callee.name;
  for (let { via } = tokens[part.first]; via; via = via.at.via) {
    const name = nameText(via.macro.id);
    if (allocators.includes(name)) return name;
  }
  return undefined;
}

function* reportMemory(
  file: FileAnalysis,
  { expression, tokens }: FoundExpression,
  memory: string,
  isTaker: boolean,
): Iterable<Finding> {
  const place = writtenPlace(tokens, expression);
  if (place.path !== file.main.path || expression.kind !== 'call' || expression.callee.kind !== 'name') return;
  const does = isTaker ? 'is given a reference to' : 'counts references on';
  const message =
    `${expression.callee.name}() ${does} the page of ${memory}, which is not the page's own to count. ` +
    'Leave the memory to whoever allocated it.';
  yield { rule: ID, severity: 'warning', ...place, message, related: [], fixes: [] };
}

/** The record that an argument is another view of: through casts, conversions, and the variable that it was put in. */
function countedBy(file: FileAnalysis, found: FoundExpression, argument: Expression): RecordDeclaration | undefined {
  let at: Expression | undefined = argument;
  let last: RecordDeclaration | undefined;
  for (let step = 0; at && step < 16; step++) {
    last = recordBehind(typeOf(at, file.globals)) ?? last;
    if (at.kind === 'cast' || at.kind === 'unary') at = at.operand;
    else if (at.kind === 'generic') at = at.control;
    else if (at.kind === 'member' && last && !isPointer(at, file)) at = at.base;
    else if (at.kind === 'name' && at.declaration) at = onlyValue(at.declaration, expressionsAround(found));
    else at = undefined;
  }
  return last;
}

/** `&folio->page` is the folio's own memory; `vmf->page` points elsewhere. */
function isPointer(expression: Expression, file: FileAnalysis): boolean {
  return typeOf(expression, file.globals).kind === 'pointer';
}

/** The undocumented placeholder of a record over a member of the one that it is laid over. */
function placeholderIn(
  file: FileAnalysis,
  record: RecordDeclaration,
  over: string,
  member: string,
): FlatMember | undefined {
  if (record.tag === over) return undefined;
  const relative = familyOf(file.globals, record).find((other) => other.record.tag === over);
  const place = relative && offsetOf(relative.record, member, file.target);
  if (!relative || !place || isUnknownValue(place)) return undefined;
  const at = relative.at * 8 + place.offsetBits;
  const own = flatten(file.layout(record)).find(({ offsetBits, sizeBits }) => offsetBits === at && sizeBits > 0);
  return own?.name.startsWith('__') && !isDocumented(file, record, own.name) ? own : undefined;
}

/** Whether the comment above a record has an entry for a member. */
function isDocumented(file: FileAnalysis, record: RecordDeclaration, member: string): boolean {
  const text = record.place && file.textOf(record.place.path);
  if (!text || !record.place) return false;
  const above = text.slice(0, record.place.start).trimEnd();
  if (!above.endsWith('*/')) return false;
  return above.slice(above.lastIndexOf('/*')).includes(`@${member}:`);
}
