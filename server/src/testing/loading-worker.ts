/** A worker thread that says when it loads what its jobs need, and when it was started without being asked for anything. */
import { parentPort } from 'node:worker_threads';
import { serve } from '../workers/serve';

const report = (what: string): void => parentPort?.postMessage({ kind: 'progress', progress: what });

serve({ none: () => ({ answer: (task: unknown) => task }) }, async () => report('loading'));
setTimeout(() => report('idle'));
