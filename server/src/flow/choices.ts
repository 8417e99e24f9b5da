/** Runs steps once for each way in which they may come out, without their having to hold all of them at once. */

/** Says which way to take at each point where they may come out differently. */
export class Choices {
  private readonly taken: number[] = [];

  constructor(
    private readonly script: readonly number[],
    private readonly waiting: (readonly number[])[],
  ) {}

  /** One of 0 … count-1; each of them in some run. */
  pick(count: number): number {
    const { taken, script } = this;
    const planned = taken.length < script.length;
    const chosen = planned ? script[taken.length] : 0;
    if (!planned) for (let other = 1; other < count; other++) this.waiting.push([...taken, other]);
    taken.push(chosen);
    return chosen;
  }
}

/** Steps with more outcomes than this keep the first of them, and say so. */
const MOST_OUTCOMES = 32;

/** Every outcome of `run`; `complete` is false where there were too many. */
export function allOutcomes<T>(run: (choices: Choices) => T): { outcomes: T[]; complete: boolean } {
  const waiting: (readonly number[])[] = [[]];
  const outcomes: T[] = [];
  for (let script = waiting.pop(); script; script = waiting.pop()) {
    if (outcomes.length === MOST_OUTCOMES) return { outcomes, complete: false };
    outcomes.push(run(new Choices(script, waiting)));
  }
  return { outcomes, complete: true };
}
