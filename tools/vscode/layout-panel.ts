/** The layout panel in a workbench, as tests see and drive it. */
import type { FrameLocator, Locator } from 'playwright-core';
import { type Colour, contrast } from '../../client/webview/contrast';
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

  /**
   * How much the line around each cell stands out from the cell and from the paper: the least of them, by WCAG.
   */
  async leastContrast(): Promise<number> {
    const [paper, ...cells] = await this.frame.locator('body').evaluate((body) => {
      const { defaultView } = body.ownerDocument;
      const styles = [...body.querySelectorAll('.cell, .listed')].map((cell) => defaultView!.getComputedStyle(cell));
      const own = [defaultView!.getComputedStyle(body).backgroundColor, ''];
      return [own, ...styles.map(({ borderTopColor, backgroundColor }) => [borderTopColor, backgroundColor])];
    });
    const ground = colourOf(paper[0], [0, 0, 0]);
    const contrasts = cells.flatMap(([line, own]) =>
      [ground, colourOf(own, ground)].map((under) => contrast(colourOf(line, ground), under)),
    );
    return Math.min(...contrasts);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.workbench.page.keyboard.press(key);
  }
}

/** A colour as the browser says it, `rgb(…)` or `color(srgb …)`, over another one. */
function colourOf(said: string, below: Colour): Colour {
  const scale = said.startsWith('color(') ? 255 : 1;
  const [red, green, blue, alpha = 1] = said.match(/[\d.]+/g)!.map(Number);
  return [red, green, blue].map(
    (part, index) => part * scale * alpha + below[index] * (1 - alpha),
  ) as unknown as Colour;
}
