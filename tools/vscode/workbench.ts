/** The workbench as a user has it: eyes and a keyboard, by way of a headless browser. Waits for sights, never for time. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page, type PageScreenshotOptions } from 'playwright-core';
import { Profile, type ProfileOptions, ROOT } from './profile';

export const CHROMIUM = process.env.OVERLINT_CHROMIUM ?? '/usr/bin/chromium';
const PICTURES = path.join(ROOT, 'docs/pictures');

/** How long a sight may take to come, in milliseconds. */
const PATIENCE = 30_000;

const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A fresh folder, to be removed by whoever asked for it.
 *
 * @param inPictures What it is called where a picture may show its path, in place of a temporary name.
 */
export function freshFolder(prefix: string, inPictures: string): string {
  if (!process.env.UPDATE_PICTURES) return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), prefix)));
  // One that is there already is somebody's, and is not removed behind a test.
  fs.mkdirSync(inPictures);
  return inPictures;
}

/** A part of the window, in pixels. */
type Clip = NonNullable<PageScreenshotOptions['clip']>;

interface WorkbenchOptions extends ProfileOptions {
  /** Copied to a fresh place, so that a test may save. */
  readonly folder: string;
  /** What the copy is called, where that is to be seen; the folder's own name if absent. */
  readonly called?: string;
  /** What the window shows: the folder, what a `.code-workspace` file in it lists, or a single file and no folder. */
  readonly shows?: { readonly workspace: string } | { readonly file: string };
  /** Opened where it is instead, for a large tree and a test that writes nothing. */
  readonly inPlace?: boolean;
  /** Width and height of the window in pixels. */
  readonly window?: { readonly width: number; readonly height: number };
}

export class Workbench {
  private constructor(
    readonly page: Page,
    /** The copy of the workspace (in place: the workspace itself), absolute. */
    readonly folder: string,
    /** The folder to be removed in the end. */
    private readonly place: string,
    private readonly browser: Browser,
    private readonly profile: Profile,
  ) {}

  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const place = freshFolder('overlint-workspace-', '/home/dev');
    const folder = options.inPlace ? options.folder : path.join(place, options.called ?? path.basename(options.folder));
    if (!options.inPlace) fs.cpSync(options.folder, folder, { recursive: true });
    const profile = await Profile.start(options);
    const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: BROWSER_FLAGS });
    const page = await browser.newPage({ viewport: options.window ?? { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE);
    const workbench = new Workbench(page, folder, place, browser, profile);
    try {
      const { shows } = options;
      if (shows && 'file' in shows) {
        await page.goto(profile.url());
        await page.locator('.monaco-workbench .statusbar').waitFor();
        await workbench.open(path.join(folder, shows.file));
      } else {
        await page.goto(shows ? profile.url(path.join(folder, shows.workspace), 'workspace') : profile.url(folder));
        await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
      }
    } catch (error) {
      await workbench.stop();
      throw error;
    }
    return workbench;
  }

  /** The folder that the extension runs from. */
  get extension(): string {
    return this.profile.extension;
  }

  /** Opens a file by its path from the workspace, or absolute, with Go to File; the line, counted from 1, goes to the middle. */
  async open(name: string, line?: number): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.page.locator('.quick-input-widget input').fill(line === undefined ? name : `${name}:${line}`);
    await this.focusedRow(path.basename(name)).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
    await this.lines.first().waitFor();
  }

  /** Runs a command by its title, from the command palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').fill(`>${title}`);
    await this.focusedRow(title).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Chooses a row of the list that is open, by its text. */
  async choose(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:not(.hidden) .monaco-list-row').first().waitFor();
    await this.page.keyboard.type(text);
    await this.focusedRow(text).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Puts the window into another colour theme, by its name in the list. */
  async theme(name: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.press('Control+t');
    await this.page.locator('.quick-input-widget:not(.hidden) .monaco-list-row').first().waitFor();
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.focusedRow(name).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** The row of an open list that Enter takes, once it is this one: what stood there before what was typed may linger. */
  focusedRow(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
  }

  get lines(): Locator {
    return this.page.locator('.monaco-editor .view-line');
  }

  squiggles(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  /** The word on the first line that contains `line`. */
  word(line: string, word: string): Locator {
    // The editor draws each blank as a no-break space.
    const text = new RegExp(line.split(/\s+/).map(escaped).join('\\s+'));
    return this.lines.filter({ hasText: text }).first().locator('span > span', { hasText: word }).first();
  }

  /** Rests on a word until the hover says something that matches. */
  async hover(line: string, word: string, text: RegExp): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: text }).first();
    await this.word(line, word).hover();
    await hover.waitFor();
    return hover;
  }

  /** The hover that is shown, with all its parts. */
  get shownHover(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden)').first();
  }

  /** Makes the hover as tall as the window lets it be, by its lower edge; VS Code opens it with 250 pixels. */
  async enlargeHover(): Promise<void> {
    const { x, y, width, height } = (await this.shownHover.boundingBox())!;
    const mouse = this.page.mouse;
    // The way leads over the hover, which would close otherwise.
    await mouse.move(x + width / 3, y + height / 2, { steps: 4 });
    await mouse.move(x + width / 3, y + height, { steps: 4 });
    await mouse.down();
    await mouse.move(x + width / 3, this.page.viewportSize()!.height, { steps: 8 });
    await mouse.up();
    await mouse.move(x + width / 3, y + height / 2);
    await this.page.locator('.monaco-resizable-hover .monaco-sash.hover').waitFor({ state: 'detached' });
  }

  /** Opens the Problems panel and gives the rows whose text matches. */
  async problems(text: RegExp): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+m');
    await panel.waitFor();
    return panel.locator('.monaco-list-row', { hasText: text });
  }

  /** Puts the cursor on a word and takes the first quick fix, by keyboard. Returns what was offered. */
  async quickFix(line: string, word: string): Promise<string[]> {
    await this.word(line, word).click();
    await this.page.keyboard.press('Control+.');
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await rows.first().waitFor();
    const titles = await rows.allInnerTexts();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').waitFor({ state: 'hidden' });
    return titles.map((title) => title.trim());
  }

  /** Saves the active file, and waits until the disk has what `right` accepts. Returns the text. */
  async save(name: string, right: (text: string) => boolean): Promise<string> {
    await this.page.keyboard.press('Control+s');
    const file = path.join(this.folder, name);
    const end = Date.now() + PATIENCE;
    let text = fs.readFileSync(file, 'utf8');
    while (!right(text)) {
      if (Date.now() > end) throw new Error(`${name} was not saved as expected; it holds:\n${text}`);
      await this.page.waitForTimeout(50);
      text = fs.readFileSync(file, 'utf8');
    }
    return text;
  }

  /** Ends the language server without warning, as a crash or the system's memory keeper would. */
  killServer(): void {
    const script = path.join(this.extension, 'dist/server.js');
    const running = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(script));
    if (running.length !== 1) throw new Error(`expected one process of ${script}, not ${running.length}`);
    process.kill(Number(running[0]), 'SIGKILL');
  }

  /** Takes a picture for the documentation, if pictures are asked for (UPDATE_PICTURES). */
  async picture(name: string, clip?: Clip): Promise<void> {
    if (!process.env.UPDATE_PICTURES) return;
    // What slides or fades in is shown where it comes to rest.
    await this.page.screenshot({ path: path.join(PICTURES, `${name}.png`), clip, animations: 'disabled' });
  }

  /** Takes a picture for whoever looks into a failure, and says where it lies. */
  async evidence(): Promise<string> {
    const file = path.join(os.tmpdir(), `overlint-failure-${process.pid}-${Date.now()}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.profile.stop();
    fs.rmSync(this.place, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Runs a test in a fresh workbench. A browser and a server on a busy machine can stumble over each other, so that a
 * failure is tried once more with another fresh profile, and said.
 */
export async function inWorkbench(
  options: WorkbenchOptions,
  test: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  try {
    await attempt(options, test);
  } catch (error) {
    console.warn(`Failed in a first workbench, trying once more in a fresh one: ${String(error)}`);
    await attempt(options, test);
  }
}

async function attempt(options: WorkbenchOptions, test: (workbench: Workbench) => Promise<void>): Promise<void> {
  const workbench = await Workbench.start(options);
  try {
    await test(workbench);
  } catch (error) {
    const picture = await workbench.evidence().catch(() => 'none could be taken');
    throw new Error(`${String(error)}\nPicture: ${picture}`, { cause: error });
  } finally {
    await workbench.stop();
  }
}

/** The words of a process's command line; none where it ended meanwhile. */
function commandOf(pid: string): string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
