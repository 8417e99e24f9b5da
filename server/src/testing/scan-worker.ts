/** A worker thread's entry that scans for given words and lints nothing: for measuring the scan. */
import { LintJob } from '../workers/lint-job';
import { serve } from '../workers/serve';
import { linterOf } from './word-linter';

const words = process.env.OVERLINT_TEST_WORDS?.split(',') ?? [];
serve({ check: (setup) => new LintJob(setup, () => linterOf(words, () => ({ findings: [], stats: {} }))) });
