/** What the file inclusions of one translation unit may cost in all: depth alone does not bound headers that include the next twice. */
import type { SourceFile } from './source';

/** gcc's own limit (-fmax-include-depth). */
const DEEPEST = 200;

/** The largest units of the kernel have some 4,000 inclusions that are read, with some 3 million tokens. */
const MOST_INCLUSIONS = 30_000;
const MOST_TOKENS = 40_000_000;

/** Counts files whose includes were not all read, as they are too many. */
export const INCLUDES_TOO_MUCH = 'preprocessor.tooManyInclusions';

export class InclusionBudget {
  /** Whether any file was left out, as it would have been too many. */
  isOver = false;
  private inclusions = 0;
  private tokens = 0;

  /** A file is read once more. */
  spend({ tokens: { count } }: SourceFile): void {
    this.inclusions++;
    this.tokens += count;
  }

  /** Why no other file is read, below so many that are open; undefined where one may be. */
  whyNoMore(depth: number): string | undefined {
    if (depth > DEEPEST) return `more than ${DEEPEST} deep`;
    if (this.inclusions < MOST_INCLUSIONS && this.tokens < MOST_TOKENS) return undefined;
    this.isOver = true;
    return 'after too many others';
  }

  goOnFrom({ inclusions, tokens, isOver }: InclusionBudget): void {
    this.inclusions = inclusions;
    this.tokens = tokens;
    this.isOver = isOver;
  }
}

/** What of a translation unit is counted. */
interface CountedUnit {
  readonly problems: readonly unknown[];
  readonly expansions: { readonly inclusions: InclusionBudget };
}

/** What is counted of a unit for `--stats`. */
export function countersOf({ problems, expansions }: CountedUnit): Record<string, number> {
  return {
    ...(problems.length > 0 && { 'preprocessor.problems': problems.length }),
    ...(expansions.inclusions.isOver && { [INCLUDES_TOO_MUCH]: 1 }),
  };
}
