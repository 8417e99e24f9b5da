/** Modules that are built out of the kernel tree: every command takes one, named or stood in, with its own flags and headers. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { demoOnDisk, emptyFolder, writeFiles } from '../testing/disk-tree';

/** A driver in two folders, whose layout hangs on what its Makefile says. */
const DRIVER = {
  Makefile: [
    'ifneq ($(KERNELRELEASE),)',
    'obj-m := sensor.o',
    'sensor-y := src/main.o',
    'ccflags-y := -I$(src)/include -DSENSOR_CHANNELS=4',
    'else',
    'all:',
    '\t$(MAKE) -C $(KDIR) M=$(CURDIR) modules',
    'endif',
    '',
  ].join('\n'),
  'include/sensor.h': [
    '#include <linux/mm.h>',
    'struct sensor {',
    '\tstruct page *page;',
    '\tint sample[SENSOR_CHANNELS];',
    '\tunion {',
    '\t\tunsigned long cookie;',
    '\t\tchar name[8];',
    '\t};',
    '};',
    '',
  ].join('\n'),
  'src/main.c': [
    '#include <sensor.h>',
    'struct sensor_private { struct sensor sensor; long users; };',
    'void *sensor_owner(struct sensor *sensor)',
    '{',
    '\tsensor->cookie = 0;',
    '\treturn sensor->page->pgmap->owner;',
    '}',
    '',
  ].join('\n'),
};

function driverOnDisk(files: Readonly<Record<string, string>> = {}): string {
  const module = emptyFolder();
  writeFiles(module, { ...DRIVER, ...files });
  return module;
}

/** Runs the product's own linter in this thread. */
function overlint(folder: string, ...args: string[]) {
  return runOverlint(args, { folder, execution: {} });
}

/** The only line of JSON that a command prints. */
async function json(folder: string, ...args: string[]) {
  const { out, err } = await overlint(folder, ...args, '--format', 'json');
  expect(err).toBe('');
  return JSON.parse(out);
}

describe('a module out of the tree', () => {
  it('is checked where it is named or stood in; its files say which folder they are named from', async () => {
    const [kernel, module] = [demoOnDisk(), driverOnDisk()];
    const named = await json('/', 'check', '--no-cache', '--kernel', kernel, `${module}/src/main.c`);
    const stoodIn = await json(`${module}/src`, 'check', '--no-cache', '--kernel', kernel);
    for (const { findings } of [named, stoodIn]) {
      expect(findings).toMatchObject([{ rule: 'raw-pgmap', file: 'src/main.c', root: module, line: 6 }]);
      const { related, fixes } = findings[0];
      expect(related[0]).toMatchObject({ file: 'include/linux/mm_types.h' });
      expect(related[0]).not.toHaveProperty('root');
      expect(fixes[0].edits[0]).toMatchObject({ file: 'src/main.c', root: module });
    }
    const patch = await overlint('/', 'check', '--no-cache', '--kernel', kernel, '--fix-dry-run', module);
    expect(patch.out).toContain('+++ b/src/main.c\n');
  });

  it('is fixed in place', async () => {
    const [kernel, module] = [demoOnDisk(), driverOnDisk()];
    await overlint(module, 'check', '--no-cache', '--kernel', kernel, '--fix');
    expect(fs.readFileSync(`${module}/src/main.c`, 'utf8')).toContain('page_pgmap(sensor->page)->owner');
  });

  it('has its own records drawn, with the macros and folders of its Makefile', async () => {
    const [kernel, module] = [demoOnDisk(), driverOnDisk()];
    const flags = ['--no-cache', '--kernel', kernel];
    expect(await json(module, 'layout', 'sensor', ...flags)).toMatchObject({
      ...{ file: 'include/sensor.h', root: module, size: 32, status: 'exact' },
    });
    expect(await json('/', 'layout', 'sensor_private', ...flags, '--module', `${module}/src`)).toMatchObject({
      ...{ file: 'src/main.c', root: module, size: 40 },
    });
    expect(await json(module, 'layout', 'list_head', ...flags)).not.toHaveProperty('root');
    const all = await overlint(module, 'layout', '--all', ...flags, '--format', 'json');
    expect(all.out).toContain(`"name":"sensor","file":"include/sensor.h","root":"${module}"`);
  });

  it('is asked for uses, claims and what its headers say', async () => {
    const kernel = demoOnDisk();
    const module = driverOnDisk({
      'include/kept.h': 'struct kept {\n\tlong inner; /* Do not use directly, call kept_inner(). */\n};\n',
    });
    const flags = ['--kernel', kernel];
    expect((await json(module, 'uses', 'sensor.name', '--no-cache', ...flags)).uses).toMatchObject([
      { file: 'src/main.c', root: module, line: 5, mode: 'write', member: 'cookie' },
    ]);
    expect((await json(module, 'uses', 'page.pgmap', '--no-cache', ...flags)).uses).toContainEqual(
      expect.objectContaining({ file: 'src/main.c', root: module, line: 6 }),
    );
    expect(await json(module, 'claims', 'sensor', ...flags)).toMatchObject({ file: 'include/sensor.h', root: module });
    const derived = await overlint(module, 'rules', '--derived', 'include', '--no-cache', ...flags, '--format', 'json');
    expect(derived.out).toContain(`"file":"include/kept.h","root":"${module}"`);
    const steps = await overlint(module, 'dump', '--after=ast', ...flags, 'src/main.c');
    expect([steps.err, steps.out]).toEqual(['', expect.stringContaining('function sensor_owner')]);
  });

  it('is compared over two revisions of the kernel', async () => {
    const [kernel, module] = [demoOnDisk(), driverOnDisk()];
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: kernel });
    git('init', '-q');
    git('add', '-f', '.');
    git('commit', '-qm', 'one');
    const both = await overlint(module, 'diff', '--kernel', kernel, 'rev:HEAD', 'arch:x86', 'sensor');
    expect(both.out).toContain('include/sensor.h:2, 32 bytes');
    expect(both.out).toContain('no member differs');
  });

  it('takes the kernel that overlint.json names', async () => {
    const [kernel, module] = [demoOnDisk(), driverOnDisk()];
    writeFiles(module, { 'overlint.json': JSON.stringify({ kernel }) });
    expect((await json(module, 'check', '--no-cache')).findings).toHaveLength(1);
    expect(await json(module, 'layout', 'sensor', '--no-cache')).toMatchObject({ size: 32 });
  });
});

describe('what is no part of it', () => {
  it('stays outside: other folders, and links out of the module', async () => {
    const [kernel, module, other] = [demoOnDisk(), driverOnDisk(), emptyFolder()];
    writeFiles(other, { 'stray.c': 'struct stray { int a; };\n', 'secret.h': 'struct secret { int a; };\n' });
    fs.symlinkSync(`${other}/secret.h`, `${module}/include/secret.h`);
    fs.symlinkSync(`${other}/stray.c`, `${module}/src/stray.c`);
    const flags = ['--no-cache', '--kernel', kernel];
    const stray = await overlint(module, 'check', ...flags, module, `${other}/stray.c`, 'src/stray.c');
    expect(stray.err).toContain(`${other}/stray.c: is outside the kernel tree ${kernel} and the module ${module}\n`);
    expect(stray.err).toContain(
      `leads to ${other}/stray.c, outside the kernel tree ${kernel} and the module ${module}\n`,
    );
    expect(stray.code).toBe(2);
    expect((await overlint(module, 'layout', 'secret', ...flags)).err).toContain('defines secret');
  });

  it('has no module where no Kbuild file tells of one', async () => {
    const [kernel, folder] = [demoOnDisk(), emptyFolder()];
    writeFiles(folder, { 'a.c': 'int a;\n', Makefile: 'all:\n\tcc a.c\n' });
    const { err, code } = await overlint(kernel, 'check', '--no-cache', `${folder}/a.c`);
    expect([err, code]).toEqual([
      `overlint: ../${folder.slice('/tmp/'.length)}/a.c: is outside the kernel tree ${kernel}\n`,
      2,
    ]);
    const layout = await overlint('/', 'layout', 'page', '--kernel', kernel, '--module', folder);
    expect([layout.err, layout.code]).toEqual([expect.stringContaining(`There is no module in ${folder}`), 2]);
  });

  it('is a change of the kernel tree, which is asked for elsewhere', async () => {
    const [kernel, module] = [demoOnDisk(), driverOnDisk()];
    const { err } = await overlint(module, 'check', '--kernel', kernel, '--staged');
    expect(err).toContain(`not one of the module in ${module}`);
  });
});
