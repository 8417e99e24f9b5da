/** The worker thread's entry: dist/worker.js. */
import { servePool } from './serve';

servePool();
