/** Runs steps over states of stored bytes: what declarations, stores and calls do to objects, and which bytes leave. */
import type { Target } from '../layout/target';
import type { ByteSink, SpelledArgument, TextCalls, UnclearedMemory } from '../packs/bytes';
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import { initializing } from '../types/walk';
import type { Globals } from '../types/scope';
import { baseRecord, typeOf } from '../types/typer';
import { type BitRanges, missingBits } from './bit-ranges';
import type { ByteNames } from './byte-facts';
import type { ByteObject, ByteObjects } from './byte-objects';
import { type ByteState, type ByteStates, type ByteValue, isTrue, joinedBytes, objectsOf } from './byte-state';
import { ByteValues } from './byte-values';
import type { FlowFunction } from './callees';
import { allOutcomes, type Choices } from './choices';
import type { EnteredLoops } from './entered-loops';
import type { Step } from './graph';
import type { Transfer } from './lattice';
import { conditionKey } from './truths';

/** Bytes of an object that leave the kernel, some of them never stored. */
export interface LeavingBytes {
  readonly object: ByteObject;
  readonly sink: ByteSink;
  /** In bits. */
  readonly missing: BitRanges;
  /** What lets it go, and the function that this stands in. */
  readonly expression: Expression;
  readonly of: FlowFunction;
  /** What names the object there. */
  readonly named: Expression | undefined;
}

/** What the evaluators of a function and of those that it calls have in common. */
export interface ByteRun {
  readonly globals: Globals;
  readonly target: Target;
  readonly names: ByteNames;
  readonly objects: ByteObjects;
  isSteady(call: string): boolean;
  /** A text that stands for a variable, whichever function it is of. */
  placeOf(declaration: Declaration): string;
  /** Counts steps. @throws Exhausted */
  spend(steps: number): void;
  /** Told of what leaves, once the facts are settled; undefined before. */
  onLeave: ((leaving: LeavingBytes) => void) | undefined;
  /** What a function in sight makes of a state; undefined where it is not in sight, or not to be followed. */
  enter(
    name: string,
    state: ByteState,
    given: readonly (ByteValue | undefined)[],
    call: Expression,
  ): readonly ByteState[] | undefined;
}

/** Where a function leaves the value that it returns. */
export const RETURNED = { returned: true };
const TESTED = { tested: true };

export class ByteEvaluator extends ByteValues implements Transfer<ByteStates, Step> {
  private choices!: Choices;

  constructor(
    fn: FlowFunction,
    private readonly run: ByteRun,
    private readonly loops: EnteredLoops,
  ) {
    super(fn, run.globals, run.target);
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

  protected viewed(of: Declaration, value: ByteValue | undefined): void {
    this.run.objects.view(of, value);
  }

  steps(states: ByteStates, steps: readonly Step[]): ByteStates {
    if (steps.length === 0) return states;
    const after: ByteState[] = [];
    for (const state of states.values()) {
      const { outcomes, complete } = allOutcomes((choices) => {
        this.state = state.copy();
        this.choices = choices;
        this.run.spend(steps.length);
        for (const step of steps) this.step(step);
        return this.state;
      });
      if (!complete) for (const outcome of outcomes) outcome.loseAll();
      after.push(...outcomes);
    }
    return joinedBytes(after);
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
      this.state.begin(object.id, initializer !== undefined);
      return;
    }
    if (isList) for (const value of values) this.escape(value);
    this.setVariable(declaration, isStatic || isList ? undefined : values[0]);
  }

  protected roomBehind(expression: Expression & { kind: 'member' }): ByteValue | undefined {
    const tag = this.run.names.rooms.get(expression.name);
    if (tag === undefined) return undefined;
    const record = baseRecord(expression, this.globals);
    const key = conditionKey(expression, this);
    if ('reason' in record || record.tag !== tag || key === undefined) return undefined;
    const { id, size } = this.run.objects.room(key, this.fn.tokens[expression.first], this.fn);
    if (!this.state.objects.has(id)) this.state.begin(id, false);
    return { kind: 'pointer', object: id, at: 0, low: 0, high: size };
  }

  protected storedInto(expression: Expression & { kind: 'member' }, value: ByteValue | undefined): void {
    this.loseRoom(expression);
    const sink = this.run.names.storeSinks.get(expression.name);
    const record = sink && baseRecord(expression, this.globals);
    if (!sink || !record || 'reason' in record || record.tag !== sink.record) return;
    const behind = conditionKey({ ...expression, name: sink.behind ?? '' }, this);
    if (behind === undefined) return;
    if (value?.kind === 'number')
      this.state.lengths.set(behind, { length: value.value, expression, of: this.fn, sink });
    else this.state.lengths.delete(behind);
  }

  /** What a member pointed to is another object once something was stored into the member. */
  private loseRoom(expression: Expression & { kind: 'member' }): void {
    const key = this.run.names.rooms.has(expression.name) ? conditionKey(expression, this) : undefined;
    if (key !== undefined) this.state.objects.set(key, null);
  }

  /** What leaves at the end of a function, by the lengths that were said on the way. */
  leaveAtEnd(states: ByteStates): void {
    for (const state of states.values())
      for (const [id, { length, expression, of, sink }] of state.lengths) {
        const object = this.run.objects.get(id);
        this.state = state;
        if (object) this.leaves(object, 0, length, sink, expression, undefined, of);
      }
  }

  protected call(expression: Expression & { kind: 'call' }): ByteValue | undefined {
    const { callee } = expression;
    const isNamed = callee.kind === 'name' && !callee.declaration;
    const name = isNamed ? callee.name : undefined;
    if (name?.startsWith('__builtin_')) {
      const known = this.builtin(name, expression);
      if (known !== 'call') return known;
    }
    if (!isNamed) this.escape(this.value(callee));
    const given = expression.arguments.map((argument) => this.value(argument));
    const spoken = name === undefined ? 'unknown' : this.speak(name.replace(/^__builtin_/, ''), expression, given);
    if (spoken !== 'unknown') return spoken;
    if (name?.startsWith('__builtin_')) return this.constant(expression);
    const isConcerned = given.some((value) => objectsOf(value).length > 0 || value?.kind === 'variable');
    const entered = name !== undefined && isConcerned ? this.run.enter(name, this.state, given, expression) : undefined;
    if (!entered) {
      for (const value of given) this.escape(value);
      return undefined;
    }
    if (entered.length === 0) {
      this.state.loseAll();
      return undefined;
    }
    this.state = entered[this.choices.pick(entered.length)].copy();
    const value = this.state.values.get(RETURNED);
    this.state.values.delete(RETURNED);
    return value;
  }

  /** What a compiler's own function comes to; `call` where it stores as the function of the name without its prefix does. */
  private builtin(name: string, expression: Expression & { kind: 'call' }): ByteValue | undefined | 'call' {
    if (name === '__builtin_expect' || name === '__builtin_assume_aligned') return this.value(expression.arguments[0]);
    if (name === '__builtin_constant_p' || /_size$/.test(name)) return this.constant(expression);
    if (name === '__builtin_choose_expr') {
      const chosen = this.constant(expression.arguments[0]);
      return chosen?.kind === 'number' ? this.value(expression.arguments[chosen.value ? 1 : 2]) : undefined;
    }
    return 'call';
  }

  /** What packs say of a function's name; `unknown` where they say nothing. */
  private speak(
    name: string,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): ByteValue | undefined | 'unknown' {
    const { names } = this.run;
    const sinks = names.sinks.get(name);
    if (sinks) {
      const meant = sinks.filter(({ when }) => !when || this.isMeant(when, expression));
      for (const sink of meant) this.leaveBy(sink, expression, given);
      return meant.length > 0 ? undefined : 'unknown';
    }
    const store = names.stores.get(name);
    if (store) {
      const length = store.length ? this.lengthOf(given, store.length) : { kind: 'most' as const, value: 0 };
      this.storeLength(given[store.to], length);
      return given[store.to];
    }
    const text = names.texts.get(name);
    if (text) {
      this.storeText(text, expression, given);
      return undefined;
    }
    if (names.reads.has(name)) return undefined;
    const memory = names.uncleared.get(name);
    return memory ? this.give(memory, expression, given) : 'unknown';
  }

  private lengthOf(given: readonly (ByteValue | undefined)[], factors: readonly number[]): ByteValue | undefined {
    let product = 1;
    let isMost = false;
    for (const factor of factors) {
      const value = given[factor];
      if (value?.kind !== 'number' && value?.kind !== 'most') return undefined;
      isMost ||= value.kind === 'most';
      product *= value.value;
    }
    return { kind: isMost ? 'most' : 'number', value: product };
  }

  private storeLength(to: ByteValue | undefined, length: ByteValue | undefined): void {
    if (to?.kind !== 'pointer') return this.escape(to);
    if (length?.kind === 'number') this.storeBytes(to, length.value);
    else this.storeBytes(to, undefined);
  }

  private storeText(
    fact: TextCalls,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): void {
    const to = given[fact.to];
    if (to?.kind !== 'pointer') return this.escape(to);
    if (to.at === undefined || this.isPadded(expression)) return this.storeBytes(to, undefined);
    const object = this.run.objects.get(to.object);
    const text = fact.text === undefined ? undefined : literalIn(expression.arguments[fact.text]);
    const format = fact.format === undefined ? undefined : literalIn(expression.arguments[fact.format]);
    // Of a plain buffer that is formatted into, whoever lets it go knows how much it is.
    if (fact.format !== undefined && (format === undefined || format.includes('%')) && !isRecordLike(object))
      return this.storeBytes(to, undefined);
    const length = text !== undefined ? text.length + 1 : format !== undefined ? shortest(format) : fact.appends ? 0 : 1;
    this.storeBytes(to, Math.min(length, to.high - to.at));
    const texts = object?.texts;
    if (texts && !texts.some((one) => one.expression === expression))
      texts.push({ low: to.at, high: to.high, expression, of: this.fn, fact });
  }

  /** Whether a macro around a call pads what the call leaves. */
  private isPadded(expression: Expression): boolean {
    for (let token = this.fn.tokens[expression.first]; token.via; token = token.via.at)
      if (this.run.names.padded.has(nameText(token.via.macro.id))) return true;
    return false;
  }

  /** Memory that nobody cleared. */
  private give(
    memory: UnclearedMemory,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): ByteValue | undefined {
    const length = this.lengthOf(given, memory.length);
    for (const value of given) if (value?.kind === 'pointer') this.escape(value);
    const isClear = memory.clearedBy?.some((flag) => this.isSpelled(expression, flag));
    const isSure = memory.flags === undefined || given[memory.flags]?.kind === 'number';
    if (length?.kind !== 'number' || length.value <= 0 || isClear || !isSure) return undefined;
    const header = memory.header === undefined ? 0 : this.headerOf(memory.header);
    if (header === undefined) return undefined;
    const of = memory.of === undefined ? undefined : conditionKey(expression.arguments[memory.of], this);
    const object = this.run.objects.given(expression, this.fn, header + length.value, memory, of);
    this.state.begin(object.id, false);
    this.state.storeBits(object.id, 0, header * 8);
    return { kind: 'pointer', object: object.id, at: 0, low: 0, high: object.size };
  }

  private headerOf(tag: string): number | undefined {
    return this.sizeOf({ kind: 'record', record: this.globals.record('struct', tag) });
  }

  /** Whether an expression's text, or a macro in it, names something. */
  private isSpelled({ first, end }: Expression, name: string): boolean {
    for (let at = first; at < end; at++)
      for (let token = this.fn.tokens[at]; token; token = token.via?.at as typeof token) {
        if (token.id >= 0 && nameText(token.id) === name) return true;
        if (token.via && nameText(token.via.macro.id) === name) return true;
      }
    return false;
  }

  private isMeant({ argument, named }: SpelledArgument, expression: Expression & { kind: 'call' }): boolean {
    const given = expression.arguments[argument];
    return given !== undefined && named.some((name) => this.isSpelled(given, name));
  }

  private leaveBy(
    sink: ByteSink,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): void {
    if (sink.rooms !== undefined) {
      const buffer = conditionKey(expression.arguments[sink.rooms], this);
      for (const object of this.run.objects.all) {
        if (object.buffer === undefined || object.buffer !== buffer) continue;
        this.leaves(object, 0, object.size, sink, expression, undefined);
        this.state.lose(object.id);
      }
    }
    const value = sink.object === undefined ? undefined : given[sink.object];
    const length = sink.length === undefined ? undefined : given[sink.length];
    const object = value?.kind === 'pointer' ? this.run.objects.get(value.object) : undefined;
    if (value?.kind !== 'pointer' || !object || value.at === undefined || value.every) return;
    if (sink.length !== undefined && length?.kind !== 'number' && length?.kind !== 'most') return;
    // A bound of a text's length says nothing of how long the text is.
    if (length?.kind === 'most' && object.texts.length > 0) return;
    const end = length ? value.at + (length as { value: number }).value : object.size;
    this.leaves(object, value.at, end, sink, expression, expression.arguments[sink.object!]);
  }

  private leaves(
    object: ByteObject,
    from: number,
    end: number,
    sink: ByteSink,
    expression: Expression,
    named: Expression | undefined,
    of = this.fn,
  ): void {
    const stored = this.state.objects.get(object.id);
    if (!this.run.onLeave || !stored) return;
    const to = Math.min(end, object.size);
    const missing = missingBits(stored, from * 8, to * 8);
    if (missing.length > 0) this.run.onLeave({ object, sink, missing, expression, of, named });
  }
}

/** Whether an object is a record, or room for one, and no plain buffer. */
function isRecordLike(object: ByteObject | undefined): boolean {
  const type = object?.type && strip(object.type);
  const of = type?.kind === 'array' ? strip(type.of) : type;
  return of?.kind === 'record' || (object?.views.length ?? 0) > 0;
}

/** The fewest bytes that a format writes, its NUL among them. */
function shortest(format: string): number {
  const plain = format.replace(/%([-+ #0]*)(\d*)(?:\.\d+)?[a-zA-Z]*?([diouxXcps%])/g, (_all, _flags, width, kind) =>
    ' '.repeat(Math.max(Number(width) || 0, kind === 's' ? 0 : 1)),
  );
  return plain.length + 1;
}

const MIRRORED: Readonly<Record<number, Punct | undefined>> = {
  [Punct.Less]: Punct.Greater,
  [Punct.Greater]: Punct.Less,
  [Punct.LessEqual]: Punct.GreaterEqual,
  [Punct.GreaterEqual]: Punct.LessEqual,
};

function learnedOf(relation: Punct, { kind, value }: { kind: 'number' | 'most'; value: number }): ByteValue | undefined {
  if (relation === Punct.Less) return { kind: 'most', value: value - 1 };
  if (relation === Punct.LessEqual) return { kind: 'most', value };
  if (kind === 'most') return undefined;
  if (relation === Punct.EqualEqual) return { kind: 'number', value };
  return relation === Punct.ExclamationEqual && value === 0 ? { kind: 'nonzero' } : undefined;
}

/** The variable whose value a test asks for, be it just stored. */
function variableIn(expression: Expression): Declaration | undefined {
  if (expression.kind === 'assign') return expression.operator === Punct.Equal ? variableIn(expression.left) : undefined;
  if (expression.kind === 'cast') return variableIn(expression.operand);
  const declaration = expression.kind === 'name' ? expression.declaration : undefined;
  return declaration?.kind === 'variable' || declaration?.kind === 'parameter' ? declaration : undefined;
}

function literalIn(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'cast') return literalIn(expression.operand);
  return expression?.kind === 'string' && expression.prefix === '' ? expression.text : undefined;
}
