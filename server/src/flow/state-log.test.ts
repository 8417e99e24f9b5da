/** What a loss takes out of what is known, and which losses a caller has to hear of. */
import { describe, expect, it } from 'vitest';
import { number, pointer, type Value } from './objects';
import { SharedMap } from './shared-map';
import { forgetIn, type Loss, StateLog } from './state-log';

const VALUES: readonly [string, Value][] = [
  ['v1.0;', pointer('p1.0;')],
  ['v1.0;.floors', number(2)],
  ['v1.0;.floors.height', number(3)],
  ['p1.0;.front', pointer('#1.2.4;')],
  ['p1.1;.front', { kind: 'result', test: 0, object: '#1.2.4;', negated: false }],
];

/** The places, objects and truths that are left after a loss. */
function left(loss: Loss): string[] {
  const known = {
    values: new SharedMap(new Map(VALUES)),
    objects: new SharedMap<string, unknown>(
      new Map([
        ['p1.0;', 1],
        ['#1.2.4;', 1],
      ]),
    ),
    truths: new SharedMap(new Map([['v1.0;->floors; > 2', true]])),
  };
  forgetIn(known, loss);
  return [...known.values.keys(), ...known.objects.keys(), ...known.truths.keys()];
}

const ALL = [...VALUES.map(([place]) => place), 'p1.0;', '#1.2.4;', 'v1.0;->floors; > 2'];
const without = (...gone: string[]) => ALL.filter((one) => !gone.includes(one));

describe('a loss', () => {
  it.each<[Loss['kind'], string, string[]]>([
    ['object', '#1.2.4;', without('#1.2.4;', 'p1.1;.front')],
    ['named', '#1.2.4;', without('#1.2.4;', 'p1.1;.front', 'p1.0;.front')],
    ['place', 'v1.0;.floors', without('v1.0;.floors', 'v1.0;.floors.height')],
    // Variables' own members are nobody else's.
    ['member', 'front', without('p1.0;.front', 'p1.1;.front')],
    ['member', 'floors', ALL],
    ['truth', '->floors;', without('v1.0;->floors; > 2')],
    ['objects', '', without('p1.0;', '#1.2.4;')],
    ['all', '', []],
  ])('of kind %s, of "%s", takes what it names and leaves the rest', (kind, text, expected) => {
    expect(left({ kind, text })).toEqual(expected);
  });
});

describe('the log of a function', () => {
  it('has each loss once, and none of what the function made itself', () => {
    const log = new StateLog(['v3.', '#3.']);
    log.note({ kind: 'object', text: 'p1.0;' });
    log.note({ kind: 'object', text: 'p1.0;' });
    log.note({ kind: 'place', text: 'p1.0;' });
    log.note({ kind: 'place', text: '*(v3.1;)' });
    expect(log.losses).toEqual([
      { kind: 'object', text: 'p1.0;' },
      { kind: 'place', text: 'p1.0;' },
    ]);
  });
});
