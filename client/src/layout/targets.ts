/** The list of targets that a layout can be drawn for: architectures and configurations that the server found here. */
import path from 'node:path';
import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { askFor } from '../connection';
import { type Targets, targetsShape } from './answers';
import type { ChosenTarget, Compared } from './messages';

interface TargetItem extends QuickPickItem {
  /** Undefined for the settings' own target. */
  readonly target?: ChosenTarget;
  readonly opensDialog?: boolean;
}

/** Lets the user choose; undefined where they do not. */
export async function pickTarget(
  uri: string,
  current: ChosenTarget | undefined,
): Promise<{ target: ChosenTarget | undefined } | undefined> {
  const items = askFor(targetsShape, 'overlint/targets', { uri }).then((targets) => itemsOf(targets, current));
  const picked = await window.showQuickPick<TargetItem>(items, {
    title: 'Layout for which target?',
    placeHolder: 'An architecture or a configuration',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  if (!picked.opensDialog) return { target: picked.target };
  const [file] = (await window.showOpenDialog({ title: 'A kernel configuration', openLabel: 'Use' })) ?? [];
  return file && { target: { config: file.fsPath } };
}

interface ComparedItem extends QuickPickItem {
  /** Undefined to compare with nothing. */
  readonly compared?: Compared;
  readonly asks?: 'revision' | 'folder';
}

/** The same machine with words of the other size, as a kernel runs the programs of both. */
const OTHER_WORDS: Readonly<Record<string, string>> = { x86: 'i386', i386: 'x86', arm64: 'arm', arm: 'arm64' };

/** Lets the user choose what to compare with; undefined where they do not. */
export async function pickCompared(
  uri: string,
  current: Compared | undefined,
): Promise<{ compared: Compared | undefined } | undefined> {
  const items = askFor(targetsShape, 'overlint/targets', { uri }).then((targets) => comparedItems(targets, current));
  const picked = await window.showQuickPick<ComparedItem>(items, {
    title: 'Compare with what?',
    placeHolder: 'A target, a kernel tree or a git revision',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  if (picked.asks === 'revision') {
    const revision = await window.showInputBox({ title: 'Compare with which git revision?', placeHolder: 'v6.11' });
    return revision?.trim() ? { compared: { side: `rev:${revision.trim()}`, name: revision.trim() } } : undefined;
  }
  if (picked.asks === 'folder') {
    const folders = { canSelectFolders: true, canSelectFiles: false, title: 'A kernel tree', openLabel: 'Compare' };
    const [folder] = (await window.showOpenDialog(folders)) ?? [];
    return folder && { compared: { side: `dir:${folder.fsPath}`, name: folder.fsPath } };
  }
  return { compared: picked.compared };
}

function comparedItems(targets: Targets, current: Compared | undefined): ComparedItem[] {
  const { kernels, current: own } = targets;
  const separator = (label: string): ComparedItem => ({ label, kind: QuickPickItemKind.Separator });
  const other = own && OTHER_WORDS[own.arch];
  const ofTarget = ({ label, detail, description, kind, target }: TargetItem): ComparedItem[] =>
    kind !== undefined || target !== undefined
      ? [{ label, detail, description, kind, ...(target && { compared: { ...target, name: label } }) }]
      : [];
  const all = itemsOf(targets, undefined);
  const companion = all.find(({ target }) => target?.arch === other && target?.build === undefined)?.target;
  return [
    ...(current ? [{ label: 'Stop comparing', description: current.name }] : []),
    ...(companion
      ? [{ label: '32 and 64 bit side by side', description: other, compared: { ...companion, name: other! } }]
      : []),
    { label: 'A git revision…', asks: 'revision' },
    { label: 'Another kernel tree…', asks: 'folder' },
    separator('kernel trees'),
    ...kernels
      .filter(({ path: folder }) => folder !== own?.kernel)
      .map(({ path: folder, version }): ComparedItem => {
        const compared = { side: `dir:${folder}`, name: `${path.basename(folder)}, ${version}` };
        return { label: path.basename(folder), description: version, detail: folder, compared };
      }),
    ...all.flatMap(ofTarget),
  ];
}

function itemsOf(
  { arches, defconfigs, configs, current: own }: Targets,
  current: ChosenTarget | undefined,
): TargetItem[] {
  const mark = (target: ChosenTarget | undefined): Pick<QuickPickItem, 'description'> =>
    JSON.stringify(target) === JSON.stringify(current) ? { description: 'shown' } : {};
  const separator = (label: string): TargetItem => ({ label, kind: QuickPickItemKind.Separator });
  const settings = own ? [own.arch, own.version].join(', ') : undefined;
  return [
    { label: 'As the settings have it', detail: settings, ...mark(undefined) },
    separator('architectures'),
    ...arches.map((arch) => {
      const hasDefault = defconfigs.includes(arch);
      const target: ChosenTarget = hasDefault ? { arch, config: 'defconfig' } : { arch };
      return { label: hasDefault ? `${arch} defconfig` : arch, target, ...mark(target) };
    }),
    separator('configurations'),
    ...configs.map(({ path: file, build, arch, version }) => {
      const target: ChosenTarget = build === undefined ? { config: file } : { build };
      if (arch !== undefined) target.arch = arch;
      const name = path.basename(build ?? file);
      return { label: [name, arch, version].filter(Boolean).join(', '), detail: file, target, ...mark(target) };
    }),
    { label: 'Another configuration file…', opensDialog: true },
  ];
}
