/** Worker threads, started: by a pool that needs one, or ahead of it, while the program itself is still loading. */
import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { GateSetup } from '../parser/native-gate';
import { gated, newGate } from './thread-gates';

export interface WorkerLimits {
  /** A task may take so long, in milliseconds, before its worker counts as hung. */
  readonly taskMilliseconds: number;
  /** The heap of one worker, in megabytes; one that needs more crashes alone. */
  readonly heapMegabytes: number;
  /** The part of the heap for what is let go soon, in megabytes; as the runtime has it where nothing is said. */
  readonly youngMegabytes?: number;
}

/**
 * Those of workers that check. Most of what linting makes is let go at once; with the runtime's own 48 MB much of it is
 * copied for nothing.
 */
export const CHECK_LIMITS: WorkerLimits = { taskMilliseconds: 60_000, heapMegabytes: 2048, youngMegabytes: 96 };

/** @param script Path of the worker's script, dist/worker.js; what it is set up with comes as its first message. */
export function startWorker(script: string, { heapMegabytes, youngMegabytes }: WorkerLimits): Thread {
  const gate = newGate();
  const worker = new Worker(script, {
    workerData: { gate, heapMegabytes } satisfies GateSetup,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  return { worker, end: gated(worker, gate) };
}

/** A worker, and how it is ended. */
export interface Thread {
  readonly worker: Worker;
  end(): void;
}

/** A worker for the first pool that asks; the program does not wait for it where none does. */
export class EarlyWorker {
  private thread: Thread | undefined;

  constructor(
    readonly script: string,
    private readonly limits = CHECK_LIMITS,
  ) {
    const thread = startWorker(script, limits);
    this.thread = thread;
    const { worker } = thread;
    worker.unref();
    // One that can't start is not given out; the next one says why it can't.
    for (const event of ['error', 'exit']) worker.once(event, this.lose);
  }

  /**
   * The worker, once, for a pool whose workers are such; undefined for others, and where it is gone. Whoever asks may have
   * its limits from another bundle than whoever started it, so they are compared by what they say.
   */
  take(script: string, limits: WorkerLimits): Thread | undefined {
    const { thread } = this;
    if (!thread || script !== this.script || !isDeepStrictEqual(limits, this.limits)) return undefined;
    this.thread = undefined;
    const { worker } = thread;
    for (const event of ['error', 'exit']) worker.off(event, this.lose);
    worker.ref();
    return thread;
  }

  private readonly lose = (): void => {
    this.thread = undefined;
  };
}
