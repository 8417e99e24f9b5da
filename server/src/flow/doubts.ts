/** What a function's graph holds of which the analysis says nothing, or less: for the counters behind `--stats`. */
import { type Block, type FlowGraph, reachable, type Step } from './graph';

/** What was found, and how often; nothing for most functions. */
export function* doubtsIn(graph: FlowGraph): Iterable<[what: string, count: number]> {
  const order = reachable(graph);
  const reached = new Set(order);
  const unreached = graph.blocks.filter((block) => block.steps.some(isCode) && !reached.has(block)).length;
  if (unreached > 0) yield ['code that nothing leads to', unreached];
  const unknown = order.flatMap(({ steps }) => steps.filter((step) => step.kind === 'unknown')).length;
  if (unknown > 0) yield ['statements that are not understood', unknown];
  const entries = sideEntries(order);
  if (entries > 0) yield ['loops that are entered in the middle', entries];
}

/** Whether a step stands for anything in the text. */
function isCode(step: Step): boolean {
  return step.kind !== 'leave' && !(step.kind === 'hold' && step.value === undefined);
}

/** Edges that lead back to a block through which not every way to their start goes. */
function sideEntries(order: readonly Block[]): number {
  const position = new Map(order.map((block, index) => [block, index]));
  let back: { from: number; to: number }[] = [];
  for (const [from, block] of order.entries())
    for (const edge of block.edges) {
      const to = position.get(edge.to);
      if (to !== undefined && to <= from) back.push({ from, to });
    }
  if (back.length === 0) return 0;
  const above = dominators(order, position);
  back = back.filter(({ from, to }) => {
    let block = from;
    while (block > to) block = above[block];
    return block !== to;
  });
  return back.length;
}

/** For each block, in reverse postorder, the last block that every way to it goes through (Cooper, Harvey, Kennedy). */
function dominators(order: readonly Block[], position: ReadonlyMap<Block, number>): Int32Array {
  const before: number[][] = order.map(() => []);
  for (const [from, block] of order.entries())
    for (const { to } of block.edges) before[position.get(to) ?? 0].push(from);
  const above = new Int32Array(order.length).fill(-1);
  above[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let block = 1; block < order.length; block++) {
      let common = -1;
      for (const from of before[block]) {
        if (above[from] < 0) continue;
        if (common < 0) {
          common = from;
          continue;
        }
        let other = from;
        while (other !== common) {
          if (other > common) other = above[other];
          else common = above[common];
        }
      }
      if (common >= 0 && above[block] !== common) {
        above[block] = common;
        changed = true;
      }
    }
  }
  return above;
}
