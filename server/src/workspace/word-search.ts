/** Searches bytes for any of some whole words: fast enough for all of Linux, whether it is one word or a hundred. */

/** Says whether the first `length` bytes of a buffer hold one of some words as a whole word. */
export type WordSearch = (bytes: Buffer, length: number) => boolean;

/** So many words are found faster one by one, by the runtime's own search. */
const FEW_WORDS = 5;

/** The search for many words leaps by the length of the shortest; shorter ones would slow it down for all. */
const LONG_WORD = 5;

/** Bytes of identifiers: letters, digits and the underscore. */
const IN_WORD = Uint8Array.from({ length: 256 }, (_, byte) => Number(/\w/.test(String.fromCharCode(byte))));

/** @param words Identifiers; without any, nothing is found. */
export function wordSearch(words: readonly string[]): WordSearch {
  const all = words.map((word) => Buffer.from(word, 'latin1'));
  const long = all.length > FEW_WORDS ? all.filter((word) => word.length >= LONG_WORD) : [];
  const searches = all.filter((word) => !long.includes(word)).map(searchForOne);
  if (long.length > 0) searches.push(searchForMany(long));
  return (bytes, length) => searches.some((search) => search(bytes, length));
}

function searchForOne(word: Buffer): WordSearch {
  return (bytes, length) => {
    const text = bytes.subarray(0, length);
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      if (isWordAt(text, length, word, at)) return true;
    return false;
  };
}

/**
 * Wu and Manber's search (A fast algorithm for multi-pattern searching, 1994): a window as long as the shortest word
 * moves over the text; the two bytes at its end say how far it may leap without missing a word that starts in between.
 */
function searchForMany(words: readonly Buffer[]): WordSearch {
  const last = Math.min(...words.map((word) => word.length)) - 1;
  const leaps = new Uint8Array(1 << 16).fill(Math.min(last, 255));
  for (const word of words)
    for (let index = 1; index <= last; index++) {
      const pair = (word[index - 1] << 8) | word[index];
      leaps[pair] = Math.min(leaps[pair], last - index);
    }
  return (bytes, length) => {
    for (let end = last; end < length; ) {
      const leap = leaps[(bytes[end - 1] << 8) | bytes[end]];
      if (leap === 0 && words.some((word) => isWordAt(bytes, length, word, end - last))) return true;
      end += leap || 1;
    }
    return false;
  };
}

/** Whether a word stands at an offset, and no letter before or behind it. */
function isWordAt(bytes: Buffer, length: number, word: Buffer, start: number): boolean {
  const end = start + word.length;
  if (end > length || (start > 0 && IN_WORD[bytes[start - 1]]) || (end < length && IN_WORD[bytes[end]])) return false;
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) return false;
  return true;
}
