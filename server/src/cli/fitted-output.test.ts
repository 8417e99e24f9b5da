/** What leaves the command line is text. */
import { expect, it } from 'vitest';
import { toByteString } from '../text/text';
import { fittedOutput } from './fitted-output';

function printed(pieces: readonly string[], fitting = { isColoured: false, givesOrders: false }): string {
  let all = '';
  const add = (text: string): void => {
    all += text;
  };
  const output = fittedOutput({ write: add, writeBytes: add, isTerminal: false }, fitting);
  for (const piece of pieces) output.write(piece);
  return all;
}

it.each([
  ['an escape sequence', '\x1b]0;owned\x07', '\ufffd]0;owned\ufffd'],
  ['a colour that is not ours', '\x1b[1;31mred\x1b[0m', '\ufffdred\ufffd'],
  ['a turned line', 'a\u202eb', 'a\ufffdb'],
  ['an order', 'a\n::error::b\n  ##[error]c\n', 'a\n| ::error::b\n|   ##[error]c\n'],
  ['plain text', 'a::b\tc\n\f', 'a::b\tc\n\f'],
])('makes %s fit', (_what, text, made) => {
  expect(printed([text])).toBe(made);
});

it('lets colours and orders through where they are ours', () => {
  const text = '\x1b[1;31merror\x1b[0m\n::error file=a::b\n';
  expect(printed([text], { isColoured: true, givesOrders: true })).toBe(text);
});

it('knows where a line begins across writes', () => {
  expect(printed(['a', '::b\n', '::c'])).toBe('a::b\n| ::c');
});

it('takes bytes of a letter for no control', () => {
  let all = '';
  const output = fittedOutput(
    { write: () => {}, writeBytes: (text) => void (all += text), isTerminal: false },
    { isColoured: false, givesOrders: false },
  );
  output.writeBytes(toByteString('é \u202e \u2014 \x1b'));
  expect(all).toBe(toByteString('é \ufffd \u2014 \ufffd'));
});
