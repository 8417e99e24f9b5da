/** Who does the tasks of a command: worker threads, or this thread. */
import { InThread } from './in-thread';
import type { Executor, Job } from './job';
import { type PoolSettings, WorkerPool } from './worker-pool';

/** Worker threads, or, without a script, this thread. */
export type Threads = { readonly script: string; readonly jobs: number } | { readonly script?: undefined };

/** @param create Makes the job where this thread is to do it. */
export function executorFor<Setup, Task, Answer, Note = never>(
  threads: Threads,
  settings: Omit<PoolSettings<Task>, 'script' | 'jobs'> & { readonly setup: Setup },
  create: (setup: Setup) => Job<Task, Answer, Note>,
): Executor<Task, Answer, Note> {
  if (threads.script === undefined) return new InThread(create(settings.setup), settings.deadline);
  return new WorkerPool({ ...settings, script: threads.script, jobs: Math.max(1, threads.jobs) });
}
