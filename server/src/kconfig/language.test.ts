/** The words of Kconfig files: macros, texts, help, and what is said of files that are not as they should be. */
import { describe, expect, it } from 'vitest';
import { evaluateKconfig, type KconfigExample } from '../testing/kconfig';

const messagesOf = (kconfig: string, example?: KconfigExample) => evaluateKconfig(kconfig, example).messages;
const configOf = (kconfig: string, example?: KconfigExample) => evaluateKconfig(kconfig, example).config;

describe('macros', () => {
  it('expand in texts and words, with arguments', () => {
    const kconfig = `
greeting = $(1), $(2)!
name := $(USER)
config HELLO
	string
	default "$(greeting,hello,$(name))"
config $(name)_BITS
	int
	default $(WIDTH)
`;
    expect(configOf(kconfig, { environment: { USER: 'SAM', WIDTH: '64' } })).toEqual([
      ...['CONFIG_HELLO="hello, SAM!"', 'CONFIG_SAM_BITS=64'],
    ]);
  });

  it('ask for what a command prints, and run nothing', () => {
    const asked: string[] = [];
    const kconfig = 'config A\n\tdef_bool $(shell,touch /tmp/marker && echo $(1) y)\n';
    const shell = (command: string) => {
      asked.push(command);
      return 'y';
    };
    expect(configOf(kconfig, { shell })).toEqual(['CONFIG_A=y']);
    expect(asked).toEqual(['touch /tmp/marker && echo  y']);
  });

  it.each([
    ['X = $(Y)\nY = $(X)\nconfig $(X)A\n', "Kconfig:3: Recursive variable 'X' references itself (eventually)"],
    ['$(error-if,y,no compiler)\n', 'Kconfig:1: no compiler'],
    ['$(warning-if,y,old compiler)\n', 'Kconfig:1: old compiler'],
    ['$(open\n', "Kconfig:1: unterminated reference to 'open': missing ')'"],
    ['$(shell)\n', "Kconfig:1: too few function arguments passed to 'shell'"],
    ['f = $(f,$(1)x)\n$(f,a)\n', 'Kconfig:2: Too deep recursive expansion'],
  ])('%j: %s', (kconfig, message) => {
    const { messages, config } = evaluateKconfig(`${kconfig}config REST\n\tdef_bool y\n`);
    expect(messages).toContain(message);
    expect(config).toContain('CONFIG_REST=y');
  });

  it('do not grow without end', () => {
    const doubling = Array.from({ length: 60 }, (_, index) => `A${index + 1} := $(A${index})$(A${index})`).join('\n');
    expect(messagesOf(`A0 := xx\n${doubling}\nconfig A\n\tdef_bool y\n`).join()).toContain('Too long expansion');
    const empty = doubling.replaceAll(':=', '=');
    expect(messagesOf(`${empty}\n$(A60)\nconfig A\n\tdef_bool y\n`)).toEqual(['Kconfig:61: Too long expansion']);
  });
});

describe('texts and help', () => {
  it('backslashes, both quotes, and lines that go on', () => {
    const kconfig = `config A\n\tstring\n\tdefault 'it\\'s "A"' if \\\n\t\ty\n`;
    expect(configOf(kconfig)).toEqual(['CONFIG_A="it\'s \\"A\\""']);
  });

  it('help ends where a line is indented less, whatever it says', () => {
    const kconfig = 'config A\n\tbool\n\thelp\n\t  Text, and\n\n\t    config NOT_ONE\n\tdefault y\n';
    expect(configOf(kconfig)).toEqual(['CONFIG_A=y']);
  });
});

describe('files that are not as they should be', () => {
  it('a missing file is left out, and the rest is read', () => {
    const { messages, config } = evaluateKconfig('source "gone/Kconfig"\nconfig A\n\tdef_bool y\n');
    expect(messages).toEqual(['Kconfig:1: can\'t open file "gone/Kconfig"']);
    expect(config).toEqual(['CONFIG_A=y']);
  });

  it('a file that includes itself is read once', () => {
    const files = {
      'a/Kconfig': 'source "b/Kconfig"\n',
      'b/Kconfig': '\nsource "a/Kconfig"\nconfig B\n\tdef_bool y\n',
    };
    const { messages, config } = evaluateKconfig('source "a/Kconfig"\n', { files });
    expect(messages).toEqual([
      'Recursive inclusion detected.\nInclusion path:\n  current file : a/Kconfig\n' +
        '  included from: b/Kconfig:2\n  included from: a/Kconfig:1\n  included from: Kconfig:1',
    ]);
    expect(config).toEqual(['CONFIG_B=y']);
  });

  it('files that include one another without end are read for a while', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`f${index}`, `source "f${index + 1}"\n`.repeat(2)]),
    );
    const [first] = messagesOf('source "f0"\n', { files: { ...files, f40: '' }, isOlder: true });
    expect(first).toMatch(/^f\d+:\d: more than 50000 files are included$/);
  });

  it.each([
    ['frobnicate\n', 'Kconfig:1: unknown statement "frobnicate"'],
    ['config A\n\tbool\n\tdepends A\n', 'Kconfig:3: invalid statement'],
    ['menu "M"\n', 'Kconfig:1: missing end statement for this entry'],
    ['endif\n', 'Kconfig:1: invalid statement'],
    ['menu "M"\nendif\nendmenu\n', "Kconfig:2: unexpected 'if' within menu block"],
    ['config A\n\tbool\n\tint\n', "Kconfig:1:warning: ignoring type redefinition of 'A' from 'bool' to 'integer'"],
    ['config A\n', 'Kconfig:1:warning: config symbol defined without type'],
    ['config A\n\tint\n\tdefault x\n', "Kconfig:3:warning: 'A': number is invalid"],
    ['config A\n\tbool "open\n', 'Kconfig:2:warning: multi-line strings not supported'],
    ['config A\n\tdef_bool y ;\n', "Kconfig:2:warning: ignoring unsupported character ';'"],
    ['choice\n\tprompt "C"\nconfig A\n\tint\nendchoice\n', 'Kconfig:3: error: choice member must have a prompt'],
  ])('%j: %s', (kconfig, message) => {
    const { messages, config } = evaluateKconfig(`${kconfig}config REST\n\tdef_bool y\n`);
    expect(messages).toContain(message);
    expect(config).toContain('CONFIG_REST=y');
  });

  it('symbols that depend on themselves are named, with the way, and have a value all the same', () => {
    const kconfig =
      'config A\n\tbool "A"\n\tdepends on B\n\nconfig B\n\tbool\n\tselect C\n\tdefault A\n\nconfig C\n\tdef_bool y\n';
    const { messages, config } = evaluateKconfig(kconfig);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(
      /^error: recursive dependency detected!\n\tsymbol A depends on B\n\tsymbol B default value contains A\n/,
    );
    expect(config).toEqual(['CONFIG_C=y']);
  });
});
