/**
 * The disk as the inner rooms see it: byte strings of regular files inside the roots.
 *
 * A tree may be hostile or broken, so that every path is resolved through its symbolic links before it is opened:
 * nothing outside the roots is read, no pipe or device is opened, and no file is larger than the limit.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { SourceReader } from '../text/text';
import { reasonOf } from './errno';

/** The largest file that is read, in bytes; the kernel's own largest header has 24 million. */
export const MAX_FILE_BYTES = 64 << 20;

/** A text with what identifies this version of the file. */
interface Loaded {
  /** Byte string: one character a byte. */
  readonly text: string;
  /** Changes whenever the file is written or replaced: inode, size and times. */
  readonly stamp: string;
}

/** Why a file could not be read, in words that stand behind `PATH: `. */
interface Refused {
  readonly problem: string;
}

export class Disk implements SourceReader {
  private readonly known = new Map<string, boolean>();
  private readonly folders = new Map<string, RealFolder>();
  private readonly stamps = new Map<string, string>();

  /** @param roots Absolute folders, symbolic links resolved; a single file may be a root, too. */
  constructor(
    private readonly roots: readonly string[],
    private readonly limit: number = MAX_FILE_BYTES,
  ) {}

  read(file: string): string | undefined {
    const loaded = this.load(file);
    if ('problem' in loaded) {
      if (isThere(file)) this.refuse(file, loaded.problem);
      return undefined;
    }
    if (!loaded.text.includes('\0')) return loaded.text;
    this.refuse(file, 'is binary');
    return undefined;
  }

  /**
   * Files that were asked for, are there and can't be read, with the reason: each once. One that is merely missing is
   * none of them.
   */
  refusals(): { readonly path: string; readonly message: string }[] {
    const fresh = [...this.refused].filter(([, told]) => !told.isTold);
    for (const [, told] of fresh) told.isTold = true;
    return fresh.map(([path, { message }]) => ({ path, message }));
  }

  /** All such files so far. */
  get allRefused(): readonly { readonly path: string; readonly message: string }[] {
    return [...this.refused].map(([path, { message }]) => ({ path, message }));
  }

  private readonly refused = new Map<string, { readonly message: string; isTold: boolean }>();

  private refuse(file: string, message: string): void {
    if (!this.refused.has(file)) this.refused.set(file, { message, isTold: false });
  }

  exists(file: string): boolean {
    let answer = this.known.get(file);
    if (answer === undefined) this.known.set(file, (answer = this.probe(file)));
    return answer;
  }

  /** Reads a file, or says why not. */
  load(file: string): Loaded | Refused {
    let handle: number | undefined;
    try {
      const opened = this.open(file);
      if (typeof opened !== 'number') return opened;
      handle = opened;
      const status = fs.fstatSync(handle, { bigint: true });
      if (status.isDirectory()) return { problem: 'is a folder' };
      if (!status.isFile()) return { problem: 'is not a regular file' };
      if (status.size > this.limit) return { problem: tooLarge(Number(status.size), this.limit) };
      const text = textIn(handle, Number(status.size));
      const stamp = stampOf(status);
      this.stamps.set(file, stamp);
      return { text, stamp };
    } catch (error) {
      return { problem: reasonOf(error) };
    } finally {
      if (handle !== undefined) fs.closeSync(handle);
    }
  }

  private open(file: string): number | Refused {
    const plain = REFUSES_LINKS ? this.belowRealFolder(file) : undefined;
    if (plain !== undefined && isInside(this.roots, plain)) {
      try {
        const handle = fs.openSync(plain, READING);
        if (this.isWhatWasMeant(handle, plain)) return handle;
        // A folder on the way has become a link since it was resolved.
        fs.closeSync(handle);
        this.folders.clear();
      } catch {
        // It is a link, or the next steps say what is wrong with it.
      }
    }
    const real = fs.realpathSync.native(file);
    if (!isInside(this.roots, real))
      return { problem: real === file ? 'is outside the tree' : `leads outside the tree, to ${real}` };
    const handle = fs.openSync(real, READING);
    if (this.isWhatWasMeant(handle, real)) return handle;
    fs.closeSync(handle);
    return { problem: 'leads outside the tree' };
  }

  /** Whether an open file is one of this path, or stands inside the roots all the same; Linux alone can tell. */
  private isWhatWasMeant(handle: number, path: string): boolean {
    const opened = openedPath(handle);
    return opened === undefined || opened === path || isInside(this.roots, opened);
  }

  /** The version of a file that was last read here; undefined where it was not read. */
  stampOf(file: string): string | undefined {
    return this.stamps.get(file);
  }

  /** Drops what is remembered about a path that was made, removed or renamed; about all paths without one. */
  forget(file?: string): void {
    this.folders.clear();
    if (file === undefined) this.known.clear();
    else this.known.delete(file);
  }

  /** The version of a file as it is now, as `load` would give it; undefined where that would give none. */
  currentStamp(file: string): string | undefined {
    const status = this.statusOf(file);
    return status?.isFile() ? stampOf(status) : undefined;
  }

  private probe(file: string): boolean {
    const inside = this.belowRealFolder(file);
    if (inside === undefined) return false;
    let found: fs.Stats | undefined;
    try {
      found = fs.lstatSync(inside, { throwIfNoEntry: false });
    } catch {
      return false;
    }
    // Most paths that an #include may mean are absent: one look at them is enough.
    if (found === undefined) return false;
    const status = found.isSymbolicLink() ? this.statusOf(file) : isInside(this.roots, inside) ? found : undefined;
    if (status?.isFile()) return true;
    // A folder of that name may stand beside the header that is meant.
    if (!status?.isDirectory() || file.endsWith('.h')) {
      const loaded = this.load(file);
      this.refuse(file, 'problem' in loaded ? loaded.problem : 'is not a regular file');
    }
    return false;
  }

  /** What stands at a path, links followed, if it is inside the roots. */
  private statusOf(file: string): fs.BigIntStats | undefined {
    const inside = this.belowRealFolder(file);
    if (inside === undefined) return undefined;
    try {
      const status = fs.lstatSync(inside, { throwIfNoEntry: false, bigint: true });
      if (status === undefined) return undefined;
      if (!status.isSymbolicLink()) return isInside(this.roots, inside) ? status : undefined;
      const real = fs.realpathSync.native(inside);
      return isInside(this.roots, real) ? fs.statSync(real, { bigint: true }) : undefined;
    } catch {
      return undefined;
    }
  }

  /** A path with the links in its folder resolved; undefined where that leads nowhere. */
  private belowRealFolder(file: string): string | undefined {
    const folder = this.realFolder(path.dirname(file));
    if (folder === undefined) return undefined;
    // As `join` would, which asks much more of a path than these two need.
    return `${folder}${folder.endsWith(path.sep) ? '' : path.sep}${path.basename(file)}`;
  }

  /**
   * Folders are resolved once for a while: the preprocessor asks for the same few of them many thousand times, and a long
   * session may outlive them.
   */
  private realFolder(folder: string): string | undefined {
    const now = Date.now();
    let known = this.folders.get(folder);
    if (!known || known.until < now) this.folders.set(folder, (known = { path: realPath(folder), until: now + WHILE }));
    return known.path;
  }
}

interface RealFolder {
  /** Undefined where the folder leads nowhere. */
  readonly path: string | undefined;
  /** In milliseconds as Date.now() counts them. */
  readonly until: number;
}

/** In milliseconds. */
const WHILE = 1000;

/** Links are not followed, and opening a pipe does not wait for somebody to write to it. */
const READING = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOFOLLOW;

/** Not so on Windows. */
const REFUSES_LINKS = fs.constants.O_NOFOLLOW !== undefined;

/** Most files fit. */
const scratch = Buffer.allocUnsafeSlow(1 << 18);

/** The bytes of an open file of so many. */
function textIn(handle: number, size: number): string {
  // Some file systems make their files up as they are read, and tell no size.
  if (size === 0) return fs.readFileSync(handle, 'latin1');
  const bytes = size <= scratch.length ? scratch : Buffer.allocUnsafe(size);
  let end = 0;
  for (let read = -1; read !== 0 && end < size; end += read) read = fs.readSync(handle, bytes, end, size - end, null);
  return bytes.toString('latin1', 0, end);
}

/**
 * Where an open file or folder stands now, by /proc/self/fd (proc_pid_fd(5)); undefined where the system does not say.
 * What the name meant before it was opened, and what it means behind that, does not count.
 */
export function openedPath(handle: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return fs.readlinkSync(`/proc/self/fd/${handle}`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/** Whether anything stands at a path, a link that leads nowhere included. */
function isThere(file: string): boolean {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a path is itself a symbolic link, wherever that leads. */
export function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Whether a folder is there, links followed. */
export function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** Whether a resolved path is one of the roots or below one. */
export function isInside(roots: readonly string[], real: string): boolean {
  return roots.some((root) => real === root || real.startsWith(root.endsWith('/') ? root : `${root}/`));
}

/** The path with all symbolic links resolved; undefined where it leads nowhere. */
export function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync.native(file);
  } catch {
    return undefined;
  }
}

/** What changes with every write to a file and with every other file put in its place. */
export function stampOf(status: fs.BigIntStats): string {
  return `${status.dev}:${status.ino}:${status.size}:${status.mtimeNs}:${status.ctimeNs}`;
}

/** The refusal of a file that is larger than a limit; both in bytes. */
export function tooLarge(size: number, limit: number): string {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / (1 << 20))} MB`;
  return `is too large (${megabytes(size)}; the limit is ${megabytes(limit)})`;
}
