/** Integer constant expressions (C11 6.6) at the target's widths. */
import { Punct } from '../text/tokens';
import type { Expression } from './ast';
import {
  COMPARE,
  COMPUTE,
  type ConstantValue,
  convert,
  measure,
  pointerArithmetic,
  unknown,
  type World,
} from './constant-values';
import { arithmetic, compatible, promote, unqualified } from './conversions';
import { foldOf } from './folding';
import { floatLiteral, integerLiteral, sizeTypeName } from './literals';
import { type CType, INT, integer, isUnknownValue, pointerTo, strip, type UnknownValue } from './model';
import { decay } from './type-attributes';
import { partsOf } from './walk';

/** Evaluates; unknown with the reason where it is no constant, or rests on something unknown. */
export function constantIn(expression: Expression, world: World): ConstantValue | UnknownValue {
  switch (expression.kind) {
    case 'number':
    case 'character':
      return integerLiteral(expression.text, world.globals) ?? unknown(`${expression.text} is no integer`);
    case 'name': {
      const declaration = expression.declaration ?? world.globals.ordinary(expression.name);
      if (!declaration) return unknown(`${expression.name} is not declared`);
      if (declaration.isConstexpr && declaration.initializer && declaration.initializer.kind !== 'list')
        return converted(declaration.initializer, declaration.type, world);
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
      const test = truthIn(expression.test, world);
      if (isUnknownValue(test)) return test;
      const chosen = test ? (expression.yes ?? expression.test) : expression.no;
      const value = constantIn(chosen, world);
      const type = strip(world.typeOf(expression, world.globals));
      if (isUnknownValue(value) || type.kind === 'pointer') return value;
      return type.kind === 'integer' ? convert(value.value, type, world) : unknown('the type of ?: is not known');
    }
    case 'cast':
      return converted(expression.operand, expression.type, world);
    case 'sizeof':
    case 'alignof':
    case 'preferred':
      return measure(expression, world);
    case 'member':
    case 'index':
      if (expression.kind === 'index' && expression.base.kind === 'string') return characterAt(expression, world);
      // The address of an array is that of its first element.
      if (strip(world.typeOf(expression, world.globals)).kind !== 'array')
        return unknown('this is no constant expression');
      return addressOf(expression, world);
    case 'offsetof':
      return evaluateOffsetof(expression, world);
    case 'compatible': {
      const answer = compatible(expression.left, expression.right, world.globals.oracle);
      return answer === undefined ? unknown('a type is not known') : { value: answer ? 1n : 0n, type: INT };
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

/** For GCC a bit-field, and what is worked out of one wider than int, has a type of its own that no name means. */
function restsOnBitField(expression: Expression, world: World, isWhole = true): boolean {
  const { oracle } = world.globals;
  if (oracle.compiler === 'clang') return false;
  if (expression.kind === 'member' && world.isBitField(expression, world.globals)) {
    const size = oracle.sizeOf(world.typeOf(expression, world.globals));
    return isWhole || isUnknownValue(size) || size > 4;
  }
  if (expression.kind === 'unary' || expression.kind === 'binary' || expression.kind === 'conditional')
    return partsOf(expression).some((part) => restsOnBitField(part, world, false));
  return false;
}

/** `"text"[2]`, which compilers fold. */
function characterAt(expression: Expression & { kind: 'index' }, world: World): ConstantValue | UnknownValue {
  const text = stringOf(expression.base, world);
  const index = constantIn(expression.index, world);
  if (isUnknownValue(index)) return index;
  const at = Number(index.value);
  if (text === undefined || at < 0 || at > text.length) return unknown('this is no character of a string');
  return convert(BigInt(at < text.length ? text.charCodeAt(at) : 0), integer('char'), world);
}

/** The branch of `_Generic` that fits its control's type; undefined where that is unknown or none fits. */
export function genericBranchIn(expression: Expression & { kind: 'generic' }, world: World): Expression | undefined {
  // The controlling expression loses its own qualifiers (C17 6.5.1.1p2, DR 481).
  const control = unqualified(decay(world.typeOf(expression.control, world.globals)));
  if (strip(control).kind === 'unknown' || restsOnBitField(expression.control, world)) return undefined;
  let chosen: Expression | undefined;
  for (const { type, value } of expression.branches) {
    if (!type) continue;
    const fits = compatible(type, control, world.globals.oracle, true);
    // No two may fit (C11 6.5.1.1p2); what stands behind the one that does says nothing else.
    if (fits && chosen) return undefined;
    if (fits) chosen = value;
    else if (fits === undefined && !chosen) return undefined;
  }
  const others = expression.branches.filter((branch) => !branch.type);
  return others.length > 1 ? undefined : (chosen ?? others[0]?.value);
}

/** An expression converted to an integer (or pointer, or enum) type, as a cast does. */
function converted(operand: Expression, type: CType, world: World): ConstantValue | UnknownValue {
  if (!isFloating(operand, world)) {
    const value = constantIn(operand, world);
    return isUnknownValue(value) ? value : convert(value.value, type, world);
  }
  const float = floatIn(operand, world);
  if (isUnknownValue(float)) return float;
  if (isBool(type)) return { value: float === 0 ? 0n : 1n, type };
  if (!Number.isFinite(float)) return unknown('no integer has this value');
  const whole = BigInt(Math.trunc(float));
  const fitted = convert(whole, type, world);
  return isUnknownValue(fitted) || fitted.value === whole ? fitted : unknown('a float does not fit its type');
}

function isBool(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'integer' && bare.name === '_Bool';
}

function isFloating(expression: Expression, world: World): boolean {
  return strip(world.typeOf(expression, world.globals)).kind === 'float';
}

/** The value of an expression as a float; only where that is exact by IEEE 754's single and double precision. */
function floatIn(expression: Expression, world: World): number | UnknownValue {
  const type = strip(world.typeOf(expression, world.globals));
  if (type.kind !== 'float') {
    const whole = constantIn(expression, world);
    return isUnknownValue(whole) ? whole : Number(whole.value);
  }
  if (type.name !== 'float' && type.name !== 'double') return unknown(`values of ${type.name} are not worked out`);
  const found = floatValue(expression, world);
  return isUnknownValue(found) || type.name === 'double' ? found : single(found);
}

function floatValue(expression: Expression, world: World): number | UnknownValue {
  switch (expression.kind) {
    case 'number':
      return floatLiteral(expression.text)?.value ?? unknown(`${expression.text} is no number that is known`);
    case 'cast':
      return floatIn(expression.operand, world);
    case 'unary': {
      const operand = floatIn(expression.operand, world);
      if (isUnknownValue(operand) || expression.operator === Punct.Plus) return operand;
      return expression.operator === Punct.Minus ? -operand : unknown('this is no constant expression');
    }
    case 'binary': {
      const operands = floatsIn(expression, world);
      if (isUnknownValue(operands)) return operands;
      return FLOAT_COMPUTE[expression.operator]?.(...operands) ?? unknown('this is no constant expression');
    }
    case 'conditional': {
      const test = truthIn(expression.test, world);
      if (isUnknownValue(test)) return test;
      return floatIn(test ? (expression.yes ?? expression.test) : expression.no, world);
    }
    default:
      return unknown('this is no constant expression');
  }
}

/** A number in single precision; a large integer was rounded to double precision already. */
function single(value: number): number | UnknownValue {
  const isRoundedOnce = !Number.isInteger(value) || Number.isSafeInteger(value) || Math.fround(value) === value;
  return isRoundedOnce ? Math.fround(value) : unknown('a large number is rounded to a float');
}

/** Both operands in their common type: an integer beside a float is rounded to single precision (C11 6.3.1.8p1). */
function floatsIn(expression: Expression & { kind: 'binary' }, world: World): [number, number] | UnknownValue {
  const sides = [expression.left, expression.right] as const;
  const values: number[] = [];
  const isSingle = sides.every((side) => {
    const type = strip(world.typeOf(side, world.globals));
    return type.kind !== 'float' || type.name === 'float';
  });
  for (const side of sides) {
    const value = floatIn(side, world);
    if (isUnknownValue(value)) return value;
    const rounded = isSingle ? single(value) : value;
    if (isUnknownValue(rounded)) return rounded;
    values.push(rounded);
  }
  return values as [number, number];
}

const FLOAT_COMPUTE: Readonly<Record<number, (a: number, b: number) => number>> = {
  [Punct.Plus]: (a, b) => a + b,
  [Punct.Minus]: (a, b) => a - b,
  [Punct.Star]: (a, b) => a * b,
  [Punct.Slash]: (a, b) => a / b,
};

/** Whether an expression is other than 0. */
function truthIn(expression: Expression, world: World): boolean | UnknownValue {
  if (expression.kind === 'string') return true;
  if (isFloating(expression, world)) {
    const float = floatIn(expression, world);
    return isUnknownValue(float) ? float : float !== 0;
  }
  const value = constantIn(expression, world);
  return isUnknownValue(value) ? value : value.value !== 0n;
}

function evaluateUnary(expression: Expression & { kind: 'unary' }, world: World): ConstantValue | UnknownValue {
  if (expression.operator === Punct.Ampersand) return addressOf(expression.operand, world);
  if (expression.operator === Punct.Exclamation) {
    const truth = truthIn(expression.operand, world);
    return isUnknownValue(truth) ? truth : { value: truth ? 0n : 1n, type: INT };
  }
  const operand = constantIn(expression.operand, world);
  if (isUnknownValue(operand)) return operand;
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

/** `&((type *)0)->member[1].inner`, the old way to write offsetof. */
function addressOf(operand: Expression, world: World): ConstantValue | UnknownValue {
  const { globals } = world;
  const pointer = pointerTo(world.typeOf(operand, globals));
  if (operand.kind === 'unary' && operand.operator === Punct.Star) {
    const value = constantIn(operand.operand, world);
    return isUnknownValue(value) ? value : { value: value.value, type: pointer };
  }
  if (operand.kind === 'index') {
    const bare = strip(world.typeOf(operand.base, globals));
    const base = bare.kind === 'array' ? addressOf(operand.base, world) : constantIn(operand.base, world);
    const index = constantIn(operand.index, world);
    if (isUnknownValue(base)) return base;
    if (isUnknownValue(index)) return index;
    const size = globals.oracle.sizeOf(pointer.to);
    return isUnknownValue(size) ? size : { value: base.value + index.value * BigInt(size), type: pointer };
  }
  if (operand.kind !== 'member') return unknown('an address is no constant');
  const base = operand.arrow ? constantIn(operand.base, world) : addressOf(operand.base, world);
  if (isUnknownValue(base)) return base;
  const record = world.recordOf(operand, globals);
  if ('reason' in record || world.isBitField(operand, globals)) return unknown('an address is no constant');
  const offset = globals.oracle.offsetOf(record, operand.name);
  if (isUnknownValue(offset)) return offset;
  return { value: base.value + BigInt(offset.bits >> 3), type: pointer };
}

function evaluateBinary(expression: Expression & { kind: 'binary' }, world: World): ConstantValue | UnknownValue {
  const { operator } = expression;
  if (operator === Punct.AndAnd || operator === Punct.OrOr) {
    const truth = truthIn(expression.left, world);
    if (isUnknownValue(truth)) return truth;
    if (truth === (operator === Punct.OrOr)) return { value: truth ? 1n : 0n, type: INT };
    const other = truthIn(expression.right, world);
    return isUnknownValue(other) ? other : { value: other ? 1n : 0n, type: INT };
  }
  const compare = COMPARE[operator];
  if (compare && (isFloating(expression.left, world) || isFloating(expression.right, world))) {
    const operands = floatsIn(expression, world);
    return isUnknownValue(operands) ? operands : { value: compare(...operands) ? 1n : 0n, type: INT };
  }
  const left = constantIn(expression.left, world);
  const right = constantIn(expression.right, world);
  if (operator === Punct.Comma) return right;
  if (isUnknownValue(left)) return left;
  if (isUnknownValue(right)) return right;
  if (operator === Punct.ShiftLeft || operator === Punct.ShiftRight) {
    const type = promote(left.type, world.globals.oracle);
    const bytes = world.globals.oracle.sizeOf(type);
    if (isUnknownValue(bytes)) return bytes;
    if (right.value < 0n || right.value >= bytes * 8) return unknown('a shift by too much');
    const value = operator === Punct.ShiftLeft ? left.value << right.value : left.value >> right.value;
    return convert(value, type, world);
  }
  const pointers = pointerArithmetic(operator, left, right, world);
  if (pointers) return pointers;
  const type = arithmetic(left.type, right.type, world.globals.oracle);
  const a = convert(left.value, type, world);
  const b = convert(right.value, type, world);
  if (isUnknownValue(a)) return a;
  if (isUnknownValue(b)) return b;
  if (compare) return { value: compare(a.value, b.value) ? 1n : 0n, type: INT };
  const compute = COMPUTE[operator];
  if (!compute) return unknown('this is no constant expression');
  if ((operator === Punct.Slash || operator === Punct.Percent) && b.value === 0n) return unknown('a division by zero');
  const result = compute(a.value, b.value);
  const fitted = convert(result, type, world);
  // Compilers wrap a sum, and refuse the quotient of the least number and -1.
  const isTooLarge = operator === Punct.Slash && !isUnknownValue(fitted) && fitted.value !== result;
  return isTooLarge ? unknown('a division overflows') : fitted;
}

function evaluateOffsetof(expression: Expression & { kind: 'offsetof' }, world: World): ConstantValue | UnknownValue {
  let type = strip(expression.type);
  let bits = 0n;
  for (const step of expression.path) {
    if (step.kind === 'member') {
      if (type.kind !== 'record') return unknown(`${step.name} is asked of no record`);
      const offset = world.globals.oracle.offsetOf(type.record, step.name);
      if (isUnknownValue(offset)) return offset;
      if (offset.isBitField) return unknown('offsetof of a bit-field');
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
  return { value: bits / 8n, type: integer(sizeTypeName(world.globals)) };
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
  if (name === '__builtin_constant_p' && given.length === 1) return isConstant(given[0], world);
  if (name.startsWith('__builtin_expect') && given.length >= 2) return constantIn(given[0], world);
  if (name === '__builtin_strlen' && given.length === 1) {
    const text = stringOf(given[0], world);
    if (text === undefined) return unknown('__builtin_strlen() of what is no string');
    const end = text.indexOf('\0');
    return { value: BigInt(end < 0 ? text.length : end), type: integer(sizeTypeName(world.globals)) };
  }
  const fold = foldOf(name);
  if (!fold || given.length !== 1) return unknown(name ? `${name}() is no constant` : 'a call is no constant');
  const operand = converted(given[0], integer(fold.takes), world);
  if (isUnknownValue(operand)) return operand;
  const bytes = world.globals.oracle.sizeOf(operand.type);
  if (isUnknownValue(bytes)) return bytes;
  const value = fold.fold(BigInt.asUintN(bytes * 8, operand.value), bytes * 8);
  return value === undefined ? unknown(`${name}() is undefined here`) : { value, type: integer(fold.gives) };
}

/** `__builtin_constant_p`: 0 only for what surely is none, as what is not worked out here may still be one. */
function isConstant(operand: Expression, world: World): ConstantValue | UnknownValue {
  if (stringOf(operand, world) !== undefined) return { value: 1n, type: INT };
  if (isFloating(operand, world)) {
    const float = floatIn(operand, world);
    if (!isUnknownValue(float)) return { value: 1n, type: INT };
  }
  const value = constantIn(operand, world);
  if (!isUnknownValue(value)) return { value: 1n, type: INT };
  return restsOnObject(operand, world) ? { value: 0n, type: INT } : value;
}

/** Whether the value of an expression is that of an object, which no constant is. */
function restsOnObject(expression: Expression, world: World): boolean {
  if (expression.kind === 'sizeof' || expression.kind === 'alignof' || expression.kind === 'preferred') return false;
  if (expression.kind !== 'name') return partsOf(expression).some((part) => restsOnObject(part, world));
  const named = expression.declaration ?? world.globals.ordinary(expression.name);
  return named !== undefined && (named.kind === 'variable' || named.kind === 'parameter') && !named.type.isConst;
}

/** A string that an expression spells out, maybe through a macro that picks it. */
function stringOf(expression: Expression, world: World): string | undefined {
  if (expression.kind === 'string') return expression.prefix === '' ? expression.text : undefined;
  if (expression.kind === 'cast')
    return strip(expression.type).kind === 'pointer' ? stringOf(expression.operand, world) : undefined;
  if (expression.kind !== 'conditional') return undefined;
  const test = truthIn(expression.test, world);
  if (isUnknownValue(test) || !expression.yes) return undefined;
  return stringOf(test ? expression.yes : expression.no, world);
}
