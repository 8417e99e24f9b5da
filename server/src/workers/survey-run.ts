/** Surveys all headers of a tree, shared among worker threads; what comes out does not depend on their number. */
import { Worker } from 'node:worker_threads';
import type { Tree } from '../project/tree';
import { mergeEvidence } from '../store/witness';
import { compareText } from '../text/text';
import { type SurveyForm, type SurveyRow, type SurveyShare, type SurveyTask, surveyPart } from './survey-part';

/** Worker threads, or, without a script, this thread. */
export type Surveyors = { readonly script: string; readonly jobs: number } | { readonly script?: undefined };

/** More shares than this cost more in reading the common headers again than they save. */
const MOST_SHARES = 4;

/** The heap of one worker, in megabytes: small, so that it is collected in time rather than grown. */
const HEAP_MEGABYTES = 1536;

/** The records of all headers, sorted by file and line. */
export async function surveyTree(
  tree: Tree,
  form: SurveyForm,
  cache: boolean,
  surveyors: Surveyors,
): Promise<SurveyShare> {
  const parts = surveyors.script === undefined ? 1 : Math.min(surveyors.jobs, MOST_SHARES);
  const tasks = Array.from({ length: parts }, (_, part): SurveyTask => ({ tree, form, cache, part, parts }));
  const { script } = surveyors;
  const shares = await Promise.all(
    tasks.map((task) => (script === undefined ? surveyPart(task) : inThread<SurveyShare>(script, task))),
  );
  const rows = shares.flatMap((share) => share.rows).sort(byPlace);
  return { rows, evidence: mergeEvidence(shares.map((share) => share.evidence)) };
}

function byPlace(a: SurveyRow, b: SurveyRow): number {
  return compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name);
}

/** Runs a thread that answers once. @throws Error where it fails, in words for the user. */
function inThread<Answer>(script: string, task: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a worker thread ended early (code ${code})`)));
  });
}
