/** The constants of asm-offsets.c and bounds.c beside those that the compiler of Debian's kernel made. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TargetName } from '../layout/target';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { isUnknownValue } from '../types/model';
import { evaluatorOf } from './defined-constants';

/** OVERLINT_ARM64_BUILD names the folder of linux-headers-6.12.*-arm64, which a machine of another architecture has unpacked. */
const ARM64_BUILD = process.env.OVERLINT_ARM64_BUILD ?? '';
const BUILDS: readonly [arch: string, target: TargetName, build: string, least: number][] = [
  ['x86', 'x86_64', KERNEL_BUILD, 70],
  ['arm64', 'arm64', ARM64_BUILD, 120],
];

function constantsIn(header: string): [string, bigint][] {
  const text = fs.readFileSync(header, 'latin1');
  return [...text.matchAll(/^#define (\w+) \$?(-?\d+)/gm)].map(([, name, value]) => [name, BigInt(value)]);
}

describe('the constants that a build makes of C', () => {
  it.each(BUILDS.filter(([, , build]) => fs.existsSync(build)))('are equal on %s', (arch, target, build, least) => {
    const isFile = (name: string): boolean => fs.statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
    const reader = {
      read: (name: string) => (isFile(name) ? fs.readFileSync(name, 'latin1') : undefined),
      exists: isFile,
    };
    const evaluate = evaluatorOf({ kernel: KERNEL_SOURCE, build, arch, target, reader });
    const ours = [`arch/${arch}/kernel/asm-offsets.c`, 'kernel/bounds.c'].flatMap((file) => evaluate(file) ?? []);
    const theirs = ['asm-offsets.h', 'bounds.h'].flatMap((name) =>
      constantsIn(path.join(build, 'include/generated', name)),
    );
    const unknown = ours.filter(({ value }) => isUnknownValue(value));
    expect(unknown).toEqual([]);
    const values = new Map(ours.map(({ name, value }) => [name, isUnknownValue(value) ? value.unknown : value]));
    expect(values).toEqual(new Map(theirs));
    expect(theirs.length).toBeGreaterThan(least);
  });
});
