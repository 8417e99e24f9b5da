/** Copies that share their content until one of them is changed. */
import { expect, it } from 'vitest';
import { SharedMap } from './shared-map';

it('copies see nothing of what is done to each other, nor to the one that they were made of', () => {
  const first = new SharedMap(new Map([['a', 1]]));
  const second = first.copy();
  const third = second.copy();
  first.set('b', 3);
  second.set('a', 2);
  third.delete('a');
  expect([[...first], [...second], [...third]]).toEqual([
    [
      ['a', 1],
      ['b', 3],
    ],
    [['a', 2]],
    [],
  ]);
});

it('goes on over what it held before, where it is changed on the way', () => {
  const map = new SharedMap(
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  ).copy();
  const seen: string[] = [];
  for (const [key] of map) {
    map.clear();
    seen.push(key);
  }
  expect(seen).toEqual(['a', 'b']);
  expect(map.size).toBe(0);
});
