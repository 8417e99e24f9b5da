/** Surveys all headers of a tree, shared among workers; what comes out does not depend on their number. */
import type { Problem } from '../files/problem';
import type { Tree } from '../project/tree';
import { mergeTraces } from '../store/trace';
import { compareText } from '../text/text';
import { askAll } from './job';
import { type SurveyAnswer, type SurveyForm, SurveyJob, type SurveyRow, type SurveyTask } from './survey-job';
import { executorFor, type Threads } from './threads';

interface SurveyReport extends SurveyAnswer {
  /** Shares of the headers that were not laid out, as their worker failed. */
  readonly problems: readonly Problem[];
}

/** More shares than this cost more in reading the common headers again than they save. */
const MOST_SHARES = 4;

/** The heap is small, so that it is collected in time rather than grown. A share of a whole kernel takes seconds. */
const LIMITS = { heapMegabytes: 1536, taskMilliseconds: 600_000 };

/** The records of all headers, sorted by file and line. */
export async function surveyTree(
  tree: Tree,
  form: SurveyForm,
  cache: boolean,
  threads: Threads,
): Promise<SurveyReport> {
  const parts = threads.script === undefined ? 1 : Math.min(threads.jobs, MOST_SHARES);
  const settings = { job: 'survey', setup: { tree, form, cache }, limits: LIMITS };
  const executor = executorFor(
    threads.script === undefined ? threads : { ...threads, jobs: parts },
    settings,
    (setup) => new SurveyJob(setup),
  );
  try {
    const tasks = Array.from({ length: parts }, (_, part): SurveyTask => ({ part, parts }));
    const answers: SurveyAnswer[] = [];
    const problems: Problem[] = [];
    for (const [index, outcome] of (await askAll(executor, tasks)).entries()) {
      if (outcome.kind === 'done') answers.push(outcome.answer);
      else if (outcome.kind === 'lost')
        problems.push({ path: tree.kernel, message: lost(index, parts, outcome.reason) });
    }
    const rows = answers.flatMap((answer) => answer.rows).sort(byPlace);
    return { rows, trace: mergeTraces(answers.map((answer) => answer.trace)), problems };
  } finally {
    await executor.close();
  }
}

function lost(index: number, parts: number, reason: string): string {
  return `part ${index + 1} of ${parts} of its headers was not laid out, because the worker failed (${reason}). Please report this`;
}

function byPlace(a: SurveyRow, b: SurveyRow): number {
  return compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name);
}
