/** Compares the values of random constant expressions with compilers': `npm run fuzz:expressions -- --count 20000 --seed 1`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../btf/elf';
import { layoutOracle } from '../layout/oracle';
import { type Compiler, TARGET_NAMES, target as targetNamed } from '../layout/target';
import { UnitGlobals } from '../parser/globals';
import { PreprocessedTree } from '../preprocessor/tree';
import { isUnknownValue } from '../types/model';
import { compilerFor, FOR_BARE_MACHINES } from './compilers';
import { PREAMBLE, randomExpression } from './random-expressions';
import { RandomNumbers } from './random-numbers';

/** Expressions in one C file; a failure prints the seed of its file. */
const BATCH = 500;
const DEPTH = 6;

export interface ExpressionOptions {
  /** Expressions in all, spread evenly over the compilers. */
  readonly count: number;
  readonly seed: number;
  readonly targets: readonly string[];
  readonly compilers: readonly Compiler[];
  readonly say: (line: string) => void;
}

/** Runs the comparison; gives the number of expressions whose value differed. */
export function fuzzExpressions({ count, seed, targets, compilers, say }: ExpressionOptions): number {
  const asked = compilers.flatMap((compiler) =>
    TARGET_NAMES.filter((name) => targets.length === 0 || targets.includes(name))
      .map((name) => targetNamed(name, compiler))
      .filter((target) => !FOR_BARE_MACHINES.has(target.name) && compilerFor(target) !== undefined),
  );
  const wanted = [...new Set(asked)];
  if (wanted.length === 0) throw new Error('none of the compilers asked for is installed');
  const share = Math.ceil(count / wanted.length);
  let failures = 0;
  for (const target of wanted) {
    const tally = { equal: 0, unknown: 0, refused: 0, different: 0 };
    for (let batch = 0, done = 0; done < share; batch++) {
      const own = (seed + batch * 7919) >>> 0;
      const random = new RandomNumbers(own);
      const expressions = Array.from({ length: Math.min(BATCH, share - done) }, () => randomExpression(random, DEPTH));
      done += expressions.length;
      const ours = valuesOf(expressions, target.name, target.compiler as Compiler);
      const theirs = compiled(compilerFor(target)!, expressions, target.bigEndian);
      expressions.forEach((expression, index) => {
        const value = ours[index];
        if (value === undefined) tally.unknown++;
        // What a compiler takes for no constant may have any value here.
        else if (theirs[index] === undefined) tally.refused++;
        else if (BigInt.asUintN(64, value) === theirs[index]) tally.equal++;
        else {
          tally.different++;
          if (tally.different <= 5)
            say(`seed ${own}: ${expression} is ${theirs[index]}, not ${BigInt.asUintN(64, value)}`);
        }
      });
    }
    const { equal, unknown, refused, different } = tally;
    say(
      `${target.compiler} ${target.name}: ${equal} equal, ${unknown} unknown, ${refused} refused, ${different} different`,
    );
    failures += different;
  }
  return failures;
}

/** Our values; undefined for those that are not known. */
function valuesOf(expressions: readonly string[], name: string, compiler: Compiler): (bigint | undefined)[] {
  const config = `CONFIG_CC_IS_${compiler.toUpperCase()}=y\n`;
  const lines = expressions.map((expression, index) => `enum { v${index} = ${expression} };`);
  const files: Record<string, string> = { '/.config': config, '/main.c': `${PREAMBLE}\n${lines.join('\n')}\n` };
  const reader = { read: (path: string) => files[path], exists: (path: string) => path in files };
  const tree = new PreprocessedTree({ kernel: '', build: '', arch: 'x86', target: name, reader });
  const unit = tree.unit('/main.c', files['/main.c']);
  const globals = new UnitGlobals(unit, tree, layoutOracle(targetNamed(name, compiler)));
  return expressions.map((_, index) => {
    const value = globals.ordinary(`v${index}`)?.value;
    return isUnknownValue(value) ? undefined : value;
  });
}

/** A compiler's values, as 64 bits; undefined for those that it refuses. */
function compiled(
  command: readonly string[],
  expressions: readonly string[],
  isBigEndian: boolean,
): (bigint | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'overlint-expressions-'));
  const file = join(folder, 'values.c');
  const object = join(folder, 'values.o');
  const dropped = new Set<number>();
  try {
    for (let round = 0; round < 8; round++) {
      // Each has a section of its own: clang says one error of an array's initializer at a time, gcc orders objects anew.
      const rows = expressions.map((one, index) => {
        const value = `(unsigned long long)(${dropped.has(index) ? '0' : one})`;
        return `__attribute__((section(".n${index}"))) const unsigned long long v${index} = ${value};`;
      });
      writeFileSync(file, `${PREAMBLE}\n${rows.join('\n')}\n`);
      const flags = ['-c', '-w', '-std=gnu11', '-funsigned-char', '-ferror-limit=0', '-o', object, file];
      const isClang = command[0].startsWith('clang');
      const run = spawnSync(
        command[0],
        [...command.slice(1), ...flags.filter((flag) => isClang || !flag.startsWith('-ferror'))],
        { encoding: 'utf8', maxBuffer: 1 << 28 },
      );
      if (run.status === 0) {
        const sections = new Map(readElf(readFileSync(object)).sections.map(({ name, bytes }) => [name, bytes]));
        return expressions.map((_, index) => {
          const bytes = sections.get(`.n${index}`)!;
          const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          return dropped.has(index) ? undefined : view.getBigUint64(0, !isBigEndian);
        });
      }
      const before = dropped.size;
      for (const [, line] of run.stderr.matchAll(/values\.c:(\d+):\d+: error/g)) dropped.add(Number(line) - 2);
      if (dropped.size === before)
        throw new Error(`${command[0]} refuses the expressions:\n${run.stderr.slice(0, 2000)}`);
    }
    return expressions.map(() => undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
