import { describe, expect, it } from 'vitest';
import { bucketsOf, nibblesOf } from './buckets';

const bytes = (word: string): number[] => [...Buffer.from(word, 'latin1')];

describe('bucketsOf', () => {
  it('puts each print into one bucket', () => {
    const prints = ['page', 'slab', 'lru_', 'MEMO', 'page', '(fol', '_ref', 'flag', 'head', 'type'].map(bytes);
    const buckets = bucketsOf(prints, 4);
    expect(buckets).toHaveLength(4);
    expect(buckets.flat().sort((a, b) => a - b)).toEqual(prints.map((_print, index) => index));
  });

  it('keeps the frequent ones apart, and adds the rare ones where they open least', () => {
    const buckets = bucketsOf(['e_te', 'MEMO', 'nt_s', 'nt_z'].map(bytes), 2);
    expect(buckets.find((members) => members.includes(0))).not.toContain(2);
    expect(buckets.find((members) => members.includes(2))).toContain(3);
  });

  it('has no more buckets than prints', () => {
    expect(bucketsOf(['page'].map(bytes), 8)).toEqual([[0]]);
    expect(bucketsOf([], 8)).toEqual([]);
  });
});

it('knows the bits of a byte, and of any', () => {
  expect(nibblesOf(0x5f)).toEqual({ low: 1 << 15, high: 1 << 5 });
  expect(nibblesOf(-1)).toEqual({ low: 0xffff, high: 0xffff });
});
