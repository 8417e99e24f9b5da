/** A worker thread that dies costs what it was at, which is named, and the exit code says so; the rest is done. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { bundle } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { BTF_KINDS, makeBtf } from '../testing/make-btf';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ worker: 'testing/dying-worker.ts' });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

const USER = '#include <linux/box.h>\nvoid *f(struct box *b) { return b->owner; }\n';

/** A tree in which one source kills the thread that reads it. */
function tree(): string {
  const folder = kernelOnDisk({
    'include/linux/kconfig.h': '',
    'include/linux/box.h': 'struct box { void *owner; };\n',
    'mm/dies.c': `${USER}struct lost { int x; };\n`,
    'mm/lives.c': `${USER}struct kept { int x; };\n`,
  });
  const record = (name: string) => ({ kind: BTF_KINDS.struct, name, size: 4, members: [['x', 1, 0] as const] });
  const int = { kind: BTF_KINDS.int, name: 'int', size: 4, extra: [0x01000020] };
  writeFiles(folder, { vmlinux: Buffer.from(makeBtf([int, record('lost'), record('kept')] as never)) });
  return folder;
}

const inThreads = (jobs: number) => ({ script: path.join(bundles, 'worker.js'), jobs });

it('uses leaves out the file at which a worker died', async () => {
  const { code, out, err } = await runOverlint(['uses', 'box.owner'], { folder: tree(), execution: inThreads(2) });
  expect(out).toContain('mm/lives.c:2:');
  expect(out).not.toContain('mm/dies.c');
  expect(err).toBe(
    'overlint: mm/dies.c: was not checked, because the checker failed on it (the worker ended). Please report this\n',
  );
  expect(code).toBe(2);
});

it('verify leaves out the file at which a worker died', async () => {
  const args = ['verify', '--btf', 'vmlinux'];
  const { code, out, err } = await runOverlint(args, { folder: tree(), execution: inThreads(1) });
  expect(out).toContain('1 of 1 records are exact');
  expect(err).toBe(
    'overlint: mm/dies.c: was not compared, because the worker failed (the worker ended). Please report this\n',
  );
  expect(code).toBe(2);
});

it.each([
  ['layout', '--all'],
  ['verify', '--btf', 'vmlinux', '--no-sources'],
])('%s says which part of the headers it lacks', async (...args) => {
  const folder = tree();
  const { code, err } = await runOverlint(args, { folder, execution: inThreads(2) });
  expect(err).toMatch(
    /^overlint: \S+: part 2 of 2 of its headers was not (laid out|compared), because the worker failed \(the worker ended\)\. Please report this\n$/,
  );
  expect(code).toBe(2);
  // What lacks a part is not kept for later runs.
  expect((await runOverlint(args, { folder, execution: inThreads(1) })).code).toBe(0);
});
