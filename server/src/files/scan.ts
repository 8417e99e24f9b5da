/**
 * Finds the files worth parsing: those that hold a word some active rule can speak of. A scan over bytes, not a parse.
 *
 * The whole of Linux is 60,000 files and 1.3 GB; reading it takes most of a scan's time, so that all files of a thread
 * go through one buffer.
 */
import fs from 'node:fs';
import { MAX_FILE_BYTES, tooLarge } from '../files/disk';
import { reasonOf } from '../files/errno';
import type { Problem } from '../files/problem';
import { roomFor } from '../search/text-room';
import type { WordNeed } from '../search/word-search';
import { type NeedSearch, needSearch } from '../search/word-search';
import { type FileStamps, setStamp, unknownStamps } from './file-stamps';

export interface Scanned {
  /** The files that hold a word, in the order given. */
  readonly candidates: readonly string[];
  readonly problems: readonly Problem[];
  /** Where they were asked for: the stamps of all files given, from before they were read. */
  readonly stamps?: FileStamps;
}

/** Looks through files that are known to stand inside the tree. Symbolic links are not followed. */
export class Scanner {
  private readonly search: NeedSearch;

  /**
   * @param words What makes a file a candidate: any one of these.
   * @param limit The largest file that is read, in bytes.
   */
  constructor(
    words: readonly WordNeed[],
    private readonly limit: number = MAX_FILE_BYTES,
    /** Is asked of files that hold no word whether they are candidates all the same. */
    private readonly isOther?: (path: string, text: () => string) => boolean,
  ) {
    this.search = needSearch(words);
  }

  /** @param stamped Whether the files' stamps are asked for. */
  scan(files: readonly string[], stamped = false): Scanned {
    const candidates: string[] = [];
    const problems: Problem[] = [];
    const stamps = stamped ? unknownStamps(files.length) : undefined;
    for (const [index, file] of files.entries()) {
      try {
        const length = this.fill(file, (handle) => stamps && setStamp(stamps, index, fs.fstatSync(handle)));
        if (length > this.limit) problems.push({ path: file, message: tooLarge(fs.statSync(file).size, this.limit) });
        else if (roomFor(length).subarray(0, length).includes(0))
          problems.push({ path: file, message: 'is binary, not C: skipped' });
        else if (this.search(length) || this.hasOther(file, length)) candidates.push(file);
      } catch (error) {
        problems.push({ path: file, message: reasonOf(error) });
      }
    }
    return stamps ? { candidates, problems, stamps } : { candidates, problems };
  }

  private hasOther(file: string, length: number): boolean {
    return this.isOther?.(file, () => roomFor(length).toString('latin1', 0, length)) ?? false;
  }

  /** Reads a file into the room; returns its length, in bytes, or more than the limit. */
  private fill(file: string, onOpen: (handle: number) => void): number {
    const handle = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOFOLLOW);
    try {
      onOpen(handle);
      let room = roomFor(1);
      let length = fs.readSync(handle, room, 0, room.length, 0);
      while (length === room.length && length <= this.limit) {
        room = roomFor(length + 1);
        length += fs.readSync(handle, room, length, room.length - length, length);
      }
      return length;
    } finally {
      fs.closeSync(handle);
    }
  }
}
