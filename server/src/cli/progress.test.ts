/** What the progress bar says. */
import { expect, it } from 'vitest';
import { progressLine } from './progress';

it('tells a total only once it stands', () => {
  expect(progressLine({ step: 'scan', done: 1200 }, '==--')).toBe('Looking for candidates: 1200 files so far');
  expect(progressLine({ step: 'scan', done: 1200, total: 2400 }, '==--')).toBe(
    'Looking for candidates [==--] 1200/2400 files',
  );
});
