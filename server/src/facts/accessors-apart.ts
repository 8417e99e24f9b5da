/**
 * Tells by the texts of headers which members with two underscores in front have accessors in another header than the record's:
 * `bag_size()` in bag.h of `__size` in bag_types.h.
 */
import { type AccessorRole, roleOf } from './accessor-roles';
import { memberAt, recordOf, takersIn } from './accessor-scan';
import { isTakenBack } from './not-derived';
import type { ReservedMember } from './reserved-member';

interface Accessor {
  readonly name: string;
  readonly quote: string;
  readonly role: AccessorRole | undefined;
}

/** A function of more statements has something else to do. */
const MOST_STATEMENTS = 4;

/** Finds them one header at a time; `facts` tells once all headers were given. */
export class AccessorsApart {
  /** By tag and member. */
  private readonly byTag = new Map<string, Map<string, Accessor[]>>();

  /** Takes in the functions of a header, which may be of records of others. */
  add(path: string, text: string): void {
    if (!text.includes('->__') || !text.includes('inline')) return;
    const file = path.slice(path.lastIndexOf('/') + 1);
    for (const { whole, name, tag, base, body } of takersIn(text)) {
      if (recordOf(text, tag)) continue;
      const [member, ...more] = new Set(
        [...body.matchAll(/\b(\w+)->(__[a-z]\w*)\b(?!\s*[.[(])/g)].flatMap(([, from, named]) =>
          from === base ? [named] : [],
        ),
      );
      if (member === undefined || more.length > 0) continue;
      const role = roleOf(body, base, member);
      // A function of several statements does more than give it out; it may say something else before it counts.
      const statements = (body.match(/;/g) ?? []).length;
      const isPrepared = (role === 'counts' || role === 'stores') && name.startsWith(`${tag}_`);
      if (statements > (isPrepared ? MOST_STATEMENTS : 1)) continue;
      const members = this.byTag.get(tag) ?? new Map<string, Accessor[]>();
      this.byTag.set(tag, members);
      const quote = `${whole.slice(0, whole.indexOf('{')).replace(/\s+/g, ' ').trim()} in ${file}`;
      members.set(member, [...(members.get(member) ?? []), { name, quote, role }]);
    }
  }

  /** The members of the records that a header defines. */
  facts(text: string): ReservedMember[] {
    const found: ReservedMember[] = [];
    for (const [tag, members] of this.byTag) {
      if (!text.includes(`struct ${tag} {`)) continue;
      const record = recordOf(text, tag);
      for (const [name, accessors] of record ? members : []) {
        // One function may be somebody's own, unless it has the name; several are how the member is to be used.
        const isNamed = accessors.some((one) => one.role === 'reads' && one.name === `${tag}_${name.slice(2)}`);
        if ((accessors.length < 2 && !isNamed) || !record || accessors.every(({ role }) => !role)) continue;
        const at = memberAt(text, record, name);
        if (at < 0 || isTakenBack(text, at, 'accessor')) continue;
        const place = { at, start: at, end: at + name.length };
        const names = accessors.map((one) => one.name);
        const inRole = (wanted: AccessorRole): readonly string[] =>
          accessors.filter(({ role }) => role === wanted).map((one) => one.name);
        const empty = { tag: undefined, headers: [], scopes: [] };
        found.push({
          ...{ name, holder: tag, ...place, ...empty },
          ...{ quote: accessors[0].quote, accessors: names, isAccessed: true },
          ...{ writers: inRole('stores'), counters: inRole('counts') },
        });
      }
    }
    return found;
  }
}
