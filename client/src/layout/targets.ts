/** The list of targets that a layout can be drawn for: architectures and configurations that the server found here. */
import path from 'node:path';
import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { askFor } from '../connection';
import { type Targets, targetsShape } from './answers';
import type { ChosenTarget } from './messages';

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
