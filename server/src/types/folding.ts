/** gcc's builtins that fold to constants (gcc, "Other Built-in Functions"), and the types of what they give. */
import { type CType, INT, type IntegerName, integer, pointerTo, VOID } from './model';

interface Fold {
  /** Of the operand, and of the result. */
  readonly takes: IntegerName;
  readonly gives: IntegerName;
  /** @param value Of the operand, as its bits without a sign. @param bits Its width. Undefined where the result is. */
  fold(value: bigint, bits: number): bigint | undefined;
}

const table = new Map<string, Fold>();

type Folding = Fold['fold'];

/** A builtin for int, long and long long. */
function family(name: string, sign: 'signed' | 'unsigned', fold: Folding, gives?: IntegerName): void {
  for (const [suffix, width] of [
    ['', 'int'],
    ['l', 'long'],
    ['ll', 'long long'],
  ]) {
    const takes = (sign === 'signed' ? width : `unsigned ${width}`) as IntegerName;
    const full = name === 'abs' ? `__builtin_${suffix}abs` : `__builtin_${name}${suffix}`;
    table.set(full, { takes, gives: gives ?? (name === 'abs' ? takes : 'int'), fold });
  }
}

const digits = (value: bigint): string => value.toString(2);
const ones = (value: bigint): bigint => BigInt(digits(value).replaceAll('0', '').length);
const lowest = (value: bigint): number => digits(value).length - 1 - digits(value).lastIndexOf('1');

family('clz', 'unsigned', (value, bits) => (value === 0n ? undefined : BigInt(bits - digits(value).length)));
family('ctz', 'unsigned', (value) => (value === 0n ? undefined : BigInt(lowest(value))));
family('ffs', 'signed', (value) => (value === 0n ? 0n : BigInt(lowest(value) + 1)));
family('popcount', 'unsigned', ones);
family('parity', 'unsigned', (value) => ones(value) & 1n);
family('clrsb', 'signed', (value, bits) => {
  const plain = BigInt.asIntN(bits, value) < 0n ? BigInt.asUintN(bits, ~value) : value;
  return BigInt(bits - 1 - (plain === 0n ? 0 : digits(plain).length));
});
family('abs', 'signed', (value, bits) => {
  const signed = BigInt.asIntN(bits, value);
  // The magnitude of the least one has no place in its type.
  return signed < 0n && -signed === 1n << BigInt(bits - 1) ? undefined : signed < 0n ? -signed : signed;
});
for (const [bits, name] of [
  [16, 'unsigned short'],
  [32, 'unsigned int'],
  [64, 'unsigned long long'],
] as const)
  table.set(`__builtin_bswap${bits}`, {
    ...{ takes: name, gives: name },
    fold(value) {
      let swapped = 0n;
      for (let byte = 0; byte < bits / 8; byte++) swapped = (swapped << 8n) | ((value >> BigInt(byte * 8)) & 255n);
      return swapped;
    },
  });

/** How a builtin of one integer folds; undefined for others. */
export function foldOf(name: string): Fold | undefined {
  return table.get(name);
}

/** What builtins return that are no function of one integer. */
const RETURNS: Readonly<Record<string, CType>> = Object.assign(Object.create(null), {
  __builtin_expect: integer('long'),
  __builtin_expect_with_probability: integer('long'),
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

/** The type of a builtin's result; undefined where it is not known here. */
export function builtinType(name: string): CType | undefined {
  const fold = table.get(name);
  return fold ? integer(fold.gives) : RETURNS[name];
}
