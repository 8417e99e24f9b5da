/** The sides of `overlint diff`: build folders and configurations, alone and of a revision, which has its own Kconfig files. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, KERNEL_FILES, kernelOnDisk, writeFiles } from '../testing/disk-tree';

/** The option LABEL, with what it is by itself, decides on a member. */
const files = (byItself: 'y' | 'n'): Record<string, string> => ({
  Kconfig: `mainmenu "test"\nsource "arch/$(SRCARCH)/Kconfig"\nconfig LABEL\n\tbool "label"\n\tdefault ${byItself}\n`,
  'arch/x86/Kconfig': 'config 64BIT\n\tdef_bool y\nconfig X86_64\n\tdef_bool y\n',
  'arch/x86/configs/defconfig': '',
  'arch/x86/configs/labelled_defconfig': 'CONFIG_LABEL=y\n',
  'arch/x86/configs/bare_defconfig': '# CONFIG_LABEL is not set\n',
  'scripts/kconfig/lexer.l': '%%',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/box.h': 'struct box {\n\tlong owner;\n#ifdef CONFIG_LABEL\n\tchar label[8];\n#endif\n};\n',
});

/** A tree in git without a .config: its option is off by itself in HEAD~1 and on since. */
function repository(): string {
  const folder = kernelOnDisk(files('n'));
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
      stdio: 'ignore',
    });
  git('init');
  git('rm', '--cached', '--ignore-unmatch', '.config');
  execFileSync('rm', [`${folder}/.config`]);
  git('add', '.');
  git('commit', '-m', 'one');
  writeFiles(folder, files('y'));
  git('commit', '-am', 'two');
  return folder;
}

/** The sizes of `struct box` on two sides, and what was said of them. */
async function sizes(folder: string, a: string, b: string, ...flags: string[]) {
  const { out, err } = await runOverlint(['diff', a, b, 'box', '--format', 'json', ...flags], { folder });
  if (out === '') return { err };
  const { a: before, b: after } = JSON.parse(out);
  return { sizes: [before.layout.size, after.layout.size], err };
}

it('gives each revision the configuration that its own Kconfig files assume', async () => {
  const folder = repository();
  const { sizes: found, err } = await sizes(folder, 'HEAD~1', 'HEAD');
  expect(found).toEqual([8, 16]);
  expect(err).toContain('HEAD~1: There is no .config: assuming x86_64 defconfig');
  expect(err).toContain('HEAD: There is no .config: assuming x86_64 defconfig');
});

it('takes the name of a configuration for each side', async () => {
  const folder = repository();
  expect(await sizes(folder, 'rev:HEAD~1,config:defconfig', 'rev:HEAD,config:defconfig')).toEqual({
    ...{ sizes: [8, 16], err: '' },
  });
  expect(await sizes(folder, 'config:bare_defconfig', 'config:labelled_defconfig')).toEqual({
    sizes: [8, 16],
    err: '',
  });
  expect(await sizes(folder, 'rev:HEAD~1,config:labelled_defconfig', 'rev:HEAD,config:bare_defconfig')).toEqual({
    ...{ sizes: [16, 8], err: '' },
  });
  const { err } = await sizes(folder, 'config:no_such_defconfig', 'HEAD');
  expect(err).toContain('no_such_defconfig');
});

it('takes a build folder for each side, alone and with a revision', async () => {
  const folder = repository();
  const [bare, labelled] = [emptyFolder(), emptyFolder()];
  const built = (config: string, macro: string) => ({
    '.config': `${KERNEL_FILES['.config']}${config}\n`,
    'include/generated/autoconf.h': `#define CONFIG_X86_64 1\n${macro}`,
  });
  writeFiles(bare, built('# CONFIG_LABEL is not set', ''));
  writeFiles(labelled, built('CONFIG_LABEL=y', '#define CONFIG_LABEL 1\n'));
  const both = { sizes: [8, 16], err: '' };
  expect(await sizes(folder, `build:${bare}`, `build:${labelled}`)).toEqual(both);
  expect(await sizes(folder, bare, labelled)).toEqual(both);
  expect(await sizes('/', bare, labelled, '--kernel', folder)).toEqual(both);
  expect(await sizes(folder, `rev:HEAD,build:${bare}`, `rev:HEAD~1,build:${labelled}`)).toEqual(both);
  const { err } = await sizes(folder, 'build:/proc', 'HEAD');
  expect(err).toContain('build:/proc: /proc is no build folder');
});
