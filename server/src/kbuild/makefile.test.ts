/** Makefiles read as data: what a variable comes to, by the text that sets it. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UNKNOWN } from './make-text';
import { Makefile } from './makefile';

const OPTIONS: Readonly<Record<string, string>> = { CONFIG_ON: 'y', CONFIG_MODULE: 'm', srctree: '/k', CC: UNKNOWN };

function read(text: string, files: Readonly<Record<string, string>> = {}): Makefile {
  const makefile = new Makefile({
    read: (name) => files[name],
    matching: (pattern) => (pattern.includes('*') ? undefined : pattern in files ? [pattern] : []),
    given: (name) => OPTIONS[name],
  });
  makefile.run(text);
  return makefile;
}

/** What `X` comes to behind these lines; `?` is what is not known. */
const whatComes = (text: string, files?: Readonly<Record<string, string>>): string =>
  read(text, files).value('X').trim().replaceAll(UNKNOWN, '?');

describe('a variable', () => {
  it.each([
    ['is what it refers to when it is asked for', 'X = $(Y)\nY = late', 'late'],
    ['is what it refers to when it is set', 'Y := early\nX := $(Y)\nY := late', 'early'],
    ['is so with two and three colons, too', 'X ::= a\nY :::= $(X)b\nX = $(Y)', 'ab'],
    ['is added to', 'X := a\nX += b', 'a b'],
    ['is set where it has no value', 'X ?= a\nX ?= b', 'a'],
    ['goes on behind a backslash', 'X = a \\\n\tb   \\\n  c', 'a b c'],
    ['ends at a comment, but not at a quoted #', 'X = a \\# b # c', 'a # b'],
    ['is named by another', 'Y := obj\n$(Y)-$(CONFIG_ON) := a\nX = $(obj-y)', 'a'],
    ['has an option’s value in its name', 'obj-$(CONFIG_MODULE) += a.o\nX = $(obj-m)', 'a.o'],
    ['has an option that is off in its name', 'obj-$(CONFIG_OFF) += a.o\nX = $(obj-)', 'a.o'],
    ['has endings exchanged', 'Y = a.o b.o\nX = $(Y:.o=.c) $(Y:%.o=d/%.c)', 'a.c b.c d/a.c d/b.c'],
    ['is exported', 'export X := a', 'a'],
    ['is no line of a recipe', 'X := a\nall: b\n\tX := b', 'a'],
    ['is no variable of one target', 'X := a\nall: X := b', 'a'],
    ['is no line of a definition', 'X := a\ndefine Y\nX := b\nendef', 'a'],
  ])('%s', (_what, text, value) => expect(whatComes(text)).toBe(value));
});

describe('a condition', () => {
  it.each([
    ['compares', 'ifeq ($(CONFIG_ON),y)\nX = a\nelse\nX = b\nendif', 'a'],
    ['compares quoted words', 'ifneq "$(CONFIG_ON)" "y"\nX = a\nelse\nX = b\nendif', 'b'],
    ['asks for a value', 'ifdef CONFIG_OFF\nX = a\nelse ifdef CONFIG_ON\nX = b\nelse\nX = c\nendif', 'b'],
    ['stands in another', 'ifndef CONFIG_ON\nifdef CONFIG_ON\nX = a\nelse\nX = b\nendif\nendif', ''],
    ['leaves unknown what it can’t decide', 'X = a\nifeq ($(shell id),0)\nX += -Db\nelse\nY = b\nendif', 'a ?'],
    ['knows that a warning matters to nobody', 'X = a\nifeq ($(shell id),0)\nX += -Wb\nendif', 'a ?-'],
    ['that holds may stand behind one that can’t be decided', 'ifeq ($(CC),a)\nX = -Da\nelse\nX = -Db\nendif', '?'],
  ])('%s', (_what, text, value) => expect(whatComes(text)).toBe(value));
});

describe('a function', () => {
  it.each([
    ['addprefix d/,a b', 'd/a d/b'],
    ['addsuffix .o,a b', 'a.o b.o'],
    ['and $(CONFIG_ON),,a', ''],
    ['basename d/a.o b', 'd/a b'],
    ['call twice,a', 'aa'],
    ['dir d/a b', 'd/ ./'],
    ['filter %.o c,a.o b.c c', 'a.o c'],
    ['filter-out %.o,a.o b.c', 'b.c'],
    ['findstring b,abc', 'b'],
    ['firstword a b', 'a'],
    ['foreach v,a b,$(v)-$(v)', 'a-a b-b'],
    ['if $(CONFIG_OFF),a,b', 'b'],
    ['lastword a b', 'b'],
    ['notdir d/a b', 'a b'],
    ['or $(CONFIG_OFF),b', 'b'],
    ['patsubst %.o,d/%.c,a.o b', 'd/a.c b'],
    ['sort b a b', 'a b'],
    ['strip  a   b ', 'a b'],
    ['subst -,_,a-b-c', 'a_b_c'],
    ['wildcard a.h b.h', 'a.h'],
    ['wildcard *.h', '?'],
    ['word 2,a b c', 'b'],
    ['words a b c', '3'],
    ['shell echo a', '?'],
    ['call cc-option,-Wall', '?-'],
    ['call cc-option,-DX', '?'],
  ])('$(%s) gives %s', (call, value) => {
    expect(whatComes(`twice = $(1)$(1)\nX = $(${call})`, { 'a.h': '' })).toBe(value);
  });
});

describe('an included file', () => {
  it('goes on where the other one stands', () => {
    const makefile = read('A = a\ninclude $(srctree)/sub/Makefile\nX += c', { '/k/sub/Makefile': 'X = $(A) b' });
    expect(makefile.value('X')).toBe('a b c');
    expect(makefile.included).toEqual(['/k/sub/Makefile']);
  });

  it('that is not there is no trouble', () => expect(whatComes('-include none\nX = a')).toBe('a'));
});

describe('hostile makefiles', () => {
  const deep = Array.from({ length: 40 }, (_, at) => `A${at + 1} = $(A${at})$(A${at})`).join('\n');
  it.each([
    ['files that include one another', 'include m\nX = a', '', { m: 'include m m' }],
    ['a variable that is its own', 'X = $(X)', '?', {}],
    ['variables that double one another', `A0 = aa\n${deep}\nX = $(A40)`, undefined, {}],
    ['a definition without an end', 'X = a\ndefine Y\nX = b', 'a', {}],
    ['a condition without an end', 'X = a\nifdef CONFIG_OFF\nX = b', 'a', {}],
    ['an end without a condition', 'endif\nelse\nX = a', 'a', {}],
    ['a reference without an end', `X = ${'$('.repeat(100_000)}`, undefined, {}],
    ['a line of 10 MB', `X = ${'a'.repeat(10_000_000)}`, '', {}],
    ['words that multiply', `A = ${'a '.repeat(200_000)}\nX = $(addprefix $(A),$(A))`, '?', {}],
    ['loops within loops', `A = ${'a '.repeat(3000)}\nX = $(foreach a,$(A),$(foreach b,$(A),$(A)))`, '?', {}],
    ['conditions within conditions', `${'ifdef CONFIG_ON\n'.repeat(200_000)}X = a`, 'a', {}],
  ])('%s end at once', (_what, text, value, files) => {
    const began = performance.now();
    const found = whatComes(text, files as Readonly<Record<string, string>>);
    if (value !== undefined) expect(found).toBe(value);
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it('run nothing', () => {
    const marker = '/tmp/overlint-kbuild-marker';
    const makefile = read(`X := $(shell touch ${marker})\nX != touch ${marker}\nY := $(eval $(shell touch ${marker}))`);
    expect(fs.existsSync(marker)).toBe(false);
    expect([...makefile.reasons.keys()]).toEqual(['$(shell …) is not run', 'a command is not run']);
  });
});
