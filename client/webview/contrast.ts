/** Lines that stand out from what they part, whatever the theme: by WCAG 2.2, 1.4.11, a part of a picture takes 3:1. */

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

const LEAST = 3;

/** What of a view's colour is laid over the paper; panel.css has the same. */
export const VIEW_STRENGTH = 0.22;

/** How much one colour stands out from another, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function mixed(over: Colour, paper: Colour, strength: number): Colour {
  return [0, 1, 2].map((part) => over[part] * strength + paper[part] * (1 - strength)) as unknown as Colour;
}

/** The faintest line of the ink's colour that stands out from all of these; black or white where the ink itself does not. */
export function lineColour(ink: Colour, grounds: readonly Colour[]): Colour {
  const least = (line: Colour): number => Math.min(...grounds.map((ground) => contrast(line, ground)));
  for (let strength = 0.4; strength <= 1; strength += 0.05) {
    const line = mixed(ink, grounds[0], strength);
    if (least(line) >= LEAST) return line;
  }
  const [black, white]: Colour[] = [
    [0, 0, 0],
    [255, 255, 255],
  ];
  return least(black) > least(white) ? black : white;
}
