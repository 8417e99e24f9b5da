/** Stamps of files: what changes when a file is written to or replaced, cheap to ask for. */
import fs from 'node:fs';
import path from 'node:path';

/** Changes with every write to a file and with every other file put in its place; undefined for what is no plain file. */
export function quickStamp(file: string): string | undefined {
  return quickVersion(file)?.stamp;
}

/** A file's stamp, and when it was last written or replaced, in milliseconds of the clock. */
export interface FileVersion {
  readonly stamp: string;
  readonly changed: number;
}

/** As `quickStamp`, for whoever asks for tens of thousands of files. */
export function quickVersion(file: string): FileVersion | undefined {
  const status = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!status?.isFile()) return undefined;
  return { stamp: numbersIn(status).join(':'), changed: Math.max(status.mtimeMs, status.ctimeMs) };
}

/**
 * The same for a file behind links and for a folder, whose stamp changes when a name in it does. It says where the links
 * lead: what leads out of a tree is not read.
 */
export function stampBehindLinks(file: string): string | undefined {
  try {
    const real = fs.realpathSync.native(file);
    const status = fs.statSync(real, { throwIfNoEntry: false });
    return status && `${real === file ? '' : `${real}:`}${numbersIn(status).join(':')}`;
  } catch {
    return undefined;
  }
}

/** `stampBehindLinks` for whoever asks for many files at once: where a folder leads is found out once. */
export function stampsBehindLinks(): (file: string) => string | undefined {
  const folders = new Map<string, string>();
  return (file) => {
    const folder = path.dirname(file);
    try {
      let real = folders.get(folder);
      if (real === undefined) folders.set(folder, (real = fs.realpathSync.native(folder)));
      const status = real === folder ? fs.lstatSync(file, { throwIfNoEntry: false }) : undefined;
      return status && !status.isSymbolicLink() ? numbersIn(status).join(':') : stampBehindLinks(file);
    } catch {
      return stampBehindLinks(file);
    }
  };
}

/** What a stamp is made of; the times come last. */
function numbersIn({ dev, ino, size, mtimeMs, ctimeMs }: fs.Stats): number[] {
  return [dev, ino, size, mtimeMs, ctimeMs];
}

/**
 * A file that was written so shortly before, in milliseconds, may be written again without a change of its stamp, as clocks of
 * file systems are coarse.
 */
const FRESH = 3000;

/** When a file was last written or replaced, in milliseconds of the clock, as its stamp says. */
export function changedAt(stamp: string): number {
  return Math.max(...stamp.split(':').slice(-2).map(Number));
}

/** Whether a file that was last changed then may have changed since `began` without a trace; both in milliseconds of the clock. */
export function isFresh(changed: number, began: number): boolean {
  return changed > began - FRESH;
}

/** FileStamps of files as their numbers, which threads tell each other faster than strings. */
export type FileStamps = Float64Array;

const NUMBERS = 5;

/** FileStamps of so many files, none of which is known. */
export function unknownStamps(files: number): FileStamps {
  return new Float64Array(files * NUMBERS).fill(Number.NaN);
}

export function setStamp(stamps: FileStamps, index: number, status: fs.Stats): void {
  if (status.isFile()) stamps.set(numbersIn(status), index * NUMBERS);
}

/** The stamp of a file as `quickStamp` gives it; undefined where it is not known. */
export function stampAt(stamps: FileStamps, index: number): string | undefined {
  const at = index * NUMBERS;
  if (Number.isNaN(stamps[at])) return undefined;
  return stamps.subarray(at, at + NUMBERS).join(':');
}

/** When a file was last written or replaced, in milliseconds of the clock; its stamp must be known. */
export function changeIn(stamps: FileStamps, index: number): number {
  const end = (index + 1) * NUMBERS;
  return Math.max(stamps[end - 2], stamps[end - 1]);
}
