/** The licences of what ships go along with it; actions are named by commit. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-notices-'));
let notices: string;

beforeAll(() => {
  execFileSync(process.execPath, ['tools/build.mjs', `--outdir=${folder}`], { cwd: root });
  notices = fs.readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
}, 60_000);

afterAll(() => fs.rmSync(folder, { recursive: true }));

const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

it.each(Object.keys(dependencies))('the licence of %s stands beside the bundles', (name) => {
  const installed = path.join(root, 'node_modules', name);
  const { version } = JSON.parse(fs.readFileSync(path.join(installed, 'package.json'), 'utf8'));
  const licence = fs.readdirSync(installed).find((file) => /^licen[cs]e/i.test(file))!;
  expect(notices).toContain(`${name} ${version} (`);
  expect(notices).toContain(fs.readFileSync(path.join(installed, licence), 'utf8').trim());
});

it('names every action by its commit: a tag can be moved', () => {
  const workflows = path.join(root, '.github/workflows');
  const files = [path.join(root, 'action.yml'), ...fs.readdirSync(workflows).map((name) => path.join(workflows, name))];
  const used = files.flatMap((file) => fs.readFileSync(file, 'utf8').match(/^\s*(?:- )?uses:.*$/gm) ?? []);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((line) => !/@[0-9a-f]{40}\b/.test(line) && !/uses: \.\//.test(line))).toEqual([]);
});
