/** The diagrams in hovers as VS Code shows them: whole, coloured, and in straight columns. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../../server/src/testing/kernel';
import { colourOf, type Glyph, glyphsOf, textOf } from '../../tools/vscode/glyphs';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const AS_TEXT = { 'overlint.hover': 'text' };
const ACCESS = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';

/** Rests on a member until its diagram is there, and gives the glyphs of it. */
async function diagram(workbench: Workbench, line: string, word: string, text: RegExp): Promise<Glyph[][]> {
  const hover = await workbench.hover(line, word, text);
  const block = hover.locator('.monaco-tokenized-source');
  // The colours come a moment after the text.
  await block.locator('span[class^=mtk]').nth(20).waitFor();
  return glyphsOf(block);
}

/** The glyphs that do not stand where a screen of equal columns would have them. */
function astray(lines: readonly (readonly Glyph[])[]): Glyph[] {
  const [first, ...rest] = lines[0];
  const left = first.x;
  const advance = (rest.at(-1)!.x - left) / rest.length;
  return lines.flatMap((line) =>
    line.filter(({ x, y }, column) => Math.abs(x - left - column * advance) > 1 || Math.abs(y - line[0].y) > 3),
  );
}

/** VS Code shows so much of a hover at first, in pixels. */
const SHOWN = 250;

/** The picture in the hover that is shown, once it is loaded: its colours, and where it ends below the hover's upper edge. */
async function picture(workbench: Workbench): Promise<{ svg: string; alt: string; end: number }> {
  const image = workbench.shownHover.locator('img[src^="data:image/svg+xml;base64,"]');
  await image.waitFor();
  await expect.poll(() => image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth)).toBe(540);
  const src = (await image.getAttribute('src'))!;
  const box = (await image.boundingBox())!;
  const { y } = (await workbench.shownHover.boundingBox())!;
  const svg = Buffer.from(src.slice(src.indexOf(',') + 1), 'base64').toString('utf8');
  return { svg, alt: (await image.getAttribute('alt'))!, end: box.y + box.height - y };
}

describe('a hover in VS Code', () => {
  it('shows a picture that needs no scrolling, for the theme of the moment, and opens the panel', () =>
    inWorkbench({ folder: demo, settings: { 'editor.hover.delay': 100 } }, async (workbench) => {
      const { page } = workbench;
      const [line, word] = ['list_add(&folio->lru, &pool);', 'lru'];
      await workbench.open('mm/hugepool.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.hover(line, word, /shares bytes with/);
      const light = await picture(workbench);
      expect(light.alt).toMatch(/^struct folio, bytes 0 to 31: lru at 8, 16 bytes; shares them with .*owner_ops/);
      expect(light.svg).toContain('#005fb8');
      expect(light.end).toBeLessThanOrEqual(SHOWN);
      const said = await workbench.shownHover.innerText();
      expect(said).toMatch(/Show layout of struct folio[\s\S]*bit 1: owner_ops sets it/);
      expect(await workbench.shownHover.locator('img').count()).toBe(1);

      await page.keyboard.press('Escape');
      await workbench.command('Preferences: Toggle between Light/Dark Themes');
      await page.locator('.monaco-workbench.vs-dark').waitFor();
      await workbench.hover(line, word, /shares bytes with/);
      expect((await picture(workbench)).svg).toContain('#0e639c');

      await workbench.hover(line, 'folio', /struct folio \*folio[\s\S]*overlays/);
      expect(await workbench.shownHover.locator('img').count()).toBe(0);
      await workbench.shownHover.getByText('Show layout of struct folio').click();
      await page.locator('.tab', { hasText: 'struct folio' }).waitFor();
    }));

  it.each([
    ['Default High Contrast', 'hc-black', '#f38518'],
    ['Default High Contrast Light', 'hc-light', '#0f4a85'],
  ])('shows a picture in high contrast: %s', (theme, kind, touched) =>
    inWorkbench({ folder: demo, settings: { 'workbench.colorTheme': theme } }, async (workbench) => {
      await workbench.open('mm/hugepool.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
      await workbench.hover('list_add(&folio->lru, &pool);', 'lru', /shares bytes with/);
      const { svg, end } = await picture(workbench);
      expect(svg).toContain(touched);
      expect(end).toBeLessThanOrEqual(SHOWN);
    }),
  );

  it('shows the diagram of a page on page->pgmap, coloured, with its columns in line', () =>
    inWorkbench({ folder: demo, settings: AS_TEXT }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      const lines = await diagram(workbench, ACCESS, 'pgmap', /shares bytes with[\s\S]*struct\spage\s/);
      const text = textOf(lines);
      expect(text).toMatch(/^struct page +64 bytes/);
      expect(text).toMatch(/… \d+ more views/);
      expect(text).toContain('▒ pgmap ▒');
      expect(astray(lines)).toEqual([]);
      const said = await workbench.shownHover.innerText();
      expect(said).toMatch(/bit 0: compound_head sets it, "Bit zero is set" \(.*mm_types\.h:\d+\)/);
      expect(said).toMatch(/bit 1: owner_ops sets it, .*, clash/);
      expect(said).toMatch(/shares bytes with lru, .*compound_head/);
      expect(said).not.toMatch(/bytes\s8\sto\s15/);

      const colours = ['│', 'lru', 'pgmap ▒', '64', 'struct'].map((part) => colourOf(lines, part));
      expect(colours).not.toContain(undefined);
      expect(new Set(colours).size).toBe(colours.length);
    }));

  it('shows who claims which bits below the diagram of a record, and where two clash', () =>
    inWorkbench({ folder: demo, settings: AS_TEXT }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      const lines = await diagram(workbench, 'bool owned_by(struct page *page,', 'page', /bytes\s8\sto\s15/);
      const text = textOf(lines);
      expect(text).toMatch(/^bytes 8 to 15\n {2}bit 0 {2}compound_head {2}"Bit zero is set" +mm_types\.h:\d+$/m);
      expect(text).toMatch(/bit 1 {2}owner_ops .*CLASH$/m);
      const colours = ['lru', 'CLASH'].map((part) => colourOf(lines, part));
      expect(new Set(colours).size).toBe(colours.length);
    }));

  it('makes room for the diagram in a narrow editor, where its lines would wrap', () =>
    inWorkbench({ folder: demo, settings: AS_TEXT, window: { width: 900, height: 800 } }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      const lines = await diagram(workbench, ACCESS, 'pgmap', /struct\spage\s/);
      expect(astray(lines)).toEqual([]);
      const { x, width } = (await workbench.shownHover.boundingBox())!;
      expect(Math.max(...lines.flat().map((glyph) => glyph.x))).toBeLessThan(x + width);
    }));
});

const PLACES = [
  { name: 'page', file: 'mm/memremap.c', line: 'percpu_ref_tryget_live(&page->pgmap->ref)', word: 'pgmap' },
  { name: 'folio', file: 'mm/memremap.c', line: 'folio->mapping = NULL;', word: 'mapping' },
  { name: 'sk_buff', file: 'net/core/skbuff.c', line: 'skb->head = data;', word: 'head' },
];

/** Where the editor begins when the side bar is hidden, in pixels. */
const EDITOR_LEFT = 48;

/** Scrolls a word to the upper end of the editor, so that there is room for its hover below. */
async function nearTop(workbench: Workbench, line: string, word: string): Promise<{ y: number; height: number }> {
  const place = workbench.word(line, word);
  await place.waitFor();
  await workbench.page.mouse.move(500, 800);
  for (;;) {
    // A line that is drawn anew just now has no box.
    const box = await place.boundingBox();
    if (box && box.y < 240) return box;
    if (box) await workbench.page.mouse.wheel(0, box.y - 200);
    await workbench.page.waitForTimeout(100);
  }
}

describe.runIf(process.env.UPDATE_PICTURES)('the pictures of hovers on a real kernel', () => {
  for (const [look, theme] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
  ]) {
    it(`${look}`, () => {
      const settings = {
        'workbench.colorTheme': theme,
        // The edge that the hover is enlarged by would glow on for a while.
        'workbench.colorCustomizations': { 'sash.hoverBorder': '#00000000' },
        'editor.hover.above': false,
        'overlint.kernel': KERNEL_SOURCE,
        'overlint.build': KERNEL_BUILD,
      };
      const window = { width: 1000, height: 1700 };
      return inWorkbench({ folder: KERNEL_SOURCE, inPlace: true, settings, window }, async (workbench) => {
        await workbench.page.keyboard.press('Control+b');
        for (const { name, file, line, word } of PLACES) {
          const number =
            1 +
            fs
              .readFileSync(path.join(KERNEL_SOURCE, file), 'utf8')
              .split('\n')
              .findIndex((text) => text.includes(line));
          await workbench.open(file, number);
          const place = await nearTop(workbench, line, word);
          await workbench.hover(line, word, new RegExp(`struct\\s${name}`));
          await picture(workbench);
          await workbench.enlargeHover();
          const hover = (await workbench.shownHover.boundingBox())!;
          const [x, y] = [EDITOR_LEFT, place.y - 4 * place.height];
          const size = { width: hover.x + hover.width + 12 - x, height: hover.y + hover.height + 12 - y };
          await workbench.picture(`hover-${name}-${look}`, { x, y, ...size });
        }
      });
    });
  }
});
