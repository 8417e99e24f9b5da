/** Messages as a list of problems shows them. */
import { expect, it } from 'vitest';
import type { Finding } from '../analysis/finding';
import { shortMessage } from './short-message';

const place = { path: '/linux/a.h', start: 0, end: 1 };
const finding = (message: string, ...related: string[]): Finding => ({
  rule: 'raw-pgmap',
  severity: 'error',
  ...place,
  message,
  related: related.map((one) => ({ ...place, message: one })),
  fixes: [],
});

it('says what to do first, and leaves the quotation to the related place', () => {
  const quote = 'long head; /* Bit zero is set. Use with care (twice) */';
  const said = finding(
    `page->pgmap shares its word with head ("${quote}", a.h:57): it is tagged. Use page_pgmap().`,
    `"${quote}"`,
  );
  expect(shortMessage(said, true)).toBe('Use page_pgmap(). page->pgmap shares its word with head: it is tagged.');
  expect(shortMessage(said, false)).toBe(
    `Use page_pgmap(). page->pgmap shares its word with head ("${quote}", a.h:57): it is tagged.`,
  );
});

it('leaves a message alone that says no more than what is wrong', () => {
  expect(shortMessage(finding('It grows. Nothing is free.'), true)).toBe('It grows. Nothing is free.');
  expect(shortMessage(finding('It says "so. Use it": this does not hold.'), true)).toBe(
    'It says "so. Use it": this does not hold.',
  );
});
