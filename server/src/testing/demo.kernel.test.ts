/** The demo is C: a compiler takes all of it, so that what Overlint says of it is about the code and not the syntax. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

it('compiles', () => {
  const demo = path.resolve(import.meta.dirname, '../../../demo');
  const make = spawnSync('make', ['check'], { cwd: demo, encoding: 'utf8' });
  expect(make.stderr).toBe('');
  expect(make.status).toBe(0);
});
