/** Follows through a function by which member of a union its bytes were stored last, and tells where another one is used then. */
import { areOfTwoOwners, areOneRecord, areStructsOfTwoOwners, type Stored } from '../facts/representation';
import type { Target } from '../layout/target';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, Initializer } from '../types/ast';
import { type RecordDeclaration, recordBehind, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { PUTS_IN, TAKES_OUT } from './call-verbs';
import type { Step } from './graph';
import type { Transfer } from './lattice';
import type { MemberEffects, MemberEvent } from './member-effects';
import { apart, isWithin, nameOf } from './member-names';
import { placeIn } from './member-places';
import { givenToMacro, type MemberOfObject, type ObjectPaths } from './object-paths';
import { layoutAnswer } from './test-constants';
import { type Call, isZeroValue, type MemberUse, UseWalker } from './use-walker';
import { meets, pendingUnder, type StaleUse, type ViewMark, type Views } from './view-states';

type Marked = Pick<ViewMark, 'site' | 'isZero' | 'isShared' | 'isPending' | 'isListed'>;

export class ViewTransfer extends UseWalker implements Transfer<Views, Step> {
  private views = new Map<string, readonly ViewMark[]>();
  /** Is told of each use; only after the fixed point was found. */
  onStale: ((use: StaleUse) => void) | undefined;

  constructor(
    paths: ObjectPaths,
    private readonly effects: MemberEffects,
    private readonly target: Target,
    private readonly areToldApart: (record: RecordDeclaration, one: string, other: string) => boolean,
  ) {
    super(paths);
  }

  steps(views: Views, steps: readonly Step[]): Views {
    if (steps.length === 0) return views;
    this.views = new Map(views);
    for (const step of steps) this.run(step);
    return this.views;
  }

  branch(views: Views, test: Step, holds: boolean): Views | undefined {
    if (test.kind === 'test' && layoutAnswer(test.expression, this.paths) === !holds) return undefined;
    // A macro asks whether there is an object at all: where there is none, nothing is said of one.
    const asked = test.kind === 'test' ? this.paths.core(test.expression) : undefined;
    const isMacro = asked?.kind === 'name' && asked.declaration && givenToMacro(asked.declaration, this.paths);
    return isMacro && !holds ? undefined : views;
  }

  private run(step: Step): void {
    switch (step.kind) {
      case 'evaluate':
      case 'test':
        this.visit(step.expression);
        break;
      case 'declare':
        this.declare(step.declaration);
        break;
      case 'hold':
        if (typeof step.value === 'object') {
          this.visit(step.value);
          this.escaped(step.value);
        }
        break;
      case 'return':
        if (step.value) this.visit(step.value);
        break;
      case 'leave':
        for (const variable of step.variables) this.forget(this.paths.variable(variable));
        break;
      case 'outputs':
        for (const output of step.expressions) this.visit(output, 'address');
        break;
      case 'cleanup':
        this.forget(this.paths.variable(step.declaration));
        break;
      case 'unknown':
        this.views.clear();
        break;
    }
  }

  private declare(declaration: Declaration): void {
    const place = this.paths.variable(declaration);
    this.forget(place);
    const { initializer } = declaration;
    if (!initializer) return;
    // A macro's own local is another name of what it was given, and nobody else has it.
    if (initializer.kind !== 'list' && givenToMacro(declaration, this.paths)) this.visit(initializer);
    else this.initializer(initializer);
    if (initializer.kind !== 'list') this.bind(place, initializer);
    else this.initialize(place, declaration, initializer);
  }

  private initialize(object: string, { type }: Declaration, initializer: Initializer & { kind: 'list' }): void {
    const bare = strip(type);
    if (bare.kind !== 'record') return;
    for (const { path, value } of initializer.items) {
      const names = path.map((step) => (step.kind === 'member' ? step.name : ''));
      if (names.length === 0 || names.includes('')) continue;
      const isZero = value.kind !== 'list' && isZeroValue(value, this.paths);
      const member = { object, record: bare.record, path: names.join('.'), isElement: false };
      this.mark(member, { site: value.first, isZero, isShared: false });
    }
  }

  /** A variable is given what a call returns: the member by which the call held it last. */
  private bind(place: string, value: Expression): void {
    const call = this.paths.core(value);
    if (call.kind !== 'call' || call.callee.kind !== 'name' || call.callee.declaration) return;
    const made = this.effects.ofReturned(call.callee.name);
    if (made?.member)
      this.mark({ ...made.member, object: `*(${place})` }, { site: call.first, isZero: made.isZero, isShared: false });
  }

  protected used(
    expression: Expression & { kind: 'member' },
    use: MemberUse,
    value?: Expression,
    element?: Expression & { kind: 'index' },
  ): void {
    if (use === 'store' || use === 'update') {
      const place = this.paths.placeOf(expression);
      if (place !== undefined) this.forget(`(${place})`);
      this.forget(`.${expression.name};)`);
    }
    const member = this.paths.memberOf(element ?? expression);
    if (!member) return;
    if (use === 'read' || use === 'update') this.check(member, expression, false, undefined);
    if (use === 'address') this.loseBytes(member, false);
    if (use !== 'store' || this.isThere(value, member)) return;
    this.checkPending(member, expression, undefined);
    // Which element is stored has to be known.
    const isUnknown = member.isElement && member.exact === undefined;
    if (isUnknown || this.isSaved(value, expression.name)) this.loseBytes(member, true);
    else {
      const isZero = value !== undefined && isZeroValue(value, this.paths);
      this.mark(member, { site: expression.first, isZero, isShared: false });
    }
  }

  /** Whether the bytes of a member hold a value already: it is read from the same place, by another name. */
  private isThere(value: Expression | undefined, member: MemberOfObject): boolean {
    const core = value && this.paths.core(value);
    const from = core?.kind === 'member' ? this.paths.memberOf(core) : undefined;
    if (!from || from.object !== member.object || from.record !== member.record) return false;
    const [place, own] = [this.bytesOf(from), this.bytesOf(member)];
    return place !== undefined && place.offsetBits === own?.offsetBits && place.sizeBits === own.sizeBits;
  }

  /** Whether a local is stored that was first given the member: what was there before comes back, whatever it was. */
  private isSaved(value: Expression | undefined, name: string): boolean {
    const core = value && this.paths.core(value);
    const saved = core?.kind === 'name' ? core.declaration?.initializer : undefined;
    const from = saved && saved.kind !== 'list' ? this.paths.core(saved) : undefined;
    return from?.kind === 'member' && from.name === name;
  }

  protected called(call: Call): void {
    const name = call.callee.kind === 'name' && !call.callee.declaration ? call.callee.name : undefined;
    if (name?.startsWith('__builtin_')) {
      if (name === '__builtin_expect') this.visit(call.arguments[0]);
      else if (this.clears(call, name)) return;
      else if (/^__builtin_mem|^__builtin_str/.test(name)) for (const argument of call.arguments) this.lose(argument);
      return;
    }
    if (name === undefined) this.visit(call.callee);
    const addressed = call.arguments.map((argument) => this.addressedBy(argument));
    for (const [index, argument] of call.arguments.entries()) {
      const member = addressed[index];
      if (member) this.place(member);
      else this.visit(argument);
    }
    for (const [index, argument] of call.arguments.entries()) {
      const member = addressed[index] && this.paths.memberOf(addressed[index]);
      if (member) this.handMember(call, name, index, member);
      else this.handObject(call, name, index, argument);
    }
    if (name === undefined || !this.effects.isInSight(name)) this.loseShared();
  }

  /** A member is set to zero as a whole: nothing is known of what it holds, but that it is this one. */
  private clears(call: Call, name: string): boolean {
    const [to, value, size] = call.arguments;
    const cleared = name === '__builtin_memset' ? this.addressedBy(to) : undefined;
    const member = cleared && this.paths.memberOf(cleared);
    const place = member && this.bytesOf(member);
    if (!member || !place || this.paths.constant(value) !== 0n) return false;
    const core = this.paths.core(size);
    const initializer = core.kind === 'name' ? core.declaration?.initializer : undefined;
    const length = initializer && initializer.kind !== 'list' ? initializer : core;
    if (this.paths.constant(length) !== BigInt(place.sizeBits / 8)) this.loseBytes(member, true);
    else this.mark(member, { site: call.first, isZero: true, isShared: false });
    return true;
  }

  /** The member whose address an argument is. */
  private addressedBy(argument: Expression): (Expression & { kind: 'member' }) | undefined {
    const core = this.paths.core(argument);
    if (core.kind !== 'unary' || core.operator !== Punct.Ampersand) return undefined;
    const operand = this.paths.core(core.operand);
    return operand.kind === 'member' ? operand : undefined;
  }

  private handMember(call: Call, name: string | undefined, index: number, member: MemberOfObject): void {
    if (name === undefined || !PUTS_IN.test(name)) this.unlist(member);
    const doing = name === undefined ? 'unknown' : this.effects.ofField(name, index);
    if (doing === 'reads') this.check(member, call, true, name);
    else if (doing === 'stores') {
      const isPending = this.effects.isPending(name!, index);
      this.checkPending(member, call, name, isPending);
      this.mark(member, {
        site: call.first,
        isZero: false,
        isShared: !isPending && this.effects.links(name!),
        isPending,
        isListed: PUTS_IN.test(name!),
      });
    } else if (doing === 'unknown') {
      // What is taken out of something has been put there.
      if (name !== undefined && TAKES_OUT.test(name)) this.check(member, call, false, name);
      this.loseBytes(member, false);
    }
  }

  /** Something is done with a member: it may no longer be on the list that it was put on. */
  private unlist({ object, path }: MemberOfObject): void {
    const marks = this.views.get(object) ?? [];
    const left = marks.map((mark) => (mark.path === path ? { ...mark, isListed: false } : mark));
    if (marks.some(({ isListed }) => isListed)) this.views.set(object, left);
  }

  private handObject(call: Call, name: string | undefined, index: number, argument: Expression): void {
    const object = this.paths.pointedAt(argument);
    if (object === undefined || !this.pointsToRecord(argument)) return;
    const events = name === undefined ? undefined : this.effects.ofObject(name, index);
    if (!events) this.forget(object);
    else for (const event of this.plainOf(events)) this.happen(object, event, call, name);
  }

  /** What a function does, without what it reads by two members of the same bytes: it knows that they agree. */
  private plainOf(events: readonly MemberEvent[]): readonly MemberEvent[] {
    let plain = plainEvents.get(events);
    if (!plain) plainEvents.set(events, (plain = events.filter((event) => !this.isPunned(event, events))));
    return plain;
  }

  private isPunned({ does, member }: MemberEvent, events: readonly MemberEvent[]): boolean {
    const place = does === 'reads' && member && placeIn(this.target, member.record, member.path);
    if (!place || !member) return false;
    return events.some(({ member: other }) => {
      if (!other || other.record !== member.record || isWithin(other.path, member.path)) return false;
      const at = placeIn(this.target, other.record, other.path);
      return at !== undefined && meets(at, place);
    });
  }

  private happen(
    object: string,
    { does, member, isCertain, isZero, isPending }: MemberEvent,
    call: Call,
    by?: string,
  ): void {
    if (!member) {
      if (does === 'loses' || does === 'stores') this.forget(object);
      return;
    }
    const at = { ...member, object };
    this.unlist(at);
    const isHeld = (this.views.get(object) ?? []).some(({ path, record }) => path === at.path && record === at.record);
    if (does === 'stores' && isCertain) this.checkPending(at, call, by);
    if (does === 'reads' && isCertain) this.check(at, call, false, by);
    // Stored once more or not, the bytes hold the same member.
    else if (does === 'stores' && !isCertain && isHeld) return;
    else if (does === 'loses' || (does === 'stores' && (!isCertain || member.isElement))) this.loseBytes(at, true);
    else if (does === 'stores') this.mark(at, { site: call.first, isZero, isShared: false, isPending });
  }

  protected stored(place: Expression, value: Expression | undefined): void {
    const at = this.paths.placeOf(place);
    if (at === undefined) return;
    this.forget(at);
    if (value && place.kind === 'name') this.bind(at, value);
  }

  /** Whoever keeps a pointer may use the object by another name. */
  protected escaped(value: Expression): void {
    this.lose(value);
  }

  protected branched(): void {
    // Its parts are steps of their own.
  }

  private lose(pointer: Expression): void {
    const object = this.paths.pointedAt(pointer);
    if (object !== undefined && this.pointsToRecord(pointer)) this.forget(object);
  }

  private pointsToRecord(expression: Expression): boolean {
    const type = strip(typeOf(this.paths.core(expression), this.paths.globals));
    return type.kind !== 'record' && recordBehind(type) !== undefined;
  }

  private check(member: MemberOfObject, expression: Expression, isList: boolean, by: string | undefined): void {
    const marks = this.views.get(member.object);
    const place = marks && this.bytesOf(member);
    if (!marks || !place) return;
    for (const mark of marks) {
      if (!meets(mark, place) || isWithin(mark.path, member.path)) continue;
      if (mark.record !== member.record || (mark.isZero && !isList)) continue;
      if (!this.haveTwoOwners(mark, member, place)) continue;
      this.onStale?.({ expression, member, mark, by });
      // What comes after would only say the same again.
      this.views.set(
        member.object,
        marks.filter((other) => other !== mark),
      );
      return;
    }
  }

  /** A member is stored over another one that others are to use later, or is handed to them over one that they have on a list. */
  private checkPending(member: MemberOfObject, expression: Expression, by: string | undefined, isHanded = false): void {
    const place = this.bytesOf(member);
    const mark = place && pendingUnder(this.views.get(member.object) ?? [], member, place, isHanded);
    if (mark) this.onStale?.({ expression, member, mark, by, isOver: true });
  }

  private haveTwoOwners(mark: ViewMark, member: MemberOfObject, place: Stored): boolean {
    const stored = placeIn(this.target, mark.record, mark.path);
    if (stored === undefined) return false;
    if (areOfTwoOwners(stored, place, this.target)) return true;
    if (this.areToldApart(mark.record, mark.path, member.path)) return true;
    const [one, other] = apart(mark.path, member.path);
    const [left, right] = [one, other].map((path) => placeIn(this.target, mark.record, path));
    if (left === undefined || right === undefined) return false;
    // Parts of two members that are of one type under two names, or of two structs that have nothing to do with each other.
    if (areOneRecord(left, right)) return true;
    return nameOf(mark.path) !== nameOf(member.path) && areStructsOfTwoOwners(left, right, this.target);
  }

  private mark(member: MemberOfObject, how: Marked): void {
    const { object, record } = member;
    const path = member.exact ?? member.path;
    const cleared = (this.views.get(object) ?? []).filter(
      (mark) => mark.isZero && mark.record === record && path.startsWith(`${mark.path}.`),
    );
    this.loseBytes(member, true);
    const place = this.bytesOf(member);
    if (!place || this.isView(member)) return;
    const { offsetBits, sizeBits } = place;
    const marks = this.views.get(object) ?? [];
    // What was cleared as a whole, and is filled in part, is in use.
    const outer = how.isZero ? cleared : cleared.map((mark) => ({ ...mark, isZero: false }));
    this.views.set(object, [...marks, ...outer, { record, path, offsetBits, sizeBits, ...how }]);
  }

  /** A union that stands for itself is a set of views, unless what was stored lies in a struct of it, which is somebody's own. */
  private isView({ record, path }: MemberOfObject): boolean {
    if (record.kind !== 'union') return false;
    const outer = path.includes('.') ? placeIn(this.target, record, path.slice(0, path.indexOf('.'))) : undefined;
    return outer === undefined || strip(outer.type).kind !== 'record';
  }

  /** Bytes were written: nothing is known of them any more, in other objects of the record neither, which may be the same one. */
  private loseBytes(member: MemberOfObject, isStore: boolean): void {
    const place = this.bytesOf(member);
    for (const [object, marks] of this.views) {
      if (object !== member.object && !isStore) continue;
      const kept = marks.filter((mark) =>
        place ? !(object === member.object || mark.record === member.record) || !meets(mark, place) : false,
      );
      if (kept.length === 0) this.views.delete(object);
      else if (kept.length < marks.length) this.views.set(object, kept);
    }
  }

  private forget(text: string): void {
    for (const object of [...this.views.keys()]) if (object.includes(text)) this.views.delete(object);
  }

  /** What runs elsewhere may come to objects that are on lists, and to those at file scope. */
  private loseShared(): void {
    for (const [object, marks] of this.views) {
      const kept = object.includes('g:') ? [] : marks.filter(({ isShared }) => !isShared);
      if (kept.length === 0) this.views.delete(object);
      else if (kept.length < marks.length) this.views.set(object, kept);
    }
  }

  private bytesOf({ record, path, exact = path }: MemberOfObject): Stored | undefined {
    return placeIn(this.target, record, exact);
  }
}

const plainEvents = new WeakMap<readonly MemberEvent[], readonly MemberEvent[]>();
