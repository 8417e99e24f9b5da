/** Typestates made ready for the analysis: who is asked about which call and member, and what a step does to a state. */

import {
  type FlowFacts,
  type ForbiddenEvent,
  fits,
  type Typestate,
  type TypestateMove,
  type TypestateTest,
} from '../packs/flow';
import type { PToken } from '../preprocessor/ptoken';
import type { AbstractState, Mark } from './abstract-state';
import type { Value } from './objects';

/** Part of a typestate, with the names of its dimensions made unique. */
interface Part<T> {
  readonly typestate: Typestate;
  readonly data: T;
}
type Move = Part<TypestateMove>;
type Test = Part<TypestateTest>;
export type Forbidden = Part<ForbiddenEvent>;

/** What a typestate says about a call, by the argument that is its object. */
interface CallRole {
  readonly argument: number;
  /** The argument is the address of this member of the object. */
  readonly member: string | undefined;
  readonly move?: Move;
  readonly test?: number;
  readonly forbidden?: Forbidden;
  readonly letsGo?: Typestate;
}

export class Typestates {
  private readonly roles = new Map<string, CallRole[]>();
  private readonly touchMoves = new Map<string, Move[]>();
  private readonly touchBans = new Map<string, Forbidden[]>();
  private readonly storeMoves = new Map<string, Move[]>();
  private readonly storeBans = new Map<string, Forbidden[]>();
  private readonly entries = new Map<string, Move[]>();
  readonly tests: Test[] = [];
  private readonly noreturnNames = new Set<string>();
  private readonly headNames = new Set<string>();
  private readonly raw = new Map<string, Typestate[]>();

  constructor(
    readonly all: readonly Typestate[],
    private readonly facts: readonly FlowFacts[],
  ) {
    for (const typestate of all) this.add(typestate);
    for (const fact of facts) {
      for (const name of fact.noreturn) this.noreturnNames.add(name);
      for (const name of fact.headGetters) this.headNames.add(name);
    }
  }

  private add(typestate: Typestate): void {
    const role = (calls: readonly string[], argument: number | undefined, rest: Partial<CallRole>): void => {
      for (const call of calls) listed(this.roles, call).push({ argument: argument ?? 0, member: undefined, ...rest });
    };
    // Forbidden are asked before moves: they speak of the state that the call finds.
    for (const forbidden of typestate.forbids) {
      const part = { typestate, data: forbidden };
      if (forbidden.touch !== undefined) listed(this.touchBans, forbidden.touch).push(part);
      if (forbidden.store !== undefined) listed(this.storeBans, forbidden.store).push(part);
      if (forbidden.call) role(forbidden.call, forbidden.argument, { member: forbidden.member, forbidden: part });
    }
    for (const move of typestate.moves) {
      const part = { typestate, data: move };
      if (move.touch !== undefined) listed(this.touchMoves, move.touch).push(part);
      if (move.store !== undefined) listed(this.storeMoves, move.store).push(part);
      if (move.entry !== undefined) listed(this.entries, move.entry).push(part);
      if (move.call) role(move.call, move.argument, { member: move.member, move: part });
    }
    for (const test of typestate.tests) {
      role(test.call, test.argument, { test: this.tests.length });
      this.tests.push({ typestate, data: test });
    }
    for (const letGo of typestate.letGo) role(letGo.call, letGo.argument, { letsGo: typestate });
    for (const member of typestate.raw) listed(this.raw, member).push(typestate);
  }

  get noreturn(): ReadonlySet<string> {
    return this.noreturnNames;
  }

  rolesOf(call: string): readonly CallRole[] {
    return this.roles.get(call) ?? [];
  }

  isHead(call: string): boolean {
    return this.headNames.has(call);
  }

  isEmbedded(record: string | undefined, member: string): boolean {
    return this.facts.some((fact) => fact.embedded.some((one) => one.record === record && one.member === member));
  }

  isEmbeddedName(member: string): boolean {
    return this.facts.some((fact) => fact.embedded.some((one) => one.member === member));
  }

  isSteady(call: string): boolean {
    return this.facts.some((fact) => fact.pure.some((pattern) => fits(call, pattern)));
  }

  mayChange(call: string): boolean {
    return this.all.some((typestate) => typestate.mayChange.some((pattern) => fits(call, pattern)));
  }

  touchedBy(member: string): { readonly forbids: readonly Forbidden[]; readonly moves: readonly Move[] } {
    return { forbids: this.touchBans.get(member) ?? [], moves: this.touchMoves.get(member) ?? [] };
  }

  storedInto(member: string): { readonly forbids: readonly Forbidden[]; readonly moves: readonly Move[] } | undefined {
    const forbids = this.storeBans.get(member);
    const moves = this.storeMoves.get(member);
    return forbids || moves ? { forbids: forbids ?? [], moves: moves ?? [] } : undefined;
  }

  entryMoves(member: string): readonly Move[] {
    return this.entries.get(member) ?? [];
  }

  isRaw(member: string): boolean {
    return this.raw.has(member);
  }

  /** Names of functions and members that any typestate asks about. */
  get words(): readonly string[] {
    const members = [this.touchBans, this.touchMoves, this.storeBans, this.storeMoves].flatMap((map) => [
      ...map.keys(),
    ]);
    return [...this.roles.keys(), ...members];
  }

  /** Names without which no forbidden is ever broken. */
  get banned(): readonly string[] {
    return this.all.flatMap(({ forbids }) =>
      forbids.flatMap(({ touch, store, call, member }) => touch ?? store ?? member ?? call ?? []),
    );
  }

  /** Names without which no object ever comes into a state that a forbidden speaks of. */
  get starters(): readonly string[] {
    return this.all.flatMap(startersOf);
  }
}

/** Names without which no object of a typestate ever comes into a state that a forbidden speaks of. */
export function startersOf({ starters, moves, tests }: Typestate): readonly string[] {
  if (starters) return starters;
  const begun = moves.flatMap(({ member, call, store }) =>
    store === undefined ? (member === undefined && call) || [] : [store],
  );
  return [...begun, ...tests.flatMap((test) => test.call)];
}

function listed<T>(map: Map<string, T[]>, key: string): T[] {
  let list = map.get(key);
  if (!list) {
    list = [];
    map.set(key, list);
  }
  return list;
}

function dimensionKey(typestate: Typestate, dimension: string): string {
  return `${typestate.typestate}.${dimension}`;
}

/** Moves an object's dimension on. */
export function applyMove(way: AbstractState, object: string, move: Move, site: PToken): void {
  const { data, typestate } = move;
  const dimension = dimensionKey(typestate, data.dimension);
  const mark = way.mark(object, dimension);
  const before = mark?.state ?? 'unknown';
  const after = data.from?.[before] ?? data.to ?? before;
  // A state that stays for another reason than being made again keeps its mark.
  if (after === before && (data.to === undefined || data.from?.[before] !== undefined)) return;
  if (after === 'unknown') way.setMark(object, dimension, undefined);
  else if (after !== before || mark?.site !== site)
    way.setMark(object, dimension, { state: after, site, note: data.note, earlier: trimmed(mark) });
}

/** A report needs no more than the step before the last. */
function trimmed(mark: Mark | undefined): Mark | undefined {
  return mark && (mark.earlier ? { ...mark, earlier: undefined } : mark);
}

/** The mark that breaks a forbidden; undefined where nothing does. */
export function brokenBy(way: AbstractState, object: string, { data, typestate }: Forbidden): Mark | undefined {
  const mark = way.mark(object, dimensionKey(typestate, data.when.dimension));
  if (!mark || !data.when.states.includes(mark.state)) return undefined;
  if (data.unless) {
    const other = way.mark(object, dimensionKey(typestate, data.unless.dimension));
    if (other && data.unless.states.includes(other.state)) return undefined;
  }
  return mark;
}

/** What a test says of an object whose state is known. */
export function answer(way: AbstractState, { data, typestate }: Test, object: string): Value | undefined {
  const mark = way.mark(object, dimensionKey(typestate, data.dimension));
  if (!mark) return undefined;
  return data.holds.includes(mark.state) ? { kind: 'nonzero' } : { kind: 'number', value: 0 };
}

/** Learns from a test that came out so; false where no execution can be here. */
export function learn(way: AbstractState, tests: readonly Test[], test: number, object: string, is: boolean): boolean {
  const { data, typestate } = tests[test];
  for (const [place, value] of way.values) {
    if (value.kind !== 'result' || value.object !== object || value.test !== test) continue;
    const truth = value.negated ? !is : is;
    way.values.set(place, truth ? { kind: 'nonzero' } : { kind: 'number', value: 0 });
  }
  const dimension = dimensionKey(typestate, data.dimension);
  const mark = way.mark(object, dimension);
  if (mark) return data.holds.includes(mark.state) === is;
  return true;
}

export function markLearned(
  way: AbstractState,
  tests: readonly Test[],
  test: number,
  object: string,
  is: boolean,
  site: PToken,
): void {
  const { data, typestate } = tests[test];
  const dimension = dimensionKey(typestate, data.dimension);
  if (way.mark(object, dimension)) return;
  way.setMark(object, dimension, { state: is ? data.yes : data.no, site, note: data.note });
}
