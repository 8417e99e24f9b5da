/** A worker thread that starts another one, of the script parsing.js beside it, and says when that one parses. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { setGate } from '../parser/native-gate';
import { CHECK_LIMITS, startWorker } from '../workers/worker-thread';

setGate(workerData);
startWorker(path.join(__dirname, 'parsing.js'), CHECK_LIMITS).worker.on('message', (message) =>
  parentPort?.postMessage(message),
);
