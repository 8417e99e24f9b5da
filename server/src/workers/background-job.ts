/** The job of a background check: a run over a whole tree, with a pool of its own. */
import type { Finding } from '../analysis/finding';
import { workerScript } from '../files/entry-points';
import type { Problem } from '../files/problem';
import type { LintOptions } from '../linter';
import type { Tree } from '../project/tree';
import type { Progress } from './counter';
import type { Job } from './job';
import { run } from './run';

/** Plain data. */
export interface BackgroundSetup {
  readonly tree: Tree;
  readonly options: LintOptions;
  readonly cache: boolean;
  /** Worker threads, at least 1. */
  readonly jobs: number;
}

/** What a check of one tree gave; plain data. */
export interface CheckReport {
  /** Sorted. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  /** Files that were looked at, in number. */
  readonly files: number;
  /** Absolute paths of files that were checked, as nothing that is known of an earlier check holds for them. */
  readonly checked: readonly string[];
}

/** Its only task is the check, its only note is that it is to stop. */
export class BackgroundCheckJob implements Job<'check', CheckReport, 'stop'> {
  private readonly stopped = new AbortController();

  constructor(private readonly setup: BackgroundSetup) {}

  hear(): void {
    this.stopped.abort();
  }

  /** @throws Cancelled */
  async answer(_task: 'check', tell: (progress: Progress) => void): Promise<CheckReport> {
    const { tree, options, cache, jobs } = this.setup;
    const {
      findings,
      problems,
      files,
      checked = [],
    } = await run({
      ...{ tree, options, cache, paths: [], fix: 'no', unsafeFixes: false },
      execution: { script: workerScript(), jobs },
      signal: this.stopped.signal,
      onProgress: seldom(tell),
    });
    return { findings, problems, files, checked };
  }
}

/** Lets through what changes the percentage, or each thousand of files while there is no total. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = '';
  return (progress) => {
    const { step, done, total } = progress;
    const share =
      total === undefined ? `${Math.floor(done / 1000)} thousand` : Math.floor((100 * done) / Math.max(1, total));
    const place = `${step} ${share}`;
    if (place !== told) tell(progress);
    told = place;
  };
}
