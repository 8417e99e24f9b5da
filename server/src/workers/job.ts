/** What a worker does, as a job: it is set up once, and answers tasks. A job knows nothing of threads. */
import type { Share } from '../store/share';

export interface Job<Task, Answer, Note = never> {
  /** Works out what every task takes, while none is asked yet. */
  getReady?(): void;
  /** Takes in what counts from now on. */
  hear?(note: Note): void;
  /**
   * Does a task. Undefined where another worker is to do it.
   *
   * @param tell Is told of the task's progress.
   */
  answer(task: Task, tell: (progress: unknown) => void): Answer | undefined | Promise<Answer>;
  /** The last call: what was learnt goes to the disk, one share after another; all of it where no share is named. */
  keep?(share?: Share): void;
}

/** What became of a task. */
export type Outcome<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  /** The worker died, hung or failed at it, for this reason. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** It was not started, as the time was over. */
  | { readonly kind: 'skipped' };

/** Who gets tasks done: a pool of worker threads, or this thread. */
export interface Executor<Task, Answer, Note = never> {
  /** A task that still waits when the executor is closed never settles. */
  ask(task: Task): Promise<Outcome<Answer>>;
  /** Tells all workers, those that are yet to start too, before whatever task comes next. */
  tell(note: Note): void;
  /** Tells the workers that are there already what to get ready for; nothing rests on it. */
  hint(note: Note): void;
  /** What is asked from now on is done however late it is. */
  takeTime(): void;
  /** Finishes the tasks that are being worked on, and drops the others. */
  close(): Promise<void>;
}

/** The outcomes in the order of the tasks. @param onDone Is told how many tasks are settled so far. */
export function askAll<Task, Answer>(
  executor: Pick<Executor<Task, Answer>, 'ask'>,
  tasks: readonly Task[],
  onDone: (count: number) => void = () => {},
): Promise<Outcome<Answer>[]> {
  let done = 0;
  return Promise.all(
    tasks.map(async (task) => {
      const outcome = await executor.ask(task);
      onDone(++done);
      return outcome;
    }),
  );
}

/**
 * Asks a task about many files. Where a worker fails at it, each file is asked about by itself, so that only the one that is
 * to blame is lost.
 *
 * @returns One answer, or one for each file that was not lost.
 */
export async function askAboutFiles<Task extends { readonly files: readonly string[] }, Answer>(
  executor: Pick<Executor<Task, Answer>, 'ask'>,
  task: Task,
  onLost: (file: string, reason: string) => void,
): Promise<Answer[]> {
  const outcome = await executor.ask(task);
  if (outcome.kind === 'done') return [outcome.answer];
  if (outcome.kind === 'skipped') return [];
  if (task.files.length > 1) {
    const single = task.files.map((file) => askAboutFiles(executor, { ...task, files: [file] }, onLost));
    return (await Promise.all(single)).flat();
  }
  for (const file of task.files) onLost(file, outcome.reason);
  return [];
}
