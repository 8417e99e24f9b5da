/**
 * What is known of files as long as they are not written to, kept between runs: a value by path, which holds while inode,
 * size and times are the same.
 */
import { changedAt, isFresh } from '../files/file-stamps';
import type { Cache } from './cache';

interface Known {
  readonly stamp: string;
  readonly value: string;
}

export class FileStampCache {
  private readonly began = Date.now();
  private known: Map<string, Known> | undefined;
  private isChanged = false;

  /** @param key Stands for what the values are, and for all else that they depend on. */
  constructor(
    private readonly cache: Cache,
    private readonly key: string,
  ) {}

  /** Whether nothing was kept of any file. */
  get isEmpty(): boolean {
    this.known ??= this.stored();
    return this.known.size === 0;
  }

  /** The value of a file that is as it was; undefined where none was kept. */
  get(file: string, stamp: string): string | undefined {
    this.known ??= this.stored();
    const known = this.known.get(file);
    return known?.stamp === stamp ? known.value : undefined;
  }

  /**
   * @param stamp Of the file as it was before the value was worked out.
   * @param changed When it was last changed, as the stamp has it.
   */
  set(file: string, stamp: string, value: string, changed = changedAt(stamp)): void {
    if (isFresh(changed, this.began)) return;
    this.known ??= this.stored();
    this.known.set(file, { stamp, value });
    this.isChanged = true;
  }

  keep(): void {
    if (!this.isChanged || !this.known) return;
    this.isChanged = false;
    const fields: string[] = [];
    for (const [file, { stamp, value }] of this.known) fields.push(file, stamp, value);
    this.cache.put(this.key, Buffer.from(fields.join('\0'), 'utf8'));
  }

  private stored(): Map<string, Known> {
    const known = new Map<string, Known>();
    const fields = this.cache.get(this.key)?.toString('utf8').split('\0') ?? [];
    for (let at = 0; at + 2 < fields.length; at += 3)
      known.set(fields[at], { stamp: fields[at + 1], value: fields[at + 2] });
    return known;
  }
}
