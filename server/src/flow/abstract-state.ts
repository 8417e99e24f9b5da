/** What is known on one way through a function: values of places, states of objects, truths; and how ways meet. */
import type { PToken } from '../preprocessor/ptoken';
import type { Lattice } from './lattice';
import { madeBy, mentions, sameValue, type Value, valueText } from './objects';
import { SharedMap } from './shared-map';
import { forgetIn, type Loss, type StateLog } from './state-log';

/** The state of one dimension of an object, and where it came into it. */
export interface Mark {
  readonly state: string;
  /** The first token of the expression that did it. */
  readonly site: PToken;
  readonly note: string;
  /** The mark that this one replaced, for a report's path. */
  readonly earlier?: Mark;
}

/** Marks by `typestate.dimension`. */
export type Marks = ReadonlyMap<string, Mark>;

/** Conditions further back than so many seldom come up again. */
const MOST_TRUTHS = 24;

export class AbstractState {
  constructor(
    /** Values by place; a place that is not here holds what it held at first. */
    readonly values: SharedMap<string, Value> = new SharedMap(),
    /** What typestates know of objects, by their text. */
    readonly objects: SharedMap<string, Marks> = new SharedMap(),
    /** Truths of conditions, by their text. */
    readonly truths: SharedMap<string, boolean> = new SharedMap(),
    /** Where it is noted what is forgotten, on this way and its copies; undefined where nobody asks. */
    readonly log?: StateLog,
  ) {}

  copy(): AbstractState {
    return new AbstractState(this.values.copy(), this.objects.copy(), this.truths.copy(), this.log);
  }

  mark(object: string, dimension: string): Mark | undefined {
    return this.objects.get(object)?.get(dimension);
  }

  setMark(object: string, dimension: string, mark: Mark | undefined): void {
    const marks = new Map(this.objects.get(object));
    if (mark) marks.set(dimension, mark);
    else marks.delete(dimension);
    if (marks.size > 0) this.objects.set(object, marks);
    else this.objects.delete(object);
  }

  /** Remembers what a condition came to; the oldest ones are forgotten. */
  learnTruth(key: string, is: boolean): void {
    this.truths.set(key, is);
    if (this.truths.size <= MOST_TRUTHS) return;
    for (const oldest of this.truths.keys()) {
      this.truths.delete(oldest);
      return;
    }
  }

  /** Nothing is known of an object any more. */
  giveUp(object: string): void {
    this.lose({ kind: 'object', text: object });
  }

  /** Forgets all that is named by way of a text: objects, values that speak of them, truths. */
  forget(fragment: string): void {
    this.lose({ kind: 'named', text: fragment });
  }

  /** Variables are gone, and what they held; pointers to them may linger. */
  leave(places: readonly string[]): void {
    for (const held of this.values.keys()) if (places.some((place) => held.startsWith(place))) this.values.delete(held);
  }

  /** Does what is forgotten, and notes it. */
  lose(loss: Loss): void {
    this.log?.note(loss);
    forgetIn(this, loss);
  }

  /** A value that no place holds any more can never come up again. */
  private dropUnnamed(): void {
    for (const object of this.objects.keys()) {
      const made = madeBy(object);
      if (made !== undefined && !this.isNamed(made)) this.objects.delete(object);
    }
  }

  private isNamed(fragment: string): boolean {
    for (const value of this.values.values()) if (mentions(value, fragment)) return true;
    return false;
  }

  /**
   * What two abstract states must share to be kept as one: the states, and which places name the objects that have one.
   * Everything else is dropped where it differs. Makes the abstract state one that is not changed any more, only copied.
   */
  freeze(): string {
    if (this.frozen === undefined) {
      this.dropUnnamed();
      this.frozen = this.signatureNow();
    }
    return this.frozen;
  }

  /** `freeze`, where the abstract state is what two of this signature share: only an object that lost its names may go. */
  freezeAs(signature: string): void {
    const { size } = this.objects;
    this.dropUnnamed();
    this.frozen = this.objects.size === size ? signature : this.signatureNow();
  }

  private frozen: string | undefined;

  private signatureNow(): string {
    if (this.objects.size === 0) return '';
    const parts: string[] = [];
    for (const [object, marks] of this.objects) {
      const states = [...marks].map(([dimension, { state }]) => `${dimension}:${state}`).sort();
      parts.push(`${object}=${states}`);
    }
    for (const [place, value] of this.values) {
      const names =
        (value.kind === 'pointer' && this.objects.has(value.to)) ||
        (value.kind === 'result' && this.objects.has(value.object));
      if (names) parts.push(`${place}->${valueText(value)}`);
    }
    return parts.sort().join(' ');
  }
}

/** The ways that reach a point, those of equal signature as one. */
export type AbstractStates = ReadonlyMap<string, AbstractState>;

/** So many ways are told apart at one point; where there are more, nothing is known of any object there. */
const MOST_WAYS = 24;

export function joined(ways: Iterable<AbstractState>): AbstractStates {
  const found = new Map<string, AbstractState>();
  for (const way of ways) {
    const signature = way.freeze();
    const known = found.get(signature);
    if (!known) found.set(signature, way);
    else if (known !== way) found.set(signature, met(known, way, signature));
  }
  if (found.size <= MOST_WAYS) return found;
  let all: AbstractState | undefined;
  for (const way of found.values()) all = all ? meet(all, way) : way;
  const blank = new AbstractState(all?.values, new SharedMap(), all?.truths, all?.log);
  blank.log?.note({ kind: 'objects', text: '' });
  for (const [place, value] of blank.values) if (value.kind === 'result') blank.values.delete(place);
  return new Map([['', blank]]);
}

/** What holds on both of two ways of one signature. */
function met(one: AbstractState, other: AbstractState, signature: string): AbstractState {
  const both = meet(one, other);
  if (both !== one) both.freezeAs(signature);
  return both;
}

/** What holds on both of two ways; the first itself where that is all of it. Of marks in the same state the one that stands first is kept. */
function meet(one: AbstractState, other: AbstractState): AbstractState {
  const values = new Map<string, Value>();
  for (const [place, value] of one.values) {
    const second = other.values.get(place);
    if (second && sameValue(value, second)) values.set(place, value);
  }
  const truths = new Map<string, boolean>();
  for (const [key, truth] of one.truths) if (other.truths.get(key) === truth) truths.set(key, truth);
  const objects = new Map<string, Marks>();
  let isAll = values.size === one.values.size && truths.size === one.truths.size;
  for (const [object, marks] of one.objects) {
    const kept = metMarks(marks, other.objects.get(object));
    if (kept !== marks) isAll = false;
    if (kept.size > 0) objects.set(object, kept);
  }
  if (isAll) return one;
  return new AbstractState(new SharedMap(values), new SharedMap(objects), new SharedMap(truths), one.log);
}

function metMarks(marks: Marks, others: Marks | undefined): Marks {
  if (marks === others) return marks;
  const kept = new Map<string, Mark>();
  let isAll = true;
  for (const [dimension, mark] of marks) {
    const second = others?.get(dimension);
    if (second?.state !== mark.state) isAll = false;
    else if (second.site.start < mark.site.start) {
      isAll = false;
      kept.set(dimension, second);
    } else kept.set(dimension, mark);
  }
  return isAll ? marks : kept;
}

function sameSituation(one: AbstractState, other: AbstractState): boolean {
  if (one === other) return true;
  if (one.values.size !== other.values.size || one.truths.size !== other.truths.size) return false;
  for (const [place, value] of one.values) {
    const second = other.values.get(place);
    if (!second || !sameValue(value, second)) return false;
  }
  for (const [key, truth] of one.truths) if (other.truths.get(key) !== truth) return false;
  for (const [object, marks] of one.objects)
    for (const [dimension, mark] of marks) {
      const second = other.objects.get(object)?.get(dimension);
      if (second?.state !== mark.state || second.site.start !== mark.site.start) return false;
    }
  return true;
}

/** The lattice of abstract states that starts from one of them. */
export function stateLattice(entry: AbstractState): Lattice<AbstractStates> {
  return {
    initial: () => joined([entry]),
    equals(one, other) {
      if (one.size !== other.size) return false;
      for (const [signature, way] of one) {
        const second = other.get(signature);
        if (!second || !sameSituation(way, second)) return false;
      }
      return true;
    },
    merge: (one, other) => joined([...one.values(), ...other.values()]),
  };
}
