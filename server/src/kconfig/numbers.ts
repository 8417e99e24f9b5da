/** Numbers as C reads them from texts: the longest beginning that is one, held within 64 bits. */
import type { SymbolType } from './symbols';

const GREATEST = 2n ** 63n - 1n;
const LEAST = -(2n ** 63n);
const GREATEST_UNSIGNED = 2n ** 64n - 1n;

interface Parsed {
  readonly value: bigint;
  /** Whether the whole text is the number. */
  readonly isWhole: boolean;
  readonly isOutside: boolean;
}

const FORMS = {
  10: /^[ \t\n\v\f\r]*([+-]?)(\d+)/,
  16: /^[ \t\n\v\f\r]*([+-]?)(?:0[xX](?=[\da-fA-F]))?([\da-fA-F]+)/,
  8: /^[ \t\n\v\f\r]*([+-]?)([0-7]+)/,
} as const;

const PREFIXES = { 10: '', 16: '0x', 8: '0o' } as const;

function parse(text: string, base: 8 | 10 | 16, isUnsigned: boolean): Parsed {
  const match = FORMS[base].exec(text);
  if (!match) return { value: 0n, isWhole: false, isOutside: false };
  const magnitude = BigInt(PREFIXES[base] + match[2]);
  const signed = match[1] === '-' ? -magnitude : magnitude;
  const isWhole = match[0].length === text.length;
  if (isUnsigned) {
    if (magnitude > GREATEST_UNSIGNED) return { value: GREATEST_UNSIGNED, isWhole, isOutside: true };
    return { value: BigInt.asUintN(64, signed), isWhole, isOutside: false };
  }
  if (signed > GREATEST) return { value: GREATEST, isWhole, isOutside: true };
  if (signed < LEAST) return { value: LEAST, isWhole, isOutside: true };
  return { value: signed, isWhole, isOutside: false };
}

/** The number that a text begins with; 0 where it begins with none. */
export function numberOf(text: string, base: 10 | 16): number | bigint {
  // Most are short.
  if (base === 10 && text.length < 16 && /^-?\d+$/.test(text)) return Number(text);
  if (base === 16 && text.length < 14 && /^0[xX][\da-fA-F]+$/.test(text)) return Number(text);
  return parse(text, base, false).value;
}

interface Operand {
  readonly kind: 'text' | 'signed' | 'unsigned';
  readonly value: bigint;
}

function operand(text: string, type: SymbolType): Operand {
  if (type === 'bool' || type === 'tristate') return { kind: 'signed', value: BigInt(['n', 'm', 'y'].indexOf(text)) };
  const base = type === 'int' ? 10 : type === 'hex' ? 16 : baseOf(text);
  const parsed = parse(text, base, type === 'hex');
  if (!parsed.isWhole || parsed.isOutside) return { kind: 'text', value: 0n };
  return { kind: type === 'hex' ? 'unsigned' : 'signed', value: parsed.value };
}

/** The base that a constant says itself: 0x for 16, 0 for 8. */
function baseOf(text: string): 8 | 10 | 16 {
  if (/^[ \t\n\v\f\r]*[+-]?0[xX]/.test(text)) return 16;
  return /^[ \t\n\v\f\r]*[+-]?0\d/.test(text) ? 8 : 10;
}

/** Compares two values: as numbers where both are such, as texts otherwise. */
export function compareTexts(left: string, leftType: SymbolType, right: string, rightType: SymbolType): number {
  if (leftType !== 'string' || rightType !== 'string') {
    const one = operand(left, leftType);
    const other = operand(right, rightType);
    if (one.kind !== 'text' && other.kind !== 'text') {
      const isUnsigned = one.kind === 'unsigned' || other.kind === 'unsigned';
      const a = isUnsigned ? BigInt.asUintN(64, one.value) : one.value;
      const b = isUnsigned ? BigInt.asUintN(64, other.value) : other.value;
      return a < b ? -1 : a > b ? 1 : 0;
    }
  }
  return left < right ? -1 : left > right ? 1 : 0;
}
