/** Which variables are dead where, and that what they held is still right where it is asked for. */
import { describe, expect, it } from 'vitest';
import { checkDoorsIn } from '../testing/door-states';
import { unitOf } from '../testing/unit';
import { reachable } from './graph';
import { deadAround } from './liveness';
import { buildGraph } from './lowering';

/** The names of variables that are given up somewhere in a function with a number `n`. */
function givenUp(body: string): readonly string[] {
  const { globals } = unitOf({ '/main.c': `void use(long); void f(long n) { ${body} }` });
  const { item, reading } = globals.definitionOf('f')!;
  const declared = globals.parseWhole(reading, item).declarations.find(({ name }) => name === 'f')!;
  const graph = buildGraph(declared.body!, globals, { noreturn: new Set() });
  if ('skipped' in graph) throw new Error(graph.skipped);
  const dead = reachable(graph).flatMap(({ steps }) => {
    const { before, behind } = deadAround(graph, steps);
    return [...before, ...behind].map(({ name }) => name);
  });
  return [...new Set(dead)].sort();
}

describe('a variable', () => {
  it('is given up behind the block that reads it last', () => {
    expect(givenUp('long i = n; use(i); if (n) use(n); use(1);')).toEqual(['i', 'n']);
    expect(givenUp('long i = n; while (n--) use(i);')).toEqual(['i', 'n']);
  });

  it('is given up on the side of a test that does not read it', () => {
    expect(givenUp('long i = 1; if (n) use(i); else { i = 2; for (;;) use(i); }')).toEqual(['i', 'n']);
  });

  it('is kept where others than its name lead to it', () => {
    expect(givenUp('long i = n, *p = &i; use(*p); if (n) use(*p);')).toEqual(['n', 'p']);
    expect(givenUp('static long i; i = n; use(i); if (n) use(0);')).toEqual(['n']);
    expect(givenUp('struct { long a; } s = { n }; use(s.a); if (n) use(1);')).toEqual(['n']);
    expect(givenUp('long i; asm("" : "=r"(i)); use(i); if (n) use(1);')).toEqual(['n']);
  });

  it('is as it was where it is read in a later turn, or by its address', () => {
    checkDoorsIn(`
      struct door *p = a, **q = &p;
      open(a);
      shut(b);
      while (n--)
          if (n == 3)
              paint(b);
      look(*q);    // open
      p = b;
      if (n)
          paint(a);
      look(p);    // shut
    `);
  });
});
