/** Patches of headers against linux-source-6.12: what they cause in files that they leave alone. Nothing is written. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unifiedDiff } from '../changes/diff';
import { bundle, WORKER } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { emptyFolder } from '../testing/disk-tree';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { edited, PGMAP_MOVED } from '../testing/kernel-copy';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

const HEADERS = [...new Set(PGMAP_MOVED.map(({ file }) => file))];
const read = (file: string): string => fs.readFileSync(path.join(KERNEL_SOURCE, file), 'latin1');

async function check(patch: string, ...flags: string[]) {
  const folder = emptyFolder();
  fs.writeFileSync(`${folder}/the.patch`, patch, 'latin1');
  const kernel = ['--kernel', KERNEL_SOURCE, '--build', KERNEL_BUILD, '--patch', 'the.patch', '--format', 'json'];
  const execution = { script: path.join(bundles, 'worker.js'), jobs: 2 };
  return runOverlint(['check', ...kernel, '--rule', 'raw-pgmap', ...flags], { folder, execution });
}

/** The headers' part of a series: the member moves, the accessor comes, and not one use is converted. */
function headersPatch(): string {
  return HEADERS.map((file) => {
    const before = read(file);
    const after = PGMAP_MOVED.filter((edit) => edit.file === file).reduce(edited, before);
    return unifiedDiff(file, before, after);
  }).join('');
}

it('an accessor that headers get makes the raw accesses of the whole tree wrong', async () => {
  const { out, err, code } = await check(headersPatch());
  expect(code).toBe(1);
  // Nearly all that a page is used for hangs on it.
  expect(err).toMatch(
    /^overlint: warning: .*mm_types\.h: what it changes stands in more than 300 other names: [^\n]*\n$/,
  );
  const { findings } = JSON.parse(out) as { findings: { file: string }[] };
  const files = findings.map(({ file }) => file);
  expect(files).toHaveLength(23);
  expect(files).toContain('drivers/gpu/drm/nouveau/nouveau_dmem.c');
  expect(files.filter((file) => HEADERS.includes(file))).toEqual(['include/linux/mmzone.h', 'include/linux/mmzone.h']);
});

it('the same patch with other lines around it fits with fuzz', async () => {
  const lines = headersPatch().split('\n');
  // The first line of context of each hunk is another one in the tree that the patch was made for.
  const patch = lines
    .map((line, index) => (lines[index - 1]?.startsWith('@@') ? ' /* another line */' : line))
    .join('\n');
  const { out, err } = await check(patch, '--changed-files-only');
  expect(err.match(/taken with fuzz 1/g)).toHaveLength(patch.match(/^@@/gm)!.length);
  expect(JSON.parse(out).findings).toHaveLength(2);
});
