/** `overlint check FILE --arch LIST`: an assert is judged on every target whose configuration builds the file. */
import fs from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';

const FILES = {
  Kconfig: 'mainmenu "test"\nsource "arch/$(SRCARCH)/Kconfig"\nconfig WIDE\n\tdef_bool X86_64 || ARM64\n',
  Kbuild: 'obj-y += lib/\n',
  'scripts/kconfig/lexer.l': '%%',
  'arch/x86/Kconfig':
    'config X86\n\tdef_bool y\nconfig X86_64\n\tdef_bool "$(ARCH)" = "x86_64"\nconfig X86_32\n\tdef_bool !X86_64\n',
  'arch/x86/configs/defconfig': '',
  'arch/arm64/Kconfig': 'config ARM64\n\tdef_bool y\n',
  'arch/arm64/configs/defconfig': '',
  'arch/m68k/Kconfig': 'config M68K\n\tdef_bool y\n',
  'arch/m68k/configs/defconfig': '',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'lib/Makefile': 'obj-y += every.o\nobj-$(CONFIG_WIDE) += wide.o\n',
  'lib/every.c': 'struct wire { char kind; long length; };\n_Static_assert(sizeof(struct wire) == 16, "wire");\n',
  'include/uapi/linux/ring.h': 'struct ring { int a; };\n',
  'lib/wide.c': '_Static_assert(sizeof(long) == 8, "wide");\n',
};

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

async function findingsOf(...args: string[]) {
  const folder = kernelOnDisk(FILES);
  fs.rmSync(`${folder}/.config`);
  const { out, err } = await runOverlint(['check', '--format', 'json', '--no-cache', ...args], {
    ...{ folder, execution: {} },
  });
  expect(err).toBe('');
  return JSON.parse(out) as {
    findings: {
      rule: string;
      file: string;
      line: number;
      targets: string[];
      message: string;
      related: { message: string }[];
    }[];
    stats: Record<string, number>;
  };
}

it('names the targets that an assert breaks on, with what each of them says', async () => {
  const { findings, stats } = await findingsOf('--arch', 'x86_64,i386,arm64,m68k', 'lib/every.c');
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ file: 'lib/every.c', line: 2, targets: ['i386', 'm68k'] });
  expect(findings[0].message).toMatch(/^struct wire is 8 bytes, asserted 16: /);
  expect(findings[0].related.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^on m68k: struct wire is 6 bytes, asserted 16: /),
  );
  expect(stats).toMatchObject({ 'asserts.held': 2, 'asserts.broken': 2 });
});

it('judges a file on no target whose configuration does not build it', async () => {
  expect((await findingsOf('--arch', 'x86_64,i386,m68k', 'lib/wide.c')).findings).toEqual([]);
});

it('judges a change on all of them, and what it changes for programs once', async () => {
  const patch = (name: string, before: string, after: string): string =>
    `--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-${before}+${after}`;
  const wide = FILES['lib/wide.c'];
  const series = [
    patch('lib/wide.c', wide, '_Static_assert(sizeof(long) + sizeof(int) == 16, "wide");\n'),
    patch('include/uapi/linux/ring.h', 'struct ring { int a; };\n', 'struct ring { long a; };\n'),
  ].join('');
  const patchFile = `${emptyFolder()}/series.patch`;
  fs.writeFileSync(patchFile, series);
  const { findings } = await findingsOf('--arch', 'x86_64,arm64,i386', '--patch', patchFile);
  expect(findings.map(({ rule, file, targets }) => ({ rule, file, targets }))).toEqual([
    { rule: 'uapi-change', file: 'include/uapi/linux/ring.h', targets: undefined },
    { rule: 'broken-assert', file: 'lib/wide.c', targets: ['x86_64', 'arm64'] },
  ]);
});

it.each([
  [['--arch', 'x86_64,nowhere'], 'There is no target nowhere.'],
  [['--arch', 'x86_64,i386', '--build', '.'], '--build . is for one architecture.'],
  [['--arch', 'x86_64,i386', '--fix'], 'fixes are made for one.'],
])('refuses %j', async (args, problem) => {
  const folder = kernelOnDisk(FILES);
  const { err, code } = await runOverlint(['check', ...args, 'lib/every.c'], { folder });
  expect(code).toBe(2);
  expect(err).toContain(problem);
});
