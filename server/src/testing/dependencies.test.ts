/** What the product leans on is little, and pinned to the version that was tried. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const manifest = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'));

it.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
  '%s is pinned: %s',
  (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  },
);

it('there are few of them', () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(14);
});
