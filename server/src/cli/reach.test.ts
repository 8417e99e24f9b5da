/** What a change of a header does to files that it leaves alone, and --all-rules, on the kernel in miniature. */
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { unifiedDiff } from '../changes/diff';
import { runOverlint } from '../testing/command';
import { demoOnDisk } from '../testing/disk-tree';
import { toByteString } from '../text/text';
import { createLinter } from '../workers/lint-job';

const HEADER = 'include/linux/mmzone.h';

/** The demo without page_pgmap(), and a patch of its header that brings it. */
async function checkAccessor(...flags: string[]) {
  const folder = demoOnDisk();
  const after = fs.readFileSync(`${folder}/${HEADER}`, 'latin1');
  const before = after.replaceAll('page_pgmap', 'no_accessor');
  fs.writeFileSync(`${folder}/${HEADER}`, before, 'latin1');
  fs.writeFileSync(`${folder}/the.patch`, unifiedDiff(HEADER, before, after), 'latin1');
  const args = ['check', '--patch', 'the.patch', '--rule', 'raw-pgmap', '--format', 'gcc', '--no-cache', ...flags];
  return runOverlint(args, { folder, execution: { create: createLinter } });
}

it('an accessor that a header gets makes raw accesses wrong wherever they are', async () => {
  const { out, err } = await checkAccessor();
  expect(err).toBe('');
  const files = [...out.matchAll(/^(\S+?):\d+:\d+: error: .*\[raw-pgmap\]$/gm)].map(([, file]) => file);
  expect([...new Set(files)]).toEqual(['drivers/dax/bus.c', 'drivers/gpu/migrate.c', 'mm/memory.c', 'mm/memremap.c']);
});

it('--changed-files-only looks at the header alone', async () => {
  expect(await checkAccessor('--changed-files-only')).toEqual({ out: '', err: '', code: 0 });
});

it('a comment that a header gets makes two owners clash, on a line that was there', async () => {
  const folder = demoOnDisk();
  const name = 'include/linux/mm_types.h';
  const after = fs.readFileSync(`${folder}/${name}`, 'latin1');
  const before = after.replace(/\/\*[^*]*[Bb]it 1[^*]*\*\//, '');
  expect(before).not.toBe(after);
  fs.writeFileSync(`${folder}/${name}`, before, 'latin1');
  fs.writeFileSync(`${folder}/the.patch`, toByteString(unifiedDiff(name, before, after)), 'latin1');
  const args = ['check', '--patch', 'the.patch', '--rule', 'tag-bit-clash', '--format', 'gcc', '--no-cache'];
  const { out } = await runOverlint(args, { folder, execution: { create: createLinter } });
  expect(out).toMatch(/^include\/linux\/mm_types\.h:\d+:\d+: error: owner_ops claims bit 1/);
});

it('--all-rules turns on what is off by default', async () => {
  const folder = demoOnDisk();
  fs.writeFileSync(`${folder}/mm/export.c`, 'EXPORT_SYMBOL(devmap_managed_key);\n');
  const args = ['check', 'mm/export.c', '--format', 'gcc', '--no-cache'];
  const execution = { create: createLinter };
  expect((await runOverlint(args, { folder, execution })).out).toBe('');
  expect((await runOverlint([...args, '--all-rules'], { folder, execution })).out).toContain('[devmap-export]');
});

it('costly rules are asked in files that name what a header’s change alters, by however many records', async () => {
  const folder = demoOnDisk();
  const write = (name: string, text: string): void => fs.writeFileSync(`${folder}/${name}`, text, 'latin1');
  const [before, after] = ['struct slot { int nr; };\n', 'struct slot { int nr; int more; };\n'];
  write('include/linux/slot.h', before);
  write('include/linux/board.h', '#include <linux/slot.h>\nstruct board { struct slot slots[4]; };\n');
  write('mm/board.c', '#include <linux/board.h>\nstatic_assert(sizeof(struct board) == 16, "board");\n');
  write('mm/other.c', '#include <linux/slot.h>\nstatic_assert(sizeof(long) == 8, "long");\n');
  write('the.patch', unifiedDiff('include/linux/slot.h', before, after));
  const args = ['check', '--patch', 'the.patch', '--format', 'gcc', '--stats', '--no-cache'];
  const { out } = await runOverlint(args, { folder, execution: { create: createLinter } });
  expect(out).toMatch(/^mm\/board\.c:2:1: error: .*\[broken-assert\]$/m);
  expect(out).not.toMatch(/^asserts\.held/m);
});
