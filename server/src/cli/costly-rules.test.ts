/** What is said before rules start that take minutes. */
import { expect, it } from 'vitest';
import { costlyNote } from './costly-rules';

function said(named: readonly string[] | undefined, totals: readonly (number | undefined)[]): string {
  let text = '';
  const err = { write: (more: string) => (text += more) } as unknown as Parameters<typeof costlyNote>[1];
  const note = costlyNote(named && new Set(named), err);
  for (const total of totals) note({ step: 'scan', done: 0, total });
  return text;
}

it('says once what takes minutes, when it is known how many files there are', () => {
  expect(said(['wrong-union-state'], [undefined, 59932, 59932])).toBe(
    'overlint: wrong-union-state parses every function: 59,932 files, this takes minutes\n',
  );
  expect(said(['unasked-word', 'raw-pgmap', 'wrong-union-state'], [600])).toBe(
    'overlint: unasked-word and wrong-union-state parse every function: 600 files, this takes minutes\n',
  );
});

it('says nothing of few files, of other rules, and of the defaults', () => {
  expect(said(['wrong-union-state'], [500])).toBe('');
  expect(said(['hole-leak', 'raw-pgmap'], [59932])).toBe('');
  expect(said(undefined, [59932])).toBe('');
});
