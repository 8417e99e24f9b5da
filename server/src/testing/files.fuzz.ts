/** Lints files that were damaged at random: nothing may crash, hang or be left hanging. */
import fs from 'node:fs';
import { Disk } from '../files/disk';
import { Linter } from '../linter';
import { findTree } from '../project/tree';
import { projectOf } from '../project/tree-project';
import { rules } from '../rules/index';
import { toByteString } from '../text/text';
import { applied, randomEdit } from './random-edits';
import { RandomNumbers } from './random-numbers';

export interface FileFuzz {
  readonly kernel: string;
  readonly build: string;
  /** Paths from the kernel folder, and their texts. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly count: number;
  readonly seed: number;
  /** Ends early after so many seconds. */
  readonly seconds?: number;
  say?(line: string): void;
}

export interface FileFuzzed {
  readonly linted: number;
  /** Messages with how to repeat them. */
  readonly failures: readonly string[];
  /** The longest that one file took, in milliseconds of this thread's processor time. */
  readonly longest: number;
}

/** A damaged file may take so long, in milliseconds of processor time. */
export const LONGEST = 2000;

/** A damaged file holds at most so many edits. */
const MOST_EDITS = 40;

/** Processor time of this thread, in milliseconds; where the system does not tell it, of the whole process. */
function threadTime(): number {
  try {
    // Nanoseconds first (Documentation/scheduler/sched-stats.rst).
    return Number(fs.readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return process.cpuUsage().user / 1000;
  }
}

export function fuzzFiles({ kernel, build, files, count, seed, seconds, say }: FileFuzz): FileFuzzed {
  const tree = findTree({ folder: kernel, paths: [], kernel, build }).tree!;
  // Rules that are off by default, too: theirs are the most states to follow.
  const all = new Set(rules.map(({ id }) => id));
  const linter = new Linter(projectOf(tree, new Disk(tree.roots)), { ahead: true, rules: all });
  // What headers take is not the damaged file's doing.
  for (const { name, text } of files) linter.lint({ path: `${kernel}/${name}`, text: toByteString(text) });
  const until = Date.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const failures: string[] = [];
  const fail = (failure: string): void => {
    failures.push(failure);
    say?.(failure);
  };
  let longest = 0;
  let linted = 0;
  for (; linted < count && Date.now() < until && failures.length < 10; linted++) {
    // Each file has a seed of its own, which alone repeats it.
    const own = (seed + linted * 7919) >>> 0;
    const random = new RandomNumbers(own);
    const { name, text } = random.pick(files);
    let damaged = text;
    for (let edit = 1 + random.below(MOST_EDITS); edit > 0; edit--)
      damaged = applied(damaged, randomEdit(damaged, random));
    const file = `${kernel}/${name}`;
    const before = threadTime();
    try {
      linter.lint({ path: file, text: toByteString(damaged) });
      if (random.chance(10))
        linter.describe({ path: file, text: toByteString(damaged) }, random.below(damaged.length + 1));
    } catch (error) {
      fail(`seed ${own}, ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    const took = threadTime() - before;
    longest = Math.max(longest, took);
    if (took > LONGEST) fail(`seed ${own}, ${name}: took ${Math.round(took)} ms`);
    linter.release(file);
    if (linted % 1000 === 999)
      say?.(`${linted + 1} files, ${failures.length} failures, longest ${Math.round(longest)} ms`);
  }
  return { linted, failures, longest };
}
