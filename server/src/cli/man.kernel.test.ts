/** groff reads the manual page without a word of warning. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

it('is clean, and says what it is', () => {
  const page = path.resolve(import.meta.dirname, '../../../man/overlint.1');
  const { stdout, stderr } = spawnSync('groff', ['-ww', '-man', '-Tascii', '-P-cbou', page], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/NAME\n +overlint - memory-layout linter for Linux kernel C\n/);
  expect(stdout).toMatch(/^ +--fix-dry-run\n/m);
});
