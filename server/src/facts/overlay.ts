/** What lies over what: flattened members, overlays and their views, members that share bits, machine words. */

import { anonymousRecord, offsetOf } from '../layout/member';
import { type FieldLayout, layoutRecord, type RecordLayout } from '../layout/record';
import type { Target } from '../layout/target';
import { type Bits, type Bytes, type CType, isUnknownValue, type Member, strip } from '../types/model';

/** A range of bits of a record. */
export interface BitRange {
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
}

/** A named member as the compiler sees it, whatever anonymous records it is declared in. */
export interface FlatMember extends BitRange {
  /** `mapping`; with the members of named records listed, too, `lru.next`. */
  readonly name: string;
  readonly member: Member;
  readonly type: CType;
  readonly isBitField: boolean;
  /** From the record's own member down to this one; anonymous records among them. */
  readonly path: readonly Member[];
}

/**
 * The named members of a layout in the order of declaration, those of anonymous records as if they were the record's
 * own. With `expand`, a member that is a record is followed by its members as `name.inner`, while the list is shorter
 * than 100,000. Of an unknown layout, the members whose places are known.
 */
export function flatten(layout: RecordLayout, options: { expand?: boolean } = {}): FlatMember[] {
  const found: FlatMember[] = [];
  collect(layout, 0, '', [], options.expand === true, found);
  return found;
}

const MOST_EXPANDED = 100_000;

function collect(
  layout: RecordLayout,
  base: Bits,
  prefix: string,
  parents: readonly Member[],
  expand: boolean,
  into: FlatMember[],
): void {
  for (const field of layout.fields) {
    const { member, sizeBits, isBitField } = field;
    const offsetBits = base + field.offsetBits;
    const path = [...parents, member];
    const anonymous = anonymousRecord(member);
    if (anonymous !== undefined) {
      collect(layoutRecord(anonymous, layout.target), offsetBits, prefix, path, expand, into);
      continue;
    }
    if (member.name === undefined) continue;
    const name = prefix + member.name;
    into.push({ name, member, type: member.type, offsetBits, sizeBits, isBitField, path });
    const type = strip(member.type);
    if (!expand || type.kind !== 'record' || into.length > MOST_EXPANDED) continue;
    collect(layoutRecord(type.record, layout.target), offsetBits, `${name}.`, path, expand, into);
  }
}

/** The bits that two ranges have in common; undefined where they have none. */
export function intersection(one: BitRange, other: BitRange): BitRange | undefined {
  const offsetBits = Math.max(one.offsetBits, other.offsetBits);
  const end = Math.min(one.offsetBits + one.sizeBits, other.offsetBits + other.sizeBits);
  return end > offsetBits ? { offsetBits, sizeBits: end - offsetBits } : undefined;
}

/** A member together with the bits that it has in common with what was asked for. */
interface SharedBits {
  readonly member: FlatMember;
  readonly shared: BitRange;
}

/** The flattened members that hold any of these bits, in the order of declaration. */
export function sharesWith(layout: RecordLayout, offsetBits: Bits, sizeBits: Bits): SharedBits[] {
  return sharers(flatten(layout), { offsetBits, sizeBits });
}

/**
 * The other members of a record whose bits intersect those of one of them: its overlay as that member sees it. `path` is
 * a member's name (`lru`) or leads into a member (`lru.next`), which then is not listed. Empty where the path leads to
 * no known place.
 */
export function sharing(layout: RecordLayout, path: string): SharedBits[] {
  const asked = offsetOf(layout.record, path, layout.target);
  if (isUnknownValue(asked)) return [];
  const own = /^\w+/.exec(path)![0];
  return sharers(
    flatten(layout).filter((other) => other.name !== own),
    asked,
  );
}

function sharers(members: readonly FlatMember[], range: BitRange): SharedBits[] {
  return members.flatMap((member) => {
    const shared = intersection(member, range);
    return shared === undefined ? [] : [{ member, shared }];
  });
}

/** One alternative of an overlay: the member, or anonymous record, that one owner uses. */
interface View extends BitRange {
  readonly member: Member;
  /** What it gives names to; a named member gives itself alone. */
  readonly members: readonly FlatMember[];
}

/** The members of one union, at whatever depth of anonymous records it lies. */
interface Overlay extends BitRange {
  readonly views: readonly View[];
}

/** All overlays of a layout, outer ones first. A union of one member, or of members without bits, overlays nothing. */
export function overlays(layout: RecordLayout): Overlay[] {
  const found: Overlay[] = [];
  collectOverlays(layout, 0, [], found);
  return found;
}

function collectOverlays(layout: RecordLayout, base: Bits, parents: readonly Member[], into: Overlay[]): void {
  if (layout.record.kind === 'union') {
    const views = layout.fields
      .filter((field) => field.sizeBits > 0)
      .map((field) => viewOf(field, base, parents, layout.target));
    const named = views.filter((view) => view.members.length > 0);
    if (named.length > 1) {
      into.push({ offsetBits: base, sizeBits: Math.max(...named.map((view) => view.sizeBits)), views: named });
    }
  }
  for (const { member, offsetBits } of layout.fields) {
    const inner = anonymousRecord(member);
    if (inner === undefined) continue;
    collectOverlays(layoutRecord(inner, layout.target), base + offsetBits, [...parents, member], into);
  }
}

function viewOf(field: FieldLayout, base: Bits, parents: readonly Member[], target: Target): View {
  const { member, sizeBits, isBitField } = field;
  const offsetBits = base + field.offsetBits;
  const path = [...parents, member];
  const members: FlatMember[] = [];
  const inner = anonymousRecord(member);
  if (inner !== undefined) collect(layoutRecord(inner, target), offsetBits, '', path, false, members);
  else if (member.name !== undefined) {
    members.push({ name: member.name, member, type: member.type, offsetBits, sizeBits, isBitField, path });
  }
  return { offsetBits, sizeBits, member, members };
}

/** A naturally aligned machine word of a record, named by its byte offset. */
export interface Word {
  readonly offset: Bytes;
  /** Less than the machine's word only for the last one of a record that ends within it. */
  readonly size: Bytes;
  readonly members: readonly FlatMember[];
}

/**
 * The machine words of an exactly known layout in which a member begins or ends, each with the flattened members that
 * hold any of its bits. Words without a member, and those wholly inside of longer ones (of a buffer), are not listed.
 */
export function words(layout: RecordLayout): Word[] {
  if (layout.status !== 'exact') return [];
  const wordSize = layout.target.pointer.size;
  const firstWord = (member: FlatMember) => Math.floor(member.offsetBits / 8 / wordSize);
  const lastWord = (member: FlatMember) => Math.ceil((member.offsetBits + member.sizeBits) / 8 / wordSize) - 1;
  const members = flatten(layout).filter((member) => member.sizeBits > 0);
  const listed = new Set(members.flatMap((member) => [firstWord(member), lastWord(member)]));
  const waiting = members
    .map((member, order) => ({ member, order }))
    .sort((one, other) => one.member.offsetBits - other.member.offsetBits || one.order - other.order);
  let next = 0;
  let active: typeof waiting = [];
  return [...listed]
    .sort((one, other) => one - other)
    .map((index) => {
      while (next < waiting.length && firstWord(waiting[next].member) <= index) active.push(waiting[next++]);
      active = active.filter(({ member }) => lastWord(member) >= index);
      const inOrder = [...active].sort((one, other) => one.order - other.order);
      const offset = index * wordSize;
      return { offset, size: Math.min(wordSize, layout.size - offset), members: inOrder.map(({ member }) => member) };
    });
}

/** A word by its bytes, `bytes 8 to 15`: "word 8" would read as the eighth. */
export function wordText(offset: Bytes, { pointer }: Target): string {
  return `bytes ${offset} to ${offset + pointer.size - 1}`;
}
