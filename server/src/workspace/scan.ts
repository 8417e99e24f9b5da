/**
 * Finds the files worth parsing: those that hold a word some active rule can speak of. A scan over bytes, not a parse.
 *
 * The whole of Linux is 60,000 files and 1.3 GB; reading it takes most of a scan's time, so that all files of a thread
 * go through one buffer.
 */
import fs from 'node:fs';
import { MAX_FILE_BYTES, tooLarge } from './disk';
import { reasonOf } from './errno';
import type { Problem } from './problem';

export interface Scanned {
  /** The files that hold a word, in the order given. */
  readonly candidates: readonly string[];
  readonly problems: readonly Problem[];
}

/** So many words are searched one by one; more of them are found faster in one pass. */
const FEW_WORDS = 5;

/** Bytes of identifiers: letters, digits and the underscore. */
const IN_WORD = Uint8Array.from({ length: 256 }, (_, byte) => Number(/\w/.test(String.fromCharCode(byte))));

/** Says whether the first `length` bytes of a buffer hold one of some words as a whole word. */
export type WordSearch = (bytes: Buffer, length: number) => boolean;

/** @param words Identifiers; without any, nothing is found. */
export function wordSearch(words: readonly string[]): WordSearch {
  if (words.length === 0) return () => false;
  if (words.length <= FEW_WORDS) return searchOneByOne(words.map((word) => Buffer.from(word, 'latin1')));
  return searchAtOnce(words);
}

/** Looks through files that are known to stand inside the tree. Symbolic links are not followed. */
export class Scanner {
  private buffer = Buffer.allocUnsafeSlow(1 << 20);
  private readonly search: WordSearch;

  /**
   * @param words Identifiers that make a file a candidate.
   * @param limit The largest file that is read, in bytes.
   */
  constructor(
    words: readonly string[],
    private readonly limit: number = MAX_FILE_BYTES,
  ) {
    this.search = wordSearch(words);
  }

  scan(files: readonly string[]): Scanned {
    const candidates: string[] = [];
    const problems: Problem[] = [];
    for (const file of files) {
      try {
        const length = this.fill(file);
        if (length > this.limit) problems.push({ path: file, message: tooLarge(fs.statSync(file).size, this.limit) });
        else if (holdsZero(this.buffer, length)) problems.push({ path: file, message: 'is binary, not C: skipped' });
        else if (this.search(this.buffer, length)) candidates.push(file);
      } catch (error) {
        problems.push({ path: file, message: reasonOf(error) });
      }
    }
    return { candidates, problems };
  }

  /** Reads a file into the buffer, which grows; returns its length, in bytes, or more than the limit. */
  private fill(file: string): number {
    const handle = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOFOLLOW);
    try {
      let length = fs.readSync(handle, this.buffer, 0, this.buffer.length, 0);
      while (length === this.buffer.length && length <= this.limit) {
        const larger = Buffer.allocUnsafeSlow(this.buffer.length * 2);
        this.buffer.copy(larger);
        this.buffer = larger;
        length += fs.readSync(handle, larger, length, larger.length - length, length);
      }
      return length;
    } finally {
      fs.closeSync(handle);
    }
  }
}

/** C text holds no zero byte; compilers refuse it, and a file with one is a picture or an object that is called .c. */
function holdsZero(bytes: Buffer, length: number): boolean {
  return bytes.subarray(0, length).includes(0);
}

function searchOneByOne(words: readonly Buffer[]): WordSearch {
  return (bytes, length) => {
    const text = bytes.subarray(0, length);
    return words.some((word) => {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
        if (!isInWord(text, at - 1) && !isInWord(text, at + word.length)) return true;
      return false;
    });
  };
}

function isInWord(bytes: Buffer, at: number): boolean {
  return at >= 0 && at < bytes.length && IN_WORD[bytes[at]] === 1;
}

function searchAtOnce(words: readonly string[]): WordSearch {
  const anyWord = new RegExp(`\\b(?:${words.join('|')})\\b`);
  return (bytes, length) => anyWord.test(bytes.toString('latin1', 0, length));
}
