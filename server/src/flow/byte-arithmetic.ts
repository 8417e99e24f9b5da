/** What operators make of two numbers that are known, as lengths and offsets need it. */
import { Punct } from '../text/tokens';

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
