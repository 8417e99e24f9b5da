/** Runs steps over abstract states: effects on places, and what typestates say to each call and each member that is touched. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import type { Globals } from '../types/scope';
import { baseRecord } from '../types/typer';
import { type AbstractState, type AbstractStates, joined } from './abstract-state';
import type { Called, Callees, FlowFunction, Violation } from './callees';
import { allOutcomes, type Choices } from './choices';
import { join } from './frame';
import type { FlowGraph, Step } from './graph';
import { usedUp } from './held';
import type { Transfer } from './lattice';
import { deadAround } from './liveness';
import { containerOf, headOf, type Location, mentions, number, pointer, type Value } from './objects';
import { RememberedSteps } from './remembered-steps';
import { conditionKey } from './truths';
import { answer, applyMove, brokenBy, type Forbidden, learn, markLearned, type Typestates } from './typestates';
import { ValueReader } from './values';

/** Where `return` leaves its value, and a test its own. */
export const RETURNED = 'return;';
const TESTED = 'test;';

export class Evaluator extends ValueReader implements Transfer<AbstractStates, Step> {
  private readonly remembered = new RememberedSteps<AbstractState>();
  private choices!: Choices;
  /** Called for each violation; the way it happens on goes on without the mark. */
  onViolation: ((violation: Violation) => void) | undefined;
  /** Whether any forbidden was broken so far, be it in a abstract state that did not last. */
  hasViolations = false;

  constructor(
    fn: FlowFunction,
    private readonly graph: FlowGraph,
    globals: Globals,
    typestates: Typestates,
    private readonly callees: Callees,
  ) {
    super(fn, globals, typestates);
  }

  /** What comes behind a call of which nothing is known yet, as it is the very one that is analysed. */
  private isCut = false;

  steps(ways: AbstractStates, steps: readonly Step[]): AbstractStates {
    if (steps.length === 0) return ways;
    const after: AbstractState[] = [];
    for (const way of ways.values()) {
      // Whoever waits for violations wants to be told of each.
      const outcomes = this.onViolation
        ? this.outcomes(way, steps)
        : this.remembered.outcomes(steps, way, () => this.outcomes(way, steps));
      after.push(...outcomes);
    }
    return joined(after);
  }

  private outcomes(way: AbstractState, steps: readonly Step[]): AbstractState[] {
    const { outcomes: all, complete } = allOutcomes((choices) => {
      this.way = way.copy();
      this.isCut = false;
      this.choices = choices;
      this.callees.spend(steps.length);
      const { before, behind } = deadAround(this.graph, steps);
      for (const variable of before) this.way.values.delete(this.placeOf(variable));
      for (const step of steps) {
        this.run(step);
        for (const held of usedUp(step)) this.way.values.delete(this.heldAt(held));
      }
      for (const variable of behind) this.way.values.delete(this.placeOf(variable));
      return this.isCut ? undefined : this.way;
    });
    const outcomes = all.filter((outcome) => outcome !== undefined);
    if (!complete) for (const outcome of outcomes) outcome.lose({ kind: 'objects', text: '' });
    return outcomes;
  }

  branch(ways: AbstractStates, test: Step, holds: boolean): AbstractStates | undefined {
    const left: AbstractState[] = [];
    for (const way of ways.values()) {
      const copy = way.copy();
      if (test.kind === 'test' && this.take(copy, test.expression, holds)) left.push(copy);
    }
    return left.length > 0 ? joined(left) : undefined;
  }

  /** Takes one side of a test; false where no execution does. */
  private take(way: AbstractState, test: Expression, holds: boolean): boolean {
    const value = way.values.get(TESTED);
    way.values.delete(TESTED);
    switch (value?.kind) {
      case 'number':
        return (value.value !== 0) === holds;
      case 'nonzero':
        return holds;
      case 'result': {
        const is = holds !== value.negated;
        if (!learn(way, this.typestates.tests, value.test, value.object, is)) return false;
        markLearned(way, this.typestates.tests, value.test, value.object, is, this.fn.tokens[test.first]);
        return true;
      }
      case 'condition': {
        const is = holds !== value.negated;
        const known = way.truths.get(value.key);
        if (known !== undefined) return known === is;
        way.learnTruth(value.key, is);
        // A variable that was tested false is 0 from here on.
        if (!is && /^v[\d.]+;$/.test(value.key)) way.values.set(value.key, number(0));
        return true;
      }
      default:
        return true;
    }
  }

  private run(step: Step): void {
    switch (step.kind) {
      case 'evaluate':
        this.value(step.expression);
        break;
      case 'declare':
        this.declare(step.declaration);
        break;
      case 'hold': {
        const { value } = step;
        const held = typeof value === 'number' ? number(value) : value && this.value(value);
        if (held) this.way.values.set(this.heldAt(step.of), held);
        else this.way.values.delete(this.heldAt(step.of));
        break;
      }
      case 'test': {
        const value = this.truth(step.expression);
        if (value) this.way.values.set(TESTED, value);
        else this.way.values.delete(TESTED);
        break;
      }
      case 'cleanup':
        this.cleanUp(step.declaration);
        break;
      case 'leave':
        this.way.leave(step.variables.map((variable) => this.placeOf(variable)));
        break;
      case 'return':
        if (step.value) this.way.values.set(RETURNED, this.returned(step.value));
        break;
      case 'outputs':
        for (const output of step.expressions) this.store(this.location(output), undefined);
        break;
      case 'unknown':
        this.way.lose({ kind: 'all', text: '' });
        break;
    }
  }

  private declare(declaration: Declaration): void {
    const place = this.placeOf(declaration);
    const { initializer } = declaration;
    if (!initializer) {
      this.store({ to: place }, undefined);
      return;
    }
    if (initializer.kind !== 'list') {
      this.store({ to: place }, this.value(initializer));
      return;
    }
    this.store({ to: place }, undefined);
    this.initialize(place, initializer);
  }

  private cleanUp(declaration: Declaration): void {
    const { first, end } = declaration.body ?? { first: declaration.nameToken, end: declaration.nameToken + 1 };
    const name: Expression = { kind: 'name', name: declaration.name, declaration, first, end };
    const address: Expression = { kind: 'unary', operator: Punct.Ampersand, postfix: false, operand: name, first, end };
    const callee: Expression = { kind: 'name', name: declaration.cleanup ?? '', declaration: undefined, first, end };
    this.call({ kind: 'call', callee, arguments: [address], first, end });
  }

  protected touch(expression: Expression & { kind: 'member' }, base: Location): void {
    const { forbids, moves } = this.typestates.touchedBy(expression.name);
    if (!this.way.objects.has(base.to)) return;
    for (const forbidden of forbids) this.ask(forbidden, base.to, expression.base, expression);
    for (const move of moves) applyMove(this.way, base.to, move, this.fn.tokens[expression.first]);
  }

  protected stored(expression: Expression & { kind: 'member' }): void {
    // A store into a part of a member is one into the member.
    for (let member: Expression = expression; member.kind === 'member'; member = member.base) {
      const spoken = this.typestates.storedInto(member.name);
      const base = spoken && this.base(member);
      if (spoken && base) {
        for (const forbidden of spoken.forbids) this.ask(forbidden, base.to, member.base, member);
        const record = baseRecord(member, this.globals);
        for (const move of spoken.moves)
          if (!('reason' in record) && record.tag === move.typestate.record)
            applyMove(this.way, base.to, move, this.fn.tokens[member.first]);
      }
      if (member.arrow) return;
    }
  }

  private broken(violation: Violation): void {
    this.hasViolations = true;
    this.onViolation?.(violation);
  }

  private ask(forbidden: Forbidden, object: string, named: Expression, expression: Expression): void {
    const mark = brokenBy(this.way, object, forbidden);
    if (!mark) return;
    this.broken({ forbidden, mark, object, named, expression });
    // What comes after would only say the same again.
    this.way.giveUp(object);
  }

  protected call(expression: Expression & { kind: 'call' }): Value {
    const { callee } = expression;
    const isNamed = callee.kind === 'name' && !callee.declaration;
    const name = isNamed ? callee.name : undefined;
    if (name === '__builtin_expect' || name === '__builtin_assume_aligned') {
      for (const argument of expression.arguments.slice(1)) this.value(argument);
      return this.value(expression.arguments[0]);
    }
    if (name === '__builtin_choose_expr' || name === '__builtin_constant_p') return this.fresh(expression);
    if (!isNamed) this.value(callee);
    const given = expression.arguments.map((argument) => this.value(argument));
    if (name !== undefined && this.typestates.isHead(name)) {
      const [page] = given;
      if (page?.kind !== 'pointer') return this.fresh(expression);
      const { to, head } = headOf(page);
      return pointer(to, head);
    }
    const spoken = name === undefined ? undefined : this.speak(name, expression, given);
    if (spoken) return spoken;
    const effects = name === undefined ? 'lost' : this.callees.effects(name, this.way, given, this.fn);
    if (effects === 'lost') {
      for (const value of given) if (value.kind === 'pointer') this.loseAt(value.to);
    }
    if (effects !== undefined && effects !== 'lost') return this.apply(expression, effects, given);
    this.writeThrough(expression, given);
    return this.fresh(expression);
  }

  /** What typestates say about the call of a function by its name; undefined where none speaks of it. */
  private speak(name: string, expression: Expression & { kind: 'call' }, given: readonly Value[]): Value | undefined {
    let spoken: Value | undefined;
    for (const role of this.typestates.rolesOf(name)) {
      const value = given[role.argument];
      const object =
        value?.kind !== 'pointer' ? undefined : role.member ? containerOf(value, role.member)?.to : value.to;
      if (object === undefined) continue;
      spoken ??= this.fresh(expression);
      if (role.forbidden)
        this.ask(role.forbidden, object, ownerNamed(expression.arguments[role.argument], role.member), expression);
      if (role.move) {
        this.settleResults(object, expression);
        applyMove(this.way, object, role.move, this.fn.tokens[expression.first]);
      }
      if (role.letsGo) this.way.giveUp(object);
      if (role.test !== undefined) {
        const known = answer(this.way, this.typestates.tests[role.test], object);
        spoken = known ?? { kind: 'result', test: role.test, object, negated: false };
      }
    }
    return spoken;
  }

  /** Before an object's state moves on, results of earlier tests that nobody has looked at yet are told apart. */
  private settleResults(object: string, expression: Expression): void {
    for (const value of this.way.values.values()) {
      if (value.kind !== 'result' || value.object !== object) continue;
      const is = this.choices.pick(2) === 0;
      const { tests } = this.typestates;
      const isPossible = learn(this.way, tests, value.test, object, is);
      if (isPossible) markLearned(this.way, tests, value.test, object, is, this.fn.tokens[expression.first]);
      else this.way.giveUp(object);
      this.settleResults(object, expression);
      return;
    }
  }

  private loseAt(to: string): void {
    for (const object of [...this.way.objects.keys()]) if (to.startsWith(object)) this.way.giveUp(object);
  }

  /** A function that is given an address may write there. */
  private writeThrough(expression: Expression & { kind: 'call' }, given: readonly Value[]): void {
    const { way } = this;
    given.forEach((value, index) => {
      if (value.kind !== 'pointer') return;
      const { to } = value;
      way.lose({ kind: 'place', text: to });
      way.forget(`*(${to}`);
      const key = conditionKey(expression.arguments[index], this);
      way.lose({ kind: 'truth', text: /^v[\d.]+;$/.test(to) ? to : `${key}->` });
    });
  }

  private apply(expression: Expression & { kind: 'call' }, effects: Called, given: readonly Value[]): Value {
    for (const violation of effects.violations) {
      const { forbidden, mark, object } = violation;
      const index = given.findIndex((value) => mentions(value, object));
      const named = expression.arguments[index] ?? expression;
      this.broken({ forbidden, mark, object, named, expression, inside: { violation, of: effects.of } });
    }
    if (effects.outcomes.length === 0 && effects.isUnreached) {
      this.isCut = true;
      return this.fresh(expression);
    }
    if (effects.outcomes.length === 0) {
      // The function never comes back, as far as it was understood: nothing is claimed of what follows.
      this.way.lose({ kind: 'objects', text: '' });
      return this.fresh(expression);
    }
    const { way, value } = effects.outcomes[this.choices.pick(effects.outcomes.length)];
    const before = this.way;
    this.way = join(way, before, effects.seen, effects.losses);
    this.bringOut(before, expression);
    if (!value) return this.fresh(expression);
    const own = `#${effects.of.id}.`;
    if (value.kind !== 'pointer' || !value.to.includes(own)) return value;
    return this.adopt(expression, value.to);
  }

  /** For the caller a state begins with the call; where the called function makes it stands before that in the path. */
  private bringOut(before: AbstractState, expression: Expression): void {
    const site = this.fn.tokens[expression.first];
    for (const [object, marks] of this.way.objects)
      for (const [dimension, mark] of marks)
        if (before.mark(object, dimension) !== mark)
          this.way.setMark(object, dimension, { ...mark, site, earlier: { ...mark, earlier: undefined } });
  }

  /** What a function made and gave back is known here by the call. */
  private adopt(expression: Expression, made: string): Value {
    const marks = this.way.objects.get(made);
    this.way.objects.delete(made);
    const own = this.fresh(expression) as Value & { kind: 'pointer' };
    if (marks) this.way.objects.set(own.to, marks);
    return own;
  }
}

/** What names an object of which the address of a member is handed over. */
function ownerNamed(argument: Expression, member: string | undefined): Expression {
  if (member === undefined || argument.kind !== 'unary' || argument.operand.kind !== 'member') return argument;
  return argument.operand.base;
}
