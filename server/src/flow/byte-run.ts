/** What the evaluators of a function and of those that it calls have in common, and what they tell. */
import type { Target } from '../layout/target';
import type { ByteSink } from '../packs/bytes';
import type { Declaration, Expression } from '../types/ast';
import type { Globals } from '../types/scope';
import type { BitRanges } from './bit-ranges';
import type { ByteNames } from './byte-facts';
import type { ByteObject, ByteObjects } from './byte-objects';
import type { BytePlace, ByteState, ByteValue } from './byte-state';
import type { FlowFunction } from './callees';

/** Bytes of an object that leave the kernel, some of them never stored. */
export interface LeavingBytes {
  readonly object: ByteObject;
  readonly sink: ByteSink;
  /** In bits. */
  readonly missing: BitRanges;
  /** What lets it go, and the function that this stands in. */
  readonly expression: Expression;
  readonly of: FlowFunction;
  /** What names the object there. */
  readonly named: Expression | undefined;
}

/** A store into an object: its place, the bits that were stored before, and what stores. */
export interface ByteStore {
  readonly object: ByteObject;
  readonly place: BytePlace;
  readonly stored: BitRanges;
  readonly expression: Expression;
  readonly of: FlowFunction;
}

/** What the evaluators of a function and of those that it calls have in common. */
export interface ByteRun {
  readonly globals: Globals;
  readonly target: Target;
  readonly names: ByteNames;
  readonly objects: ByteObjects;
  isSteady(call: string): boolean;
  /** A text that stands for a variable, whichever function it is of. */
  placeOf(declaration: Declaration): string;
  /** Counts steps. @throws Exhausted */
  spend(steps: number): void;
  /** Told of what leaves, once the facts are settled; undefined before. */
  onLeave: ((leaving: LeavingBytes) => void) | undefined;
  /** Whether memory is followed, too, that was cleared, or whose length is not known. */
  readonly takesAllMemory: boolean;
  /** Told of each store through an expression, before it counts, once the facts are settled. */
  readonly onStore: ((store: ByteStore) => void) | undefined;
  /**
   * What a function in sight makes of a state; undefined where it is not in sight, or not to be followed.
   *
   * @param isDropped Whether the caller goes on whatever the function returns.
   */
  enter(
    name: string,
    state: ByteState,
    given: readonly (ByteValue | undefined)[],
    call: Expression,
    isDropped: boolean,
  ): readonly ByteState[] | undefined;
}

/** Where a function leaves the value that it returns. */
export const RETURNED = { returned: true };
