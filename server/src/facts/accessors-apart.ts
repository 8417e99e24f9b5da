/**
 * Tells by the texts of headers which members with two underscores in front have accessors in another header than the record's:
 * `bag_size()` in bag.h of `__size` in bag_types.h.
 */
import { memberAt, recordOf, TAKING } from './accessor-scan';
import { isTakenBack } from './not-derived';
import type { ReservedMember } from './reserved-members';

interface Accessor {
  readonly name: string;
  readonly quote: string;
}

/** Finds them one header at a time; `facts` tells once all headers were given. */
export class AccessorsApart {
  /** By tag and member. */
  private readonly byTag = new Map<string, Map<string, Accessor[]>>();

  /** Takes in the functions of a header, which may be of records of others. */
  add(path: string, text: string): void {
    if (!text.includes('->__') || !text.includes('inline')) return;
    const file = path.slice(path.lastIndexOf('/') + 1);
    for (const { 0: whole, 1: name, 2: tag, 3: base, 5: body } of text.matchAll(TAKING)) {
      if (recordOf(text, tag)) continue;
      const [member, ...more] = new Set(
        [...body.matchAll(/\b(\w+)->(__[a-z]\w*)\b(?!\s*[.[(])/g)].flatMap(([, from, named]) =>
          from === base ? [named] : [],
        ),
      );
      // A function of several statements does more than give it out.
      if (member === undefined || more.length > 0 || (body.match(/;/g) ?? []).length > 1) continue;
      const members = this.byTag.get(tag) ?? new Map<string, Accessor[]>();
      this.byTag.set(tag, members);
      const quote = `${whole.slice(0, whole.indexOf('{')).replace(/\s+/g, ' ').trim()} in ${file}`;
      members.set(member, [...(members.get(member) ?? []), { name, quote }]);
    }
  }

  /** The members of the records that a header defines. */
  facts(text: string): ReservedMember[] {
    const found: ReservedMember[] = [];
    for (const [tag, members] of this.byTag) {
      if (!text.includes(`struct ${tag} {`)) continue;
      const record = recordOf(text, tag);
      for (const [name, accessors] of record ? members : []) {
        // One function may be somebody's own; several are how the member is to be used.
        if (accessors.length < 2 || !record) continue;
        const at = memberAt(text, record, name);
        if (at < 0 || isTakenBack(text, at, 'accessor')) continue;
        const place = { at, start: at, end: at + name.length };
        const names = accessors.map((one) => one.name);
        const empty = { tag: undefined, headers: [], scopes: [] };
        found.push({
          ...{ name, holder: tag, ...place, ...empty },
          ...{ quote: accessors[0].quote, accessors: names, isAccessed: true },
        });
      }
    }
    return found;
  }
}
