/** The type of an expression (C11 6.5), on demand; unknown with the reason where it can't be known. */
import type { IntegerConstant } from '../preprocessor/numbers';
import { numberValue } from '../preprocessor/numbers';
import { Punct } from '../text/tokens';
import type { Expression, Statement } from './ast';
import { evaluate, genericBranch } from './constants';
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
  VOID,
} from './model';
import type { Globals, LayoutOracle } from './scope';

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
    case 'number': {
      const number = numberValue(expression.text);
      return number ? constantType(number, globals.oracle) : { kind: 'float', name: 'double' };
    }
    case 'character':
      return INT;
    case 'string':
      return { kind: 'array', of: integer('char'), length: expression.text.length + 1 };
    case 'unary':
      return inferUnary(expression, globals);
    case 'binary':
      return inferBinary(expression, globals);
    case 'assign':
      return typeOf(expression.left, globals);
    case 'conditional':
      return inferConditional(expression, globals);
    case 'call':
      return inferCall(expression, globals);
    case 'member': {
      const found = memberOf(expression, globals);
      return 'member' in found ? found.member.type : found;
    }
    case 'index': {
      const base = strip(typeOf(expression.base, globals));
      if (base.kind === 'pointer') return base.to;
      if (base.kind === 'array' || base.kind === 'vector') return base.of;
      if (base.kind === 'unknown') return base;
      const index = strip(typeOf(expression.index, globals));
      return index.kind === 'pointer' ? index.to : unknownType('an index into neither array nor pointer');
    }
    case 'cast':
    case 'compound':
    case 'va_arg':
      return expression.type;
    case 'sizeof':
    case 'alignof':
    case 'offsetof':
      return integer('unsigned long');
    case 'compatible':
      return INT;
    case 'generic': {
      const branch = genericBranch(expression, globals);
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
  if (last?.kind === 'expression' && last.expression) return typeOf(last.expression, globals);
  if (last?.kind === 'broken') return unknownType(last.reason);
  return VOID;
}

/** The member that `a.b` or `a->b` names, with the record that it is looked up in. */
export function memberOf(
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
      if (bare.kind === 'array') return bare.of;
      if (bare.kind === 'function' || bare.kind === 'unknown') return bare;
      return unknownType('* on what is no pointer');
    case Punct.Ampersand:
      return bare.kind === 'unknown' ? bare : pointerTo(operand);
    case Punct.Exclamation:
      return INT;
    case Punct.PlusPlus:
    case Punct.MinusMinus:
      return operand;
    default:
      return bare.kind === 'unknown' ? bare : promote(operand, globals.oracle);
  }
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
  if (TRUTHS.has(operator)) return INT;
  if (operator === Punct.Comma) return typeOf(expression.right, globals);
  const left = decayed(typeOf(expression.left, globals));
  if (operator === Punct.ShiftLeft || operator === Punct.ShiftRight) return promote(left, globals.oracle);
  const right = decayed(typeOf(expression.right, globals));
  const a = strip(left);
  const b = strip(right);
  if (a.kind === 'pointer') return b.kind === 'pointer' && operator === Punct.Minus ? integer('long') : left;
  if (b.kind === 'pointer') return right;
  if (a.kind === 'unknown') return a;
  return arithmetic(left, right, globals.oracle);
}

function decayed(type: CType): CType {
  const bare = strip(type);
  if (bare.kind === 'array') return pointerTo(bare.of);
  if (bare.kind === 'function') return pointerTo(bare);
  return type;
}

/** C11 6.5.15p6: a null pointer constant takes the other's type, `void *` the pointer to void. */
function inferConditional(expression: Expression & { kind: 'conditional' }, globals: Globals): CType {
  const yes = decayed(typeOf(expression.yes ?? expression.test, globals));
  const no = decayed(typeOf(expression.no, globals));
  const a = strip(yes);
  const b = strip(no);
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    if (isNullConstant(expression.yes ?? expression.test, globals)) return no;
    if (isNullConstant(expression.no, globals)) return yes;
    return strip(a.to).kind === 'void' ? yes : strip(b.to).kind === 'void' ? no : yes;
  }
  if (a.kind === 'pointer') return yes;
  if (b.kind === 'pointer') return no;
  if (a.kind === 'unknown') return no;
  if (b.kind === 'unknown' || a.kind === 'record' || a.kind === 'void') return yes;
  return arithmetic(yes, no, globals.oracle);
}

/** An integer constant 0, also cast to `void *` (C11 6.3.2.3p3). */
function isNullConstant(expression: Expression, globals: Globals): boolean {
  if (expression.kind === 'cast') {
    const to = strip(expression.type);
    if (to.kind !== 'pointer' || strip(to.to).kind !== 'void') return false;
  } else if (expression.kind !== 'number') return false;
  const value = evaluate(expression, globals);
  return !isUnknownValue(value) && value.value === 0n;
}

function inferCall(expression: Expression & { kind: 'call' }, globals: Globals): CType {
  const { callee } = expression;
  if (callee.kind === 'name' && callee.name === '__builtin_choose_expr' && expression.arguments.length === 3) {
    const test = evaluate(expression.arguments[0], globals);
    if (isUnknownValue(test)) return unknownType(test.unknown);
    return typeOf(expression.arguments[test.value !== 0n ? 1 : 2], globals);
  }
  if (callee.kind === 'name' && callee.name in BUILTINS && !callee.declaration) return BUILTINS[callee.name];
  let called = strip(typeOf(callee, globals));
  if (called.kind === 'pointer') called = strip(called.to);
  if (called.kind === 'function') return called.returns;
  return called.kind === 'unknown' ? called : unknownType('a call of what is no function');
}

/** What gcc's builtins return, where their result is used as more than a truth value. */
const BUILTINS: Readonly<Record<string, CType>> = Object.assign(Object.create(null), {
  __builtin_expect: integer('long'),
  __builtin_constant_p: INT,
  __builtin_object_size: integer('unsigned long'),
  __builtin_dynamic_object_size: integer('unsigned long'),
  __builtin_return_address: pointerTo(VOID),
  __builtin_frame_address: pointerTo(VOID),
  __builtin_memcpy: pointerTo(VOID),
  __builtin_memset: pointerTo(VOID),
  __builtin_alloca: pointerTo(VOID),
  __builtin_strlen: integer('unsigned long'),
  __builtin_unreachable: VOID,
  __builtin_trap: VOID,
  __builtin_prefetch: VOID,
});

/** The type of an integer constant: the first of its list that holds it (C11 6.4.4.1p5). */
export function constantType(constant: IntegerConstant, oracle: LayoutOracle): CType {
  const longBits = oracle.longBytes * 8;
  const ranks: readonly (readonly [IntegerName, IntegerName, number])[] = [
    ['int', 'unsigned int', 32],
    ['long', 'unsigned long', longBits],
    ['long long', 'unsigned long long', 64],
  ];
  for (const [signed, unsigned, bits] of ranks.slice(constant.longs)) {
    if (!constant.unsigned && constant.value < 1n << BigInt(bits - 1)) return integer(signed);
    if ((constant.unsigned || !constant.decimal) && constant.value < 1n << BigInt(bits)) return integer(unsigned);
  }
  return integer('unsigned long long');
}

const RANK: Readonly<Record<string, number>> = {
  _Bool: 0,
  char: 1,
  short: 2,
  int: 3,
  long: 4,
  'long long': 5,
  __int128: 6,
};

function rankOf(name: IntegerName): number {
  return RANK[name.replace(/^(un)?signed /, '')];
}

/** Integer promotions (C11 6.3.1.1p2). */
export function promote(type: CType, _oracle: LayoutOracle): CType {
  const bare = strip(type);
  if (bare.kind === 'enum') {
    const wide = bare.enumeration.enumerators?.some(
      ({ value }) => !isUnknownValue(value) && (value > 0xffffffffn || value < -0x80000000n),
    );
    return wide ? integer('long long') : integer('unsigned int');
  }
  if (bare.kind === 'integer' && rankOf(bare.name) < RANK.int) return INT;
  return bare;
}

/** The usual arithmetic conversions (C11 6.3.1.8). */
export function arithmetic(left: CType, right: CType, oracle: LayoutOracle): CType {
  const a = promote(left, oracle);
  const b = promote(right, oracle);
  if (a.kind === 'float') return a;
  if (b.kind === 'float') return b;
  if (a.kind !== 'integer') return a.kind === 'pointer' ? integer('unsigned long') : a;
  if (b.kind !== 'integer') return b.kind === 'pointer' ? integer('unsigned long') : b;
  const higher = rankOf(a.name) >= rankOf(b.name) ? a : b;
  const lower = higher === a ? b : a;
  const signed = !higher.name.startsWith('unsigned');
  if (!signed || !lower.name.startsWith('unsigned')) return higher;
  // A signed type takes in an unsigned one of lower rank only if it is wider.
  if (widthOf(higher.name, oracle) > widthOf(lower.name, oracle)) return higher;
  return integer(`unsigned ${higher.name}` as IntegerName);
}

function widthOf(name: IntegerName, oracle: LayoutOracle): number {
  const rank = rankOf(name);
  return rank === RANK.long
    ? oracle.longBytes * 8
    : rank === RANK['long long']
      ? 64
      : rank === RANK.__int128
        ? 128
        : 32;
}

/**
 * Whether two types are compatible (C11 6.2.7), as `_Generic` and `__builtin_types_compatible_p` ask. The builtin
 * ignores qualifiers at the top; `strict` compares them.
 */
export function compatible(left: CType, right: CType, strict = false): boolean {
  const a = strip(left);
  const b = strip(right);
  if (strict && isConst(left) !== isConst(right)) return false;
  if (a.kind !== b.kind) {
    // An enum is compatible with its integer type; the kernel's enums are unsigned int.
    if (a.kind === 'enum' && b.kind === 'integer') return b.name === 'unsigned int';
    return b.kind === 'enum' && a.kind === 'integer' && a.name === 'unsigned int';
  }
  switch (a.kind) {
    case 'integer':
    case 'float':
      return a.name === (b as typeof a).name;
    case 'pointer':
      return compatible(a.to, (b as typeof a).to, true);
    case 'array':
    case 'vector':
      return compatible(a.of, (b as typeof a).of, true);
    case 'record':
      return a.record === (b as typeof a).record;
    case 'enum':
      return a.enumeration === (b as typeof a).enumeration;
    case 'function': {
      const other = b as typeof a;
      return (
        compatible(a.returns, other.returns, true) &&
        a.parameters.length === other.parameters.length &&
        a.parameters.every((parameter, index) => compatible(parameter.type, other.parameters[index].type))
      );
    }
    default:
      return a.kind !== 'unknown';
  }
}

function isConst(type: CType): boolean {
  for (;;) {
    if (type.isConst) return true;
    if (type.kind !== 'typedef') return false;
    type = type.to;
  }
}
