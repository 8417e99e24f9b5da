/** Does tasks in this thread, one after another: for tests, and wherever threads can't be had. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Executor, Job, Outcome } from './job';

export class InThread<Task, Answer, Note = never> implements Executor<Task, Answer, Note> {
  private isClosed = false;

  /** @param deadline When no further task is started, in milliseconds as Date.now() counts them. */
  constructor(
    private readonly job: Job<Task, Answer, Note>,
    private deadline = Number.POSITIVE_INFINITY,
  ) {}

  async ask(task: Task): Promise<Outcome<Answer>> {
    // Whoever asked may want to stop.
    await nextTurn();
    if (this.isClosed) return new Promise(() => {});
    if (Date.now() >= this.deadline) return { kind: 'skipped' };
    try {
      return { kind: 'done', answer: (await this.job.answer(task, () => {}))! };
    } catch (error) {
      return { kind: 'lost', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  tell(note: Note): void {
    this.job.hear?.(note);
  }

  /** There is nobody else to get ready. */
  hint(): void {}

  takeTime(): void {
    this.deadline = Number.POSITIVE_INFINITY;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.job.keep?.();
  }
}
