/** What values symbols get: each example is a Kconfig file, and the lines of `.config` that come of it. */
import { describe, expect, it } from 'vitest';
import { evaluateKconfig, type KconfigExample } from '../testing/kconfig';

const configOf = (kconfig: string, example?: KconfigExample) => evaluateKconfig(kconfig, example).config;

describe('a symbol with a prompt', () => {
  const LIMITED = `
config MODULES
	bool "Modules"
	modules
	default y
config BUS
	tristate "Bus"
config DRIVER
	tristate "Driver"
	depends on BUS
`;

  it('takes what the configuration says, within what it depends on', () => {
    const config = configOf(LIMITED, { config: 'CONFIG_BUS=m\nCONFIG_DRIVER=y\n' });
    expect(config).toEqual(['CONFIG_MODULES=y', 'CONFIG_BUS=m', 'CONFIG_DRIVER=m']);
  });

  it('has no line where it cannot be set', () => {
    expect(configOf(LIMITED, { config: 'CONFIG_DRIVER=y\n' })).toEqual(['CONFIG_MODULES=y', '# CONFIG_BUS is not set']);
  });

  it('is y rather than m where there are no modules', () => {
    const config = configOf(LIMITED, { config: '# CONFIG_MODULES is not set\nCONFIG_BUS=m\n' });
    expect(config).toEqual(['# CONFIG_MODULES is not set', 'CONFIG_BUS=y', '# CONFIG_DRIVER is not set']);
  });

  it('is filled in by allnoconfig, allmodconfig and allyesconfig', () => {
    expect(configOf(LIMITED, { filling: 'no' })).toEqual(['# CONFIG_MODULES is not set', '# CONFIG_BUS is not set']);
    expect(configOf(LIMITED, { filling: 'module' })).toEqual([
      ...['CONFIG_MODULES=y', 'CONFIG_BUS=m', 'CONFIG_DRIVER=m'],
    ]);
    expect(configOf(LIMITED, { filling: 'yes' })).toEqual(['CONFIG_MODULES=y', 'CONFIG_BUS=y', 'CONFIG_DRIVER=y']);
  });
});

describe('defaults', () => {
  it('count in order, the first whose condition holds', () => {
    const kconfig = `
config FAST
	bool "Fast"
	default y
config COUNT
	int "Count"
	default 1 if !FAST
	default 2 if FAST
	default 3
`;
    expect(configOf(kconfig)).toEqual(['CONFIG_FAST=y', 'CONFIG_COUNT=2']);
    expect(configOf(kconfig, { config: '# CONFIG_FAST is not set\n' })).toEqual([
      ...['# CONFIG_FAST is not set', 'CONFIG_COUNT=1'],
    ]);
  });

  it('may be other symbols', () => {
    const kconfig = 'config NAME\n\tstring\n\tdefault "a \\"b\\""\nconfig ALIAS\n\tstring\n\tdefault NAME\n';
    expect(configOf(kconfig)).toEqual(['CONFIG_NAME="a \\"b\\""', 'CONFIG_ALIAS="a \\"b\\""']);
  });

  it('take over the value of a symbol that is kept for old configurations', () => {
    const kconfig = 'config NEW\n\tbool "New"\n\tdefault OLD\nconfig OLD\n\tbool\n\ttransitional\n';
    expect(configOf(kconfig, { config: 'CONFIG_OLD=y\n' })).toEqual(['CONFIG_NEW=y']);
    expect(configOf(kconfig, { config: 'CONFIG_OLD=y\n# CONFIG_NEW is not set\n' })).toEqual([
      '# CONFIG_NEW is not set',
    ]);
  });
});

describe('select and imply', () => {
  it('select sets a symbol, whatever the user said', () => {
    const kconfig = 'config NET\n\tbool "Net"\n\tselect CRC\nconfig CRC\n\tbool "CRC"\n';
    expect(configOf(kconfig, { config: 'CONFIG_NET=y\n# CONFIG_CRC is not set\n' })).toEqual([
      ...['CONFIG_NET=y', 'CONFIG_CRC=y'],
    ]);
  });

  it('imply sets it unless the user refuses or its dependencies do', () => {
    const kconfig = `
config NET
	def_bool y
	imply CLOCK
	imply RADIO
config CLOCK
	bool "Clock"
config RADIO
	bool "Radio"
	depends on CLOCK
`;
    expect(configOf(kconfig)).toEqual(['CONFIG_NET=y', 'CONFIG_CLOCK=y', 'CONFIG_RADIO=y']);
    expect(configOf(kconfig, { config: '# CONFIG_CLOCK is not set\n' })).toEqual([
      ...['CONFIG_NET=y', '# CONFIG_CLOCK is not set', '# CONFIG_RADIO is not set'],
    ]);
  });
});

describe('ranges', () => {
  const RANGE = 'config SIZE\n\thex "Size"\n\trange 0x10 0xffffffffffff0000\n\tdefault 0x20\n';

  it('hold a value at the end that it passes', () => {
    expect(configOf(RANGE, { config: 'CONFIG_SIZE=0x4\n' })).toEqual(['CONFIG_SIZE=0x10']);
    expect(configOf(RANGE, { config: 'CONFIG_SIZE=0x1000\n' })).toEqual(['CONFIG_SIZE=0x1000']);
  });
});

describe('a choice', () => {
  const CHOICE = `
config FANCY
	bool "Fancy"
choice
	prompt "Colour"
	default GREEN
config RED
	bool "Red"
config GREEN
	bool "Green"
config GOLD
	bool "Gold"
	depends on FANCY
endchoice
`;

  it('takes its default where nothing is said', () => {
    expect(configOf(CHOICE, { filling: 'yes' })).toEqual([
      ...['CONFIG_FANCY=y', '# CONFIG_RED is not set', 'CONFIG_GREEN=y', '# CONFIG_GOLD is not set'],
    ]);
  });

  it('takes the last one that is named', () => {
    const config = 'CONFIG_FANCY=y\nCONFIG_GOLD=y\nCONFIG_RED=y\n';
    expect(configOf(CHOICE, { config })).toContain('CONFIG_RED=y');
  });

  it('takes no member that is hidden', () => {
    expect(configOf(CHOICE, { config: 'CONFIG_GOLD=y\n' })).toEqual([
      ...['# CONFIG_FANCY is not set', '# CONFIG_RED is not set', 'CONFIG_GREEN=y'],
    ]);
  });

  it('takes the first that is not refused', () => {
    expect(configOf(CHOICE, { config: '# CONFIG_GREEN is not set\n' })).toContain('CONFIG_RED=y');
  });
});

describe('what stands around', () => {
  it('a menu and an if limit all in them; "visible if" hides prompts alone', () => {
    const kconfig = `
config EXPERT
	bool "Expert"
menu "Hidden"
	visible if EXPERT
config SPEED
	int "Speed"
	default 3
endmenu
if EXPERT
config DEPTH
	int "Depth"
	default 4
endif
`;
    expect(configOf(kconfig, { config: 'CONFIG_SPEED=9\nCONFIG_DEPTH=9\n' })).toEqual([
      ...['# CONFIG_EXPERT is not set', 'CONFIG_SPEED=3'],
    ]);
  });

  it('"depends on A if B" asks for A only where B is on', () => {
    const kconfig =
      'config A\n\tbool "A"\nconfig B\n\tbool "B"\nconfig C\n\tbool "C"\n\tdepends on A if B\n\tdefault y\n';
    expect(configOf(kconfig)).toContain('CONFIG_C=y');
    expect(configOf(kconfig, { config: 'CONFIG_B=y\n' })).not.toContain('CONFIG_C=y');
  });
});

describe('comparisons', () => {
  it.each([
    ['10 > 9', 'y'],
    ['"10" > "9"', 'y'],
    ['0x10 = 16', 'y'],
    ['010 = 8', 'y'],
    ['abc < abd', 'y'],
    ['m < y', 'y'],
    ['abc > abd', 'n'],
    ['!(1 = 2)', 'y'],
    ['y && (n || !n)', 'y'],
  ])('%s is %s', (expression, value) => {
    const config = configOf(`config RESULT\n\tbool\n\tdefault y if ${expression}\n`);
    expect(config).toEqual(value === 'y' ? ['CONFIG_RESULT=y'] : []);
  });
});
