/** What tests on every way to a point have answered: which flags an object has, and which predicates hold of it. */
import { type Facts, noreturnOf, oncePerFacts } from '../packs/facts';
import { fits } from '../packs/flow';
import type { UnitGlobals } from '../parser/globals';
import type { PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, MemberExpression } from '../types/ast';
import { type CType, strip } from '../types/model';
import { baseRecord, findMember, typeOf } from '../types/typer';
import type { Step } from './graph';
import type { Lattice, Transfer } from './lattice';
import { buildGraph } from './lowering';
import { ObjectPaths } from './object-paths';
import { solve } from './solver';
import { type Call, type MemberUse, UseWalker } from './use-walker';

/** An answer that a test gave about an object. */
export interface Answer {
  /** The place that a pointer leads to, as `ObjectPaths` writes it. */
  readonly object: string;
  /** A constant as it is spelled (`JOB_DONE`), or a predicate (`job_is_done()`). */
  readonly asked: string;
  readonly holds: boolean;
  /** The member whose value is the constant; undefined where it is one bit among others, or a predicate. */
  readonly equals: string | undefined;
  /** It was asked of the pointer's value, which no other code can change. */
  readonly isOfValue: boolean;
  /** The first token of the test. */
  readonly site: number;
}

type Answers = ReadonlyMap<string, Answer>;

const LATTICE: Lattice<Answers> = {
  initial: () => new Map(),
  equals: (one, other) =>
    one.size === other.size && [...one].every(([key, { holds }]) => other.get(key)?.holds === holds),
  merge: (one, other) => new Map([...one].filter(([key, { holds }]) => other.get(key)?.holds === holds)),
};

/** Is told of what happens, with what is known there; only after the fixed point was found. */
interface AnswerListener {
  member?(expression: MemberExpression, use: MemberUse, answers: AnswerTransfer): void;
  call?(call: Call, answers: AnswerTransfer): void;
  /** A pointer is followed. */
  follow?(pointer: Expression, at: Expression, answers: AnswerTransfer): void;
}

/** Walks a function with what its tests have answered; the reason where that can't be done. */
export function followAnswers(
  { body }: Declaration,
  tokens: readonly PToken[],
  globals: UnitGlobals,
  facts: Facts,
  listener: AnswerListener,
): string | undefined {
  if (!body) return undefined;
  const graph = buildGraph(body, globals, { noreturn: noreturnOf(facts) });
  if ('skipped' in graph) return graph.skipped;
  const transfer = new AnswerTransfer(new ObjectPaths(globals), tokens, globals, bitTestsOf(facts));
  const { before, complete } = solve(graph, LATTICE, transfer);
  if (!complete) return 'no fixed point';
  transfer.listener = listener;
  for (const [block, answers] of before) transfer.steps(answers, block.steps);
  return undefined;
}

/** How deep predicates that ask others are looked into. */
const MOST_INNER = 3;

class AnswerTransfer extends UseWalker implements Transfer<Answers, Step> {
  private answers = new Map<string, Answer>();
  listener: AnswerListener | undefined;

  constructor(
    paths: ObjectPaths,
    private readonly tokens: readonly PToken[],
    private readonly globals: UnitGlobals,
    private readonly bitTests: readonly string[],
  ) {
    super(paths);
  }

  /** What is known of the object that a member access, or a pointer, leads to. */
  *of(object: string | undefined): Iterable<Answer> {
    for (const answer of this.answers.values()) if (answer.object === object) yield answer;
  }

  objectOf(expression: MemberExpression): string | undefined {
    return this.paths.memberOf(expression)?.object;
  }

  pointedAt(pointer: Expression): string | undefined {
    return this.paths.pointedAt(pointer);
  }

  steps(answers: Answers, steps: readonly Step[]): Answers {
    this.answers = new Map(answers);
    for (const step of steps) this.run(step);
    return this.answers;
  }

  branch(answers: Answers, step: Step, holds: boolean): Answers {
    if (step.kind !== 'test') return answers;
    const after = new Map(answers);
    for (const answer of this.saidBy(step.expression, holds, this.tokens, 0))
      after.set(`${answer.object} ${answer.equals ?? ''} ${answer.asked}`, { ...answer, site: step.expression.first });
    return after;
  }

  /** Whether a function only asks for a bit. */
  private asksBit(name: string): boolean {
    return !CHANGES.test(name) && this.bitTests.some((pattern) => fits(name, pattern));
  }

  private run(step: Step): void {
    if (step.kind === 'evaluate' || step.kind === 'test') this.visit(step.expression);
    else if (step.kind === 'hold' && typeof step.value === 'object') this.visit(step.value);
    else if (step.kind === 'return' && step.value) this.visit(step.value);
    else if (step.kind === 'declare') {
      const { initializer } = step.declaration;
      if (initializer) this.initializer(initializer);
      this.forget(this.paths.variable(step.declaration));
    } else if (step.kind === 'leave') for (const variable of step.variables) this.forget(this.paths.variable(variable));
    else if (step.kind === 'outputs' || step.kind === 'unknown' || step.kind === 'cleanup') this.answers.clear();
  }

  protected used(expression: MemberExpression, use: MemberUse): void {
    // An address alone is worked out, and nothing is read.
    if (expression.arrow && use !== 'address') this.listener?.follow?.(expression.base, expression, this);
    this.listener?.member?.(expression, use, this);
    // A store elsewhere may be one to the same object.
    if (use !== 'read' && use !== 'address') this.loseMemory();
    if (use === 'store' || use === 'update') this.forget(`.${expression.name};`);
  }

  protected called(call: Call): void {
    for (const argument of call.arguments) this.visit(argument);
    this.listener?.call?.(call, this);
    for (const argument of call.arguments) {
      const core = this.paths.core(argument);
      // Whoever has the address of a variable may store to it.
      if (core.kind === 'unary' && core.operator === Punct.Ampersand && core.operand.kind === 'name')
        this.forget(this.paths.placeOf(core.operand) ?? '');
    }
    if (!this.leavesAll(call)) this.loseMemory();
  }

  protected stored(place: Expression): void {
    if (place.kind === 'unary') {
      this.listener?.follow?.(place.operand, place, this);
      this.answers.clear();
      return;
    }
    this.forget(this.paths.placeOf(place) ?? '');
  }

  protected escaped(): void {
    // What others do with a pointer, they do in calls.
  }

  protected branched(): void {
    // Its parts are steps of their own.
  }

  private forget(text: string): void {
    for (const key of [...this.answers.keys()]) if (key.includes(text)) this.answers.delete(key);
  }

  private loseMemory(): void {
    for (const [key, { isOfValue }] of this.answers) if (!isOfValue) this.answers.delete(key);
  }

  /** A function that is given pointers to constants alone, or that does no more than answer, changes no object. */
  private leavesAll({ callee }: Call): boolean {
    if (callee.kind !== 'name' || callee.declaration) return false;
    const type = strip(this.globals.ordinary(callee.name)?.type ?? UNKNOWN);
    if (type.kind !== 'function') return false;
    const pointers = type.parameters.map(({ type: one }) => strip(one)).filter(({ kind }) => kind === 'pointer');
    const areConstant = pointers.every((one) => one.kind === 'pointer' && isConstant(one.to));
    return (pointers.length > 0 && areConstant) || this.answerOf(callee.name) !== undefined;
  }

  /** What a test says of objects where it came out so. */
  private *saidBy(test: Expression, holds: boolean, tokens: readonly PToken[], depth: number): Iterable<Answer> {
    const expression = this.paths.core(test);
    if (expression.kind === 'unary' && expression.operator === Punct.Exclamation)
      yield* this.saidBy(expression.operand, !holds, tokens, depth);
    else if (expression.kind === 'call') yield* this.saidByCall(expression, holds, tokens, depth);
    else if (expression.kind === 'binary') yield* this.saidByBinary(expression, holds, tokens, depth);
    else if (expression.kind === 'member' && isTruth(expression, this.globals)) {
      const member = this.paths.memberOf(expression);
      if (member) yield answer(member.object, member.path, holds);
    }
  }

  private *saidByBinary(
    expression: Expression & { kind: 'binary' },
    holds: boolean,
    tokens: readonly PToken[],
    depth: number,
  ): Iterable<Answer> {
    const { operator, left, right } = expression;
    if (operator === Punct.AndAnd || operator === Punct.OrOr) {
      if (holds !== (operator === Punct.AndAnd)) return;
      yield* this.saidBy(left, holds, tokens, depth);
      yield* this.saidBy(right, holds, tokens, depth);
    } else if (operator === Punct.Ampersand) {
      for (const [value, mask] of [[left, right] as const, [right, left] as const]) {
        const object = this.memberIn(value)?.object;
        const names = constantsIn(mask, tokens);
        // Of several bits, one that is set is not known.
        if (object !== undefined && names.length > 0 && (!holds || names.length === 1))
          for (const asked of names) yield answer(object, asked, holds);
      }
    } else if (operator === Punct.EqualEqual || operator === Punct.ExclamationEqual) {
      const isSame = holds === (operator === Punct.EqualEqual);
      for (const [value, constant] of [[left, right] as const, [right, left] as const]) {
        const member = this.memberIn(value);
        const names = constantsIn(constant, tokens);
        if (member && names.length === 1) yield answer(member.object, names[0], isSame, member.path);
        if (this.paths.constant(constant) === 0n && names.length === 0)
          yield* this.saidBy(value, !isSame, tokens, depth);
      }
    }
  }

  private *saidByCall(call: Call, holds: boolean, tokens: readonly PToken[], depth: number): Iterable<Answer> {
    const { callee } = call;
    if (callee.kind !== 'name' || callee.declaration) return;
    // A constant and the address of a member: is the bit of that number set?
    const [number, word] = call.arguments;
    const address = word && this.paths.core(word);
    const names = number && call.arguments.length === 2 ? constantsIn(number, tokens) : [];
    if (names.length === 1 && address?.kind === 'unary' && address.operator === Punct.Ampersand) {
      const object = this.memberIn(address.operand)?.object;
      if (object !== undefined && this.asksBit(callee.name)) yield answer(object, names[0], holds);
      return;
    }
    for (const argument of call.arguments) {
      const core = this.paths.core(argument);
      const type = strip(typeOf(core, this.globals));
      const isRecord = type.kind === 'record';
      const object = isRecord ? this.paths.placeOf(core) : this.paths.pointedAt(argument);
      if (object === undefined || (type.kind !== 'pointer' && type.kind !== 'integer' && !isRecord)) continue;
      const isOfValue = type.kind === 'integer' || isRecord || this.takesAny(callee.name);
      yield { ...answer(object, `${callee.name}()`, holds), isOfValue };
      const inner = call.arguments.length === 1 && depth < MOST_INNER ? this.answerOf(callee.name) : undefined;
      if (!inner) continue;
      const variable = this.paths.variable(inner.parameter);
      const own = isRecord ? variable : `*(${variable})`;
      for (const one of this.saidBy(inner.value, holds, inner.tokens, depth + 1))
        if (one.object === own) yield { ...one, object, isOfValue: isRecord };
    }
  }

  private memberIn(expression: Expression) {
    const core = this.paths.core(expression);
    return core.kind === 'member' ? this.paths.memberOf(core) : undefined;
  }

  /** Whether a function asks about the value of any pointer: it takes `const void *`. */
  private takesAny(name: string): boolean {
    const type = strip(this.globals.ordinary(name)?.type ?? UNKNOWN);
    const first = type.kind === 'function' ? type.parameters.map(({ type: one }) => strip(one)) : [];
    return first.some((one) => one.kind === 'pointer' && strip(one.to).kind === 'void' && isConstant(one.to));
  }

  private readonly inner = new Map<string, Inner | undefined>();

  /** What a function of one parameter returns, where it does nothing else. */
  private answerOf(name: string): Inner | undefined {
    if (this.inner.has(name)) return this.inner.get(name);
    this.inner.set(name, undefined);
    const definition = this.globals.definitionOf(name);
    if (!definition) return undefined;
    const { declarations, tokens } = this.globals.parseWhole(definition.reading, definition.item);
    const found = declarations.find((one) => one.name === name && one.body);
    const [parameter, ...more] = found?.parameters ?? [];
    const [statement, ...others] = found?.body?.items ?? [];
    if (!parameter || more.length > 0 || others.length > 0) return undefined;
    if (statement?.kind !== 'return' || !statement.value) return undefined;
    const inner = { parameter, value: statement.value, tokens };
    this.inner.set(name, inner);
    return inner;
  }
}

interface Inner {
  readonly parameter: Declaration;
  readonly value: Expression;
  readonly tokens: readonly PToken[];
}

const UNKNOWN: CType = { kind: 'unknown', reason: 'not declared' } as CType;

const bitTestsOf = oncePerFacts(({ flow }) => flow.flatMap(({ bitTests = [] }) => bitTests));

/** Verbs in the name of a function that changes the bit as well, and says what it was. */
const CHANGES = /set|clear|change/;

function isConstant(type: CType): boolean {
  for (let at = type; ; at = at.to) {
    if (at.isConst) return true;
    if (at.kind !== 'typedef') return false;
  }
}

/** Whether a member only says yes or no. */
function isTruth(expression: MemberExpression, globals: UnitGlobals): boolean {
  const type = strip(typeOf(expression, globals));
  if (type.kind !== 'integer') return false;
  if (type.name === '_Bool') return true;
  const record = baseRecord(expression, globals);
  return !('reason' in record) && findMember(record, expression.name)?.bitWidth === 1;
}

function answer(object: string, asked: string, holds: boolean, equals?: string): Answer {
  return { object, asked, holds, equals, isOfValue: false, site: -1 };
}

/** The constants that a mask or a value is put together of, as they are spelled: macros and enumerators. */
function constantsIn(expression: Expression, tokens: readonly PToken[]): string[] {
  let via = tokens[expression.first]?.via;
  while (via?.at.via) via = via.at.via;
  if (via && !via.macro.parameters) return [nameText(via.macro.id)];
  if (expression.kind === 'cast') return constantsIn(expression.operand, tokens);
  if (expression.kind === 'name') return expression.declaration ? [] : [expression.name];
  if (expression.kind === 'binary' && expression.operator === Punct.Pipe)
    return [expression.left, expression.right].flatMap((side) => constantsIn(side, tokens));
  return [];
}
