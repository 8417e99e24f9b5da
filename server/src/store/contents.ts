/** Digests of files' contents; a file that was not written to since an earlier run need not be read for it. */
import crypto from 'node:crypto';
import type { Disk } from '../files/disk';
import { quickStamp } from '../files/file-stamps';
import type { Cache } from './cache';
import { FileStampCache } from './file-stamp-cache';

/** Bytes of a digest; enough that no two contents share one by chance or by design. */
const DIGEST_BYTES = 20;

export class Contents {
  private readonly digests = new Map<string, string>();
  private readonly memory: FileStampCache;

  constructor(
    private readonly disk: Disk,
    cache: Cache,
    key: string,
  ) {
    this.memory = new FileStampCache(cache, key);
  }

  /** Stands for a file's content; empty where it can't be read. Each file is looked at once. */
  readonly digestOf = (file: string): string => {
    let digest = this.digests.get(file);
    if (digest === undefined) this.digests.set(file, (digest = this.work(file)));
    return digest;
  };

  keep(): void {
    this.memory.keep();
  }

  private work(file: string): string {
    // What a symbolic link leads to may change without the link: such files are read each time.
    const stamp = quickStamp(file);
    const known = stamp && this.disk.exists(file) ? this.memory.get(file, stamp) : undefined;
    if (known !== undefined) return known;
    const text = this.disk.read(file);
    if (text === undefined) return '';
    const digest = digestOf(text);
    if (stamp) this.memory.set(file, stamp, digest);
    return digest;
  }
}

/** @param text A byte string. */
export function digestOf(text: string): string {
  return shortened(sha256Of(text));
}

/** @param text A byte string. */
export function sha256Of(text: string): Buffer {
  return crypto.createHash('sha256').update(text, 'latin1').digest();
}

function shortened(hash: Buffer): string {
  return hash.toString('base64url', 0, DIGEST_BYTES);
}

/** Hashes of texts that several ask for; a file's is remembered, with the text, until it has another one. */
export class TextHashes {
  private readonly known = new Map<string, { readonly text: string; readonly hash: Buffer }>();

  /** SHA-256 of the text of a file, a byte string. */
  of(file: string, text: string): Buffer {
    const known = this.remembered(file, text);
    if (known) return known;
    const hash = sha256Of(text);
    this.known.set(file, { text, hash });
    return hash;
  }

  /** As `digestOf`, of a text that may have been asked for. */
  digestOf(file: string, text: string): string {
    return shortened(this.remembered(file, text) ?? sha256Of(text));
  }

  private remembered(file: string, text: string): Buffer | undefined {
    const known = this.known.get(file);
    return known?.text === text ? known.hash : undefined;
  }
}
