/** The command "Find Overlay Uses": who reads and who writes the bytes that a member shares, in a view of its own. */
import { commands, type ExtensionContext, type QuickPickItem, window } from 'vscode';
import { askFor } from './connection';
import { modelShape, type UsesAnswer, usesShape } from './layout/answers';
import { type NamedRecord, recordUnderCursor } from './layout/records';
import { showFailure } from './output';
import { askWithProgress } from './progress';
import { UsesTree } from './uses-tree';

const tree = new UsesTree();

export function activate(context: ExtensionContext): void {
  const view = window.createTreeView('overlint.uses', { treeDataProvider: tree, showCollapseAll: true });
  const find = async (uri?: unknown, record?: unknown, member?: unknown): Promise<void> => {
    const named = await chosen(uri, record, member);
    const answer = named && (await search(named));
    if (!answer) return;
    tree.show(answer);
    view.title = `Uses of ${named.record}.${named.member}`;
    view.message = summary(named, answer);
    await commands.executeCommand('setContext', 'overlint.hasUses', true);
    await commands.executeCommand('overlint.uses.focus');
  };
  context.subscriptions.push(view, commands.registerCommand('overlint.findUses', find));
}

/** What a lens or an action names, or else what the cursor is on. */
async function chosen(uri: unknown, record: unknown, member: unknown): Promise<Required<NamedRecord> | undefined> {
  const isNamed = typeof uri === 'string' && typeof record === 'string';
  const named = isNamed ? { uri, record, member } : await recordUnderCursor(window.activeTextEditor);
  if (!named) {
    void window.showInformationMessage('Overlint: put the cursor on a member of a struct or union first.');
    return undefined;
  }
  const { member: given } = named;
  const picked = typeof given === 'string' ? given : await pickMember(named.uri, named.record);
  return picked === undefined ? undefined : { uri: named.uri, record: named.record, member: picked };
}

async function pickMember(uri: string, record: string): Promise<string | undefined> {
  const model = await askFor(modelShape, 'overlint/layoutModel', { uri, record }).catch(explain);
  if (!model) return undefined;
  const items = model.picture.cells.flatMap(({ name, declaration, offsetBits }): QuickPickItem[] =>
    name === undefined ? [] : [{ label: name, description: declaration, detail: `at ${Math.floor(offsetBits / 8)}` }],
  );
  const placeHolder = `Uses of which member of ${record}?`;
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.label;
}

function search(named: Required<NamedRecord>): Thenable<UsesAnswer | undefined> {
  const title = `Overlint: uses of ${named.record}.${named.member}`;
  return askWithProgress(title, usesShape, 'overlint/uses', named);
}

function summary({ record, member }: Required<NamedRecord>, { uses, unresolved }: UsesAnswer): string {
  const places = unresolved === 1 ? 'place' : 'places';
  const rest = unresolved > 0 ? `; ${unresolved} ${places} of the same name could not be resolved` : '';
  if (uses.length === 0) return `Nothing uses the bytes of ${record}.${member}${rest}.`;
  return `${uses.length} ${uses.length === 1 ? 'use' : 'uses'} of the bytes of ${record}.${member}${rest}.`;
}

/** Says why there is no answer. */
function explain(error: unknown): undefined {
  showFailure(error);
  return undefined;
}
