/** The commands that choose the kernel tree, the configuration and the architecture, from what the server found here. */
import path from 'node:path';
import {
  ConfigurationTarget,
  commands,
  type ExtensionContext,
  type OpenDialogOptions,
  type QuickPickItem,
  QuickPickItemKind,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { askFor } from './connection';
import { type Targets, targetsShape } from './layout/answers';
import { messageOf, showFailure } from './output';
import { statusShape } from './status';

type Choice = { readonly [setting in 'kernel' | 'build' | 'config' | 'arch']?: string };

interface ChoiceItem extends QuickPickItem {
  /** Empty values take a setting back; absent ones are left alone. */
  readonly choice?: Choice;
  readonly dialog?: OpenDialogOptions & { readonly setting: keyof Choice };
}

const LISTS: Record<string, { title: string; itemsOf: (targets: Targets) => ChoiceItem[] }> = {
  'overlint.selectKernel': { title: 'Kernel tree', itemsOf: kernelItems },
  'overlint.selectConfig': { title: 'Kernel configuration', itemsOf: configItems },
  'overlint.selectArch': { title: 'Architecture', itemsOf: archItems },
};

export function activate(context: ExtensionContext): void {
  for (const [command, { title, itemsOf }] of Object.entries(LISTS))
    context.subscriptions.push(commands.registerCommand(command, () => select(title, itemsOf)));
}

async function select(title: string, itemsOf: (targets: Targets) => ChoiceItem[]): Promise<void> {
  const uri = placeMeant();
  if (!uri) {
    showFailure(new Error('Open a folder or a C file first: the choice is for what lies there.'));
    return;
  }
  try {
    const items = askFor(targetsShape, 'overlint/targets', { uri: uri.toString() }).then(itemsOf);
    // The walkthrough takes the focus back when a button's command has begun.
    const options = {
      title: `Overlint: ${title}`,
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    };
    const picked = await window.showQuickPick<ChoiceItem>(items, options);
    const choice = picked?.dialog ? await browsed(picked.dialog) : picked?.choice;
    if (choice) await choose(uri, choice);
  } catch (error) {
    showFailure(error);
  }
}

/** The active C file, or else the first folder. */
function placeMeant(): Uri | undefined {
  const active = window.activeTextEditor?.document.uri;
  return active?.scheme === 'file' ? active : workspace.workspaceFolders?.[0]?.uri;
}

async function browsed({
  setting,
  ...options
}: OpenDialogOptions & { setting: keyof Choice }): Promise<Choice | undefined> {
  const [found] = (await window.showOpenDialog({ openLabel: 'Use', ...options })) ?? [];
  return found && { [setting]: found.fsPath };
}

const separator = (label: string): ChoiceItem => ({ label, kind: QuickPickItemKind.Separator });

const inUse = (isIt: boolean): Pick<QuickPickItem, 'description'> => (isIt ? { description: 'in use' } : {});

function kernelItems({ kernels, current, settings }: Targets): ChoiceItem[] {
  return [
    {
      label: 'Found by itself',
      detail: 'the nearest kernel tree above the file',
      choice: { kernel: '' },
      ...inUse(!settings.kernel && current !== undefined),
    },
    separator('found on this machine'),
    ...kernels.map(({ path: folder, version }) => ({
      label: `Linux ${version}`,
      detail: folder,
      choice: { kernel: folder },
      ...inUse(current?.kernel === folder && settings.kernel !== ''),
    })),
    {
      label: 'Another folder…',
      dialog: { setting: 'kernel', title: 'A kernel tree', canSelectFolders: true, canSelectFiles: false },
    },
  ];
}

function configItems({ configs, current, evaluated, settings }: Targets): ChoiceItem[] {
  // Where the tree holds none, saying "the .config of the kernel tree" would promise what is not there.
  const assumed = evaluated?.assumed ? `${evaluated.name}, as the kernel tree holds no .config` : undefined;
  const isChosen = Boolean(settings.config || settings.build);
  return [
    {
      label: 'Found by itself',
      detail: assumed ?? 'the .config of the kernel tree, or its default configuration',
      choice: { config: '', build: '' },
      ...inUse(!isChosen && current !== undefined),
    },
    separator('found on this machine'),
    ...configs.map(({ path: file, build, arch, version }) => ({
      label: [path.basename(build ?? file), arch, version].filter(Boolean).join(', '),
      detail: file,
      choice: build === undefined ? { config: file } : { build, config: '' },
      ...inUse(
        isChosen && (build === undefined ? current?.config === file : current?.build === build && !current.config),
      ),
    })),
    { label: 'A configuration file…', dialog: { setting: 'config', title: 'A kernel configuration' } },
    {
      label: 'A build folder…',
      dialog: { setting: 'build', title: 'A build folder', canSelectFolders: true, canSelectFiles: false },
    },
  ];
}

function archItems({ arches, current, settings }: Targets): ChoiceItem[] {
  return [
    {
      label: 'Found by itself',
      detail: 'the one that the configuration was made for',
      choice: { arch: '' },
      ...inUse(!settings.arch && current !== undefined),
    },
    separator('architectures'),
    ...arches.map((arch) => ({ label: arch, choice: { arch }, ...inUse(settings.arch === arch) })),
  ];
}

/** Writes the settings of the file's folder, or the user's where there is no folder or it can't be written. */
async function choose(uri: Uri, choice: Choice): Promise<void> {
  const own = ownTarget(uri);
  try {
    await write(uri, choice, own);
  } catch (error) {
    if (own === ConfigurationTarget.Global) throw error;
    const instead = 'Use User Settings';
    const message = `Overlint: the workspace's settings could not be written: ${messageOf(error)}`;
    if ((await window.showErrorMessage(message, instead)) !== instead) return;
    await write(uri, choice, ConfigurationTarget.Global);
  }
  const { settings } = await askFor(statusShape, 'overlint/status', { uri: uri.toString() });
  const overruled = Object.entries(choice).filter(([name, value]) =>
    isOther(uri, value, settings[name as keyof Choice]),
  );
  if (overruled.length === 0) return;
  const names = overruled.map(([name]) => name).join(' and ');
  void window.showWarningMessage(`Overlint: overlint.json says another ${names}, and it has the last word.`);
}

function ownTarget(uri: Uri): ConfigurationTarget {
  const { workspaceFolders = [] } = workspace;
  if (!workspace.getWorkspaceFolder(uri)) return ConfigurationTarget.Global;
  return workspaceFolders.length > 1 ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
}

async function write(uri: Uri, choice: Choice, target: ConfigurationTarget): Promise<void> {
  const configuration = workspace.getConfiguration('overlint', uri);
  for (const [name, value] of Object.entries(choice)) {
    const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect<string>(name) ?? {};
    const levels = [globalValue, workspaceValue, workspaceFolderValue];
    const level = [
      ConfigurationTarget.Global,
      ConfigurationTarget.Workspace,
      ConfigurationTarget.WorkspaceFolder,
    ].indexOf(target);
    // An empty value is written only where it must hide one of a wider level.
    const hides = levels.slice(0, level).some(Boolean);
    const after = value === '' && !hides ? undefined : value;
    if (levels[level] !== after) await configuration.update(name, after, target);
  }
}

/** Whether the server goes by something else than was chosen. Paths may be relative to the folder, and through links. */
function isOther(uri: Uri, chosen: string | undefined, used: string): boolean {
  if (chosen === undefined || chosen === used) return false;
  const folder = workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? '';
  return chosen === '' ? used !== '' : path.resolve(folder, chosen) !== path.resolve(folder, used);
}
