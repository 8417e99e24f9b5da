/** What a newcomer meets in the first hour: lists that say what to do, lenses, a list of records, and settings that are wrong. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
const ACCESS = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';

/** The quick fixes on a word, none of them taken. */
async function fixes(workbench: Workbench, line: string, word: string): Promise<string[]> {
  const { page } = workbench;
  await workbench.word(line, word).click();
  await page.keyboard.press('Control+.');
  const rows = page.locator('.action-widget .monaco-list-row.action');
  await rows.first().waitFor();
  const titles = await rows.allInnerTexts();
  await page.keyboard.press('Escape');
  await page.locator('.action-widget').waitFor({ state: 'hidden' });
  return titles.map((title) => title.trim());
}

/** The rows of the list that a command shows, names of groups included; it stays open. */
async function list(workbench: Workbench, command: string, row: string): Promise<string[]> {
  await workbench.command(command);
  const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: row }).first().waitFor();
  return (await rows.allInnerTexts()).map((text) => text.replaceAll('\n', ' ').trim());
}

describe('the first hour in VS Code', () => {
  it('advice comes first, fixes are offered for all of a rule, and records of the file come first', () =>
    inWorkbench(
      { folder: demo, settings: { 'editor.autoClosingBrackets': 'never' }, window: { width: 1400, height: 900 } },
      async (workbench) => {
        const { page } = workbench;
        await workbench.open('mm/memory.c');
        await workbench.squiggles('error').first().waitFor();
        const rows = await workbench.problems(/Use page_pgmap\(\)\. vmf->page->pgmap shares its word/);
        await rows.first().waitFor();
        expect(await fixes(workbench, ACCESS, 'pgmap')).toContain('Fix all 2 of raw-pgmap in this file');

        // A function that is half typed silences nothing below.
        await page.keyboard.press('Control+Home');
        await page.keyboard.type('static void f(\n');
        await page.waitForTimeout(1000);
        expect(await workbench.squiggles('error').count()).toBe(2);
        for (let undo = 0; undo < 20 && (await workbench.lines.filter({ hasText: 'void' }).count()) > 0; undo++) {
          if ((await workbench.lines.first().innerText()).startsWith('/*')) break;
          await page.keyboard.press('Control+z');
        }
        // Closed and opened again at once, it has its findings.
        for (let turn = 0; turn < 3; turn++) {
          await workbench.command('View: Revert and Close Editor');
          await workbench.open('mm/memory.c');
          await workbench.squiggles('error').first().waitFor();
        }

        await workbench.open('mm/hugepool.c', 33);
        expect(await fixes(workbench, 'list_add(&folio->lru, isolated);', 'lru')).toEqual(
          expect.arrayContaining([expect.stringMatching(/^Clear owner_ops before it.*\(unsafe\)$/)]),
        );

        await workbench.open('include/linux/mm_types.h');
        const lenses = page.locator('.codelens-decoration');
        await lenses
          .filter({ hasText: /overlay/ })
          .first()
          .waitFor();
        const figures = (await lenses.allInnerTexts()).filter((text) => /bytes/.test(text));
        expect(figures.filter((text) => !/overlay/.test(text))).toEqual([]);

        const shown = await list(workbench, 'Overlint: Show Layout', 'page');
        expect(shown[0]).toMatch(/in this file/);
        await page.locator('.quick-input-widget input').fill('folio_owner_ops');
        await workbench.focusedRow('folio_owner_ops').waitFor();
        await page.keyboard.press('Enter');
        await page.locator('.tab', { hasText: 'struct folio_owner_ops' }).waitFor();
        await workbench.open('mm/memory.c');
        await page.keyboard.press('Control+Home');
        expect((await list(workbench, 'Overlint: Show Layout', 'folio_owner_ops'))[0]).toMatch(
          /folio_owner_ops.*recently shown/,
        );
      },
    ));

  it('a wrong setting is named in the status bar, what is broken in overlint.json is marked, and both go when mended', () =>
    inWorkbench({ folder: demo, window: { width: 1400, height: 900 } }, async (workbench) => {
      const { page } = workbench;
      const write = (name: string, text: string) => {
        fs.mkdirSync(path.dirname(path.join(workbench.folder, name)), { recursive: true });
        fs.writeFileSync(path.join(workbench.folder, name), text);
      };
      const mark = page.locator('.statusbar-item', { hasText: /overlint\.(build|json)/ });
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      write('.vscode/settings.json', '{ "overlint.build": "/no/such/build" }');
      await mark.filter({ hasText: 'overlint.build: /no/such/build' }).waitFor();
      expect(await page.locator('.notification-toast').count()).toBe(0);
      write('.vscode/settings.json', '{}');
      await mark.waitFor({ state: 'hidden' });
      await workbench.squiggles('error').first().waitFor();

      write('overlint.json', '{\n  "arch": "i386",\n  "levels": \n}\n');
      await mark.filter({ hasText: 'overlint.json' }).waitFor();
      const problem = await workbench.problems(/overlint\.json: not valid JSON: the value of "levels"/);
      await problem.first().waitFor();
      write('overlint.json', '{ "arch": "i386" }\n');
      await mark.waitFor({ state: 'hidden' });
      await problem.first().waitFor({ state: 'hidden' });
    }));
});
