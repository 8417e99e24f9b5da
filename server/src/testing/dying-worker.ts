/** The product's worker, but that some tasks kill their thread: a file named dies.c, and the second share of the headers. */
import { loadGrammar } from '../parser/grammar';
import type { Job } from '../workers/job';
import { JOBS } from '../workers/jobs';
import { type JobTable, serve } from '../workers/serve';

interface AnyTask {
  readonly files?: readonly string[];
  readonly part?: number;
}

function mortal<Task, Answer, Note>(job: Job<Task, Answer, Note>): Job<Task, Answer, Note> {
  return {
    getReady: () => job.getReady?.(),
    hear: (note) => job.hear?.(note),
    answer: (task, tell) => {
      const { files = [], part } = task as AnyTask;
      if (part === 1 || (part === undefined && files.some((file) => file.endsWith('/dies.c')))) process.exit(3);
      return job.answer(task, tell);
    },
  };
}

const table: JobTable = JOBS;
loadGrammar().then(() =>
  serve(Object.fromEntries(Object.entries(table).map(([name, make]) => [name, (setup) => mortal(make(setup))]))),
);
