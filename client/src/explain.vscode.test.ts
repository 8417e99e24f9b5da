/** Allowing a finding with a reason, and reading about its rule, in VS Code, by keyboard. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const WRONG = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';

/** Chooses one of the quick fixes at the cursor, by keyboard. */
async function take(workbench: Workbench, title: string): Promise<void> {
  await workbench.word(WRONG, 'pgmap').click();
  await workbench.page.keyboard.press('Control+.');
  const rows = workbench.page.locator('.action-widget .monaco-list-row.action');
  await rows.filter({ hasText: title }).waitFor();
  const titles = await rows.allInnerTexts();
  const steps = titles.findIndex((one) => one.trim() === title);
  for (let step = 0; step < steps; step++) await workbench.page.keyboard.press('ArrowDown');
  await workbench.page.locator('.action-widget .monaco-list-row.focused', { hasText: title }).waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.action-widget').waitFor({ state: 'hidden' });
}

/** The rule's page that is shown. */
const page = (workbench: Workbench) =>
  workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');

describe('in VS Code', () => {
  it('a finding is allowed with a reason: the cursor stands where it goes, and the squiggle is gone', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      const problems = await workbench.problems(/shares its word with compound_head/);
      await problems.nth(1).waitFor();
      await take(workbench, 'Allow raw-pgmap here, with a reason');
      await workbench.page.keyboard.type('a device page is never a tail');
      await problems.nth(1).waitFor({ state: 'detached' });
      const comment = '\t/* overlint: allow(raw-pgmap) a device page is never a tail */\n\t';
      await workbench.save('mm/memory.c', (text) => text.includes(comment + WRONG));
      expect(await problems.count()).toBe(1);
      await workbench.picture('allowed');
    }));

  it('the names of rules are completed in such a comment, the one that is found there first', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await workbench.word(WRONG, 'return').click();
      await workbench.page.keyboard.press('Control+Shift+Enter');
      await workbench.page.keyboard.type('/* overlint: allow(');
      const suggestions = workbench.page.locator('.suggest-widget .monaco-list-row');
      await suggestions.first().waitFor();
      await suggestions.filter({ hasText: 'broken-assert' }).waitFor();
      expect(await suggestions.first().innerText()).toContain('raw-pgmap');
      await workbench.picture('completion');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type('never a tail');
      await workbench.save('mm/memory.c', (text) =>
        text.includes('/* overlint: allow(raw-pgmap) never a tail */\n\treturn'),
      );
    }));

  it('a rule is explained, from its finding or picked from a list', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await take(workbench, 'Explain raw-pgmap');
      await page(workbench).locator('h1', { hasText: 'raw-pgmap' }).waitFor();
      await workbench.command('Overlint: Explain Rule');
      await workbench.page.locator('.quick-input-widget input').fill('lru-while');
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'lru-while-owned' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await page(workbench).locator('h1', { hasText: 'lru-while-owned' }).waitFor();
      expect(await workbench.page.locator('.editor-group-container').count()).toBe(2);
      await workbench.picture('explain');
    }));

  it('a rule’s name in a comment leads to its page', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await take(workbench, 'Allow raw-pgmap here, with a reason');
      await workbench.page.keyboard.type('a device page is never a tail');
      await workbench.word('overlint: allow(raw-pgmap)', 'raw-pgmap').click();
      await workbench.page.locator('.detected-link', { hasText: 'raw-pgmap' }).waitFor();
      await workbench.command('Open Link');
      await page(workbench).locator('h1', { hasText: 'raw-pgmap' }).waitFor();
    }));
});
