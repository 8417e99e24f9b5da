/** Why a symbol has its value: a sentence, and the lines that it comes from. */
import { describe, expect, it } from 'vitest';
import { evaluateKconfig } from '../testing/kconfig';
import { explain } from './explain';

const KCONFIG = `config NET
	bool "Net"

menu "Cards"
	depends on NET

config CARD
	bool "Card"
	select LIB if FAST
	imply LED

config FAST
	bool "Fast"
	default y if CARD

endmenu

config LIB
	bool
	default n

config LED
	bool "LED"

config SIZE
	int "Size"
	range 2 8
	default 4

choice
	prompt "Colour"
	depends on NET

config RED
	bool "Red"

config BLUE
	bool "Blue"

endchoice
`;

const why = (name: string, config = '') => explain(name, evaluateKconfig(KCONFIG, { config }).evaluator)?.why;

describe('the reason of a value', () => {
  const ON = 'CONFIG_NET=y\nCONFIG_CARD=y\n';
  it.each([
    ['NET', '', 'Nothing sets it.'],
    ['NET', 'CONFIG_NET=y\n', 'The configuration sets it to y.'],
    ['CARD', '', 'Nothing sets it, and NET is n (Kconfig:5).'],
    ['CARD', 'CONFIG_CARD=y\n', "The configuration's y does not count: NET is n (Kconfig:5)."],
    ['FAST', ON, 'Its default is y (Kconfig:14).'],
    ['LIB', ON, 'CARD (Kconfig:9) selects it.'],
    ['LED', ON, 'CARD (Kconfig:10) implies it.'],
    ['SIZE', '', 'Its default is 4 (Kconfig:28).'],
    ['SIZE', 'CONFIG_SIZE=9\n', 'The configuration sets it to 9, and its range allows 8.'],
    [
      'LIB',
      'CONFIG_LIB=y\n',
      "Its default is n (Kconfig:20). The configuration's y does not count: it has no prompt, so that no configuration can set it.",
    ],
    ['RED', ON, 'It is the member of the choice "Colour" (Kconfig:30) that is taken: it is the default there.'],
    ['RED', `${ON}CONFIG_BLUE=y\n`, 'Of the choice "Colour" (Kconfig:30), BLUE is taken.'],
    ['RED', '', 'It is a member of the choice "Colour" (Kconfig:30), and NET is n (Kconfig:32).'],
  ])('%s with %j: %s', (name, config, sentence) => {
    expect(why(name, config)).toBe(sentence);
  });

  it('is followed to the symbols that it comes from', () => {
    const { evaluator } = evaluateKconfig(KCONFIG, { config: ON });
    expect(explain('LIB', evaluator)?.because).toEqual([
      { symbol: 'CARD', value: 'y', why: 'The configuration sets it to y.', because: [] },
    ]);
  });
});

describe('an explanation', () => {
  it('names each line with its values and its place', () => {
    const { evaluator } = evaluateKconfig(KCONFIG, { config: 'CONFIG_NET=y\n' });
    expect(explain('CARD', evaluator)).toMatchObject({
      type: 'bool',
      value: 'n',
      isVisible: true,
      definitions: [
        {
          ...{ file: 'Kconfig', line: 7, prompt: 'Card', menus: ['Cards'] },
          dependsOn: [{ expression: 'NET', value: 'y', symbols: { NET: 'y' }, file: 'Kconfig', line: 5 }],
        },
      ],
      selects: [{ gives: 'LIB', condition: 'FAST', holds: false, line: 9 }],
      implies: [{ gives: 'LED', holds: true, line: 10 }],
    });
    expect(explain('LIB', evaluator)?.selectedBy).toEqual([
      { symbol: 'CARD', symbolValue: 'n', gives: 'n', condition: 'FAST', holds: false, file: 'Kconfig', line: 9 },
    ]);
  });

  it('is there for symbols that files define', () => {
    expect(explain('NOBODY', evaluateKconfig(KCONFIG).evaluator)).toBeUndefined();
  });
});
