/** Where the setting says `cursor`, members' places are shown in the record around the cursor alone. */
import { type ExtensionContext, Range, type TextDocument, window, workspace } from 'vscode';
import { InlayHintRequest, type InlayHintsMiddleware } from 'vscode-languageclient';
import { languageClient } from './connection';

export const inlayHintsMiddleware: InlayHintsMiddleware = {
  async provideInlayHints(document, viewPort, token, next) {
    if (!followsCursor(document)) return next(document, viewPort, token);
    const cursor = window.visibleTextEditors.find((editor) => editor.document === document)?.selection.active;
    return cursor && next(document, new Range(cursor, cursor), token);
  },
};

/** How long the cursor must rest, in milliseconds: held arrow keys are not to ask on every line. */
const REST = 100;

export function activate(context: ExtensionContext): void {
  let timer: NodeJS.Timeout | undefined;
  context.subscriptions.push(
    window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
      if (!followsCursor(document)) return;
      clearTimeout(timer);
      timer = setTimeout(() => refresh(document), REST);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

function followsCursor(document: TextDocument): boolean {
  return workspace.getConfiguration('overlint', document).get('inlayHints') === 'cursor';
}

function refresh(document: TextDocument): void {
  const feature = languageClient()?.getFeature(InlayHintRequest.method);
  feature?.getProvider(document)?.onDidChangeInlayHints.fire();
}
