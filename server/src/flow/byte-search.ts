/** Follows the bytes of a function's objects through it and what it calls: what leaves unstored, and what is stored when. */
import type { Target } from '../layout/target';
import type { UnitGlobals } from '../parser/globals';
import { writtenAt } from '../preprocessor/ptoken';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import { ByteEvaluator } from './byte-evaluator';
import type { ByteNames } from './byte-facts';
import { ByteObjects } from './byte-objects';
import { type ByteRun, type ByteStore, type LeavingBytes, RETURNED } from './byte-run';
import { ByteState, type ByteStates, type ByteValue, byteLattice, objectsOf } from './byte-state';
import { Exhausted, type FlowFunction } from './callees';
import { type EnteredLoops, enteredLoops } from './entered-loops';
import type { BuiltFunction, Functions } from './functions';
import { type Solution, solve } from './solver';

export interface Leak extends LeavingBytes {
  /** Where it leaves, as a person reads it: in a function of the main file. */
  readonly at: { readonly expression: Expression; readonly of: FlowFunction };
}

/** A function that is followed through more steps than this, with all that it calls, is given up. */
const MOST_STEPS = 40_000;
const DEEPEST_CALL = 5;

const loopsOf = new WeakMap<BuiltFunction, EnteredLoops>();

class ByteSearch implements ByteRun {
  readonly objects: ByteObjects;
  onLeave: ((leaving: LeavingBytes) => void) | undefined;
  onStore: ((store: ByteStore) => void) | undefined;
  private steps = MOST_STEPS;
  private readonly ordinals = new Map<Declaration, number>();
  private readonly open: { readonly fn: BuiltFunction; call?: Expression }[] = [];
  private readonly found = new Map<string, Leak>();
  private readonly solved = new Map<string, Solution<ByteStates>>();
  private readonly ids = new Map<object, number>();

  constructor(
    readonly globals: UnitGlobals,
    readonly target: Target,
    readonly names: ByteNames,
    private readonly functions: Functions,
    readonly isSteady: (call: string) => boolean,
    /** Told of each store into an object; all memory is followed then. */
    private readonly onStored: ((store: ByteStore) => void) | undefined,
    skipped: (reason: string) => void,
  ) {
    this.objects = new ByteObjects(target, skipped);
  }

  get takesAllMemory(): boolean {
    return this.onStored !== undefined;
  }

  placeOf(declaration: Declaration): string {
    const ordinal = this.ordinals.get(declaration) ?? this.ordinals.size;
    this.ordinals.set(declaration, ordinal);
    return `v${ordinal};`;
  }

  spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw new Exhausted('too many steps');
  }

  /** What leaves in a function, in the order of the text. */
  search(fn: BuiltFunction): Leak[] {
    this.analyse(fn, new ByteState(), true);
    return [...this.found.values()].sort((a, b) => a.at.expression.first - b.at.expression.first);
  }

  enter(
    name: string,
    state: ByteState,
    given: readonly (ByteValue | undefined)[],
    call: Expression,
    isDropped: boolean,
  ): readonly ByteState[] | undefined {
    const fn = this.functions.named(name);
    if (!fn || this.open.length >= DEEPEST_CALL || this.open.some((one) => one.fn === fn)) return undefined;
    const parameters = fn.declaration.parameters ?? [];
    if (given.length > parameters.length) return undefined;
    const entry = state.copy();
    parameters.forEach((parameter, index) => {
      entry.set(parameter, given[index]);
      entry.forget(this.placeOf(parameter));
      this.objects.view(parameter, given[index]);
    });
    this.open[this.open.length - 1].call = call;
    const found = this.analyse(fn, entry, this.onLeave !== undefined);
    const ways = found && withoutNulls(found, entry, parameters, given);
    for (const way of ways ?? []) for (const parameter of parameters) way.values.delete(parameter);
    return ways && (isDropped ? ways : withoutFailures(ways, entry, fn.declaration, given));
  }

  /** The ways out of a function; undefined where they were not all found. */
  private analyse(fn: BuiltFunction, entry: ByteState, isTold: boolean): ByteState[] | undefined {
    const loops = loopsOf.get(fn) ?? enteredLoops(fn.graph);
    loopsOf.set(fn, loops);
    const told = this.onLeave;
    this.open.push({ fn });
    try {
      this.onLeave = undefined;
      this.onStore = undefined;
      const evaluator = new ByteEvaluator(fn, this, loops);
      const { before, complete } = this.solution(entry, evaluator, loops);
      if (!complete) return undefined;
      if (isTold) {
        this.onLeave = (leaving) => this.take(leaving);
        this.onStore = this.onStored;
        for (const [block, states] of before) evaluator.steps(states, block.steps);
        const ends = before.get(loops.graph.exit);
        if (ends && this.open.length === 1) evaluator.leaveAtEnd(ends);
      }
      return [...(before.get(loops.graph.exit)?.values() ?? [])].map((state) => state.copy());
    } finally {
      this.open.pop();
      this.onLeave = told;
      this.onStore = told && this.onStored;
    }
  }

  /** What holds in a function that is entered with a state: the same wherever the same calls lead to it. */
  private solution(entry: ByteState, evaluator: ByteEvaluator, { graph }: EnteredLoops): Solution<ByteStates> {
    const key = `${this.open.map(({ fn }) => this.idOf(fn))} ${entry.text((object) => this.idOf(object))}`;
    let solution = this.solved.get(key);
    if (!solution) this.solved.set(key, (solution = solve(graph, byteLattice(entry), evaluator)));
    return solution;
  }

  private idOf(object: object): number {
    const id = this.ids.get(object) ?? this.ids.size;
    this.ids.set(object, id);
    return id;
  }

  private take(leaving: LeavingBytes): void {
    const main = this.globals.unit.main.file;
    let at: { expression: Expression; of: FlowFunction } = leaving;
    for (let depth = this.open.length - 2; depth >= 0 && !isIn(at, main); depth--) {
      const { fn, call } = this.open[depth];
      if (call) at = { expression: call, of: fn };
    }
    if (!isIn(at, main)) return;
    const { start } = writtenAt(at.of.tokens[at.expression.first]);
    const key = `${start} ${leaving.object.id}`;
    const known = this.found.get(key);
    if (!known || bitsIn(leaving) > bitsIn(known)) this.found.set(key, { ...leaving, at });
  }
}

/**
 * A function that returns whether it failed leaves what it was given as it was where it fails: unless such a way is known to
 * return 0, it is taken for one that the caller does not go on from. A caller that drops the result goes on from all.
 */
function withoutFailures(
  ways: ByteState[],
  entry: ByteState,
  { type }: Declaration,
  given: readonly (ByteValue | undefined)[],
): ByteState[] {
  const bare = strip(type);
  if (bare.kind !== 'function' || strip(bare.returns).kind === 'void') return ways;
  const returned = (way: ByteState): ByteValue | undefined => way.values.get(RETURNED);
  const touching = ways.filter((way) => {
    const value = returned(way);
    // A caller that tests the result is followed on: what is known to be returned decides what it does.
    return !isUntouched(way, entry, given) || value?.kind === 'number';
  });
  return touching.length > 0 ? touching : ways;
}

/**
 * A function that does nothing where it is given no address at all is taken to be given one: of a pointer that its caller knows
 * nothing of, it is a guard.
 */
function withoutNulls(
  ways: ByteState[],
  entry: ByteState,
  parameters: readonly Declaration[],
  given: readonly (ByteValue | undefined)[],
): ByteState[] {
  const isNull = (way: ByteState): boolean =>
    parameters.some((parameter, index) => {
      const value = way.values.get(parameter);
      const isPointer = strip(parameter.type).kind === 'pointer';
      return isPointer && given[index] === undefined && value?.kind === 'number' && value.value === 0;
    });
  const left = ways.filter((way) => !isNull(way) || !isUntouched(way, entry, given));
  return left.length > 0 ? left : ways;
}

/** Whether a function left the objects that it was given as they were. */
function isUntouched(way: ByteState, entry: ByteState, given: readonly (ByteValue | undefined)[]): boolean {
  const objects = given.flatMap((value) => [...objectsOf(value)]);
  return objects.every((object) => String(way.objects.get(object)) === String(entry.objects.get(object)));
}

function isIn({ expression, of }: { expression: Expression; of: FlowFunction }, file: object): boolean {
  return writtenAt(of.tokens[expression.first]).file === file;
}

function bitsIn({ missing }: LeavingBytes): number {
  return missing.reduce((sum, bit, index) => sum + (index % 2 === 0 ? -bit : bit), 0);
}

/** What a search rests on: the unit, and what is known of functions. */
export interface SearchContext {
  readonly globals: UnitGlobals;
  readonly target: Target;
  readonly names: ByteNames;
  readonly functions: Functions;
  isSteady(call: string): boolean;
  /** Told why nothing can be said of a function, or of an object in it. */
  skipped(reason: string): void;
}

/** What leaves a function with bytes never stored; `onStored` is told of each store into memory that the function is given. */
export function leaksOf(
  fn: BuiltFunction,
  context: SearchContext,
  onStored?: (store: ByteStore) => void,
): readonly Leak[] {
  const { globals, target, names, functions, isSteady, skipped } = context;
  try {
    return new ByteSearch(globals, target, names, functions, isSteady, onStored, skipped).search(fn);
  } catch (error) {
    if (!(error instanceof Exhausted) && !(error instanceof RangeError)) throw error;
    skipped(error instanceof Exhausted ? error.message : 'nesting is too deep');
    return [];
  }
}
