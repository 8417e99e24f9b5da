/** Workspaces of every kind: several folders with a kernel each, a single file, and one that can't be written. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { freshFolder, inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');
let place: string;

beforeEach(() => {
  place = freshFolder('overlint-workspaces-', '/srv/kernel');
});

afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

async function statusSays(workbench: Workbench, ...texts: readonly RegExp[]): Promise<void> {
  await workbench.page.locator('[id="status.languageStatus"]').hover();
  for (const text of texts) await workbench.page.locator('.hover-language-status', { hasText: text }).waitFor();
}

describe('in VS Code', () => {
  it('each of several folders has its own kernel', () => {
    // The older kernel has no page_pgmap(), so that a raw access is right there.
    fs.cpSync(demo, path.join(place, 'new'), { recursive: true });
    fs.cpSync(demo, path.join(place, 'old'), { recursive: true });
    const mmzone = path.join(place, 'old/include/linux/mmzone.h');
    fs.writeFileSync(mmzone, fs.readFileSync(mmzone, 'utf8').replaceAll('page_pgmap', 'page_map_of'));
    const makefile = path.join(place, 'old/Makefile');
    fs.writeFileSync(makefile, fs.readFileSync(makefile, 'utf8').replace('PATCHLEVEL = 14', 'PATCHLEVEL = 12'));
    fs.writeFileSync(
      path.join(place, 'both.code-workspace'),
      JSON.stringify({ folders: [{ path: 'new' }, { path: 'old', name: 'older' }] }),
    );
    return inWorkbench(
      { folder: place, called: 'work', shows: { workspace: 'both.code-workspace' } },
      async (workbench) => {
        await workbench.open(path.join(workbench.folder, 'new/mm/memory.c'));
        await workbench.squiggles('error').first().waitFor();
        await statusSays(workbench, /Linux 6\.14\.0/);
        // A file of a name of its own: the list offers what was open before as well.
        await workbench.open(path.join(workbench.folder, 'old/mm/memremap.c'));
        await workbench.squiggles('hint').first().waitFor({ state: 'attached' });
        await statusSays(workbench, /Linux 6\.12\.0/);
        expect(await workbench.squiggles('error').count()).toBe(0);
        await workbench.picture('multi-root');
      },
    );
  });

  it('a single file of a kernel is checked without any folder', () =>
    inWorkbench({ folder: demo, shows: { file: 'mm/memory.c' } }, async (workbench) => {
      await workbench.squiggles('error').first().waitFor();
      await statusSays(workbench, /Linux 6\.14\.0/);
      expect((await workbench.quickFix('return vmf->page->pgmap', 'pgmap'))[0]).toBe('Use page_pgmap()');
      await workbench.save('mm/memory.c', (text) => text.includes('page_pgmap(vmf->page)->ops'));
    }));

  it('a workspace that can’t be written is checked, and a choice goes to the user’s settings', async () => {
    const folder = path.join(place, 'linux');
    fs.cpSync(demo, folder, { recursive: true });
    execFileSync('mount', ['--bind', folder, folder]);
    try {
      execFileSync('mount', ['-o', 'remount,ro,bind', folder]);
      await inWorkbench({ folder, inPlace: true }, async (workbench) => {
        await workbench.open('mm/memory.c');
        await workbench.squiggles('error').first().waitFor();
        await workbench.command('Overlint: Select Architecture');
        const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
        await rows.filter({ hasText: 'Found by itself' }).waitFor();
        await workbench.page.locator('.quick-input-widget input').fill('i386');
        await rows.filter({ hasText: 'i386' }).first().waitFor();
        await workbench.page.keyboard.press('Enter');
        const toast = workbench.page.locator('.notification-toast', { hasText: /settings could not be written/ });
        await toast.waitFor();
        await workbench.picture('read-only');
        await toast.getByRole('button', { name: 'Use User Settings' }).click();
        await statusSays(workbench, /i386.*by the settings/);
      });
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});
