/** The solver, over a lattice of sets: every fact that reaches a block by any way. */
import { describe, expect, it } from 'vitest';
import { unitOf } from '../testing/unit';
import { type FlowGraph, reachable } from './graph';
import type { Lattice } from './lattice';
import { buildGraph } from './lowering';
import { solve } from './solver';

/** The graph of a function `f` with a number `n`. */
function graphOf(body: string): FlowGraph {
  const { globals } = unitOf({ '/main.c': `void one(void); void two(void); void f(int n) { ${body} }` });
  const { item, reading } = globals.definitionOf('f')!;
  const declared = globals.parseWhole(reading, item).declarations.find(({ name }) => name === 'f')!;
  const graph = buildGraph(declared.body!, globals, { noreturn: new Set(['stop']) });
  if ('skipped' in graph) throw new Error(graph.skipped);
  return graph;
}

type Names = ReadonlySet<string>;

const UNION: Lattice<Names> = {
  initial: () => new Set(),
  equals: (one, other) => one.size === other.size && [...one].every((name) => other.has(name)),
  merge: (one, other) => new Set([...one, ...other]),
};

/** Names of the functions that may have been called before a function ends; undefined where it never does. */
function called(body: string, lattice = UNION, branch = true): readonly string[] | undefined {
  const graph = graphOf(body);
  const { before, complete } = solve(graph, lattice, {
    steps(names, steps) {
      const after = new Set(names);
      for (const step of steps)
        if (step.kind === 'evaluate' && step.expression.kind === 'call' && step.expression.callee.kind === 'name')
          after.add(step.expression.callee.name);
      return after;
    },
    branch: (names, _test, holds) => (holds && !branch ? undefined : names),
  });
  expect(complete).toBe(true);
  const names = before.get(graph.exit);
  return names && [...names].sort();
}

describe('the solver', () => {
  it('brings what a block leaves to all that follow it', () => {
    expect(called('if (n) one(); else two();')).toEqual(['one', 'two']);
    expect(called('if (n) { one(); return; } two();')).toEqual(['one', 'two']);
    expect(called('while (n) one();')).toEqual(['one']);
  });

  it('takes no side of a test that no execution takes', () => {
    expect(called('if (n) one(); else two();', UNION, false)).toEqual(['two']);
  });

  it('reaches no end that is not there', () => {
    expect(called('for (;;) one();')).toBeUndefined();
    expect(called('stop();')).toBeUndefined();
  });

  it('gives up where the facts never settle', () => {
    const graph = graphOf('while (n) one();');
    let turn = 0;
    const growing: Lattice<number> = { initial: () => 0, equals: () => false, merge: () => turn++ };
    const { complete } = solve(graph, growing, { steps: (state) => state, branch: (state) => state });
    expect(complete).toBe(false);
  });
});

describe('the blocks that can be reached', () => {
  it('come each before those that it leads to, loops apart, and leave out the others', () => {
    const graph = graphOf('one(); while (n) { if (n == 2) break; two(); } return; one();');
    const order = reachable(graph);
    expect(order[0]).toBe(graph.entry);
    expect(order.at(-1)).toBe(graph.exit);
    expect(order.length).toBeLessThan(graph.blocks.length);
    const position = new Map(order.map((block, index) => [block, index]));
    const back = order.flatMap((block, from) => block.edges.filter(({ to }) => position.get(to)! <= from));
    expect(back).toHaveLength(1);
  });
});
