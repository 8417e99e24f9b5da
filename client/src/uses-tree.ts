/** The view "Overlay Uses": writes, reads and taken addresses apart, by file and place. */
import {
  EventEmitter,
  type ProviderResult,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from 'vscode';
import type { Use, UsesAnswer } from './layout/answers';
import { rangeOf } from './layout/places';

interface Group {
  readonly kind: 'group';
  readonly label: string;
  readonly icon: string;
  readonly uses: readonly Use[];
}

interface File {
  readonly kind: 'file';
  readonly uri: string;
  readonly uses: readonly Use[];
}

type Node = Group | File | { readonly kind: 'use'; readonly use: Use };

/** In this order: a write is what most often surprises the other owners. */
const GROUPS = [
  { mode: 'write', label: 'Writes', icon: 'edit' },
  { mode: 'read', label: 'Reads', icon: 'eye' },
  { mode: 'address', label: 'Address taken', icon: 'symbol-reference' },
] as const;

export class UsesTree implements TreeDataProvider<Node> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private groups: readonly Group[] = [];

  show({ uses }: UsesAnswer): void {
    this.groups = GROUPS.map(({ mode, label, icon }) => {
      return { kind: 'group' as const, label, icon, uses: uses.filter((use) => use.mode === mode) };
    }).filter((group) => group.uses.length > 0);
    this.changed.fire();
  }

  getChildren(node?: Node): ProviderResult<Node[]> {
    if (!node) return [...this.groups];
    if (node.kind === 'group') return filesOf(node.uses);
    return node.kind === 'file' ? node.uses.map((use) => ({ kind: 'use', use })) : [];
  }

  getTreeItem(node: Node): TreeItem {
    if (node.kind === 'use') return itemOf(node.use);
    const open = TreeItemCollapsibleState.Expanded;
    if (node.kind === 'group') {
      const item = new TreeItem(node.label, open);
      item.description = String(node.uses.length);
      item.iconPath = new ThemeIcon(node.icon);
      return item;
    }
    const item = new TreeItem(Uri.parse(node.uri), open);
    item.label = workspace.asRelativePath(Uri.parse(node.uri));
    item.iconPath = ThemeIcon.File;
    item.description = String(node.uses.length);
    return item;
  }
}

function filesOf(uses: readonly Use[]): File[] {
  const byFile = new Map<string, Use[]>();
  for (const use of uses) byFile.set(use.uri, [...(byFile.get(use.uri) ?? []), use]);
  return [...byFile].map(([uri, own]) => ({ kind: 'file', uri, uses: own }));
}

function itemOf({ uri, range, record, member, within, text }: Use): TreeItem {
  const at = text.search(new RegExp(`\\b${member.replace(/^.*\./, '')}\\b`));
  const highlights: [number, number][] = at < 0 ? [] : [[at, at + member.replace(/^.*\./, '').length]];
  const item = new TreeItem({ label: text, highlights });
  item.description = `${within ? `${within}, ` : ''}line ${range.start.line + 1}`;
  item.tooltip = `${record}.${member}`;
  item.command = { title: 'Show', command: 'vscode.open', arguments: [Uri.parse(uri), { selection: rangeOf(range) }] };
  return item;
}
