/** Protocols made ready for the analysis: who is asked about which call and member, and what a step does to a state. */

import {
  type FlowFacts,
  fits,
  type Protocol,
  type ProtocolBan,
  type ProtocolMove,
  type ProtocolTest,
} from '../packs/flow';
import type { PToken } from '../preprocessor/ptoken';
import type { Value } from './objects';
import type { Mark, Situation } from './situation';

/** Part of a protocol, with the names of its aspects made unique. */
interface Part<T> {
  readonly protocol: Protocol;
  readonly data: T;
}
export type Move = Part<ProtocolMove>;
export type Test = Part<ProtocolTest>;
export type Ban = Part<ProtocolBan>;

/** What a protocol says about a call, by the argument that is its object. */
export interface CallRole {
  readonly argument: number;
  /** The argument is the address of this member of the object. */
  readonly member: string | undefined;
  readonly move?: Move;
  readonly test?: number;
  readonly ban?: Ban;
  readonly letsGo?: Protocol;
}

export class Protocols {
  private readonly roles = new Map<string, CallRole[]>();
  private readonly touchMoves = new Map<string, Move[]>();
  private readonly touchBans = new Map<string, Ban[]>();
  private readonly storeMoves = new Map<string, Move[]>();
  private readonly storeBans = new Map<string, Ban[]>();
  private readonly entries = new Map<string, Move[]>();
  readonly tests: Test[] = [];
  private readonly noreturnNames = new Set<string>();
  private readonly headNames = new Set<string>();
  private readonly raw = new Map<string, Protocol[]>();

  constructor(
    readonly all: readonly Protocol[],
    private readonly facts: readonly FlowFacts[],
  ) {
    for (const protocol of all) this.add(protocol);
    for (const fact of facts) {
      for (const name of fact.noreturn) this.noreturnNames.add(name);
      for (const name of fact.heads) this.headNames.add(name);
    }
  }

  private add(protocol: Protocol): void {
    const role = (calls: readonly string[], argument: number | undefined, rest: Partial<CallRole>): void => {
      for (const call of calls) listed(this.roles, call).push({ argument: argument ?? 0, member: undefined, ...rest });
    };
    // Bans are asked before moves: they speak of the state that the call finds.
    for (const ban of protocol.bans) {
      const part = { protocol, data: ban };
      if (ban.touch !== undefined) listed(this.touchBans, ban.touch).push(part);
      if (ban.store !== undefined) listed(this.storeBans, ban.store).push(part);
      if (ban.call) role(ban.call, ban.argument, { member: ban.member, ban: part });
    }
    for (const move of protocol.moves) {
      const part = { protocol, data: move };
      if (move.touch !== undefined) listed(this.touchMoves, move.touch).push(part);
      if (move.store !== undefined) listed(this.storeMoves, move.store).push(part);
      if (move.entry !== undefined) listed(this.entries, move.entry).push(part);
      if (move.call) role(move.call, move.argument, { member: move.member, move: part });
    }
    for (const test of protocol.tests) {
      role(test.call, test.argument, { test: this.tests.length });
      this.tests.push({ protocol, data: test });
    }
    for (const letGo of protocol.letGo) role(letGo.call, letGo.argument, { letsGo: protocol });
    for (const member of protocol.raw) listed(this.raw, member).push(protocol);
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
    return this.facts.some((fact) => fact.steady.some((pattern) => fits(call, pattern)));
  }

  mayChange(call: string): boolean {
    return this.all.some((protocol) => protocol.mayChange.some((pattern) => fits(call, pattern)));
  }

  touchedBy(member: string): { readonly bans: readonly Ban[]; readonly moves: readonly Move[] } {
    return { bans: this.touchBans.get(member) ?? [], moves: this.touchMoves.get(member) ?? [] };
  }

  storedInto(member: string): { readonly bans: readonly Ban[]; readonly moves: readonly Move[] } | undefined {
    const bans = this.storeBans.get(member);
    const moves = this.storeMoves.get(member);
    return bans || moves ? { bans: bans ?? [], moves: moves ?? [] } : undefined;
  }

  entryMoves(member: string): readonly Move[] {
    return this.entries.get(member) ?? [];
  }

  isRaw(member: string): boolean {
    return this.raw.has(member);
  }

  /** Names of functions and members that any protocol asks about. */
  get words(): readonly string[] {
    const members = [this.touchBans, this.touchMoves, this.storeBans, this.storeMoves].flatMap((map) => [
      ...map.keys(),
    ]);
    return [...this.roles.keys(), ...members];
  }

  /** Names without which no ban is ever broken. */
  get banned(): readonly string[] {
    return this.all.flatMap(({ bans }) =>
      bans.flatMap(({ touch, store, call, member }) => touch ?? store ?? member ?? call ?? []),
    );
  }

  /** Names without which no object ever comes into a state that a ban speaks of. */
  get starters(): readonly string[] {
    return this.all.flatMap(startersOf);
  }
}

/** Names without which no object of a protocol ever comes into a state that a ban speaks of. */
export function startersOf({ starters, moves, tests }: Protocol): readonly string[] {
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

export function aspectKey(protocol: Protocol, aspect: string): string {
  return `${protocol.protocol}.${aspect}`;
}

/** Moves an object's aspect on. */
export function applyMove(way: Situation, object: string, move: Move, site: PToken): void {
  const { data, protocol } = move;
  const aspect = aspectKey(protocol, data.aspect);
  const mark = way.mark(object, aspect);
  const before = mark?.state ?? 'unknown';
  const after = data.from?.[before] ?? data.to ?? before;
  // A state that stays for another reason than being made again keeps its mark.
  if (after === before && (data.to === undefined || data.from?.[before] !== undefined)) return;
  if (after === 'unknown') way.setMark(object, aspect, undefined);
  else if (after !== before || mark?.site !== site)
    way.setMark(object, aspect, { state: after, site, note: data.note, earlier: trimmed(mark) });
}

/** A report needs no more than the step before the last. */
function trimmed(mark: Mark | undefined): Mark | undefined {
  return mark && (mark.earlier ? { ...mark, earlier: undefined } : mark);
}

/** The mark that breaks a ban; undefined where nothing does. */
export function brokenBy(way: Situation, object: string, { data, protocol }: Ban): Mark | undefined {
  const mark = way.mark(object, aspectKey(protocol, data.when.aspect));
  if (!mark || !data.when.states.includes(mark.state)) return undefined;
  if (data.unless) {
    const other = way.mark(object, aspectKey(protocol, data.unless.aspect));
    if (other && data.unless.states.includes(other.state)) return undefined;
  }
  return mark;
}

/** What a test says of an object whose state is known. */
export function answer(way: Situation, { data, protocol }: Test, object: string): Value | undefined {
  const mark = way.mark(object, aspectKey(protocol, data.aspect));
  if (!mark) return undefined;
  return data.holds.includes(mark.state) ? { kind: 'nonzero' } : { kind: 'number', value: 0 };
}

/** Learns from a test that came out so; false where no execution can be here. */
export function learn(way: Situation, tests: readonly Test[], test: number, object: string, is: boolean): boolean {
  const { data, protocol } = tests[test];
  for (const [place, value] of way.values) {
    if (value.kind !== 'result' || value.object !== object || value.test !== test) continue;
    const truth = value.negated ? !is : is;
    way.values.set(place, truth ? { kind: 'nonzero' } : { kind: 'number', value: 0 });
  }
  const aspect = aspectKey(protocol, data.aspect);
  const mark = way.mark(object, aspect);
  if (mark) return data.holds.includes(mark.state) === is;
  return true;
}

export function markLearned(
  way: Situation,
  tests: readonly Test[],
  test: number,
  object: string,
  is: boolean,
  site: PToken,
): void {
  const { data, protocol } = tests[test];
  const aspect = aspectKey(protocol, data.aspect);
  if (way.mark(object, aspect)) return;
  way.setMark(object, aspect, { state: is ? data.yes : data.no, site, note: data.note });
}
