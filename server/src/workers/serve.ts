/** The worker's side of the pool: takes a task, answers it, waits for the next. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { warmUp } from '../text/lexer';
import type { FromWorker, ToWorker } from './protocol';
import { type CreateLinter, createLinter, Station } from './station';

/** Serves the pool that this thread is of, until it ends the thread. */
export function servePool(create: CreateLinter = createLinter): void {
  const port = parentPort as MessagePort;
  const answer = (message: FromWorker): void => port.postMessage(message);
  port.once('message', (first: ToWorker) => {
    if (first.kind !== 'setup') throw new Error(`a worker that is not set up was asked to ${first.kind}`);
    const station = new Station(first.setup, create);
    port.on('message', (message: ToWorker) => {
      const said = answerTo(message, station);
      if (said) answer(said);
    });
    answer({ kind: 'ready' });
    station.getReady();
  });
  // The set-up may take its time.
  warmUp();
}

function answerTo(message: ToWorker, station: Station): FromWorker | undefined {
  switch (message.kind) {
    case 'setup':
      throw new Error('a worker is set up once');
    case 'keepResults':
      station.keepResults(message.key);
      return undefined;
    case 'overlay':
      station.overlay(message.texts);
      return undefined;
    case 'scan':
      return { kind: 'scanned', scanned: station.scan(message.files, message.wish) };
    case 'lint':
    case 'lintAlone': {
      const linted = station.tryTo(message.kind, message.file);
      return linted ? { kind: 'linted', linted } : { kind: 'putOff' };
    }
    case 'keep':
      station.keep(message.share);
      return { kind: 'kept' };
  }
}
