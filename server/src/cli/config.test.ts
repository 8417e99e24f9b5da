/** `overlint config` on small trees, and what people and trees get wrong with it. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';

const KCONFIG = `mainmenu "Linux/$(ARCH) $(KERNELVERSION) Kernel Configuration"
source "arch/$(SRCARCH)/Kconfig"

config CC_VERSION_TEXT
	string
	default "$(CC_VERSION_TEXT)"

config NET
	bool "Net"
	default y

config NAME
	string "Name"
	default "a \\"b\\" \\\\c"
`;

/** A tree with a Kconfig file of its own, without a `.config`. */
function tree(files: Readonly<Record<string, string>> = {}): string {
  const folder = kernelOnDisk({
    Kconfig: KCONFIG,
    'arch/x86/Kconfig': 'config X86\n\tdef_bool y\n',
    'arch/x86/Makefile': 'KBUILD_DEFCONFIG := $(ARCH)_defconfig\n',
    'arch/x86/configs/x86_64_defconfig': '# CONFIG_NET is not set\n',
    'arch/arm64/Kconfig': 'config ARM64\n\tdef_bool y\n',
    'arch/arm64/configs/defconfig': '',
    ...files,
  });
  if (files['.config'] === undefined) fs.rmSync(path.join(folder, '.config'));
  return folder;
}

// Results are kept in a folder of the test's own.
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

const run = (folder: string, ...args: string[]) => runOverlint(['config', ...args], { folder });

describe('overlint config', () => {
  it('prints what the build would make', async () => {
    const { code, out, err } = await run(tree(), 'defconfig', '--arch', 'x86_64', '--compiler', 'gcc-12');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      '#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86_64 6.12.9 Kernel Configuration\n#\n' +
        'CONFIG_X86=y\nCONFIG_CC_VERSION_TEXT="gcc (Debian 12.2.0-14+deb12u1) 12.2.0"\n# CONFIG_NET is not set\n' +
        'CONFIG_NAME="a \\"b\\" \\\\c"\n',
    );
  });

  it('takes an architecture by any of its names, and a name by --config', async () => {
    const { out } = await run(tree(), '--config', 'allnoconfig', '--arch', 'aarch64');
    expect(out).toContain('# Linux/arm64 6.12.9 Kernel Configuration\n#\nCONFIG_ARM64=y\n');
  });

  it("completes the tree's own .config where nothing is named", async () => {
    const folder = tree({ '.config': '# Linux/arm64 6.12.9 Kernel Configuration\nCONFIG_NAME="mine"\n' });
    const { out, err } = await run(folder);
    expect(err).toBe('');
    expect(out).toContain('CONFIG_ARM64=y\n');
    expect(out).toContain('CONFIG_NET=y\nCONFIG_NAME="mine"\n');
  });

  it('prints JSON: the values, what was said, and what no compiler was asked', async () => {
    const folder = tree({ 'arch/x86/Kconfig': 'config X86\n\tdef_bool $(shell,whoami)\n' });
    const { out } = await run(folder, 'alldefconfig', '--arch', 'x86', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ name: 'alldefconfig', assumed: false, arch: 'x86_64', version: '6.12.9' },
      symbols: { NET: 'y', NAME: 'a "b" \\c' },
      messages: [
        'arch/x86/Kconfig:2: invalid statement',
        'arch/x86/Kconfig:1:warning: config symbol defined without type',
      ],
      unanswered: ['whoami'],
    });
  });

  it('explains a symbol', async () => {
    const { code, out } = await run(tree(), 'defconfig', '--arch', 'x86', '--explain', 'CONFIG_NET');
    expect(code).toBe(0);
    expect(out).toBe(
      'CONFIG_NET=n  (bool, x86_64 x86_64_defconfig)\n  The configuration sets it to n.\n\n' +
        'defined at Kconfig:8: "Net"\n\ndefaults, of which the first that holds counts:\n  y: holds  (Kconfig:10)\n',
    );
    const json = await run(tree(), 'defconfig', '--arch', 'x86', '--explain', 'NET', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({ configuration: 'x86_64_defconfig', symbol: 'NET', value: 'n' });
  });

  it('gives again what it gave before, while all that it was made from is the same', async () => {
    const folder = tree();
    const args = ['defconfig,mine', '--arch', 'x86', '--kernel', folder];
    const answers = async (...changes: Readonly<Record<string, string>>[]) => {
      const values: string[] = [];
      for (const change of changes) {
        writeFiles(folder, change);
        values.push(/NAME=.*/.exec((await run(folder, ...args)).out)?.[0] ?? 'none');
      }
      return values;
    };
    expect(
      await answers(
        { mine: 'CONFIG_NAME="one"\n' },
        {},
        { mine: 'CONFIG_NAME="two"\n' },
        { 'arch/x86/Kconfig': 'config NAME\n\tint\n\tdefault 5\n' },
        { 'arch/x86/Kconfig': 'source "more"\n' },
        { more: 'config NAME\n\thex\n\tdefault 0x1\n' },
      ),
    ).toEqual(['NAME="one"', 'NAME="one"', 'NAME="two"', 'NAME=5', 'NAME="two"', 'NAME=0x1']);
  });

  it('counts with --stats', async () => {
    const { err } = await run(tree(), 'alldefconfig', '--arch', 'x86', '--stats', '--compiler', 'clang-19');
    expect(err).toMatch(/^2 Kconfig files, 4 symbols, \d+ ms\ntoolchain: clang-19 for x86_64: Debian clang version 19/);
    expect(err).toContain('questions to the toolchain that have no answer, taken as no: 0\n');
  });
});

describe('what people get wrong', () => {
  it.each([
    [
      ['nodefconfig'],
      /^overlint: nodefconfig is neither a file nor the name of a configuration\. Names are defconfig, /,
    ],
    [['defconfig', '--arch', 'vax'], /^overlint: There is no architecture vax in .*\/arch: it has arm64, x86\./],
    [['defconfig', '--compiler', 'tcc'], /^overlint: There are no answers of tcc\. Compilers are gcc-12, /],
    [['defconfig', '--config', 'allnoconfig'], /^overlint: Name the configuration once/],
    [
      ['defconfig', '--arch', 'x86', '--explain', 'NETT'],
      /^overlint: No Kconfig file of x86_64 defines NETT\. Did you mean NET\?/,
    ],
    [['arch', '--arch', 'x86'], /^overlint: arch: is a folder\./],
  ])('%s', async (args, message) => {
    const { code, out, err } = await run(tree(), ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('a folder of headers has no Kconfig files', async () => {
    const folder = tree();
    fs.rmSync(path.join(folder, 'Kconfig'));
    const { code, err } = await run(folder, 'defconfig');
    expect(code).toBe(2);
    expect(err).toContain('has no Kconfig file, as only a whole source tree has.');
  });

  it('a configuration of another architecture and version is completed, and that is said', async () => {
    const folder = tree();
    writeFiles(folder, {
      'old.config': '# Linux/arm64 5.4.1 Kernel Configuration\nCONFIG_ARM64=y\nCONFIG_NAME="kept"\n',
    });
    const { code, out, err } = await run(folder, './old.config', '--arch', 'x86');
    expect(code).toBe(0);
    expect(out).toContain('CONFIG_NAME="kept"');
    expect(out).not.toContain('ARM64');
    expect(err).toBe(
      'overlint: The configuration is for arm64, and is completed for x86_64: symbols of other architectures are left out.\n' +
        "overlint: The configuration is of Linux 5.4.1, and is completed for the tree's 6.12.9.\n",
    );
  });

  it('names and values of any alphabet come out as they went in', async () => {
    const folder = tree();
    writeFiles(folder, { 'né.config': 'CONFIG_NAME="\xc3\xa9 \xe4\xb8\xad"\nrubbish\n' });
    const { out, err } = await run(folder, './né.config', '--arch', 'x86', '--format', 'json');
    const printed = JSON.parse(Buffer.from(out, 'latin1').toString('utf8'));
    expect(printed).toMatchObject({ name: './né.config', symbols: { NAME: 'é 中' } });
    expect(printed.messages).toEqual(['./né.config:2:warning: unexpected data: rubbish']);
    expect(Buffer.from(err, 'latin1').toString('utf8')).toContain('overlint: ./né.config:2:warning: ');
  });

  it('a configuration of a hundred megabytes is refused', async () => {
    const folder = tree();
    const file = path.join(folder, 'huge');
    fs.writeFileSync(file, '');
    fs.truncateSync(file, 100 << 20);
    const { code, err } = await run(folder, 'huge', '--arch', 'x86');
    expect([code, err]).toEqual([2, 'overlint: huge: it is too large.\n']);
  });
});

describe('hostile trees', () => {
  it('run nothing, wherever a command stands', async () => {
    const marker = path.join(emptyFolder(), 'ran');
    const touch = `$(shell,touch ${marker})`;
    const folder = tree({
      Kconfig: `${touch}\nmainmenu "${touch}"\nX := ${touch}\nconfig ${touch}A\n\tdef_bool $(X)y\n\tdepends on "${touch}" = ""\nsource "${touch}arch/x86/Kconfig"\n`,
      'arch/x86/Makefile': `KBUILD_DEFCONFIG := $(shell touch ${marker})x86_64_defconfig\n$(shell touch ${marker})\n`,
      Makefile: `VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = $(shell touch ${marker})\n`,
      'arch/x86/configs/x86_64_defconfig': `CONFIG_A="\`touch ${marker}\`"\n`,
    });
    const { out } = await run(folder, 'defconfig', '--arch', 'x86');
    expect(out).toContain('CONFIG_X86=y\n');
    expect(fs.existsSync(marker)).toBe(false);
  });

  it('name what is wrong, and the rest is evaluated', async () => {
    const folder = tree({
      Kconfig:
        'source "Kconfig"\nsource "gone/Kconfig"\nsource "../../etc/passwd"\n$(error-if,y,no compiler)\n' +
        'config A\n\tbool "A"\n\tdepends on B\nconfig B\n\tbool "B"\n\tdepends on A\nconfig C\n\tdef_bool y\n',
      '.config': 'CONFIG_OUT_OF_TREE=m\n',
    });
    const { code, out, err } = await run(folder, '.config', '--arch', 'x86');
    expect(code).toBe(0);
    expect(out).toContain('CONFIG_C=y\nCONFIG_OUT_OF_TREE=m\n');
    for (const message of [
      'overlint: Recursive inclusion detected.\nInclusion path:\n  current file : Kconfig\n  included from: Kconfig:1\n',
      'overlint: Kconfig:2: can\'t open file "gone/Kconfig"\n',
      'overlint: Kconfig:3: can\'t open file "../../etc/passwd"\n',
      'overlint: Kconfig:4: no compiler\n',
      'overlint: error: recursive dependency detected!\n\tsymbol A depends on B\n\tsymbol B depends on A\n',
      'overlint: 2 Kconfig files are missing; symbols that no file defines keep their value.\n',
    ])
      expect(err).toContain(message);
  });

  it('cannot colour the terminal, nor nest without end', async () => {
    const deep = `config D\n\tdef_bool ${'('.repeat(50_000)}y${')'.repeat(50_000)}\n`;
    const folder = tree({ 'arch/x86/Kconfig': `\x1b[31mred\n${deep}config X86\n\tdef_bool y\n` });
    const { code, out, err } = await run(folder, 'alldefconfig', '--arch', 'x86');
    expect(code).toBe(0);
    expect(out).toContain('CONFIG_X86=y');
    expect(err).toContain('overlint: arch/x86/Kconfig:3: invalid statement\n');
    expect(err).not.toContain('\x1b');
  });

  it('may hold chains that are longer than any stack', async () => {
    const chain = Array.from({ length: 200_000 }, () => 'X86').join(' && ');
    const selects = Array.from({ length: 20_000 }, (_, index) => `config S${index}\n\tdef_bool y\n\tselect T\n`);
    const folder = tree({ 'arch/x86/Kconfig': `config T\n\tbool\n${selects.join('')}config X86\n\tdef_bool y\n` });
    expect((await run(folder, 'alldefconfig', '--arch', 'x86')).out).toContain('CONFIG_T=y');
    const endless = tree({
      'arch/x86/Kconfig': `config X86\n\tdef_bool y\nconfig A\n\tdef_bool y\n\tdepends on ${chain}\n`,
    });
    const { code, err } = await run(endless, 'alldefconfig', '--arch', 'x86');
    expect([code, err]).toEqual([2, 'overlint: The Kconfig files are nested too deeply to be evaluated.\n']);
  });
});
