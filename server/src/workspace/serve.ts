/** The worker's side of the pool: takes a task, answers it, waits for the next. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerData } from './protocol';
import { type CreateLinter, createLinter, Station } from './station';

/** Serves the pool that started this thread, until it ends the thread. */
export function servePool(create: CreateLinter = createLinter): void {
  const port = parentPort as MessagePort;
  const station = new Station(workerData as WorkerData, create);
  const answer = (message: FromWorker): void => port.postMessage(message);
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'overlay') station.overlay(message.texts);
    else if (message.kind === 'scan') answer({ kind: 'scanned', scanned: station.scan(message.files, message.wish) });
    else if (message.kind === 'lint' || message.kind === 'lintAlone') {
      const linted = station.tryTo(message.kind, message.file);
      answer(linted ? { kind: 'linted', linted } : { kind: 'putOff' });
    } else {
      station.keep(message.share);
      answer({ kind: 'kept' });
    }
  });
  answer({ kind: 'ready' });
}
