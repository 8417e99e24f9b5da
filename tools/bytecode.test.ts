import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../server/src/testing/bundle';
import { DEMO } from '../server/src/testing/disk-tree';
import { keepBytecode } from './bytecode.mjs';

/** Tells of each script that is compiled, whether V8 takes the bytecode that it is given. */
const TELLS = `
const vm = require('node:vm');
const { Script } = vm;
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    const isTaken = options.cachedData !== undefined && !this.cachedDataRejected;
    process._rawDebug(require('node:path').basename(options.filename), isTaken);
  }
};`;

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

function taken(): string[] {
  const hook = path.join(bundles, 'tells.cjs');
  fs.writeFileSync(hook, TELLS);
  const question = ['check', DEMO, '--jobs', '1', '--no-cache'];
  const child = spawnSync(process.execPath, ['--require', hook, path.join(bundles, 'cli.js'), ...question]);
  expect(child.status).toBe(1);
  return child.stderr.toString().trim().split('\n').sort();
}

it('keeps bytecode of a build that threads and command line take', () => {
  expect(taken()).toEqual(['command-line.js false', 'worker-jobs.js false']);
  keepBytecode(bundles);
  expect(taken()).toEqual(['command-line.js true', 'worker-jobs.js true']);
});
