/** Which record the user means: the one under the cursor, or one by its name. */
import { type QuickPickItem, type TextEditor, window, workspace } from 'vscode';
import { askFor } from '../connection';
import { recordAtShape, recordsShape } from './answers';
import type { Wanted } from './messages';

export interface NamedRecord extends Wanted {
  readonly member?: string;
}

const LANGUAGES = ['c', 'cpp'];

/** The record or member under the editor's cursor; undefined where there is neither. */
export async function recordUnderCursor(editor: TextEditor | undefined): Promise<NamedRecord | undefined> {
  if (!editor || !LANGUAGES.includes(editor.document.languageId)) return undefined;
  const uri = editor.document.uri.toString();
  const { line, character } = editor.selection.active;
  const named = await askFor(recordAtShape, 'overlint/recordAt', { uri, position: { line, character } });
  return named ? { uri, ...named } : undefined;
}

/** A record of the tree that the user is in, chosen or typed by its name. */
export async function pickRecord(): Promise<NamedRecord | undefined> {
  const uri = window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;
  if (!uri) {
    void window.showInformationMessage('Overlint: open a kernel tree, or a file in one, to see layouts.');
    return undefined;
  }
  const pick = window.createQuickPick();
  pick.title = 'Layout of which record?';
  pick.placeholder = 'A name, such as page or struct folio';
  pick.busy = true;
  pick.show();
  let names: readonly string[] = [];
  // A record that no general header defines can be had by typing its name in full.
  const update = (): void => {
    const typed = pick.value.trim();
    const own = /^((struct|union)\s+)?\w+$/.test(typed) && !names.includes(typed) ? [typed] : [];
    pick.items = [...own, ...names].map((label): QuickPickItem => ({ label }));
  };
  pick.onDidChangeValue(update);
  try {
    return await new Promise<NamedRecord | undefined>((resolve, reject) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        resolve(item && { uri: uri.toString(), record: item.label });
      });
      pick.onDidHide(() => resolve(undefined));
      askFor(recordsShape, 'overlint/records', { uri: uri.toString() }).then(({ records }) => {
        names = records;
        pick.busy = false;
        update();
      }, reject);
    });
  } finally {
    pick.dispose();
  }
}
