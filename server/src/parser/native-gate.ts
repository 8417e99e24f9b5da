/**
 * The gate in front of native code. The native module throws where nobody can catch it when its thread is being ended, and
 * takes the whole process with it: a thread that another one may end goes into native code through a gate, and whoever
 * ends the thread shuts the gate first, while nobody is inside.
 */

/** What a gate is: `unused` belongs to no thread. */
export const GateState = { unused: 0, outside: 1, inside: 2, shut: 3 } as const;

/** A place in memory that threads share. */
export interface Gate {
  readonly states: Int32Array;
  readonly at: number;
}

let own: Gate | undefined;

/** Names the gate of this thread; one that nobody ends needs none. */
export function setGate(gate: Gate | undefined): void {
  own = gate;
}

/** That of this thread. */
export function ownGate(): Gate | undefined {
  return own;
}

/** Does work in native code, once the gate is open: behind one that is shut, a thread waits for its end. */
export function throughGate<T>(work: () => T): T {
  if (!own) return work();
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
