/** The configurations that names stand for, on a tree of a few files, and which one counts. */
import { describe, expect, it } from 'vitest';
import { evaluateKconfig } from '../testing/kconfig';
import { buildArchitecture } from './architecture';
import { chooseArchitecture, chooseConfiguration, configHeader, configurationName } from './choice-of-configuration';
import { makeConfiguration, mergeFragment, NoSuchConfiguration } from './configurations';

const KCONFIG = `
config MODULES
	bool "Modules"
	modules
config NET
	tristate "Net"
	default y
config SMALL
	bool "Small"
config GUEST
	bool "Guest"
	depends on NET
`;

const TREE: Readonly<Record<string, string>> = {
  'arch/arm64/Makefile': 'virt_defconfig:\n\t$(call merge_into_defconfig,defconfig,virt)\n',
  'arch/arm64/configs/defconfig': 'CONFIG_MODULES=y\nCONFIG_NET=m\n',
  'arch/arm64/configs/virt.config': 'CONFIG_GUEST=y\n',
  'arch/arm64/configs/generic_defconfig': 'CONFIG_MODULES=y\n',
  'arch/arm64/configs/generic/32r2.config': 'CONFIG_NET=m\n',
  'arch/arm64/configs/generic/el.config': '# CONFIG_SMALL is not set\n',
  'arch/arm64/configs/generic/board-fits.config':
    '# require CONFIG_MODULES=y\n# require CONFIG_SMALL=n\nCONFIG_GUEST=y\n',
  'arch/arm64/configs/generic/board-other.config': '# require CONFIG_NET=y\nCONFIG_SMALL=y\n',
  'kernel/configs/tiny-base.config': 'CONFIG_SMALL=y\n',
  'kernel/configs/tiny.config': 'CONFIG_NET=y\n',
  'kernel/configs/guest.config': '# CONFIG_MODULES is not set\nCONFIG_GUEST=y\n',
};

function make(
  name: string,
  given: Readonly<Record<string, string>> = {},
  isIncomplete = false,
  arch = buildArchitecture('arm64'),
): string[] {
  const { evaluator } = evaluateKconfig(KCONFIG);
  const { text } = makeConfiguration(name, {
    evaluator,
    arch,
    read: (file) => TREE[file],
    readGiven: (file) => given[file],
    list: (folder) =>
      folder.endsWith('/generic')
        ? ['32r2.config', 'board-fits.config', 'board-other.config', 'el.config']
        : ['defconfig', 'virt.config', 'board_defconfig'],
    report: () => {},
    isIncomplete,
  });
  return text.split('\n').slice(4, -1);
}

describe('a name', () => {
  it.each([
    ['defconfig', ['CONFIG_MODULES=y', 'CONFIG_NET=m', '# CONFIG_SMALL is not set', '# CONFIG_GUEST is not set']],
    ['virt_defconfig', ['CONFIG_MODULES=y', 'CONFIG_NET=m', '# CONFIG_SMALL is not set', 'CONFIG_GUEST=y']],
    [
      'defconfig,guest.config',
      ['# CONFIG_MODULES is not set', 'CONFIG_NET=y', '# CONFIG_SMALL is not set', 'CONFIG_GUEST=y'],
    ],
    // One for many boards: those whose requirements it meets are in it.
    ['32r2el_defconfig', ['CONFIG_MODULES=y', 'CONFIG_NET=m', '# CONFIG_SMALL is not set', 'CONFIG_GUEST=y']],
    ['allmodconfig', ['CONFIG_MODULES=y', 'CONFIG_NET=m', 'CONFIG_SMALL=y', 'CONFIG_GUEST=y']],
    ['allnoconfig', ['# CONFIG_MODULES is not set', '# CONFIG_NET is not set', '# CONFIG_SMALL is not set']],
    [
      'alldefconfig',
      ['# CONFIG_MODULES is not set', 'CONFIG_NET=y', '# CONFIG_SMALL is not set', '# CONFIG_GUEST is not set'],
    ],
    ['tinyconfig', ['# CONFIG_MODULES is not set', 'CONFIG_NET=y', 'CONFIG_SMALL=y', '# CONFIG_GUEST is not set']],
    ['guest.config', ['# CONFIG_MODULES is not set', 'CONFIG_NET=y', '# CONFIG_SMALL is not set', 'CONFIG_GUEST=y']],
  ])('%s', (name, lines) => {
    expect(make(name)).toEqual(lines);
  });

  it('defconfig stands for that of the part of an architecture which was named', () => {
    const part = { ...buildArchitecture('arm64'), config: 'defconfig,virt.config' };
    expect(make('defconfig', {}, false, part)).toEqual(make('virt_defconfig'));
    expect(make('tinyconfig', {}, false, part)).toEqual(make('tinyconfig'));
    expect(buildArchitecture('mips64')).toEqual({ name: 'mips', folder: 'mips', config: '64r2_defconfig' });
  });

  it('may be files, laid over one another', () => {
    const files = { 'old/.config': 'CONFIG_SMALL=y\nCONFIG_GONE=y\n', more: 'CONFIG_SMALL=n\nCONFIG_NET=n' };
    expect(make('old/.config', files)).toContain('CONFIG_SMALL=y');
    expect(make('old/.config,more', files)).toEqual([
      ...['# CONFIG_MODULES is not set', '# CONFIG_NET is not set', '# CONFIG_SMALL is not set'],
    ]);
  });

  it('keeps what no file defines where Kconfig files are missing', () => {
    const files = { old: 'CONFIG_GONE=y\n' };
    expect(make('old', files, true).at(-1)).toBe('CONFIG_GONE=y');
    expect(make('old', files)).not.toContain('CONFIG_GONE=y');
  });

  it('that stands for nothing says what there is', () => {
    expect(() => make('bord_defconfig')).toThrow(NoSuchConfiguration);
    expect(() => make('bord_defconfig')).toThrow(
      /^bord_defconfig is neither a file nor the name of a configuration\. Names are defconfig, .*board_defconfig\.$/,
    );
  });
});

it('a fragment takes the place of what was said of its symbols', () => {
  expect(mergeFragment('CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_AB=y\n', 'CONFIG_B=y\n# CONFIG_A is not set\n')).toBe(
    'CONFIG_AB=y\n\nCONFIG_B=y\n# CONFIG_A is not set\n',
  );
});

describe('which configuration counts', () => {
  const arch = buildArchitecture('amd64');
  it.each([
    [undefined, undefined, 'x86_64 defconfig', true],
    ['tinyconfig', '/out/.config', 'x86_64 tinyconfig', false],
    [undefined, '/out/.config', 'x86_64 /out/.config', false],
  ])('named %s, there %s: %s', (named, existing, name, assumed) => {
    const { from, isAssumed } = chooseConfiguration(named, existing);
    expect([configurationName(arch, from), isAssumed]).toEqual([name, assumed]);
  });

  it.each([
    ['aarch64', undefined, 'x64', 'arm64'],
    [undefined, 's390', 'x64', 's390'],
    [undefined, undefined, 'x64', 'x86_64'],
    [undefined, undefined, 'wasm', 'x86_64'],
    ['sparc64', undefined, undefined, 'sparc64'],
  ])('the architecture: named %s, configured %s, machine %s: %s', (named, configured, machine, name) => {
    expect(chooseArchitecture(named, configured, machine, (folder) => folder !== 'wasm').name).toBe(name);
  });

  it('a .config says what it was made for', () => {
    expect(configHeader('#\n# Automatic\n# Linux/arm64 6.1.0 Kernel Configuration\n#\n')).toEqual({
      ...{ arch: 'arm64', version: '6.1.0' },
    });
    expect(configHeader('/*\n *\n * Linux/x86 6.12.9 Kernel Configuration\n */\n')?.version).toBe('6.12.9');
    expect(configHeader('CONFIG_A=y\n')).toBeUndefined();
  });
});
