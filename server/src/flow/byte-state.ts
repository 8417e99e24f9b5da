/** What is known of memory on one way through a function: which bits of each object are stored, and what variables hold. */
import type { ByteSink } from '../packs/bytes';
import type { Expression } from '../types/ast';
import { type BitRanges, commonBits, NO_BITS, withBits, withEach } from './bit-ranges';
import type { FlowFunction } from './callees';
import type { Lattice } from './lattice';
import { SharedMap } from './shared-map';

/** A place in an object, in bytes. */
export interface BytePlace {
  readonly object: string;
  /** From the object's start; undefined for somewhere in [low, high). */
  readonly at: number | undefined;
  /** What it is a part of: the member, the element, the array. */
  readonly low: number;
  readonly high: number;
  /** It stands for the same place in each element of an array, as an index does that is not known. */
  readonly every?: { readonly stride: number; readonly count: number };
  /** It is a member, and not the first of its record: who is given its address is given that member alone. */
  readonly isPart?: true;
}

/** Where an expression stores to: bytes of an object, with their bits where they are fewer, or a variable. */
export type Location =
  | (BytePlace & { readonly kind: 'bytes'; readonly bits?: { readonly start: number; readonly size: number } })
  | { readonly kind: 'variable'; readonly of: object };

/** Any element of what a pointer leads into: the same place in each, where it has elements of this size. */
export function anyElement({ object, at, low, high, every }: BytePlace, size: number): BytePlace {
  if (at === undefined || every || size <= 0 || high - at < size || !Number.isFinite(high) || at !== low)
    return { object, at: undefined, low, high: every ? high + every.stride * (every.count - 1) : high };
  const count = Math.floor((high - at) / size);
  return { object, at, low: at, high: at + size, every: { stride: size, count } };
}

/** What an expression comes to; undefined stands for anything. */
export type ByteValue =
  | { readonly kind: 'number'; readonly value: number }
  /** A number that is not more. */
  | { readonly kind: 'most'; readonly value: number }
  | { readonly kind: 'nonzero' }
  | ({ readonly kind: 'pointer' } & BytePlace)
  /** A pointer into one of these, or elsewhere. */
  | { readonly kind: 'among'; readonly objects: readonly string[] }
  /** The address of a variable that holds a value. */
  | { readonly kind: 'variable'; readonly of: object };

/** A length was said of an object, which leaves when the function is done, or when its keeper is told to. */
interface SaidLength {
  /** Where its bytes begin. */
  readonly from: number;
  readonly keeper?: string;
  readonly length: number;
  readonly expression: Expression;
  readonly of: FlowFunction;
  readonly sink: ByteSink;
}

/** Every bit of an object is stored, however large it is. */
const ALL_BITS: BitRanges = [0, Number.MAX_SAFE_INTEGER];

/** So many ways are told apart at one point. */
const MOST_WAYS = 16;

/** Of more elements than this, nothing is known once something was stored into each. */
const MOST_ELEMENTS = 0x10000;

export class ByteState {
  constructor(
    /** By variable, and by branching expression whose value is asked for later. */
    readonly values: SharedMap<object, ByteValue> = new SharedMap(),
    readonly truths: SharedMap<string, boolean> = new SharedMap(),
    /** Which bits are stored; null where others may have stored anything. */
    readonly objects: SharedMap<string, BitRanges | null> = new SharedMap(),
    /** How much of objects is to leave at the end. */
    readonly lengths: SharedMap<string, SaidLength> = new SharedMap(),
    /** What members point to that were just given memory, by their paths' texts. */
    readonly held: SharedMap<string, ByteValue> = new SharedMap(),
  ) {}

  copy(): ByteState {
    const { values, truths, objects, lengths, held } = this;
    return new ByteState(values.copy(), truths.copy(), objects.copy(), lengths.copy(), held.copy());
  }

  begin(object: string, isStored: boolean): void {
    this.objects.set(object, isStored ? ALL_BITS : NO_BITS);
  }

  /** Others may have stored into it, or may do so from here on. */
  lose(object: string): void {
    if (this.objects.has(object)) this.objects.set(object, null);
  }

  loseAll(): void {
    for (const object of this.objects.keys()) this.objects.set(object, null);
    this.values.clear();
    this.truths.clear();
    this.held.clear();
  }

  /** Others may have stored into what members point to. */
  loseHeld(): void {
    for (const value of this.held.values()) for (const object of objectsOf(value)) this.lose(object);
  }

  storeBits(object: string, start: number, end: number): void {
    const stored = this.objects.get(object);
    if (stored) this.objects.set(object, withBits(stored, start, end));
  }

  /** As `storeBits`, at each of several elements. */
  storeEach(object: string, start: number, bits: number, stride: number, count: number): void {
    const stored = this.objects.get(object);
    if (count > MOST_ELEMENTS) this.lose(object);
    else if (stored && count > 0) this.objects.set(object, withEach(stored, start, bits, stride, count));
  }

  set(of: object, value: ByteValue | undefined): void {
    if (value) this.values.set(of, value);
    else this.values.delete(of);
  }

  /** Forgets truths, and what members hold, in whose text this stands. */
  forget(text: string): void {
    for (const key of this.held.keys()) if (key.includes(text)) this.held.delete(key);
    for (const key of this.truths.keys()) if (key.includes(text)) this.truths.delete(key);
  }

  /** The same for two ways on which the same bits are stored. */
  get signature(): string {
    const objects = [...this.objects].map(([object, bits]) => `${object}:${bits ?? 'lost'}`);
    const lengths = [...this.lengths].map(([object, { expression }]) => `${object}!${expression.first}`);
    return [...objects, ...lengths].sort().join(';');
  }

  /** All that is known, as a text that is the same where the same is known. */
  text(idOf: (object: object) => number): string {
    const values = Array.from(this.values, ([of, value]) => `${idOf(of)}=${valueText(value, idOf)}`).sort();
    const held = Array.from(this.held, ([path, value]) => `${path}=${valueText(value, idOf)}`).sort();
    const truths = Array.from(this.truths, ([key, truth]) => `${key}${truth}`).sort();
    return `${this.signature}|${values}|${held}|${truths}`;
  }
}

function valueText(value: ByteValue, idOf: (object: object) => number): string {
  return value.kind === 'variable' ? `&${idOf(value.of)}` : JSON.stringify(value);
}

export type ByteStates = ReadonlyMap<string, ByteState>;

/** Ways with the same bits stored become one. */
export function joinedBytes(states: Iterable<ByteState>): ByteStates {
  return joinedBySignature(Array.from(states, (state) => [state.signature, state]));
}

function joinedBySignature(states: readonly (readonly [string, ByteState])[]): ByteStates {
  const found = new Map<string, ByteState>();
  for (const [signature, state] of states) {
    const known = found.get(signature);
    if (!known) found.set(signature, state);
    else if (known !== state) {
      const both = meet(known, state);
      // What is known already stays the very state that it was.
      if (!sameState(known, both)) found.set(signature, both);
    }
  }
  if (found.size <= MOST_WAYS) return found;
  const all = [...found.values()].reduce(meet);
  return new Map([[all.signature, all]]);
}

function meet(one: ByteState, other: ByteState): ByteState {
  if (one === other) return one;
  const met = new ByteState();
  for (const [object, bits] of one.objects) {
    const others = other.objects.get(object);
    met.objects.set(object, bits && others ? commonBits(bits, others) : null);
  }
  for (const object of other.objects.keys()) if (!one.objects.has(object)) met.objects.set(object, null);
  for (const [object, said] of one.lengths)
    if (other.lengths.get(object)?.expression === said.expression) met.lengths.set(object, said);
  for (const of of new Set([...one.values.keys(), ...other.values.keys()]))
    met.set(of, metValue(one.values.get(of), other.values.get(of)));
  for (const [key, truth] of one.truths) if (other.truths.get(key) === truth) met.truths.set(key, truth);
  for (const [key, value] of one.held) {
    const others = other.held.get(key);
    if (others && sameByteValue(value, others)) met.held.set(key, value);
  }
  return met;
}

function metValue(one: ByteValue | undefined, other: ByteValue | undefined): ByteValue | undefined {
  if (one && other && sameByteValue(one, other)) return one;
  if (one?.kind === 'pointer' && other?.kind === 'pointer' && one.object === other.object) {
    const [low, high] = [Math.min(one.low, other.low), Math.max(one.high, other.high)];
    const at = one.at === other.at && !one.every && !other.every ? one.at : undefined;
    return { kind: 'pointer', object: one.object, at, low, high };
  }
  // A pointer that may be NULL is followed nowhere where it is.
  if (one?.kind === 'pointer' && isNumber(other, 0)) return one;
  if (other?.kind === 'pointer' && isNumber(one, 0)) return other;
  const objects = [...new Set([...objectsOf(one), ...objectsOf(other)])].sort();
  if (objects.length > 0) return { kind: 'among', objects };
  if (one?.kind === 'most' || other?.kind === 'most') {
    const [a, b] = [one, other].map((value) =>
      value?.kind === 'most' || value?.kind === 'number' ? value.value : NaN,
    );
    if (a <= b || b < a) return { kind: 'most', value: Math.max(a, b) };
  }
  return isTrue(one) && isTrue(other) ? { kind: 'nonzero' } : undefined;
}

function isNumber(value: ByteValue | undefined, number: number): boolean {
  return value?.kind === 'number' && value.value === number;
}

/** Whether a number is known not to be 0. */
export function isTrue(value: ByteValue | undefined): boolean {
  if (value?.kind === 'number') return value.value !== 0;
  return value?.kind === 'nonzero' || (value?.kind === 'most' && value.value < 0);
}

/** The objects that a value leads to. */
export function objectsOf(value: ByteValue | undefined): readonly string[] {
  if (value?.kind === 'pointer') return [value.object];
  return value?.kind === 'among' ? value.objects : [];
}

function sameByteValue(one: ByteValue, other: ByteValue): boolean {
  if (one === other) return true;
  if (one.kind === 'variable' || other.kind === 'variable')
    return one.kind === other.kind && (one as { of: object }).of === (other as { of: object }).of;
  return JSON.stringify(one) === JSON.stringify(other);
}

function sameState(one: ByteState, other: ByteState): boolean {
  if (one === other) return true;
  if (one.values.size !== other.values.size || one.truths.size !== other.truths.size) return false;
  if (one.held.size !== other.held.size) return false;
  for (const [key, value] of one.held) {
    const second = other.held.get(key);
    if (!second || !sameByteValue(value, second)) return false;
  }
  for (const [of, value] of one.values) {
    const second = other.values.get(of);
    if (!second || !sameByteValue(value, second)) return false;
  }
  for (const [key, truth] of one.truths) if (other.truths.get(key) !== truth) return false;
  return true;
}

export function byteLattice(entry: ByteState): Lattice<ByteStates> {
  return {
    initial: () => joinedBytes([entry]),
    equals(one, other) {
      if (one.size !== other.size) return false;
      for (const [signature, state] of one) {
        const second = other.get(signature);
        if (!second || !sameState(state, second)) return false;
      }
      return true;
    },
    merge: (one, other) => joinedBySignature([...one, ...other]),
  };
}
