/**
 * Checks whole trees as the command line does, in a thread of its own with worker threads below it, so that whoever asked
 * can go on with other work meanwhile.
 */
import { Worker } from 'node:worker_threads';
import type { Finding } from '../analysis/finding';
import type { Problem } from '../files/problem';
import type { LintOptions } from '../linter';
import type { Tree } from '../project/tree';
import { stopping } from './cancelled';
import type { Progress } from './counter';

/** What the thread is given as it starts; plain data. */
export interface CheckTask {
  readonly kind: 'check';
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

/** What the thread says: of its progress often, of the rest once. */
export type FromCheck =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'report'; readonly report: CheckReport }
  | { readonly kind: 'failed'; readonly reason: string };

export function isCheckTask(data: unknown): data is CheckTask {
  return (data as Partial<CheckTask> | null)?.kind === 'check';
}

export interface CheckRequest extends Omit<CheckTask, 'kind'> {
  /** Path of the thread's script, dist/worker.js. */
  readonly script: string;
  readonly signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/** The thread itself keeps little; its workers have heaps of their own. In megabytes. */
const HEAP_MEGABYTES = 1024;

/** A check that goes on behind its caller. */
export interface BackgroundCheck {
  /** Rejects with Cancelled as soon as the signal says so, and with an Error where the thread fails. */
  readonly report: Promise<CheckReport>;
  /** Resolves when the thread has ended, which after a stop is when it has kept what it knows. */
  readonly ended: Promise<void>;
}

export function checkInBackground({ script, signal, onProgress, ...request }: CheckRequest): BackgroundCheck {
  const task: CheckTask = { kind: 'check', ...request };
  const worker = new Worker(script, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } });
  signal.addEventListener('abort', () => worker.postMessage('stop'), { once: true });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const answered = new Promise<CheckReport>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread that checks the tree ended early.')));
    worker.on('message', (message: FromCheck) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'report') resolve(message.report);
      else if (message.kind === 'failed') reject(new Error(message.reason));
    });
  });
  answered.catch(() => {});
  return { report: Promise.race([answered, stopping(signal, 'The check was stopped.')]), ended };
}
