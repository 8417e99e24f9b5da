/** Reading and writing `.config`: what is said of lines that are not as they should be. */
import { describe, expect, it } from 'vitest';
import { evaluateKconfig } from '../testing/kconfig';

const KCONFIG = `
config FLAG
	bool "Flag"
config NAME
	string "Name"
config COUNT
	int "Count"
`;

describe('a line of .config', () => {
  it.each([
    ['CONFIG_FLAG=m', ".config:1:warning: symbol value 'm' invalid for FLAG"],
    ['CONFIG_COUNT=007', ".config:1:warning: symbol value '007' invalid for COUNT"],
    ['CONFIG_NAME="open', '.config:1:warning: invalid string found'],
    ['garbage', '.config:1:warning: unexpected data: garbage'],
    ['CONFIG_FLAG', '.config:1:warning: unexpected data: CONFIG_FLAG'],
    ['CONFIG_FLAG=y\nCONFIG_FLAG=n', '.config:2:warning: override: reassigning to symbol FLAG'],
  ])('%j: %s', (config, message) => {
    expect(evaluateKconfig(KCONFIG, { config }).messages).toEqual([message]);
  });

  it('may end in CR LF, be a comment, or name what no file defines', () => {
    const config = 'CONFIG_FLAG=y\r\n# a comment\r\n\r\nCONFIG_GONE=y\r\nCONFIG_COUNT=-3\r\n';
    const evaluated = evaluateKconfig(KCONFIG, { config });
    expect(evaluated.messages).toEqual([]);
    expect(evaluated.config).toEqual(['CONFIG_FLAG=y', 'CONFIG_NAME=""', 'CONFIG_COUNT=-3']);
  });

  it('holds any text: quotes, backslashes, bytes that are no UTF-8', () => {
    const line = 'CONFIG_NAME="a \\"b\\" \\\\ \xff $(shell,true)"';
    expect(evaluateKconfig(KCONFIG, { config: `${line}\n` }).config).toContain(line);
  });

  it('that is very long is not repeated whole', () => {
    const [message] = evaluateKconfig(KCONFIG, { config: 'x'.repeat(1 << 20) }).messages;
    expect(message.length).toBeLessThan(300);
  });
});
