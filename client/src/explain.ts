/** The command "Explain Rule": opens the page of the rule that it is given, or that the user picks, beside the code. */
import * as v from 'valibot';
import { commands, type ExtensionContext, Uri, ViewColumn, window } from 'vscode';
import type { DocumentLinkMiddleware } from 'vscode-languageclient';
import { askFor } from './connection';
import { showFailure } from './output';

/** `overlint/rules` */
const rulesShape = v.object({
  rules: v.array(v.object({ id: v.string(), summary: v.string(), page: v.optional(v.string()) })),
});

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('overlint.explainRule', async (given: unknown) => {
      const page = typeof given === 'string' ? given : await pickPage();
      if (page !== undefined) await show(Uri.parse(page));
    }),
  );
}

/** A link to a rule's page shows it as the command does, not as the text that it is written in. */
export const ruleLinksMiddleware: DocumentLinkMiddleware = {
  async provideDocumentLinks(document, token, next) {
    const links = await next(document, token);
    for (const link of links ?? []) {
      if (!link.target || !/\/docs\/rules\/[\w-]+\.md$/.test(link.target.path)) continue;
      const args = encodeURIComponent(JSON.stringify([link.target.toString()]));
      link.target = Uri.parse(`command:overlint.explainRule?${args}`);
    }
    return links;
  },
};

async function pickPage(): Promise<string | undefined> {
  const items = askFor(rulesShape, 'overlint/rules', {}).then(({ rules }) =>
    rules.flatMap(({ id, summary, page }) => (page === undefined ? [] : [{ label: id, detail: summary, page }])),
  );
  try {
    const placeHolder = 'Explain which rule?';
    return (await window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.page;
  } catch (error) {
    showFailure(error);
    return undefined;
  }
}

/** Shows a page as it is meant to be read, in the last column: there it takes the place of the page before. */
async function show(page: Uri): Promise<void> {
  const columns = window.tabGroups.all.length;
  const options = { viewColumn: columns > 1 ? columns : ViewColumn.Beside, preview: true };
  try {
    await commands.executeCommand('vscode.openWith', page, 'vscode.markdown.preview.editor', options);
  } catch {
    // The preview belongs to an extension that comes with VS Code, and that can be turned off.
    await commands.executeCommand('vscode.open', page, options);
  }
}
