/** The walkthrough in a real VS Code: opened by its command, each step with its picture, and its buttons work. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PanelView } from '../../tools/vscode/layout-panel';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const ACCESS = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';

describe('the walkthrough', () => {
  it('has a picture for each step, and its buttons run what they say', () =>
    inWorkbench({ folder: demo, window: { width: 1280, height: 800 } }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.command('Overlint: Get Started');
      const page = workbench.page.locator('.gettingStartedContainer');
      await page.locator('.category-title', { hasText: 'Get Started with Overlint' }).waitFor();
      const steps = page.locator('.getting-started-step');
      expect(await steps.count()).toBe(4);
      for (const [index, name] of ['finding', 'status', 'layout', 'workspace'].entries()) {
        await steps.nth(index).click();
        const picture = page.locator('.getting-started-media img');
        await expect
          .poll(() =>
            picture.evaluate((image) => {
              const { naturalWidth, currentSrc } = image as unknown as { naturalWidth: number; currentSrc: string };
              return `${naturalWidth > 0} ${currentSrc}`;
            }),
          )
          .toMatch(new RegExp(`^true .*walkthrough-${name}\\.png`));
      }
      await steps.nth(1).click();
      await workbench.picture('walkthrough');
      await page.getByRole('button', { name: 'Select Architecture' }).click();
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Found by itself' }).waitFor();
      await workbench.page.keyboard.press('Escape');
      await steps.nth(1).locator('.codicon-getting-started-step-checked').waitFor();
    }));
});

describe.runIf(process.env.UPDATE_PICTURES)('the walkthrough’s pictures', () => {
  it('show a finding and the status bar', () =>
    inWorkbench({ folder: demo, window: { width: 1180, height: 620 } }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.page.keyboard.press('Control+b');
      await workbench.hover(ACCESS, 'pgmap', /struct\spage\s/);
      await workbench.picture('walkthrough-finding', { x: 48, y: 92, width: 760, height: 400 });
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('[id="status.languageStatus"]').hover();
      await workbench.page.locator('.hover-language-status', { hasText: /as configured/ }).waitFor();
      await workbench.picture('walkthrough-status', { x: 680, y: 440, width: 500, height: 180 });
    }));

  it('show the layout panel', () =>
    inWorkbench({ folder: demo, window: { width: 1300, height: 900 } }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.page.keyboard.press('Control+b');
      await workbench.word(ACCESS, 'pgmap').click();
      await workbench.command('Overlint: Show Layout');
      const panel = new PanelView(workbench);
      await panel.shows('struct page');
      const box = (await workbench.page.locator('iframe.webview.ready').last().boundingBox())!;
      await workbench.picture('walkthrough-layout', { x: box.x, y: box.y, width: box.width, height: box.height });
    }));

  it('show what the whole workspace has', () =>
    inWorkbench({ folder: demo, window: { width: 1180, height: 700 } }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.page.keyboard.press('Control+b');
      await workbench.command('Overlint: Check Workspace');
      await workbench.page.locator('.notification-toast', { hasText: /\d+ findings in \d+ files/ }).waitFor();
      await (await workbench.problems(/mm_types\.h/)).first().waitFor();
      await workbench.command('Notifications: Clear All Notifications');
      const box = (await workbench.page.locator('.part.panel').boundingBox())!;
      await workbench.picture('walkthrough-workspace', { x: box.x, y: box.y, width: box.width, height: box.height });
    }));
});
