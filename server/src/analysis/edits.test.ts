/** Which fixes are applied together, and what the text is then. */
import { expect, it } from 'vitest';
import { applyEdits, planFixes } from './edits';
import type { Finding, Fix } from './finding';

const TEXT = 'abcdefgh';

/** A fix of one file: `[start, end, text]` each. */
function fix(edits: readonly (readonly [number, number, string])[], safe = true, path = '/a.c'): Fix {
  return { title: '', safe, edits: edits.map(([start, end, text]) => ({ path, start, end, text })) };
}

function finding(...fixes: Fix[]): Finding {
  return { path: '/a.c', start: 0, end: 1, rule: 'r', severity: 'error', message: '', related: [], fixes };
}

/** The text after one round. */
function fixed(findings: readonly Finding[], { unsafe = false, editable = true } = {}): string {
  const { edits } = planFixes(findings, unsafe, () => editable);
  return applyEdits(TEXT, edits.get('/a.c') ?? []);
}

it('makes edits that touch no common byte, in whatever order they come', () => {
  expect(
    fixed([
      finding(
        fix([
          [4, 5, 'E'],
          [1, 2, 'B'],
        ]),
      ),
      finding(fix([[2, 4, '']])),
    ]),
  ).toBe('aBEfgh');
});

it('leaves the later of two that overlap for the next round', () => {
  const findings = [finding(fix([[1, 4, 'X']])), finding(fix([[3, 6, 'Y']])), finding(fix([[7, 8, 'Z']]))];
  expect(fixed(findings)).toBe('aXefgZ');
  expect(planFixes(findings, false, () => true).fixes).toHaveLength(2);
});

it('applies a fix whole or not at all', () => {
  expect(
    fixed([
      finding(fix([[3, 4, 'D']])),
      finding(
        fix([
          [0, 1, 'A'],
          [3, 5, '-'],
        ]),
      ),
    ]),
  ).toBe('abcDefgh');
});

it('makes an edit once that two findings ask for', () => {
  const include: readonly [number, number, string] = [0, 0, '#include <x>\n'];
  expect(fixed([finding(fix([include, [1, 2, 'B']])), finding(fix([include, [3, 4, 'D']]))])).toBe(
    '#include <x>\naBcDefgh',
  );
});

it('does not guess which of two insertions at one place comes first', () => {
  expect(fixed([finding(fix([[2, 2, 'x']])), finding(fix([[2, 2, 'y']]))])).toBe('abxcdefgh');
});

it('lets an insertion stand at the edge of what is replaced, but not inside', () => {
  expect(
    fixed([
      finding(fix([[2, 4, '--']])),
      finding(
        fix([
          [2, 2, 'x'],
          [4, 4, 'y'],
        ]),
      ),
    ]),
  ).toBe('abx--yefgh');
  expect(fixed([finding(fix([[2, 4, '--']])), finding(fix([[3, 3, 'x']]))])).toBe('ab--efgh');
});

it('takes the first fix that is safe, others only when asked', () => {
  const choice = finding(fix([[0, 1, 'U']], false), fix([[0, 1, 'S']]));
  expect(fixed([choice])).toBe('Sbcdefgh');
  expect(fixed([choice], { unsafe: true })).toBe('Ubcdefgh');
  expect(fixed([finding(fix([[0, 1, 'U']], false))])).toBe(TEXT);
});

it('takes none that clashes with itself, is empty, or edits a file that may not be edited', () => {
  expect(
    fixed([
      finding(
        fix([
          [0, 3, 'x'],
          [2, 4, 'y'],
        ]),
      ),
    ]),
  ).toBe(TEXT);
  expect(planFixes([finding(fix([]))], false, () => true).fixes).toEqual([]);
  expect(fixed([finding(fix([[0, 1, 'x']]))], { editable: false })).toBe(TEXT);
});
