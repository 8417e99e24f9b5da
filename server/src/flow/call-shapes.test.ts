/** Calls that are alike but for the names of what their callers hand over. */
import { describe, expect, it } from 'vitest';
import { checkDoors } from '../testing/door-states';
import { AbstractState } from './abstract-state';
import { renamed, shapeOf } from './call-shapes';
import type { FlowFunction } from './callees';
import { pointer, type Value } from './objects';
import { SharedMap } from './shared-map';

describe('the shape of a call', () => {
  it('keeps which names are the same, and what kind of name each is', () => {
    expect(shapeOf('f(&v3.1;,&p12.0;.next) v3.1;=&#4.5.6;')).toEqual({
      text: 'f(&v0;,&p1;.next) v0;=&#2;',
      roots: ['v3.1;', 'p12.0;', '#4.5.6;'],
    });
    expect(shapeOf('f(&v3.1;,&v3.1;)').text).not.toBe(shapeOf('f(&v3.1;,&v3.2;)').text);
    expect(shapeOf('f(&v3.1;)').text).not.toBe(shapeOf('f(&p3.1;)').text);
  });

  it('is given the names of another call', () => {
    const of = {} as FlowFunction;
    const values = new Map<string, Value>([['v3.1;.next', pointer('*(p12.0;)', '^(v3.1;)')]]);
    const way = new AbstractState(new SharedMap(values), undefined, new SharedMap(new Map([['v3.1;->n; > 2', true]])));
    const losses = [{ kind: 'place', text: 'p12.0;.n' }] as const;
    const effects = { of, outcomes: [{ way, value: pointer('v3.1;') }], violations: [], losses };
    const other = renamed({ effects, roots: ['v3.1;', 'p12.0;'] }, ['v13.1;', 'v3.1;']);
    const [left] = other.outcomes;
    expect([...left.way.values]).toEqual([['v13.1;.next', pointer('*(v3.1;)', '^(v13.1;)')]]);
    expect([...left.way.truths]).toEqual([['v13.1;->n; > 2', true]]);
    expect(left.value).toEqual(pointer('v13.1;'));
    expect(other.losses).toEqual([{ kind: 'place', text: 'v3.1;.n' }]);
  });
});

describe('a function that is called again', () => {
  it('does to each caller’s objects what it does', () => {
    checkDoors(`
static void swing(struct door *first, struct door *second) { open(first); shut(second); }
void f(struct door *a, struct door *b) { swing(a, b); look(a);    // open
look(b);    // shut
}
void g(struct door *c, struct door *d, struct house *house)
{
    swing(house->front, c);
    look(house->front);    // open
    look(c);    // shut
    swing(d, d);
    look(d);    // shut
}`);
  });

  it('calls itself from wherever it is called', () => {
    checkDoors(`
static void walk(struct door *door, int n) { if (n) walk(door->next, n - 1); open(door); }
void f(struct door *a) { walk(a, 2); look(a);    // open
}
void g(struct door *b) { walk(b->next, 2); look(b->next);    // open
}`);
  });
});
