/** A worker thread's entry that scans for given words and lints nothing: for measuring the scan. */
import { servePool } from '../workers/serve';

servePool(() => ({
  candidateWords: () => process.env.OVERLINT_TEST_WORDS?.split(',') ?? [],
  forget: () => {},
  lint: () => ({ findings: [], stats: {} }),
}));
