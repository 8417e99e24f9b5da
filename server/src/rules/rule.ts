/** What a rule is: metadata first, then a generator of findings over one file. */
import type { FileAnalysis } from './analysis';
import type { Finding, Severity } from './finding';

export interface RuleMetadata {
  readonly id: string;
  readonly severity: Severity;
  /** What the pipeline has to have worked out before the rule can speak. */
  readonly needs: 'layout' | 'types' | 'flow';
  readonly defaultOn: boolean;
  /** One line, for lists. */
  readonly summary: string;
  /** Markdown: what, why, where the kernel says so, bad, good, the fix, what the rule is known to miss. */
  readonly doc: string;
}

export interface RuleOptions {
  /** Also report what newer kernels moved behind an accessor that this tree lacks. */
  readonly ahead: boolean;
}

export interface Rule extends RuleMetadata {
  /** Whole words without which the rule has nothing to say about a file. */
  readonly words: readonly string[];
  check(file: FileAnalysis, options: RuleOptions): Iterable<Finding>;
}
