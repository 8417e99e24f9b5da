/** Beside clangd in one window: both speak, each of its own, and neither says or does a thing twice. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clangdPackage } from '../../tools/vscode/clangd/package';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench } from '../../tools/vscode/workbench';

const ACCESS = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';
let place: string;
let clangd: string;

beforeAll(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-beside-'));
  clangd = await clangdPackage(place);
  fs.cpSync(path.join(ROOT, 'demo'), path.join(place, 'linux'), { recursive: true });
  fs.writeFileSync(
    path.join(place, 'linux/compile_flags.txt'),
    '-nostdinc\n-Iinclude\n-Iarch/x86/include\n-include\ninclude/linux/kconfig.h\n-include\ninclude/linux/compiler_types.h\n-D__KERNEL__\n',
  );
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

describe('beside clangd', () => {
  it('both hovers can be read, findings come once, and typing brings both up to date', () =>
    inWorkbench(
      {
        folder: path.join(place, 'linux'),
        beside: [clangd],
        window: { width: 1280, height: 1000 },
        settings: { 'editor.hover.above': false, 'overlint.hover': 'text' },
      },
      async (workbench) => {
        await workbench.open('mm/memory.c');
        await workbench.squiggles('error').first().waitFor();
        // What clangd puts into the line, once it has read the headers, would close a hover.
        await workbench.lines.filter({ hasText: /is_device_private_page\(page:/ }).waitFor();
        // Its own word on the same member may come later than ours.
        const hover = await workbench.hover(ACCESS, 'pgmap', /struct\spage\s/);
        await workbench.shownHover.filter({ hasText: /field\s*pgmap/ }).waitFor();
        const said = (await workbench.shownHover.innerText()).replaceAll('\u00a0', ' ');
        for (const once of [/shares its word with compound_head/g, /▒ pgmap ▒/g, /field\s*pgmap/g])
          expect(said.match(once)).toHaveLength(1);
        expect(await hover.isVisible()).toBe(true);
        await workbench.page.keyboard.press('Escape');
        await workbench.hover('return page && is_zone_device_page(page)', 'owner', /struct\sdev_pagemap\s/);
        await workbench.shownHover.filter({ hasText: /field\s*owner/ }).waitFor();
        await workbench.picture('beside-clangd');
        await workbench.page.keyboard.press('Escape');

        // What is no C is clangd's to say, and what is misuse is Overlint's: after one edit, each in one place.
        await workbench.word(ACCESS, 'return').click();
        await workbench.page.keyboard.press('Home');
        await workbench.page.keyboard.type('undeclared(); ');
        const problems = await workbench.problems(/undeclared|shares its word/);
        // What is said of the first letters that were typed is about another name.
        await problems.filter({ hasText: "'undeclared'" }).first().waitFor();
        await problems.filter({ hasText: 'vmf->page->pgmap shares' }).first().waitFor();
        const texts = async () => (await problems.allInnerTexts()).map((text) => text.split('\n')[0]);
        expect((await texts()).filter((text) => /undeclared/.test(text))).toHaveLength(1);
        expect((await texts()).filter((text) => /vmf->page->pgmap shares/.test(text))).toHaveLength(1);
        const titles = await workbench.quickFix(ACCESS, 'pgmap');
        expect(titles.filter((title) => title === 'Use page_pgmap()')).toHaveLength(1);
      },
    ));
});
