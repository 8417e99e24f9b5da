/** Which integer type stands behind an enum, as GNU C chooses it. */
import { type EnumDeclaration, type IntegerName, isUnknownValue, strip, type UnknownValue } from '../types/model';
import { modeIntegers } from '../types/type-attributes';
import type { Target } from './target';

const UNSIGNED_BY_SIZE: readonly IntegerName[] = [
  'unsigned char',
  'unsigned short',
  'unsigned int',
  'unsigned long',
  'unsigned long long',
];
const SIGNED_BY_SIZE: readonly IntegerName[] = ['signed char', 'short', 'int', 'long', 'long long'];

/** Bits of a value in two's complement: without a sign if `signed` is false. */
function bitsNeeded(value: bigint, signed: boolean): number {
  const magnitude = value < 0n ? -value - 1n : value;
  return (magnitude === 0n ? 0 : magnitude.toString(2).length) + (signed ? 1 : 0);
}

/**
 * The integer type of an enum: `unsigned int` if no value is negative, else `int`; wider if the values do not fit (a GNU
 * extension), and with `packed` the narrowest that holds them (GCC manual, "Structures, unions, enumerations, and
 * bit-fields implementation" and the `packed` attribute); of the size that `mode` names. All seven targets use -fno-short-enums on Linux.
 */
export function enumInteger(enumeration: EnumDeclaration, target: Target): IntegerName | UnknownValue {
  const { enumerators } = enumeration;
  const unknown = enumeration.unknown ?? enumeration.whyRefused?.();
  if (unknown !== undefined) return { unknown };
  const named = enumeration.tag === undefined ? 'an enum' : `enum ${enumeration.tag}`;
  if (enumeration.fixed !== undefined) {
    const fixed = strip(enumeration.fixed);
    if (fixed.kind !== 'integer') return { unknown: `the type of ${named} is no integer type` };
    const isSigned = fixed.name !== '_Bool' && fixed.name !== 'char' && !fixed.name.startsWith('unsigned');
    const room = fixed.name === '_Bool' ? 1 : target.scalars[fixed.name]!.size * 8;
    for (const { name, value } of enumerators ?? []) {
      if (isUnknownValue(value)) continue;
      const fits = isSigned || value >= 0n ? bitsNeeded(value, isSigned) <= room : false;
      if (!fits) return { unknown: `the type of ${named} does not hold ${name}` };
    }
    return fixed.name;
  }
  if (enumerators === undefined) return { unknown: `${named} is only mentioned here, not defined` };
  let signed = false;
  for (const { name, value } of enumerators) {
    if (isUnknownValue(value)) return { unknown: `the value of ${name} in ${named} is unknown: ${value.unknown}` };
    if (value < 0n) signed = true;
  }
  if (enumeration.mode !== undefined) {
    const names = modeIntegers(enumeration.mode);
    // Clang takes the signed one where the definition has the mode (handleModeAttr), else as gcc the sign that the values give.
    return names
      ? names[signed || (target.compiler === 'clang' && !enumeration.isRetyped) ? 1 : 0]
      : { unknown: `mode(${enumeration.mode}) of ${named} is not known` };
  }
  let bits = 0;
  for (const { value } of enumerators) bits = Math.max(bits, bitsNeeded(value as bigint, signed));
  for (const candidate of signed ? SIGNED_BY_SIZE : UNSIGNED_BY_SIZE) {
    const size = target.scalars[candidate]!.size;
    if (size < 4 && !enumeration.packed) continue;
    if (bits <= size * 8) return candidate;
  }
  return { unknown: `no integer type holds all values of ${named}` };
}
