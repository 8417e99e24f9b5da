/** Integer constant expressions (C11 6.6) at the target's widths. */
import { numberValue } from '../preprocessor/numbers';
import { Punct } from '../text/tokens';
import type { Expression } from './ast';
import { arithmetic, compatible, constantType, promote } from './conversions';
import {
  type CType,
  INT,
  type IntegerName,
  type IntegerType,
  integer,
  isUnknownValue,
  strip,
  type UnknownValue,
} from './model';
import type { Globals } from './scope';

/** What an evaluation asks: names and sizes, and the types of expressions, which a later file of this room infers. */
interface World {
  readonly globals: Globals;
  typeOf(expression: Expression, globals: Globals): CType;
}

export interface ConstantValue {
  readonly value: bigint;
  readonly type: CType;
}

/** Evaluates; unknown with the reason where it is no constant, or rests on something unknown. */
export function constantIn(expression: Expression, world: World): ConstantValue | UnknownValue {
  switch (expression.kind) {
    case 'number':
    case 'character': {
      const number = numberValue(expression.text);
      if (!number) return unknown(`${expression.text} is no integer`);
      const type = constantType(number, world.globals.oracle);
      // One character has the value that a char has.
      const isUnsigned = expression.kind === 'character' && number.value < 0n && !world.globals.oracle.charIsSigned;
      return { value: isUnsigned ? BigInt.asUintN(8, number.value) : number.value, type };
    }
    case 'name': {
      const declaration = expression.declaration ?? world.globals.ordinary(expression.name);
      if (!declaration) return unknown(`${expression.name} is not declared`);
      if (declaration.kind !== 'enumerator' || declaration.value === undefined)
        return unknown(`${expression.name} is no constant`);
      if (isUnknownValue(declaration.value)) return declaration.value;
      return { value: declaration.value, type: declaration.type };
    }
    case 'unary':
      return evaluateUnary(expression, world);
    case 'binary':
      return evaluateBinary(expression, world);
    case 'conditional': {
      const test = constantIn(expression.test, world);
      if (isUnknownValue(test)) return test;
      const chosen = test.value !== 0n ? expression.yes : expression.no;
      const value = chosen ? constantIn(chosen, world) : test;
      const type = strip(world.typeOf(expression, world.globals));
      return isUnknownValue(value) || type.kind !== 'integer' ? value : convert(value.value, type, world);
    }
    case 'cast': {
      const operand = constantIn(expression.operand, world);
      return isUnknownValue(operand) ? operand : convert(operand.value, expression.type, world);
    }
    case 'sizeof':
    case 'alignof': {
      const type = expression.type ?? world.typeOf(expression.operand as Expression, world.globals);
      const { oracle } = world.globals;
      const bare = strip(type);
      if (expression.kind === 'sizeof' && bare.kind === 'array' && bare.length === null)
        return unknown('the array has no length here');
      const bytes = expression.kind === 'sizeof' ? oracle.sizeOf(type) : oracle.alignOf(type);
      return isUnknownValue(bytes) ? bytes : { value: BigInt(bytes), type: integer('unsigned long') };
    }
    case 'offsetof':
      return evaluateOffsetof(expression, world);
    case 'compatible': {
      const reason = unknownIn(expression.left) ?? unknownIn(expression.right);
      if (reason !== undefined) return unknown(reason);
      return { value: compatible(expression.left, expression.right) ? 1n : 0n, type: INT };
    }
    case 'generic': {
      const chosen = genericBranchIn(expression, world);
      return chosen ? constantIn(chosen, world) : unknown('no branch of _Generic fits');
    }
    case 'call':
      return evaluateCall(expression, world);
    case 'statement':
      return unknown('a statement expression is no constant');
    default:
      return unknown('this is no constant expression');
  }
}

/** The branch of `_Generic` that fits its control's type; undefined where that is unknown or none fits. */
export function genericBranchIn(expression: Expression & { kind: 'generic' }, world: World): Expression | undefined {
  const control = world.typeOf(expression.control, world.globals);
  if (strip(control).kind === 'unknown') return undefined;
  const exact = expression.branches.find(
    (branch) => branch.type && compatible(branch.type, unqualified(control), true),
  );
  return (exact ?? expression.branches.find((branch) => !branch.type))?.value;
}

/** The controlling expression loses its own qualifiers (C17 6.5.1.1p2, DR 481). */
function unqualified(type: CType): CType {
  return type.isConst ? { ...type, isConst: false } : type;
}

function unknown(reason: string): UnknownValue {
  return { unknown: reason };
}

/** Fits a value into an integer (or pointer, or enum) type. */
function convert(value: bigint, type: CType, world: World): ConstantValue | UnknownValue {
  const bare = strip(type);
  if (bare.kind === 'integer' && bare.name === '_Bool') return { value: value !== 0n ? 1n : 0n, type };
  if (bare.kind !== 'integer' && bare.kind !== 'pointer' && bare.kind !== 'enum')
    return unknown('a cast to no integer type');
  const bytes = world.globals.oracle.sizeOf(bare);
  if (isUnknownValue(bytes)) return bytes;
  const bits = bytes * 8;
  const signed = bare.kind === 'integer' ? isSigned(bare, world) : false;
  return { value: signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value), type };
}

function isSigned(type: IntegerType, world: World): boolean {
  if (type.name === 'char') return world.globals.oracle.charIsSigned;
  return type.name !== '_Bool' && !type.name.startsWith('unsigned');
}

function evaluateUnary(expression: Expression & { kind: 'unary' }, world: World): ConstantValue | UnknownValue {
  if (expression.operator === Punct.Ampersand) return addressConstant(expression.operand, world);
  const operand = constantIn(expression.operand, world);
  if (isUnknownValue(operand)) return operand;
  if (expression.operator === Punct.Exclamation) return { value: operand.value === 0n ? 1n : 0n, type: INT };
  const type = promote(operand.type, world.globals.oracle);
  switch (expression.operator) {
    case Punct.Minus:
      return convert(-operand.value, type, world);
    case Punct.Plus:
      return convert(operand.value, type, world);
    case Punct.Tilde:
      return convert(~operand.value, type, world);
    default:
      return unknown('this is no constant expression');
  }
}

/** `&((type *)0)->member`, the old way to write offsetof. */
function addressConstant(operand: Expression, world: World): ConstantValue | UnknownValue {
  if (operand.kind !== 'member') return unknown('an address is no constant');
  const base = operand.arrow ? constantIn(operand.base, world) : addressConstant(operand.base, world);
  if (isUnknownValue(base)) return base;
  let record = strip(world.typeOf(operand.base, world.globals));
  if (operand.arrow && record.kind === 'pointer') record = strip(record.to);
  if (record.kind !== 'record') return unknown('an address is no constant');
  const offset = world.globals.oracle.offsetOf(record.record, operand.name);
  if (isUnknownValue(offset)) return offset;
  return { value: base.value + BigInt(offset.bits >> 3), type: integer('unsigned long') };
}

function evaluateBinary(expression: Expression & { kind: 'binary' }, world: World): ConstantValue | UnknownValue {
  const { operator } = expression;
  const left = constantIn(expression.left, world);
  if (operator === Punct.AndAnd || operator === Punct.OrOr) {
    if (isUnknownValue(left)) return left;
    const decided = operator === Punct.AndAnd ? left.value === 0n : left.value !== 0n;
    if (decided) return { value: operator === Punct.OrOr ? 1n : 0n, type: INT };
    const right = constantIn(expression.right, world);
    return isUnknownValue(right) ? right : { value: right.value !== 0n ? 1n : 0n, type: INT };
  }
  const right = constantIn(expression.right, world);
  if (isUnknownValue(left)) return left;
  if (isUnknownValue(right)) return right;
  if (operator === Punct.ShiftLeft || operator === Punct.ShiftRight) {
    const type = promote(left.type, world.globals.oracle);
    if (right.value < 0n || right.value > 127n) return unknown('a shift by too much');
    const value = operator === Punct.ShiftLeft ? left.value << right.value : left.value >> right.value;
    return convert(value, type, world);
  }
  const type = arithmetic(left.type, right.type, world.globals.oracle);
  const a = convert(left.value, type, world);
  const b = convert(right.value, type, world);
  if (isUnknownValue(a)) return a;
  if (isUnknownValue(b)) return b;
  const compare = COMPARE[operator];
  if (compare) return { value: compare(a.value, b.value) ? 1n : 0n, type: INT };
  const compute = COMPUTE[operator];
  if (!compute) return operator === Punct.Comma ? right : unknown('this is no constant expression');
  if ((operator === Punct.Slash || operator === Punct.Percent) && b.value === 0n) return unknown('a division by zero');
  return convert(compute(a.value, b.value), type, world);
}

const COMPARE: Readonly<Record<number, (a: bigint, b: bigint) => boolean>> = {
  [Punct.EqualEqual]: (a, b) => a === b,
  [Punct.ExclamationEqual]: (a, b) => a !== b,
  [Punct.Less]: (a, b) => a < b,
  [Punct.Greater]: (a, b) => a > b,
  [Punct.LessEqual]: (a, b) => a <= b,
  [Punct.GreaterEqual]: (a, b) => a >= b,
};

const COMPUTE: Readonly<Record<number, (a: bigint, b: bigint) => bigint>> = {
  [Punct.Plus]: (a, b) => a + b,
  [Punct.Minus]: (a, b) => a - b,
  [Punct.Star]: (a, b) => a * b,
  [Punct.Slash]: (a, b) => a / b,
  [Punct.Percent]: (a, b) => a % b,
  [Punct.Ampersand]: (a, b) => a & b,
  [Punct.Pipe]: (a, b) => a | b,
  [Punct.Caret]: (a, b) => a ^ b,
};

function evaluateOffsetof(expression: Expression & { kind: 'offsetof' }, world: World): ConstantValue | UnknownValue {
  let type = strip(expression.type);
  let bits = 0n;
  for (const step of expression.path) {
    if (step.kind === 'member') {
      if (type.kind !== 'record') return unknown(`${step.name} is asked of no record`);
      const offset = world.globals.oracle.offsetOf(type.record, step.name);
      if (isUnknownValue(offset)) return offset;
      bits += BigInt(offset.bits);
      type = strip(offset.type);
    } else {
      if (type.kind !== 'array') return unknown('an index into no array');
      const index = constantIn(step.index, world);
      if (isUnknownValue(index)) return index;
      const size = world.globals.oracle.sizeOf(type.of);
      if (isUnknownValue(size)) return size;
      bits += index.value * BigInt(size) * 8n;
      type = strip(type.of);
    }
  }
  return { value: bits / 8n, type: integer('unsigned long') };
}

/** Why it is not known what a type is, or one that it is made of. */
function unknownIn(type: CType): string | undefined {
  const bare = strip(type);
  switch (bare.kind) {
    case 'unknown':
      return bare.reason;
    case 'pointer':
      return unknownIn(bare.to);
    case 'array':
    case 'vector':
      return unknownIn(bare.of);
    case 'function':
      return unknownIn(bare.returns) ?? bare.parameters.map((parameter) => unknownIn(parameter.type)).find(Boolean);
    default:
      return undefined;
  }
}

/** A string that an expression spells out, maybe through a macro that picks it. */
function stringOf(expression: Expression, world: World): string | undefined {
  if (expression.kind === 'string') return expression.isWide ? undefined : expression.text;
  if (expression.kind === 'cast') {
    const to = strip(expression.type);
    return to.kind === 'pointer' ? stringOf(expression.operand, world) : undefined;
  }
  if (expression.kind !== 'conditional') return undefined;
  const test = constantIn(expression.test, world);
  if (isUnknownValue(test) || !expression.yes) return undefined;
  return stringOf(test.value !== 0n ? expression.yes : expression.no, world);
}

/** Builtins that headers use in constants; gcc folds them. */
function evaluateCall(expression: Expression & { kind: 'call' }, world: World): ConstantValue | UnknownValue {
  const name = expression.callee.kind === 'name' ? expression.callee.name : '';
  const given = expression.arguments;
  if (name === '__builtin_choose_expr' && given.length === 3) {
    const test = constantIn(given[0], world);
    if (isUnknownValue(test)) return test;
    return constantIn(given[test.value !== 0n ? 1 : 2], world);
  }
  if (name === '__builtin_constant_p' && given.length === 1) {
    const isConstant = !isUnknownValue(constantIn(given[0], world)) || stringOf(given[0], world) !== undefined;
    return { value: isConstant ? 1n : 0n, type: INT };
  }
  if (name === '__builtin_strlen' && given.length === 1) {
    const text = stringOf(given[0], world);
    if (text === undefined) return unknown('__builtin_strlen() of what is no string');
    const end = text.indexOf('\0');
    return { value: BigInt(end < 0 ? text.length : end), type: integer('unsigned long') };
  }
  const swapped = SWAPPED[name];
  if (swapped !== undefined && given.length === 1) {
    const value = constantIn(given[0], world);
    if (isUnknownValue(value)) return value;
    const bytes =
      BigInt.asUintN(swapped.bits, value.value)
        .toString(16)
        .padStart(swapped.bits / 4, '0')
        .match(/../g) ?? [];
    return { value: BigInt(`0x${bytes.reverse().join('')}`), type: integer(swapped.type) };
  }
  if (name === '__builtin_expect' && given.length === 2) return constantIn(given[0], world);
  const fold = BIT_BUILTINS[name];
  if (!fold || given.length !== 1) return unknown(name ? `${name}() is no constant` : 'a call is no constant');
  const operand = constantIn(given[0], world);
  if (isUnknownValue(operand)) return operand;
  const wide = name.endsWith('ll') ? 64 : name.endsWith('l') ? world.globals.oracle.longBytes * 8 : 32;
  const value = BigInt.asUintN(wide, operand.value);
  if (value === 0n && !name.startsWith('__builtin_ffs') && !/popcount|parity/.test(name))
    return unknown(`${name}(0) is undefined`);
  return { value: BigInt(fold(value.toString(2), wide)), type: INT };
}

const SWAPPED: Readonly<Record<string, { readonly bits: number; readonly type: IntegerName } | undefined>> = {
  __builtin_bswap16: { bits: 16, type: 'unsigned short' },
  __builtin_bswap32: { bits: 32, type: 'unsigned int' },
  __builtin_bswap64: { bits: 64, type: 'unsigned long long' },
};

function bitFamily(fold: (binary: string, width: number) => number, name: string): [string, typeof fold][] {
  return ['', 'l', 'll'].map((suffix) => [`__builtin_${name}${suffix}`, fold]);
}

/** gcc's bit builtins over a value's binary digits. */
const BIT_BUILTINS: Readonly<Record<string, (binary: string, width: number) => number>> = Object.fromEntries([
  ...bitFamily((binary, width) => width - binary.length, 'clz'),
  ...bitFamily((binary) => binary.length - 1 - binary.lastIndexOf('1'), 'ctz'),
  ...bitFamily((binary) => (binary === '0' ? 0 : binary.length - binary.lastIndexOf('1')), 'ffs'),
  ...bitFamily((binary) => binary.replaceAll('0', '').length, 'popcount'),
  ...bitFamily((binary) => binary.replaceAll('0', '').length % 2, 'parity'),
]);
