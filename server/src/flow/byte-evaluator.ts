/** Runs steps over states of stored bytes: what declarations, stores and calls do to objects, and which bytes leave. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { typeOf } from '../types/typer';
import { initializing } from '../types/walk';
import { ByteCalls } from './byte-calls';
import { type ByteRun, RETURNED } from './byte-run';
import { type ByteState, type ByteStates, type ByteValue, isTrue, joinedBytes } from './byte-state';
import type { FlowFunction } from './callees';
import { allOutcomes } from './choices';
import type { EnteredLoops } from './entered-loops';
import type { Match, Step } from './graph';
import type { Transfer } from './lattice';
import { RememberedSteps } from './remembered-steps';
import { conditionKey } from './truths';

const TESTED = { tested: true };

export class ByteEvaluator extends ByteCalls implements Transfer<ByteStates, Step, Match> {
  private readonly remembered = new RememberedSteps<ByteState>();

  constructor(
    fn: FlowFunction,
    run: ByteRun,
    private readonly loops: EnteredLoops,
  ) {
    super(fn, run);
  }

  objectOf(declaration: Declaration): { readonly id: string; readonly size: number } | undefined {
    return this.run.objects.ofVariable(declaration, this.fn);
  }

  placeOf(declaration: Declaration): string {
    return this.run.placeOf(declaration);
  }

  isSteady(call: string): boolean {
    return this.run.isSteady(call);
  }

  protected viewed(of: Pick<Declaration, 'name' | 'type'>, value: ByteValue | undefined): void {
    this.run.objects.view(of, value);
  }

  steps(states: ByteStates, steps: readonly Step[]): ByteStates {
    if (steps.length === 0) return states;
    const after: ByteState[] = [];
    for (const state of states.values()) {
      // Whoever waits for what leaves wants to be told of it all.
      const outcomes = this.run.onLeave
        ? this.outcomes(state, steps)
        : this.remembered.outcomes(steps, state, () => this.outcomes(state, steps));
      after.push(...outcomes);
    }
    return joinedBytes(after);
  }

  private outcomes(state: ByteState, steps: readonly Step[]): ByteState[] {
    const { outcomes, complete } = allOutcomes((choices) => {
      this.state = state.copy();
      this.choices = choices;
      this.run.spend(steps.length);
      for (const step of steps) this.step(step);
      return this.state;
    });
    if (!complete) for (const outcome of outcomes) outcome.loseAll();
    return outcomes;
  }

  branch(states: ByteStates, test: Step, holds: boolean): ByteStates | undefined {
    if (test.kind !== 'test') return states;
    const isFirst = this.loops.first.get(test) === holds;
    const left: ByteState[] = [];
    for (const state of states.values()) {
      this.state = state.copy();
      const tested = this.state.values.get(TESTED);
      this.state.values.delete(TESTED);
      const isNumber = tested?.kind === 'number';
      const truth = isNumber ? tested.value !== 0 : undefined;
      if (truth === !holds || (truth === undefined && isFirst)) continue;
      if (truth === undefined) this.learn(test.expression, holds, this.loops.repeated.has(test));
      left.push(this.state);
    }
    return left.length > 0 ? joinedBytes(left) : undefined;
  }

  match(states: ByteStates, { value, is, labels }: Match): ByteStates | undefined {
    if (conditionKey(value, this) === undefined) return states;
    const left: ByteState[] = [];
    for (const state of states.values()) {
      this.state = state.copy();
      const known = this.value(value);
      const asked = labels.map((label) => {
        const number = this.constant(label);
        const test = { ...value, kind: 'binary', operator: Punct.EqualEqual, left: value, right: label } as const;
        const key = conditionKey(test, this);
        const isEqual =
          known?.kind === 'number' && number?.kind === 'number'
            ? known.value === number.value
            : state.truths.get(key ?? '');
        return { key, label, isEqual };
      });
      if (asked.some(({ label, isEqual }) => isEqual === (label !== is))) continue;
      for (const { key, label } of asked) if (key !== undefined) this.state.truths.set(key, label === is);
      left.push(this.state);
    }
    return left.length > 0 ? joinedBytes(left) : undefined;
  }

  /** What a test says of the variables in it, and of itself where it is asked again. */
  private learn(test: Expression, holds: boolean, isRepeated: boolean): void {
    const { state } = this;
    if (test.kind === 'name' || test.kind === 'assign') {
      const of = variableIn(test);
      if (of && !state.values.has(of)) state.set(of, holds ? { kind: 'nonzero' } : { kind: 'number', value: 0 });
    } else if (test.kind === 'binary') this.learnCompared(test, holds);
    const key = isRepeated ? undefined : conditionKey(test, this);
    if (key !== undefined) state.truths.set(key, holds);
  }

  private learnCompared({ operator, left, right }: Expression & { kind: 'binary' }, holds: boolean): void {
    const bounds: Readonly<Record<number, readonly [Punct, Punct] | undefined>> = {
      [Punct.Less]: [Punct.Less, Punct.GreaterEqual],
      [Punct.GreaterEqual]: [Punct.GreaterEqual, Punct.Less],
      [Punct.Greater]: [Punct.Greater, Punct.LessEqual],
      [Punct.LessEqual]: [Punct.LessEqual, Punct.Greater],
      [Punct.EqualEqual]: [Punct.EqualEqual, Punct.ExclamationEqual],
      [Punct.ExclamationEqual]: [Punct.ExclamationEqual, Punct.EqualEqual],
    };
    const pair = bounds[operator];
    if (!pair) return;
    const is = holds ? pair[0] : pair[1];
    for (const [side, other, relation] of [
      [left, right, is],
      [right, left, MIRRORED[is] ?? is],
    ] as const) {
      const of = variableIn(side);
      const value = of && this.state.values.get(of);
      if (!of || (value && value.kind !== 'most')) continue;
      const against = this.value(other);
      if (against?.kind !== 'number' && against?.kind !== 'most') continue;
      const learned = learnedOf(relation, against);
      if (learned && !(value?.kind === 'most' && learned.kind === 'most' && value.value <= learned.value))
        this.state.set(of, learned);
    }
  }

  private step(step: Step): void {
    const { state } = this;
    switch (step.kind) {
      case 'evaluate': {
        this.dropped = step.expression.kind === 'cast' ? step.expression.operand : step.expression;
        const value = this.value(step.expression);
        // An address that nobody takes goes into an asm.
        if (step.expression.kind !== 'assign' && step.expression.kind !== 'call' && step.expression.kind !== 'unary')
          this.escape(value);
        else if (step.expression.kind === 'unary' && step.expression.operator === Punct.Ampersand) this.escape(value);
        break;
      }
      case 'declare':
        this.declare(step.declaration);
        break;
      case 'hold': {
        const { value } = step;
        state.set(step.of, typeof value === 'number' ? { kind: 'number', value } : value && this.value(value));
        break;
      }
      case 'test': {
        const truth = this.loops.repeated.has(step)
          ? this.plainTruth(this.value(step.expression))
          : this.truth(step.expression, this.value(step.expression));
        this.state.set(TESTED, truth === undefined ? undefined : { kind: 'number', value: truth ? 1 : 0 });
        break;
      }
      case 'cleanup':
        break;
      case 'leave':
        for (const variable of step.variables) this.leave(variable);
        break;
      case 'return':
        this.state.set(RETURNED, step.value && this.returned(step.value));
        break;
      case 'outputs':
        for (const output of step.expressions) this.storeOutput(output);
        break;
      case 'unknown':
        state.loseAll();
        break;
    }
  }

  private plainTruth(value: ByteValue | undefined): boolean | undefined {
    if (value?.kind === 'number') return value.value !== 0;
    return isTrue(value) || value?.kind === 'pointer' ? true : undefined;
  }

  private returned(expression: Expression): ByteValue | undefined {
    const value = this.value(expression);
    if (value) return value;
    const key = conditionKey(expression, this);
    const truth = key === undefined ? undefined : this.state.truths.get(key);
    return truth === undefined ? undefined : truth ? { kind: 'nonzero' } : { kind: 'number', value: 0 };
  }

  private leave(variable: Declaration): void {
    this.state.values.delete(variable);
    const object = this.objectOf(variable);
    if (object) this.state.objects.delete(object.id);
  }

  private storeOutput(output: Expression): void {
    const location = this.location(output);
    if (location?.kind === 'variable') this.state.values.delete(location.of);
    else if (location) this.storeBytes(location, this.sizeOf(typeOf(output, this.globals)));
  }

  private declare(declaration: Declaration): void {
    const { initializer, isStatic } = declaration;
    const object = this.objectOf(declaration);
    const isList = initializer?.kind === 'list';
    const values = initializer ? [...initializing(initializer)].map((part) => this.value(part)) : [];
    this.state.forget(this.placeOf(declaration));
    if (object) {
      for (const value of values) this.escape(value);
      const whole = initializer?.kind === 'list' ? undefined : initializer;
      if (whole) this.leaveByMacro(whole);
      const open = whole && this.openIn(whole);
      this.state.begin(object.id, initializer !== undefined);
      if (open) this.leaveOpen({ kind: 'bytes', object: object.id, at: 0, low: 0, high: object.size }, open);
      return;
    }
    if (isList) for (const value of values) this.escape(value);
    this.setVariable(declaration, isStatic || isList ? undefined : values[0]);
  }
}

const MIRRORED: Readonly<Record<number, Punct | undefined>> = {
  [Punct.Less]: Punct.Greater,
  [Punct.Greater]: Punct.Less,
  [Punct.LessEqual]: Punct.GreaterEqual,
  [Punct.GreaterEqual]: Punct.LessEqual,
};

function learnedOf(
  relation: Punct,
  { kind, value }: { kind: 'number' | 'most'; value: number },
): ByteValue | undefined {
  if (relation === Punct.Less) return { kind: 'most', value: value - 1 };
  if (relation === Punct.LessEqual) return { kind: 'most', value };
  if (kind === 'most') return undefined;
  if (relation === Punct.EqualEqual) return { kind: 'number', value };
  return relation === Punct.ExclamationEqual && value === 0 ? { kind: 'nonzero' } : undefined;
}

/** The variable whose value a test asks for, be it just stored. */
function variableIn(expression: Expression): Declaration | undefined {
  if (expression.kind === 'assign')
    return expression.operator === Punct.Equal ? variableIn(expression.left) : undefined;
  if (expression.kind === 'cast') return variableIn(expression.operand);
  const declaration = expression.kind === 'name' ? expression.declaration : undefined;
  return declaration?.kind === 'variable' || declaration?.kind === 'parameter' ? declaration : undefined;
}
