/** Searches bytes for words, alone or together: fast enough for all of Linux, whether it is one word or a hundred. */
import type { WordNeed } from '../rules/rule';
import { IN_WORD } from '../rules/word-set';

/** Says whether the first `length` bytes of a buffer hold all words of one of some needs. */
export type WordSearch = (bytes: Buffer, length: number) => boolean;

/** So many words are found faster one by one, by the runtime's own search. */
const FEW_WORDS = 5;

/** The search for many words leaps by the length of the shortest; shorter ones would slow it down for all. */
const LONG_WORD = 5;

const POINT = 0x2e;
const HYPHEN = 0x2d;
const GREATER = 0x3e;
const BLANK = 0x20;

/** A word that makes a file a candidate where it stands together with others, if any. */
interface Sought {
  readonly word: Buffer;
  /** Only behind `.` or `->`. */
  readonly isMember: boolean;
  /** What else must stand in the file: all words of any one of these groups. */
  readonly others: (readonly Sought[])[];
}

/** @param needs As rules give them; without any, nothing is found. */
export function wordSearch(needs: readonly WordNeed[]): WordSearch {
  const all = soughtFor(needs);
  const long = all.length > FEW_WORDS ? all.filter(({ word }) => word.length >= LONG_WORD) : [];
  const searches = all.filter((sought) => !long.includes(sought)).map(searchForOne);
  if (long.length > 0) searches.push(searchForMany(long));
  return (bytes, length) => searches.some((search) => search(bytes, length));
}

/** The first words of the needs, each once. */
function soughtFor(needs: readonly WordNeed[]): Sought[] {
  const byFirst = new Map<string, Sought>();
  for (const need of needs) {
    const [first, ...others] = typeof need === 'string' ? [need] : need;
    let sought = byFirst.get(first);
    if (!sought) byFirst.set(first, (sought = soughtAlone(first)));
    sought.others.push(others.map(soughtAlone));
  }
  return [...byFirst.values()];
}

function soughtAlone(written: string): Sought {
  const isMember = written.startsWith('.');
  return { word: Buffer.from(isMember ? written.slice(1) : written, 'latin1'), isMember, others: [] };
}

function searchForOne(sought: Sought): WordSearch {
  return (bytes, length) => stands(bytes, length, sought) && hasOthers(bytes, length, sought);
}

/** Whether a word stands anywhere in a text. */
function stands(bytes: Buffer, length: number, sought: Sought): boolean {
  const { word } = sought;
  const text = bytes.subarray(0, length);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (isSoughtAt(text, length, sought, at)) return true;
  return false;
}

/** Whether all words of one of the groups stand in a text. */
function hasOthers(bytes: Buffer, length: number, { others }: Sought): boolean {
  return others.some((group) => group.every((other) => stands(bytes, length, other)));
}

/**
 * Wu and Manber's search (A fast algorithm for multi-pattern searching, 1994): a window as long as the shortest word
 * moves over the text; the two bytes at its end say how far it may leap without missing a word that starts in between.
 * Where it can't leap, a table of the words by these two bytes says which may stand here.
 */
function searchForMany(all: readonly Sought[]): WordSearch {
  const last = Math.min(...all.map(({ word }) => word.length)) - 1;
  const leaps = new Uint8Array(1 << 16).fill(Math.min(last, 255));
  const ending = new Map<number, Sought[]>();
  for (const sought of all) {
    const { word } = sought;
    for (let index = 1; index <= last; index++) {
      const pair = (word[index - 1] << 8) | word[index];
      leaps[pair] = Math.min(leaps[pair], last - index);
      if (index < last) continue;
      const same = ending.get(pair);
      if (same) same.push(sought);
      else ending.set(pair, [sought]);
    }
  }
  return (bytes, length) => {
    const alone = new Set<Sought>();
    for (let end = last; end < length; ) {
      const pair = (bytes[end - 1] << 8) | bytes[end];
      const leap = leaps[pair];
      if (leap > 0) {
        end += leap;
        continue;
      }
      for (const sought of ending.get(pair)!) {
        if (alone.has(sought) || !isSoughtAt(bytes, length, sought, end - last)) continue;
        if (hasOthers(bytes, length, sought)) return true;
        alone.add(sought);
      }
      end++;
    }
    return false;
  };
}

/** Whether a word stands at an offset, no letter before or behind it, and as a member's name where it must be one. */
function isSoughtAt(bytes: Buffer, length: number, { word, isMember }: Sought, start: number): boolean {
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
