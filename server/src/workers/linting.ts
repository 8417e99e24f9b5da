/** The files of a run that are checked, from the moment that they are known to be worth it. */

import type { Linted } from '../store/linted';
import { KeptResults } from '../store/results';
import { counter } from './counter';
import type { LintWorkers } from './lint-workers';
import type { Memory, RunRequest, WorkRequest } from './run-request';

export class Linting {
  private readonly linted = new Map<string, Linted>();
  private readonly working: Promise<void>[] = [];
  private readonly kept: KeptResults | undefined;
  private done = 0;
  private onDone = (files: number): void => {
    this.done += files;
  };

  constructor(
    private readonly workers: LintWorkers,
    memory: Memory | undefined,
    private readonly request: WorkRequest & Pick<RunRequest, 'fix'>,
  ) {
    this.kept = memory && new KeptResults(memory.linter.traced, request.tree, memory.key, memory.texts);
  }

  /**
   * Begins with files; what an earlier run found of one is taken where it still holds.
   *
   * @param linted What is known of some of them already, where all were tried without headers.
   */
  add(files: readonly string[], linted?: readonly Linted[]): void {
    for (const one of linted ?? []) this.linted.set(one.file, one);
    const open = files.filter((file) => !this.linted.has(file) && !this.recall(file));
    this.onDone(files.length - open.length);
    const working = this.workers
      .lint(open, (count) => this.onDone(count), linted !== undefined)
      .then((all) => {
        for (const one of all) this.linted.set(one.file, one);
      });
    // Whoever waits for the results hears of it.
    working.catch(() => {});
    this.working.push(working);
  }

  /** The results, in the order of the files that were added, all of which are named; from now on progress is told. */
  async results(files: readonly string[]): Promise<Linted[]> {
    const { done } = this;
    const tell = counter('lint', files.length, this.request);
    this.onDone = tell;
    if (done > 0) tell(done);
    await Promise.all(this.working);
    this.kept?.keep();
    return files.map((file) => this.linted.get(file)!);
  }

  /** Takes what an earlier run found; says whether that can be. */
  private recall(file: string): boolean {
    const linted = this.kept?.recall(file);
    // A fix needs the version of each file that it is for, and so a linter that has just read them.
    if (!linted || (this.request.fix !== 'no' && linted.findings.some(({ fixes }) => fixes.length > 0))) return false;
    this.linted.set(file, linted);
    return true;
  }
}
