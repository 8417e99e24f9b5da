/** Byte offsets and UTF-16 positions are two spellings of one place. */
import { describe, expect, it } from 'vitest';
import { RandomNumbers } from '../testing/random-numbers';
import { toByteString } from '../text/text';
import { Positions } from './positions';

/** Positions of a Unicode text, and the byte offset of the first place where `word` stands. */
function placed(text: string, word: string): { positions: Positions; offset: number } {
  const bytes = toByteString(text);
  return { positions: new Positions(bytes), offset: bytes.indexOf(toByteString(word)) };
}

describe('a position', () => {
  it.each([
    ['in ASCII', 'int a;\nint b;\n', 'b;', 1, 4],
    ['after tabs, which are one unit each', '\t\tpage->pgmap', 'pgmap', 0, 8],
    ['after an accent, two bytes and one unit', '/* é */ x', 'x', 0, 8],
    ['after a CJK character, three bytes and one unit', '/* 頁 */ x', 'x', 0, 8],
    ['after an emoji, four bytes and two units', '/* 😀 */ x', 'x', 0, 9],
    ['on the line after an emoji', '/* 😀 */\nx', 'x', 1, 0],
    ['after CR LF', 'a\r\nbc\r\nx', 'x', 2, 0],
    ['after a CR alone', 'a\rb\rx', 'x', 2, 0],
    ['after CR, CR LF and LF mixed', 'a\r\r\n\n\rx', 'x', 4, 0],
    ['at the start of an empty text', '', '', 0, 0],
  ])('%s', (_what, text, word, line, character) => {
    const { positions, offset } = placed(text, word);
    expect(positions.positionAt(offset)).toEqual({ line, character });
    expect(positions.offsetAt({ line, character })).toBe(offset);
  });

  it('outside the text goes to the nearest place inside', () => {
    const positions = new Positions('ab\r\ncd');
    expect(positions.offsetAt({ line: -1, character: 5 })).toBe(0);
    expect(positions.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(positions.offsetAt({ line: 1, character: -3 })).toBe(4);
    expect(positions.offsetAt({ line: 7, character: 0 })).toBe(6);
    expect(positions.offsetAt({ line: Number.NaN, character: Number.NaN })).toBe(0);
    expect(positions.positionAt(-1)).toEqual({ line: 0, character: 0 });
    expect(positions.positionAt(3)).toEqual({ line: 0, character: 2 });
    expect(positions.positionAt(99)).toEqual({ line: 1, character: 2 });
  });

  it('inside a character means its start', () => {
    const positions = new Positions(toByteString('a😀b'));
    expect(positions.offsetAt({ line: 0, character: 2 })).toBe(1);
    expect(positions.positionAt(3)).toEqual({ line: 0, character: 1 });
    expect(positions.spanOf({ start: { line: 0, character: 3 }, end: { line: 0, character: 0 } })).toEqual({
      start: 5,
      end: 5,
    });
  });

  it.each([
    ['a lone continuation byte', '\x80'],
    ['Latin-1 text, as some old kernel files have', 'Ing\xe9nieur'],
    ['a sequence cut off by the next character', '\xe2\x82x'],
    ['a sequence cut off by the end', '\xf0\x9f\x98'],
    ['overlong forms', '\xc0\xaf \xe0\x80\xaf'],
    ['an encoded surrogate', '\xed\xa0\x80'],
    ['a code point past the last', '\xf4\x90\x80\x80'],
  ])('counts bytes that are no UTF-8 as a decoder shows them: %s', (_what, bytes) => {
    const text = `${bytes}|`;
    const shown = Buffer.from(text, 'latin1').toString('utf8');
    expect(new Positions(text).positionAt(bytes.length)).toEqual({ line: 0, character: shown.indexOf('|') });
  });

  it('agrees with the decoder on any bytes', () => {
    const random = new RandomNumbers(7);
    const alphabet = [0x0a, 0x0d, 0x20, 0x41, 0x80, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0xff];
    for (let round = 0; round < 500; round++) {
      const bytes = Array.from({ length: 12 }, () => random.pick(alphabet));
      const text = String.fromCharCode(...bytes);
      const positions = new Positions(text);
      const lines = Buffer.from(text, 'latin1')
        .toString('utf8')
        .split(/\r\n|\r|\n/);
      expect(positions.lineCount).toBe(lines.length);
      lines.forEach((line, index) => {
        const end = positions.offsetAt({ line: index, character: line.length });
        expect(positions.positionAt(end), JSON.stringify(text)).toEqual({ line: index, character: line.length });
      });
    }
  });
});
