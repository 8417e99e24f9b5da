/** Lenses, members' places and the search for overlay uses, in VS Code, by keyboard. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const HEADER = 'include/linux/mm_types.h';

const rows = (workbench: Workbench) => workbench.page.locator('.part.panel .pane-body .monaco-list-row');
const lenses = (workbench: Workbench, text: string | RegExp) =>
  workbench.page.locator('.monaco-editor .codelens-decoration', { hasText: text });

describe('in VS Code', () => {
  it('the uses of the bytes of page->pgmap are found at the cursor, writes and reads apart, and opened from the list', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memremap.c');
      await workbench.word('page->pgmap = pgmap;', 'pgmap').click();
      await workbench.command('Overlint: Find Overlay Uses');
      await rows(workbench).first().waitFor();
      await workbench.page.locator('.part.panel', { hasText: /\d+ uses of the bytes of struct page\.pgmap/ }).waitFor();
      const texts = await rows(workbench).allInnerTexts();
      expect(texts[0]).toMatch(/^Writes\s*\d+$/);
      expect(texts).toContainEqual(expect.stringMatching(/^page->compound_head = .*set_compound_head, line \d+$/));
      await workbench.picture('uses');
      await rows(workbench).filter({ hasText: 'set_page_pfmemalloc' }).click();
      await workbench.page.locator('.tab.active', { hasText: 'mm.h' }).waitFor();
    }));

  it('a record has its figures above it, and a lens that asks for the member whose uses are wanted', () =>
    inWorkbench({ folder: demo, settings: { 'overlint.inlayHints': 'cursor' } }, async (workbench) => {
      await workbench.open(HEADER);
      await workbench.page.locator('.monaco-editor').first().waitFor();
      const line = workbench.lines.filter({ hasText: /^struct\spage\s\{/ });
      await line.first().click();
      await lenses(workbench, /^64 bytes, 1 cacheline, \d overlays/)
        .first()
        .waitFor();
      await workbench.page
        .locator('.monaco-editor .view-line', { hasText: /at\s0,\s8\sbytes/ })
        .first()
        .waitFor();
      await workbench.picture('lenses');
      await lenses(workbench, /Find uses…/)
        .first()
        .locator('a', { hasText: 'Find uses…' })
        .first()
        .click();
      await workbench.page.locator('.quick-input-widget input').fill('pgmap');
      await workbench.page.keyboard.press('Enter');
      await rows(workbench).first().waitFor();
      await workbench.page.keyboard.press('Control+j');
      await lenses(workbench, /\d+ uses of pgmap/)
        .first()
        .waitFor();
    }));
});
