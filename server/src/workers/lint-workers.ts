/** What a run asks of the workers that scan and lint for it, be they threads or this thread. */
import type { Depth, Derived } from '../facts/derived';
import type { Texts } from '../files/buffers';
import { Scanner } from '../files/scan';
import { type Linted, skipped, unlinted } from '../store/linted';
import { crashed } from './crashed';
import type { TreeDerivation } from './derive';
import type { Executor, Outcome } from './job';
import {
  type LintNote,
  type LintReply,
  type LintTask,
  type ScanRequest,
  type ScanResult,
  SKIPPED_BATCH,
} from './lint-job';

/** Files in the portions in which they are given to whoever scans. */
type Batches = readonly (readonly string[])[];

type LintExecutor = Executor<LintTask, LintReply, LintNote>;

export class LintWorkers {
  private executor: LintExecutor | undefined;
  private hasTime = false;
  private resultsKey: string | undefined;
  private derived: Derived | undefined;

  /** @param hire Is asked for the executor once there is work for it. */
  constructor(private readonly hire: () => LintExecutor) {}

  /** Gets ready for work that is sure to come. */
  start(): void {
    this.hired();
  }

  /**
   * Scans files for candidates. The answers come in the order of `batches`, whoever was faster.
   */
  scan(batches: Batches, onDone: (files: number) => void, request: ScanRequest = {}): Promise<ScanResult[]> {
    return Promise.all(
      batches.map(async (files) => {
        let outcome = await this.hired().ask({ kind: 'scan', files, request });
        // One of the files is to blame: which one is found out by linting them one by one.
        if (outcome.kind === 'lost' && request.lints)
          outcome = await this.hired().ask({ kind: 'scan', files, request: { ...request, lints: false } });
        onDone(files.length);
        return scannedOf(files, outcome);
      }),
    );
  }

  /**
   * Lints files, each by itself. The answers come in the order of `files`.
   *
   * @param takesHeaders Whether it is known that they take headers.
   */
  lint(files: readonly string[], onDone: (files: number) => void, takesHeaders = false): Promise<Linted[]> {
    return Promise.all(
      files.map(async (file) => {
        const outcome = await this.hired().ask({ kind: 'lint', file, takesHeaders });
        onDone(1);
        return lintedOf(file, outcome);
      }),
    );
  }

  /** Works out what the headers of the tree say; undefined where that failed, or there was no time for it. */
  async derive(depth: Depth): Promise<TreeDerivation | undefined> {
    const outcome = await this.hired().ask({ kind: 'derive', depth });
    return outcome.kind === 'done' ? outcome.answer.derivation : undefined;
  }

  /** Those of some files that hold one of some words; where a worker is lost, this thread looks itself. */
  async holding(words: readonly string[], files: readonly string[]): Promise<readonly string[]> {
    const outcome = await this.hired().ask({ kind: 'holding', words, files });
    return outcome.kind === 'done' ? outcome.answer.holding! : new Scanner(words).scan(files).candidates;
  }

  /** What the headers of the tree say, for all that is asked from now on. */
  setDerived(derived: Derived): void {
    this.derived = derived;
    this.executor?.tell({ kind: 'derived', derived });
  }

  /** From now on these files read as given. */
  setBuffers(texts: Texts): void {
    this.hired().tell({ kind: 'buffers', texts });
  }

  /** A file is to be linted, once it is known what the headers of the tree say: it is read meanwhile. */
  expect(file: string): void {
    this.hired().hint({ kind: 'expect', file });
  }

  /** What linting gives from now on is kept for later runs under a key (see Memory). */
  keepResults(key: string): void {
    this.resultsKey = key;
    this.executor?.tell({ kind: 'keepResults', key });
  }

  /** What is asked for from now on is done however late it is. */
  takeTime(): void {
    this.hasTime = true;
    this.executor?.takeTime();
  }

  async close(): Promise<void> {
    await this.executor?.close();
  }

  private hired(): LintExecutor {
    if (!this.executor) {
      this.executor = this.hire();
      if (this.hasTime) this.executor.takeTime();
      if (this.derived) this.executor.tell({ kind: 'derived', derived: this.derived });
      if (this.resultsKey !== undefined) this.executor.tell({ kind: 'keepResults', key: this.resultsKey });
    }
    return this.executor;
  }
}

function scannedOf(files: readonly string[], outcome: Outcome<LintReply>): ScanResult {
  if (outcome.kind === 'skipped') return SKIPPED_BATCH;
  if (outcome.kind === 'done') return outcome.answer.scanned!;
  const message = crashed(outcome.reason);
  return { candidates: [], problems: files.map((path) => ({ path, message })) };
}

function lintedOf(file: string, outcome: Outcome<LintReply>): Linted {
  if (outcome.kind === 'skipped') return skipped(file);
  return outcome.kind === 'done' ? outcome.answer.linted! : unlinted(file, crashed(outcome.reason));
}
