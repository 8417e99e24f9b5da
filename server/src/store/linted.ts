/** What linting one file gave, as a run and the store hand it on. */
import type { Suppressed } from '../analysis/allow';
import type { Finding } from '../analysis/finding';
import type { Problem } from '../files/problem';

/** What linting one file gave; plain data. */
export interface Linted {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** Findings that comments allow. */
  readonly suppressed?: readonly Suppressed[];
  readonly stats: Readonly<Record<string, number>>;
  /** Which version of each file the fixes are for (see Disk.stampOf). */
  readonly stamps: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  /** It is what an earlier run gave, and still holds. */
  readonly recalled?: boolean;
  /** It was not looked at, as the time was over. */
  readonly skipped?: boolean;
}

/** In place of the result of a file that was not begun. */
export function skipped(file: string): Linted {
  return { file, findings: [], stats: {}, stamps: {}, problems: [], skipped: true };
}

/** The result of a file that could not be linted. */
export function unlinted(file: string, message: string): Linted {
  return { file, findings: [], stats: {}, stamps: {}, problems: [{ path: file, message }] };
}
