/** What a test says of the objects that it asks about: which flags they have, of which kind they are, which predicates hold. */
import { fits } from '../packs/flow';
import type { UnitGlobals } from '../parser/globals';
import type { PToken } from '../preprocessor/ptoken';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { qualifiersOf } from '../types/conversions';
import { type CType, recordBehind, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { type Answer, answer, isSameAnswer } from './answers';
import type { Match } from './graph';
import type { MemberOfObject, ObjectPaths } from './object-paths';
import { Onlookers } from './onlookers';
import { saidByOrder } from './order-answers';
import { valueReturned, valueWhere } from './returned-value';
import {
  bitsOf,
  comparableIn,
  constantsIn,
  isLow,
  isNumber,
  isOneLowBit,
  isTruth,
  named,
  PART_OF,
} from './test-constants';
import type { Call } from './use-walker';

interface Inner {
  readonly parameter: Declaration;
  readonly value: Expression;
  readonly tokens: readonly PToken[];
}

/** How deep predicates that ask others are looked into. */
const MOST_INNER = 3;

/** Reads tests; `heldBy` is the expression whose value a variable still has. */
export class TestReader {
  private readonly onlookers: Onlookers;

  constructor(
    readonly paths: ObjectPaths,
    private readonly globals: UnitGlobals,
    private readonly bitTests: readonly string[],
    private readonly heldBy: (variable: Declaration) => Expression | undefined,
  ) {
    this.onlookers = new Onlookers(globals);
  }

  /** What a label of a switch says: which value is the one, and which others it is not. */
  *saidByMatch({ value, is, labels }: Match, tokens: readonly PToken[]): Iterable<Answer> {
    const compared = this.comparedIn(value, tokens);
    if (!compared) return;
    const { member, by } = compared;
    // What the value is says more than what it is not, and stands first.
    for (const label of is ? [is, ...labels.filter((one) => one !== is)] : labels) {
      const names = constantsIn(label, tokens);
      const said = names.length === 0 && label.kind === 'number' ? this.paths.constant(label)?.toString() : names[0];
      if (said !== undefined && names.length < 2)
        yield { ...answer(member, said, label === is, by), site: (is ?? value).first };
    }
  }

  /** What a test says of objects where it came out so. */
  *saidBy(test: Expression, holds: boolean, tokens: readonly PToken[], depth: number): Iterable<Answer> {
    const expression = this.paths.core(test);
    if (expression.kind === 'unary' && expression.operator === Punct.Exclamation)
      yield* this.saidBy(expression.operand, !holds, tokens, depth);
    else if (expression.kind === 'call') yield* this.saidByCall(expression, holds, tokens, depth);
    else if (expression.kind === 'binary') yield* this.saidByBinary(expression, holds, tokens, depth);
    else if (expression.kind === 'member') {
      const member = this.paths.memberOf(expression);
      if (member && isTruth(expression, this.globals)) yield answer(member, member.path, holds);
      else if (member && isNumber(expression, this.globals)) yield answer(member, '0', !holds, member.path);
    } else if (expression.kind === 'conditional' && expression.yes) {
      // Where one way gives nothing, it is the other that was gone.
      const [yes, no] = [expression.yes, expression.no].map((way) => this.paths.constant(way));
      for (const [given, other, isTaken] of [[yes, no, true] as const, [no, yes, false] as const]) {
        const isOther =
          given !== undefined && (given !== 0n) !== holds && !(other !== undefined && (other !== 0n) !== holds);
        if (isOther) yield* this.saidBy(expression.test, !isTaken, tokens, depth);
      }
      if (yes !== undefined && (yes !== 0n) !== holds) yield* this.saidBy(expression.no, holds, tokens, depth);
      if (no !== undefined && (no !== 0n) !== holds) yield* this.saidBy(expression.yes, holds, tokens, depth);
      // Whichever way it goes, what both ways say holds.
      const others = [...this.saidBy(expression.no, holds, tokens, depth)];
      for (const one of this.saidBy(expression.yes, holds, tokens, depth))
        if (others.some((other) => isSameAnswer(one, other))) yield one;
    } else {
      const held = this.valueIn(expression);
      if (held) yield* this.saidBy(held, holds, tokens, depth);
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
      yield* this.saidByShift(left, right, holds);
      for (const [value, mask] of [[left, right] as const, [right, left] as const]) {
        const member = this.memberIn(value);
        const names = constantsIn(mask, tokens);
        // Of several bits, one that is set is not known.
        if (member && names.length > 0 && (!holds || names.length === 1))
          for (const asked of names) yield answer(member, asked, holds);
        const bit = this.paths.constant(mask);
        if (member && isOneLowBit(bit)) yield answer(member, '0', !holds, `${member.path} & ${bit}`);
      }
    } else if (operator === Punct.EqualEqual || operator === Punct.ExclamationEqual) {
      const isSame = holds === (operator === Punct.EqualEqual);
      for (const [value, constant] of [[left, right] as const, [right, left] as const]) {
        const compared = this.comparedIn(value, tokens);
        const names = comparableIn(constant, tokens);
        if (compared && names.length === 1) yield answer(compared.member, names[0], isSame, compared.by);
        const number = names.length === 0 && constant.kind === 'number' ? this.paths.constant(constant) : undefined;
        if (compared && number !== undefined && isNumber(this.paths.core(value), this.globals))
          yield answer(compared.member, `${number}`, isSame, compared.by);
        else if (this.paths.constant(constant) === 0n && names.length === 0)
          yield* this.saidBy(value, !isSame, tokens, depth);
      }
    } else
      yield* saidByOrder(
        expression,
        holds,
        (one) => this.memberIn(one),
        (one) => this.boundIn(one, tokens),
      );
  }

  private boundIn(expression: Expression, tokens: readonly PToken[]): string | undefined {
    const names = comparableIn(expression, tokens);
    if (names.length > 0) return names.length === 1 ? names[0] : undefined;
    return expression.kind === 'number' ? this.paths.constant(expression)?.toString() : undefined;
  }

  /** `(1 << state) & (1 << BUSY | 1 << GONE)`: the state is one of these, by their numbers. */
  private *saidByShift(value: Expression, mask: Expression, holds: boolean): Iterable<Answer> {
    const shift = this.paths.core(value);
    if (shift.kind !== 'binary' || shift.operator !== Punct.ShiftLeft || this.paths.constant(shift.left) !== 1n) return;
    const member = this.memberIn(shift.right);
    const [asked, ...or] = member ? bitsOf(this.paths.constant(mask)) : [];
    if (!member || asked === undefined) return;
    if (holds) yield { ...answer(member, asked, true, member.path), ...(or.length > 0 && { or }) };
    else for (const one of [asked, ...or]) yield answer(member, one, false, member.path);
  }

  private *saidByCall(call: Call, holds: boolean, tokens: readonly PToken[], depth: number): Iterable<Answer> {
    const { callee } = call;
    if (callee.kind !== 'name' || callee.declaration) return;
    // A constant and the address of a member: is the bit of that number set?
    const [number, word] = call.arguments;
    const address = word && this.paths.core(word);
    const names = number && call.arguments.length === 2 ? constantsIn(number, tokens) : [];
    if (names.length === 1 && address?.kind === 'unary' && address.operator === Punct.Ampersand) {
      const member = this.memberIn(address.operand);
      if (member && this.asksBit(callee.name)) yield answer(member, names[0], holds);
      return;
    }
    for (const argument of call.arguments) {
      const core = this.paths.core(argument);
      const type = strip(typeOf(core, this.globals));
      const isRecord = type.kind === 'record';
      const object = isRecord ? this.paths.placeOf(core) : this.paths.pointedAt(argument);
      if (object === undefined || (type.kind !== 'pointer' && type.kind !== 'integer' && !isRecord)) continue;
      const isOfValue = type.kind === 'integer' || isRecord || this.takesAny(callee.name);
      const implied = call.arguments.length === 1 ? [...this.implied(callee.name, object, holds, depth)] : [];
      const readFrom = implied.length === 1 ? implied[0].readFrom : undefined;
      yield { object, asked: `${callee.name}()`, holds, equals: undefined, readFrom, isOfValue, site: -1 };
      yield* implied;
    }
  }

  /** What holds of an object of which a predicate came out so: what the predicate itself tests. */
  *implied(predicate: string, object: string, holds: boolean, depth = 0): Iterable<Answer> {
    const inner = depth < MOST_INNER ? this.answerOf(predicate) : undefined;
    if (!inner) return;
    const variable = this.paths.variable(inner.parameter);
    const isRecord = strip(inner.parameter.type).kind === 'record';
    const own = isRecord ? variable : `*(${variable})`;
    for (const one of this.saidBy(inner.value, holds, inner.tokens, depth + 1))
      if (one.object.includes(own))
        yield { ...one, object: one.object.replaceAll(own, object), isOfValue: isRecord && one.object === own };
  }

  /** What a predicate comes to where a member has the value that an answer says; undefined where it hangs on more. */
  outcome(predicate: string, { equals, asked }: Answer): boolean | undefined {
    const inner = this.answerOf(predicate);
    const value = inner && equals !== undefined ? this.paths.constant(named(asked)) : undefined;
    if (!inner || value === undefined) return undefined;
    const variable = this.paths.variable(inner.parameter);
    const own = strip(inner.parameter.type).kind === 'record' ? variable : `*(${variable})`;
    const isMember = (member: MemberOfObject | undefined): boolean => member?.object === own && member.path === equals;
    const found = valueWhere(this.paths, inner.value, (core) => (isMember(this.memberIn(core)) ? value : undefined));
    return found === undefined ? undefined : found !== 0n;
  }

  /** Whether a function only asks for a bit. */
  private asksBit(name: string): boolean {
    return !CHANGES.test(name) && this.bitTests.some((pattern) => fits(name, pattern));
  }

  /** The member whose value an expression has: by itself, in a variable, or as an accessor gives it. */
  private memberIn(expression: Expression): MemberOfObject | undefined {
    const core = this.paths.core(expression);
    if (core.kind === 'member') return this.paths.memberOf(core);
    if (core.kind === 'call') return this.memberGiven(core);
    const held = this.valueIn(core);
    return held && this.memberIn(held);
  }

  /** What is compared with a constant: a member, or the part of it under a mask. `by` names it. */
  private comparedIn(
    expression: Expression,
    tokens: readonly PToken[],
  ): { readonly member: MemberOfObject; readonly by: string } | undefined {
    const member = this.memberIn(expression);
    if (member) return { member, by: member.path };
    const core = this.paths.core(expression);
    const sign = core.kind === 'binary' ? PART_OF.get(core.operator) : undefined;
    if (core.kind === 'binary' && sign !== undefined) {
      const mask = this.maskIn(core.right, tokens);
      const masked = mask === undefined ? undefined : this.comparedIn(core.left, tokens);
      return masked && { member: masked.member, by: `${masked.by} ${sign} ${mask}` };
    }
    if (core.kind === 'call' && core.callee.kind === 'name' && core.arguments.length === 1) {
      const { name } = core.callee;
      const inner = core.callee.declaration ? undefined : this.answerOf(name);
      const part = inner && this.partGiven(inner);
      const whole = part === undefined ? undefined : this.comparedIn(core.arguments[0], tokens);
      if (whole) return { member: whole.member, by: `${whole.by} ${part}` };
      const object = this.paths.pointedAt(core.arguments[0]);
      if (!inner || object === undefined) return undefined;
      const found = this.kindIn(name, inner);
      if (found) return { ...found, member: { ...found.member, object } };
      // A kind that is worked out of members has the name of the function.
      const record = recordBehind(inner.parameter.type);
      if (!record || strip(typeOf(core, this.globals)).kind !== 'enum') return undefined;
      return { member: { object, record, path: `${name}()`, isElement: false }, by: `${name}()` };
    }
    const held = this.valueIn(core);
    return held && this.comparedIn(held, tokens);
  }

  /** The part of a number that a function gives of it: `kind & KIND_MASK`. */
  private partGiven({ parameter, value, tokens }: Inner): string | undefined {
    const core = this.paths.core(value);
    const sign = core.kind === 'binary' ? PART_OF.get(core.operator) : undefined;
    if (core.kind !== 'binary' || sign === undefined) return undefined;
    const left = this.paths.core(core.left);
    const mask = this.maskIn(core.right, tokens);
    const isOwn = left.kind === 'name' && left.declaration === parameter && strip(parameter.type).kind !== 'pointer';
    return isOwn && mask !== undefined ? `${sign} ${mask}` : undefined;
  }

  /** The one constant that a mask is, or its number. */
  private maskIn(mask: Expression, tokens: readonly PToken[]): string | undefined {
    const [name, ...more] = constantsIn(mask, tokens);
    if (name !== undefined) return more.length === 0 ? name : undefined;
    return mask.kind === 'number' ? this.paths.constant(mask)?.toString() : undefined;
  }

  /** By which name an answer has what a function gives of its parameter: the member that it reads, or its own. */
  kindGivenBy(name: string): string | undefined {
    const inner = this.answerOf(name);
    if (!inner) return undefined;
    return this.kindIn(name, inner)?.by ?? `${name}()`;
  }

  /** The member, or the part of it, that a function gives of its parameter; where the part is but a number, a kind goes by the function. */
  private kindIn(name: string, inner: Inner): { readonly member: MemberOfObject; readonly by: string } | undefined {
    const found = this.comparedIn(inner.value, inner.tokens);
    if (found?.member.object !== `*(${this.paths.variable(inner.parameter)})`) return undefined;
    const type = strip(this.globals.ordinary(name)?.type ?? UNKNOWN);
    const isKind = type.kind === 'function' && strip(type.returns).kind === 'enum';
    return isKind && /\s\d+$/.test(found.by) ? undefined : found;
  }

  /** The expression whose value another one has, a variable or the last of `({ … })`. */
  private valueIn(expression: Expression): Expression | undefined {
    if (expression.kind === 'name' && expression.declaration) return this.heldBy(expression.declaration);
    if (expression.kind !== 'statement') return undefined;
    const { items } = expression.body;
    const last = items[items.length - 1];
    const value = last?.kind === 'expression' ? last.expression && this.paths.core(last.expression) : undefined;
    if (value?.kind !== 'name' || !value.declaration) return value;
    const { declaration } = value;
    const isOwn = items.some((item) => item.kind === 'declaration' && item.declarations.includes(declaration));
    return isOwn && declaration.initializer?.kind !== 'list' ? declaration.initializer : undefined;
  }

  /** What a function of one parameter gives, where it gives a member of what the parameter points to. */
  private memberGiven({ callee, arguments: given }: Call): MemberOfObject | undefined {
    if (callee.kind !== 'name' || callee.declaration || given.length !== 1) return undefined;
    const inner = this.answerOf(callee.name);
    const member = inner && this.memberIn(inner.value);
    const object = this.paths.pointedAt(given[0]);
    const isOwn = inner && member?.object === `*(${this.paths.variable(inner.parameter)})`;
    return isOwn && object !== undefined ? { ...member, object } : undefined;
  }

  /** The pointer that a call gives back as it is, be it as one to another type. */
  givenBack({ callee, arguments: given }: Call): Expression | undefined {
    if (callee.kind !== 'name' || callee.declaration || given.length !== 1) return undefined;
    const inner = this.answerOf(callee.name);
    const value = inner && this.paths.core(inner.value);
    return value?.kind === 'name' && value.declaration === inner?.parameter ? given[0] : undefined;
  }

  /** Whether a function asks for low bits of its one parameter itself: where they are set, it is no plain pointer. */
  asksTag(name: string): boolean {
    const inner = this.answerOf(name);
    return inner !== undefined && this.isTagTest(this.paths.core(inner.value), inner.parameter);
  }

  private isTagTest(value: Expression, parameter: Declaration): boolean {
    if (value.kind === 'unary' && value.operator === Punct.Exclamation) {
      const inner = this.paths.core(value.operand);
      return inner.kind === 'unary' && inner.operator === Punct.Exclamation
        ? this.isTagTest(this.paths.core(inner.operand), parameter)
        : false;
    }
    if (value.kind !== 'binary') return false;
    const constant = this.paths.constant(value.right);
    const left = this.paths.core(value.left);
    if (value.operator === Punct.Ampersand)
      return left.kind === 'name' && left.declaration === parameter && isLow(constant);
    if (value.operator === Punct.EqualEqual) return isLow(constant) && this.isTagTest(left, parameter);
    return value.operator === Punct.ExclamationEqual && constant === 0n && this.isTagTest(left, parameter);
  }

  /** Whether a function asks about the value of any pointer: it takes `const void *`, or asks for low bits. */
  private takesAny(name: string): boolean {
    if (this.asksTag(name)) return true;
    const type = strip(this.globals.ordinary(name)?.type ?? UNKNOWN);
    const first = type.kind === 'function' ? type.parameters.map(({ type: one }) => strip(one)) : [];
    return first.some((one) => one.kind === 'pointer' && strip(one.to).kind === 'void' && qualifiersOf(one.to).isConst);
  }

  /** A function that is given pointers to constants alone, that does no more than answer, or that prints, changes no object. */
  leavesAll({ callee, arguments: given }: Call): boolean {
    if (callee.kind !== 'name' || callee.declaration) return false;
    const type = strip(this.globals.ordinary(callee.name)?.type ?? UNKNOWN);
    if (type.kind !== 'function') return false;
    const pointers = type.parameters.map(({ type: one }) => strip(one)).filter(({ kind }) => kind === 'pointer');
    const areConstant = pointers.every((one) => one.kind === 'pointer' && qualifiersOf(one.to).isConst);
    if ((pointers.length > 0 && areConstant) || this.answerOf(callee.name) !== undefined) return true;
    if (this.onlookers.has(callee.name)) return true;
    const isFormatted = given.some((one) => this.paths.core(one).kind === 'string');
    return type.variadic && isFormatted && given.every((one) => !isAddress(this.paths.core(one)));
  }

  private readonly inner = new Map<string, Inner | undefined>();

  /** What a function of one parameter returns, where it does nothing else. */
  private answerOf(name: string): Inner | undefined {
    if (this.inner.has(name)) return this.inner.get(name);
    this.inner.set(name, undefined);
    const definition = this.globals.definitionOf(name);
    const isFound = (one: Declaration): boolean => one.name === name && one.body !== undefined;
    // A macro may make the function: `BOX_FLAG(leaf, LEAF)`.
    for (const { reading, item } of definition ? [definition] : this.globals.making(name)) {
      const { declarations, tokens } = this.globals.parseWhole(reading, item);
      const found = declarations.find(isFound);
      if (found) {
        const inner = returnedBy(found, tokens);
        this.inner.set(name, inner);
        return inner;
      }
    }
    return undefined;
  }
}

/** What a function of one parameter returns, where it does nothing else. */
function returnedBy({ parameters, body }: Declaration, tokens: readonly PToken[]): Inner | undefined {
  const [parameter, ...more] = parameters ?? [];
  const value = parameter && more.length === 0 ? valueReturned(body?.items ?? [], 0) : undefined;
  return value && { parameter, value, tokens };
}

const UNKNOWN: CType = { kind: 'unknown', reason: 'not declared' } as CType;

/** Verbs in the name of a function that changes the bit as well, and says what it was. */
const CHANGES = /set|clear|change/;

function isAddress(core: Expression): boolean {
  return core.kind === 'unary' && core.operator === Punct.Ampersand;
}
