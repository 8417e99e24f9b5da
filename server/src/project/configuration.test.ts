/** A tree without a configuration: its own Kconfig files say what it would be, and its tables what a build would make. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';
import { evaluatedConfiguration } from './configuration';

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
