/** What tests on every way to a point have answered: which flags an object has, and which predicates hold of it. */
import { type Facts, noreturnOf, oncePerFacts } from '../packs/facts';
import type { UnitGlobals } from '../parser/globals';
import type { PToken } from '../preprocessor/ptoken';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, MemberExpression } from '../types/ast';
import { type RecordDeclaration, strip } from '../types/model';
import { findMember, typeOf } from '../types/typer';
import { walkExpression } from '../types/walk';
import { type Answer, joined } from './answers';
import type { Match, Step } from './graph';
import type { Lattice, Transfer } from './lattice';
import { buildGraph } from './lowering';
import { type MemberOfObject, ObjectPaths } from './object-paths';
import { solve } from './solver';
import { TestReader } from './test-answers';
import { isNumeral } from './test-constants';
import { type Call, type MemberUse, UseWalker } from './use-walker';

/** The expression whose value a variable has, with the variables and members that it is made of. */
interface Held {
  readonly value: Expression;
  readonly names: ReadonlySet<Declaration>;
  readonly members: ReadonlySet<string>;
  readonly hasCalls: boolean;
}

interface Known {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly held: ReadonlyMap<Declaration, Held>;
}

const LATTICE: Lattice<Known> = {
  initial: () => ({ answers: new Map(), held: new Map() }),
  equals: (one, other) =>
    one.answers.size === other.answers.size &&
    one.held.size === other.held.size &&
    [...one.answers].every(([key, { holds }]) => other.answers.get(key)?.holds === holds) &&
    [...one.held].every(([key, { value }]) => other.held.get(key)?.value === value),
  merge: (one, other) => ({
    answers: mergeAnswers(one.answers, other.answers),
    held: new Map([...one.held].filter(([key, { value }]) => other.held.get(key)?.value === value)),
  }),
};

type Answers = ReadonlyMap<string, Answer>;

/** What both ways say; of a kind that has one value here and another one there, that it is one of them. */
function mergeAnswers(one: Answers, other: Answers): Answers {
  const found = new Map([...one].filter(([key, { holds }]) => other.get(key)?.holds === holds));
  for (const [key, left] of one) {
    if (found.has(key) || !left.holds || left.equals === undefined) continue;
    const isKnown = [...found.values()].some((known) => known.holds && isOfSameKind(known, left));
    const right = isKnown
      ? undefined
      : [...other.values()].find((beside) => beside.holds && isOfSameKind(beside, left));
    if (!right) continue;
    const [asked, ...or] = [...new Set([...valuesIn(left), ...valuesIn(right)])].sort();
    const either = { ...left, asked, or };
    if (or.length < MOST_VALUES) found.set(keyOf(either), either);
  }
  return found;
}

/** So many values are told apart where ways meet. */
const MOST_VALUES = 16;

function isOfSameKind(one: Answer, other: Answer): boolean {
  return one.object === other.object && one.equals === other.equals;
}

function valuesIn({ asked, or = [] }: Answer): readonly string[] {
  return [asked, ...or];
}

function keyOf({ object, equals, asked, or = [], readFrom }: Answer): string {
  // Two records in one object may have a flag of the same name each.
  const inner =
    equals === undefined && readFrom ? readFrom.path.slice(0, Math.max(readFrom.path.lastIndexOf('.'), 0)) : '';
  return `${object} ${equals ?? inner} ${[asked, ...or].join('|')}`;
}

/** Is told of what happens, with what is known there; only after the fixed point was found. */
interface AnswerListener {
  member?(expression: MemberExpression, use: MemberUse, answers: AnswerTransfer): void;
  call?(call: Call, answers: AnswerTransfer): void;
  /** A variable is declared with a value. */
  declared?(value: Expression, answers: AnswerTransfer): void;
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
  {
    isLasting = false,
  }: { /** What was tested once holds on, whatever calls may do. */ readonly isLasting?: boolean } = {},
): string | undefined {
  if (!body) return undefined;
  const graph = buildGraph(body, globals, { noreturn: noreturnOf(facts) });
  if ('skipped' in graph) return graph.skipped;
  const transfer = new AnswerTransfer(tokens, globals, bitTestsOf(facts), isLasting);
  const { before, complete } = solve(graph, LATTICE, transfer);
  if (!complete) return 'no fixed point';
  transfer.listener = listener;
  for (const [block, known] of before) transfer.steps(known, block.steps);
  return undefined;
}

export class AnswerTransfer extends UseWalker implements Transfer<Known, Step, Match> {
  private answers = new Map<string, Answer>();
  private held = new Map<Declaration, Held>();
  private readonly tests: TestReader;
  listener: AnswerListener | undefined;

  constructor(
    private readonly tokens: readonly PToken[],
    globals: UnitGlobals,
    bitTests: readonly string[],
    private readonly isLasting: boolean,
  ) {
    super(new ObjectPaths(globals));
    this.tests = new TestReader(this.paths, globals, bitTests, (variable) => this.held.get(variable)?.value);
  }

  /** What is known of the object that a member access, or a pointer, leads to. */
  *of(object: string | undefined): Iterable<Answer> {
    for (const answer of this.answers.values()) if (answer.object === object && !answer.or) yield answer;
  }

  /** The values of which a kind of the object has one, as an answer each. */
  *choicesOf(object: string | undefined): Iterable<readonly Answer[]> {
    for (const answer of this.answers.values())
      if (answer.object === object && answer.or)
        yield valuesIn(answer).map((asked) => ({ ...answer, asked, or: undefined }));
  }

  /** An answer by which a predicate of an object can't have come out so. */
  refuting(object: string | undefined, predicate: string, holds: boolean): Answer | undefined {
    if (object === undefined) return undefined;
    for (const answer of this.of(object))
      if (answer.asked === `${predicate}()` && answer.holds !== holds) return answer;
    for (const implied of this.tests.implied(predicate, object, holds))
      for (const answer of this.of(implied.object)) if (areOpposed(answer, implied)) return answer;
    for (const answer of this.of(object)) {
      const outcome = answer.holds ? this.tests.outcome(predicate, answer) : undefined;
      if (outcome !== undefined && outcome !== holds) return answer;
    }
    for (const choices of this.choicesOf(object))
      if (choices.every((answer) => this.tests.outcome(predicate, answer) === !holds)) return joined(choices);
    return undefined;
  }

  /** An answer by which what a function gives of an object, or a member of it, can't be one of some constants, or must be one. */
  refutingKind(
    object: string | undefined,
    of: string,
    constants: readonly string[],
    isIt: boolean,
  ): Answer | undefined {
    if (object === undefined) return undefined;
    const by = this.tests.kindGivenBy(of) ?? of;
    const refutes = ({ equals, asked, holds }: Answer): boolean => {
      if (equals !== by || isNumeral(asked)) return false;
      if (!isIt) return holds && constants.includes(asked);
      return holds ? !constants.includes(asked) : constants.length === 1 && constants[0] === asked;
    };
    for (const answer of this.of(object)) if (refutes(answer)) return answer;
    for (const choices of this.choicesOf(object)) if (choices.every(refutes)) return joined(choices);
    return undefined;
  }

  /** Whether a predicate that came out so says that a member can't have the value of a constant. */
  rulesOut(answer: Answer, equals: string, constant: string): boolean {
    if (!answer.asked.endsWith('()')) return false;
    const outcome = this.tests.outcome(answer.asked.slice(0, -2), { ...answer, equals, asked: constant });
    return outcome !== undefined && outcome !== answer.holds;
  }

  /** A value, and what it comes from where a variable still holds it. */
  *valuesOf(value: Expression): Iterable<Expression> {
    for (let at = this.paths.core(value), depth = 0; depth < MOST_HELD; depth++) {
      yield at;
      const held = at.kind === 'name' && at.declaration ? this.held.get(at.declaration) : undefined;
      if (!held) return;
      at = this.paths.core(held.value);
    }
  }

  objectOf(expression: MemberExpression): string | undefined {
    const found = this.paths.memberOf(expression)?.object;
    const given = found === undefined ? this.convertedIn(expression) : undefined;
    return given ? this.paths.pointedAt(given) : found;
  }

  /** The pointer that a function gives back as one to another type, where the member of that is accessed: `to_box(x)->size`. */
  convertedIn({ base, arrow }: MemberExpression): Expression | undefined {
    const core = this.paths.core(base);
    if (!arrow && core.kind === 'member') return this.convertedIn(core);
    return arrow && core.kind === 'call' ? this.tests.givenBack(core) : undefined;
  }

  pointedAt(pointer: Expression): string | undefined {
    return this.paths.pointedAt(pointer);
  }

  /** The object that an argument hands over, by its address or as a whole; a variable that holds another one's value leads to that one's. */
  *objectsGiven(argument: Expression): Iterable<string> {
    for (const value of this.valuesOf(argument)) {
      const isRecord = strip(typeOf(value, this.paths.globals)).kind === 'record';
      const object = isRecord ? this.paths.placeOf(value) : this.paths.pointedAt(value);
      if (object !== undefined) yield object;
    }
  }

  /** Whether a predicate asks for low bits of a pointer. */
  asksTag(predicate: string): boolean {
    return this.tests.asksTag(predicate);
  }

  steps(known: Known, steps: readonly Step[]): Known {
    this.enter(known);
    for (const step of steps) this.run(step);
    return { answers: this.answers, held: this.held };
  }

  branch(known: Known, step: Step, holds: boolean): Known {
    if (step.kind !== 'test') return known;
    this.enter(known);
    for (const answer of this.tests.saidBy(step.expression, holds, this.tokens, 0))
      this.learn({ ...answer, site: step.expression.first });
    return { answers: this.answers, held: this.held };
  }

  match(known: Known, match: Match): Known {
    this.enter(known);
    for (const answer of this.tests.saidByMatch(match, this.tokens)) this.learn(answer);
    return { answers: this.answers, held: this.held };
  }

  private enter({ answers, held }: Known): void {
    this.answers = new Map(answers);
    this.held = new Map(held);
  }

  private learn(answer: Answer): void {
    if (answer.holds && answer.equals !== undefined)
      for (const [key, known] of this.answers) if (known.or && isOfSameKind(known, answer)) this.answers.delete(key);
    this.answers.set(keyOf(answer), answer);
  }

  private run(step: Step): void {
    if (step.kind === 'evaluate' || step.kind === 'test') this.visit(step.expression);
    else if (step.kind === 'hold' && typeof step.value === 'object') this.visit(step.value);
    else if (step.kind === 'return' && step.value) this.visit(step.value);
    else if (step.kind === 'declare') {
      const { declaration } = step;
      const { initializer } = declaration;
      if (initializer) this.initializer(initializer);
      if (initializer && initializer.kind !== 'list') this.listener?.declared?.(initializer, this);
      this.forgetVariable(declaration);
      if (initializer && initializer.kind !== 'list') this.hold(declaration, initializer);
    } else if (step.kind === 'leave') for (const variable of step.variables) this.forgetVariable(variable);
    else if (step.kind === 'outputs' || step.kind === 'unknown' || step.kind === 'cleanup') this.forgetAll();
  }

  protected used(expression: MemberExpression, use: MemberUse): void {
    // An address alone is worked out, and nothing is read.
    if (expression.arrow && use !== 'address') this.listener?.follow?.(expression.base, expression, this);
    this.listener?.member?.(expression, use, this);
    if (use === 'read' || use === 'test' || use === 'address') return;
    const stored = this.paths.memberOf(expression);
    // A store elsewhere may be one to the same object, by the same member.
    for (const [key, answer] of this.answers) if (mayChange(stored, answer)) this.answers.delete(key);
    for (const [holder, { members, hasCalls }] of this.held)
      if (hasCalls || members.has(expression.name)) this.held.delete(holder);
    this.forget(`.${expression.name};`);
  }

  protected called(call: Call): void {
    if (call.callee.kind !== 'name') this.visit(call.callee);
    for (const argument of call.arguments) this.visit(argument);
    this.listener?.call?.(call, this);
    for (const argument of call.arguments) {
      const core = this.paths.core(argument);
      // Whoever has the address of a variable may store to it.
      if (core.kind === 'unary' && core.operator === Punct.Ampersand && core.operand.kind === 'name') {
        if (core.operand.declaration) this.forgetVariable(core.operand.declaration);
        else this.forget(this.paths.placeOf(core.operand) ?? '');
      }
    }
    if (!this.tests.leavesAll(call)) this.loseMemory();
  }

  protected stored(place: Expression, value: Expression | undefined): void {
    if (place.kind === 'unary') {
      this.listener?.follow?.(place.operand, place, this);
      this.forgetAll();
      return;
    }
    const variable = place.kind === 'name' ? place.declaration : undefined;
    if (!variable) this.forget(this.paths.placeOf(place) ?? '');
    else {
      this.forgetVariable(variable);
      if (value) this.hold(variable, value);
    }
  }

  protected escaped(): void {
    // What others do with a pointer, they do in calls.
  }

  protected branched(): void {
    // Its parts are steps of their own.
  }

  /** A variable has the value of an expression until something in it changes. */
  private hold(variable: Declaration, value: Expression): void {
    const names = new Set<Declaration>();
    const members = new Set<string>();
    let hasCalls = false;
    walkExpression(value, (part) => {
      if (part.kind === 'name' && part.declaration) names.add(part.declaration);
      else if (part.kind === 'member') members.add(part.name);
      else if (part.kind === 'call') hasCalls = true;
    });
    if (!names.has(variable) && !variable.isStatic) this.held.set(variable, { value, names, members, hasCalls });
  }

  private forgetVariable(variable: Declaration): void {
    this.forget(this.paths.variable(variable));
    for (const [holder, { names }] of this.held)
      if (holder === variable || names.has(variable)) this.held.delete(holder);
  }

  private forget(text: string): void {
    for (const key of [...this.answers.keys()]) if (key.includes(text)) this.answers.delete(key);
  }

  private forgetAll(): void {
    this.answers.clear();
    this.held.clear();
  }

  private loseMemory(): void {
    if (this.isLasting) return;
    for (const [key, { isOfValue }] of this.answers) if (!isOfValue) this.answers.delete(key);
    this.held.clear();
  }
}

/** So many variables may hold one another's value. */
const MOST_HELD = 4;

const bitTestsOf = oncePerFacts(({ flow }) => flow.flatMap(({ bitTests = [] }) => bitTests));

/** Whether two answers about one object can't both be: one value is no other, and one question has one answer. */
function areOpposed(one: Answer, other: Answer): boolean {
  if (one.equals !== other.equals || one.or || other.or) return false;
  if (one.asked === other.asked) return one.holds !== other.holds;
  // A number may be what the other is a name of.
  const areAlike = isNumeral(one.asked) === isNumeral(other.asked);
  return one.equals !== undefined && one.holds && other.holds && areAlike;
}

/** Whether a store to a member may be one to what a test has read. */
function mayChange(stored: MemberOfObject | undefined, { readFrom, isOfValue, object }: Answer): boolean {
  if (!stored || !readFrom) return !isOfValue || object === stored?.object;
  const names = readFrom.path.split('.');
  const written = stored.path.split('.');
  if (written.some((name) => names.includes(name))) return true;
  return stored.record === readFrom.record && areInOneUnion(stored.record, names[0], written[0]);
}

/** Whether two members of a record stand in one of its unions. */
export function areInOneUnion({ kind, members = [] }: RecordDeclaration, one: string, other: string): boolean {
  const holding = (name: string): RecordDeclaration | undefined => {
    for (const member of members) {
      const inner = member.name === undefined && member.type.kind === 'record' ? member.type.record : undefined;
      if (inner && findMember(inner, name)) return inner;
    }
    return undefined;
  };
  if (kind === 'union') return true;
  const inner = holding(one);
  return inner !== undefined && inner === holding(other) && areInOneUnion(inner, one, other);
}
