/** Whether a text was shown, by pagers that read none of it. */
import { expect, it } from 'vitest';
import { throughPager } from './pager';

/** More than a pipe holds, so that whoever does not read leaves the rest behind. */
const LONG = Buffer.alloc(1 << 20, 'x');

it.skipIf(process.platform === 'win32').each([
  ['true', true],
  ['exit 1', true],
  ['no-such-program 2>/dev/null', false],
  ['exit 126', false],
  ['', false],
  ['cat', false],
])('%j: %j', (pager, isShown) => {
  expect(throughPager(LONG, { PATH: process.env.PATH, OVERLINT_PAGER: pager })).toBe(isShown);
});
