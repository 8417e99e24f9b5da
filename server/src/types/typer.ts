/** The type of an expression (C11 6.5), on demand; unknown with the reason where it can't be known. */
import { Punct } from '../text/tokens';
import { castType, operationType } from './aligned-values';
import type { Expression, MemberExpression, Statement } from './ast';
import { constantIn, genericBranchIn } from './constants';
import { arithmetic, promote, qualifiersOf, unqualified } from './conversions';
import { builtinType } from './folding';
import { differenceTypeName, floatLiteral, integerLiteral, sizeTypeName, unitType } from './literals';
import {
  type CType,
  INT,
  type IntegerName,
  integer,
  isUnknownValue,
  type Member,
  pointerTo,
  type RecordDeclaration,
  strip,
  unknownType,
  type VectorType,
  VOID,
} from './model';
import type { Globals } from './scope';
import { decay, elementOf } from './type-attributes';

/** What constant expressions ask of this file. */
export function worldOf(globals: Globals) {
  return { globals, typeOf, recordOf: baseRecord, isBitField };
}

function floatType(text: string): CType {
  return { kind: 'float', name: floatLiteral(text)!.name };
}

/** Whether a member access leads to a bit-field. */
export function isBitField(expression: MemberExpression, globals: Globals): boolean {
  const found = memberOf(expression, globals);
  return 'member' in found && found.member.bitWidth !== undefined;
}

const memo = new WeakMap<Expression, CType>();

/** The type of an expression as its parser left it; arrays and functions are not decayed. */
export function typeOf(expression: Expression, globals: Globals): CType {
  let type = memo.get(expression);
  if (!type) {
    // An expression that asks for its own type while it is being typed is malformed.
    memo.set(expression, unknownType('the expression refers to itself'));
    type = infer(expression, globals);
    memo.set(expression, type);
  }
  return type;
}

function infer(expression: Expression, globals: Globals): CType {
  switch (expression.kind) {
    case 'name': {
      const declaration = expression.declaration ?? globals.ordinary(expression.name);
      return declaration ? declaration.type : unknownType(`${expression.name} is not declared`);
    }
    case 'number':
    case 'character': {
      const { text } = expression;
      const found = integerLiteral(text, globals)?.type ?? (floatLiteral(text) && floatType(text));
      return found ?? unknownType(`${text} is no number that is known`);
    }
    case 'string':
      if (expression.prefix === undefined) return unknownType('strings of several widths');
      return { kind: 'array', of: unitType(expression.prefix, globals), length: expression.units + 1 };
    case 'unary':
      return inferUnary(expression, globals);
    case 'binary':
      return inferBinary(expression, globals);
    case 'assign':
      return unqualified(typeOf(expression.left, globals));
    case 'conditional':
      return inferConditional(expression, globals);
    case 'call':
      return inferCall(expression, globals);
    case 'member': {
      const found = memberOf(expression, globals);
      return 'member' in found ? memberType(expression, found.member, globals) : found;
    }
    case 'index': {
      const whole = typeOf(expression.base, globals);
      const base = strip(whole);
      if (base.kind === 'pointer') return base.to;
      if (base.kind === 'array' || base.kind === 'vector') return elementOf(whole, base);
      if (base.kind === 'unknown') return base;
      const index = strip(decay(typeOf(expression.index, globals)));
      return index.kind === 'pointer' ? index.to : unknownType('an index into neither array nor pointer');
    }
    case 'cast':
      return convertedType(castType(expression.type, globals.oracle), globals);
    case 'compound':
      return expression.type;
    case 'va_arg':
      return globals.oracle.compiler === 'clang' ? unqualified(expression.type, true) : expression.type;
    case 'sizeof':
    case 'alignof':
    case 'preferred':
    case 'offsetof':
      return integer(sizeTypeName(globals));
    case 'compatible':
      return INT;
    case 'generic': {
      const branch = genericBranchIn(expression, worldOf(globals));
      if (branch) return typeOf(branch, globals);
      const control = strip(typeOf(expression.control, globals));
      return control.kind === 'unknown' ? control : unknownType('no branch of _Generic fits');
    }
    case 'statement':
      return inferStatement(expression.body.items, globals);
    case 'label':
      return pointerTo(VOID);
    case 'broken':
      return unknownType(expression.reason);
  }
}

/** The value of a statement expression is its last statement's. */
function inferStatement(items: readonly Statement[], globals: Globals): CType {
  let last: Statement | undefined = items[items.length - 1];
  while (last?.kind === 'label') last = last.body;
  if (last?.kind === 'expression' && last.expression) return copiedType(last.expression, globals);
  if (last?.kind === 'broken') return unknownType(last.reason);
  return VOID;
}

/** The type of the value that an expression has: arrays and functions decay, qualifiers fall (C11 6.3.2.1). */
function rvalueType(expression: Expression, globals: Globals): CType {
  return unqualified(decay(typeOf(expression, globals)));
}

/** The type of what takes the value of an expression: `__auto_type`, or a statement in parentheses. */
export function copiedType(expression: Expression, globals: Globals): CType {
  return convertedType(decay(typeOf(expression, globals)), globals);
}

/** A type without its qualifiers, of which clang leaves _Atomic. */
function convertedType(type: CType, { oracle }: Globals): CType {
  if (oracle.compiler === 'either' && qualifiersOf(type).isAtomic)
    return unknownType('gcc and clang read a conversion to _Atomic differently');
  return unqualified(type, oracle.compiler === 'clang');
}

/** A member is const or volatile as its record is, too (C11 6.5.2.3). */
function memberType(expression: MemberExpression, member: Member, globals: Globals): CType {
  const base = strip(typeOf(expression.base, globals));
  const whole = expression.arrow && 'to' in base ? base.to : typeOf(expression.base, globals);
  const { isConst, isVolatile } = qualifiersOf(whole);
  return qualified(member.type, isConst, isVolatile);
}

function qualified(type: CType, isConst: boolean, isVolatile: boolean): CType {
  if (!isConst && !isVolatile) return type;
  return { ...type, isConst: isConst || type.isConst, isVolatile: isVolatile || type.isVolatile };
}

/** The member that `a.b` or `a->b` names, with the record that it is looked up in. */
function memberOf(
  expression: Expression & { kind: 'member' },
  globals: Globals,
): { readonly member: Member; readonly record: RecordDeclaration } | (CType & { kind: 'unknown' }) {
  const record = baseRecord(expression, globals);
  if ('reason' in record) return record;
  if (!record.members) return { kind: 'unknown', reason: `${recordName(record)} is not defined here` };
  const member = findMember(record, expression.name);
  if (member) return { member, record };
  return { kind: 'unknown', reason: record.unknown ?? `${recordName(record)} has no member ${expression.name}` };
}

/** The record that the base of a member access is of or points to, whether it has the member or not. */
export function baseRecord(
  expression: Expression & { kind: 'member' },
  globals: Globals,
): RecordDeclaration | (CType & { kind: 'unknown' }) {
  let base = strip(typeOf(expression.base, globals));
  if (expression.arrow) {
    if (base.kind === 'pointer') base = strip(base.to);
    else if (base.kind === 'array') base = strip(base.of);
    else if (base.kind !== 'unknown') return { kind: 'unknown', reason: '-> on what is no pointer' };
  }
  if (base.kind === 'record') return base.record;
  return base.kind === 'unknown' ? base : { kind: 'unknown', reason: 'a member of what is no record' };
}

export function recordName(record: RecordDeclaration): string {
  return record.tag === undefined ? `an anonymous ${record.kind}` : `${record.kind} ${record.tag}`;
}

/** Looks a name up in a record and, as C does, in its anonymous members. */
export function findMember(record: RecordDeclaration, name: string, depth = 0): Member | undefined {
  for (const member of record.members ?? []) {
    if (member.name === name) return member;
    if (member.name !== undefined || depth > 64) continue;
    const inner = strip(member.type);
    const found = inner.kind === 'record' ? findMember(inner.record, name, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function inferUnary(expression: Expression & { kind: 'unary' }, globals: Globals): CType {
  const operand = typeOf(expression.operand, globals);
  const bare = strip(operand);
  switch (expression.operator) {
    case Punct.Star:
      if (bare.kind === 'pointer') return bare.to;
      if (bare.kind === 'array') return elementOf(operand, bare);
      if (bare.kind === 'function' || bare.kind === 'unknown') return bare;
      return unknownType('* on what is no pointer');
    case Punct.Ampersand:
      return bare.kind === 'unknown' ? bare : pointerTo(operand);
    case Punct.Exclamation:
      return bare.kind === 'record' ? unknownType(NO_OPERAND) : INT;
    case Punct.PlusPlus:
    case Punct.MinusMinus:
      return unqualified(operand);
    default: {
      if (bare.kind === 'unknown') return bare;
      if (decay(bare).kind === 'pointer' || bare.kind === 'record') return unknownType(NO_OPERAND);
      const value = valueType(expression.operand, globals);
      return operationType(promote(unqualified(value), globals.oracle), value);
    }
  }
}

const NO_OPERAND = 'an operator does not take such an operand';

/** The type of an operand's value: a bit-field whose values all are an int's counts as one (C11 6.3.1.1p2). */
function valueType(expression: Expression, globals: Globals): CType {
  const type = typeOf(expression, globals);
  if (expression.kind !== 'member') return type;
  const found = memberOf(expression, globals);
  const bits = 'member' in found ? found.member.bitWidth : undefined;
  const bare = strip(type);
  if (bits === undefined || isUnknownValue(bits) || bare.kind !== 'integer') return type;
  return bits < 32 || (bits === 32 && !bare.name.startsWith('unsigned')) ? INT : type;
}

const TRUTHS = new Set<number>([
  Punct.AndAnd,
  Punct.OrOr,
  Punct.EqualEqual,
  Punct.ExclamationEqual,
  Punct.Less,
  Punct.Greater,
  Punct.LessEqual,
  Punct.GreaterEqual,
]);

function inferBinary(expression: Expression & { kind: 'binary' }, globals: Globals): CType {
  const { operator } = expression;
  if (TRUTHS.has(operator)) {
    const compared = strip(typeOf(expression.left, globals));
    return compared.kind === 'vector' ? comparedVector(compared) : INT;
  }
  if (operator === Punct.Comma) return rvalueType(expression.right, globals);
  const left = unqualified(decay(valueType(expression.left, globals)));
  if (operator === Punct.ShiftLeft || operator === Punct.ShiftRight)
    return operationType(promote(left, globals.oracle), left);
  const right = unqualified(decay(valueType(expression.right, globals)));
  const a = strip(left);
  const b = strip(right);
  if (a.kind === 'record' || b.kind === 'record') return unknownType(NO_OPERAND);
  if (a.kind === 'vector' || b.kind === 'vector') return a.kind === 'vector' ? left : right;
  if (a.kind === 'pointer')
    return b.kind === 'pointer' && operator === Punct.Minus ? integer(differenceTypeName(globals)) : left;
  if (b.kind === 'pointer') return right;
  if (a.kind === 'unknown') return a;
  return operationType(arithmetic(left, right, globals.oracle), left, right);
}

/** A vector of signed integers as wide as its elements (gcc, "Vector Extensions"). */
function comparedVector(vector: VectorType): CType {
  const of = strip(vector.of);
  if (of.kind === 'float' && of.name === 'float') return { ...vector, of: INT };
  const name = of.kind === 'integer' ? (of.name.replace(/^(unsigned |(?=char))/, '') as IntegerName) : undefined;
  if (name === undefined) return unknownType('a comparison of vectors of floats');
  return { ...vector, of: integer(name === 'char' ? 'signed char' : name) };
}

/** C11 6.5.15p6: a null pointer constant takes the other's type, `void *` the pointer to void. */
function inferConditional(expression: Expression & { kind: 'conditional' }, globals: Globals): CType {
  const yes = rvalueType(expression.yes ?? expression.test, globals);
  const no = rvalueType(expression.no, globals);
  return operationType(conditionalType(expression, yes, no, globals), yes, no);
}

function conditionalType(
  expression: Expression & { kind: 'conditional' },
  yes: CType,
  no: CType,
  globals: Globals,
): CType {
  const a = strip(yes);
  const b = strip(no);
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    const isYesNull = isNullConstant(expression.yes ?? expression.test, globals);
    const isNoNull = isNullConstant(expression.no, globals);
    if (isYesNull) return no;
    if (isNoNull) return yes;
    if (isYesNull === undefined || isNoNull === undefined)
      return unknownType('whether a pointer is a null constant hangs on __builtin_constant_p');
    const [of, other] = strip(a.to).kind !== 'void' && strip(b.to).kind === 'void' ? [no, a.to] : [yes, b.to];
    return qualifiedLike(of, other, globals);
  }
  if (a.kind === 'pointer') return yes;
  if (b.kind === 'pointer') return no;
  if (a.kind === 'unknown') return no;
  if (b.kind === 'unknown' || a.kind === 'record' || a.kind === 'void') return yes;
  return arithmetic(yes, no, globals.oracle);
}

/** A pointer to what another pointer's type qualifies, too (C11 6.5.15p6). */
function qualifiedLike(type: CType, other: CType, { oracle }: Globals): CType {
  const pointer = strip(type);
  if (pointer.kind !== 'pointer') return type;
  // Those of an array are its elements', which gcc before C23 does not see here.
  if (strip(other).kind === 'array' && oracle.compiler !== 'clang') return type;
  const { isConst, isVolatile, isAtomic } = qualifiersOf(other);
  // A pointer to void loses _Atomic (gcc, qualify_type; clang has no atomic void).
  const isBare = strip(pointer.to).kind === 'void' && isAtomic !== qualifiersOf(pointer.to).isAtomic;
  const to = isBare ? { ...pointer.to, isAtomic: false } : pointer.to;
  return isConst || isVolatile || isBare ? pointerTo(qualified(to, isConst, isVolatile)) : type;
}

/** An integer constant 0, also cast to `void *` (C11 6.3.2.3p3); undefined where it hangs on what the optimizer knows. */
function isNullConstant(expression: Expression, globals: Globals): boolean | undefined {
  if (expression.kind === 'cast') {
    const to = strip(expression.type);
    if (to.kind !== 'pointer' || strip(to.to).kind !== 'void') return false;
    const isConstant = isMadeOfConstants(expression.operand, globals);
    if (!isConstant) return isConstant;
  } else if (expression.kind !== 'number') return false;
  const value = constantIn(expression, worldOf(globals));
  return !isUnknownValue(value) && value.value === 0n;
}

/** Whether all parts of an expression are constant, and not only those that its value rests on (C11 6.6p3, p6). */
function isMadeOfConstants(expression: Expression, globals: Globals): boolean | undefined {
  switch (expression.kind) {
    case 'name':
      return (expression.declaration ?? globals.ordinary(expression.name))?.value !== undefined;
    case 'binary':
      return expression.operator !== Punct.Comma && allConstant([expression.left, expression.right], globals);
    case 'unary':
      return VALUES.has(expression.operator) && isMadeOfConstants(expression.operand, globals);
    case 'cast':
      return strip(expression.type).kind !== 'pointer' && isMadeOfConstants(expression.operand, globals);
    case 'conditional':
      return allConstant([expression.test, expression.yes ?? expression.test, expression.no], globals);
    case 'call': {
      const { callee, arguments: given } = expression;
      // gcc answers later in a function than at file scope.
      const isLate = callee.kind === 'name' && callee.name === '__builtin_constant_p' && !allConstant(given, globals);
      return isLate ? undefined : true;
    }
    case 'member':
    case 'index':
    case 'assign':
    case 'statement':
      return false;
    default:
      return true;
  }
}

function allConstant(parts: readonly Expression[], globals: Globals): boolean | undefined {
  const answers = parts.map((part) => isMadeOfConstants(part, globals));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Unary operators that a constant may have. */
const VALUES: ReadonlySet<number> = new Set([Punct.Plus, Punct.Minus, Punct.Tilde, Punct.Exclamation]);

function inferCall(expression: Expression & { kind: 'call' }, globals: Globals): CType {
  const { callee } = expression;
  if (callee.kind === 'name' && callee.name === '__builtin_choose_expr' && expression.arguments.length === 3) {
    const test = constantIn(expression.arguments[0], worldOf(globals));
    if (isUnknownValue(test)) return unknownType(test.unknown);
    return typeOf(expression.arguments[test.value !== 0n ? 1 : 2], globals);
  }
  const builtin = callee.kind === 'name' && !callee.declaration ? builtinType(callee.name) : undefined;
  if (builtin) return builtin;
  let called = strip(typeOf(callee, globals));
  if (called.kind === 'pointer') called = strip(called.to);
  if (called.kind === 'function') return unqualified(called.returns, true);
  return called.kind === 'unknown' ? called : unknownType('a call of what is no function');
}
