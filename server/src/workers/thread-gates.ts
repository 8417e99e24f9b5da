/** The gates of threads (see parser/native-gate) on the side of those who start and end threads. */
import type { Worker } from 'node:worker_threads';
import { type Gate, GateState, ownGate } from '../parser/native-gate';

/** So many threads may share a list of gates: one that serves and all that it and these start. */
const MOST_THREADS = 64;

/** A thread that does not come out of native code within this time is ended all the same, in milliseconds. */
const LONGEST_INSIDE = 5000;

/** How often it is looked whether it is outside, in milliseconds. */
const STEP = 1;

/**
 * The gates of a thread and of all that it will start, itself or through others: with it, they end as well. Its own is the
 * first. Behind the states it stands for each gate whose thread started the one that has it.
 */
export function newGates(): Gate {
  const states = new Int32Array(new SharedArrayBuffer(2 * MOST_THREADS * Int32Array.BYTES_PER_ELEMENT));
  states[0] = GateState.outside;
  lists.add(states);
  return { states, at: 0 };
}

/** A gate for a thread that this one starts. */
export function newGate(): Gate {
  const { states, at: starter } = ownGate() ?? { states: (here ??= newGates().states), at: 0 };
  for (let at = 1; at < MOST_THREADS; at++) {
    if (Atomics.compareExchange(states, at, GateState.unused, GateState.taken) !== GateState.unused) continue;
    Atomics.store(states, MOST_THREADS + at, starter);
    Atomics.store(states, at, GateState.outside);
    return { states, at };
  }
  return newGates();
}

/**
 * Gives a thread its gate, until it has ended.
 *
 * @returns Ends the thread, and all that it started, as soon as none is in native code.
 */
export function gated(worker: Worker, gate: Gate): () => void {
  let hasEnded = false;
  worker.once('exit', () => {
    hasEnded = true;
    giveBack(gate);
  });
  return () => {
    const began = Date.now();
    const attempt = (): void => {
      // Its gate is another's by now.
      if (hasEnded) return;
      if (isShut(gate) || Date.now() - began > LONGEST_INSIDE) void worker.terminate();
      else setTimeout(attempt, STEP);
    };
    attempt();
  };
}

/** The gate's thread has ended, and with it all that it started: of these, nobody is left to say so. */
function giveBack(gate: Gate): void {
  const { states, at } = gate;
  if (at === 0) lists.delete(states);
  else for (const each of family(gate)) Atomics.store(states, each, GateState.unused);
}

/** Shuts what of the gates of a thread, and of those that it started, is open. @returns Whether all are shut. */
function isShut(gate: Gate): boolean {
  return family(gate)
    .map((each) => shut(gate.states, each))
    .every((isDone) => isDone);
}

/** The gates of a thread and of all that it started. */
function family({ states, at }: Gate): number[] {
  return Array.from({ length: MOST_THREADS }, (_, each) => each).filter((each) => isOf(states, each, at));
}

function isOf(states: Int32Array, gate: number, ancestor: number): boolean {
  let at = gate;
  while (at !== ancestor && at !== 0 && hasThread(states, at)) at = Atomics.load(states, MOST_THREADS + at);
  return at === ancestor;
}

function hasThread(states: Int32Array, at: number): boolean {
  const state = Atomics.load(states, at);
  return state !== GateState.unused && state !== GateState.taken;
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
    for (let at = 0; at < MOST_THREADS; at++)
      while (!shut(states, at) && Date.now() - began < LONGEST_INSIDE) Atomics.wait(states, at, GateState.inside, STEP);
});
