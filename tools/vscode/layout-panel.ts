/** The layout panel in a workbench, as tests see and drive it. */
import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench';

export class PanelView {
  readonly frame: FrameLocator;

  constructor(private readonly workbench: Workbench) {
    this.frame = workbench.page.frameLocator('iframe.webview').frameLocator('#active-frame');
  }

  get title(): Locator {
    return this.frame.locator('h1');
  }

  /** The cells of a member, of the record itself before those of its family. */
  cell(name: string): Locator {
    return this.frame.locator('.cell', { has: this.frame.getByText(name, { exact: true }) });
  }

  /** The cell or mark that has the keyboard. */
  get focused(): Locator {
    return this.frame.locator('[role=gridcell]:focus');
  }

  get detail(): Locator {
    return this.frame.locator('.detail');
  }

  /** Waits for the picture of a record. */
  async shows(title: string): Promise<void> {
    await this.frame.locator('h1', { hasText: title }).waitFor();
    await this.frame.locator('[role=gridcell]').first().waitFor();
  }

  /** Puts the keyboard on the picture, with Tab from the title. */
  async reachPicture(): Promise<void> {
    await this.frame.locator('h1 button').focus();
    for (let tabs = 0; (await this.focused.count()) === 0; tabs++) {
      if (tabs > 30) throw new Error('Tab does not lead to the picture');
      await this.press('Tab');
    }
  }

  /** Presses one of the panel's buttons, by keyboard. */
  async use(button: string): Promise<void> {
    await this.frame.locator(button).focus();
    await this.press('Enter');
  }

  /** Presses an icon in the editor's title, by what it says. */
  async icon(title: string): Promise<void> {
    await this.workbench.page.locator('.tab', { hasText: 'struct ' }).first().click();
    await this.iconOf(title).click();
  }

  /** An icon in the editor's title. */
  iconOf(title: string): Locator {
    return this.workbench.page.locator(`.editor-actions .action-label[aria-label^="${title}"]`).first();
  }

  /** The colours that the browser draws: the paper's, then of each cell its line's and its own. */
  async colours(): Promise<{ paper: string; cells: { line: string; ground: string }[] }> {
    return this.frame.locator('body').evaluate((body) => {
      const { defaultView } = body.ownerDocument;
      const styles = [...body.querySelectorAll('.cell, .listed')].map((cell) => defaultView!.getComputedStyle(cell));
      return {
        paper: defaultView!.getComputedStyle(body).backgroundColor,
        cells: styles.map(({ borderTopColor, backgroundColor }) => ({ line: borderTopColor, ground: backgroundColor })),
      };
    });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.workbench.page.keyboard.press(key);
  }
}
