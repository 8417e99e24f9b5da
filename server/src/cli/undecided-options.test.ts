/** A tree of headers with neither Kconfig files nor a configuration: what no option touches is exact all the same. */
import fs from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

/** Each record's size, or why it is unknown. */
async function sizes(files: Readonly<Record<string, string>>): Promise<Record<string, number | string>> {
  const folder = kernelOnDisk({
    'include/linux/kconfig.h': '#include <generated/autoconf.h>\n#define IS_ON(option) (option + 0)\n',
    ...files,
  });
  fs.rmSync(`${folder}/.config`, { force: true });
  fs.rmSync(`${folder}/include/generated/autoconf.h`, { force: true });
  const { out } = await runOverlint(['layout', '--all', '--format', 'json', '--arch', 'x86_64'], { folder });
  const records = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return Object.fromEntries(records.map(({ name, size, reason }) => [name, reason ?? size]));
}

it('lays out what meets no option', async () => {
  expect(
    await sizes({
      'include/linux/a.h': `struct plain { int a; long b; };
struct asks {
#ifdef CONFIG_BIG
	int more;
#endif
	int a;
};
struct holds { struct asks inner; };
struct points { struct asks *inner; };
struct counts { char bytes[IS_ON(CONFIG_BIG) ? 8 : 4]; };`,
    }),
  ).toMatchObject({
    plain: 16,
    points: 8,
    asks: 'no .config was found, so CONFIG_BIG is not known',
    holds: 'member inner: struct asks: no .config was found, so CONFIG_BIG is not known',
    counts: expect.stringContaining('CONFIG_BIG is not known'),
  });
});

it('follows what an option may define, through macros and files', async () => {
  const found = await sizes({
    'include/linux/width.h': `#ifdef CONFIG_WIDE
#define WIDTH 8
#include <linux/wide.h>
#else
#define WIDTH 4
#include <linux/narrow.h>
#endif`,
    'include/linux/wide.h': '#define LANES 2\nstruct lane { long a; };\ntypedef long word_t;',
    'include/linux/narrow.h': '#define LANES 1\nstruct lane { int a; };\ntypedef int word_t;',
    'include/linux/user.h': `#include <linux/width.h>
#if LANES > 1
struct often { int a; };
#endif
struct widths { char a[WIDTH]; };
struct lanes { struct lane a; };
struct words { word_t a; };
struct free { char a[4]; };`,
  });
  expect(found.free).toBe(4);
  for (const name of ['widths', 'lanes', 'words']) expect(found[name], name).toMatch(/CONFIG_WIDE is not known/);
});

it('takes a file that is read whatever an option says as it is', async () => {
  const found = await sizes({
    'include/linux/base.h': '#ifndef BASE_H\n#define BASE_H\n#define LENGTH 3\ntypedef int base_t;\n#endif',
    'include/linux/first.h': '#ifdef CONFIG_MORE\n#include <linux/base.h>\n#endif\nstruct early { int a[2]; };',
    'include/linux/second.h': '#include <linux/first.h>\n#include <linux/base.h>\nstruct late { base_t a[LENGTH]; };',
  });
  expect(found).toMatchObject({ early: 8, late: 12 });
});

it('a header that only a build makes spoils what a condition asks of it, and nothing else', async () => {
  const found = await sizes({
    'include/linux/bounds-user.h': `#include <generated/bounds.h>
#ifndef SPARE_BYTES
#define SPARE_BYTES 4
#endif
struct plain { int a; };
struct spare { char a[SPARE_BYTES]; };`,
  });
  expect(found).toMatchObject({ plain: 4, spare: 'generated/bounds.h is not found' });
});
