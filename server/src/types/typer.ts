/** The type of an expression (C11 6.5), on demand; unknown with the reason where it can't be known. */
import { numberValue } from '../preprocessor/numbers';
import { Punct } from '../text/tokens';
import type { Expression, Statement } from './ast';
import { constantIn, genericBranchIn } from './constants';
import { arithmetic, constantType, promote } from './conversions';
import {
  type CType,
  INT,
  integer,
  isUnknownValue,
  type Member,
  pointerTo,
  type RecordDeclaration,
  strip,
  unknownType,
  VOID,
} from './model';
import type { Globals } from './scope';

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
      return { kind: 'array', of: integer('char'), length: stringLength(expression.text) + 1 };
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
      const branch = genericBranchIn(expression, { globals, typeOf });
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
  const value = constantIn(expression, { globals, typeOf });
  return !isUnknownValue(value) && value.value === 0n;
}

function inferCall(expression: Expression & { kind: 'call' }, globals: Globals): CType {
  const { callee } = expression;
  if (callee.kind === 'name' && callee.name === '__builtin_choose_expr' && expression.arguments.length === 3) {
    const test = constantIn(expression.arguments[0], { globals, typeOf });
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

/** Bytes of a string literal, where an escape sequence is one, or a character in UTF-8 (C11 6.4.4.4, 6.4.3). */
function stringLength(text: string): number {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[0-7]{1,3}|x[0-9a-fA-F]+|[\s\S])/g,
    (_all, short, long) => {
      const code = Number.parseInt(short ?? long ?? '0', 16);
      return '.'.repeat(code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
    },
  ).length;
}
