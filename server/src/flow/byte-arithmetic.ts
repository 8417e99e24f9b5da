/** What operators make of two numbers that are known, as lengths and offsets need it. */
import { Punct } from '../text/tokens';
import { type ByteValue, isTrue } from './byte-state';

export const COMPUTED: Readonly<Record<number, ((a: number, b: number) => number | boolean) | undefined>> = {
  [Punct.Less]: (a, b) => a < b,
  [Punct.Greater]: (a, b) => a > b,
  [Punct.LessEqual]: (a, b) => a <= b,
  [Punct.GreaterEqual]: (a, b) => a >= b,
  [Punct.EqualEqual]: (a, b) => a === b,
  [Punct.ExclamationEqual]: (a, b) => a !== b,
  [Punct.Star]: (a, b) => a * b,
  [Punct.Slash]: (a, b) => Math.trunc(a / b),
  [Punct.ShiftLeft]: (a, b) => a * 2 ** b,
  [Punct.Ampersand]: (a, b) => Number(BigInt(a) & BigInt(b)),
  [Punct.Pipe]: (a, b) => Number(BigInt(a) | BigInt(b)),
};

/** What a comparison with 0 comes to, of what is known not to be 0. */
export function comparedToZero(
  operator: Punct,
  one: ByteValue | undefined,
  other: ByteValue | undefined,
): ByteValue | undefined {
  const isZero = (value: ByteValue | undefined) => value?.kind === 'number' && value.value === 0;
  const asked = isZero(other) ? one : isZero(one) ? other : undefined;
  if (!isTrue(asked) && asked?.kind !== 'pointer') return undefined;
  if (operator === Punct.EqualEqual) return { kind: 'number', value: 0 };
  if (operator === Punct.ExclamationEqual) return { kind: 'number', value: 1 };
  // What a function returns that is not 0, where less than 0 is asked about, is an error.
  return operator === Punct.Less && asked?.kind !== 'pointer' && asked === one
    ? { kind: 'number', value: 1 }
    : undefined;
}
