/** `missing-match`: a member stands in for one of the record below it, and no assert ties the two. */

import type { FileAnalysis } from '../analysis/analysis';
import type { Finding, Fix } from '../analysis/finding';
import { assertWords, mayAssert } from '../analysis/match-words';
import type { Rule } from '../analysis/rule';
import type { AssertedOffset, LayoutAssert } from '../facts/layout-assert';
import { type FlatMember, flatten } from '../facts/overlay';

export const missingMatch: Rule = {
  id: 'missing-match',
  severity: 'warning',
  needs: 'layout',
  defaultOn: true,
  summary: 'a member stands over its namesake in struct page, and no static assert ties the two',
  words: assertWords,
  doc: `
A struct that is laid over struct page keeps page's own members under a private name (\`__page_type\` for \`page_type\`) and
ties each to its place by an assert. A member without one moves silently when struct page changes.

**Kernel source of the rule**: FOLIO_MATCH, SLAB_MATCH, TABLE_MATCH; the rule goes by the shape of the assert
(\`offsetof(struct A, x) == offsetof(struct B, y)\`), whatever the macro is called.

**Bad**

\`\`\`c
struct box { unsigned long flags; void *owner; int kind; int count; };
struct parcel { unsigned long __flags; void *content; int __kind; int __count; };
#define PARCEL_MATCH(bo, pa) \\
        static_assert(offsetof(struct box, bo) == offsetof(struct parcel, pa))
PARCEL_MATCH(flags, __flags);
PARCEL_MATCH(count, __count);
\`\`\`

**Good**

\`\`\`c
struct box { unsigned long flags; void *owner; int kind; int count; };
struct parcel { unsigned long __flags; void *content; int __kind; int __count; };
#define PARCEL_MATCH(bo, pa) \\
        static_assert(offsetof(struct box, bo) == offsetof(struct parcel, pa))
PARCEL_MATCH(flags, __flags);
PARCEL_MATCH(count, __count);
PARCEL_MATCH(kind, __kind);
\`\`\`

**Fix**: adds the assert in the file's own macro. It holds for this config; other configs have to be built.

**Silent on** records with a single assert, which ties the one member that the code goes by; members whose bytes are asserted by another member of the same union, and members with a name of their own.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (!mayAssert(file)) return;
    const asserts = file.matches.filter(({ verdict }) => verdict === 'holds');
    for (const [over, group] of byUpperRecord(asserts)) if (group.length > 1) yield* uncovered(file, over, group);
  },
};

interface Tie {
  readonly assert: LayoutAssert;
  /** The record below, as page is below folio. */
  readonly below: AssertedOffset;
  readonly over: AssertedOffset;
}

/** Asserts by the record that is laid over another: the one that more asserts of the file name on the same side. */
function byUpperRecord(asserts: readonly LayoutAssert[]): Map<string, Tie[]> {
  const groups = new Map<string, Tie[]>();
  for (const assert of asserts) {
    const [below, over] = assert.match as readonly [AssertedOffset, AssertedOffset];
    if (below.record === over.record || over.plus !== 0 || below.plus !== 0) continue;
    const key = `${below.record.tag} ${over.record.tag}`;
    groups.set(key, [...(groups.get(key) ?? []), { assert, below, over }]);
  }
  return groups;
}

function* uncovered(file: FileAnalysis, _key: string, ties: readonly Tie[]): Iterable<Finding> {
  const { below, over } = ties[0];
  const upper = flatten(file.layout(over.record));
  const lower = flatten(file.layout(below.record));
  const asserted = upper.filter((member) => ties.some((tie) => tie.over.path === member.name));
  for (const member of upper) {
    const place = member.member.place;
    if (!place || place.path !== file.main.path || asserted.some((other) => covers(other, member))) continue;
    const twin = lower.find(
      (other) => other.offsetBits === member.offsetBits && isPlaceholder(member.name, other.name),
    );
    if (!twin) continue;
    const message =
      `${over.record.tag}.${member.name} stands over ${below.record.tag}.${twin.name} at offset ${member.offsetBits / 8}, ` +
      `and no assert ties the two: it will not move along. Add one beside the others.`;
    const last = ties[ties.length - 1].assert.place;
    const related = [{ ...last, message: 'the asserts of this record stand here' }];
    const fix = fixFor(file, last, twin.name, member.name, ties[ties.length - 1]);
    yield { rule: 'missing-match', severity: 'warning', ...place, message, related, fixes: fix ? [fix] : [] };
  }
}

function covers(asserted: FlatMember, member: FlatMember): boolean {
  return asserted.offsetBits <= member.offsetBits && member.offsetBits < asserted.offsetBits + asserted.sizeBits;
}

/** `__page_type` for `page_type`, `__index` for `index`, `__page_refcount` for `_refcount`. */
function isPlaceholder(name: string, original: string): boolean {
  if (!name.startsWith('__')) return false;
  const bare = name.slice(2);
  return bare === original || bare === original.replace(/^_/, '') || bare === `page_${original.replace(/^_/, '')}`;
}

/** One more call of the macro of the last assert, on the line below it. */
function fixFor(
  file: FileAnalysis,
  last: LayoutAssert['place'],
  below: string,
  over: string,
  tie: Tie,
): Fix | undefined {
  const { text } = file.main;
  if (last.path !== file.main.path) return undefined;
  const written = text.slice(last.start, last.end);
  const line = text.indexOf('\n', last.end);
  const arguments_ = /^(\w+)\((\s*)([\w.]+)(\s*),(\s*)([\w.]+)(\s*)\)$/.exec(written);
  if (!arguments_ || line < 0) return undefined;
  const [, macro, , first, , gap] = arguments_;
  const [one, two] = first === tie.below.path ? [below, over] : [over, below];
  const indent = /[ \t]*$/.exec(text.slice(0, last.start))?.[0] ?? '';
  const added = `${indent}${macro}(${one},${gap}${two});\n`;
  const at = { path: file.main.path, start: line + 1, end: line + 1 };
  return { title: `Add ${added.trim()}`, safe: false, edits: [{ ...at, text: added }] };
}
