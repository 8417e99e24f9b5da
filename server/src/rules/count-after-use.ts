/** `count-after-use`: elements of a counted array are stored before the member that counts them. */
import type { FileAnalysis } from '../analysis/analysis';
import { byteNames, functionsAt } from '../analysis/byte-functions';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { missingBits } from '../flow/bit-ranges';
import type { ByteNames } from '../flow/byte-facts';
import type { ByteStore } from '../flow/byte-run';
import { leaksOf } from '../flow/byte-search';
import { offsetOf } from '../layout/member';
import { layoutRecord } from '../layout/record';
import type { Expression } from '../types/ast';
import { isUnknownValue, type Member, strip } from '../types/model';
import { walkExpression } from '../types/walk';

const ID = 'count-after-use';

export const countAfterUse: Rule = {
  id: ID,
  severity: 'warning',
  defaultOn: true,
  isCostly: true,
  needs: 'flow',
  summary: 'elements of a counted array are stored before the member that counts them',
  doc: `
A compiler that knows \`__counted_by()\` takes the member that it names for the length of the array, at every access. As long as nothing
is stored there, the array is empty: the bounds sanitizer stops at the first element, and a checked \`memcpy()\` refuses to copy.

**Kernel source of the rule**: Documentation/process/deprecated.rst and include/linux/compiler_types.h: the member has to be set before
the array is accessed.

**Gate**: a header, or the file, says \`__counted_by()\` of the array.

**Bad**

\`\`\`c
struct hops { u16 nr; u32 of[] __counted_by(nr); };

struct hops *copy(const u32 *from, u16 nr)
{
	struct hops *hops = kzalloc(struct_size(hops, of, nr), GFP_KERNEL);

	if (!hops)
		return NULL;
	memcpy(hops->of, from, nr * sizeof(*from));
	hops->nr = nr;
	return hops;
}
\`\`\`

**Good**

\`\`\`c
struct hops { u16 nr; u32 of[] __counted_by(nr); };

struct hops *copy(const u32 *from, u16 nr)
{
	struct hops *hops = kzalloc(struct_size(hops, of, nr), GFP_KERNEL);

	if (!hops)
		return NULL;
	hops->nr = nr;
	memcpy(hops->of, from, nr * sizeof(*from));
	return hops;
}
\`\`\`

**Fix**: none; in a loop that counts, the count has to grow before the element is stored.

**Silent on** records that come from elsewhere or whose address went to a function that is not in sight, copies of whole records, and
reads; stores through a pointer to the array, of which no compiler knows the length.

Memory that a member was made to point to is followed until a function that is not in sight is given an address.

**Misses** elements that a called function of another file stores.
`,
  words: (facts) => [...byteNames(facts).sizes, ...byteNames(facts).countedBy],
  *check(file) {
    const names = byteNames(file.facts);
    const places = allocatingPlaces(file.document.text, names);
    if (places.length === 0 || file.isForeign) return;
    const seen = new Set<number>();
    const found: Finding[] = [];
    const take = (store: ByteStore): void => {
      const finding = report(file, store, names);
      if (!finding || finding.path !== file.main.path || seen.has(finding.start)) return;
      seen.add(finding.start);
      found.push(finding);
    };
    for (const { fn, context } of functionsAt(file, places)) leaksOf(fn, context, take);
    yield* found;
  },
};

/** Where the length of a record with such an array is made, or such a record may be given out, in files that allocate at all. */
function allocatingPlaces(text: string, { allocators, sizes, countedBy }: ByteNames): number[] {
  const given = placesOf(text, allocators);
  if (given.length === 0) return [];
  return placesOf(text, countedBy).length > 0 ? given : placesOf(text, sizes);
}

function placesOf(text: string, words: ReadonlySet<string>): number[] {
  return [...text.matchAll(new RegExp(`\\b(?:${[...words].join('|')})\\b`, 'g'))].map(({ index }) => index);
}

/** A store into a counted array whose count was stored on no way, or not on this one. */
function report(
  file: FileAnalysis,
  { object, place, stored, expression, of }: ByteStore,
  names: ByteNames,
): Finding | undefined {
  if (object.declaration) return undefined;
  for (const { type, at, name } of object.views) {
    const bare = strip(type);
    const layout = bare.kind === 'record' ? layoutRecord(bare.record, file.target) : undefined;
    if (layout?.status !== 'exact') continue;
    const array = layout.fields.at(-1);
    const counter = array && counterOf(file, array.member, names);
    const count = counter === undefined ? undefined : offsetOf(layout.record, counter, file.target);
    if (!array || !count || isUnknownValue(count)) continue;
    const start = at + array.offsetBits / 8;
    if (place.low < start || (place.at !== undefined && place.at < start)) continue;
    const first = at * 8 + count.offsetBits;
    if (missingBits(stored, first, first + count.sizeBits).length === 0) continue;
    // Through a pointer of its own an array is as long as anybody says.
    if (!isNamed(expression, array.name)) continue;
    const path = `${name}->${array.name}`;
    return {
      rule: ID,
      severity: 'warning',
      ...writtenPlace(of.tokens, expression),
      message: `${path} is counted by ${counter}, and stored into before ${name}->${counter} is: to a compiler that knows the attribute the array is empty here. Store ${counter} first.`,
      related: array.member.place ? [{ ...array.member.place, message: `${array.name} is counted by ${counter}` }] : [],
      fixes: [],
    };
  }
  return undefined;
}

/** Whether an expression, or what it is made of, names a member. */
function isNamed(expression: Expression, name: string | undefined): boolean {
  let found = false;
  walkExpression(expression, (part) => {
    found ||= part.kind === 'member' && part.name === name;
  });
  return found;
}

/** The member that counts an array's elements, as the text behind its declaration says; the macro may expand to nothing. */
function counterOf(file: FileAnalysis, member: Member, names: ByteNames): string | undefined {
  const { place } = member;
  if (!place || strip(member.type).kind !== 'array') return undefined;
  const text = file.textOf(place.path) ?? '';
  const behind = text.slice(place.end, text.indexOf(';', place.end));
  return new RegExp(`\\b(?:${[...names.countedBy].join('|')})\\s*\\(\\s*(\\w+)\\s*\\)`).exec(behind)?.[1];
}
