/**
 * Identifiers as small numbers: every spelling gets one number for the life of the process, so that the inner loops
 * compare and index integers in place of strings.
 */
import { apart } from './text';

const spellings: string[] = [];

/**
 * Open addressing over the spellings' hashes: a slot holds an id plus one, or 0. Its size is a power of two, and at first
 * enough for the headers of one source.
 */
let slots = new Int32Array(1 << 18);
let hashes = new Int32Array(1 << 17);

/** The number of a spelling; made on first use. */
export function nameId(spelling: string): number {
  let hash = 0;
  for (let at = 0; at < spelling.length; at++) hash = hashWith(hash, spelling.charCodeAt(at));
  return nameIdIn(spelling, 0, spelling.length, hash);
}

/** The hash of a spelling that is one byte longer; 0 is the empty spelling's. */
export function hashWith(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

/**
 * The number of the spelling that stands in a text; `hash` is made of its bytes by `hashWith`.
 * @param isKept The text lives as long as the process does, so that spellings may be parts of it.
 */
export function nameIdIn(text: string, start: number, end: number, hash: number, isKept = false): number {
  const mask = slots.length - 1;
  let slot = Math.imul(hash, 0x9e3779b1) >>> 8;
  for (slot &= mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
    const id = slots[slot] - 1;
    if (hashes[id] === hash && standsAt(spellings[id], text, start, end)) return id;
  }
  const id = spellings.length;
  const spelling = text.slice(start, end);
  spellings.push(isKept ? spelling : apart(spelling));
  if (id * 2 >= slots.length) grow();
  hashes[id] = hash;
  place(id);
  return id;
}

function standsAt(spelling: string, text: string, start: number, end: number): boolean {
  if (spelling.length !== end - start) return false;
  for (let at = 0; at < spelling.length; at++) {
    if (spelling.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}

function place(id: number): void {
  const mask = slots.length - 1;
  let slot = (Math.imul(hashes[id], 0x9e3779b1) >>> 8) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = id + 1;
}

function grow(): void {
  const known = hashes;
  hashes = new Int32Array(known.length * 2);
  hashes.set(known);
  slots = new Int32Array(slots.length * 2);
  for (let id = 0; id < spellings.length - 1; id++) place(id);
}

/** The spelling of a number that `nameId` gave. */
export function nameText(id: number): string {
  return spellings[id];
}

/** Name ids of the words in front of tags. */
export const TAG_WORDS: ReadonlySet<number> = new Set(['struct', 'union', 'enum'].map(nameId));
