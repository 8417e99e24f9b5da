/** Searches bytes for words, alone or together: fast enough for all of Linux, whether it is one word or a hundred. */
import type { WordNeed } from './rule';

/** Says whether the first `length` bytes of a buffer hold all words of one of some needs. */
export type NeedSearch = (bytes: Buffer, length: number) => boolean;

/** The search for many words leaps by the length of the shortest; shorter ones are found by the runtime's own search. */
const LONG_WORD = 8;

/** So many words are found faster one by one. */
const FEW_WORDS = 5;

/** The bytes at a window's end that say how far it may leap, and how many bits they are folded into. */
const GRAM = 3;
const GRAM_MASK = (1 << 15) - 1;

const POINT = 0x2e;
const HYPHEN = 0x2d;
const GREATER = 0x3e;
const BLANK = 0x20;

/** By byte, whether it is part of a name: 1 for letters, digits and the underscore. */
export const IN_WORD = new Uint8Array(256);
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

  /** @param words Names, or pieces of code (`(struct folio *`): no letter stands before or behind them. */
  constructor(words: readonly string[]) {
    this.sought = words.map(soughtFor);
    const all = words.map((_word, index) => index);
    const long = all.filter((index) => this.sought[index].bytes.length >= LONG_WORD);
    this.many = long.length > FEW_WORDS ? new ManyWords(this.sought, long) : undefined;
    this.single = this.many ? all.filter((index) => !long.includes(index)) : all;
  }

  /** Gives each word that stands in the first `length` bytes once, by its index, until one is enough; says whether one was. */
  find(bytes: Buffer, length: number, isEnough: (word: number) => boolean): boolean {
    if (this.single.some((index) => this.has(bytes, length, index) && isEnough(index))) return true;
    return this.many?.find(bytes, length, isEnough) ?? false;
  }

  /** Whether all words stand in the first `length` bytes. */
  hasAll(bytes: Buffer, length: number): boolean {
    return this.sought.every((_word, index) => this.has(bytes, length, index));
  }

  private has(bytes: Buffer, length: number, word: number): boolean {
    const sought = this.sought[word];
    const text = bytes.subarray(0, length);
    for (let at = text.indexOf(sought.bytes); at >= 0; at = text.indexOf(sought.bytes, at + 1))
      if (isSoughtAt(text, length, sought, at)) return true;
    return false;
  }
}

/**
 * Wu and Manber's search (A fast algorithm for multi-pattern searching, 1994): a window as long as the shortest word
 * moves over the text; the bytes at its end say how far it may leap without missing a word that starts in between.
 * Where it can't leap, a table of the words by these bytes says which may stand here.
 */
class ManyWords {
  private readonly last: number;
  private readonly leaps = new Uint8Array(GRAM_MASK + 1);
  private readonly ending = new Map<number, number[]>();

  constructor(
    private readonly sought: readonly Sought[],
    words: readonly number[],
  ) {
    this.last = Math.min(...words.map((word) => sought[word].bytes.length), 255) - 1;
    const { last, leaps, ending } = this;
    leaps.fill(last - GRAM + 2);
    for (const word of words) {
      const { bytes } = sought[word];
      for (let index = GRAM - 1; index <= last; index++) {
        const gram = gramOf(bytes[index - 2], bytes[index - 1], bytes[index]);
        leaps[gram] = Math.min(leaps[gram], last - index);
        if (index < last) continue;
        const same = ending.get(gram);
        if (same) same.push(word);
        else ending.set(gram, [word]);
      }
    }
  }

  find(bytes: Buffer, length: number, isEnough: (word: number) => boolean): boolean {
    const { last, leaps, ending, sought } = this;
    let found: Set<number> | undefined;
    for (let end = last; end < length; ) {
      const gram = gramOf(bytes[end - 2], bytes[end - 1], bytes[end]);
      const leap = leaps[gram];
      if (leap > 0) {
        end += leap;
        continue;
      }
      for (const word of ending.get(gram)!) {
        if (found?.has(word) || !isSoughtAt(bytes, length, sought[word], end - last)) continue;
        if (isEnough(word)) return true;
        found ??= new Set();
        found.add(word);
      }
      end++;
    }
    return false;
  }
}

function gramOf(first: number, second: number, third: number): number {
  return ((first << 10) ^ (second << 5) ^ third) & GRAM_MASK;
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
  return (bytes, length) =>
    search.find(bytes, length, (word) => groups[word].some((group) => group.hasAll(bytes, length)));
}

function soughtFor(word: string): Sought {
  const isMember = word.startsWith('.');
  return { bytes: Buffer.from(isMember ? word.slice(1) : word, 'latin1'), isMember };
}

/** Whether a word stands at an offset, no letter before or behind it, and as a member's name where it must be one. */
function isSoughtAt(bytes: Buffer, length: number, { bytes: word, isMember }: Sought, start: number): boolean {
  const end = start + word.length;
  if (end > length || (start > 0 && IN_WORD[bytes[start - 1]]) || (end < length && IN_WORD[bytes[end]])) return false;
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false;
  return !isMember || isBehindOperator(bytes, start);
}

/** Whether `.` or `->` stands before an offset, blanks and line ends left out. */
function isBehindOperator(bytes: Buffer, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && bytes[at] <= BLANK) at--;
  return at >= 0 && (bytes[at] === POINT || (bytes[at] === GREATER && at > 0 && bytes[at - 1] === HYPHEN));
}
