/** Calls that come before the test that should guard them, or behind one that says no. */
import { describe, expect, it } from 'vitest';
import { writtenAt } from '../preprocessor/ptoken';
import { unitOf } from '../testing/unit';
import { unguardedCalls } from './guards';
import { buildGraph } from './lowering';

const BEFORE =
  'struct door { struct door *next; int number; }; int use(struct door *door); int is_oak(struct door *door); struct door *make(void);\n' +
  '#define CHECKED(door) (door) ? (door)->number : 0\n#define rarely(x) __builtin_expect(!!(x), 0)\n';

/**
 * Fails unless the calls of `use()` that are not guarded, in a function with doors `a` and `b` and a number, are those
 * with `// early` (a test stands below) or `// refused` (a test said no) behind them.
 */
function checkGuards(body: string): void {
  const text = `${BEFORE}void f(struct door *a, struct door *b, int n)\n{\n${body}\n}\n`;
  const { globals } = unitOf({ '/main.c': text });
  const { item, reading } = globals.definitionOf('f')!;
  const { declarations, tokens } = globals.parseWhole(reading, item);
  const graph = buildGraph(declarations.find(({ name }) => name === 'f')!.body!, globals, { noreturn: new Set() });
  if ('skipped' in graph) throw new Error(graph.skipped);
  const found = new Map(
    unguardedCalls(graph, { call: 'use', asserted: new Set(['is_oak']), tokens, transparent: new Set(['rarely']) }).map(
      ({ call, isRefused }) => [
        text.slice(0, writtenAt(tokens[call.first]).start).split('\n').length - 1,
        isRefused ? 'refused' : 'early',
      ],
    ),
  );
  const plain = text.split('\n').map((line) => line.replace(/ *\/\/ \w+$/, ''));
  const said = plain.map((line, index) => (found.has(index) ? `${line}    // ${found.get(index)}` : line));
  expect(said.join('\n')).toBe(text.replace(/ *(\/\/ \w+)$/gm, '    $1'));
}

describe('a call that wants its argument tested', () => {
  it('is early where the test stands below it, on every way to the test', () => {
    checkGuards(`
      use(a);    // early
      if (a)
          n++;
      if (n)
          use(b);
      if (b)
          n++;
    `);
  });

  it('is early where the pointer was followed on one of two ways alone, and not where it was called on one', () => {
    checkGuards(`
      if (n)
          a->number = 1;
      use(a);    // early
      if (a)
          n++;
      if (n)
          n++;
      else
          use(b);
      if (b)
          n++;
    `);
  });

  it('is refused where a test says that there is nothing, or not of its kind', () => {
    checkGuards(`
      if (!a)
          use(a);    // refused
      if (b == 0)
          use(b);    // refused
      if (!is_oak(b))
          use(b);    // refused
      if (a && is_oak(a))
          use(a);
    `);
  });

  it('is fine behind a test that says yes, and where the pointer was followed before', () => {
    checkGuards(`
      if (a)
          use(a);
      b->number = 1;
      use(b);
      if (b)
          n++;
    `);
  });

  it('is fine where nobody ever asks', () => {
    checkGuards('use(a); use(b);');
  });

  it('is another one once its variable holds something else', () => {
    checkGuards(`
      use(a);
      a = make();
      if (a)
          n++;
      if (!b) {
          b = make();
          use(b);
      }
    `);
  });

  it('counts on both sides of && and ||', () => {
    checkGuards(`
      if (a && use(a))
          n++;
      if (!b || use(b))
          n++;
      if (a || use(a))    // refused
          n++;
    `);
  });

  it('is judged by a test in a macro that hands it on', () => {
    checkGuards(`
      use(a);    // early
      if (rarely(!a))
          n++;
    `);
  });

  it('is not judged by a test that a macro makes of its argument', () => {
    checkGuards(`
      use(a);
      n = CHECKED(a);
    `);
  });
});
