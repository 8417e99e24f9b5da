/** Values of constants at the target's widths: how they are converted, compared, computed and measured. */
import { Punct } from '../text/tokens';
import type { Expression, MemberExpression } from './ast';
import { differenceTypeName, sizeTypeName } from './literals';
import {
  type Alignment,
  type CType,
  type IntegerType,
  integer,
  isUnknownValue,
  type PointerType,
  type RecordDeclaration,
  strip,
  type UnknownType,
  type UnknownValue,
} from './model';
import type { Globals } from './scope';

/** What an evaluation asks: names and sizes, and the types of expressions, which a later file of this room infers. */
export interface World {
  readonly globals: Globals;
  typeOf(expression: Expression, globals: Globals): CType;
  /** The record that a member is looked up in. */
  recordOf(expression: MemberExpression, globals: Globals): RecordDeclaration | UnknownType;
  isBitField(expression: MemberExpression, globals: Globals): boolean;
}

export interface ConstantValue {
  readonly value: bigint;
  readonly type: CType;
}

export function unknown(reason: string): UnknownValue {
  return { unknown: reason };
}

/** Fits a value into an integer (or pointer, or enum) type. */
export function convert(value: bigint, type: CType, world: World): ConstantValue | UnknownValue {
  const bare = strip(type);
  if (bare.kind === 'integer' && bare.name === '_Bool') return { value: value !== 0n ? 1n : 0n, type };
  if (bare.kind !== 'integer' && bare.kind !== 'pointer' && bare.kind !== 'enum')
    return unknown('a cast to no integer type');
  const bytes = world.globals.oracle.sizeOf(bare);
  if (isUnknownValue(bytes)) return bytes;
  const bits = bytes * 8;
  let signed = bare.kind === 'integer' && isSigned(bare, world);
  if (bare.kind === 'enum') {
    const name = world.globals.oracle.enumInteger(bare.enumeration);
    if (isUnknownValue(name)) return name;
    signed = isSigned({ kind: 'integer', name }, world);
  }
  return { value: signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value), type };
}

function isSigned(type: IntegerType, world: World): boolean {
  if (type.name === 'char') return world.globals.oracle.charIsSigned;
  return type.name !== '_Bool' && !type.name.startsWith('unsigned');
}

/** `sizeof`, C11's `_Alignof` and GNU's `__alignof__`, of a type or of an expression. */
export function measure(
  expression: Expression & { kind: 'sizeof' | 'alignof' | 'preferred' },
  world: World,
): ConstantValue | UnknownValue {
  const bytes = bytesOf(expression, world);
  return isUnknownValue(bytes) ? bytes : { value: BigInt(bytes), type: integer(sizeTypeName(world.globals)) };
}

function bytesOf(
  { kind, type, operand }: Expression & { kind: 'sizeof' | 'alignof' | 'preferred' },
  world: World,
): number | UnknownValue {
  const { oracle } = world.globals;
  const of = type ?? world.typeOf(operand as Expression, world.globals);
  const bare = strip(of);
  if (kind === 'sizeof') {
    if (bare.kind === 'array' && bare.length === null) return unknown('the array has no length here');
    if (operand?.kind === 'member' && world.isBitField(operand, world.globals)) return unknown('sizeof of a bit-field');
    // GNU C's, as of void.
    return bare.kind === 'function' ? 1 : oracle.sizeOf(of);
  }
  if (operand && oracle.compiler !== 'clang') {
    const through = alignBehindPointer(operand, world);
    if (through !== undefined && oracle.compiler === 'either')
      return unknown('gcc and clang read the alignment of what a pointer leads to differently');
    if (through !== undefined) return through;
  }
  if (operand?.kind === 'member') {
    const record = world.recordOf(operand, world.globals);
    return 'reason' in record ? unknown(record.reason) : oracle.alignOfMember(record, operand.name);
  }
  if (operand?.kind === 'name') {
    if (!operand.declaration && world.globals.isDeclaredAgain?.(operand.name))
      return unknown(`${operand.name} is declared more than once`);
    const declaration = operand.declaration ?? world.globals.ordinary(operand.name);
    if (declaration?.aligns) return declaredAlign(declaration.aligns, oracle.preferredAlignOf(of));
  }
  return kind === 'alignof' && (type || oracle.compiler === 'clang') ? oracle.alignOf(of) : oracle.preferredAlignOf(of);
}

/**
 * `*&object` is the object for GCC (build_indirect_ref), and what a pointer is cast from counts if it is aligned to more
 * (c_alignof_expr); undefined where the type of an expression says all.
 */
function alignBehindPointer(operand: Expression, world: World): number | UnknownValue | undefined {
  let from = operand.kind === 'unary' && operand.operator === Punct.Star ? operand.operand : firstOf(operand);
  if (from === undefined) return undefined;
  const { first, end } = operand;
  if (from.kind === 'unary' && from.operator === Punct.Ampersand)
    return bytesOf({ kind: 'preferred', type: undefined, operand: from.operand, first, end }, world);
  if (from.kind !== 'cast') return undefined;
  const types: CType[] = [];
  for (; from.kind === 'cast'; from = from.operand) types.push(strip(from.type));
  // The cast of a constant is a constant.
  if (from.kind === 'number') return undefined;
  types.push(strip(world.typeOf(from, world.globals)));
  let most = 0;
  for (const type of types) {
    const isAddress = from.kind === 'unary' && from.operator === Punct.Ampersand;
    if (isAddress || type.kind !== 'pointer') return unknown('the alignment behind a cast is not worked out');
    const align = world.globals.oracle.preferredAlignOf(type.to);
    if (isUnknownValue(align)) return align;
    most = Math.max(most, align);
  }
  return most;
}

/** `pointer[0]` is `*pointer`. */
function firstOf(operand: Expression): Expression | undefined {
  return operand.kind === 'index' && operand.index.kind === 'number' && operand.index.text === '0'
    ? operand.base
    : undefined;
}

/** What an object is aligned to by its own attributes, where these raise what its type has. */
function declaredAlign(aligns: readonly Alignment[], natural: number | UnknownValue): number | UnknownValue {
  let most = 0;
  for (const align of aligns) {
    if (isUnknownValue(align)) return align;
    most = Math.max(most, align);
  }
  const isRaised = isUnknownValue(natural) || most >= natural;
  return isRaised && most > 0 ? most : unknown('an object is aligned to less than its type');
}

/** Sums and differences of pointers count in elements; undefined where there is no pointer, or it is compared. */
export function pointerArithmetic(
  operator: Punct,
  left: ConstantValue,
  right: ConstantValue,
  world: World,
): ConstantValue | UnknownValue | undefined {
  const a = strip(left.type);
  const b = strip(right.type);
  if ((a.kind !== 'pointer' && b.kind !== 'pointer') || COMPARE[operator]) return undefined;
  const size = world.globals.oracle.sizeOf(a.kind === 'pointer' ? a.to : (b as PointerType).to);
  if (isUnknownValue(size)) return size;
  const unit = BigInt(size);
  if (a.kind === 'pointer' && b.kind === 'pointer')
    return operator === Punct.Minus && unit > 0n
      ? { value: (left.value - right.value) / unit, type: integer(differenceTypeName(world.globals)) }
      : unknown('this is no constant expression');
  if (operator === Punct.Plus)
    return a.kind === 'pointer'
      ? convert(left.value + right.value * unit, left.type, world)
      : convert(right.value + left.value * unit, right.type, world);
  return operator === Punct.Minus && a.kind === 'pointer'
    ? convert(left.value - right.value * unit, left.type, world)
    : unknown('this is no constant expression');
}

export const COMPARE: Readonly<Record<number, <T extends bigint | number>(a: T, b: T) => boolean>> = {
  [Punct.EqualEqual]: (a, b) => a === b,
  [Punct.ExclamationEqual]: (a, b) => a !== b,
  [Punct.Less]: (a, b) => a < b,
  [Punct.Greater]: (a, b) => a > b,
  [Punct.LessEqual]: (a, b) => a <= b,
  [Punct.GreaterEqual]: (a, b) => a >= b,
};

export const COMPUTE: Readonly<Record<number, (a: bigint, b: bigint) => bigint>> = {
  [Punct.Plus]: (a, b) => a + b,
  [Punct.Minus]: (a, b) => a - b,
  [Punct.Star]: (a, b) => a * b,
  [Punct.Slash]: (a, b) => a / b,
  [Punct.Percent]: (a, b) => a % b,
  [Punct.Ampersand]: (a, b) => a & b,
  [Punct.Pipe]: (a, b) => a | b,
  [Punct.Caret]: (a, b) => a ^ b,
};
