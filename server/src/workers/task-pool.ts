/** Worker threads that answer tasks, whoever is free next; the answers come in the order of the tasks. */
import { Worker } from 'node:worker_threads';

export interface TaskPoolSettings {
  /** Path of the worker's script. */
  readonly script: string;
  /** At least 1. */
  readonly jobs: number;
  /** Given to each worker as it starts. */
  readonly setup: unknown;
  /** The heap of one worker, in megabytes. */
  readonly heapMegabytes: number;
}

export class TaskPool<Task, Answer> {
  private readonly workers: Worker[];

  constructor({ script, jobs, setup, heapMegabytes }: TaskPoolSettings) {
    const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes };
    this.workers = Array.from({ length: jobs }, () => new Worker(script, { workerData: setup, resourceLimits }));
  }

  /** @throws Error where a worker fails: what it was at is lost, and so is the whole. */
  all(tasks: readonly Task[], onDone: (count: number) => void): Promise<Answer[]> {
    const answers: Answer[] = new Array(tasks.length);
    let next = 0;
    let done = 0;
    return new Promise((resolve, reject) => {
      if (tasks.length === 0) return resolve([]);
      for (const worker of this.workers) {
        worker.removeAllListeners();
        let current = -1;
        const give = (): void => {
          if (next >= tasks.length) return;
          current = next++;
          worker.postMessage(tasks[current]);
        };
        worker.on('message', (answer: Answer) => {
          answers[current] = answer;
          onDone(++done);
          if (done === tasks.length) resolve(answers);
          else give();
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`A worker thread ended early (code ${code}).`)));
        give();
      }
    });
  }

  async close(): Promise<void> {
    for (const worker of this.workers) worker.removeAllListeners();
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
