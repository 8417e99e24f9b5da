/**
 * include/generated/timeconst.h, from CONFIG_HZ: factors that turn ticks into parts of a second and back. The build does
 * this arithmetic in kernel/time/timeconst.bc: a multiplication and a shift stand for a division.
 */
import type { Generator } from './build-tree';

export const timeconst: Generator = (tree) =>
  new Map([
    [
      'include/generated/timeconst.h',
      () => {
        const hz = Number(tree.symbols.get('CONFIG_HZ') ?? Number.NaN);
        return Number.isSafeInteger(hz) && hz > 1
          ? { text: timeconstHeader(BigInt(hz)) }
          : { unmade: 'CONFIG_HZ is no number above 1' };
      },
    ],
  ]);

/** Units by the prefix of their macros, and how many of them make a second. */
const UNITS = [
  ['MSEC', 1_000n],
  ['USEC', 1_000_000n],
] as const;

function timeconstHeader(hz: bigint): string {
  const lines = [
    '#ifndef KERNEL_TIMECONST_H',
    '#define KERNEL_TIMECONST_H',
    '#include <linux/param.h>',
    '#include <linux/types.h>',
    `#if HZ != ${hz}`,
    '#error "include/generated/timeconst.h has the wrong HZ value!"',
    '#endif',
  ];
  for (const [unit, parts] of UNITS) {
    lines.push(...scaled(`HZ_TO_${unit}`, parts, hz), ...scaled(`${unit}_TO_HZ`, hz, parts));
    lines.push(...fraction(unit, parts, hz));
  }
  lines.push(...fraction('NSEC', 1_000_000_000n, hz), '#endif');
  return `${lines.join('\n')}\n`;
}

/** What multiplies by `to / from`: a factor of 32 bits, what rounds up, and the shift that brings it back. */
function scaled(name: string, to: bigint, from: bigint): string[] {
  let shift = 0n;
  while (factor(shift, to, from) < 1n << 31n) shift++;
  const part = from / greatestDivisor(to, from);
  const round = ((1n << shift) * (part - 1n)) / part;
  return [
    `#define ${name}_MUL32 U64_C(0x${hexadecimal(factor(shift, to, from))})`,
    `#define ${name}_ADJ32 U64_C(0x${hexadecimal(round)})`,
    `#define ${name}_SHR32 ${shift}`,
  ];
}

/** Two to the power of `shift`, times `to / from`, rounded up. */
function factor(shift: bigint, to: bigint, from: bigint): bigint {
  return ((1n << shift) * to + from - 1n) / from;
}

function fraction(unit: string, parts: bigint, hz: bigint): string[] {
  const divisor = greatestDivisor(hz, parts);
  const [numerator, denominator] = [parts / divisor, hz / divisor];
  return [
    `#define HZ_TO_${unit}_NUM ${numerator}`,
    `#define HZ_TO_${unit}_DEN ${denominator}`,
    `#define ${unit}_TO_HZ_NUM ${denominator}`,
    `#define ${unit}_TO_HZ_DEN ${numerator}`,
  ];
}

function greatestDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestDivisor(right, left % right);
}

/** As bc prints it: capitals, no leading zeros. */
function hexadecimal(value: bigint): string {
  return value.toString(16).toUpperCase();
}
