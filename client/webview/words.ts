/** Amounts, places and whole cells in words: for the eye in short, for a screen reader in full. */
import type { Cell, Claim, Location, Model, Picture } from '../src/layout/answers';
import type { Move } from './moves';
import type { BitMark, Piece } from './rows';

/** `3 bytes`, `5 bits`, `1 byte 2 bits`. */
export function amount(bits: number): string {
  const [bytes, rest] = [Math.floor(bits / 8), bits % 8];
  const parts = [bytes > 0 || rest === 0 ? counted(bytes, 'byte') : '', rest > 0 ? counted(rest, 'bit') : ''];
  return parts.filter((part) => part !== '').join(' ');
}

export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `8`, or `8:3` within a byte. */
export function offsetText(bits: number): string {
  return bits % 8 === 0 ? String(bits / 8) : `${Math.floor(bits / 8)}:${bits % 8}`;
}

/** `at 8`, `at byte 8 bit 3`. */
function spokenOffset(bits: number): string {
  return bits % 8 === 0 ? `at byte ${bits / 8}` : `at byte ${Math.floor(bits / 8)} bit ${bits % 8}`;
}

/** `mm_types.h:89` */
export function placeText({ uri, range }: Location): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return `${decodeURIComponent(name)}:${range.start.line + 1}`;
}

/** The members of the same record that share bytes with a cell, in the picture's order. */
export function sharers(picture: Picture, cell: Cell): Cell[] {
  const end = cell.offsetBits + cell.sizeBits;
  return picture.cells.filter(
    (other) =>
      other.kind === 'member' &&
      other.lane !== cell.lane &&
      other.offsetBits < end &&
      other.offsetBits + other.sizeBits > cell.offsetBits,
  );
}

/** The claims on the words that a cell lies in, where it is at `at` bytes of the record that is drawn first. */
export function claimsOn(picture: Picture, cell: Cell): Claim[] {
  const [start, end] = [cell.offsetBits / 8, (cell.offsetBits + cell.sizeBits) / 8];
  return picture.claims.filter(({ word }) => word < end && word + picture.wordSize > start);
}

/** The record that a piece belongs to. */
export function recordOf({ picture, family }: Pick<Model, 'picture' | 'family'>, record: number): Picture {
  return record === 0 ? picture : family[record - 1].picture;
}

/** All of a cell that a screen reader is to say when it is reached. */
export function cellLabel(model: Pick<Model, 'picture' | 'family'>, piece: Piece, move?: Move): string {
  const { cell, record, continues } = piece;
  const picture = recordOf(model, record);
  const said = [cell.kind === 'member' ? (cell.declaration ?? cell.name ?? '') : cell.kind];
  said.push(`${amount(cell.sizeBits)} ${spokenOffset(cell.offsetBits)}`);
  if (continues) said.push('continued');
  if (record > 0) said.push(picture.title);
  const view = cell.view === undefined ? undefined : picture.views[cell.view]?.comment;
  if (view !== undefined) said.push(`view: ${view}`);
  const sharing = sharers(picture, cell).map(({ name, label }) => label ?? name);
  if (sharing.length > 0) said.push(`shares bytes with ${sharing.join(', ')}`);
  if (move) said.push(moveText(move));
  if (cell.kind === 'member' && cell.comment) said.push(cell.comment);
  return said.join('; ');
}

export function markLabel(word: number, { bit, claims, clashes }: BitMark): string {
  const said = claims.map(
    ({ kind, owner, quote }) => `${owner} ${kind === 'sets' ? 'sets it' : 'keeps it clear'}: ${quote}`,
  );
  return [`bit ${bit} of the word at byte ${word}`, ...(clashes ? ['claims clash'] : []), ...said].join('; ');
}

/** `was at 16`, `was 8 bytes`, `new`, `gone`. */
export function moveText({ before, after }: Move): string {
  if (!before) return 'new';
  if (!after) return 'gone';
  const parts: string[] = [];
  if (before.offsetBits !== after.offsetBits) parts.push(`at ${offsetText(before.offsetBits)}`);
  if (before.sizeBits !== after.sizeBits) parts.push(amount(before.sizeBits));
  return `was ${parts.join(', ')}`;
}
