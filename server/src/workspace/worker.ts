/** The entry of threads that check, dist/worker.js: files for a pool, or a whole tree with a pool of its own. */
import { workerData } from 'node:worker_threads';
import { isCheckTask } from './background-check';
import { servePool } from './serve';
import { serveCheck } from './serve-check';

if (isCheckTask(workerData)) serveCheck(workerData);
else servePool();
