/** Evaluates steps over a situation: values of expressions, effects on places, and what protocols say to each. */
import { numberValue } from '../preprocessor/numbers';
import type { PToken } from '../preprocessor/ptoken';
import { Punct } from '../syntax/tokens';
import type { Declaration, Expression, Initializer } from '../types/ast';
import { genericBranch } from '../types/constants';
import { isUnknownValue, strip } from '../types/model';
import type { Globals } from '../types/scope';
import { baseRecord, typeOf } from '../types/typer';
import { allOutcomes, type Choices } from './choices';
import type { Step } from './graph';
import type { Transfer } from './lattice';
import {
  containerOf,
  elementOf,
  firstContent,
  headOf,
  type Location,
  memberOfObject,
  mentions,
  number,
  pointer,
  type Value,
} from './objects';
import { answer, applyMove, type Ban, brokenBy, learn, markLearned, type Protocols } from './protocols';
import { gather, type Mark, type Situation, type Situations } from './situation';
import { conditionKey } from './truths';

/** A function with what the analysis asks of it. */
export interface FlowFunction {
  /** Tells its variables from those of other functions. */
  readonly id: number;
  readonly name: string;
  readonly declaration: Declaration;
  readonly tokens: readonly PToken[];
}

/** A ban that was broken: by which expression of the function, and by which calls inside of it. */
export interface Violation {
  readonly ban: Ban;
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
  readonly way: Situation;
  readonly value: Value | undefined;
}

export interface Effects {
  readonly outcomes: readonly Outcome[];
  readonly violations: readonly Violation[];
  readonly of: FlowFunction;
}

/** Thrown where a function takes more steps than any real one; nothing is said of it then. */
export class Exhausted extends Error {}

/** Answers calls of functions whose bodies are in sight. */
export interface Callees {
  /** Counts steps. @throws Exhausted where there were too many for one function and all that it calls. */
  spend(steps: number): void;
  /** Undefined where the function is not in sight, or says nothing that a protocol asks about; `lost` where it can't be told. */
  effects(name: string, way: Situation, given: readonly Value[], caller: FlowFunction): Effects | 'lost' | undefined;
}

/** Where `return` leaves its value, and a test its own. */
export const RETURNED = 'return;';
const TESTED = 'test;';

export class Evaluator implements Transfer<Situations, Step> {
  private readonly ordinals = new Map<Declaration, number>();
  private way!: Situation;
  private choices!: Choices;
  /** Called for each broken ban; the way it happens on goes on without the mark. */
  onViolation: ((violation: Violation) => void) | undefined;

  constructor(
    readonly fn: FlowFunction,
    private readonly globals: Globals,
    private readonly protocols: Protocols,
    private readonly callees: Callees,
  ) {}

  steps(ways: Situations, steps: readonly Step[]): Situations {
    if (steps.length === 0) return ways;
    const after: Situation[] = [];
    for (const way of ways.values()) {
      const { outcomes, complete } = allOutcomes((choices) => {
        this.way = way.copy();
        this.choices = choices;
        this.callees.spend(steps.length);
        for (const step of steps) this.run(step);
        return this.way;
      });
      if (!complete) for (const outcome of outcomes) outcome.objects.clear();
      after.push(...outcomes);
    }
    return gather(after);
  }

  branch(ways: Situations, test: Step, holds: boolean): Situations | undefined {
    const left: Situation[] = [];
    for (const way of ways.values()) {
      const copy = way.copy();
      if (test.kind === 'test' && this.take(copy, test.expression, holds)) left.push(copy);
    }
    return left.length > 0 ? gather(left) : undefined;
  }

  /** Takes one side of a test; false where no execution does. */
  private take(way: Situation, test: Expression, holds: boolean): boolean {
    const value = way.values.get(TESTED);
    way.values.delete(TESTED);
    switch (value?.kind) {
      case 'number':
        return (value.value !== 0) === holds;
      case 'nonzero':
        return holds;
      case 'result': {
        const is = holds !== value.negated;
        if (!learn(way, this.protocols.tests, value.test, value.object, is)) return false;
        markLearned(way, this.protocols.tests, value.test, value.object, is, this.fn.tokens[test.first]);
        return true;
      }
      case 'condition': {
        const is = holds !== value.negated;
        const known = way.truths.get(value.key);
        if (known !== undefined) return known === is;
        way.truths.set(value.key, is);
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
      case 'return':
        if (step.value) this.way.values.set(RETURNED, this.value(step.value));
        break;
      case 'outputs':
        for (const output of step.expressions) this.store(this.location(output), undefined);
        break;
      case 'unknown':
        this.way.objects.clear();
        this.way.values.clear();
        this.way.truths.clear();
        break;
    }
  }

  placeOf(declaration: Declaration): string {
    let ordinal = this.ordinals.get(declaration);
    if (ordinal === undefined) {
      ordinal = this.ordinals.size;
      this.ordinals.set(declaration, ordinal);
    }
    return `v${this.fn.id}.${ordinal};`;
  }

  isSteady(call: string): boolean {
    return this.protocols.isSteady(call);
  }

  private heldAt(expression: Expression): string {
    return `h${this.fn.id}.${expression.first}.${expression.end};`;
  }

  /** A value that this very place makes; what it made before is out of reach. */
  private fresh(expression: { readonly first: number; readonly end: number }): Value {
    const name = this.freshName(expression);
    this.way.forget(name);
    return pointer(name);
  }

  freshName(expression: { readonly first: number; readonly end: number }): string {
    return `#${this.fn.id}.${expression.first}.${expression.end};`;
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

  private initialize(place: string, initializer: Initializer): void {
    if (initializer.kind !== 'list') {
      this.way.values.set(place, this.value(initializer));
      return;
    }
    for (const { path, value } of initializer.items) {
      const step = path.length === 1 ? path[0] : undefined;
      if (step?.kind === 'member') this.initialize(`${place}.${step.name}`, value);
      else this.initialize(`${place}[?]`, value);
    }
  }

  private cleanUp(declaration: Declaration): void {
    const { first, end } = declaration.body ?? { first: declaration.nameToken, end: declaration.nameToken + 1 };
    const name: Expression = { kind: 'name', name: declaration.name, declaration, first, end };
    const address: Expression = { kind: 'unary', operator: Punct.Ampersand, postfix: false, operand: name, first, end };
    const callee: Expression = { kind: 'name', name: declaration.cleanup ?? '', declaration: undefined, first, end };
    this.call({ kind: 'call', callee, arguments: [address], first, end });
  }

  // Values.

  value(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
      case 'character': {
        const constant = numberValue(expression.text);
        return constant ? number(Number(constant.value)) : this.fresh(expression);
      }
      case 'name':
        return this.named(expression);
      case 'assign':
        return this.assign(expression);
      case 'unary':
        return this.unary(expression);
      case 'binary':
        return this.binary(expression);
      case 'member':
      case 'index':
        return this.load(this.location(expression), expression);
      case 'cast':
        return this.value(expression.operand);
      case 'call':
        return this.call(expression);
      case 'generic': {
        const branch = genericBranch(expression, this.globals);
        return branch ? this.value(branch) : this.fresh(expression);
      }
      case 'compound': {
        const made = this.fresh(expression) as Value & { kind: 'pointer' };
        this.initialize(made.to, expression.initializer);
        return made;
      }
      case 'conditional':
      case 'statement':
        return this.way.values.get(this.heldAt(expression)) ?? this.fresh(expression);
      case 'va_arg':
        this.value(expression.list);
        return this.fresh(expression);
      default:
        return this.fresh(expression);
    }
  }

  /** The value as a test sees it; undefined where nothing can be told. */
  private truth(expression: Expression): Value | undefined {
    const value = this.value(expression);
    if (value.kind !== 'pointer') return value;
    const key = conditionKey(expression, this);
    return key === undefined ? undefined : { kind: 'condition', key, negated: false };
  }

  private named(expression: Expression & { kind: 'name' }): Value {
    const { declaration } = expression;
    const known = declaration ?? this.globals.ordinary(expression.name);
    if (known?.kind === 'enumerator')
      return known.value === undefined || isUnknownValue(known.value)
        ? this.fresh(expression)
        : number(Number(known.value));
    const place = declaration ? this.placeOf(declaration) : `g:${expression.name};`;
    if (known?.kind === 'function' || (known && strip(known.type).kind === 'array')) return pointer(place);
    return this.load({ to: place }, expression);
  }

  private assign(expression: Expression & { kind: 'assign' }): Value {
    if (expression.operator !== Punct.Equal) {
      this.value(expression.right);
      this.store(this.location(expression.left), undefined);
      return this.fresh(expression);
    }
    const value = this.value(expression.right);
    const { left } = expression;
    if (left.kind === 'member' && this.protocols.isRaw(left.name)) {
      const base = this.base(left);
      if (base) this.way.giveUp(base.to);
    }
    this.store(this.location(left), value);
    return value;
  }

  private unary(expression: Expression & { kind: 'unary' }): Value {
    const { operand } = expression;
    switch (expression.operator) {
      case Punct.Ampersand: {
        const location = this.location(operand);
        return location ? pointer(location.to, location.head) : this.fresh(expression);
      }
      case Punct.Star:
        return this.load(this.location(expression), expression);
      case Punct.Exclamation: {
        const value = this.truth(operand);
        if (!value) return this.fresh(expression);
        if (value.kind === 'number') return number(value.value === 0 ? 1 : 0);
        if (value.kind === 'nonzero') return number(0);
        return value.kind === 'pointer' ? this.fresh(expression) : { ...value, negated: !value.negated };
      }
      case Punct.PlusPlus:
      case Punct.MinusMinus:
        this.store(this.location(operand), undefined);
        return this.fresh(expression);
      case Punct.Minus: {
        const value = this.value(operand);
        return value.kind === 'number' ? number(-value.value) : this.fresh(expression);
      }
      default:
        this.value(operand);
        return this.fresh(expression);
    }
  }

  private binary(expression: Expression & { kind: 'binary' }): Value {
    const { operator } = expression;
    if (operator === Punct.AndAnd || operator === Punct.OrOr)
      return this.way.values.get(this.heldAt(expression)) ?? this.fresh(expression);
    if (operator === Punct.Comma) {
      this.value(expression.left);
      return this.value(expression.right);
    }
    if (operator === Punct.Minus && expression.right.kind === 'offsetof') return this.container(expression);
    const left = this.value(expression.left);
    const right = this.value(expression.right);
    if (operator === Punct.EqualEqual || operator === Punct.ExclamationEqual) {
      const isEqual = operator === Punct.EqualEqual;
      if (left.kind === 'number' && right.kind === 'number')
        return number((left.value === right.value) === isEqual ? 1 : 0);
      const [asked, of] = right.kind === 'number' ? [left, expression.left] : [right, expression.right];
      const against = right.kind === 'number' ? right : left;
      if (against.kind === 'number' && against.value === 0) {
        if (asked.kind === 'nonzero') return number(isEqual ? 0 : 1);
        if (asked.kind === 'result' || asked.kind === 'condition')
          return isEqual ? { ...asked, negated: !asked.negated } : asked;
        const key = conditionKey(of, this);
        if (key !== undefined) return { kind: 'condition', key, negated: isEqual };
      }
    } else if (left.kind === 'number' && right.kind === 'number') {
      const result = COMPUTED[operator]?.(left.value, right.value);
      if (result !== undefined) return number(Number(result));
    } else if (left.kind === 'pointer' && (operator === Punct.Plus || operator === Punct.Minus)) {
      // p + 0 is p; any other sum is some other element, of which only the compound is known.
      if (right.kind === 'number' && right.value === 0) return left;
      const key = conditionKey(expression.right, this);
      if (key !== undefined && operator === Punct.Plus) {
        const { to, head } = elementOf(left, key);
        return pointer(to, head);
      }
      return left.head === undefined ? this.fresh(expression) : pointer(this.freshName(expression), left.head);
    }
    if (!COMPARISONS.has(operator)) return this.fresh(expression);
    const key = conditionKey(expression, this);
    return key === undefined ? this.fresh(expression) : { kind: 'condition', key, negated: false };
  }

  /** `(char *)p - offsetof(type, member)`, as container_of() comes to. */
  private container(expression: Expression & { kind: 'binary' }): Value {
    const at = this.value(expression.left);
    const { right } = expression;
    if (right.kind !== 'offsetof') return this.fresh(expression);
    const steps = right.path.map((step) => (step.kind === 'member' ? step.name : '[]'));
    const known = at.kind === 'pointer' ? containerOf(at, steps.join('.')) : undefined;
    if (known) return pointer(known.to);
    const made = this.fresh(expression) as Value & { kind: 'pointer' };
    const tag = recordTag(right);
    for (const move of this.protocols.entryMoves(steps[0]))
      if (move.protocol.record === tag) applyMove(this.way, made.to, move, this.fn.tokens[expression.first]);
    return made;
  }

  // Places.

  /** The place that an expression names; undefined where it can't be told. */
  private location(expression: Expression): Location | undefined {
    switch (expression.kind) {
      case 'name': {
        const { declaration } = expression;
        return { to: declaration ? this.placeOf(declaration) : `g:${expression.name};` };
      }
      case 'member': {
        const base = this.base(expression);
        if (base) this.touch(expression, base);
        if (!base) return undefined;
        if (this.protocols.isEmbeddedName(expression.name)) {
          const record = baseRecord(expression, this.globals);
          if (!('reason' in record) && this.protocols.isEmbedded(record.tag, expression.name))
            return { to: base.to, head: base.to };
        }
        return memberOfObject(base, expression.name);
      }
      case 'index': {
        const base = this.value(expression.base);
        const index = this.value(expression.index);
        if (base.kind !== 'pointer') return undefined;
        if (index.kind === 'number' && index.value === 0 && base.head !== undefined) return base;
        const key = index.kind === 'number' ? `${index.value}` : conditionKey(expression.index, this);
        return elementOf(base, key ?? this.freshName(expression));
      }
      case 'unary': {
        if (expression.operator !== Punct.Star) break;
        const value = this.value(expression.operand);
        return value.kind === 'pointer' ? value : undefined;
      }
      case 'cast':
        return this.location(expression.operand);
      case 'compound': {
        const value = this.value(expression);
        return value.kind === 'pointer' ? value : undefined;
      }
    }
    this.value(expression);
    return undefined;
  }

  /** The object of which a member is named. */
  private base(expression: Expression & { kind: 'member' }): Location | undefined {
    if (!expression.arrow) return this.location(expression.base);
    const value = this.value(expression.base);
    return value.kind === 'pointer' ? value : undefined;
  }

  private load(location: Location | undefined, expression: Expression): Value {
    if (!location) return this.fresh(expression);
    const known = this.way.values.get(location.to);
    if (known) return known;
    if (expression.kind !== 'name' && strip(typeOf(expression, this.globals)).kind === 'array')
      return pointer(location.to, location.head);
    const content = firstContent(location.to);
    return content === undefined ? this.fresh(expression) : pointer(content);
  }

  private store(location: Location | undefined, value: Value | undefined): void {
    if (!location) return;
    const { way } = this;
    const { to } = location;
    if (to.endsWith(';') && !to.includes('(')) way.forget(to);
    const member = /\.(\w+)$/.exec(to)?.[1];
    if (member !== undefined) {
      // Any other object's member of this name may be the same one.
      for (const place of way.values.keys()) if (place.endsWith(`.${member}`)) way.values.delete(place);
      way.forget(`.${member})`);
      for (const key of way.truths.keys()) if (key.includes(`->${member};`)) way.truths.delete(key);
    } else way.forget(`*(${to})`);
    if (value) way.values.set(to, value);
    else way.values.delete(to);
  }

  // Protocols.

  private touch(expression: Expression & { kind: 'member' }, base: Location): void {
    const { bans, moves } = this.protocols.touchedBy(expression.name);
    if (!this.way.objects.has(base.to)) return;
    for (const ban of bans) this.ask(ban, base.to, expression.base, expression);
    for (const move of moves) applyMove(this.way, base.to, move, this.fn.tokens[expression.first]);
  }

  private ask(ban: Ban, object: string, named: Expression, expression: Expression): void {
    const mark = brokenBy(this.way, object, ban);
    if (!mark) return;
    this.onViolation?.({ ban, mark, object, named, expression });
    // What comes after would only say the same again.
    this.way.giveUp(object);
  }

  private call(expression: Expression & { kind: 'call' }): Value {
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
    if (name !== undefined && this.protocols.isHead(name)) {
      const [page] = given;
      if (page?.kind !== 'pointer') return this.fresh(expression);
      const { to, head } = headOf(page);
      return pointer(to, head);
    }
    const spoken = name === undefined ? undefined : this.speak(name, expression, given);
    if (spoken) return spoken;
    const effects = name === undefined ? 'lost' : this.callees.effects(name, this.way, given, this.fn);
    if (effects === 'lost' || (effects === undefined && name !== undefined && this.protocols.mayChange(name))) {
      for (const value of given) if (value.kind === 'pointer') this.loseAt(value.to);
    }
    if (effects !== undefined && effects !== 'lost') return this.apply(expression, effects, given);
    this.writeThrough(expression, given);
    return this.fresh(expression);
  }

  /** What protocols say about the call of a function by its name; undefined where none speaks of it. */
  private speak(name: string, expression: Expression & { kind: 'call' }, given: readonly Value[]): Value | undefined {
    let spoken: Value | undefined;
    for (const role of this.protocols.rolesOf(name)) {
      const value = given[role.argument];
      const object =
        value?.kind !== 'pointer' ? undefined : role.member ? containerOf(value, role.member)?.to : value.to;
      if (object === undefined) continue;
      spoken ??= this.fresh(expression);
      const named = expression.arguments[role.argument];
      if (role.ban) this.ask(role.ban, object, named, expression);
      if (role.move) {
        this.settleResults(object, expression);
        applyMove(this.way, object, role.move, this.fn.tokens[expression.first]);
      }
      if (role.letsGo) this.way.giveUp(object);
      if (role.test !== undefined) {
        const known = answer(this.way, this.protocols.tests[role.test], object);
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
      const { tests } = this.protocols;
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
      for (const place of way.values.keys()) if (place === to || place.startsWith(`${to}.`)) way.values.delete(place);
      way.forget(`*(${to}`);
      const key = conditionKey(expression.arguments[index], this);
      const stale = /^v[\d.]+;$/.test(to) ? to : `${key}->`;
      for (const truth of way.truths.keys()) if (truth.includes(stale)) way.truths.delete(truth);
    });
  }

  private apply(expression: Expression & { kind: 'call' }, effects: Effects, given: readonly Value[]): Value {
    for (const violation of effects.violations) {
      const { ban, mark, object } = violation;
      const index = given.findIndex((value) => mentions(value, object));
      const named = expression.arguments[index] ?? expression;
      this.onViolation?.({ ban, mark, object, named, expression, inside: { violation, of: effects.of } });
    }
    if (effects.outcomes.length === 0) {
      // The function never comes back, as far as it was understood: nothing is claimed of what follows.
      this.way.objects.clear();
      return this.fresh(expression);
    }
    const { way, value } = effects.outcomes[this.choices.pick(effects.outcomes.length)];
    const before = this.way;
    this.way = way.copy();
    this.bringOut(before, expression);
    if (!value) return this.fresh(expression);
    const own = `#${effects.of.id}.`;
    if (value.kind !== 'pointer' || !value.to.includes(own)) return value;
    return this.adopt(expression, value.to);
  }

  /** For the caller a state begins with the call; where the called function makes it stands before that in the path. */
  private bringOut(before: Situation, expression: Expression): void {
    const site = this.fn.tokens[expression.first];
    for (const [object, marks] of this.way.objects)
      for (const [aspect, mark] of marks)
        if (before.mark(object, aspect) !== mark)
          this.way.setMark(object, aspect, { ...mark, site, earlier: { ...mark, earlier: undefined } });
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

const COMPARISONS = new Set<number>([
  Punct.EqualEqual,
  Punct.ExclamationEqual,
  Punct.Less,
  Punct.Greater,
  Punct.LessEqual,
  Punct.GreaterEqual,
  Punct.Ampersand,
]);

const COMPUTED: Readonly<Record<number, ((a: number, b: number) => number | boolean) | undefined>> = {
  [Punct.Less]: (a, b) => a < b,
  [Punct.Greater]: (a, b) => a > b,
  [Punct.LessEqual]: (a, b) => a <= b,
  [Punct.GreaterEqual]: (a, b) => a >= b,
  [Punct.Plus]: (a, b) => a + b,
  [Punct.Minus]: (a, b) => a - b,
};

function recordTag(expression: Expression & { kind: 'offsetof' }): string | undefined {
  const bare = strip(expression.type);
  return bare.kind === 'record' ? bare.record.tag : undefined;
}
