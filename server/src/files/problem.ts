/** What could not be done, and how it is said. */

import { LEFT_OUT, MOST_FINDINGS, type Stats } from '../linter';
import { INCLUDES_TOO_MUCH } from '../preprocessor/inclusion-budget';

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
  const problems: Problem[] = [];
  if (left > 0)
    problems.push({ path: file, message: `has over ${MOST_FINDINGS} findings; ${left} of them are left out` });
  if (stats[INCLUDES_TOO_MUCH]) problems.push({ path: file, message: 'includes too many files: not all were read' });
  return problems;
}
