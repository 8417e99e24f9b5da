/** A plain clone in a real VS Code, without any setting: what hover and panel show, and which configuration they say they assumed. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { KERNEL_SOURCE } from '../../server/src/testing/kernel';
import { PanelView } from '../../tools/vscode/layout-panel';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const FILE = 'mm/vmscan.c';
const ACCESS = 'list_del(&folio->lru);';

/** What comes while the editor still moves its lines (lenses, hints) is taken away again: the pointer rests anew then. */
async function hoverUntilShown(workbench: Workbench): Promise<Locator> {
  const hover = workbench.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: /struct\sfolio\s/ });
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    await workbench.page.mouse.move(500, 5);
    await workbench.word(ACCESS, 'lru').hover();
    const isShown = await hover
      .first()
      .waitFor({ timeout: 5_000 })
      .then(
        () => true,
        () => false,
      );
    if (isShown) break;
  }
  await hover.first().waitFor();
  return hover.first();
}

describe('a plain clone', () => {
  it('shows layouts for the configuration that it assumes, and for another architecture by the list alone', () =>
    inWorkbench({ folder: KERNEL_SOURCE, inPlace: true, window: { width: 1600, height: 1000 } }, async (workbench) => {
      const text = fs.readFileSync(path.join(KERNEL_SOURCE, FILE), 'utf8');
      await workbench.open(FILE, text.slice(0, text.indexOf(ACCESS)).split('\n').length);
      // The status says so once the server has found the tree.
      await workbench.page.locator('[id="status.languageStatus"]').hover();
      await workbench.page.locator('.hover-language-status', { hasText: /x86_64 defconfig/ }).waitFor();
      await hoverUntilShown(workbench);
      const said = (await workbench.shownHover.innerText()).replace(/\s/g, ' ');
      expect(said).toMatch(/Assumed configuration: x86_64 defconfig/);
      expect(await workbench.shownHover.locator('img').getAttribute('alt')).toMatch(/: lru at 8, 16 bytes/);
      await workbench.word(ACCESS, 'lru').click();
      await workbench.command('Overlint: Show Layout');
      const panel = new PanelView(workbench);
      await panel.shows('struct folio');
      await panel.frame.locator('.facts', { hasText: 'x86_64 defconfig, assumed' }).waitFor();
      await panel.icon('Switch Target');
      await workbench.choose('arm64');
      await panel.frame.locator('.facts', { hasText: /arm64 defconfig/ }).waitFor();
    }));
});
