/** What a file is checked for, beside its language in the status bar, and how another tree or target is chosen. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

const demo = path.join(ROOT, 'demo');

/** Rests on the braces in the status bar until they show a row for each text. */
async function status(workbench: Workbench, ...texts: readonly RegExp[]): Promise<void> {
  const rows = workbench.page.locator('.hover-language-status');
  await workbench.page.locator('[id="status.languageStatus"]').hover();
  for (const text of texts) await rows.filter({ hasText: text }).waitFor();
}

/** Runs a command that shows a list, and takes the row that has a text. Returns all rows. */
async function take(workbench: Workbench, command: string, label: string): Promise<string[]> {
  const rows = await offered(workbench, command, label);
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  return rows;
}

/** Waits until a command offers what is labelled so, however far down the list, and takes nothing. */
async function look(workbench: Workbench, command: string, label: string): Promise<void> {
  await offered(workbench, command, label);
  await workbench.page.keyboard.press('Escape');
  await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Opens a command's list and looks for a label in it; the rows are those that fit on the screen before. */
async function offered(workbench: Workbench, command: string, label: string): Promise<string[]> {
  await workbench.command(command);
  const list = workbench.page.locator('.quick-input-list .monaco-list-row');
  await list.filter({ hasText: 'Found by itself' }).waitFor();
  const rows = await list.allInnerTexts();
  await workbench.page.locator('.quick-input-widget input').fill(label);
  await list.filter({ hasText: label }).first().waitFor();
  return rows.map((row) => row.replaceAll('\n', ' '));
}

async function settingsIn(workbench: Workbench, wanted: (settings: Record<string, string>) => boolean) {
  const file = path.join(workbench.folder, '.vscode/settings.json');
  for (const end = Date.now() + 20_000; Date.now() < end; await workbench.page.waitForTimeout(50)) {
    const settings = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8') || '{}') : {};
    if (wanted(settings)) return settings;
  }
  throw new Error(`${file} never was as expected`);
}

describe('in VS Code', () => {
  it('the status bar says tree, configuration and architecture, and each is chosen from a list', () =>
    inWorkbench({ folder: demo }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.squiggles('error').first().waitFor();
      await status(workbench, /Linux 6\.14\.0.*demo/, /^\.config.*demo/, /^x86.*as configured/);
      await workbench.picture('status');

      const arches = await take(workbench, 'Overlint: Select Architecture', 'i386');
      expect(arches[0]).toMatch(/^Found by itself ?in use/);
      await settingsIn(workbench, (settings) => settings['overlint.arch'] === 'i386');
      await status(workbench, /^\.config.*1 warning in the output/, /^i386.*by the settings/);

      await take(workbench, 'Overlint: Select Architecture', 'Found by itself');
      await settingsIn(workbench, (settings) => !('overlint.arch' in settings));
      await status(workbench, /as configured/);
    }));

  it('a tree elsewhere is chosen where there is none above the file, and then findings come', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-elsewhere-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true }));
    fs.cpSync(demo, path.join(folder, 'linux'), { recursive: true });
    fs.mkdirSync(path.join(folder, 'module'));
    fs.copyFileSync(path.join(demo, 'mm/memory.c'), path.join(folder, 'module/memory.c'));
    return inWorkbench({ folder, called: 'work' }, async (workbench) => {
      await workbench.open('module/memory.c');
      await status(workbench, /No kernel tree.*none above this file/);
      await workbench.picture('no-tree');
      await look(workbench, 'Overlint: Select Kernel Tree', 'Another folder…');
      await take(workbench, 'Overlint: Select Kernel Tree', 'Linux 6.14.0');
      const settings = await settingsIn(workbench, (one) => 'overlint.kernel' in one);
      expect(settings['overlint.kernel']).toBe(path.join(workbench.folder, 'linux'));
      await workbench.squiggles('error').first().waitFor();
      await status(workbench, /Linux 6\.14\.0.*linux, by the settings/);
      await look(workbench, 'Overlint: Select Configuration', 'A build folder…');
      await take(workbench, 'Overlint: Select Configuration', 'linux');
      await settingsIn(workbench, (one) => one['overlint.build'] === path.join(workbench.folder, 'linux'));
    });
  });

  it('what overlint.json says has the last word, and the user is told', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-overruled-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true }));
    fs.cpSync(demo, folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'overlint.json'), '{ "arch": "i386" }\n');
    return inWorkbench({ folder }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await status(workbench, /i386/);
      await take(workbench, 'Overlint: Select Architecture', 'x86');
      await workbench.page.locator('.notification-toast', { hasText: 'overlint.json says another arch' }).waitFor();
    });
  });
});
