/**
 * The gate in front of native code. The native module throws where nobody can catch it when its thread is being ended, and
 * takes the whole process with it: a thread that another one may end goes into native code through a gate, and whoever
 * ends the thread shuts the gate first, while nobody is inside. The runtime ends a thread, too, where its heap is full: such
 * a one is not to become full inside.
 */
import v8 from 'node:v8';
import vm from 'node:vm';

/** What a gate is: `unused` belongs to no thread, `taken` to one that is about to be started. */
export const GateState = { unused: 0, outside: 1, inside: 2, shut: 3, taken: 4 } as const;

/** A place in memory that threads share. */
export interface Gate {
  readonly states: Int32Array;
  readonly at: number;
}

let own: Gate | undefined;
let heap = Number.POSITIVE_INFINITY;

/** What a thread is told of the gate that it has; one that nobody ends has none. */
export interface GateSetup {
  readonly gate?: Gate;
  /** Its heap, in megabytes, beside what is let go soon. */
  readonly heapMegabytes?: number;
}

export function setGate({ gate, heapMegabytes }: GateSetup): void {
  own = gate;
  if (heapMegabytes !== undefined) heap = heapMegabytes * 2 ** 20;
}

/** That of this thread. */
export function ownGate(): Gate | undefined {
  return own;
}

/** Does work in native code, once the gate is open: behind one that is shut, a thread waits for its end. */
export function throughGate<T>(work: () => T): T {
  if (!own) return work();
  makeRoom();
  const { states, at } = own;
  while (Atomics.compareExchange(states, at, GateState.outside, GateState.inside) !== GateState.outside)
    Atomics.wait(states, at, GateState.shut);
  try {
    return work();
  } finally {
    Atomics.store(states, at, GateState.outside);
    Atomics.notify(states, at);
  }
}

/** The part of a heap that is not to be in use when native code begins, which takes next to nothing of it. */
const SPARE = 0.1;

/** Sees to it that there is room on the heap; where there is hardly any, the thread ends here as it would a little later. */
function makeRoom(): void {
  if (hasRoom(SPARE)) return;
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
  // What is full but for this would have to be cleared again and again.
  if (hasRoom(2 * SPARE)) return;
  for (const filler: unknown[] = []; ; ) filler.push(new Array(1 << 16).fill(filler.length));
}

function hasRoom(part: number): boolean {
  return v8.getHeapStatistics().used_heap_size < heap * (1 - part);
}
