/** What `npm publish` would ship: what runs, and nothing else. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

it('is packed without tests, tools and pictures, and may be published', () => {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-pack-'));
  try {
    for (const name of [
      'package.json',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'CHANGELOG.md',
      'LICENSE',
      'man',
      'docs',
      'tools',
      'server/src/text',
    ])
      fs.cpSync(path.join(root, name), path.join(place, name), { recursive: true });
    execFileSync(process.execPath, ['tools/build.mjs', `--outdir=${place}/dist`], { cwd: root });
    fs.accessSync(path.join(place, 'dist/cli.js'), fs.constants.X_OK);
    const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: place,
      encoding: 'utf8',
    });
    const files: string[] = JSON.parse(told)[0].files.map((file: { path: string }) => file.path);
    expect(files.sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      ...['cli', 'client', 'command-line'].map((name) => `dist/${name}.js`),
      'dist/pack.schema.json',
      ...['server-thread', 'server', 'worker-jobs', 'worker'].map((name) => `dist/${name}.js`),
      'man/overlint.1',
      'package.json',
    ]);
  } finally {
    fs.rmSync(place, { recursive: true });
  }
  expect(manifest).not.toHaveProperty('private');
});

/** Builds and packs in a folder of its own under this time zone; the tarball's hash. npm keeps what the umask makes of modes. */
function packedUnder(TZ: string): string {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-pack-'));
  try {
    const copied = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'man'].join(' ');
    const steps = [
      'umask 022',
      `cp -R --no-preserve=mode ${copied} ${place}`,
      `${process.execPath} tools/build.mjs --minify --outdir=${place}/dist`,
      `cd ${place}`,
      'npm pack --silent --ignore-scripts',
    ];
    execFileSync('bash', ['-c', steps.join(' && ')], { cwd: root, env: { ...process.env, TZ } });
    const tarball = fs.readdirSync(place).find((name) => name.endsWith('.tgz'))!;
    return createHash('sha256')
      .update(fs.readFileSync(path.join(place, tarball)))
      .digest('hex');
  } finally {
    fs.rmSync(place, { recursive: true });
  }
}

it('is the same to the byte wherever it is packed, and when', { timeout: 120_000 }, () => {
  expect(packedUnder('Asia/Tokyo')).toBe(packedUnder('UTC'));
});
