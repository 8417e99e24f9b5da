/** What a dataflow analysis has to say about its facts: where they start, when two are the same, how two meet. */

export interface Lattice<State> {
  /** What holds before the first step of a function. */
  initial(): State;
  equals(one: State, other: State): boolean;
  /** What holds where two ways meet. Must only ever grow: a finite number of merges reaches a fixed point. */
  merge(one: State, other: State): State;
}

/** What a block's steps and an edge do to the facts; pure. */
export interface Transfer<State, Step, Match = unknown> {
  steps(state: State, steps: readonly Step[]): State;
  /** Facts on the way out of a test that came out so; undefined where no execution takes this way. */
  branch(state: State, test: Step, holds: boolean): State | undefined;
  /** Facts on the way from a switch to a label; undefined where no execution takes this way. */
  match?(state: State, match: Match): State | undefined;
}
