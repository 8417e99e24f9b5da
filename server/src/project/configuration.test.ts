/** A tree without a configuration: its own Kconfig files say what it would be, and its tables what a build would make. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { evaluatedConfiguration, type RememberedConfiguration } from './configuration';

const KCONFIG = `
mainmenu "test"
config X86
	def_bool y
config 64BIT
	def_bool y
config WIDE
	bool "wide"
config MODULES
	bool "modules"
	modules
`;

const FILES = {
  Kconfig: KCONFIG,
  'scripts/kconfig/lexer.l': '%%',
  'arch/x86/Kconfig': '',
  'arch/x86/Makefile': 'KBUILD_DEFCONFIG := x86_64_defconfig\n',
  'arch/x86/configs/x86_64_defconfig': 'CONFIG_WIDE=y\n',
  'arch/x86/include/asm/Kbuild': 'generic-y += part.h\n',
  'include/asm-generic/part.h': 'struct part { int a; };\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/box.h': `#include <asm/part.h>
struct box {
	struct part part;
#ifdef CONFIG_WIDE
	long wide;
#endif
};
`,
};

function plainClone(): string {
  const folder = kernelOnDisk(FILES);
  for (const made of ['.config', 'include/generated']) fs.rmSync(`${folder}/${made}`, { recursive: true, force: true });
  return folder;
}

describe('a plain clone', () => {
  it('has the layouts of its defconfig, made headers included, and one line says what was assumed', async () => {
    const { out, err, code } = await runOverlint(['layout', 'box', '--arch', 'x86'], { folder: plainClone() });
    expect(out).toContain('/* size: 16,');
    expect(code).toBe(0);
    expect(err).toBe(
      'overlint: warning: There is no .config: assuming x86_64 defconfig. Choose another with --config or --build.\n',
    );
  });

  it('is evaluated again in the same process when a Kconfig file changes, and not before', () => {
    const kernel = plainClone();
    const request = { kernel, named: undefined, arch: 'x86_64', folder: kernel };
    const first = evaluatedConfiguration(request);
    expect(first?.text).toContain('CONFIG_WIDE=y');
    expect(evaluatedConfiguration(request)).toBe(first);
    fs.writeFileSync(path.join(kernel, 'Kconfig'), KCONFIG.replace('config WIDE', 'config BROAD'));
    expect(evaluatedConfiguration(request)?.text).not.toContain('CONFIG_WIDE');
    fs.writeFileSync(path.join(kernel, 'arch/x86/configs/x86_64_defconfig'), 'CONFIG_BROAD=y\n');
    expect(evaluatedConfiguration(request)?.text).toContain('CONFIG_BROAD=y');
  });

  it('takes another configuration by its name, and says nothing', async () => {
    const folder = plainClone();
    const { out, err } = await runOverlint(['layout', 'box', '--arch', 'x86', '--config', 'allnoconfig'], { folder });
    expect(out).toContain('/* size: 4,');
    expect(err).toBe('');
  });

  it('refuses a name that stands for none', async () => {
    const folder = plainClone();
    const { err, code } = await runOverlint(['layout', 'box', '--arch', 'x86', '--config', 'nothing_defconfig'], {
      folder,
    });
    expect(code).toBe(2);
    expect(err).toContain('nothing_defconfig');
  });

  it('is named by check --format json', async () => {
    const { out } = await runOverlint(['check', '--format', 'json', '--arch', 'x86'], { folder: plainClone() });
    expect(JSON.parse(out).configuration).toEqual({ name: 'x86_64 defconfig', assumed: true });
  });

  it('with a .config of its own takes that', async () => {
    const folder = kernelOnDisk({ ...FILES, '.config': 'CONFIG_X86=y\nCONFIG_64BIT=y\n' });
    const { out, err } = await runOverlint(['layout', 'box'], { folder });
    expect(out).toContain('/* size: 4,');
    expect(err).toBe('');
  });
});

describe('a .config that no build has completed', () => {
  const layoutIn = async (folder: string, ...args: string[]) => {
    const { out, err } = await runOverlint(['layout', 'box', ...args], { folder });
    return { size: Number(/size: (\d+)/.exec(out)?.[1]), err };
  };
  const DEFAULTING = KCONFIG.replace('bool "wide"', 'bool "wide"\n\tdefault y');

  it('is completed as the build would, and its headers are made', async () => {
    const folder = plainClone();
    writeFiles(folder, { Kconfig: DEFAULTING, '.config': 'CONFIG_X86=y\nCONFIG_X86_64=y\n' });
    expect(await layoutIn(folder)).toEqual({ size: 16, err: '' });
    writeFiles(folder, { '.config': 'CONFIG_X86_64=y\n# CONFIG_WIDE is not set\n' });
    expect(await layoutIn(folder)).toEqual({ size: 4, err: '' });
  });

  it('is read on where a line of it is none, and one message says where', async () => {
    const folder = plainClone();
    writeFiles(folder, { '.config': 'CONFIG_X86_64=y\nnonsense\nmore nonsense\nCONFIG_WIDE=y\n' });
    expect(await layoutIn(folder, '--arch', 'x86')).toEqual({
      size: 16,
      err: `overlint: warning: ${folder}/.config:2: unexpected data: nonsense (and 1 more such lines).\n`,
    });
  });

  it('is not read where a link leads out of the tree, unless it is named', async () => {
    const folder = plainClone();
    const outside = emptyFolder();
    writeFiles(outside, { secret: 'root:x:0:0\nCONFIG_X86_64=y\n' });
    fs.symlinkSync(`${outside}/secret`, `${folder}/.config`);
    const { err } = await layoutIn(folder, '--arch', 'x86');
    expect(err).toContain(`${folder}/.config is a link that leads out of the tree`);
    expect(err).not.toContain('root:x');
  });

  it('is believed what the tools that it was made with answered', async () => {
    const tool = 'config TOOL_VERSION\n\tint\n\tdefault 0\n';
    const depending = `${tool}config WIDE\n\tbool "wide"\n\tdepends on TOOL_VERSION >= 119\n`;
    const folder = plainClone();
    writeFiles(folder, {
      Kconfig: `config X86_64\n\tdef_bool y\n${depending}`,
      '.config': 'CONFIG_X86_64=y\nCONFIG_TOOL_VERSION=124\nCONFIG_WIDE=y\n',
    });
    expect((await layoutIn(folder)).size).toBe(16);
    writeFiles(folder, { '.config': 'CONFIG_X86_64=y\nCONFIG_TOOL_VERSION=118\nCONFIG_WIDE=y\n' });
    expect((await layoutIn(folder)).size).toBe(4);
  });

  it('stands as it is where a build has made its headers, until it is changed', async () => {
    const folder = plainClone();
    writeFiles(folder, {
      Kconfig: DEFAULTING,
      '.config': 'CONFIG_X86_64=y\n',
      'include/generated/autoconf.h': '#define CONFIG_X86_64 1\n',
    });
    const [past, now] = [new Date(Date.now() - 60_000), new Date()];
    fs.utimesSync(`${folder}/.config`, past, past);
    expect((await layoutIn(folder)).size).toBe(4);
    writeFiles(folder, { '.config': 'CONFIG_X86_64=y\nCONFIG_WIDE=y\n' });
    fs.utimesSync(`${folder}/include/generated/autoconf.h`, past, past);
    fs.utimesSync(`${folder}/.config`, now, now);
    expect((await layoutIn(folder)).size).toBe(16);
  });

  it('keeps what no Kconfig file defines where one is missing, and one message says so', async () => {
    const folder = plainClone();
    writeFiles(folder, {
      Kconfig: 'config X86_64\n\tdef_bool y\nsource "lib/Kconfig"\n',
      '.config': 'CONFIG_WIDE=y\n',
    });
    expect(await layoutIn(folder, '--arch', 'x86')).toEqual({
      size: 16,
      err: 'overlint: warning: lib/Kconfig is missing: options that no Kconfig file defines keep the value that the configuration gives them.\n',
    });
  });

  it('does not count for another architecture that is named alone', async () => {
    const folder = plainClone();
    writeFiles(folder, {
      '.config': '# Linux/arm64 6.12.9 Kernel Configuration\nCONFIG_ARM64=y\n',
      'include/generated/autoconf.h': '#define CONFIG_ARM64 1\n',
    });
    expect(await layoutIn(folder, '--arch', 'x86')).toEqual({
      size: 16,
      err: 'overlint: warning: The .config is for arm64: assuming x86_64 defconfig. Choose another with --config or --build.\n',
    });
  });

  it('gives way to a configuration that is named, whatever a build has made', async () => {
    const folder = plainClone();
    writeFiles(folder, { '.config': 'CONFIG_WIDE=y\n', 'include/generated/autoconf.h': '#define CONFIG_WIDE 1\n' });
    expect(await layoutIn(folder, '--arch', 'x86', '--config', 'allnoconfig')).toEqual({ size: 4, err: '' });
  });
});

it('is kept between runs, while nothing that it rests on changes', async () => {
  const kernel = plainClone();
  const past = new Date(Date.now() - 60_000);
  const kept = new Map<string, RememberedConfiguration>();
  const memory = {
    recall: (key: string) => kept.get(key),
    keep: (key: string, made: RememberedConfiguration) => kept.set(key, made),
  };
  const request = { kernel, named: undefined, arch: 'x86_64', folder: kernel };
  const text = evaluatedConfiguration(request, memory)?.text;
  expect([...kept.values()].map(({ answer }) => answer?.text)).toEqual([text]);
  fs.utimesSync(path.join(kernel, 'Kconfig'), past, past);
  fs.writeFileSync(path.join(kernel, 'Kconfig'), KCONFIG.replace('config WIDE', 'config BROAD'));
  expect(evaluatedConfiguration(request, memory)?.text).not.toBe(text);
});
