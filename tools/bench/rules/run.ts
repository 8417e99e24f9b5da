/** Lints a folder file by file in one thread, and says which rule took how much of the time. */
import path from 'node:path';
import { FileAnalysis } from '../../../server/src/analysis/analysis';
import { levelsOverMany } from '../../../server/src/analysis/levels';
import { Needs } from '../../../server/src/analysis/needs';
import type { Rule } from '../../../server/src/analysis/rule';
import { Disk } from '../../../server/src/files/disk';
import { Scanner } from '../../../server/src/files/scan';
import { asksHeaders, Linter } from '../../../server/src/linter';
import { listSources } from '../../../server/src/project/listing';
import { findTree } from '../../../server/src/project/tree';
import { rules } from '../../../server/src/rules/index';
import { deriveTree } from '../../../server/src/workers/derive';
import { isLarge } from '../../../server/src/workers/sources';

export interface Times {
  /** Seconds by rule, as the clock on the wall has them, each without what it shares with others (`reading`), dearest first. */
  readonly byRule: readonly (readonly [string, number])[];
  /** Seconds spent on reading files and headers into units, whoever asked first. */
  readonly reading: number;
  /** Seconds spent on finding out which files any rule may speak of. */
  readonly scanning: number;
  readonly whole: number;
  readonly files: number;
  /** Files that some rule may speak of. */
  readonly candidates: number;
  /** Functions that a typestate was run over, once for each typestate. */
  readonly functions: number;
}

/** A clock that only the innermost of nested spans runs on. */
class Clock {
  readonly seconds = new Map<string, number>();
  private readonly stack: string[] = [];
  private since = performance.now();

  private turn(): void {
    const now = performance.now();
    const name = this.stack[this.stack.length - 1];
    if (name !== undefined) this.seconds.set(name, this.of(name) + (now - this.since) / 1000);
    this.since = now;
  }

  of(name: string): number {
    return this.seconds.get(name) ?? 0;
  }

  span<Value>(name: string, work: () => Value): Value {
    this.turn();
    this.stack.push(name);
    try {
      return work();
    } finally {
      this.turn();
      this.stack.pop();
    }
  }
}

/**
 * Does what one worker of a run without a cache does, and measures it.
 *
 * @param folder Below the kernel; empty for all of it.
 * @param ids Only these rules, wherever they are off by default too; empty means the defaults.
 */
export function timeRules(kernel: string, build: string, folder: string, ids: readonly string[]): Times {
  const { tree, errors } = findTree({ folder: kernel, paths: [], kernel, build });
  if (!tree) throw new Error(errors.join('\n'));
  const clock = new Clock();
  watch(clock);
  const { roots, version: _version, ...project } = tree;
  const chosen = ids.length > 0 ? new Set(ids) : undefined;
  const disk = new Disk(roots);
  const { files } = listSources(tree, [path.join(kernel, folder)]);
  const options = { ahead: false, rules: chosen, levels: { levels: levelsOverMany(rules), overrides: [] } };
  const depth = isLarge(files.length) && !chosen ? 'gates' : asksHeaders(options);
  const derived = deriveTree(tree, depth)?.derived;
  const linter = new Linter({ ...project, reader: disk, derived }, options);
  const started = performance.now();
  const candidates = clock.span('scanning', () => new Scanner(linter.candidateWords()).scan(files).candidates);
  let functions = 0;
  for (const file of candidates) {
    const loaded = disk.load(file);
    if ('problem' in loaded) continue;
    functions += linter.lint({ path: file, text: loaded.text }).stats['flow.functions'] ?? 0;
    if (file.endsWith('.c')) linter.release(file);
  }
  const whole = (performance.now() - started) / 1000;
  const byRule = rules.map(({ id }) => [id, clock.of(id)] as const).filter(([, seconds]) => seconds > 0);
  byRule.sort((a, b) => b[1] - a[1]);
  const shared = { reading: clock.of('reading'), scanning: clock.of('scanning') };
  return { byRule, ...shared, whole, files: files.length, candidates: candidates.length, functions };
}

/** Has the clock run on rules, and on what they share, by whoever asks for it first. */
function watch(clock: Clock): void {
  const reading = FileAnalysis.prototype as unknown as { walk(): unknown };
  const walk = reading.walk;
  reading.walk = function () {
    return clock.span('reading', () => walk.call(this));
  };
  const { maySpeak } = Needs.prototype;
  Needs.prototype.maySpeak = function (...asked) {
    return clock.span('scanning', () => maySpeak.apply(this, asked));
  };
  for (const rule of rules as unknown as { id: string; check: Rule['check'] }[]) {
    const check = rule.check.bind(rule);
    rule.check = (file, options) => clock.span(rule.id, () => [...check(file, options)]);
  }
}
