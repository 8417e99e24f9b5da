/** The GitHub Action's and the release's scripts under shellcheck, and its first step from a bare checkout: slow, as it installs what the build needs. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { version } from '../package.json';
import { emptyFolder } from '../server/src/testing/disk-tree';

const { steps } = parse(fs.readFileSync(path.join(import.meta.dirname, '../action.yml'), 'utf8')).runs;

it('its scripts and the release’s are clean, given that the runner ends each at its first failure', () => {
  const release = path.join(import.meta.dirname, '../.github/workflows/release.yml');
  const all = [...steps, ...parse(fs.readFileSync(release, 'utf8')).jobs.release.steps];
  for (const { run } of all.filter((step: { run?: string }) => step.run !== undefined)) {
    const { stdout, status } = spawnSync('shellcheck', ['--severity=warning', '-'], {
      input: `#!/bin/bash\nset -eo pipefail\n${run}`,
      encoding: 'utf8',
    });
    expect([stdout, status]).toEqual(['', 0]);
  }
});

it('builds a checkout that has nothing but the sources', () => {
  const root = path.resolve(import.meta.dirname, '..');
  const checkout = emptyFolder();
  const made = new Set(['node_modules', 'dist', '.cache', '.git'].map((name) => path.join(root, name)));
  fs.cpSync(root, checkout, { recursive: true, filter: (file) => !made.has(file) });
  const [build] = steps;
  const env = { ...process.env, GITHUB_ACTION_PATH: checkout, npm_config_prefer_offline: 'true' };
  execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', build.run], { cwd: '/', env, stdio: 'pipe' });
  const said = execFileSync(process.execPath, [`${checkout}/dist/cli.js`, '--version'], { encoding: 'utf8' });
  expect(said).toBe(`${version}\n`);
});
