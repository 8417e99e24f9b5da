/** The table of jobs that a worker of dist/worker.js can be set up for. */
import { BackgroundCheckJob } from './background-job';
import { LintJob } from './lint-job';
import { ModulesJob } from './modules-job';
import type { JobTable } from './serve';
import { SurfaceJob } from './surface-job';
import { SurveyJob } from './survey-job';
import { UsesJob } from './uses-job';
import { VerifyJob } from './verify-job';

export const JOBS = {
  check: (setup) => new LintJob(setup),
  uses: (setup) => new UsesJob(setup),
  survey: (setup) => new SurveyJob(setup),
  surfaces: (setup) => new SurfaceJob(setup),
  verify: (setup) => new VerifyJob(setup),
  modules: () => new ModulesJob(),
  'background check': (setup) => new BackgroundCheckJob(setup),
} satisfies JobTable;
