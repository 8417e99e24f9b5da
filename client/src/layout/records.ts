/** Which record the user means: the one under the cursor, or one by its name. */
import { type QuickPickItem, QuickPickItemKind, type TextEditor, window, workspace } from 'vscode';
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

/** So many records that were shown are offered again. */
const MOST_RECENT = 8;
let recent: readonly string[] = [];

/** A record is shown: the next list has it near its top. */
export function remember(record: string): void {
  const name = record.replace(/^(?:struct|union)\s+/, '');
  recent = [name, ...recent.filter((other) => other !== name)].slice(0, MOST_RECENT);
}

function group(label: string, names: readonly string[]): QuickPickItem[] {
  if (names.length === 0) return [];
  return [{ label, kind: QuickPickItemKind.Separator }, ...names.map((name) => ({ label: name }))];
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
  let own: readonly string[] = [];
  // A record that no general header defines can be had by typing its name in full.
  const update = (): void => {
    const typed = pick.value.trim();
    const isNew = /^((struct|union)\s+)?\w+$/.test(typed) && !names.includes(typed);
    const first = [...own, ...recent.filter((name) => !own.includes(name))];
    pick.items = [
      ...(isNew ? [{ label: typed }] : []),
      ...group('in this file', own),
      ...group('recently shown', first.slice(own.length)),
      ...group(
        'in general headers',
        names.filter((name) => !first.includes(name)),
      ),
    ];
  };
  pick.onDidChangeValue(update);
  try {
    return await new Promise<NamedRecord | undefined>((resolve, reject) => {
      pick.onDidAccept(() => {
        const [item] = pick.activeItems;
        resolve(item && { uri: uri.toString(), record: item.label });
      });
      pick.onDidHide(() => resolve(undefined));
      askFor(recordsShape, 'overlint/records', { uri: uri.toString() }).then((answer) => {
        ({ records: names, own } = answer);
        pick.busy = false;
        update();
      }, reject);
    });
  } finally {
    pick.dispose();
  }
}
