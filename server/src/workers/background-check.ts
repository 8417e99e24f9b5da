/**
 * Checks whole trees as the command line does, in a thread of its own with worker threads below it, so that whoever asked
 * can go on with other work meanwhile.
 */
import type { BackgroundSetup, CheckReport } from './background-job';
import { stopping } from './cancelled';
import type { Progress } from './counter';
import { WorkerPool } from './worker-pool';

interface CheckRequest extends BackgroundSetup {
  /** Path of the thread's script, dist/worker.js. */
  readonly script: string;
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/** The thread itself keeps little; its workers have heaps of their own. It takes as long as it takes. */
const LIMITS = { heapMegabytes: 1024, taskMilliseconds: Number.POSITIVE_INFINITY };

/** A check that goes on behind its caller. */
interface BackgroundCheck {
  /** Rejects with Cancelled as soon as the signal says so, and with an Error where the thread fails. */
  readonly report: Promise<CheckReport>;
  /** Resolves when the thread has done its work, which after a stop is when it has kept what it knows. */
  readonly ended: Promise<void>;
}

export function checkInBackground({ script, signal, onProgress, ...setup }: CheckRequest): BackgroundCheck {
  const pool = new WorkerPool<'check', CheckReport, 'stop'>({
    ...{ script, job: 'background check', setup, jobs: 1, limits: LIMITS },
    onProgress: (progress) => onProgress(progress as Progress),
  });
  signal.addEventListener('abort', () => pool.tell('stop'), { once: true });
  const answered = pool.ask('check').then((outcome) => {
    if (outcome.kind === 'done') return outcome.answer;
    throw new Error(outcome.kind === 'lost' ? outcome.reason : 'The check was not started.');
  });
  answered.catch(() => {});
  const ended = answered.then(
    () => pool.close(),
    () => pool.close(),
  );
  return { report: Promise.race([answered, stopping(signal, 'The check was stopped.')]), ended };
}
