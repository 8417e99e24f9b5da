/** What packs/predefined says that compilers predefine, beside what those of this machine say. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { TARGET_NAMES, type TargetName, target } from '../layout/target';
import { targetMacros } from '../preprocessor/compiler';
import { compilerFor, FOR_BARE_MACHINES } from './compilers';

const MIPS = ['-msoft-float', '-mno-abicalls', '-fno-pic'];

/** The flags of kernels' Makefiles that change what is predefined. */
const FLAGS: Partial<Record<TargetName, readonly string[]>> = {
  arm64: ['-mgeneral-regs-only'],
  arm64be: ['-mgeneral-regs-only'],
  arm: ['-march=armv7-a', '-msoft-float'],
  armeb: ['-march=armv7-a', '-msoft-float'],
  riscv64: ['-march=rv64imac_zicsr_zifencei', '-mabi=lp64', '-mcmodel=medany'],
  s390: ['-msoft-float', '-march=z196'],
  ppc32: ['-msoft-float'],
  ppc64: ['-msoft-float', '-mno-altivec', '-mno-vsx', '-mabi=elfv2'],
  ppc64le: ['-msoft-float', '-mno-altivec', '-mno-vsx'],
  mips: MIPS,
  mipsel: MIPS,
  mips64: MIPS,
  mips64el: MIPS,
  sparc64: ['-mcpu=ultrasparc'],
  loongarch: ['-msoft-float'],
};

/** A type's words in any order, a number in any base: compilers write them differently. */
function meaning(text: string): string {
  const words = text.split(' ');
  if (words.every((word) => /^(?:long|short|int|unsigned|signed|char)$/.test(word))) {
    const isShort = words.includes('long') || words.includes('short');
    return words
      .filter((word) => word !== 'int' || !isShort)
      .sort()
      .join(' ');
  }
  const [, digits, suffix] = /^(0x[0-9a-f]+|\d+)([uUlL]*)$/i.exec(text) ?? [];
  return digits === undefined ? text : `${BigInt(digits)}${suffix.toLowerCase()}`;
}

const asked = (['gcc', 'clang'] as const).flatMap((compiler) =>
  TARGET_NAMES.map((name) => ({ name, compiler, model: target(name, compiler) }))
    .filter(({ model, name }) => model.compiler === compiler && !FOR_BARE_MACHINES.has(name))
    .flatMap(({ model, name }) => {
      const command = compilerFor(model);
      return command === undefined ? [] : [{ name, compiler, command }];
    }),
);

describe('a target', () => {
  it('is judged by a compiler at all', () => {
    expect(asked.length).toBeGreaterThan(0);
  });

  it.each(asked)('$name predefines for $compiler what it does', ({ name, compiler, command }) => {
    const flags = ['-nostdinc', '-dM', '-E', '-O2', '-std=gnu11', '-funsigned-char', '-x', 'c', '/dev/null'];
    const { stdout } = spawnSync(command[0], [...command.slice(1), ...(FLAGS[name] ?? []), ...flags], {
      encoding: 'utf8',
    });
    const theirs = new Map([...stdout.matchAll(/^#define (\S+) ?(.*)$/gm)].map(([, macro, body]) => [macro, body]));
    const wrong = Object.entries(targetMacros(compiler, name)).filter(([macro, body]) => {
      const other = theirs.get(macro);
      return other === undefined || meaning(other) !== meaning(body);
    });
    expect(wrong.map(([macro, body]) => `${macro} is ${theirs.get(macro)}, not ${body}`)).toEqual([]);
  });
});
