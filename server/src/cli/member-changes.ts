/** What differs between two layouts of a record, member by member. */
import { type FlatMember, flatten } from '../facts/overlay';
import type { RecordLayout } from '../layout/record';
import { toByteString } from '../text/text';
import { declare, typeName } from '../types/typename';

interface Spot {
  /** In bits, as the layout has it. */
  readonly offsetBits: number;
  readonly sizeBits: number;
  readonly type: string;
}

/** One member's difference; a member that is new has no `a`, one that is gone no `b`. */
interface MemberChange {
  readonly change: 'added' | 'removed' | 'moved' | 'resized' | 'retyped';
  readonly name: string;
  readonly a?: Spot;
  readonly b?: Spot;
}

/** In the order of the second layout, those that are gone at the end. Names without a bit of their own count, too. */
export function changesBetween(ours: RecordLayout, theirs: RecordLayout): MemberChange[] {
  const before = new Map(flatten(ours).map((member) => [member.name, spotOf(member)]));
  const changes: MemberChange[] = [];
  for (const member of flatten(theirs)) {
    const { name } = member;
    const a = before.get(name);
    const b = spotOf(member);
    before.delete(name);
    if (!a) changes.push({ change: 'added', name, b });
    else if (a.sizeBits !== b.sizeBits) changes.push({ change: 'resized', name, a, b });
    else if (a.offsetBits !== b.offsetBits) changes.push({ change: 'moved', name, a, b });
    else if (a.type !== b.type) changes.push({ change: 'retyped', name, a, b });
  }
  for (const [name, a] of before) changes.push({ change: 'removed', name, a });
  return changes;
}

function spotOf({ offsetBits, sizeBits, type }: FlatMember): Spot {
  return { offsetBits, sizeBits, type: typeName(type) };
}

/** A line for each member, hole and the end: offset and size in bytes (of a bit-field `byte:bit` and bits), declaration. */
export function memberLines(layout: RecordLayout): string {
  const lines = flatten(layout).map((member) => {
    const { name, type, offsetBits, sizeBits, isBitField } = member;
    const byte = Math.floor(offsetBits / 8);
    const at = isBitField ? `${byte}:${offsetBits % 8}` : `${byte}`;
    const size = isBitField ? `${sizeBits} bit` : `${sizeBits / 8}`;
    return `${at.padStart(7)} ${size.padStart(7)}  ${declare(type, name)}${isBitField ? `:${sizeBits}` : ''}\n`;
  });
  const end =
    layout.status === 'exact'
      ? `${String(layout.size).padStart(7)} ${' '.repeat(7)}  (end)\n`
      : `(unknown from here)\n`;
  return toByteString(lines.join('') + end);
}
