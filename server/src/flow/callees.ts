/** What functions are to the analysis: themselves, what calls of them come to, and what they break. */
import type { PToken } from '../preprocessor/ptoken';
import type { Declaration, Expression } from '../types/ast';
import type { AbstractState, Mark } from './abstract-state';
import type { Value } from './objects';
import type { Loss } from './state-log';
import type { Forbidden } from './typestates';

/** A function with what the analysis asks of it. */
export interface FlowFunction {
  /** Tells its variables from those of other functions. */
  readonly id: number;
  readonly name: string;
  readonly declaration: Declaration;
  readonly tokens: readonly PToken[];
}

/** A forbidden that was broken: by which expression of the function, and by which calls inside of it. */
export interface Violation {
  readonly forbidden: Forbidden;
  readonly mark: Mark;
  readonly object: string;
  /** What names the object there. */
  readonly named: Expression;
  readonly expression: Expression;
  /** Inside of the called function, where the expression is a call. */
  readonly inside?: { readonly violation: Violation; readonly of: FlowFunction };
}

/** What a call of a function in sight may come to. */
export interface Outcome {
  readonly way: AbstractState;
  readonly value: Value | undefined;
}

export interface Effects {
  readonly outcomes: readonly Outcome[];
  readonly violations: readonly Violation[];
  readonly of: FlowFunction;
  /** What it may have made its caller forget. */
  readonly losses: readonly Loss[];
  /** No way through a function that calls itself is known yet. */
  readonly isUnreached?: boolean;
}

/** What one call comes to. */
export interface Called extends Effects {
  /** The part of the caller's abstract state that the function could see. */
  readonly seen: AbstractState;
}

/** Thrown where a function takes more steps than any real one; nothing is said of it then. */
export class Exhausted extends Error {}

/** Answers calls of functions whose bodies are in sight. */
export interface Callees {
  /** Counts steps. @throws Exhausted where there were too many for one function and all that it calls. */
  spend(steps: number): void;
  /** Undefined where the function is not in sight, or says nothing that a typestate asks about; `lost` where it can't be told. */
  effects(name: string, way: AbstractState, given: readonly Value[], caller: FlowFunction): Called | 'lost' | undefined;
}
