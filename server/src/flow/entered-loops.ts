/**
 * Graphs in which the first test of each loop stands apart from the later ones: a loop that goes over an array is taken to
 * run, so that what its body stores is stored behind it. Only where the first test is known to fail is the body skipped.
 */
import { type Block, type Edge, type FlowGraph, reachable, type Step } from './graph';

export interface EnteredLoops {
  readonly graph: FlowGraph;
  /** Tests that are asked before a loop's body ran, with the outcome that would leave the loop. */
  readonly first: ReadonlyMap<Step, boolean>;
  /** Every test that a loop asks again and again: what it came to last says nothing. */
  readonly repeated: ReadonlySet<Step>;
}

export function enteredLoops(graph: FlowGraph): EnteredLoops {
  const copies = new Map(graph.blocks.map((block) => [block, { ...block, edges: [...block.edges] } as MutableBlock]));
  for (const copy of copies.values()) copy.edges = copy.edges.map((edge) => ({ ...edge, to: copies.get(edge.to)! }));
  const made: FlowGraph = {
    blocks: [...copies.values()],
    entry: copies.get(graph.entry)!,
    exit: copies.get(graph.exit)!,
  };
  const first = new Map<Step, boolean>();
  const repeated = new Set<Step>();
  const added: Block[] = [];
  for (const [head, loop] of loopsOf(made)) peel(made, head as MutableBlock, loop, first, repeated, added);
  return { graph: { ...made, blocks: [...made.blocks, ...added] }, first, repeated };
}

interface MutableBlock {
  readonly index: number;
  readonly steps: Step[];
  edges: Edge[];
}

/** Heads of loops with the blocks from which they are reached again. */
function loopsOf(graph: FlowGraph): Map<Block, Set<Block>> {
  const order = reachable(graph);
  const position = new Map(order.map((block, index) => [block, index]));
  const before = new Map<Block, Block[]>();
  for (const block of order) for (const { to } of block.edges) before.set(to, [...(before.get(to) ?? []), block]);
  const loops = new Map<Block, Set<Block>>();
  for (const block of order)
    for (const { to: head } of block.edges) {
      if (position.get(head)! > position.get(block)!) continue;
      const loop = loops.get(head) ?? new Set([head]);
      loops.set(head, loop);
      const open = [block];
      for (let next = open.pop(); next; next = open.pop()) {
        if (loop.has(next) || position.get(next)! < position.get(head)!) continue;
        loop.add(next);
        open.push(...(before.get(next) ?? []));
      }
    }
  return loops;
}

/** Leads who comes from outside to a copy of the tests at the head of the loop. */
function peel(
  graph: FlowGraph,
  head: MutableBlock,
  loop: ReadonlySet<Block>,
  first: Map<Step, boolean>,
  repeated: Set<Step>,
  added: Block[],
): void {
  const tests = testsAt(head, loop);
  if (tests.size === 0) return;
  const copies = new Map<Block, MutableBlock>();
  for (const block of tests) {
    repeated.add(block.steps[block.steps.length - 1]);
    const steps = block.steps.map((step) => ({ ...step }));
    copies.set(block, { index: graph.blocks.length + added.length, steps, edges: [] });
    added.push(copies.get(block)!);
  }
  for (const [block, copy] of copies) {
    const test = copy.steps[copy.steps.length - 1];
    repeated.add(test);
    copy.edges = block.edges.map((edge) => ({ ...edge, to: (edge.to !== head && copies.get(edge.to)) || edge.to }));
    const leaving = block.edges.find(({ to, holds }) => !loop.has(to) && holds !== undefined);
    if (leaving?.holds !== undefined) first.set(test, leaving.holds);
  }
  for (const block of [...graph.blocks, ...added] as MutableBlock[]) {
    if (loop.has(block) || [...copies.values()].includes(block)) continue;
    block.edges = block.edges.map((edge) => (edge.to === head ? { ...edge, to: copies.get(head)! } : edge));
  }
}

/** The head, and the further tests of `a && b` behind it, as far as nothing else happens there. */
function testsAt(head: Block, loop: ReadonlySet<Block>): Set<Block> {
  const found = new Set<Block>();
  const open: { block: Block; end?: number }[] = [{ block: head }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { block, end } = next;
    const last = block.steps[block.steps.length - 1];
    const isBare = block.steps.every(({ kind }) => kind === 'test' || kind === 'hold');
    if (found.has(block) || !loop.has(block) || last?.kind !== 'test' || (block !== head && !isBare)) continue;
    // A test of its own in the body that leaves the loop leaves it before the body ran.
    if (end !== undefined && last.expression.first - end > MOST_BETWEEN) continue;
    found.add(block);
    open.push(...block.edges.map(({ to }) => ({ block: to, end: last.expression.end })));
  }
  return found;
}

/** As many tokens stand between the operands of one condition: an operator, and parentheses. */
const MOST_BETWEEN = 3;
