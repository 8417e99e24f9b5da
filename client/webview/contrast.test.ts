/** Lines stand out by 3:1 from paper and from every view, in the default themes and in faint ones. */
import { expect, it } from 'vitest';
import { type Colour, contrast, lineColour, mixed, VIEW_STRENGTH } from './contrast';

const colour = (hex: string): Colour => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as never;

it.each([
  ['Dark Modern', '#cccccc', '#1f1f1f', ['#3794ff', '#89d185', '#b180d7', '#d18616', '#cca700', '#f14c4c']],
  ['Light Modern', '#3b3b3b', '#ffffff', ['#1a85ff', '#388a34', '#652d90', '#d18616', '#bf8803', '#e51400']],
  ['High Contrast', '#ffffff', '#000000', ['#3794ff', '#89d185', '#b180d7', '#d18616', '#ffd37a', '#f48771']],
  ['High Contrast Light', '#292929', '#ffffff', ['#1a85ff', '#374e06', '#652d90', '#d18616', '#895503', '#b5200d']],
  ['Solarized Light', '#657b83', '#fdf6e3', ['#268bd2', '#859900', '#6c71c4', '#cb4b16', '#b58900', '#dc322f']],
  ['one that is nearly unreadable', '#888888', '#777777', ['#7777aa']],
])('%s', (_name, ink, paper, hues) => {
  const grounds = [colour(paper), ...hues.map((hue) => mixed(colour(hue), colour(paper), VIEW_STRENGTH))];
  const line = lineColour(colour(ink), grounds);
  for (const ground of grounds) expect(contrast(line, ground)).toBeGreaterThanOrEqual(3);
});

it('counts as WCAG does', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([255, 255, 255], colour('#767676'))).toBeCloseTo(4.54, 2);
});
