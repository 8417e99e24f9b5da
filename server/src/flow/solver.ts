/** Runs a transfer function over a graph until nothing changes: a worklist in reverse postorder. */
import { type Block, type FlowGraph, type Match, reachable, type Step } from './graph';
import type { Lattice, Transfer } from './lattice';

export interface Solution<State> {
  /** What holds before the first step of each block that an execution may reach. */
  readonly before: ReadonlyMap<Block, State>;
  /** False where the cap was hit: the facts are then no fixed point, and nothing may be said. */
  readonly complete: boolean;
}

/** Visits of blocks, for each block of the graph, after which the solver gives up. */
const VISITS_PER_BLOCK = 60;

export function solve<State>(
  graph: FlowGraph,
  lattice: Lattice<State>,
  transfer: Transfer<State, Step, Match>,
): Solution<State> {
  const order = reachable(graph);
  const position = new Map(order.map((block, index) => [block, index]));
  const before = new Map<Block, State>([[graph.entry, lattice.initial()]]);
  const waiting = new Set<number>([0]);
  let visits = order.length * VISITS_PER_BLOCK;
  while (waiting.size > 0) {
    if (visits-- === 0) return { before, complete: false };
    let first = Number.POSITIVE_INFINITY;
    for (const index of waiting) if (index < first) first = index;
    waiting.delete(first);
    const block = order[first];
    for (const { to, state } of leaving(block, before.get(block) as State, transfer)) {
      const known = before.get(to);
      const merged = known === undefined ? state : lattice.merge(known, state);
      if (known !== undefined && lattice.equals(known, merged)) continue;
      before.set(to, merged);
      waiting.add(position.get(to) as number);
    }
  }
  return { before, complete: true };
}

/** The facts on each edge out of a block. */
function* leaving<State>(
  block: Block,
  state: State,
  transfer: Transfer<State, Step, Match>,
): Iterable<{ to: Block; state: State }> {
  state = transfer.steps(state, block.steps);
  const test = block.steps[block.steps.length - 1];
  for (const edge of block.edges) {
    const left =
      edge.holds !== undefined
        ? transfer.branch(state, test, edge.holds)
        : edge.match && transfer.match
          ? transfer.match(state, edge.match)
          : state;
    if (left !== undefined) yield { to: edge.to, state: left };
  }
}
