/** The gates of threads (see parser/native-gate) on the side of those who start and end threads. */
import type { Worker } from 'node:worker_threads';
import { type Gate, GateState, ownGate } from '../parser/native-gate';

/** So many threads may share a list of gates: one that serves and all that it starts. */
const MOST_THREADS = 64;

/** A thread that does not come out of native code within this time is ended all the same, in milliseconds. */
const LONGEST_INSIDE = 5000;

/** How often it is looked whether it is outside, in milliseconds. */
const STEP = 1;

/** The gates of a thread that starts others in turn, its own first: with it, they end as well. */
export function newGates(): Gate {
  const states = new Int32Array(new SharedArrayBuffer(MOST_THREADS * Int32Array.BYTES_PER_ELEMENT));
  states[0] = GateState.outside;
  lists.add(states);
  return { states, at: 0 };
}

/** A gate for a thread that starts no other. */
export function newGate(): Gate {
  const states = ownGate()?.states ?? (here ??= newGates().states);
  for (let at = 1; at < states.length; at++)
    if (Atomics.compareExchange(states, at, GateState.unused, GateState.outside) === GateState.unused)
      return { states, at };
  return newGates();
}

/** Ends a thread, and all that it started, as soon as none is in native code. */
export function endThread(worker: Worker, gate: Gate): void {
  const began = Date.now();
  const attempt = (): void => {
    if (isShut(gate) || Date.now() - began > LONGEST_INSIDE) void worker.terminate();
    else setTimeout(attempt, STEP);
  };
  attempt();
}

/** The gate's thread has ended. */
export function giveBack({ states, at }: Gate): void {
  if (at > 0) Atomics.store(states, at, GateState.unused);
  else lists.delete(states);
}

/** Shuts what of a thread's gates is open. @returns Whether all are shut. */
function isShut({ states, at }: Gate): boolean {
  const own = at === 0 ? Array.from(states.keys()) : [at];
  return own.map((each) => shut(states, each)).every((isDone) => isDone);
}

function shut(states: Int32Array, at: number): boolean {
  return Atomics.compareExchange(states, at, GateState.outside, GateState.shut) !== GateState.inside;
}

/** Of threads that this one started, and that have not ended yet. */
const lists = new Set<Int32Array>();
let here: Int32Array | undefined;

// The process's end is that of all its threads, whatever they are at.
process.on('exit', () => {
  const began = Date.now();
  for (const states of lists)
    for (const at of states.keys())
      while (!shut(states, at) && Date.now() - began < LONGEST_INSIDE) Atomics.wait(states, at, GateState.inside, STEP);
});
