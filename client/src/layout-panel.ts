/** The command "Overlint: Show Layout" and the panel that it opens, which may follow the editor's cursor. */
import { commands, type ExtensionContext, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { heard, rememberedShape } from './layout/messages';
import { pageRoot } from './layout/page';
import { LayoutPanel, VIEW_TYPE } from './layout/panel';
import { type NamedRecord, pickRecord, recordUnderCursor, remember } from './layout/records';
import { outputChannel, showFailure } from './output';

/** The cursor must rest for this long, in milliseconds, before the panel follows it. */
const REST = 200;

/** Tells the editor's title whether it offers to follow the cursor, or to stop. */
const FOLLOWS = 'overlint.layoutFollows';

/** The icons in the panel's title, by the ends of their commands' names. */
const TITLE_COMMANDS: Readonly<Record<string, (panel: LayoutPanel) => unknown>> = {
  search: (shown) => shown.search(),
  target: (shown) => shown.chooseTarget(),
  compare: (shown) => shown.chooseCompared(),
  follow: (shown) => shown.follow(true),
  unfollow: (shown) => shown.follow(false),
  copy: (shown) => shown.copy(),
  save: (shown) => shown.save(),
};

let panel: LayoutPanel | undefined;

export function activate(context: ExtensionContext): void {
  const { extensionUri } = context;
  const options = { enableScripts: true, localResourceRoots: [pageRoot(extensionUri)] };
  let waiting: NodeJS.Timeout | undefined;

  const adopt = (webview: WebviewPanel): LayoutPanel => {
    const adopted = new LayoutPanel(webview, extensionUri, () => {
      void commands.executeCommand('setContext', FOLLOWS, panel?.isFollowing === true);
      follow();
    });
    panel = adopted;
    webview.onDidDispose(() => {
      if (panel === adopted) panel = undefined;
    });
    return adopted;
  };

  const open = (): LayoutPanel => {
    if (panel) panel.reveal();
    const beside = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    return panel ?? adopt(window.createWebviewPanel(VIEW_TYPE, 'Layout', beside, options));
  };

  const follow = (): void => {
    clearTimeout(waiting);
    if (!panel?.isFollowing) return;
    waiting = setTimeout(() => void followNow(), REST);
  };

  context.subscriptions.push(
    commands.registerCommand('overlint.showLayout', async (uri?: unknown, record?: unknown, member?: unknown) => {
      const named = await meant(uri, record, member);
      if (named) remember(named.record);
      if (named) open().show({ uri: named.uri, record: named.record }, named.member);
    }),
    ...Object.entries(TITLE_COMMANDS).map(([name, run]) =>
      commands.registerCommand(`overlint.layout.${name}`, () => panel && run(panel)),
    ),
    window.registerWebviewPanelSerializer(VIEW_TYPE, {
      async deserializeWebviewPanel(webview, state) {
        const remembered = heard(rememberedShape, state);
        if (!remembered || panel) return webview.dispose();
        webview.webview.options = options;
        adopt(webview).restore(remembered);
        void commands.executeCommand('setContext', FOLLOWS, remembered.follows);
      },
    }),
    window.onDidChangeTextEditorSelection(follow),
    window.onDidChangeActiveTextEditor(follow),
    workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === 'c' || languageId === 'cpp') panel?.refresh();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('overlint')) panel?.refresh();
    }),
    { dispose: () => clearTimeout(waiting) },
  );
}

async function followNow(): Promise<void> {
  try {
    const named = await recordUnderCursor(window.activeTextEditor);
    if (named && panel?.isFollowing) panel.show({ uri: named.uri, record: named.record }, named.member);
  } catch (error) {
    outputChannel()?.debug(`The layout does not follow: ${String(error)}`);
  }
}

/** What the command is for: what it is given (a lens, a hover), else what the cursor is on, else what the user names. */
async function meant(uri: unknown, record: unknown, member: unknown): Promise<NamedRecord | undefined> {
  if (typeof uri === 'string' && typeof record === 'string')
    return { uri, record, ...(typeof member === 'string' && { member }) };
  try {
    return (await recordUnderCursor(window.activeTextEditor)) ?? (await pickRecord());
  } catch (error) {
    showFailure(error);
    return undefined;
  }
}
