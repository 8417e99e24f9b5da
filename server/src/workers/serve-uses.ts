/** The thread's side of a search for uses: answers the tasks of one search. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { UsesPart, type UsesSetup, type UsesTask } from './uses-part';

/** Serves until the thread is ended. */
export function serveUses(setup: UsesSetup): void {
  const port = parentPort as MessagePort;
  const part = new UsesPart(setup);
  port.on('message', (task: UsesTask) => port.postMessage(part.answer(task)));
}
