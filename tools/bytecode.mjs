// Keeps V8's bytecode of the bundles that a check runs beside them, as dist/NAME.code (server/src/files/bytecode.ts reads
// it): the demo tree is checked once, so that what a check calls is in it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** @param outdir The folder of the bundles. */
export function keepBytecode(outdir) {
  const folder = path.resolve(root, outdir);
  for (const name of fs.readdirSync(folder)) if (name.endsWith('.code')) fs.rmSync(path.join(folder, name));
  const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-build-'));
  const hook = path.join(root, 'tools/bytecode-hook.cjs');
  const question = ['check', path.join(root, 'demo'), '--jobs', '1'];
  const child = spawnSync(process.execPath, ['--require', hook, path.join(folder, 'cli.js'), ...question], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
    encoding: 'utf8',
  });
  fs.rmSync(cache, { recursive: true, force: true });
  // The demo has findings. Without bytecode all works, if later.
  if (child.status !== 1) console.warn(`no bytecode was kept: ${child.error?.message ?? child.stderr}`);
}
