/** How ways meet: what is kept apart, what is kept of both, and where all is given up. */
import { describe, expect, it } from 'vitest';
import type { PToken } from '../preprocessor/ptoken';
import { checkDoorsIn } from '../testing/door-states';
import { AbstractState, joined, type Mark, stateLattice } from './abstract-state';
import { number, pointer } from './objects';

/** A mark that the token at a place made. */
const mark = (state: string, start = 0): Mark => ({ state, site: { start } as PToken, note: '' });

function way(marks: Readonly<Record<string, Mark>>, values: Readonly<Record<string, number>> = {}): AbstractState {
  const made = new AbstractState();
  for (const [object, one] of Object.entries(marks)) made.setMark(object, 'door', one);
  for (const [place, value] of Object.entries(values)) made.values.set(place, number(value));
  return made;
}

const statesOf = (ways: Iterable<AbstractState>) =>
  [...ways].map(({ objects }) =>
    [...objects].map(([object, marks]) => `${object}=${[...marks.values()].map(({ state }) => state)}`).join(' '),
  );

describe('ways that meet', () => {
  it('are one where all objects are in the same states, and keep of the rest what both know', () => {
    const one = way({ a: mark('open', 7) }, { x: 1, y: 2 });
    const other = way({ a: mark('open', 3) }, { x: 1, y: 3 });
    one.learnTruth('n', true);
    other.learnTruth('n', false);
    const [met, ...more] = joined([one, other]).values();
    expect(more).toEqual([]);
    expect([...met.values.keys()]).toEqual(['x']);
    expect(met.truths.size).toBe(0);
    // A report points at the mark that stands first.
    expect(met.mark('a', 'door')?.site.start).toBe(3);
  });

  it('stay apart where an object is in another state, or is named otherwise', () => {
    expect(statesOf(joined([way({ a: mark('open') }), way({ a: mark('shut') }), way({})]).values())).toEqual([
      'a=open',
      'a=shut',
      '',
    ]);
    const [one, other] = [way({ a: mark('open') }), way({ a: mark('open') })];
    one.values.set('p', pointer('a'));
    expect(joined([one, other]).size).toBe(2);
  });

  it('know nothing of objects where there are too many of them', () => {
    const many = (count: number) =>
      joined(Array.from({ length: count }, (_, index) => way({ [`o${index}`]: mark('open') }, { x: 1, y: index })));
    expect(many(24).size).toBe(24);
    const [blank, ...more] = many(25).values();
    expect(more).toEqual([]);
    expect(blank.objects.size).toBe(0);
    expect([...blank.values.keys()]).toEqual(['x']);
  });

  it('are the same where nothing but their order differs', () => {
    const { equals, merge } = stateLattice(new AbstractState());
    const [one, other] = [joined([way({ a: mark('open') })]), joined([way({ a: mark('shut') })])];
    expect(equals(merge(one, other), merge(other, one))).toBe(true);
    expect(equals(one, merge(one, other))).toBe(false);
    expect(equals(merge(one, one), one)).toBe(true);
  });
});

describe('an abstract state', () => {
  it('and its copy do not see what happens to the other', () => {
    const one = way({ a: mark('open') }, { x: 1 });
    const copy = one.copy();
    copy.setMark('a', 'door', mark('shut'));
    copy.values.set('x', number(2));
    one.learnTruth('n', true);
    expect(statesOf([one, copy])).toEqual(['a=open', 'a=shut']);
    expect(one.values.get('x')).toEqual(number(1));
    expect(copy.truths.size).toBe(0);
  });

  it('remembers the last truths, and forgets the oldest', () => {
    const one = new AbstractState();
    for (let index = 0; index < 25; index++) one.learnTruth(`t${index}`, true);
    expect([one.truths.has('t0'), one.truths.has('t1'), one.truths.has('t24')]).toEqual([false, true, true]);
  });

  it('drops an object that a call made, once nothing names it', () => {
    const one = way({ '#1.4.6;': mark('open'), 'v1.0;': mark('open') });
    one.values.set('v1.1;', pointer('#1.4.6;'));
    one.freeze();
    expect(statesOf([one])).toEqual(['#1.4.6;=open v1.0;=open']);
    const other = one.copy();
    other.values.delete('v1.1;');
    other.freeze();
    expect(statesOf([other])).toEqual(['v1.0;=open']);
  });

  it('of a function tells ways apart by what variables name, through a loop', () => {
    checkDoorsIn(`
      struct door *last = b;

      shut(b);
      while (n--) {
          last = a;
          open(a);
      }
      look(last);    // open or shut
    `);
  });
});
