/** A few swaps of folders in each run; `npm run fuzz:swap` goes on from there. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundle, COMMAND_LINE, SERVER, WORKER } from '../server/src/testing/bundle';

it('a folder that becomes a link meanwhile leads to nothing outside', { timeout: 120_000 }, async () => {
  const bundles = await bundle({ ...COMMAND_LINE, ...SERVER, ...WORKER });
  const args = [path.join(import.meta.dirname, 'fuzz-swap.mjs'), '--count', '12', '--seed', '7'];
  const env = { ...process.env, OVERLINT_BUNDLES: bundles };
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  fs.rmSync(bundles, { recursive: true });
  expect(stdout).toMatch(/0 times something of outside was shown, 0 files outside written\n$/);
});
