/** A check of the whole tree in VS Code: cancelled, finished, kept up with, taken back. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/vscode/profile';
import { inWorkbench, type Workbench } from '../../tools/vscode/workbench';

/** Sources that need a look and have nothing to find, so many that a check takes its time. */
const MANY = 4000;
const QUIET_SOURCE =
  '#include <linux/mm.h>\n\nstruct map { int pgmap; };\n\nint of(struct map *m)\n{\n\treturn m->pgmap;\n}\n';

let place: string;
beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-check-'));
  fs.cpSync(path.join(ROOT, 'demo'), path.join(place, 'linux'), { recursive: true });
  fs.mkdirSync(path.join(place, 'linux/drivers/many'));
  for (let index = 0; index < MANY; index++)
    fs.writeFileSync(path.join(place, `linux/drivers/many/file${index}.c`), QUIET_SOURCE);
});
afterAll(() => fs.rmSync(place, { recursive: true }));

const notification = (workbench: Workbench, text: RegExp) =>
  workbench.page.locator('.notifications-toasts .notification-toast', { hasText: text }).first();

describe('in VS Code', () => {
  it('a check of the workspace is cancelled, done again to its end, follows a change, and is cleared', () =>
    inWorkbench({ folder: path.join(place, 'linux') }, async (workbench) => {
      await workbench.open('mm/memory.c');
      await workbench.command('Overlint: Check Workspace');
      const running = notification(workbench, /Overlint.*checked [1-9][\d,]* of [\d,]+ files/s);
      await running.waitFor();
      await workbench.picture('workspace-progress');
      await running.getByRole('button', { name: 'Cancel' }).click();
      await running.waitFor({ state: 'hidden' });
      const elsewhere = await workbench.problems(/\(p\)->pgmap shares/);
      expect(await elsewhere.count()).toBe(0);

      await workbench.command('Overlint: Check Workspace');
      await notification(workbench, /Overlint: \d+ findings in 4,\d+ files\./).waitFor();
      await elsewhere.first().waitFor();
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.picture('workspace');

      // The file that is open says of itself what it ever said, once; and so does the disk when it is closed.
      const filter = workbench.page.getByPlaceholder(/^Filter/);
      await filter.fill('vmf->page');
      const own = await workbench.problems(/vmf->page->pgmap shares/);
      await own.first().waitFor();
      expect(await own.count()).toBe(1);
      await workbench.command('View: Close All Editor Groups');
      await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
      expect(await own.count()).toBe(1);
      fs.writeFileSync(path.join(workbench.folder, 'mm/memory.c'), 'int nothing;\n');
      await own.first().waitFor({ state: 'detached' });
      await filter.fill('');
      await elsewhere.first().waitFor();
      await workbench.command('Overlint: Clear Workspace Findings');
      await elsewhere.first().waitFor({ state: 'detached' });
    }));
});
