/**
 * A store on disk for what is costly to work out, kept between runs: bytes by key, nothing else.
 *
 * A key is made from everything that an entry depends on (see cacheKey), so that an entry is never wrong, only unused.
 * Entries are written beside and renamed, and carry a checksum: two runs at once, a kill or a damaged disk leave at worst
 * an entry that reads as absent. What was not used longest goes when the store has grown past its bound.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The most that the store may take on disk, in bytes. */
const MOST_BYTES = 256 << 20;

/** Removing goes down to this share of the bound, so that it is not done again at once. */
const KEPT_SHARE = 0.75;

/** Length of the checksum that stands before each entry's bytes, in bytes. */
const CHECKSUM_BYTES = 32;

/** A file that a killed run left half written is removed after this time, in milliseconds. */
const LEFTOVER_AGE = 60 * 60 * 1000;

interface CacheInfo {
  readonly folder: string;
  readonly entries: number;
  readonly bytes: number;
  readonly mostBytes: number;
}

export class Cache {
  private written = 0;

  /** @param mostBytes Bound of the store, in bytes; it is held when a run ends (see trim). */
  constructor(
    private readonly folder: string = defaultFolder(),
    private readonly mostBytes: number = MOST_BYTES,
  ) {}

  /** The bytes that were put under this key; undefined where there are none, or they are not what was put. */
  get(key: string): Buffer | undefined {
    if (this.isInTree()) return undefined;
    const file = this.fileOf(key);
    try {
      const entry = fs.readFileSync(file);
      const bytes = entry.subarray(CHECKSUM_BYTES);
      if (!checksum(key, bytes).equals(entry.subarray(0, CHECKSUM_BYTES))) return undefined;
      const now = new Date();
      fs.utimesSync(file, now, now);
      return bytes;
    } catch {
      return undefined;
    }
  }

  /** Whether there is an entry under this key; what it holds may turn out damaged. */
  has(key: string): boolean {
    return !this.isInTree() && fs.existsSync(this.fileOf(key));
  }

  /**
   * Keeps bytes, given in parts, under a key. A disk that is full or may not be written to is no failure: the entry is
   * just not kept.
   */
  put(key: string, ...parts: readonly Uint8Array[]): void {
    if (this.isInTree()) return;
    const file = this.fileOf(key);
    const beside = `${file}.${crypto.randomUUID()}.part`;
    try {
      writeAnew(beside, [checksum(key, ...parts), ...parts]);
      fs.renameSync(beside, file);
      for (const { length } of parts) this.written += length;
    } catch {
      removeQuietly(beside);
    }
  }

  /** Removes what was not used longest until the store is within its bound; to be called when a run has ended. */
  trim(): void {
    if (this.written === 0) return;
    this.written = 0;
    const entries = entriesBelow(this.folder);
    const leftovers = entries.filter(({ file, used }) => file.endsWith('.part') && Date.now() - used > LEFTOVER_AGE);
    for (const { file } of leftovers) removeQuietly(file);
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    if (total <= this.mostBytes) return;
    entries.sort((a, b) => a.used - b.used);
    for (const { file, size } of entries) {
      if (total <= this.mostBytes * KEPT_SHARE) return;
      removeQuietly(file);
      total -= size;
    }
  }

  /** Where the store is, what is in it, and the most that it may hold; sizes in bytes. */
  info(): CacheInfo {
    const entries = entriesBelow(this.folder);
    const bytes = entries.reduce((sum, { size }) => sum + size, 0);
    return { folder: this.folder, entries: entries.length, bytes, mostBytes: this.mostBytes };
  }

  /** Removes all entries. @returns What is left: files that could not be removed. */
  clear(): CacheInfo {
    for (const { file } of entriesBelow(this.folder)) removeQuietly(file);
    return this.info();
  }

  /** Whatever the environment says, nothing is kept in a kernel tree: it would be taken for a part of it. */
  private isInTree(): boolean {
    this.inTree ??= isInTree(this.folder);
    return this.inTree;
  }

  private inTree: boolean | undefined;

  private fileOf(key: string): string {
    const name = crypto.createHash('sha256').update(key).digest('hex');
    return path.join(this.folder, name.slice(0, 2), name.slice(2));
  }
}

/** A key from all that an entry depends on: texts, the version of the product, settings. Order and bounds count. */
export function cacheKey(parts: readonly string[]): string {
  const hash = crypto.createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part, 'latin1');
  return hash.digest('hex');
}

/** `overlint` in the user's cache folder (XDG Base Directory Specification: XDG_CACHE_HOME, absolute, or ~/.cache). */
function defaultFolder(): string {
  const given = process.env.XDG_CACHE_HOME;
  const base = given && path.isAbsolute(given) ? given : path.join(os.homedir(), '.cache');
  return path.join(base, 'overlint');
}

/** The key is part of the checksum, so that an entry moved under another name does not pass. */
function checksum(key: string, ...parts: readonly Uint8Array[]): Buffer {
  const hash = crypto.createHash('sha256').update(key).update('\0');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Whether a folder, links followed as far as it is there, stands in a kernel tree. */
function isInTree(folder: string): boolean {
  let at = folder;
  while (!fs.existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
  for (at = fs.realpathSync(at); path.dirname(at) !== at; at = path.dirname(at))
    if (TREE.every((name) => fs.existsSync(path.join(at, name)))) return true;
  return false;
}

/** What every kernel tree has. */
const TREE: readonly string[] = ['arch', path.join('include', 'linux')];

/** Writes a file that must not be there yet; its folder is made where it is missing. */
function writeAnew(file: string, parts: readonly Uint8Array[]): void {
  const handle = openAnew(file);
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += fs.writeSync(handle, part, at);
  } finally {
    fs.closeSync(handle);
  }
}

function openAnew(file: string): number {
  try {
    return fs.openSync(file, 'wx', 0o600);
  } catch {
    makeFolder(path.dirname(file));
    return fs.openSync(file, 'wx', 0o600);
  }
}

/**
 * Makes a folder and those above it that are missing. One by one: node's own way begins again for ever where a folder can't
 * be made in one that is there (below /proc, automounts).
 *
 * @throws Where one can't be made.
 */
function makeFolder(folder: string): void {
  const above = path.dirname(folder);
  if (above !== folder && !fs.existsSync(above)) makeFolder(above);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another run may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Another run may have been faster, or the folder may be gone. */
function removeQuietly(file: string): void {
  try {
    fs.unlinkSync(file);
  } catch {
    // What is not there any more needs no removing; what can't be removed is looked at again by the next run.
  }
}

interface Entry {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** When it was last used, in milliseconds of the clock. */
  readonly used: number;
}

function entriesBelow(folder: string): Entry[] {
  const entries: Entry[] = [];
  for (const name of namesIn(folder))
    for (const inner of namesIn(path.join(folder, name))) {
      const file = path.join(folder, name, inner);
      const status = fs.statSync(file, { throwIfNoEntry: false });
      if (status?.isFile()) entries.push({ file, size: status.size, used: status.mtimeMs });
    }
  return entries;
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
