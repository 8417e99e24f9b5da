/** `overlint layout NAME --arch LIST` on a small tree: one table for several targets, each with its own configuration. */
import fs from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';

const ARCHES = { x86: 'X86', arm64: 'ARM64', m68k: 'M68K', powerpc: 'PPC' };

/** A plain clone: each architecture's Kconfig and default configuration, and no .config. */
const FILES = {
  Kconfig: 'mainmenu "test"\nsource "arch/$(SRCARCH)/Kconfig"\nconfig LABEL\n\tbool "label"\n',
  'scripts/kconfig/lexer.l': '%%',
  ...Object.fromEntries(
    Object.entries(ARCHES).flatMap(([folder, symbol]) => [
      [`arch/${folder}/Kconfig`, `config ${symbol}\n\tdef_bool y\n`],
      [`arch/${folder}/configs/defconfig`, folder === 'arm64' ? 'CONFIG_LABEL=y\n' : ''],
    ]),
  ),
  'arch/x86/Kconfig':
    'config X86\n\tdef_bool y\nconfig X86_64\n\tdef_bool "$(ARCH)" = "x86_64"\nconfig X86_32\n\tdef_bool !X86_64\n',
  'arch/powerpc/Kconfig':
    'config PPC\n\tdef_bool y\nconfig PPC64\n\tbool "64"\nconfig CPU_LITTLE_ENDIAN\n\tbool "little"\n',
  'arch/powerpc/configs/ppc64le_defconfig': 'CONFIG_PPC64=y\nCONFIG_CPU_LITTLE_ENDIAN=y\n',
  'arch/m68k/include/asm/part.h': 'struct part { long a; };\n',
  'arch/x86/include/asm/part.h': 'struct part { long a, b; };\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/box.h': `struct box {
	char kind;
	unsigned long flags;
	unsigned low : 3, high : 5;
#ifdef CONFIG_LABEL
	char label[8];
#endif
	void *owner;
};
`,
};

function plainClone(): string {
  const folder = kernelOnDisk(FILES);
  fs.rmSync(`${folder}/.config`);
  return folder;
}

// Results are kept in a folder of the test's own.
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

const run = (folder: string, ...args: string[]) => runOverlint(['layout', ...args], { folder });

describe('several targets', () => {
  it('stand side by side, each with its own defconfig, and what differs from the first is marked', async () => {
    const { out, err, code } = await run(plainClone(), 'box', '--arch', 'x86_64,i386,arm64,m68k');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`/* include/linux/box.h:1 */
struct box  x86_64  i386  arm64  m68k
kind             0     0      0     0
flags            8     4*     8     2*
low           16:0   8:0*  16:0   6:0*
high          16:3   8:3*  16:3   6:3*
label            -     -     17*    -
owner           24    12*    32*    8*
size            32    16*    40*   12*
align            8     4*     8     2*
/* * other offset or size than on x86_64 */
/* each with its own defconfig */
`);
  });

  it('give a line each as JSON, the same from an earlier run', async () => {
    const folder = plainClone();
    const args = ['box', '--arch', 'arm64,ppc64le', '--format', 'json'];
    const { out } = await run(folder, ...args);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { target: 'arm64', configuration: 'arm64 defconfig', name: 'box', size: 40, status: 'exact' },
      { target: 'ppc64le', configuration: 'powerpc ppc64le_defconfig', name: 'box', size: 32, status: 'exact' },
    ]);
    expect((await run(folder, ...args)).out).toBe(out);
  });

  it('say in their column what they lack', async () => {
    const { out, code } = await run(plainClone(), 'part', '--arch', 'x86_64,arm64,m68k,alpha');
    expect(code).toBe(1);
    expect(out).toContain(
      '/* arch/x86/include/asm/part.h:1 (x86_64) */\n/* arch/m68k/include/asm/part.h:1 (m68k) */\n',
    );
    expect(out).toMatch(/\nsize +16 +-\* +4\* +-\*\n/);
    expect(out).toContain('/* arm64: unknown: no file defines part */\n');
    expect(out).toMatch(
      /\/\* alpha: unknown: There is no architecture alpha in .*: it has arm64, m68k, powerpc, x86\./,
    );
  });

  it("keep a tree's own .config for the architecture that it is for", async () => {
    const folder = kernelOnDisk({ ...FILES, '.config': 'CONFIG_X86=y\nCONFIG_X86_64=y\nCONFIG_LABEL=y\n' });
    const { out } = await run(folder, 'box', '--arch', 'x86_64,arm64,m68k');
    expect(out).toMatch(/\nlabel +17 +17 +-\*\n/);
    expect(out).toContain(`/* x86_64: ${folder}/.config */\n/* arm64: arm64 defconfig */\n`);
  });

  it.each([
    [['box', '--arch', 'arm64,vax'], 'There is no target vax. "overlint layout --arch list" names them all.'],
    [['box', '--arch', 'all', '--build', 'b'], '--build b is for one architecture.'],
    [
      ['box', '--arch', 'all', '--config', '.config'],
      '.config is a configuration of one architecture, and i386 is another',
    ],
    [['box', '--arch', 'all', '--format', 'svg'], '--format svg draws a record for one target.'],
    [['--all', '--arch', 'all'], '--all is for one target; several take names of records.'],
    [['box.kind', '--arch', 'all'], 'Several targets take whole records: box, not box.kind.'],
    [['crate', '--arch', 'arm64,m68k'], 'On none of these targets does a file define crate.'],
  ])('refuse %j', async (args, message) => {
    const folder = kernelOnDisk({ ...FILES, '.config': 'CONFIG_X86=y\nCONFIG_X86_64=y\n' });
    const { err, code } = await run(folder, ...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('--arch list', () => {
  it('names every target with its folder and the compilers that it was checked by', async () => {
    const { out, code } = await run(emptyFolder(), '--arch', 'list');
    expect(code).toBe(0);
    expect(out).toMatch(/^ppc64le +arch\/powerpc +checked by gcc and clang$/m);
    expect(out).toMatch(/^nios2 +arch\/nios2 +unchecked, by its ABI document$/m);
    expect(out).toMatch(/^um +i386, x86_64$/m);
    const lines = (await run(emptyFolder(), '--arch', 'list', '--format', 'json')).out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toContainEqual({
      ...{ name: 'hexagon', folder: 'hexagon', builtBy: ['clang'], checkedBy: ['clang'] },
    });
  });
});
