/** Searches bytes for words, alone or together: fast enough for all of Linux, whether it is one word or a hundred. */
import { ANY, bucketsOf, nibblesOf } from './buckets';
import { textRarity } from './rarity';
import { BITS_AT, canSearch, placesBy, roomFor, TABLE_BYTES } from './text-room';

/**
 * A word that stands in a file whole, or several that all do, wherever and in whatever order. One with a point before it
 * (`.lru`) counts only where a member of that name is accessed or designated, behind `.` or `->`. Files are found by them
 * in one pass over the bytes of the whole tree, so that the rarest of several comes first.
 */
export type WordNeed = string | readonly string[];

/** Says whether the text in the room, of so many bytes, holds all words of one of some needs. */
export type NeedSearch = (length: number) => boolean;

/** What stands for a word in the first step: so many of its bytes, those that are rarest together. */
const PRINT = 4;

/** Shorter words are found one by one. */
const SHORTEST = 3;

/** So few words are found faster one by one. */
const FEW_WORDS = 5;

const BUCKETS = 8;

/** Words of C that stand everywhere, so that no part of them tells anything. */
const EVERYWHERE = /struct|const/g;

const POINT = 0x2e;
const HYPHEN = 0x2d;
const GREATER = 0x3e;
const BLANK = 0x20;
const LINE_END = 0x0a;

/** By byte, whether it is part of a name: 1 for letters, digits and the underscore. */
const IN_WORD = new Uint8Array(256);
for (let code = 0; code < 256; code++) IN_WORD[code] = /\w/.test(String.fromCharCode(code)) ? 1 : 0;

/** A word as it is looked for. */
interface Sought {
  readonly bytes: Buffer;
  /** Only behind `.` or `->`. */
  readonly isMember: boolean;
}

/** Finds words of a list, each by itself; one with a dot in front, as the name of a member that is accessed. */
export class WordSearch {
  private readonly sought: readonly Sought[];
  /** Indices of the words that are looked for one by one. */
  private readonly single: readonly number[];
  private readonly many: ManyWords | undefined;

  /**
   * @param words Names, or pieces of code (`(struct folio *`): no letter stands before or behind them, but before a line end
   *   that they begin with.
   */
  constructor(words: readonly string[]) {
    this.sought = words.map(soughtFor);
    const all = words.map((_word, index) => index);
    const long = all.filter((index) => this.sought[index].bytes.length >= SHORTEST);
    this.many = long.length > FEW_WORDS ? ManyWords.of(this.sought, long) : undefined;
    this.single = this.many ? all.filter((index) => !long.includes(index)) : all;
  }

  /**
   * Gives each word that stands in the text once, by its index, until one is enough; says whether one was.
   *
   * @param length Of the text that stands in the room, in bytes (see roomFor).
   */
  find(length: number, isEnough: (word: number) => boolean): boolean {
    if (this.single.some((index) => this.has(length, index) && isEnough(index))) return true;
    return this.many?.find(length, isEnough) ?? false;
  }

  /** Whether all words stand in the text. */
  hasAll(length: number): boolean {
    return this.sought.every((_word, index) => this.has(length, index));
  }

  private has(length: number, word: number): boolean {
    const sought = this.sought[word];
    const text = roomFor(length).subarray(0, length);
    for (let at = text.indexOf(sought.bytes); at >= 0; at = text.indexOf(sought.bytes, at + 1))
      if (isSoughtAt(text, length, sought, at)) return true;
    return false;
  }
}

/** A word with the offset in it of the bytes that stand for it. */
interface Printed {
  readonly word: number;
  readonly offset: number;
}

/** All words at once: places where the bytes that stand for a word may be, each looked at for the words that have them. */
class ManyWords {
  private readonly tables = new Uint8Array(TABLE_BYTES);
  private readonly byPrint = new Map<number, Printed[]>();

  /** Undefined where there is no WebAssembly. */
  static of(sought: readonly Sought[], words: readonly number[]): ManyWords | undefined {
    return canSearch() ? new ManyWords(sought, words) : undefined;
  }

  private constructor(
    private readonly sought: readonly Sought[],
    words: readonly number[],
  ) {
    const prints = new Map<string, readonly number[]>();
    for (const word of words) {
      const { bytes } = sought[word];
      const offset = rarestIn(bytes);
      const print = Array.from({ length: PRINT }, (_none, at) => bytes[offset + at] ?? ANY);
      prints.set(print.join(), print);
      for (const key of keysOf(print)) {
        const same = this.byPrint.get(key);
        if (same) same.push({ word, offset });
        else this.byPrint.set(key, [{ word, offset }]);
      }
    }
    const all = [...prints.values()];
    for (const [bucket, members] of bucketsOf(all, BUCKETS).entries())
      for (const [at, byte] of members.flatMap((member) => [...all[member].entries()])) {
        const { low, high } = nibblesOf(byte);
        for (let bits = 0; bits < 16; bits++) {
          if ((low >> bits) & 1) this.tables[32 * at + bits] |= 1 << bucket;
          if ((high >> bits) & 1) this.tables[32 * at + 16 + bits] |= 1 << bucket;
        }
      }
    for (const key of this.byPrint.keys()) {
      for (const bit of bitsOf(key)) this.tables[BITS_AT + (bit >> 3)] |= 1 << (bit & 7);
    }
  }

  find(length: number, isEnough: (word: number) => boolean): boolean {
    const bytes = roomFor(length);
    const next = placesBy(this.tables);
    let found: Set<number> | undefined;
    for (let at = next(0, length); at < length; at = next(at + 1, length)) {
      const printed = this.byPrint.get(keyAt(bytes, at));
      if (!printed) continue;
      for (const { word, offset } of printed) {
        if (found?.has(word) || !isSoughtAt(bytes, length, this.sought[word], at - offset)) continue;
        if (isEnough(word)) return true;
        found ??= new Set();
        found.add(word);
      }
    }
    return false;
  }
}

/** A print as a text may have it, as `keyAt` reads it. */
function keysOf(print: readonly number[]): number[] {
  if (!print.includes(ANY)) return [keyAt(print, 0)];
  return Array.from({ length: 256 }, (_none, byte) =>
    keyAt(
      print.map((one) => (one === ANY ? byte : one)),
      0,
    ),
  );
}

/** The bytes of a print that stands at an offset, the first one lowest, as word-search.wat reads them. */
function keyAt(bytes: ArrayLike<number>, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** The bits that stand for a print, one in each of two tables of 2^16, as word-search.wat has them. */
function bitsOf(key: number): readonly [number, number] {
  const hash = Math.imul(key, 0x9e3779b1) >>> 0;
  return [hash >>> 16, 0x10000 + ((hash >>> 7) & 0xffff)];
}

/** Where in a word the bytes start that are rarest together. */
function rarestIn(word: Buffer): number {
  const common = [...word.toString('latin1').matchAll(EVERYWHERE)].map(({ index, 0: { length } }) => [
    index,
    index + length,
  ]);
  let best = 0;
  let most = -1;
  const length = Math.min(PRINT, word.length);
  for (let at = 0; at + length <= word.length; at++) {
    const print = word.subarray(at, at + length);
    const isCommon = common.some(([from, end]) => at >= from && at + length <= end);
    const sum = isCommon ? 0 : textRarity(print);
    if (sum > most) [best, most] = [at, sum];
  }
  return best;
}

/** @param needs As rules give them; without any, nothing is found. */
export function needSearch(needs: readonly WordNeed[]): NeedSearch {
  const others = new Map<string, WordSearch[]>();
  for (const need of needs) {
    const [first, ...rest] = typeof need === 'string' ? [need] : need;
    const known = others.get(first);
    if (known) known.push(new WordSearch(rest));
    else others.set(first, [new WordSearch(rest)]);
  }
  const search = new WordSearch([...others.keys()]);
  const groups = [...others.values()];
  return (length) => search.find(length, (word) => groups[word].some((group) => group.hasAll(length)));
}

function soughtFor(word: string): Sought {
  const isMember = word.startsWith('.');
  return { bytes: Buffer.from(isMember ? word.slice(1) : word, 'latin1'), isMember };
}

/** Whether a word stands at an offset, no letter before or behind it, and as a member's name where it must be one. */
function isSoughtAt(bytes: Buffer, length: number, { bytes: word, isMember }: Sought, start: number): boolean {
  const end = start + word.length;
  if (start < 0 || end > length || (end < length && IN_WORD[bytes[end]])) return false;
  if (start > 0 && IN_WORD[bytes[start - 1]] && word[0] !== LINE_END) return false;
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false;
  return !isMember || isBehindOperator(bytes, start);
}

/** Whether `.` or `->` stands before an offset, blanks and line ends left out. */
function isBehindOperator(bytes: Buffer, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && bytes[at] <= BLANK) at--;
  return at >= 0 && (bytes[at] === POINT || (bytes[at] === GREATER && at > 0 && bytes[at - 1] === HYPHEN));
}
