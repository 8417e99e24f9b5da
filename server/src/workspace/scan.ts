/**
 * Finds the files worth parsing: those that hold a word some active rule can speak of. A scan over bytes, not a parse.
 *
 * The whole of Linux is 60,000 files and 1.3 GB; reading it takes most of a scan's time, so that all files of a thread
 * go through one buffer.
 */
import fs from 'node:fs';
import type { WordNeed } from '../rules/rule';
import { type NeedSearch, needSearch } from '../rules/word-search';
import { MAX_FILE_BYTES, tooLarge } from './disk';
import { reasonOf } from './errno';
import type { Problem } from './problem';

export interface Scanned {
  /** The files that hold a word, in the order given. */
  readonly candidates: readonly string[];
  readonly problems: readonly Problem[];
}

/** Looks through files that are known to stand inside the tree. Symbolic links are not followed. */
export class Scanner {
  private buffer = Buffer.allocUnsafeSlow(1 << 20);
  private readonly search: NeedSearch;

  /**
   * @param words What makes a file a candidate: any one of these.
   * @param limit The largest file that is read, in bytes.
   */
  constructor(
    words: readonly WordNeed[],
    private readonly limit: number = MAX_FILE_BYTES,
  ) {
    this.search = needSearch(words);
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
