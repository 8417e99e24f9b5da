/** How a line of source is shown. */
import { expect, it } from 'vitest';
import { excerpt } from './excerpt';

/** The line and the carets under a word of it. */
function shown(line: string, word: string): string {
  const start = line.indexOf(word);
  const { code, carets } = excerpt(line, start, start + word.length);
  return `${code}\n${carets}`;
}

it('widens tabs, so that carets stand under the code', () => {
  expect(shown('\tif (x)\tlru;', 'lru')).toBe('        if (x)  lru;\n                ^^^');
});

it('counts characters, not bytes', () => {
  expect(shown('/* \xc3\xa4 */ lru', 'lru')).toBe('/* ä */ lru\n        ^^^');
});

it('cuts a long line to what is near the code', () => {
  const [code, carets] = shown(`${'a'.repeat(5000)} lru ${'b'.repeat(5000)}`, 'lru').split('\n');
  expect(code).toMatch(/^…a{59} lru b+…$/);
  expect(code.length).toBeLessThan(150);
  expect(carets).toBe(`${' '.repeat(61)}^^^`);
});

it('ends the carets with the line', () => {
  expect(excerpt('lru', 1, 100)).toEqual({ code: 'lru', carets: ' ^^' });
  expect(excerpt('', 0, 0)).toEqual({ code: '', carets: '^' });
  expect(excerpt('x'.repeat(1000), 0, 1000).carets.length).toBeLessThanOrEqual(140);
});
