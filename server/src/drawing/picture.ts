/** A record as plain data from which anyone can draw it: cells in lanes, views, claims, and what the kernel says of each. */

import { claimName, claimsOf } from '../facts/claims';
import { RecordComments } from '../facts/comments';
import { familyOf } from '../facts/families';
import { flatten, overlays } from '../facts/overlay';
import { anonymousRecord } from '../layout/member';
import { layoutRecord, type RecordLayout, title } from '../layout/record';
import type { ClaimPattern } from '../packs/pack';
import type { UnitGlobals } from '../parser/globals';
import type { SourceFile } from '../preprocessor/source';
import { type Place, readable } from '../text/text';
import {
  type Bits,
  type Bytes,
  type CType,
  type Member,
  type RecordDeclaration,
  recordBehind,
  strip,
} from '../types/model';
import { declareAsWritten, sourceName, typeName } from '../types/typename';
import { type Cell, cellsOf } from './cells';
import { facts } from './diagram';

/** A run of bits of the record: a member, a hole between members, or the padding behind the last one. */
export interface PictureCell<P> {
  readonly kind: 'member' | 'hole' | 'padding';
  /** Alternatives of a union lie in lanes below one another; from 0. */
  readonly lane: number;
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
  /** Index into the picture's views; undefined for what shares its bytes with nothing. */
  readonly view?: number;
  /** As the compiler knows the member. */
  readonly name?: string;
  /** The name in the source, where a macro makes another one of it. */
  readonly label?: string;
  readonly type?: string;
  /** As C declares it: `struct list_head lru`. */
  readonly declaration?: string;
  readonly isBitField?: boolean;
  /** The kernel's own words on it. */
  readonly comment?: string;
  readonly place?: P;
  /** The record that it is, points to or is an array of: `struct list_head`. */
  readonly record?: string;
  /** Whether it holds that record by value. */
  readonly isHeld?: boolean;
  /** Of a small record held by value, its members. */
  readonly inner?: readonly { readonly name: string; readonly offsetBits: Bits; readonly sizeBits: Bits }[];
}

/** One alternative of an outermost union: what one owner of the record uses. */
export interface PictureView {
  /** The kernel's comment on it, or its members' names. */
  readonly label: string;
  /** The kernel's comment on it. */
  readonly comment?: string;
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
}

export interface PictureClaim<P> {
  /** Byte offset of the word. */
  readonly word: Bytes;
  /** Counted from the least significant. */
  readonly bit: number;
  readonly kind: 'sets' | 'keeps clear';
  /** What the bit is called: its constant, or else who claims it. */
  readonly owner: string;
  readonly quote: string;
  readonly place?: P;
  readonly clashes: boolean;
}

export interface Picture<P> {
  /** `struct page` */
  readonly title: string;
  /** `64 bytes`, `align 16` … */
  readonly facts: readonly string[];
  readonly status: 'exact' | 'unknown';
  readonly reason?: string;
  /** Bytes; null where the layout is unknown. */
  readonly size: Bytes | null;
  readonly align: Bytes | null;
  readonly wordSize: Bytes;
  readonly cacheline: Bytes;
  readonly bigEndian: boolean;
  readonly comment?: string;
  readonly place?: P;
  readonly views: readonly PictureView[];
  readonly cells: readonly PictureCell<P>[];
  /** Members without bits of their own, such as flexible arrays. */
  readonly sizeless: readonly PictureCell<P>[];
  readonly claims: readonly PictureClaim<P>[];
}

/** A record of the family, and the byte of the first one at which it begins. */
export interface PictureRelative<P> {
  readonly at: Bytes;
  readonly picture: Picture<P>;
}

interface PictureOptions<P> {
  /** What the caller calls a place; undefined where it can't be shown. */
  readonly place: (place: Place) => P | undefined;
  /** What the layout is for, for the facts. */
  readonly note?: string;
  /** How comments claim bits. */
  readonly claims: readonly ClaimPattern[];
  /** What to call a record without a tag. */
  readonly typedefName?: string;
}

/**
 * The picture of a layout. `globals` is the unit that the record was read in: with the accessors that claim bits and the
 * asserts that tie families, as far as they are to be shown.
 */
export function pictureOf<P>(globals: UnitGlobals, layout: RecordLayout, options: PictureOptions<P>): Picture<P> {
  const { record, target } = layout;
  const comments = commentsOn(globals.files, layout);
  const viewOf = viewsOf(layout, comments);
  const place = record.place && options.place(record.place);
  const isExact = layout.status === 'exact';
  const toCell = (cell: Cell): PictureCell<P> => ({
    ...describeCell(cell, layout, comments, options),
    ...viewOf.of(cell),
  });
  const sizeless = flatten(layout)
    .filter(({ sizeBits }) => sizeBits === 0)
    .map((member) => toCell({ kind: 'member', lane: 0, offsetBits: member.offsetBits, sizeBits: 0, member }));
  return {
    title: options.typedefName !== undefined && record.tag === undefined ? options.typedefName : title(record),
    facts: facts(layout, { note: options.note }),
    status: layout.status,
    ...(!isExact && { reason: readable(layout.reason) }),
    size: isExact ? layout.size : null,
    align: isExact ? layout.align : null,
    wordSize: target.pointer.size,
    cacheline: target.cacheline,
    bigEndian: target.bigEndian,
    ...said('comment', comments?.ofRecord),
    ...(place !== undefined && { place }),
    views: viewOf.views,
    cells: cellsOf(layout).map(toCell),
    sizeless,
    claims: isExact ? claimsIn(globals, layout, options) : [],
  };
}

/** The pictures of the records that asserts of the unit lay over this one; without itself, nearest first. */
export function familyPictures<P>(
  globals: UnitGlobals,
  layout: RecordLayout,
  options: PictureOptions<P>,
): PictureRelative<P>[] {
  if (layout.status === 'unknown') return [];
  return familyOf(globals, layout.record)
    .slice(1)
    .map(({ record, at }) => ({ at, picture: pictureOf(globals, layoutRecord(record, layout.target), options) }));
}

function claimsIn<P>(globals: UnitGlobals, layout: RecordLayout, options: PictureOptions<P>): PictureClaim<P>[] {
  return claimsOf(globals, layout.record, layout.target, options.claims).map((claim) => {
    const { word, bit, kind, quote, place, clashes } = claim;
    const shown = options.place(place);
    const owner = claimName(claim);
    return { word, bit, kind, owner, quote: readable(quote), ...(shown && { place: shown }), clashes };
  });
}

/** The comments on a laid out record; undefined where its file is none of these. */
export function commentsOn(files: readonly SourceFile[], layout: RecordLayout): RecordComments | undefined {
  const { place } = layout.record;
  const file = place && files.find((other) => other.path === place.path);
  if (!place || !file) return undefined;
  let end = place.end;
  for (const { member } of flatten(layout))
    if (member.place?.path === place.path) end = Math.max(end, member.place.end);
  return new RecordComments(file, place, end);
}

function describeCell<P>(
  { kind, lane, offsetBits, sizeBits, member }: Cell,
  { target }: RecordLayout,
  comments: RecordComments | undefined,
  { place }: PictureOptions<P>,
): PictureCell<P> {
  const shape = { kind, lane, offsetBits, sizeBits };
  if (!member) return shape;
  const { name, type, isBitField } = member;
  const shown = member.member.place && place(member.member.place);
  const behind = recordBehind(type);
  const held = heldBy(type);
  const small = held && held.members!.length <= MOST_INNER ? held : undefined;
  return {
    ...shape,
    name,
    ...(member.member.source?.name !== undefined && { label: sourceName(member.member) }),
    type: typeName(type),
    declaration: declareAsWritten(member.member, name) + (isBitField ? `:${sizeBits}` : ''),
    ...(isBitField && { isBitField }),
    ...said('comment', comments?.ofMember(member.member)),
    ...(shown !== undefined && { place: shown }),
    ...(behind?.tag !== undefined && { record: title(behind) }),
    ...(held && { isHeld: true }),
    ...(small && {
      inner: flatten(layoutRecord(small, target)).map((one) => {
        return { name: one.name, offsetBits: one.offsetBits, sizeBits: one.sizeBits };
      }),
    }),
  };
}

/** More members of a member than these are a picture of their own. */
const MOST_INNER = 8;

/** The record that a member holds by value. */
function heldBy(type: CType): RecordDeclaration | undefined {
  const bare = strip(type);
  return bare.kind === 'record' && bare.record.members !== undefined ? bare.record : undefined;
}

function said<K extends string>(key: K, text: string | undefined): Partial<Record<K, string>> {
  return text ? ({ [key]: readable(text) } as Record<K, string>) : {};
}

/** The views of the outermost unions, and which of them a cell belongs to. */
export function viewsOf(layout: RecordLayout, comments: RecordComments | undefined) {
  const views: PictureView[] = [];
  const indexes = new Map<Member, number>();
  for (const overlay of overlays(layout)) {
    for (const { member, members, offsetBits, sizeBits } of overlay.views) {
      if (members.some(({ path }) => path.slice(0, path.indexOf(member)).some((above) => indexes.has(above)))) {
        continue;
      }
      const record = anonymousRecord(member);
      const comment = record && comments?.ofView(record);
      const names = members.map(({ name }) => name).join(', ');
      indexes.set(member, views.length);
      views.push({ label: readable(comment ?? names), ...said('comment', comment), offsetBits, sizeBits });
    }
  }
  const lanes: { lane: number; view: number }[] = [];
  const indexOf = ({ member, lane, offsetBits, sizeBits }: Cell): number | undefined => {
    if (member) return member.path.map((step) => indexes.get(step)).find((index) => index !== undefined);
    return lanes.find(({ lane: own, view }) => {
      const { offsetBits: start, sizeBits: length } = views[view];
      return own === lane && start <= offsetBits && offsetBits + sizeBits <= start + length;
    })?.view;
  };
  for (const cell of cellsOf(layout)) {
    const view = cell.member && indexOf(cell);
    if (view !== undefined) lanes.push({ lane: cell.lane, view });
  }
  const of = (cell: Cell): { view?: number } => {
    const view = indexOf(cell);
    return view === undefined ? {} : { view };
  };
  return { views, of };
}
