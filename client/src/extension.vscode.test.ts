/** The packaged extension in a real VS Code, used by keyboard: seen, explained, fixed, saved. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const WRONG = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';
const RIGHT = 'return page_pgmap(vmf->page)->ops->migrate_to_ram(vmf);';

describe('in VS Code', () => {
  it('a raw page->pgmap is underlined, explained, listed, and fixed from the keyboard', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.hover(WRONG, 'pgmap', /vmf->page->pgmap shares its word with compound_head/);
      await workbench.picture('hover');
      const problems = await workbench.problems(/shares its word with compound_head/);
      await problems.first().waitFor();
      expect(await problems.count()).toBe(2);
      await workbench.picture('problems');

      expect(await workbench.quickFix(WRONG, 'pgmap')).toEqual(['Use page_pgmap()']);
      const saved = await workbench.save('mm/memory.c', (text) => text.includes(RIGHT));
      expect(saved).not.toContain(WRONG);
      await workbench.page.waitForFunction(
        "document.querySelectorAll('.markers-panel .monaco-list-row .marker-icon').length === 1",
      );
      await workbench.picture('fixed');
    }));
});
