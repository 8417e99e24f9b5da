/** The packaged extension in a real VS Code, used by keyboard: seen, explained, fixed, saved. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const WRONG = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';
const RIGHT = 'return page_pgmap(vmf->page)->ops->migrate_to_ram(vmf);';

const FIX_ON_SAVE = {
  'security.workspace.trust.banner': 'always',
  'editor.codeActionsOnSave': { 'source.fixAll.overlint': 'explicit' },
};

describe('in VS Code', () => {
  it('a raw page->pgmap is underlined, explained, listed, and fixed from the keyboard', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.hover(WRONG, 'pgmap', /vmf->page->pgmap shares its word with compound_head/);
      await workbench.shownHover.locator('img[src^="data:image/svg+xml"]').waitFor();
      await workbench.picture('hover');
      const problems = await workbench.problems(/shares its word with compound_head/);
      await problems.first().waitFor();
      expect(await problems.count()).toBe(2);
      await workbench.picture('problems');

      expect((await workbench.quickFix(WRONG, 'pgmap'))[0]).toBe('Use page_pgmap()');
      const saved = await workbench.save('mm/memory.c', (text) => text.includes(RIGHT));
      expect(saved).not.toContain(WRONG);
      await workbench.page.waitForFunction(
        "document.querySelectorAll('.markers-panel .monaco-list-row .marker-icon').length === 1",
      );
      await workbench.picture('fixed');
    }));

  it('everything safe in a file is fixed on save, in restricted mode as well', () =>
    inWorkbench({ folder: demo, restricted: true, settings: FIX_ON_SAVE }, async (workbench) => {
      await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
      await workbench.open('mm/memremap.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.picture('restricted');
      await workbench.lines.first().click();
      await workbench.page.keyboard.type(' ');
      const saved = await workbench.save('mm/memremap.c', (text) =>
        text.includes('percpu_ref_tryget_live(&page_pgmap(page)->ref)'),
      );
      expect(saved).toContain('page_folio(page)->pgmap = pgmap;');
      expect(saved).not.toContain('folio->page.pgmap');
      await workbench.squiggles('error').first().waitFor({ state: 'detached' });
    }));

  it('a header that changes on disk changes what is said, and so does a restarted server', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      const header = path.join(workbench.folder, 'include/linux/mmzone.h');
      const before = fs.readFileSync(header, 'utf8');
      fs.writeFileSync(header, before.replaceAll('page_pgmap', 'page_other'));
      await workbench.squiggles('error').first().waitFor({ state: 'detached' });
      fs.writeFileSync(header, before);
      await workbench.squiggles('error').first().waitFor();
      await workbench.command('Overlint: Restart Language Server');
      await workbench.command('Overlint: Show Output');
      await workbench.page.locator('.output-view .view-line', { hasText: /Restarting\sthe\sserver/ }).waitFor();
      await workbench.squiggles('error').first().waitFor();
    }));

  it('a server that is killed comes back, and knows what is open and not yet saved', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.quickFix(WRONG, 'pgmap');
      const problems = await workbench.problems(/shares its word with compound_head/);
      await problems.nth(1).waitFor({ state: 'detached' });
      workbench.killServer();
      await problems.first().waitFor({ state: 'detached' });
      await problems.first().waitFor();
      expect(await problems.count()).toBe(1);
    }));

  it('without a kernel tree, a message says what is missing and which setting helps', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-no-kernel-'));
    fs.writeFileSync(path.join(folder, 'main.c'), 'int main(void) { return page->pgmap; }\n');
    return inWorkbench({ folder, called: 'work' }, async (workbench) => {
      await workbench.open('main.c');
      const toast = workbench.page.locator('.notification-toast', {
        hasText: 'no kernel tree above main.c: set overlint.kernel',
      });
      await toast.waitFor();
      await workbench.picture('no-kernel');
    }).finally(() => fs.rmSync(folder, { recursive: true }));
  });
});
