/** `make C=1` with Overlint as the checker: a module of one's own, built against Debian's headers. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { KERNEL_BUILD, KERNEL_HEADERS } from '../testing/kernel';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

/** The access stands where a macro that only the Makefile defines lets it in, on a record that only its folder has. */
const MODULE = {
  Kbuild: 'obj-m := box.o\nccflags-y := -I$(src)/inc -DTAKES_IT_RAW\n',
  'inc/box.h': 'struct box {\n\tstruct scatterlist *sg;\n};\n',
  'box.c':
    '#include <linux/module.h>\n#include <linux/scatterlist.h>\n#include "box.h"\n\n' +
    'struct page *box_page(struct box *box);\nstruct page *box_page(struct box *box)\n{\n#ifdef TAKES_IT_RAW\n' +
    '\treturn (struct page *)box->sg->page_link;\n#else\n\treturn sg_page(box->sg);\n#endif\n}\nMODULE_LICENSE("GPL");\n',
};

function make(folder: string, ...flags: string[]) {
  const check = [process.execPath, path.join(bundles, 'cli.js'), 'kbuild', '--no-cache', ...flags].join(' ');
  // Headers say which compiler they were made with; any will do for a module that is never loaded.
  const compiler = fs.readdirSync('/usr/bin').find((name) => /^gcc-1\d$/.test(name)) ?? 'gcc';
  const args = ['-C', KERNEL_BUILD, `M=${folder}`, 'C=1', `CHECK=${check}`, `CC=${compiler}`];
  return spawnSync('make', args, { encoding: 'utf8' });
}

it('checks each file with the macros and folders that Kbuild passes, and the build goes on', () => {
  const folder = emptyFolder();
  writeFiles(folder, MODULE);
  const { status, stdout, stderr } = make(folder);
  expect(stdout).toContain(`CHECK   ${folder}/box.c`);
  expect(stderr).toContain(`${folder}/box.c:9:24: error: box->sg->page_link is taken for a pointer as it is.`);
  expect([status, fs.existsSync(`${folder}/box.ko`)]).toEqual([0, true]);
});

it('knows of a file what the command line says, and no more', () => {
  const folder = emptyFolder();
  writeFiles(folder, MODULE);
  const forced = ['-include', `${KERNEL_HEADERS}/include/linux/kconfig.h`, `-I${KERNEL_HEADERS}/arch/x86/include`];
  const check = (...flags: string[]) => {
    const args = [path.join(bundles, 'cli.js'), 'kbuild', '--no-cache', ...forced, ...flags, `${folder}/box.c`];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: KERNEL_BUILD, encoding: 'utf8' });
    return [status, stdout, /page_link is taken/.test(stderr)];
  };
  expect(check(`-I${folder}/inc`, '-DTAKES_IT_RAW')).toEqual([0, '', true]);
  // Without its header, nobody knows what a box holds.
  expect(check('-DTAKES_IT_RAW')).toEqual([0, '', false]);
});

it('stops the build only where it is asked to', () => {
  const folder = emptyFolder();
  writeFiles(folder, MODULE);
  expect(make(folder, '--rule', 'raw-pgmap', '--fail-on', 'error').status).toBe(0);
  fs.rmSync(`${folder}/box.o`);
  const { status, stderr } = make(folder, '--fail-on', 'error');
  expect([status, stderr]).toEqual([2, expect.stringContaining('page_link')]);
});
