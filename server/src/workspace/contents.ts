/** Digests of files' contents; a file that was not written to since an earlier run need not be read for it. */
import crypto from 'node:crypto';
import type { Cache } from './cache';
import type { Disk } from './disk';
import { quickStamp, StampMemory } from './stamp-memory';

/** Bytes of a digest; enough that no two contents share one by chance or by design. */
const DIGEST_BYTES = 20;

export class Contents {
  private readonly digests = new Map<string, string>();
  private readonly memory: StampMemory;

  constructor(
    private readonly disk: Disk,
    cache: Cache,
    key: string,
  ) {
    this.memory = new StampMemory(cache, key);
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
  return crypto.createHash('sha256').update(text, 'latin1').digest().toString('base64url', 0, DIGEST_BYTES);
}
