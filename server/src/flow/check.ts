/** Runs typestates over the functions of a unit and gives out what was broken, with the path that led there. */
import type { UnitGlobals } from '../parser/globals';
import { AbstractState } from './abstract-state';
import { Exhausted, type FlowFunction, type Violation } from './callees';
import { doubtsIn } from './doubts';
import { type BuiltFunction, Functions } from './functions';
import { gatherViolations, Summaries } from './summaries';
import type { Typestates } from './typestates';

export interface Broken {
  readonly violation: Violation;
  readonly of: FlowFunction;
}

/**
 * Every violation in the functions of the unit's main file. `count` is told of functions that were looked at, and why
 * others were given up.
 */
export function* violationsIn(
  globals: UnitGlobals,
  typestates: Typestates,
  count: (counter: string, by?: number) => void,
): Iterable<Broken> {
  const skipped = (reason: string): void => count(`flow.skipped: ${reason}`);
  const functions = new Functions(globals, typestates, skipped);
  const summaries = new Summaries(functions, typestates, skipped);
  for (const fn of functions.roots()) {
    count('flow.functions');
    for (const [what, by] of doubtsIn(fn.graph)) count(`flow.unsure: ${what}`, by);
    const violations = violationsOf(fn, summaries, skipped);
    for (const violation of violations) yield { violation, of: fn };
  }
}

function violationsOf(fn: BuiltFunction, summaries: Summaries, skipped: (reason: string) => void): Violation[] {
  summaries.refill();
  try {
    return summaries.analyse(fn, new AbstractState(), [], (analysed) => (analysed ? gatherViolations(analysed) : []));
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    skipped(error.message);
    return [];
  }
}
