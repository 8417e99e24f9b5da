/** What every picture of a layout is drawn from: the options, the facts of the heading, and what lies under it. */

import { type BitRange, flatten, sharing, wordText } from '../facts/overlay';
import { offsetOf } from '../layout/member';
import { type RecordLayout, title } from '../layout/record';
import { type Bytes, isUnknownValue } from '../types/model';
import { declare, declareAsWritten, sourceName } from '../types/typename';
import type { Cell } from './cells';
import type { Box, Elision } from './rows';

/** "Bit b of the word at this offset means m", with the place that says so. */
export interface DiagramClaim {
  /** Byte offset of the word. */
  readonly word: Bytes;
  /** Counted from the least significant. */
  readonly bit: number;
  readonly meaning: string;
  /** The kernel's own words, if any: a comment or the accessor's name. */
  readonly quote?: string;
  /** Where it stands, for people: `mm_types.h:130`. */
  readonly place: string;
  /** Another claim on the same bit means something else. */
  readonly clashes?: boolean;
}

export interface DiagramOptions {
  /** What to call a record without a tag: the name of a typedef of it. */
  readonly typedefName?: string;
  /** The member (`lru`), or the path into one (`lru.next`), whose bytes are to be marked. */
  readonly touched?: string;
  readonly claims?: readonly DiagramClaim[];
  /** What the layout is for, for the heading: `x86_64, 6.12`; the target's name if absent. */
  readonly note?: string;
  /** Columns of text to use at most; 80 if absent. */
  readonly columns?: number;
  /** Only the touched rows and those beside them, or else the first ones, with few views: for a hover, which is small. */
  readonly isFolded?: boolean;
  /** Bytes in a cacheline; the architecture's usual if absent. */
  readonly cacheline?: Bytes;
}

/** `struct page`; a record without a tag by its typedef, `atomic_t`. */
export function titleOf(layout: RecordLayout, { typedefName }: DiagramOptions): string {
  return layout.record.tag === undefined && typedefName !== undefined ? typedefName : title(layout.record);
}

export function cachelineOf(layout: RecordLayout, options: DiagramOptions): Bytes {
  return options.cacheline ?? layout.target.cacheline;
}

/** The first byte past what can be drawn: the size, or, of an unknown layout, the end of what is known. */
export function drawnBytes(layout: RecordLayout): Bytes {
  if (layout.status === 'exact') return layout.size;
  const ends = flatten(layout).map((member) => member.offsetBits + member.sizeBits);
  return Math.ceil(Math.max(0, ...ends) / 8);
}

/** `64 bytes`, `align 16`, `1 cacheline` …: the facts of a heading, in order. */
export function facts(layout: RecordLayout, options: DiagramOptions): string[] {
  const note = options.note ?? layout.target.name;
  if (layout.status === 'unknown') return ['size unknown', note];
  const lines = Math.ceil(layout.size / cachelineOf(layout, options));
  const holeBits = layout.holes.reduce((sum, hole) => sum + hole.sizeBits, 0);
  return [
    counted(layout.size, 'byte'),
    `align ${layout.align}`,
    counted(lines, 'cacheline'),
    layout.holes.length === 0 ? 'no holes' : `${counted(layout.holes.length, 'hole')} of ${amount(holeBits)}`,
    ...(layout.paddingBits === 0 ? [] : [`padding ${amount(layout.paddingBits)}`]),
    note,
  ];
}

/** Half-open, in bytes. */
export interface ByteRange {
  readonly start: Bytes;
  readonly end: Bytes;
}

/** The bytes that the touched member lies in; undefined where none is touched, or its place is unknown. */
export function touchedBytes(layout: RecordLayout, { touched }: DiagramOptions): ByteRange | undefined {
  if (touched === undefined) return undefined;
  const place = offsetOf(layout.record, touched, layout.target);
  if (isUnknownValue(place)) return undefined;
  const start = Math.floor(place.offsetBits / 8);
  return { start, end: Math.ceil((place.offsetBits + place.sizeBits) / 8) };
}

/** The cell of a box that is the touched member, or the member on the way to it. */
export function touchedCellOf(box: Box, { touched }: DiagramOptions): Cell | undefined {
  const name = touched === undefined ? undefined : /^\w+/.exec(touched)?.[0];
  return name === undefined ? undefined : box.cells.find((cell) => cell.member?.name === name);
}

/** What lies in left out rows: how many members begin there, or the one that runs through. */
export function elisionText(layout: RecordLayout, boxes: readonly Box[], { start, end }: Elision): string {
  const within = (offsetBits: number) => offsetBits >= start * 8 && offsetBits < end * 8;
  const members = flatten(layout).filter((member) => within(member.offsetBits)).length;
  const holes = layout.status === 'exact' ? layout.holes.filter((hole) => within(hole.offsetBits)).length : 0;
  const parts = [members > 0 && counted(members, 'member'), holes > 0 && counted(holes, 'hole')].filter(Boolean);
  const through = boxes.find((box) => box.start < start && box.end > end);
  if (parts.length === 0 && through !== undefined) parts.push(through.label);
  return `${start}–${end - 1}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Bits as people say them: `3 bytes`, `5 bits`, `3 bytes 5 bits`. */
export function amount(bits: number): string {
  const bytes = Math.floor(bits / 8);
  if (bits % 8 === 0) return counted(bytes, 'byte');
  const rest = counted(bits % 8, 'bit');
  return bytes === 0 ? rest : `${counted(bytes, 'byte')} ${rest}`;
}

/** `8`, `8–23` in bytes; where a range does not start and end with a byte, `byte 40 bit 3`, `byte 40 bits 3–5`. */
export function rangeText({ offsetBits, sizeBits }: BitRange): string {
  const first = Math.floor(offsetBits / 8);
  const end = offsetBits + sizeBits;
  if (offsetBits % 8 === 0 && end % 8 === 0) return span(first, end / 8 - 1);
  const bit = offsetBits - first * 8;
  return `byte ${first} ${sizeBits === 1 ? 'bit' : 'bits'} ${span(bit, bit + sizeBits - 1)}`;
}

function span(first: number, last: number): string {
  return last > first ? `${first}–${last}` : `${first}`;
}

/** Lines of text under a picture, without an indent, at most so many columns wide. */
export interface Caption {
  readonly heading?: string;
  /** What is said of it; wraps at spaces. */
  readonly rows: readonly (readonly [label: string, text: string])[];
}

/** What a picture can't show: the touched member and who shares it, members without bits, claims, why it is unknown. */
export function captions(layout: RecordLayout, options: DiagramOptions): Caption[] {
  return [
    ...unknownCaption(layout),
    ...touchedCaption(layout, options),
    ...sizelessCaption(layout),
    ...claimCaption(layout, options),
  ];
}

function unknownCaption(layout: RecordLayout): Caption[] {
  if (layout.status === 'exact') return [];
  return [{ heading: `unknown: ${layout.reason}`, rows: [] }];
}

function touchedCaption(layout: RecordLayout, { touched }: DiagramOptions): Caption[] {
  if (touched === undefined) return [];
  const place = offsetOf(layout.record, touched, layout.target);
  if (isUnknownValue(place)) return [{ heading: place.unknown, rows: [] }];
  const byRange = new Map<string, string[]>();
  const sharers = sharing(layout, touched).sort(
    (one, other) => one.shared.offsetBits - other.shared.offsetBits || other.shared.sizeBits - one.shared.sizeBits,
  );
  for (const { member, shared } of sharers) {
    const range = rangeText(shared);
    byRange.set(range, [...(byRange.get(range) ?? []), sourceName(member.member)]);
  }
  const where =
    place.sizeBits === 0 ? `at ${place.offsetBits / 8}` : `${amount(place.sizeBits)} at ${rangeText(place)}`;
  const alone = byRange.size === 0 ? ', shared with none' : '';
  return [
    {
      heading: `${declare(place.type, touched)}: ${where}${alone}`,
      rows: [...byRange].map(([range, names]) => [range, listed(names)]),
    },
  ];
}

/** More names than this are no help. */
const MOST_NAMES = 40;

/** Names with commas; of too many, how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  if (names.length > shown.length) shown.push(`and ${names.length - shown.length} more`);
  return shown.join(', ');
}

function sizelessCaption(layout: RecordLayout): Caption[] {
  const sizeless = flatten(layout).filter((member) => member.sizeBits === 0);
  if (sizeless.length === 0) return [];
  return [
    {
      heading: 'without bytes of its own:',
      rows: sizeless
        .slice(0, MOST_NAMES)
        .map(({ member, name, offsetBits }) => [`at ${offsetBits / 8}`, declareAsWritten(member, name)]),
    },
  ];
}

/** Claims in columns: bit, meaning, quote, place. */
export function claimCaption({ target }: RecordLayout, { claims = [] }: DiagramOptions): Caption[] {
  const sorted = [...claims].sort((one, other) => one.word - other.word || one.bit - other.bit);
  const quoted = sorted.map(({ quote }) => (quote === undefined ? '' : `"${quote}"`));
  const meaningWidth = Math.max(0, ...sorted.map(({ meaning }) => meaning.length));
  const quoteWidth = Math.max(0, ...quoted.map((quote) => quote.length));
  const placeWidth = Math.max(0, ...sorted.map(({ place }) => place.length));
  const byWord = new Map<Bytes, [string, string][]>();
  sorted.forEach(({ word, bit, meaning, place, clashes }, index) => {
    const quote = quoteWidth === 0 ? '' : `  ${quoted[index].padEnd(quoteWidth)}`;
    const text = `${meaning.padEnd(meaningWidth)}${quote}  ${place.padEnd(placeWidth)}${clashes ? '  CLASH' : ''}`;
    byWord.set(word, [...(byWord.get(word) ?? []), [`bit ${bit}`, text]]);
  });
  return [...byWord].map(([word, rows]) => ({ heading: wordText(word, target), rows }));
}
