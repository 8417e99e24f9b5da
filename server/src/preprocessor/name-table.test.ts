/** The columns that say where names are declared. */
import { describe, expect, it } from 'vitest';
import { Chains, NameColumns } from './name-table';

describe('a table', () => {
  it('gives the items of a name once each, and its names in their order', () => {
    const columns = new NameColumns();
    for (const [id, item] of [
      [7, 0],
      [5, 0],
      [7, 0],
      [7, 2],
      [5, 3],
    ])
      columns.add(id, item);
    const table = columns.take();
    expect([...table]).toEqual([
      [7, [0, 2]],
      [5, [0, 3]],
    ]);
    expect(table.get(1)).toEqual([]);
    expect(table.declaring).toEqual([0, 2, 3]);
    expect([...columns.take()]).toEqual([]);
  });

  it('holds as many as there are', () => {
    const columns = new NameColumns();
    for (let id = 0; id < 1000; id++) columns.add(id, id);
    expect(columns.take().get(999)).toEqual([999]);
  });
});

describe('chains', () => {
  it('give the values of a name in their order, and take them out wherever they stand', () => {
    const chains = new Chains<string>();
    for (const value of ['a', 'b', 'b', 'c']) chains.add(9, value);
    chains.add(100_000, 'z');
    expect([chains.of(9), chains.of(100_000), chains.of(8), chains.of(1 << 20)]).toEqual([
      ['a', 'b', 'c'],
      ['z'],
      [],
      [],
    ]);
    chains.remove(9, 'b');
    chains.remove(9, 'b');
    chains.remove(1 << 20, 'b');
    expect(chains.of(9)).toEqual(['a', 'c']);
    chains.remove(9, 'c');
    chains.add(9, 'd');
    expect(chains.of(9)).toEqual(['a', 'd']);
  });

  it('take no more room however often values come and go', () => {
    const chains = new Chains<number>();
    for (let turn = 0; turn < 100; turn++) {
      for (const id of [1, 2, 3]) chains.add(id, turn);
      for (const id of [1, 2, 3]) chains.remove(id, turn);
    }
    expect((Reflect.get(chains, 'values') as unknown[]).length).toBeLessThan(10);
  });
});
