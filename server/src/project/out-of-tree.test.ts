/** Which folder is a module's own, and which kernel its Makefile names; both from text alone. */
import { describe, expect, it } from 'vitest';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { kernelNamedIn, moduleAround } from './out-of-tree';
import { findTree } from './tree';

/** The module around a path, as a path from the folder that all of these files stand in; undefined where there is none. */
function moduleOf(files: Readonly<Record<string, string>>, place: string): string | undefined {
  const folder = emptyFolder();
  writeFiles(folder, { ...files, [place]: '' });
  const found = moduleAround(`${folder}/${place}`, ['/kernel']);
  return found && (found.slice(folder.length + 1) || '.');
}

describe('the folder of a module', () => {
  it.each([
    ['the nearest with a Kbuild file', { 'drv/Makefile': 'obj-m += a.o\n' }, 'drv/a.c', 'drv'],
    ['above a folder without one', { 'drv/Kbuild': 'obj-m += a.o\n' }, 'drv/include/a.h', 'drv'],
    [
      'above what its Kbuild file visits',
      { 'drv/Makefile': 'obj-m += sub/\n', 'drv/sub/Makefile': 'obj-y := a.o\n' },
      'drv/sub/a.c',
      'drv',
    ],
    [
      'not what stands above by chance',
      { Makefile: 'obj-m += other/\n', 'drv/Makefile': 'obj-m := a.o\n' },
      'drv/a.c',
      'drv',
    ],
    [
      'one whose Makefile only starts the build',
      { 'drv/Makefile': 'all:\n\tmake -C $(K) M=$(PWD) modules\n' },
      'drv/a.c',
      'drv',
    ],
    ['none for a program', { 'tool/Makefile': 'all: a.o\n\tcc -o a a.o\n' }, 'tool/a.c', undefined],
  ])('is %s', (_what, files, place, expected) => expect(moduleOf(files, place)).toBe(expected));

  it('holds no kernel tree', () => {
    const folder = emptyFolder();
    writeFiles(folder, { Makefile: 'obj-m := a.o\n', 'a.c': '' });
    expect(moduleAround(`${folder}/a.c`, [`${folder}/linux`])).toBeUndefined();
  });
});

describe('the kernel that a Makefile names', () => {
  it.each([
    [
      'KDIR ?= /lib/modules/$(shell uname -r)/build\nall:\n\t$(MAKE) -C $(KDIR) M=$(PWD) modules\n',
      '/lib/modules/6.1.0-9/build',
    ],
    ['V = 6.6.1\nK := /usr/src/linux-$(V) # the tested one\nall:\n\tmake -C ${K} M=$$PWD\n', '/usr/src/linux-6.6.1'],
    ['all:\n\tmake -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules\n', '/lib/modules/6.1.0-9/build'],
    ['KDIR := $(shell cat ~/.kdir)\nall:\n\tmake -C $(KDIR) M=$(PWD)\n', undefined],
    ['KDIR := $(KDIR)\nall:\n\tmake -C $(KDIR) M=$(PWD)\n', undefined],
    ['obj-m := a.o\n', undefined],
  ])('%j', (makefile, expected) => expect(kernelNamedIn(makefile, '6.1.0-9')).toBe(expected));

  it('is told in no time where variables grow without end, or a value goes on for megabytes', () => {
    const started = performance.now();
    expect(kernelNamedIn(`K=${'$(K)'.repeat(1000)}\nall:\n\tmake -C $(K)`)).toBeUndefined();
    expect(kernelNamedIn(`K=/a${' '.repeat(3_000_000)}b c#x\nall:\n\tmake -C $(K)`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('is not followed to where anybody may write, and the message says so', () => {
    const [kernel, module] = [kernelOnDisk(), emptyFolder()];
    const makefile = (named: string): string => `obj-m := a.o\nKDIR := ${named}\nall:\n\tmake -C $(KDIR) M=$(PWD)\n`;
    const saidOf = (named: string): string => {
      writeFiles(module, { Makefile: makefile(named), 'a.c': '' });
      return findTree({ folder: module, paths: ['a.c'] }).errors.join('\n');
    };
    expect(saidOf(kernel)).toContain(`its Makefile names ${kernel}, which is not taken from a Makefile`);
    expect(saidOf('/lib/modules/none/build')).toContain(
      '/lib/modules/none/build, which is not there. Name the tree with',
    );
    expect(saidOf('/usr/src/../../tmp')).toContain('names /tmp, which is not taken');
  });
});

it('a Kbuild file that is there and can’t be read is named', () => {
  const [kernel, module] = [kernelOnDisk(), emptyFolder()];
  writeFiles(module, { 'a.c': '', 'Makefile/inside': '' });
  expect(findTree({ folder: module, paths: ['a.c'], kernel }).warnings).toContain(
    `${module}/Makefile is not read: is a folder.`,
  );
});
