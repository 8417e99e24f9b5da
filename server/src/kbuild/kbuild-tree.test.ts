/** What Kbuild files say of a source: whether it is built, as what, and with which flags. */
import { describe, expect, it } from 'vitest';
import { KbuildTree } from './kbuild-tree';

const SYMBOLS = new Map([
  ['CONFIG_ON', 'y'],
  ['CONFIG_BOX', 'm'],
]);

function treeOf(files: Readonly<Record<string, string>>, build = '/k'): KbuildTree {
  const reader = {
    read: (path: string) => files[path.replace('/k/', '')],
    exists: (path: string) => path.replace('/k/', '') in files,
  };
  return new KbuildTree({ kernel: '/k', build, arch: 'x86', symbols: SYMBOLS, reader });
}

/** `built module`, as the only Makefile of a folder `d` has it. */
function built(makefile: string, source = 'd/a.c'): string {
  const file = treeOf({ 'd/Makefile': makefile }).file(`/k/${source}`);
  return file ? `${file.built ?? 'not'} ${file.module}` : 'not named';
}

describe('a source', () => {
  it.each([
    ['obj-y += a.o', 'y a'],
    ['obj-m += a.o', 'm a'],
    ['obj-$(CONFIG_BOX) += a.o', 'm a'],
    ['obj-$(CONFIG_OFF) += a.o', 'not a'],
    ['obj-m += a.o\nobj-y += a.o', 'y a'],
    ['lib-y += a.o', 'y a'],
    ['obj-$(CONFIG_BOX) += box.o\nbox-objs := a.o b.o', 'm box'],
    ['obj-$(CONFIG_BOX) += my-box.o\nmy-box-y := b.o\nmy-box-$(CONFIG_ON) += a.o', 'm my-box'],
    ['obj-$(CONFIG_BOX) += box.o\nbox-y := b.o\nbox-$(CONFIG_OFF) += a.o', 'not box'],
    ['obj-m += one.o two.o\none-y := a.o\ntwo-y := a.o', 'm one:two'],
    ['ifdef CONFIG_OFF\nobj-y += a.o\nendif', 'not named'],
    ['hostprogs := a\na-objs := a.o', 'not named'],
  ])('by %j is %s', (makefile, expected) => expect(built(makefile)).toBe(expected));

  it('may be named from above', () => {
    expect(built('obj-y += box.o\nbox-y := sub/a.o', 'd/sub/a.c')).toBe('y box');
  });

  it('may be named from beside, by a Kbuild file that a folder above visits', () => {
    const files = {
      'd/Makefile': 'obj-y += x/made/\n',
      'd/x/made/Makefile': 'obj-m += box.o\nbox-y := ../shared/a.o\n',
    };
    expect(treeOf(files).file('/k/d/x/shared/a.c')).toMatchObject({ folder: 'd/x/made', built: 'm', module: 'box' });
  });

  it('is not built where the build does not come to its folder', () => {
    const files = { 'd/Makefile': 'obj-$(CONFIG_OFF) += e/\nobj-m += f/\n', 'd/e/Makefile': 'obj-m += a.o\n' };
    expect(treeOf(files).file('/k/d/e/a.c')).toMatchObject({ built: undefined, macros: [] });
    expect(treeOf({ ...files, 'd/f/Makefile': 'obj-y += a.o\n' }).file('/k/d/f/a.c')?.built).toBe('y');
  });

  it('is named by Kbuild rather than by Makefile', () => {
    const files = { 'd/Kbuild': 'obj-m += a.o\n', 'd/Makefile': 'obj-y += a.o\n' };
    expect(treeOf(files).file('/k/d/a.c')?.built).toBe('m');
  });

  it('knows its names, and MODULE where it is a part of one', () => {
    const tree = treeOf({ 'd/Makefile': 'obj-m += my-box.o\nmy-box-y := a-b.o\nobj-y += c.o\n' });
    expect(tree.file('/k/d/a-b.c')).toMatchObject({
      macros: ['MODULE'],
      names: [
        'KBUILD_BASENAME="a_b"',
        'KBUILD_MODNAME="my_box"',
        '__KBUILD_MODNAME=kmod_my_box',
        'KBUILD_MODFILE="d/my-box"',
      ],
    });
    expect(tree.file('/k/d/c.c')?.macros).toEqual([]);
  });
});

/** `-D`, `-U`, `-I` and `-include` of `d/sub/a.c`, whose folder is visited from `d`. */
function flags(sub: string, above = '', more: Readonly<Record<string, string>> = {}): string {
  const files = { 'd/Makefile': `obj-y += sub/\n${above}`, 'd/sub/Makefile': `obj-y += a.o b.o\n${sub}`, ...more };
  const { macros, folders, forced } = treeOf(files).file('/k/d/sub/a.c')!;
  return [...macros, ...folders, ...forced].join(' ');
}

describe('flags', () => {
  it.each([
    ['ccflags-y := -DA -I$(src) -I $(srctree)/include/x', 'A /k/d/sub /k/include/x'],
    ['EXTRA_CFLAGS += -DA=1 -UB', 'A=1 !B'],
    ['ccflags-$(CONFIG_ON) += -DA\nccflags-$(CONFIG_OFF) += -DB', 'A'],
    ['ccflags-y += -DA\nCFLAGS_a.o := -DB\nCFLAGS_b.o := -DC', 'A B'],
    ['ccflags-y += -DA -DB\nCFLAGS_REMOVE_a.o = -DA', 'B'],
    ['ccflags-y += -DA\nCFLAGS_a.o := -DA\nccflags-remove-y += -DA', 'A'],
    ['subdir-ccflags-y += -DA', 'A'],
    ['ccflags-y += -include $(src)/own.h', '/k/d/sub/own.h'],
    [`ccflags-y += -DNAME='"a b"'`, 'NAME="a b"'],
    ['ccflags-y += -I$(shell pwd) $(call cc-option,-DX) -DA', 'A'],
    ['KBUILD_CFLAGS += -DA', 'A'],
  ])('of %j are %s', (makefile, expected) => expect(flags(makefile)).toBe(expected));

  it('of the folders below come from above, those of the folder alone do not', () => {
    expect(flags('ccflags-y += -DA', 'subdir-ccflags-y += -DB -I$(src)\nccflags-y += -DC\n')).toBe('B A /k/d');
    expect(flags('KBUILD_CFLAGS := $(filter-out -DB,$(KBUILD_CFLAGS))', 'subdir-ccflags-y += -DB\n')).toBe('');
  });

  it('are looked for in the build folder, too, which holds what was generated', () => {
    const tree = treeOf({ 'd/Makefile': 'obj-y += a.o\nccflags-y += -I$(obj)\n' }, '/b');
    expect(tree.file('/k/d/a.c')?.folders).toEqual(['/k/d', '/b/d']);
  });
});

describe('a folder of headers', () => {
  const files = {
    'd/Makefile': 'obj-m += core/made/\n',
    'd/core/made/Makefile':
      'BELOW = $(src)/../show\nobj-m += box.o\nccflags-y += -I$(src)/../inc\ninclude $(srctree)/d/core/show/Makefile\n' +
      'box-y := $(SHOWN) main.o\n',
    'd/core/show/Makefile': 'SHOWN = ../show/a.o\nsubdir-ccflags-y += -I$(BELOW)/parts -DSHOW=1\n',
  };

  it.each([
    ['d/core/show', ['SHOW=1', 'MODULE'], ['/k/d/core/show/parts', '/k/d/core/inc']],
    ['d/core/show/parts/deep', ['SHOW=1', 'MODULE'], ['/k/d/core/show/parts', '/k/d/core/inc']],
    ['d/core/inc', [], ['/k/d/core/show/parts', '/k/d/core/inc']],
    ['include/linux', [], []],
  ])('%s has the flags of what compiles its readers', (folder, macros, folders) => {
    const flagsOf = treeOf(files).ofFolder(`/k/${folder}`);
    expect([flagsOf.macros, flagsOf.folders]).toEqual([macros, folders]);
  });

  it('has its objects’ own folders, too', () => {
    const tree = treeOf({ 'd/Makefile': 'obj-y += trace.o\nCFLAGS_trace.o := -I$(src) -DTRACED\n' });
    expect(tree.ofFolder('/k/d')).toMatchObject({ macros: [], folders: ['/k/d'] });
  });

  it('has what the architecture’s Makefile adds for all, and so have general headers', () => {
    const arch = 'machine-$(CONFIG_ON) := box\nKBUILD_CPPFLAGS += $(patsubst %,-I$(srctree)/arch/x86/%,$(machine-y))\n';
    const tree = treeOf({ 'arch/x86/Makefile': arch, 'd/Makefile': 'obj-y += a.o\nccflags-y += -I$(src)\n' });
    expect(tree.ofFolder('/k/include/linux').folders).toEqual(['/k/arch/x86/box']);
    expect(tree.ofFolder('/k/d').folders).toEqual(['/k/arch/x86/box', '/k/d']);
    expect(tree.file('/k/d/a.c')?.folders).toEqual(['/k/arch/x86/box', '/k/d']);
  });

  it('outside the tree has none', () => {
    expect(treeOf(files).ofFolder('/elsewhere/d').folders).toEqual([]);
    expect(treeOf(files).file('/elsewhere/a.c')).toBeUndefined();
  });
});

describe('flags', () => {
  const doubt = (makefile: string) => treeOf({ 'd/Makefile': `${makefile}\nobj-y += a.o` }).file('/k/d/a.c')?.doubt;

  it.each([
    'ccflags-y += $(shell echo -DX)',
    'ccflags-y != echo -DX',
    'ifeq ($(shell echo y),y)\nccflags-y += -DX\nendif',
    'define ccflags-y\n-DX\nendef',
    'Q = -DX\nccflags-y := $(value Q)',
    'ccflags-y += $(call cc-option,-DX)',
    'ccflags-y += @flags.rsp',
    '$(shell echo ccflags-y += -DX)',
    'include /elsewhere.mk',
  ])('are not all known by %j', (makefile) => expect(doubt(makefile)).toEqual(expect.any(String)));

  it.each([
    'ccflags-y += -DX',
    'ccflags-y += $(call cc-option,-Wall) $(call cc-disable-warning,unused)',
    'ifeq ($(shell echo y),y)\nccflags-y += -Wall\nendif',
    '-include elsewhere.mk',
    '$(foreach x,a b,$(eval CFLAGS_$(x).o = -DX))',
  ])('are known by %j', (makefile) => expect(doubt(makefile)).toBeUndefined());

  it.each([
    ['ccflags-y += -Wp,-DX', ['X']],
    ['ccflags-y += --define-macro=X', ['X']],
    ['$(eval ccflags-y += -DX)', ['X']],
    ['Q := a\nundefine Q\nifndef Q\nccflags-y += -DX\nendif', ['X']],
  ])('of %j are read', (makefile, macros) => {
    expect(treeOf({ 'd/Makefile': `${makefile}\nobj-y += a.o` }).file('/k/d/a.c')?.macros).toEqual(macros);
  });
});

describe('a module out of the tree', () => {
  /** How `/m/NAME` is compiled, with these files in /m and a kernel in /k. */
  const inModule = (files: Readonly<Record<string, string>>, name: string) => {
    const all: Record<string, string> = {
      '/k/Makefile': 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 9\nEXTRAVERSION =\n',
    };
    for (const [file, text] of Object.entries(files)) all[`/m/${file}`] = text;
    const reader = { read: (path: string) => all[path], exists: (path: string) => path in all };
    const tree = new KbuildTree({ kernel: '/k', build: '/b', module: '/m', arch: 'x86', symbols: SYMBOLS, reader });
    return tree.file(`/m/${name}`) ?? tree.ofFolder(`/m/${name}`.replace(/\/[^/]*$/, ''));
  };

  it.each([
    ['obj-m := a.o\nccflags-y := -I$(src)/include', ['/m/include']],
    ['obj-m := a.o\nEXTRA_CFLAGS += -I$(PWD)/inc -I$(M)/more', ['/m/inc', '/m/more']],
    ['obj-m := a.o\nccflags-y := -I$(srctree)/drivers/base', ['/k/drivers/base', '/b/drivers/base']],
    ['ifneq ($(KERNELRELEASE),)\nobj-m := a.o\nccflags-y := -I$(obj)\nelse\nall:\n\tmake\nendif', ['/m']],
  ])('by %j looks into %j', (makefile, folders) => {
    expect(inModule({ Makefile: makefile }, 'a.c')).toMatchObject({ folders, built: 'm' });
  });

  it('has MODULE, what the makefile above its folder says, and its own header folders', () => {
    const files = {
      Makefile: 'obj-m := sub/\nsubdir-ccflags-y := -DDEEP=2 -I$(src)/include\n',
      'sub/Makefile': 'obj-m := drv.o\ndrv-y := a.o\n',
    };
    expect(inModule(files, 'sub/a.c')).toMatchObject({
      ...{ module: 'drv', macros: ['DEEP=2', 'MODULE'], folders: ['/m/include'] },
    });
    expect(inModule({ Makefile: 'obj-m := a.o\nccflags-y := -DX=1' }, 'include/a.h')).toMatchObject({
      macros: ['X=1', 'MODULE'],
    });
  });

  it('is not said to be known where a command of its makefile would have to be run', () => {
    const flags = inModule({ Makefile: 'obj-m := a.o\nccflags-y := -I$(shell pwd)/include' }, 'a.c');
    expect(flags).toMatchObject({ folders: [], doubt: expect.any(String) });
  });
});
