/** The entry of threads that check or search, dist/worker.js: for a pool, a whole tree with a pool of its own, or uses. */
import { workerData } from 'node:worker_threads';
import { loadGrammar } from '../parser/grammar';
import { isCheckTask } from './background-check';
import { servePool } from './serve';
import { serveCheck } from './serve-check';
import { serveUses } from './serve-uses';
import { isUsesSetup } from './uses-part';

loadGrammar().then(() => {
  if (isCheckTask(workerData)) serveCheck(workerData);
  else if (isUsesSetup(workerData)) serveUses(workerData);
  else servePool();
});
