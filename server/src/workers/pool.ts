/**
 * Worker threads that scan and lint. The answers come in the order of the questions, so that what a run prints does
 * not depend on how many threads there are or which was faster. A thread that crashes or hangs costs the file it was at a
 * message; another takes its place.
 */
import type { Worker } from 'node:worker_threads';
import type { Texts } from '../files/overlay';
import type { Share } from '../store/share';
import type { Batches, Crew } from './crew';
import { type Hand, type Job, JobQueue } from './job-queue';
import type { FromWorker, ToWorker } from './protocol';
import {
  type Combed,
  crashed,
  type Linted,
  type ScanWish,
  type Setup,
  SKIPPED_BATCH,
  skipped,
  unlinted,
} from './station';
import { type EarlyWorker, POOL_LIMITS, type PoolLimits, startWorker } from './worker-thread';

export interface PoolSettings {
  /** Path of the worker's script, dist/worker.js. */
  readonly script: string;
  /** Worker threads, at least 1. */
  readonly jobs: number;
  readonly setup: Setup;
  readonly limits?: PoolLimits;
  /** A worker that may be there already; it has the usual limits. */
  readonly early?: EarlyWorker;
  /** Only as many workers as necessary read headers: worth it where files are many. */
  readonly apart?: boolean;
  /** When no further file is begun, in milliseconds as Date.now() counts them. */
  readonly deadline?: number;
}

/** A worker that can't even start: nothing can be checked. */
export class PoolBroken extends Error {}

interface Member extends Hand {
  readonly worker: Worker;
  ready: boolean;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class Pool implements Crew {
  private readonly members = new Set<Member>();
  private readonly waiting = new JobQueue();
  private readonly texts = new Map<string, string | undefined>();
  private resultsKey: string | undefined;
  private readonly limits: PoolLimits;
  private broken: PoolBroken | undefined;
  private isClosing = false;
  private isLate = false;
  private readonly alarm: NodeJS.Timeout | undefined;
  private readonly onBroken = new Set<(error: PoolBroken) => void>();

  constructor(private readonly settings: PoolSettings) {
    this.limits = settings.limits ?? POOL_LIMITS;
    const { deadline } = settings;
    if (deadline !== undefined) this.alarm = setTimeout(() => this.stop(), Math.max(0, deadline - Date.now()));
    for (let count = 0; count < settings.jobs; count++) this.hire();
  }

  async scan(batches: Batches, onDone: (files: number) => void, wish: ScanWish = {}): Promise<Combed[]> {
    return this.all(batches, (files, done) => {
      const job = (asked: ScanWish): Job => ({
        task: { kind: 'scan', files, wish: asked },
        done: (answer) => {
          if (answer.kind !== 'scanned') return;
          onDone(files.length);
          done(answer.scanned);
        },
        skipped: () => {
          onDone(files.length);
          done(SKIPPED_BATCH);
        },
        lost: (reason) => {
          // One of the files is to blame: which one is found out by linting them one by one.
          if (asked.lints && !this.isClosing) return this.enqueue(job({ ...asked, lints: false }));
          const problems = files.map((path) => ({ path, message: crashed(reason) }));
          onDone(files.length);
          done({ candidates: [], problems });
        },
      });
      return job(wish);
    });
  }

  async lint(files: readonly string[], onDone: (files: number) => void, takesHeaders = false): Promise<Linted[]> {
    return this.all(files, (file, done) => ({
      task: { kind: 'lint', file, takesHeaders },
      done: (answer) => {
        if (answer.kind !== 'linted') return;
        onDone(1);
        done(answer.linted);
      },
      skipped: () => {
        onDone(1);
        done(skipped(file));
      },
      lost: (reason) => {
        onDone(1);
        done(unlinted(file, crashed(reason)));
      },
    }));
  }

  overlay(texts: Texts): void {
    for (const [file, text] of texts) this.texts.set(file, text);
    for (const member of this.members) this.tell(member, { kind: 'overlay', texts });
  }

  keepResults(key: string): void {
    this.resultsKey = key;
    for (const member of this.members) this.tell(member, { kind: 'keepResults', key });
  }

  takeTime(): void {
    clearTimeout(this.alarm);
    this.isLate = false;
  }

  /** The time is over: what is being worked on is finished, the rest is not begun. */
  private stop(): void {
    this.isLate = true;
    for (const job of this.waiting.clear()) job.skipped();
  }

  private enqueue(job: Job): void {
    if (this.isLate) job.skipped();
    else this.waiting.add(job);
  }

  /**
   * What is still waiting is dropped; what is being worked on is finished, so that it is kept. The threads end behind the
   * caller's back, which takes them longer than much else: what they had is given back to the system.
   */
  async close(): Promise<void> {
    clearTimeout(this.alarm);
    this.isClosing = true;
    this.waiting.clear();
    if (this.settings.setup.cache) await this.keepAll();
    for (const { timer, worker } of this.members) {
      clearTimeout(timer);
      void worker.terminate();
    }
    this.members.clear();
  }

  /** All keep at once, each another share, so that each keeps only what those that had it before did not. */
  private async keepAll(): Promise<void> {
    const members = [...this.members];
    const count = members.length;
    for (let turn = 0; turn < count; turn++)
      await Promise.all(members.map((member, at) => this.keep(member, { index: (at + turn) % count, count })));
  }

  /** Lets a worker keep a share of what it read of headers; one that fails at it costs the next run some time. */
  private keep(member: Member, share: Share): Promise<void> {
    return new Promise((resolve) => {
      if (!member.ready || !this.members.has(member)) return resolve();
      const current = member.job;
      if (current) {
        const done = (answer: FromWorker): void => {
          current.done(answer);
          void this.keep(member, share).then(resolve);
        };
        const lost = (reason: string): void => {
          current.lost(reason);
          resolve();
        };
        member.job = { ...current, done, lost };
        return;
      }
      const done = (): void => resolve();
      member.job = { task: { kind: 'keep', share }, done, lost: done, skipped: done };
      member.timer = setTimeout(() => this.fell(member, 'it hung'), this.limits.fileMilliseconds);
      this.tell(member, member.job.task);
    });
  }

  /** Queues a job for each question; resolves to the answers in the order of the questions. */
  private all<Question, Answer>(
    questions: readonly Question[],
    jobOf: (question: Question, done: (answer: Answer) => void) => Job,
  ): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      if (this.broken) return reject(this.broken);
      if (questions.length === 0) return resolve([]);
      this.onBroken.add(reject);
      const answers: Answer[] = new Array(questions.length);
      let open = questions.length;
      questions.forEach((question, index) => {
        this.enqueue(
          jobOf(question, (answer) => {
            answers[index] = answer;
            if (--open > 0) return;
            this.onBroken.delete(reject);
            resolve(answers);
          }),
        );
      });
      for (const member of this.members) this.next(member);
    });
  }

  private hire(): void {
    const { script, setup, early, limits } = this.settings;
    const worker = (limits ? undefined : early?.take(script)) ?? startWorker(script, this.limits);
    // The first one reads them, or whoever takes its place.
    const readsHeaders = !this.settings.apart || this.readers === 0;
    const member: Member = { worker, readsHeaders, ready: false, job: undefined, timer: undefined };
    this.members.add(member);
    this.tell(member, { kind: 'setup', setup });
    if (this.resultsKey !== undefined) this.tell(member, { kind: 'keepResults', key: this.resultsKey });
    if (this.texts.size > 0) this.tell(member, { kind: 'overlay', texts: this.texts });
    worker.on('message', (message: FromWorker) => this.heard(member, message));
    worker.on('error', (error: Error) => this.fell(member, error.message));
    worker.on('exit', () => this.fell(member, 'the worker ended'));
  }

  private tell(member: Member, message: ToWorker): void {
    member.worker.postMessage(message);
  }

  private heard(member: Member, message: FromWorker): void {
    if (!this.members.has(member)) return;
    const { job } = member;
    clearTimeout(member.timer);
    member.job = undefined;
    if (message.kind === 'ready') member.ready = true;
    else if (message.kind === 'putOff' && this.isLate) job!.skipped();
    else if (message.kind === 'putOff' && !this.isClosing) this.waiting.leave(job!);
    else job?.done(message);
    for (const other of this.members) this.next(other);
  }

  private next(member: Member): void {
    if (!member.ready || member.job) return;
    const job = this.waiting.next(member, this.readers);
    if (!job) return;
    member.job = job;
    const { task } = job;
    if (task.kind === 'lint' || (task.kind === 'scan' && task.wish.lints)) {
      const limit = this.limits.fileMilliseconds;
      member.timer = setTimeout(() => this.fell(member, `no answer in ${limit / 1000} s`), limit);
    }
    this.tell(member, task.kind === 'lint' && !member.readsHeaders ? { kind: 'lintAlone', file: task.file } : task);
  }

  /** How many workers read headers. */
  private get readers(): number {
    return [...this.members].filter(({ readsHeaders }) => readsHeaders).length;
  }

  /** A worker is gone, or as good as: the file it was at gets a message, and another worker goes on with the rest. */
  private fell(member: Member, reason: string): void {
    if (!this.members.delete(member)) return;
    clearTimeout(member.timer);
    void member.worker.terminate();
    if (member.ready) {
      this.hire();
      member.job?.lost(reason);
      for (const other of this.members) this.next(other);
      return;
    }
    // Whatever ends a worker before its first task would end the next one, too.
    this.broken = new PoolBroken(`The worker threads can't start: ${reason}`);
    for (const reject of this.onBroken) reject(this.broken);
  }
}
