/** What steps make of a state, kept while one function is analysed: a loop brings most of its states back unchanged. */
import type { Step } from './graph';

export class RememberedSteps<State extends object> {
  private readonly known = new Map<readonly Step[], Map<State, readonly State[]>>();

  /**
   * The outcomes of steps from a state, made where they are not known.
   *
   * @param state One that is not changed any more, only copied; neither may its outcomes be.
   */
  outcomes(steps: readonly Step[], state: State, make: () => readonly State[]): readonly State[] {
    let known = this.known.get(steps);
    if (!known) this.known.set(steps, (known = new Map()));
    let outcomes = known.get(state);
    if (!outcomes) known.set(state, (outcomes = make()));
    return outcomes;
  }
}
