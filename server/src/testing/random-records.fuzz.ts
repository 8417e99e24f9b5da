/** Compares layouts of random records with compilers': `npm run fuzz:layout -- --count 20000 --seed 1`. */
import { type Compiler, TARGET_NAMES, target as targetNamed } from '../layout/target';
import type { RecordDeclaration } from '../types/model';
import { compilerFor, differencesFromCompiler } from './compilers';
import { RecordPrinter } from './print-records';
import { RandomNumbers } from './random-numbers';
import { RandomRecords } from './random-records';

/** Records in one C file; a failure names the seed of its file, which alone repeats it. */
const BATCH = 250;

export interface FuzzOptions {
  /** Records in all, spread evenly over the compilers. */
  readonly count: number;
  readonly seed: number;
  /** Only these targets; all when empty. */
  readonly targets: readonly string[];
  readonly compilers: readonly Compiler[];
  readonly say: (line: string) => void;
}

/** Runs the comparison; gives the number of records that differed. */
export function fuzzLayouts(options: FuzzOptions): number {
  const asked = options.compilers.flatMap((compiler) =>
    TARGET_NAMES.filter((name) => options.targets.length === 0 || options.targets.includes(name))
      .map((name) => targetNamed(name, compiler))
      .filter((target) => compilerFor(target) !== undefined),
  );
  // Where one compiler alone builds a target's kernels, it is the answer to both questions.
  const wanted = [...new Set(asked)];
  if (asked.length === 0) throw new Error('none of the compilers asked for is installed');
  const share = Math.ceil(options.count / wanted.length);
  let failures = 0;
  for (const target of wanted) {
    let done = 0;
    let different = 0;
    for (let batch = 0; done < share; batch++) {
      const seed = (options.seed + batch * 7919) >>> 0;
      const size = Math.min(BATCH, share - done);
      const generator = new RandomRecords(new RandomNumbers(seed), target);
      const records = Array.from({ length: size }, () => generator.next());
      const differences = differencesFromCompiler(records, target);
      done += size;
      different += differences.length;
      if (differences.length > 0) {
        options.say(`${target.compiler} ${target.name}: seed ${seed} (--count ${size} repeats it)`);
        for (const difference of differences.slice(0, 5)) options.say(explain(difference, records));
      }
    }
    options.say(`${target.compiler} ${target.name}: ${done} records, ${different} differences`);
    failures += different;
  }
  return failures;
}

/** A difference with the C of the record that it is about. */
function explain(difference: string, records: readonly RecordDeclaration[]): string {
  const tag = /\bR\d+\b/.exec(difference)?.[0];
  const record = records.find((candidate) => candidate.tag === tag);
  if (record === undefined) return difference;
  const printer = new RecordPrinter();
  printer.define(record);
  return `${difference}\n${printer.text()}`;
}
