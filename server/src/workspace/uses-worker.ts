/** The worker thread of a search for uses: dist/uses-worker.js. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { UsesPart, type UsesSetup, type UsesTask } from './uses-part';

const port = parentPort as MessagePort;
const part = new UsesPart(workerData as UsesSetup);
port.on('message', (task: UsesTask) => port.postMessage(part.answer(task)));
