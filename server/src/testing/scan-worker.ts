/** A worker thread's entry that scans for given words and lints nothing: for measuring the scan. */
import { LintJob } from '../workers/lint-job';
import { serve } from '../workers/serve';

serve({
  check: (setup) =>
    new LintJob(setup, () => ({
      candidateWords: () => process.env.OVERLINT_TEST_WORDS?.split(',') ?? [],
      forget: () => {},
      lint: () => ({ findings: [], stats: {} }),
    })),
});
