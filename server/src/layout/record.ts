/**
 * The layout of a struct or union: where each member lies, holes, padding, size and alignment, as the target's compiler
 * places them; exact, or unknown with the reason and the member it starts at.
 */
import {
  type Alignment,
  type Bits,
  type Bytes,
  type CType,
  isIncompleteArray,
  isUnknownValue,
  type Member,
  type RecordDeclaration,
  strip,
  type UnknownValue,
} from '../types/model';
import { placeBitField, roundUp } from './bitfield';
import { type Extent, typeExtent } from './extent';
import { isBehind, whyBehind, whyRefused } from './refused';
import type { Target } from './target';

/** One member with its place; unnamed bit-fields are listed, zero-width ones are not. */
export interface FieldLayout {
  readonly member: Member;
  /** Undefined for anonymous records and unnamed bit-fields. */
  readonly name?: string;
  /** From the start of the record. Bits count in the order of allocation: from the most significant on big-endian. */
  readonly offsetBits: Bits;
  /** 0 for flexible and zero-length arrays and empty records. */
  readonly sizeBits: Bits;
  readonly isBitField: boolean;
}

/** Bits between two members that belong to no named member. */
export interface Hole {
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
}

export interface ExactLayout {
  readonly status: 'exact';
  readonly record: RecordDeclaration;
  readonly target: Target;
  readonly size: Bytes;
  readonly align: Bytes;
  /** In the order of declaration. */
  readonly fields: readonly FieldLayout[];
  /** In order; a union has none. */
  readonly holes: readonly Hole[];
  /** From the last member's end to the record's. */
  readonly paddingBits: Bits;
  /** Named members, those of anonymous records among them. */
  readonly memberCount: number;
}

export interface UnknownLayout {
  readonly status: 'unknown';
  readonly record: RecordDeclaration;
  readonly target: Target;
  readonly reason: string;
  /** The first member whose place or size is unknown; undefined where the record as a whole can't be trusted. */
  readonly at?: Member;
  /** The members before it; their places are exact. */
  readonly fields: readonly FieldLayout[];
}

export type RecordLayout = ExactLayout | UnknownLayout;

/** Attributes by which a compiler leaves its usual layout for another. */
const FOREIGN_LAYOUTS: readonly string[] = ['ms_struct', 'scalar_storage_order', 'randomize_layout'];

/** A chain of records by value deeper than this is no C that a compiler takes. */
const DEEPEST_NESTING = 500;

/** More members than this, with those of anonymous records, are no C that a compiler takes. */
const MOST_MEMBERS = 100_000;

/** The strictest alignment that compilers take, in bytes (GCC's MAX_OFILE_ALIGNMENT on ELF). */
const STRICTEST_ALIGNMENT = 2 ** 28;

const finished = new WeakMap<RecordDeclaration, Map<Target, RecordLayout>>();
const underway = new Set<RecordDeclaration>();
/** The members that a layout was made of. */
const membersOf = new WeakMap<RecordLayout, RecordDeclaration['members']>();

/** The layout of a record on a target; kept by record, so that asking again costs nothing. */
export function layoutRecord(record: RecordDeclaration, target: Target): RecordLayout {
  let byTarget = finished.get(record);
  const known = byTarget?.get(target);
  // A record whose definition was read again, in an editor, may have other members.
  if (known !== undefined && known.record === record && membersOf.get(known) === record.members) return known;
  if (underway.has(record)) return unknown(record, target, `${title(record)} contains itself`);
  if (underway.size >= DEEPEST_NESTING) return unknown(record, target, 'records are nested too deeply');
  underway.add(record);
  try {
    let layout = layOut(record, target);
    const fault = layout.status === 'exact' ? faultOf(layout) : undefined;
    if (fault !== undefined) layout = unknown(record, target, `its layout does not hold: ${fault}`);
    if (byTarget === undefined) finished.set(record, (byTarget = new Map()));
    byTarget.set(target, layout);
    membersOf.set(layout, record.members);
    return layout;
  } finally {
    underway.delete(record);
  }
}

/** Size of a type in bytes as `sizeof` gives it, or why it is unknown. */
export function sizeOf(type: CType, target: Target): Bytes | UnknownValue {
  const extent = extentOf(type, target);
  return isUnknownValue(extent) ? extent : extent.size;
}

/** Alignment of a type in bytes within records, as C11's `_Alignof` gives it, or why it is unknown. */
export function alignOf(type: CType, target: Target): Bytes | UnknownValue {
  const extent = extentOf(type, target);
  return isUnknownValue(extent) ? extent : extent.align;
}

/** Alignment of a type in bytes as GNU C's `__alignof__` gives it: more than `alignOf` for some scalars of i386. */
export function preferredAlignOf(type: CType, target: Target): Bytes | UnknownValue {
  const extent = extentOf(type, target);
  return isUnknownValue(extent) ? extent : (extent.preferredAlign ?? extent.align);
}

/** Size and alignment of a type, or why they are unknown. */
export function extentOf(type: CType, target: Target): Extent | UnknownValue {
  return typeExtent(type, target, (record) => {
    const layout = layoutRecord(record, target);
    if (layout.status === 'exact') return layout;
    return { unknown: record.tag === undefined ? layout.reason : `${title(record)}: ${layout.reason}` };
  });
}

/** A record as people call it: `struct page`, or `struct {…}` for one without a tag. */
export function title(record: RecordDeclaration): string {
  return `${record.kind} ${record.tag ?? '{…}'}`;
}

function unknown(
  record: RecordDeclaration,
  target: Target,
  reason: string,
  at?: Member,
  fields: readonly FieldLayout[] = [],
): UnknownLayout {
  return { status: 'unknown', record, target, reason, ...(at && { at }), fields };
}

/** What a list of `aligned` attributes asks for, in bytes; 0 where it asks nothing. */
export function requestedAlign(aligns: readonly Alignment[], chooses: 'strictest' | 'last'): Bytes | UnknownValue {
  let request = 0;
  for (const align of aligns) {
    if (isUnknownValue(align)) return { unknown: `the alignment that is asked for is unknown: ${align.unknown}` };
    // C11 6.7.5p6: an alignment of zero has no effect.
    if (align === 0) continue;
    const isPowerOfTwo = align > 0 && Number.isInteger(Math.log2(align));
    if (!isPowerOfTwo || align > STRICTEST_ALIGNMENT)
      return { unknown: `${align} is no alignment that compilers take` };
    request = chooses === 'last' ? align : Math.max(request, align);
  }
  return request;
}

/** Of several `aligned` on one record, GCC takes the last and Clang the strictest. */
function recordRequestedAlign(aligns: readonly Alignment[], target: Target): Bytes | UnknownValue {
  const last = requestedAlign(aligns, 'last');
  const strictest = requestedAlign(aligns, 'strictest');
  if (target.compiler !== 'either') return target.compiler === 'gcc' ? last : strictest;
  if (isUnknownValue(last) || last === strictest) return last;
  return { unknown: 'gcc and clang choose differently from its several aligned attributes' };
}

function layOut(record: RecordDeclaration, target: Target): RecordLayout {
  if (record.unknown !== undefined) return unknown(record, target, record.unknown);
  if (record.members === undefined) return unknown(record, target, 'it is only declared, not defined');
  const foreign = record.attributes?.find((name) => FOREIGN_LAYOUTS.includes(bareAttribute(name)));
  if (foreign !== undefined) return unknown(record, target, `attribute ${foreign} asks for another layout`);
  const asked = recordRequestedAlign(record.aligns, target);
  if (isUnknownValue(asked)) return unknown(record, target, asked.unknown);

  const isUnion = record.kind === 'union';
  const pack = (record.pack ?? 0) * 8;
  const recordRequest = Math.max(8, asked * 8);
  let recordAlign = recordRequest;
  let end = 0;
  const fields: FieldLayout[] = [];
  let memberCount = 0;
  let behindFlexible = false;
  const isOpen = (inner: RecordDeclaration): boolean => underway.has(inner) || isBehind(inner, record);
  const twice = duplicate(record.members);
  if (twice !== undefined) return unknown(record, target, `two of its members are called ${twice}`);
  for (const member of record.members) {
    const stop = (reason: string) => unknown(record, target, `member ${describe(member)}: ${reason}`, member, fields);
    const extent = extentOf(member.type, target);
    if (isUnknownValue(extent)) return stop(extent.unknown);
    const refused = whyRefused(member.type, isOpen) ?? whyBehind(member.type, record);
    if (refused !== undefined) return stop(refused);
    const request = requestedAlign(member.aligns, 'strictest');
    if (isUnknownValue(request)) return stop(request.unknown);
    if (behindFlexible && !isUnion) return stop('it stands behind a flexible array');
    // One of length 0 may stand anywhere.
    if (isIncompleteArray(member.type)) behindFlexible = true;
    const packed = record.packed || member.packed;
    const position = isUnion ? 0 : end;
    const isBitField = member.bitWidth !== undefined;
    let offset: Bits;
    let size: Bits;
    if (isBitField) {
      const problem = bitFieldProblem(member, extent);
      if (problem !== undefined) return stop(problem);
      size = member.bitWidth as Bits;
      const placed = placeBitField(
        {
          position,
          width: size,
          named: member.name !== undefined,
          typeSize: extent.size * 8,
          typeAlign: extent.align * 8,
          packed,
          requestedAlign: request * 8,
          pack,
          recordRequest,
        },
        target,
      );
      if (placed === undefined) return stop('gcc and clang place this bit-field differently');
      offset = placed.offset;
      recordAlign = Math.max(recordAlign, placed.recordAlign);
    } else {
      if (strip(member.type).kind === 'void') return stop('void has no values');
      const isLowered = target.compiler !== 'clang' && extent.align * 8 > target.bitFields.strictestMember;
      if (isLowered && elementSize(member.type, target) === extent.align && holdsWideAtomic(member.type, target))
        return stop('gcc may align an atomic member of it to less');
      const align = memberAlign(record, member, extent, request) * 8;
      size = extent.size * 8;
      offset = roundUp(position, align);
      recordAlign = Math.max(recordAlign, align);
    }
    end = Math.max(end, offset + size);
    if (!Number.isSafeInteger(end)) return stop('the record grows past any size');
    memberCount += namedMembers(member, target);
    if (memberCount > MOST_MEMBERS) return stop('the record has too many members');
    if (isBitField && size === 0) continue;
    fields.push({
      member,
      ...(member.name !== undefined && { name: member.name }),
      offsetBits: offset,
      sizeBits: size,
      isBitField,
    });
  }
  const sizeBits = roundUp(end, recordAlign);
  const { holes, last } = gaps(fields, isUnion);
  return {
    status: 'exact',
    record,
    target,
    size: sizeBits / 8,
    align: recordAlign / 8,
    fields,
    holes,
    paddingBits: sizeBits - last,
    memberCount,
  };
}

/** What a member that is no bit-field aligns to, in bytes: its own `aligned` only raises, except below `packed`. */
export function memberAlign(record: RecordDeclaration, member: Member, extent: Extent, request: Bytes): Bytes {
  const align = record.packed || member.packed ? Math.max(1, request) : Math.max(extent.align, request);
  return record.pack ? Math.min(align, record.pack) : align;
}

/** A name that two members have, those of anonymous records among them (C11 6.7.2.1p13). */
function duplicate(members: readonly Member[]): string | undefined {
  const names = new Set<string>();
  const search = (among: readonly Member[], depth: number): string | undefined => {
    for (const { name, type, bitWidth } of among) {
      if (name !== undefined) {
        if (names.has(name)) return name;
        names.add(name);
      } else if (bitWidth === undefined && depth < 64) {
        const bare = strip(type);
        const found = bare.kind === 'record' && search(bare.record.members ?? [], depth + 1);
        if (found) return found;
      }
    }
    return undefined;
  };
  return search(members, 0);
}

/** How many names a member whose type is known adds to its record. */
function namedMembers(member: Member, target: Target): number {
  if (member.name !== undefined) return 1;
  const type = strip(member.type);
  const layout = type.kind === 'record' ? layoutRecord(type.record, target) : undefined;
  return layout?.status === 'exact' ? layout.memberCount : 0;
}

/** `__packed__` and `packed` are one attribute. */
function bareAttribute(name: string): string {
  return name.replace(/^__(.*)__$/, '$1');
}

function describe(member: Member): string {
  if (member.name !== undefined) return member.name;
  return member.bitWidth === undefined ? '(anonymous)' : '(unnamed bit-field)';
}

/** Why a bit-field can't be, if it can't: C11 6.7.2.1p4 and p5, with GNU's further integer types. */
function bitFieldProblem(member: Member, extent: Extent): string | undefined {
  const width = member.bitWidth!;
  if (isUnknownValue(width)) return `the width is unknown: ${width.unknown}`;
  const type = strip(member.type);
  if (type.kind !== 'integer' && type.kind !== 'enum') return 'only integers can be bit-fields';
  if (isAtomic(member.type)) return 'a bit-field can not be atomic';
  const widest = type.kind === 'integer' && type.name === '_Bool' ? 1 : extent.size * 8;
  if (!Number.isInteger(width) || width < 0 || width > widest) return `${width} bits do not fit its type`;
  if (width === 0 && member.name !== undefined) return 'a bit-field with a name needs a width';
  return undefined;
}

function isAtomic(type: CType): boolean {
  for (;;) {
    if (type.isAtomic) return true;
    if (type.kind !== 'typedef') return false;
    type = type.to;
  }
}

function elementSize(type: CType, target: Target): Bytes | UnknownValue {
  const bare = strip(type);
  return bare.kind === 'array' ? elementSize(bare.of, target) : sizeOf(type, target);
}

/** Whether a record, or an array of them, has an atomic member of eight bytes: GCC for i386 may take the record for an integer. */
function holdsWideAtomic(type: CType, target: Target): boolean {
  const bare = strip(type);
  if (bare.kind === 'array') return holdsWideAtomic(bare.of, target);
  if (bare.kind !== 'record') return false;
  const isWide = ({ type: of }: Member): boolean =>
    (isAtomic(of) && sizeOf(of, target) === 8) || holdsWideAtomic(of, target);
  return (bare.record.members ?? []).some(isWide);
}

/** The holes between the named members, and where the last of them ends. */
function gaps(fields: readonly FieldLayout[], isUnion: boolean): { holes: Hole[]; last: Bits } {
  const holes: Hole[] = [];
  let last = 0;
  for (const field of fields) {
    if (field.isBitField && field.name === undefined) continue;
    if (!isUnion && field.offsetBits > last) holes.push({ offsetBits: last, sizeBits: field.offsetBits - last });
    last = Math.max(last, field.offsetBits + field.sizeBits);
  }
  return { holes, last };
}

/**
 * What is wrong with a layout: members + holes + padding are its size, which is a multiple of its alignment; members start
 * on whole bytes, one behind the other. Undefined where all holds.
 */
export function faultOf(layout: ExactLayout): string | undefined {
  const isUnion = layout.record.kind === 'union';
  let members = 0;
  let end = 0;
  for (const { name, isBitField, offsetBits, sizeBits } of layout.fields) {
    if (!isBitField && offsetBits % 8 !== 0) return `${name ?? 'a member'} starts within a byte`;
    if (isBitField && name === undefined) continue;
    if (!isUnion && offsetBits < end) return `${name ?? 'a member'} lies over the one before`;
    end = offsetBits + sizeBits;
    members = isUnion ? Math.max(members, sizeBits) : members + sizeBits;
  }
  if (layout.size % layout.align !== 0) return `${layout.size} bytes are no multiple of ${layout.align}`;
  const holes = layout.holes.reduce((sum, hole) => sum + hole.sizeBits, 0);
  const isWhole = members + holes + layout.paddingBits === layout.size * 8 && layout.paddingBits >= 0;
  return isWhole
    ? undefined
    : `members ${members} + holes ${holes} + padding ${layout.paddingBits} bits are not ${layout.size} bytes`;
}
