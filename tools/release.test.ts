/** The release workflow: its steps run as GitHub would run them, with stand-ins for what would reach the outside. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emptyFolder, writeFiles } from '../server/src/testing/disk-tree';

const ROOT = path.resolve(import.meta.dirname, '..');
const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const text = fs.readFileSync(path.join(ROOT, '.github/workflows/release.yml'), 'utf8');

const STEP = v.union([
  v.strictObject({
    name: v.string(),
    'working-directory': v.optional(v.string()),
    env: v.optional(v.record(v.string(), v.string())),
    run: v.string(),
  }),
  v.strictObject({
    uses: v.pipe(v.string(), v.regex(/^actions\/[\w-]+@[0-9a-f]{40}$/)),
    with: v.optional(v.record(v.string(), v.string())),
  }),
]);
const WORKFLOW = v.strictObject({
  name: v.literal('release'),
  on: v.strictObject({ push: v.strictObject({ tags: v.array(v.string()) }) }),
  permissions: v.strictObject({ contents: v.literal('write') }),
  jobs: v.strictObject({
    release: v.strictObject({
      'runs-on': v.string(),
      'timeout-minutes': v.number(),
      env: v.record(v.string(), v.string()),
      steps: v.array(STEP),
    }),
  }),
});
const { jobs, on } = v.parse(WORKFLOW, parse(text));
const steps = jobs.release.steps.flatMap((step) => ('run' in step ? [step] : []));

/** Runs all steps in a repository of this version, and gives what the stand-ins were called with. */
function release(tag: string, env: Record<string, string> = {}) {
  const folder = emptyFolder();
  writeFiles(folder, {
    'package.json': '{ "version": "1.2.3" }\n',
    'CHANGELOG.md': '# Changelog\n\n## 1.2.3\n\n- What is new.\n\n## 1.2.2\n\n- What was.\n',
    'dist/overlint-1.2.3-universal.vsix': 'a package\n',
    'tools/release-notes.mjs': fs.readFileSync(path.join(ROOT, 'tools/release-notes.mjs')),
  });
  const calls = path.join(folder, 'calls');
  for (const name of ['npm', 'npx', 'gh']) {
    writeFiles(folder, { [`bin/${name}`]: `#!/bin/sh\necho ${name} "$@" >> ${calls}\n` });
    fs.chmodSync(path.join(folder, 'bin', name), 0o755);
  }
  let said = '';
  for (const { run, 'working-directory': cwd = '.' } of steps) {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', run], {
      cwd: path.join(folder, cwd),
      encoding: 'utf8',
      env: { PATH: `${folder}/bin:${process.env.PATH}`, TAG: tag, REPOSITORY: 'https://example.org/o/r', ...env },
    });
    said += stdout + stderr;
    if (status !== 0) return { said, folder, calls: [] };
  }
  return { said, folder, calls: fs.readFileSync(calls, 'utf8').trim().split('\n') };
}

describe('a release', () => {
  it('is made of a tag for a version, and no script holds an expression', () => {
    expect(on.push.tags).toEqual(['v*']);
    for (const { run } of steps) expect(run).not.toContain('${{');
  });

  it('tests, packages with pictures from the tag, sums up, and publishes with the changelog’s words', () => {
    const { calls, folder } = release('v1.2.3');
    expect(calls).toEqual([
      'npm ci',
      'npm test',
      'npm run package -- --base-url=https://example.org/o/r/raw/v1.2.3',
      'npm sbom --sbom-format=cyclonedx --omit=dev',
      'gh release create v1.2.3 --verify-tag --title Overlint 1.2.3 --notes-file notes.md ' +
        'dist/overlint-1.2.3-universal.vsix dist/overlint.cdx.json dist/SHA256SUMS',
    ]);
    expect(fs.readFileSync(path.join(folder, 'notes.md'), 'utf8')).toBe('- What is new.\n');
    expect(fs.readFileSync(path.join(folder, 'dist/SHA256SUMS'), 'utf8')).toMatch(/^[0-9a-f]{64} {2}overlint-1\.2\.3/);
  });

  it('goes to the marketplace where there is a token', () => {
    expect(release('v1.2.3', { VSCE_PAT: 'secret' }).calls.at(-1)).toBe(
      'npx vsce publish --packagePath dist/overlint-1.2.3-universal.vsix',
    );
    expect(release('v1.2.3').said).toMatch(/No token for the marketplace/);
  });

  it('stops before anything else where the tag is another than the version', () => {
    const { calls, said } = release('v1.2.4');
    expect(calls).toEqual([]);
    expect(said).toMatch(/The tag is v1\.2\.4, but package\.json says version 1\.2\.3/);
  });

  it('has words in the changelog for this very version', () => {
    const script = path.join(ROOT, 'tools/release-notes.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, `v${manifest.version}`], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(20);
  });
});
