/** The layout panel as the extension has it: asks the server for pictures, hands them to the page, and does what the page asks. */
import path from 'node:path';
import { type Disposable, env, type Uri, Uri as Uris, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { askFor } from '../connection';
import { messageOf, showFailure } from '../output';
import { type Location, type Model, modelShape, picturesOf, textShape } from './answers';
import {
  type ChosenTarget,
  type Compared,
  type FromPage,
  fromPageShape,
  heard,
  type Remembered,
  type ShowMessage,
  type ToPage,
  type Wanted,
} from './messages';
import { pageHtml } from './page';
import { rangeOf } from './places';
import { pickCompared, pickTarget } from './targets';

/** How the panel is called in the manifest's activation event, and in what VS Code remembers. */
export const VIEW_TYPE = 'overlint.layout';

/** As many records as one can go back through. */
const MOST_HISTORY = 50;

interface Shown {
  readonly wanted: Wanted;
  readonly target?: ChosenTarget;
  readonly model: Model;
  readonly base?: Model;
}

interface Selected {
  readonly member?: string;
  /** Titles of the family's members that are not drawn. */
  readonly hidden: readonly string[];
}

export class LayoutPanel {
  private wanted: Wanted | undefined;
  private history: readonly Wanted[] = [];
  private target: ChosenTarget | undefined;
  private compared: Compared | undefined;
  private follows = false;
  private shown: Shown | undefined;
  private member: string | undefined;
  /** What is selected in the page, for the commands in the editor's title. */
  private selected: Selected = { hidden: [] };
  /** Each request has a number; an answer to any but the last is too late. */
  private asked = 0;
  private isReady = false;
  private readonly queued: ToPage[] = [];
  private readonly subscriptions: Disposable[] = [];

  /** @param onFollow is told when the page switches following on or off */
  constructor(
    private readonly panel: WebviewPanel,
    extension: Uri,
    private readonly onFollow: (panel: LayoutPanel) => void,
  ) {
    const { webview } = panel;
    this.subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => {
        const known = heard(fromPageShape, message);
        if (known) void this.heard(known);
      }),
      // A page that was hidden is gone, and starts anew when it is seen again.
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.isReady = false;
      }),
    );
    panel.onDidDispose(() => {
      this.asked++;
      for (const subscription of this.subscriptions) subscription.dispose();
    });
    webview.html = pageHtml(webview, extension);
  }

  get isFollowing(): boolean {
    return this.follows;
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** What the page showed before the window was loaded anew. */
  restore({ wanted, history, target, compared, follows }: Remembered): void {
    this.history = history;
    this.target = target;
    this.compared = compared;
    this.follows = follows;
    this.wanted = wanted;
    void this.draw();
  }

  /** Shows a record, with a member marked. */
  show(wanted: Wanted, member?: string): void {
    if (this.shown?.model.picture.title === wanted.record && this.wanted?.record === wanted.record) {
      this.member = member;
      if (member !== undefined) this.post({ type: 'member', member });
      return;
    }
    if (this.wanted && this.wanted.record !== wanted.record)
      this.history = [...this.history, this.wanted].slice(-MOST_HISTORY);
    this.wanted = wanted;
    this.member = member;
    void this.draw();
  }

  /** Asks for the same picture again: a file or a setting may have changed. */
  refresh(): void {
    if (this.wanted && this.panel.visible) void this.draw();
  }

  private async draw(): Promise<void> {
    const { wanted, target } = this;
    if (!wanted) return;
    const number = ++this.asked;
    this.post({ type: 'busy', what: `Reading ${wanted.record}…` });
    try {
      const model = await askFor(modelShape, 'overlint/layoutModel', { ...wanted, ...target });
      const base = number === this.asked ? await this.baseOf(wanted) : undefined;
      if (number !== this.asked) return;
      this.wanted = { ...wanted, record: model.picture.title };
      this.shown = { wanted: this.wanted, target, model, base };
      this.panel.title = model.picture.title;
      this.post(this.showMessage());
      this.showProblemsOf(model);
    } catch (error) {
      if (number !== this.asked) return;
      this.post({ type: 'failed', message: messageOf(error), remembered: this.remembered() });
    }
  }

  /** What to compare with: what was asked for, or else the settings' own picture; a target may have the record where they do not. */
  private async baseOf(wanted: Wanted): Promise<Model | undefined> {
    const { compared, target } = this;
    if (!compared && !target) return undefined;
    try {
      return await askFor(modelShape, 'overlint/layoutModel', { ...wanted, ...compared });
    } catch (error) {
      if (compared) showFailure(error);
      return undefined;
    }
  }

  private showProblemsOf({ picture }: Model): void {
    if (picture.status === 'unknown') this.post({ type: 'said', text: `The layout is unknown: ${picture.reason}` });
  }

  private remembered(): Remembered {
    const { wanted, history, target, compared, follows } = this;
    return {
      wanted: wanted!,
      history: [...history],
      ...(target && { target }),
      ...(compared && { compared }),
      follows,
    };
  }

  private showMessage(): ShowMessage {
    const { model, base } = this.shown!;
    return { type: 'show', model, base, member: this.member, remembered: this.remembered() };
  }

  private post(message: ToPage): void {
    if (this.isReady) void this.panel.webview.postMessage(message);
    else this.queued.push(message);
  }

  private async heard(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready': {
        this.isReady = true;
        // A page that starts anew is shown what it showed, unless a newer picture waits already.
        const waiting = this.queued.splice(0);
        if (this.shown && !waiting.some(({ type }) => type === 'show')) this.post(this.showMessage());
        for (const one of waiting) this.post(one);
        return;
      }
      case 'go':
        if (this.isShown(message.place)) await this.go(message.place, message.focus === true);
        return;
      case 'record':
        this.show(message.wanted);
        return;
      case 'back': {
        const before = this.history.at(-1);
        if (!before) return;
        this.history = this.history.slice(0, -1);
        this.wanted = before;
        this.member = undefined;
        await this.draw();
        return;
      }
      case 'ownTarget':
        await this.switchTo(undefined, undefined);
        return;
      case 'selected':
        this.selected = message;
        return;
      case 'expand':
        await this.expand(message.member);
        return;
    }
  }

  /** Opens the page's search box. */
  search(): void {
    this.panel.reveal(undefined, false);
    this.post({ type: 'search' });
  }

  async chooseTarget(): Promise<void> {
    const chosen = this.wanted && (await pickTarget(this.wanted.uri, this.target));
    if (chosen) await this.switchTo(chosen.target, this.compared);
  }

  async chooseCompared(): Promise<void> {
    const chosen = this.wanted && (await pickCompared(this.wanted.uri, this.compared));
    if (chosen) await this.switchTo(this.target, chosen.compared);
  }

  follow(follows: boolean): void {
    this.follows = follows;
    if (this.wanted) this.post({ type: 'follows', remembered: this.remembered() });
    this.onFollow(this);
  }

  private async switchTo(target: ChosenTarget | undefined, compared: Compared | undefined): Promise<void> {
    this.target = target;
    this.compared = compared;
    this.member = undefined;
    this.panel.reveal(undefined, false);
    await this.draw();
  }

  /** Hands the page the record that a member holds, for the target that is shown. */
  private async expand(member: string): Promise<void> {
    if (!this.shown) return;
    const { wanted, target, model } = this.shown;
    const record = model.picture.cells.find(({ name }) => name === member)?.record;
    if (record === undefined) return;
    try {
      const inner = await askFor(modelShape, 'overlint/layoutModel', { uri: wanted.uri, record, ...target });
      this.post({ type: 'inner', member, picture: inner.picture });
    } catch (error) {
      this.post({ type: 'failed', message: messageOf(error) });
    }
  }

  /** The page may send the user only where a picture that it was given leads. */
  private isShown(place: Location): boolean {
    const { model, base } = this.shown ?? {};
    const pictures = [model, base].flatMap((one) => (one ? picturesOf(one) : []));
    const known = pictures.flatMap((one) => [one, ...one.cells, ...one.sizeless, ...one.claims]);
    const text = JSON.stringify(place);
    return known.some((part) => part.place && JSON.stringify(part.place) === text);
  }

  private async go({ uri, range }: Location, focus: boolean): Promise<void> {
    try {
      await window.showTextDocument(Uris.parse(uri), {
        selection: rangeOf(range),
        preserveFocus: !focus,
        viewColumn: editorColumn(this.panel.viewColumn),
      });
    } catch (error) {
      showFailure(error);
    }
  }

  private async text(form: 'text' | 'svg'): Promise<string | undefined> {
    if (!this.shown) return undefined;
    const { wanted, target } = this.shown;
    try {
      const asked = { ...wanted, ...target, form, member: this.selected.member, hidden: this.selected.hidden };
      return (await askFor(textShape, 'overlint/layoutText', asked)).text;
    } catch (error) {
      this.post({ type: 'failed', message: messageOf(error) });
      return undefined;
    }
  }

  async copy(): Promise<void> {
    const text = await this.text('text');
    if (text === undefined) return;
    await env.clipboard.writeText(text);
    this.post({ type: 'said', text: 'Copied as text' });
    window.setStatusBarMessage('Overlint: the layout was copied as text', 5000);
  }

  async save(): Promise<void> {
    const text = await this.text('svg');
    if (text === undefined || !this.shown) return;
    const name = `${this.shown.model.picture.title.replace(/\W+/g, '-')}.svg`;
    const folder =
      workspace.workspaceFolders?.[0]?.uri ?? Uris.file(path.dirname(Uris.parse(this.shown.wanted.uri).fsPath));
    const file = await window.showSaveDialog({
      defaultUri: Uris.joinPath(folder, name),
      filters: { 'SVG picture': ['svg'] },
      title: 'Save the layout as SVG',
    });
    if (!file) return;
    try {
      await workspace.fs.writeFile(file, Buffer.from(text, 'utf8'));
      this.post({ type: 'said', text: `Saved as ${path.basename(file.fsPath)}` });
    } catch (error) {
      void window.showErrorMessage(`Overlint: ${file.fsPath} could not be written: ${messageOf(error)}`);
    }
  }
}

/** Sources open beside the panel, never over it. */
function editorColumn(own: ViewColumn | undefined): ViewColumn {
  const other = window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined && viewColumn !== own);
  if (other?.viewColumn !== undefined) return other.viewColumn;
  return own === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
}
