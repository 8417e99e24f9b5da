/** The README's pictures show what Overlint does now. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../server/src/testing/bundle';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

it('are drawn from the demo as it is: else run npm run pictures', { timeout: 60_000 }, () => {
  const pictures = path.join(import.meta.dirname, 'pictures.mjs');
  const env = { ...process.env, OVERLINT_BUNDLES: bundles };
  const { status, stderr } = spawnSync(process.execPath, [pictures, '--check'], { encoding: 'utf8', env });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
