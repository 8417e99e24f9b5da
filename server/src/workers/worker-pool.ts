/**
 * Worker threads that do tasks, whoever is free next. A thread that crashes, hangs or needs too much memory costs the task it
 * was at; another takes its place.
 */
import type { Share } from '../store/share';
import type { Executor, Outcome } from './job';
import type { FromWorker, ToWorker } from './protocol';
import { type CreateQueue, FirstComeQueue, type TaskQueue, type Waiting } from './task-queue';
import { type EarlyWorker, startWorker, type Thread, type WorkerLimits } from './worker-thread';

export interface PoolSettings<Task> {
  /** Path of the worker's script, dist/worker.js. */
  readonly script: string;
  /** The name of the job in the script's table, and what each worker is set up with; plain data. */
  readonly job: string;
  readonly setup: unknown;
  /** Worker threads, at least 1. */
  readonly jobs: number;
  readonly limits: WorkerLimits;
  /** A worker that may be there already; it is taken where it has these limits. */
  readonly early?: EarlyWorker;
  /** Who takes what; first come, first served where nothing is said. */
  readonly queue?: CreateQueue<Task>;
  /** Whether workers keep on disk what they learnt, at the end. */
  readonly keeps?: boolean;
  /** When no further task is started, in milliseconds as Date.now() counts them. */
  readonly deadline?: number;
  onProgress?(progress: unknown): void;
}

/** A worker that can't even start: nothing can be done. */
export class PoolBroken extends Error {}

interface Item<Task> extends Waiting<Task> {
  settle(outcome: Outcome<unknown>): void;
  fail(error: PoolBroken): void;
}

/** What a worker is at. */
interface Work {
  settle(outcome: Outcome<unknown>): void;
  putOff(): void;
}

interface Member {
  readonly thread: Thread;
  ready: boolean;
  work: Work | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Shares that it is still to keep, each with whom to tell. */
  readonly keeping: { readonly share: Share; done(): void }[];
}

export class WorkerPool<Task, Answer, Note = never> implements Executor<Task, Answer, Note> {
  private readonly members = new Set<Member>();
  private readonly waiting: TaskQueue<Task, Item<Task>>;
  private readonly open = new Set<Item<Task>>();
  private readonly notes: Note[] = [];
  private broken: PoolBroken | undefined;
  private isClosing = false;
  private isLate = false;
  private readonly alarm: NodeJS.Timeout | undefined;

  constructor(private readonly settings: PoolSettings<Task>) {
    const { queue, deadline } = settings;
    this.waiting = queue ? queue<Item<Task>>() : new FirstComeQueue<Task, Item<Task>>();
    if (deadline !== undefined) this.alarm = setTimeout(() => this.stop(), Math.max(0, deadline - Date.now()));
    for (let count = 0; count < settings.jobs; count++) this.hire();
  }

  /** @throws PoolBroken where workers can't start. */
  ask(task: Task): Promise<Outcome<Answer>> {
    return new Promise((resolve, reject) => {
      if (this.broken) return reject(this.broken);
      if (this.isClosing) return;
      if (this.isLate) return resolve({ kind: 'skipped' });
      const item: Item<Task> = {
        task,
        settle: (outcome) => {
          this.open.delete(item);
          resolve(outcome as Outcome<Answer>);
        },
        fail: reject,
      };
      this.open.add(item);
      this.waiting.add(item);
      this.nextForAll();
    });
  }

  tell(note: Note): void {
    this.notes.push(note);
    this.hint(note);
  }

  hint(note: Note): void {
    for (const member of this.members) this.say(member, { kind: 'note', note });
  }

  takeTime(): void {
    clearTimeout(this.alarm);
    this.isLate = false;
  }

  /** The time is over: what is being worked on is finished, the rest is not started. */
  private stop(): void {
    this.isLate = true;
    for (const item of this.waiting.clear()) item.settle({ kind: 'skipped' });
  }

  /**
   * What is still waiting is dropped; what is being worked on is finished, so that it is kept. The threads end behind the
   * caller's back, which takes them longer than much else: what they had is given back to the system.
   */
  async close(): Promise<void> {
    clearTimeout(this.alarm);
    this.isClosing = true;
    this.waiting.clear();
    if (this.settings.keeps) await this.keepAll();
    for (const { timer, thread, ready } of this.members) {
      clearTimeout(timer);
      // One that is still loading is not ended in the middle of it: see serve.
      if (ready) thread.end();
      else thread.worker.once('message', () => thread.end());
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

  /** Lets a worker keep a share of what it learnt; one that fails at it costs the next run some time. */
  private keep(member: Member, share: Share): Promise<void> {
    return new Promise((resolve) => {
      if (!member.ready || !this.members.has(member)) return resolve();
      member.keeping.push({ share, done: resolve });
      this.next(member);
    });
  }

  private hire(): void {
    const { script, job, setup, early, limits } = this.settings;
    const thread = early?.take(script, limits) ?? startWorker(script, limits);
    const { worker } = thread;
    const member: Member = { thread, ready: false, work: undefined, timer: undefined, keeping: [] };
    this.members.add(member);
    this.say(member, { kind: 'setup', job, setup });
    for (const note of this.notes) this.say(member, { kind: 'note', note });
    worker.on('message', (message: FromWorker) => this.heard(member, message));
    worker.on('error', (error: Error) => this.fell(member, error.message));
    worker.on('exit', () => this.fell(member, 'the worker ended'));
  }

  private say(member: Member, message: ToWorker): void {
    member.thread.worker.postMessage(message);
  }

  private heard(member: Member, message: FromWorker): void {
    if (!this.members.has(member)) return;
    if (message.kind === 'progress') {
      this.settings.onProgress?.(message.progress);
      return;
    }
    const { work } = member;
    clearTimeout(member.timer);
    member.work = undefined;
    if (message.kind === 'ready') member.ready = true;
    else if (message.kind === 'putOff') work?.putOff();
    else if (message.kind === 'failed') work?.settle({ kind: 'lost', reason: message.reason });
    else work?.settle({ kind: 'done', answer: message.answer });
    this.nextForAll();
  }

  private nextForAll(): void {
    for (const member of this.members) this.next(member);
  }

  private next(member: Member): void {
    if (!member.ready || member.work) return;
    const kept = member.keeping.shift();
    if (kept) {
      this.give(member, { kind: 'keep', share: kept.share }, { settle: kept.done, putOff: kept.done });
      return;
    }
    const given = this.waiting.next(member);
    if (!given) return;
    const { item, task } = given;
    const putOff = (): void => {
      if (this.isLate) item.settle({ kind: 'skipped' });
      else if (!this.isClosing) this.waiting.putBack(item);
    };
    this.give(member, { kind: 'task', task }, { settle: item.settle, putOff });
  }

  private give(member: Member, message: ToWorker, work: Work): void {
    const limit = this.settings.limits.taskMilliseconds;
    member.work = work;
    if (Number.isFinite(limit))
      member.timer = setTimeout(() => this.fell(member, `no answer in ${limit / 1000} s`), limit);
    this.say(member, message);
  }

  /** A worker is gone, or as good as: the task it was at is lost, and another worker goes on with the rest. */
  private fell(member: Member, reason: string): void {
    if (!this.members.delete(member)) return;
    clearTimeout(member.timer);
    member.thread.end();
    this.waiting.left(member);
    if (member.ready) {
      if (!this.isClosing) this.hire();
      member.work?.settle({ kind: 'lost', reason });
      for (const { done } of member.keeping) done();
      this.nextForAll();
      return;
    }
    // Whatever ends a worker before its first task would end the next one, too.
    this.broken = new PoolBroken(`The worker threads can't start: ${reason}`);
    for (const item of this.open) item.fail(this.broken);
  }
}
