/** The characters of a code block in a hover as they stand on the screen, to see whether columns line up. */
import type { Locator } from 'playwright-core';

export interface Glyph {
  readonly char: string;
  /** The upper left corner in pixels. */
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

/** The block's lines as they were sent: one that the hover wrapped has glyphs of more than one `y`. */
export async function glyphsOf(block: Locator): Promise<Glyph[][]> {
  const lines = (await block.evaluate(readGlyphs)) as Glyph[][];
  // A word joiner is there to keep a line together, and is not seen.
  return lines.map((line) => line.filter(({ char }) => char !== '\u2060'));
}

/** The text of the lines, with plain blanks. */
export function textOf(lines: readonly (readonly Glyph[])[]): string {
  return lines.map((line) => line.map(({ char }) => (char === '\u00a0' ? ' ' : char)).join('')).join('\n');
}

/** The colour of the first place where this text stands. */
export function colourOf(lines: readonly (readonly Glyph[])[], text: string): string | undefined {
  for (const line of lines) {
    const at = textOf([line]).indexOf(text);
    if (at >= 0) return line[at].colour;
  }
  return undefined;
}

/** Runs in the browser, whose types the tests are not compiled with. */
const readGlyphs = new Function(
  'block',
  `
  const lines = [[]];
  const range = document.createRange();
  const walk = (node) => {
    if (node.nodeName === 'BR') lines.push([]);
    for (const child of node.childNodes) walk(child);
    if (node.nodeType !== Node.TEXT_NODE) return;
    const { color } = getComputedStyle(node.parentElement);
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { x, y } = range.getBoundingClientRect();
      lines.at(-1).push({ char: node.data[at], x, y, colour: color });
    }
  };
  walk(block);
  return lines;`,
) as (block: unknown) => unknown;
