/** A few kills at the same moments in each run; `npm run fuzz:kill` goes on from there. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../server/src/testing/bundle';

it('a kill leaves every source old or new and whole, and the next run right', async () => {
  const bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
  const args = [path.join(import.meta.dirname, 'fuzz-kill.mjs'), '--count', '12', '--seed', '7'];
  const env = { ...process.env, OVERLINT_BUNDLES: bundles };
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  fs.rmSync(bundles, { recursive: true });
  expect(stdout).toMatch(/^12 kills within \d+ ms, seed 7: 0 failures; /);
  expect(status).toBe(0);
});
