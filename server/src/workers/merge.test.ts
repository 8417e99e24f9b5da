/** What single files gave is put together in one order, whoever was first. */
import { expect, it } from 'vitest';
import type { Finding } from '../analysis/finding';
import type { Linted } from '../store/linted';
import { mergeFindings, mergeProblems, mergeStats } from './merge';

function finding(path: string, start: number, rule = 'r', message = 'm'): Finding {
  return { path, start, end: start + 1, rule, severity: 'error', message, related: [], fixes: [] };
}

function linted(...findings: Finding[]): Linted {
  return { file: '', findings, stats: {}, stamps: {}, problems: [] };
}

it('sorts by file as it is printed, place, rule and message', () => {
  const sorted = [
    finding('/b/generated.h', 0),
    finding('/k/Z.c', 0),
    finding('/k/a.c', 2),
    finding('/k/a.c', 10),
    finding('/k/a.c', 10, 's', 'k'),
    finding('/k/a.c', 10, 's', 'l'),
    finding('/k/a/b.c', 0),
  ];
  expect(mergeFindings([linted(...sorted.toReversed())], { kernel: '/k' })).toEqual(sorted);
});

it('keeps a header’s finding once, as the first file gave it', () => {
  const first = { ...finding('/k/a.h', 1), related: [{ path: '/k/a.c', start: 0, end: 1, message: 'used here' }] };
  expect(
    mergeFindings([linted(first), linted(finding('/k/a.h', 1)), linted(finding('/k/a.h', 2))], { kernel: '/k' }),
  ).toEqual([first, finding('/k/a.h', 2)]);
});

it('adds up counters and sorts them', () => {
  expect(Object.entries(mergeStats([{ b: 1, a: 2 }, { b: 3 }, {}]))).toEqual([
    ['a', 2],
    ['b', 4],
  ]);
});

it('says each problem once', () => {
  const problem = { path: '/k/a.c', message: 'm' };
  expect(mergeProblems([{ path: '/k/b.c', message: 'm' }, problem, { ...problem }])).toEqual([
    problem,
    { path: '/k/b.c', message: 'm' },
  ]);
});
