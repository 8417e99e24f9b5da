/** The entry of all worker threads, dist/worker.js: little, as what they do is loaded with its bytecode. */
import { loadWorkerJobs } from '../files/entry-points';

loadWorkerJobs();
