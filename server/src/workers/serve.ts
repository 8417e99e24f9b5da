/** The worker's side of a pool: is set up for a job, takes a task, answers it, waits for the next. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type GateSetup, setGate } from '../parser/native-gate';
import { warmUp } from '../text/lexer';
import type { Job } from './job';
import type { FromWorker, ToWorker } from './protocol';

// biome-ignore lint/suspicious/noExplicitAny: each job takes its own tasks, which its own pool gives it.
export type JobTable = Readonly<Record<string, (setup: any) => Job<any, unknown, any>>>;

/**
 * Serves the pool that this thread is of, until it ends the thread.
 *
 * @param load What all jobs need. It waits for a pool: a native module that a thread loads while the process ends takes
 *   the process with it, and a thread that no pool asked for ends at any time.
 */
export function serve(jobs: JobTable, load: () => Promise<unknown> = async () => undefined): void {
  const port = parentPort as MessagePort;
  setGate((workerData as GateSetup | null) ?? {});
  const say = (message: FromWorker): void => port.postMessage(message);
  const tell = (progress: unknown): void => say({ kind: 'progress', progress });
  const begin = async (first: ToWorker): Promise<ReturnType<JobTable[string]>> => {
    if (first.kind !== 'setup') throw new Error(`a worker that is not set up was sent a ${first.kind}`);
    await load();
    const job = jobs[first.job](first.setup);
    say({ kind: 'ready' });
    job.getReady?.();
    return job;
  };
  let setUp: ReturnType<typeof begin> | undefined;
  port.on('message', (message: ToWorker) => {
    if (!setUp) {
      setUp = begin(message);
      return;
    }
    void setUp.then((job) => {
      if (message.kind === 'setup') throw new Error('a worker is set up once');
      if (message.kind === 'note') job.hear?.(message.note);
      else answerTo(message, job, tell, say);
    });
  });
  // The set-up may take its time.
  warmUp();
}

function answerTo(
  message: Extract<ToWorker, { kind: 'task' | 'keep' }>,
  job: ReturnType<JobTable[string]>,
  tell: (progress: unknown) => void,
  say: (message: FromWorker) => void,
): void {
  const failed = (error: unknown): void =>
    say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  try {
    if (message.kind === 'keep') {
      job.keep?.(message.share);
      say({ kind: 'done', answer: undefined });
      return;
    }
    const answer = job.answer(message.task, tell);
    if (answer instanceof Promise) answer.then((later) => say({ kind: 'done', answer: later }), failed);
    else say(answer === undefined ? { kind: 'putOff' } : { kind: 'done', answer });
  } catch (error) {
    failed(error);
  }
}
