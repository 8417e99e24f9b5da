/**
 * A thread that takes and gives messages, and can be asked whether it still turns: while it is busy with one message, the
 * one who started it is not, and may end it.
 */
import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { type GateSetup, setGate } from '../parser/native-gate';
import { gated, newGates } from './thread-gates';

/** What a message thread is as those see it who started it. */
export interface MessageThread {
  send(message: object): void;
  /** Asks for a sign of life; `onSign` is called once the thread has come to it. */
  ask(): void;
  /** Ends it, whatever it is doing. */
  end(): void;
}

export interface ThreadEvents {
  onMessage(message: object): void;
  /** It answers what was asked last. */
  onSign(): void;
  /** What it begins to work on now, as `subject()` in the thread says. */
  onSubject(subject: string): void;
  /** It ended without being told to: by itself with this exit code, or for an error. */
  onEnd(code: number, error: Error | undefined): void;
}

interface Inside {
  readonly port: MessagePort;
  /** Tells what is worked on from now. */
  subject(subject: string): void;
}

/**
 * @param script Path of a script that calls `insideThread`.
 * @param heapMegabytes One that needs more ends alone.
 */
export function startMessageThread(script: string, heapMegabytes: number, events: ThreadEvents): MessageThread {
  const argv = process.argv.slice(2);
  const { port1, port2 } = new MessageChannel();
  const gate = newGates();
  const worker = new Worker(script, {
    argv,
    workerData: { signs: port2, gate, heapMegabytes },
    transferList: [port2 as never],
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  const endThread = gated(worker, gate);
  const signs = port1 as unknown as MessagePort;
  let hasEnded = false;
  let failure: Error | undefined;
  worker.on('message', (message: object) => !hasEnded && events.onMessage(message));
  worker.on('error', (error) => (failure = error));
  worker.on('exit', (code) => {
    signs.close();
    if (hasEnded) return;
    hasEnded = true;
    events.onEnd(code, failure);
  });
  signs.on('message', (subject: string | null) => {
    if (hasEnded) return;
    if (subject === null) events.onSign();
    else events.onSubject(subject);
  });
  return {
    send: (message) => worker.postMessage(message),
    ask: () => signs.postMessage(null),
    end: () => {
      hasEnded = true;
      endThread();
    },
  };
}

/** For the script of a message thread: the port of its messages; signs of life are given from here on. */
export function insideThread(): Inside {
  const { signs, ...setup } = workerData as { signs: MessagePort } & GateSetup;
  setGate(setup);
  signs.on('message', () => signs.postMessage(null));
  // It is the messages that keep a thread alive.
  signs.unref();
  return { port: parentPort!, subject: (subject) => signs.postMessage(subject) };
}
