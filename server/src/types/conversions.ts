/** Conversions between arithmetic types, and which types are compatible (C11 6.2.7, 6.3.1, 6.4.4.1). */
import type { IntegerConstant } from '../preprocessor/numbers';
import { type CType, type FloatName, INT, type IntegerName, integer, isUnknownValue, strip } from './model';
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

const FLOAT_RANK: Readonly<Record<FloatName, number>> = {
  _Float16: 0,
  float: 1,
  double: 2,
  'long double': 3,
  __float128: 4,
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
  if (a.kind === 'float' && b.kind === 'float') return FLOAT_RANK[a.name] >= FLOAT_RANK[b.name] ? a : b;
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
