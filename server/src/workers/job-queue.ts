/**
 * What waits for a pool's workers, and who takes what.
 *
 * Headers are what costs: a worker that checks a file by its headers has read most of the kernel's before long, and its
 * code has grown fast by then. In a run over many files that is done by as few workers as keep up with it; the others scan,
 * and check what is checked without a header.
 */
import type { FromWorker, Task } from './protocol';

export interface Job {
  readonly task: Task;
  done(answer: FromWorker): void;
  /** The worker died or hung at this task, for this reason. */
  lost(reason: string): void;
  /** It is not begun, as the time is over. */
  skipped(): void;
}

/** A worker, as the queue sees it. */
export interface Hand {
  /** It reads headers, or may begin to. */
  readsHeaders: boolean;
}

/** So many files wait for each worker that reads headers before another one begins to. */
const BACKLOG = 16;

export class JobQueue {
  private readonly scans: Job[] = [];
  private readonly lints: Job[] = [];
  /** Files that can't be checked without their headers. */
  private readonly putOff: Job[] = [];

  /** Adds a job that nobody has looked at. */
  add(job: Job): void {
    const { task } = job;
    if (task.kind === 'scan') this.scans.push(job);
    else (task.kind === 'lint' && task.takesHeaders ? this.putOff : this.lints).push(job);
  }

  /** Takes a job back: a worker that reads headers has to do it. */
  leave(job: Job): void {
    this.putOff.push(job);
  }

  /** Takes out all that is waiting. */
  clear(): Job[] {
    return [this.scans, this.lints, this.putOff].flatMap((jobs) => jobs.splice(0));
  }

  /** What a worker does next; one that reads no headers begins to where too much waits for `readers`, who do. */
  next(hand: Hand, readers: number): Job | undefined {
    if (!hand.readsHeaders) {
      const job = this.lints.shift() ?? this.scans.shift();
      if (job || this.putOff.length <= BACKLOG * readers) return job;
      hand.readsHeaders = true;
    }
    return this.putOff.shift() ?? this.lints.shift() ?? this.scans.shift();
  }
}
