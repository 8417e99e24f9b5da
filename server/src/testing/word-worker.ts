/** A worker thread's entry like the product's, with the linter of words. */
import { LintJob } from '../workers/lint-job';
import { serve } from '../workers/serve';
import { createWordLinter } from './word-linter';

serve({ check: (setup) => new LintJob(setup, createWordLinter) });
