/** Where in the files of a unit it is not known which branch of a conditional holds, and why. */
import type { SourceFile, Step } from './source';

/** A group of conditionals, as a range of its file's tokens. */
interface Doubt {
  readonly first: number;
  readonly end: number;
  readonly reason: string;
}

export class Doubts {
  private readonly byPath = new Map<string, Doubt[]>();

  /** The group that an `if` step opens could not be decided. */
  note(file: SourceFile, step: Step, reason: string): void {
    const end = step.endif < file.steps.length ? file.steps[step.endif].directive.endToken : file.tokens.count;
    const known = this.byPath.get(file.path) ?? [];
    known.push({ first: step.directive.firstToken, end, reason });
    this.byPath.set(file.path, known);
  }

  /** Why it is not known what tokens [first, end) of a file mean; undefined where it is. */
  within(path: string, first: number, end: number): string | undefined {
    if (this.byPath.size === 0) return undefined;
    return this.byPath.get(path)?.find((doubt) => doubt.first < end && first < doubt.end)?.reason;
  }

  /** Takes over what is said of other files than one. */
  adopt(others: Doubts, without: string): void {
    for (const [path, doubts] of others.byPath) if (path !== without) this.byPath.set(path, [...doubts]);
  }
}
