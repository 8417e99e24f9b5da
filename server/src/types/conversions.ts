/** Conversions between arithmetic types, and which types are compatible (C11 6.2.7, 6.3.1, 6.4.4.1). */
import type { IntegerConstant } from '../preprocessor/numbers';
import {
  type ArrayType,
  type CType,
  type EnumDeclaration,
  type FloatName,
  INT,
  type IntegerName,
  integer,
  isUnknownValue,
  strip,
  unknownType,
} from './model';
import type { LayoutOracle } from './scope';

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
  // GCC takes __int128 there where the target has that, Clang unsigned long long.
  return unknownType('the constant is too large for a long long');
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

const FLOAT_RANK: Readonly<Record<FloatName, number>> = {
  _Float16: 0,
  float: 1,
  double: 2,
  'long double': 3,
  _Float64x: 4,
  __float80: 4,
  __float128: 5,
  _Float128: 5,
};

function rankOf(name: IntegerName): number {
  return RANK[name.replace(/^(un)?signed /, '')];
}

/** Integer promotions (C11 6.3.1.1p2). */
export function promote(type: CType, oracle: LayoutOracle): CType {
  const bare = strip(type);
  if (bare.kind === 'enum') {
    const name = oracle.enumInteger(bare.enumeration);
    return isUnknownValue(name) ? unknownType(name.unknown) : promote(integer(name), oracle);
  }
  if (bare.kind === 'integer' && rankOf(bare.name) < RANK.int) return INT;
  return bare;
}

/** The usual arithmetic conversions (C11 6.3.1.8). */
export function arithmetic(left: CType, right: CType, oracle: LayoutOracle): CType {
  const a = promote(left, oracle);
  const b = promote(right, oracle);
  if (a.kind === 'float' && b.kind === 'float') return FLOAT_RANK[a.name] >= FLOAT_RANK[b.name] ? a : b;
  if (a.kind === 'float') return a;
  if (b.kind === 'float') return b;
  if (a.kind === 'bitint' || b.kind === 'bitint') return unknownType('arithmetic of _BitInt is not worked out');
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
 * Whether two types are compatible (C11 6.2.7), as `_Generic` and `__builtin_types_compatible_p` ask; undefined where a
 * part of one is not known. The builtin ignores qualifiers at the top; `strict` compares them.
 */
export function compatible(left: CType, right: CType, oracle: LayoutOracle, strict = false): boolean | undefined {
  let a = strip(left);
  let b = strip(right);
  // An enum beside its integer loses its qualifiers with GCC (comptypes_internal).
  const [one, other] =
    oracle.compiler === 'clang' || a.kind === b.kind ? [left, right] : [bareEnum(left), bareEnum(right)];
  if (strict && qualifiers(one) !== qualifiers(other)) return false;
  if (a.kind === 'unknown' || b.kind === 'unknown') return undefined;
  // An enum is compatible with its integer type, and with no other enum.
  if (a.kind === 'enum' && b.kind === 'integer') a = enumType(a.enumeration, oracle);
  else if (b.kind === 'enum' && a.kind === 'integer') b = enumType(b.enumeration, oracle);
  if (a.kind === 'unknown' || b.kind === 'unknown') return undefined;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'integer':
    case 'float':
      return a.name === (b as typeof a).name;
    case 'bitint':
      return a.bits === (b as typeof a).bits && a.isUnsigned === (b as typeof a).isUnsigned;
    case 'pointer':
      return compatible(a.to, (b as typeof a).to, oracle, true);
    case 'array':
      // The qualifiers of elements are the array's, too.
      return allOf(sameLength(a.length, (b as typeof a).length), compatible(a.of, (b as typeof a).of, oracle));
    case 'vector': {
      const other = b as typeof a;
      const isKnown = !isUnknownValue(a.bytes) && !isUnknownValue(other.bytes);
      return isKnown ? allOf(a.bytes === other.bytes, compatible(a.of, other.of, oracle, true)) : undefined;
    }
    case 'record':
      return a.record === (b as typeof a).record;
    case 'enum':
      return a.enumeration === (b as typeof a).enumeration;
    case 'function': {
      const other = b as typeof a;
      // A list that is not said fits any: the model does not tell `()` from `(void)`.
      if ((a.parameters.length === 0) !== (other.parameters.length === 0)) return undefined;
      if (a.variadic !== other.variadic || a.parameters.length !== other.parameters.length) return false;
      const pairs = a.parameters.map(({ type }, index) => compatible(type, other.parameters[index].type, oracle));
      return allOf(compatible(a.returns, other.returns, oracle), ...pairs);
    }
    default:
      return true;
  }
}

function allOf(...answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** An array without a length is compatible with one of any length (C11 6.7.6.2p6). */
function sameLength(a: ArrayType['length'], b: ArrayType['length']): boolean | undefined {
  if (a === null || b === null) return true;
  return isUnknownValue(a) || isUnknownValue(b) ? undefined : a === b;
}

function enumType(enumeration: EnumDeclaration, oracle: LayoutOracle): CType {
  const name = oracle.enumInteger(enumeration);
  return isUnknownValue(name) ? unknownType(name.unknown) : integer(name);
}

function bareEnum(type: CType): CType {
  const bare = strip(type);
  return bare.kind === 'enum' ? { kind: 'enum', enumeration: bare.enumeration } : type;
}

function qualifiers(type: CType): string {
  const { isConst, isVolatile, isAtomic } = qualifiersOf(type);
  return `${isConst} ${isVolatile} ${isAtomic}`;
}

interface Qualifiers {
  readonly isConst: boolean;
  readonly isVolatile: boolean;
  readonly isAtomic: boolean;
}

/** The qualifiers of a type; those of an array are its elements'. */
export function qualifiersOf(type: CType): Qualifiers {
  let [isConst, isVolatile, isAtomic] = [false, false, false];
  for (;;) {
    isConst ||= type.isConst === true;
    isVolatile ||= type.isVolatile === true;
    isAtomic ||= type.isAtomic === true;
    if (type.kind === 'typedef') type = type.to;
    else if (type.kind === 'array') type = type.of;
    else return { isConst, isVolatile, isAtomic };
  }
}

/** A type as a value has it: without qualifiers of its own (C11 6.3.2.1p2). */
export function unqualified(type: CType, keepsAtomic = false): CType {
  if (type.kind === 'typedef') {
    const to = unqualified(type.to, keepsAtomic);
    if (to !== type.to) type = { ...type, to };
  }
  const isAtomic = keepsAtomic && type.isAtomic;
  if (!type.isConst && !type.isVolatile && type.isAtomic === isAtomic) return type;
  return { ...type, isConst: false, isVolatile: false, isAtomic };
}
