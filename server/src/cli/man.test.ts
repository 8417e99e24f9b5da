/** The manual page is as the commands say, and has all of them. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { manPage } from './man';

const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../../man/overlint.1'), 'utf8');

it('is in man/overlint.1; if not, run: npm run docs', () => {
  expect(manPage()).toBe(page);
});

it('has commands with their flags, exit codes, and examples in their form', () => {
  expect(page).toContain('.SS overlint hook [options] <what>\n');
  expect(page).toContain('.B \\-\\-fail\\-on <severity>\n');
  expect(page).toMatch(/^\.nf\n {2}overlint check {2,}the whole tree that you stand in$/m);
  expect(page.match(/^\.nf$/gm)).toHaveLength(page.match(/^\.fi$/gm)?.length ?? 0);
});
