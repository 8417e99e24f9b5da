/** The layout panel in a real VS Code: looked at in each theme and width, used by keyboard and by the icons in its title. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../../server/src/testing/kernel';
import { PanelView } from '../../tools/vscode/layout-panel';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';
import { type Colour, contrast } from '../webview/contrast';

const demo = path.join(ROOT, 'demo');
const ACCESS = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';
const WIDE = { width: 1600, height: 1000 };

/** As the list of themes has them, with the class that the page then has. */
const THEMES = {
  dark: ['Dark Modern', 'vscode-dark'],
  light: ['Light Modern', 'vscode-light'],
  contrast: ['Dark High Contrast', 'vscode-high-contrast'],
  'contrast-light': ['Light High Contrast', 'vscode-high-contrast-light'],
} as const;

/** Opens the panel for struct page, from page->pgmap under the cursor. */
async function openPage(workbench: Workbench): Promise<PanelView> {
  await workbench.open('mm/memory.c');
  await workbench.squiggles('error').first().waitFor();
  await workbench.word(ACCESS, 'pgmap').click();
  await workbench.command('Overlint: Show Layout');
  const panel = new PanelView(workbench);
  await panel.shows('struct page');
  return panel;
}

/** How much the line around each cell stands out from the cell and from the paper: the least of them, by WCAG. */
async function leastContrast(panel: PanelView): Promise<number> {
  const { paper, cells } = await panel.colours();
  const below = colourOf(paper, [0, 0, 0]);
  const contrasts = cells.flatMap(({ line, ground }) =>
    [below, colourOf(ground, below)].map((under) => contrast(colourOf(line, below), under)),
  );
  return Math.min(...contrasts);
}

/** A colour as the browser says it, `rgb(…)` or `color(srgb …)`, over another one. */
function colourOf(said: string, below: Colour): Colour {
  const scale = said.startsWith('color(') ? 255 : 1;
  const [red, green, blue, alpha = 1] = said.match(/[\d.]+/g)!.map(Number);
  return [red, green, blue].map(
    (part, index) => part * scale * alpha + below[index] * (1 - alpha),
  ) as unknown as Colour;
}

describe('the layout panel', () => {
  it('shows a record, its family and its claims in each theme, each cell with a line that stands out; beside Problems; and as a list', () =>
    inWorkbench({ folder: demo, window: WIDE }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.detail.getByText('struct dev_pagemap *pgmap').waitFor();
      expect(await panel.frame.locator('.mark.clash').count()).toBe(1);
      for (const [look, [theme, kind]] of Object.entries(THEMES)) {
        await workbench.theme(theme);
        await panel.frame.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
        await expect.poll(() => leastContrast(panel), { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
        await workbench.picture(`panel-${look}`);
      }
      await workbench.theme(THEMES.dark[0]);
      // Beside the Problems panel, the details leave the picture its room.
      await workbench.page.setViewportSize({ width: 1600, height: 700 });
      await workbench.command('Problems: Focus on Problems View');
      await expect.poll(async () => (await panel.detail.boundingBox())!.height).toBeLessThan(40);
      await workbench.picture('panel-problems');
      await workbench.page.keyboard.press('Control+j');
      // At 300 pixels it is a list, which nobody has to scroll sideways.
      await workbench.page.keyboard.press('Control+b');
      await workbench.page.setViewportSize({ width: 650, height: 900 });
      await panel.frame.locator('.listed', { hasText: 'compound_head' }).first().waitFor();
      const main = panel.frame.locator('main');
      const [room, needed] = await main.evaluate((element) => [element.clientWidth, element.scrollWidth]);
      expect(room).toBeLessThan(320);
      expect(needed).toBeLessThanOrEqual(room);
      expect(await leastContrast(panel)).toBeGreaterThanOrEqual(3);
      await workbench.picture('panel-narrow');
    }));

  it('is walked through by keyboard, searched, copied, followed, expanded, compared, and drawn for another target', () =>
    inWorkbench({ folder: demo, window: WIDE }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.reachPicture();
      await panel.press('Control+Home');
      await panel.frame.locator('[role=gridcell]:focus', { hasText: 'flags' }).waitFor();
      await panel.press('ArrowRight');
      await panel.frame.locator('[role=gridcell]:focus', { hasText: 'lru' }).waitFor();
      expect(await panel.focused.getAttribute('aria-label')).toMatch(/lru.*byte 8/);
      // What it holds is drawn in place.
      await panel.use('#expand');
      await panel.frame.locator('#expand[aria-pressed=true]').waitFor();
      await panel.cell('next').first().waitFor();
      await workbench.picture('panel-expanded');
      await panel.use('#expand');
      await panel.icon('Search a Member');
      await panel.frame.locator('#search:focus').waitFor();
      await workbench.page.keyboard.type('zone_dev');
      await panel.frame.locator('#found', { hasText: '1 of 1' }).waitFor();
      await panel.detail.getByText('void *zone_device_data').waitFor();
      await panel.press('Escape');
      await panel.icon('Copy as Text');
      const copied = workbench.page.locator('.notification-toast, .statusbar-item', { hasText: /copied/i });
      await copied.first().waitFor();
      // 32 and 64 bit stand side by side, and the selection is on the same member in both.
      await panel.icon('Compare with');
      await workbench.choose('32 and 64 bit side by side');
      await panel.frame.locator('.still .twin', { hasText: 'zone_device_data' }).waitFor();
      await workbench.picture('panel-beside');
      await panel.icon('Compare with');
      await workbench.choose('Stop comparing');
      await panel.frame.locator('.still').waitFor({ state: 'detached' });
      await panel.icon('Switch Target');
      await workbench.choose('i386');
      await panel.frame.locator('.facts', { hasText: 'i386' }).waitFor();
      await panel.frame.locator('.moved').first().waitFor();
      await panel.detail.getByText('void *zone_device_data').waitFor();
      await workbench.picture('panel-target');
      await panel.icon('Follow Cursor');
      await panel.iconOf('Stop Following').waitFor();
      await workbench.word(ACCESS, 'ops').click();
      await panel.shows('struct dev_pagemap');
    }));

  it('shows the records of a module that is built out of the tree', async () => {
    const module = {
      Makefile: 'obj-m := sensor.o\nccflags-y := -I$(src)/include -DCHANNELS=4\n',
      'include/sensor.h': '#include <linux/mm.h>\nstruct sensor { struct page *page; int sample[CHANNELS]; };\n',
      'sensor.c':
        '#include <sensor.h>\nvoid *owner(struct sensor *sensor)\n{\n\treturn sensor->page->pgmap->owner;\n}\n',
      'overlint.json': `{ "kernel": "${demo}" }\n`,
    };
    const folder = fs.mkdtempSync('/tmp/overlint-module-');
    try {
      for (const [name, text] of Object.entries(module)) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
      }
      await inWorkbench({ folder, window: WIDE }, async (workbench) => {
        await workbench.open('sensor.c');
        await workbench.squiggles('error').first().waitFor();
        await workbench.word('void *owner(struct sensor *sensor)', 'sensor').click();
        await workbench.command('Overlint: Show Layout');
        const panel = new PanelView(workbench);
        await panel.shows('struct sensor');
        await panel.frame.locator('.facts', { hasText: '24 bytes' }).waitFor();
      });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe.runIf(process.env.UPDATE_PICTURES)('the pictures of the panel on a real kernel', () => {
  it('shows struct page at the full width of the window', () => {
    const settings = {
      'workbench.colorTheme': 'Default Dark Modern',
      'overlint.kernel': KERNEL_SOURCE,
      'overlint.build': KERNEL_BUILD,
    };
    const window = { width: 1600, height: 940 };
    return inWorkbench({ folder: KERNEL_SOURCE, inPlace: true, settings, window }, async (workbench) => {
      await workbench.page.keyboard.press('Control+b');
      const file = 'mm/swap.c';
      const text = fs.readFileSync(path.join(KERNEL_SOURCE, file), 'utf8').split('\n');
      const line = text.findIndex((one) => one.includes('folio->lru'));
      await workbench.open(file, line + 1);
      await workbench.command('Overlint: Show Layout');
      await workbench.page.locator('.quick-input-widget:not(.hidden) input').waitFor();
      await workbench.page.keyboard.type('struct page');
      await workbench.focusedRow('struct page').waitFor();
      await workbench.page.keyboard.press('Enter');
      const panel = new PanelView(workbench);
      await panel.shows('struct page');
      await workbench.page.locator('.tab', { hasText: 'struct page' }).click();
      await workbench.page.keyboard.press('Control+k');
      await workbench.page.keyboard.press('Control+m');
      await panel.frame.locator('.ruler .tick', { hasText: '64' }).waitFor();
      await panel.iconOf('Search a Member').click();
      await panel.frame.locator('#search:focus').waitFor();
      await workbench.page.keyboard.type('compound_head');
      await panel.frame.locator('#found', { hasText: '1 of 1' }).waitFor();
      await panel.press('Escape');
      await panel.detail.getByText('compound_head').first().waitFor();
      for (const [look, theme] of [
        ['dark', 'Dark Modern'],
        ['light', 'Light Modern'],
      ]) {
        await workbench.theme(theme);
        await panel.frame.locator(`body[data-vscode-theme-kind="vscode-${look}"]`).waitFor();
        await workbench.picture(`panel-wide-${look}`);
      }
    });
  });
});
