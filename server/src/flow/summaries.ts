/** What calls of functions in sight come to: each is analysed in the abstract state of its call, and remembered. */

import { type AbstractState, type AbstractStates, type Mark, type Marks, stateLattice } from './abstract-state';
import { renamed, type ShapedEffects, shapeOf } from './call-shapes';
import {
  type Called,
  type Callees,
  type Effects,
  Exhausted,
  type FlowFunction,
  type Outcome,
  type Violation,
} from './callees';
import { Evaluator, RETURNED } from './evaluator';
import { seenBy } from './frame';
import type { BuiltFunction, Functions } from './functions';
import type { Block } from './graph';
import { mentions, pointer, type Value, valueText } from './objects';
import { solve } from './solver';
import { StateLog } from './state-log';
import type { Typestates } from './typestates';

/** Calls inside of calls are followed so deep. */
const DEEPEST_CALL = 5;
/** A call that leads to itself is analysed so often. */
const MOST_TURNS = 4;
/** AbstractStates in which one function is analysed for its callers. */
const MOST_CONTEXTS = 60;

/** Steps for one function of the file, with all that it calls. */
const MOST_STEPS = 50_000;

/** An analysed function: what holds before each block, or why nothing can be said. */
interface Analysed {
  readonly before: ReadonlyMap<Block, AbstractStates>;
  readonly evaluator: Evaluator;
}

/** What an analysis may rest on beside the abstract state of its call: how deep it was, what was open around it. */
const ON_DEPTH = 1;
const ON_CALLERS = 2;

/** What a call came to, and what beside its abstract state that rests on. */
interface Known {
  readonly found: Effects | 'lost';
  readonly restsOn: number;
}

export class Summaries implements Callees {
  private readonly known = new Map<string, Known>();
  /** What rests on no caller, by the shapes of calls. */
  private readonly shapes = new Map<string, ShapedEffects & Pick<Known, 'restsOn'>>();
  private restsOn = 0;
  private readonly contexts = new Map<BuiltFunction, number>();
  private readonly open = new Set<BuiltFunction>();
  private left = MOST_STEPS;

  constructor(
    private readonly functions: Functions,
    private readonly typestates: Typestates,
    private readonly skipped: (reason: string) => void,
  ) {}

  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new Exhausted('too many ways through');
  }

  /** Begins to count steps from zero. */
  refill(): void {
    this.left = MOST_STEPS;
    this.restsOn = 0;
  }

  effects(name: string, way: AbstractState, given: readonly Value[]): Called | 'lost' | undefined {
    const isNamed = [...way.objects.keys()].some((object) => given.some((value) => mentions(value, object)));
    if (!(isNamed ? this.functions.concerns(name) : this.functions.starts(name)))
      return isNamed && this.functions.mayChange(name) ? 'lost' : undefined;
    const fn = this.functions.named(name);
    if (!fn) return this.functions.mayChange(name) ? 'lost' : undefined;
    if (!this.open.has(fn) && this.open.size > DEEPEST_CALL) {
      this.restsOn |= ON_DEPTH;
      return 'lost';
    }
    // Inside of itself a function is taken as one, whatever number it hands on.
    const isInside = this.open.has(fn);
    if (isInside) this.restsOn |= ON_CALLERS;
    const taken = given
      .slice(0, fn.declaration.parameters?.length ?? 0)
      .map((value, index) => (isInside && value.kind !== 'pointer' ? parameterOf(fn, index) : value));
    const seen = seenBy(way, taken, new StateLog(rootsOf(fn)));
    const key = `${name}(${taken.map(valueText)}) ${contextOf(seen)}`;
    const found = this.recalled(key) ?? this.analysed(fn, key, way, taken);
    return found === 'lost' ? found : { ...found, seen };
  }

  /** What a call is known to come to, by its own text, by an assumption or by one of its shape. */
  private recalled(key: string): Effects | 'lost' | undefined {
    const known = this.known.get(key);
    if (known) {
      this.restsOn |= known.restsOn;
      return known.found;
    }
    const assumed = this.assumed(key);
    if (assumed) return assumed;
    const { text, roots } = shapeOf(key);
    const shaped = this.shapes.get(text) ?? this.shapes.get(`${text}@${this.open.size}`);
    if (!shaped) return undefined;
    this.restsOn |= shaped.restsOn;
    const effects = renamed(shaped, roots);
    this.known.set(key, { found: effects, restsOn: shaped.restsOn });
    return effects;
  }

  private analysed(fn: BuiltFunction, key: string, way: AbstractState, taken: readonly Value[]): Effects | 'lost' {
    const isInside = this.open.has(fn);
    if (isInside && this.inside.has(fn)) return 'lost';
    const count = this.contexts.get(fn) ?? 0;
    this.contexts.set(fn, count + 1);
    const outer = this.restsOn;
    this.restsOn = 0;
    if (isInside) this.inside.add(fn);
    const found = count > MOST_CONTEXTS ? 'lost' : this.settled(fn, key, way, taken);
    if (isInside) this.inside.delete(fn);
    const { restsOn } = this;
    this.restsOn = outer | restsOn;
    // What rests on a function that is still being analysed is not the last word.
    if (this.asked.size > 0) return found;
    this.known.set(key, { found, restsOn });
    if (found === 'lost' || isInside || restsOn & ON_CALLERS) return found;
    const { text, roots } = shapeOf(key);
    const where = restsOn & ON_DEPTH ? `${text}@${this.open.size}` : text;
    this.shapes.set(where, { effects: found, restsOn, roots });
    return found;
  }

  /** Functions that are being analysed inside of themselves. */
  private readonly inside = new Set<BuiltFunction>();
  /** What calls that are being analysed are taken to come to where they are met again, inside of themselves. */
  private readonly assumptions = new Map<string, Effects>();
  /** Those that were met. */
  private readonly asked = new Set<string>();

  private assumed(key: string): Effects | undefined {
    const assumption = this.assumptions.get(key);
    if (assumption) this.asked.add(key);
    return assumption;
  }

  /** Analyses a call; of one that leads to itself, again with what came out, until nothing new does. */
  private settled(fn: BuiltFunction, key: string, way: AbstractState, taken: readonly Value[]): Effects | 'lost' {
    let assumption: Effects = { of: fn, outcomes: [], violations: [], losses: [], isUnreached: true };
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      this.assumptions.set(key, assumption);
      const log = new StateLog(rootsOf(fn));
      const found = this.enter(fn, seenBy(way, taken, log), taken, log);
      this.assumptions.delete(key);
      const isRecursive = this.asked.delete(key);
      if (!isRecursive || found === 'lost' || textOf(found) === textOf(assumption)) return found;
      assumption = found;
    }
    return 'lost';
  }

  private enter(fn: BuiltFunction, seen: AbstractState, given: readonly Value[], log: StateLog): Effects | 'lost' {
    return this.analyse(fn, seen.copy(), given, (analysed) => {
      if (!analysed) return 'lost';
      const violations = gatherViolations(analysed).filter((violation) => cameFrom(violation.mark, seen));
      const exits = analysed.before.get(fn.graph.exit);
      return { of: fn, outcomes: exits ? outcomesOf(fn, exits) : [], violations, losses: log.losses };
    });
  }

  /** Solves a function from one abstract state and hands on what came out; undefined where that came to no end. */
  analyse<T>(
    fn: BuiltFunction,
    entry: AbstractState,
    given: readonly Value[],
    use: (analysed: Analysed | undefined) => T,
  ): T {
    const evaluator = new Evaluator(fn, fn.graph, this.functions.globals, this.typestates, this);
    (fn.declaration.parameters ?? []).forEach((parameter, index) => {
      entry.values.set(evaluator.placeOf(parameter), given[index] ?? parameterOf(fn, index));
    });
    const isOutermost = !this.open.has(fn);
    this.open.add(fn);
    try {
      const { before, complete } = solve(fn.graph, stateLattice(entry), evaluator);
      if (!complete) this.skipped('no fixed point');
      return use(complete ? { before, evaluator } : undefined);
    } finally {
      if (isOutermost) this.open.delete(fn);
    }
  }
}

/** The violations of an analysed function, each once, in the order of the text. */
export function gatherViolations({ before, evaluator }: Analysed): Violation[] {
  // Every abstract state that lasted was gone through before.
  if (!evaluator.hasViolations) return [];
  const found = new Map<string, Violation>();
  evaluator.onViolation = (violation) => {
    const { expression, forbidden, mark } = violation;
    const key = `${expression.first}:${expression.end}:${forbidden.data.message}`;
    const known = found.get(key);
    if (!known || mark.site.start < known.mark.site.start) found.set(key, violation);
  };
  for (const [block, ways] of before) evaluator.steps(ways, block.steps);
  evaluator.onViolation = undefined;
  return [...found.values()].sort((a, b) => a.expression.first - b.expression.first);
}

function textOf({ outcomes, violations, losses }: Effects): string {
  const ways = outcomes.map(({ way, value }) => `${contextOf(way)} ${value && valueText(value)}`).sort();
  return JSON.stringify([ways, violations.length, losses]);
}

function contextOf(way: AbstractState): string {
  const values = [...way.values].map(([place, value]) => `${place}${valueText(value)}`).sort();
  const truths = [...way.truths].map(([key, truth]) => `${key}${truth}`).sort();
  const sites = [...way.objects].map(([object, marks]) =>
    [...marks]
      .map(([dimension, { state, site }]) => `${object}${dimension}${state}@${site.file.path}:${site.start}`)
      .sort(),
  );
  return `${sites.sort()} ${values} ${truths}`;
}

/** Whether a mark stood there when the function was called. */
function cameFrom(mark: Mark, way: AbstractState): boolean {
  for (const marks of way.objects.values()) for (const known of marks.values()) if (known === mark) return true;
  return false;
}

/**
 * What a function leaves behind, by the truth of what it returns. Where it may leave an object in one state or another
 * and returns the same, nothing is known of the object: the caller can't tell either.
 */
function outcomesOf(fn: FlowFunction, exits: AbstractStates): Outcome[] {
  const classes = new Map<string, { way: AbstractState; value: Value | undefined }>();
  for (const exit of exits.values()) {
    const way = exit.copy();
    const value = way.values.get(RETURNED);
    way.values.delete(RETURNED);
    leaveFunction(fn, way, value);
    const kind = classOf(value);
    const known = classes.get(kind);
    if (!known) classes.set(kind, { way, value: value?.kind === 'condition' ? undefined : value });
    else agree(known, way, value);
  }
  return [...classes.values()];
}

function classOf(value: Value | undefined): string {
  if (value?.kind === 'number') return value.value === 0 ? '0' : value.value < 0 ? 'negative' : 'positive';
  if (value?.kind === 'nonzero') return 'nonzero';
  return value?.kind === 'result' ? valueText(value) : 'other';
}

/** A parameter of which nothing is known. */
function parameterOf({ id }: FlowFunction, index: number): Value {
  return pointer(`p${id}.${index};`);
}

/** What begins the names that a function makes itself. */
function rootsOf({ id }: FlowFunction): readonly string[] {
  return [`v${id}.`, `#${id}.`, `p${id}.`, `h${id}.`];
}

/** Forgets what only the function itself could name, but for the object that it returns. */
function leaveFunction(fn: FlowFunction, way: AbstractState, returned: Value | undefined): void {
  const made = returned?.kind === 'pointer' ? returned.to : undefined;
  const marks = made === undefined ? undefined : way.objects.get(made);
  for (const root of rootsOf(fn)) way.forget(root);
  if (made !== undefined && marks) way.objects.set(made, marks);
}

/** Keeps of a known outcome what another of its class leaves, too. */
function agree(
  known: { way: AbstractState; value: Value | undefined },
  way: AbstractState,
  value: Value | undefined,
): void {
  const { objects, values, truths } = known.way;
  for (const object of new Set([...objects.keys(), ...way.objects.keys()]))
    if (!sameStates(objects.get(object), way.objects.get(object))) objects.delete(object);
  for (const [place, one] of values) {
    const other = way.values.get(place);
    if (!other || valueText(one) !== valueText(other)) values.delete(place);
  }
  for (const [key, truth] of truths) if (way.truths.get(key) !== truth) truths.delete(key);
  if (known.value && (!value || valueText(known.value) !== valueText(value)))
    known.value = known.value.kind === 'number' && known.value.value !== 0 ? { kind: 'nonzero' } : undefined;
}

function sameStates(one: Marks | undefined, other: Marks | undefined): boolean {
  if (!one || !other || one.size !== other.size) return false;
  for (const [dimension, { state }] of one) if (other.get(dimension)?.state !== state) return false;
  return true;
}
