/** The picture in a hover: what it shows, for which theme, and that it fits. */
import { describe, expect, it } from 'vitest';
import { describedAt } from '../testing/hover';
import { THEMES } from './hover-colours';

const HEADERS = '//- /include/linux/mm_types.h +page +folio';
const ON_LRU = `${HEADERS}\nvoid *f(struct page *page) { return &page->l$ru; }`;

/** The SVG in the hover at `$`, with its alternative text. */
function pictureAt(
  source: string,
  theme: (typeof THEMES)[number] = 'dark',
): { alt: string; svg: string; height: number } {
  const { markdown } = describedAt(source, theme)!;
  const found = /!\[([^\n]*)\]\(data:image\/svg\+xml;base64,([\w+/=]+)\|width=540,height=(\d+)\)\n\n⋮/.exec(markdown);
  if (!found) throw new Error(`no picture in ${markdown}`);
  const [, alt, data, height] = found;
  return { alt, svg: Buffer.from(data, 'base64').toString('utf8'), height: Number(height) };
}

/** The texts of a picture with their colours. */
function textsOf(svg: string): Map<string, string> {
  return new Map([...svg.matchAll(/<text [^>]*fill="([^"]*)"[^>]*>([^<]*)</g)].map(([, fill, text]) => [text, fill]));
}

describe('the picture in a hover', () => {
  it('shows the touched member with its neighbours, each view of its bytes, and the bits of its word', () => {
    const { alt, svg, height } = pictureAt(ON_LRU);
    expect([...textsOf(svg).keys()]).toEqual(
      expect.arrayContaining([
        '0',
        '8',
        '16',
        '24',
        '32',
        'flags',
        'lru',
        'mapping',
        'pgmap',
        'zone_device_data',
        'bit 0 set',
      ]),
    );
    expect(alt).toMatch(
      /^struct page, bytes 0 to 31: lru at 8, 16 bytes; shares them with pp_magic, pp, compound_head, pgmap/,
    );
    expect(height).toBeLessThanOrEqual(185);
  });

  it('is drawn in literal colours for the kind of theme', () => {
    const inks = THEMES.map((theme) => textsOf(pictureAt(ON_LRU, theme).svg).get('lru'));
    expect(inks).toEqual(['#ffffff', '#ffffff', '#000000', '#ffffff']);
    for (const theme of THEMES) expect(pictureAt(ON_LRU, theme).svg).not.toMatch(/var\(|class=|<style|currentColor/);
  });

  it('says the name of a member beside it where that has no room in it', () => {
    const bits = Array.from({ length: 12 }, (_, bit) => `unsigned bit_number_${bit}:1;`).join(' ');
    const { svg } = pictureAt(`struct narrow { ${bits} };\nint f(struct narrow *n) { return n->bit_num$ber_4; }`);
    expect([...textsOf(svg).keys()]).toContain('▲ bit_number_4');
  });

  it('stays small however many views and bits there are', () => {
    const views = Array.from({ length: 90 }, (_, index) => `long a_rather_long_name_of_view_${index};`).join(' ');
    const { svg, height } = pictureAt(
      `struct many { union { ${views} }; };\nlong f(struct many *m) { return m->a_rather_long_name_of_vi$ew_7; }`,
    );
    expect([...textsOf(svg).keys()].find((text) => text.startsWith('… 84 more views'))).toBeDefined();
    expect(height).toBeLessThanOrEqual(185);
    expect(svg.length).toBeLessThan(20_000);
  });

  it('draws nothing of a record without bytes', () => {
    expect(describedAt('struct none { };\nvoid f(struct no$ne *n);', 'dark')?.markdown).not.toContain('data:');
  });
});
