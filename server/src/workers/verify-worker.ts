/** A worker thread of `overlint verify`: dist/verify-worker.js. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadGrammar } from '../parser/grammar';
import { Verifier, type VerifySetup, type VerifyTask } from './verify-part';

loadGrammar().then(() => {
  const verifier = new Verifier(workerData as VerifySetup);
  parentPort?.on('message', (task: VerifyTask) => parentPort?.postMessage(verifier.answer(task)));
});
