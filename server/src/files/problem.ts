/** What could not be done, and how it is said. */
import { LEFT_OUT, MOST_FINDINGS, type Stats } from '../linter';

/** What kept a file from being checked: said on stderr, and it makes the run end with exit code 2. */
export interface Problem {
  /** Absolute path of the file or folder. */
  readonly path: string;
  /** Why, in words that stand behind `PATH: `. */
  readonly message: string;
}

/** What a result has to be said of beside its findings. */
export function problemsOf(file: string, stats: Readonly<Stats>): Problem[] {
  const left = stats[LEFT_OUT] ?? 0;
  return left > 0 ? [{ path: file, message: `has over ${MOST_FINDINGS} findings; ${left} of them are left out` }] : [];
}
