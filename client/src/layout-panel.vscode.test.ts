/** The layout panel in a real VS Code, used by keyboard: opened, walked through, searched, switched, followed, kept. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PanelView } from '../../tools/vscode/layout-panel';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const ACCESS = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';
const WIDE = { width: 1600, height: 1000 };

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

describe('the layout panel', () => {
  it.each([
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
    ['contrast', 'Default High Contrast'],
  ])('shows a record, its family and its claims: %s', (look, theme) =>
    inWorkbench({ folder: demo, window: WIDE, settings: { 'workbench.colorTheme': theme } }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.detail.getByText('struct dev_pagemap *pgmap').waitFor();
      expect(await panel.frame.locator('.mark.clash').count()).toBe(1);
      await workbench.picture(`panel-${look}`);
    }),
  );

  it('is walked through by keyboard, and leads to a declaration', () =>
    inWorkbench({ folder: demo, window: WIDE }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.reachPicture();
      await panel.press('Control+Home');
      await panel.frame.locator('[role=gridcell]:focus', { hasText: 'flags' }).waitFor();
      await panel.press('ArrowRight');
      await panel.frame.locator('[role=gridcell]:focus', { hasText: 'lru' }).waitFor();
      expect(await panel.focused.getAttribute('aria-label')).toMatch(/lru.*byte 8/);
      await panel.press('Enter');
      await workbench.page.locator('.tab.active', { hasText: 'mm_types.h' }).waitFor();
      await workbench.lines.filter({ hasText: 'lru;' }).first().waitFor();
    }));

  it('finds a member by its name, and copies the text', () =>
    inWorkbench({ folder: demo, window: WIDE }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.frame.locator('#search').focus();
      await workbench.page.keyboard.type('zone_dev');
      await panel.frame.locator('#found', { hasText: '1 of 1' }).waitFor();
      await panel.detail.getByText('void *zone_device_data').waitFor();
      await panel.press('Escape');
      await panel.use('#copy');
      await workbench.page
        .locator('.notification-toast, .statusbar-item', { hasText: /copied/i })
        .first()
        .waitFor();
    }));

  it('switches to another architecture, and says what moved', () =>
    inWorkbench({ folder: demo, window: WIDE }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.use('#target');
      await workbench.page.locator('.quick-input-widget').waitFor();
      await workbench.page.keyboard.type('i386');
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'i386' }).first().waitFor();
      await panel.press('Enter');
      await panel.frame.locator('#target', { hasText: 'i386' }).waitFor();
      await panel.frame.locator('.moved').first().waitFor();
      await workbench.picture('panel-target');
    }));

  it('follows the cursor where it is asked to, and goes back', () =>
    inWorkbench({ folder: demo, window: WIDE }, async (workbench) => {
      const panel = await openPage(workbench);
      await panel.use('#follow');
      await panel.frame.locator('#follow[aria-pressed=true]').waitFor();
      await workbench.word(ACCESS, 'ops').click();
      await panel.shows('struct dev_pagemap');
    }));
});
