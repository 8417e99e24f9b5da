/** Finds members by the names that C knows them by, through anonymous members, and says where they lie. */
import {
  type Bits,
  type Bytes,
  type CType,
  isUnknownValue,
  type Member,
  type RecordDeclaration,
  strip,
  type UnknownValue,
} from '../types/model';
import { extentOf, layoutRecord, memberAlign, requestedAlign, sizeOf, title } from './record';
import type { Target } from './target';

/** A member as a path from its record: all but the last are anonymous records. */
type MemberPath = readonly Member[];

/**
 * The member that `.name` names, through anonymous members (C11 6.7.2.1p13); undefined where the record has none, as
 * far as its declaration is known.
 */
export function findMember(record: RecordDeclaration, name: string): MemberPath | undefined {
  return search(record, name, []);
}

function search(record: RecordDeclaration, name: string, within: readonly RecordDeclaration[]): MemberPath | undefined {
  if (within.includes(record)) return undefined;
  for (const member of record.members ?? []) {
    if (member.name === name) return [member];
    const inner = anonymousRecord(member);
    const path = inner && search(inner, name, [...within, record]);
    if (path !== undefined) return [member, ...path];
  }
  return undefined;
}

/** The record whose members a member without a name gives to its parent; undefined for other members. */
export function anonymousRecord(member: Member): RecordDeclaration | undefined {
  if (member.name !== undefined || member.bitWidth !== undefined) return undefined;
  const type = strip(member.type);
  return type.kind === 'record' ? type.record : undefined;
}

/** Where a path like `lru.next` or `pages[2].flags` leads. */
interface MemberPlace {
  readonly type: CType;
  /** From the start of the record. */
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
  readonly isBitField: boolean;
  /** The member that the path ends in, or whose elements it ends in. */
  readonly member: Member;
}

/**
 * Where a path (`mapping`, `lru.next`, `pages[2].flags`) lies in a record, or why that is unknown. Members before the
 * first unknown one are known even where the whole record is not.
 */
export function offsetOf(record: RecordDeclaration, path: string, target: Target): MemberPlace | UnknownValue {
  if (!/^\w+(\[\d+\])*(\.\w+(\[\d+\])*)*$/.test(path)) return { unknown: `"${path}" is no path to a member` };
  let type: CType = { kind: 'record', record };
  let place: MemberPlace | undefined;
  let offsetBits = 0;
  for (const [step, index] of steps(path)) {
    const bare = strip(type);
    if (index !== undefined) {
      if (bare.kind !== 'array') return { unknown: `in "${path}", [${index}] follows no array` };
      const size = sizeOf(bare.of, target);
      if (isUnknownValue(size)) return size;
      type = bare.of;
      offsetBits += size * 8 * index;
      place = { ...place!, type, offsetBits, sizeBits: size * 8 };
      continue;
    }
    if (bare.kind !== 'record') return { unknown: `in "${path}", .${step} follows no record` };
    const members = findMember(bare.record, step);
    if (members === undefined) return { unknown: `${title(bare.record)} has no member ${step}` };
    let within = bare.record;
    for (const member of members) {
      const layout = layoutRecord(within, target);
      const field = layout.fields.find((candidate) => candidate.member === member);
      if (field === undefined) {
        const reason = layout.status === 'unknown' ? layout.reason : 'it holds no bits';
        return { unknown: `the place of ${step} in ${title(bare.record)} is unknown: ${reason}` };
      }
      offsetBits += field.offsetBits;
      type = member.type;
      place = { type, offsetBits, sizeBits: field.sizeBits, isBitField: field.isBitField, member };
      within = anonymousRecord(member) ?? within;
    }
  }
  return place!;
}

/**
 * `__alignof__` of a member, in bytes. GCC answers what it aligned the member to (c_alignof_expr, DECL_ALIGN), Clang what
 * its type prefers as far as its place keeps that (ASTContext::getDeclAlign).
 */
export function alignOfMember(record: RecordDeclaration, name: string, target: Target): Bytes | UnknownValue {
  const path = findMember(record, name);
  const member = path?.at(-1);
  if (path === undefined || member === undefined) return { unknown: `${title(record)} has no member ${name}` };
  if (member.bitWidth !== undefined) return { unknown: 'a bit-field has no alignment' };
  const within = path.slice(0, -1).reduce((outer, step) => anonymousRecord(step) ?? outer, record);
  const layout = layoutRecord(within, target);
  if (layout.status === 'unknown') return { unknown: layout.reason };
  const extent = extentOf(member.type, target);
  const request = requestedAlign(member.aligns, 'strictest');
  if (isUnknownValue(extent)) return extent;
  if (isUnknownValue(request)) return request;
  const byGcc = memberAlign(within, member, extent, request);
  if (target.compiler === 'gcc') return byGcc;
  const isPacked = within.packed || member.packed;
  const wanted = isPacked ? Math.max(1, request) : Math.max(extent.preferredAlign ?? extent.align, request);
  const offset = layout.fields.find((field) => field.member === member)!.offsetBits / 8;
  const byClang = Math.min(wanted, layout.align, offset > 0 ? lowestBit(offset) : layout.align);
  if (target.compiler === 'clang' || byClang === byGcc) return byClang;
  return { unknown: `gcc and clang say different alignments of ${name}` };
}

function lowestBit(offset: Bytes): Bytes {
  let bit = 1;
  while (offset % (bit * 2) === 0) bit *= 2;
  return bit;
}

/** `a[2].b` as a, [2], b. */
function steps(path: string): [name: string, index: number | undefined][] {
  return [...path.matchAll(/(\w+)|\[(\d+)\]/g)].map(([whole, name, index]) =>
    whole.startsWith('[') ? ['', Number(index)] : [name, undefined],
  );
}
