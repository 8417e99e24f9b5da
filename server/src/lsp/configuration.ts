/** The settings in force for each workspace folder, gathered from the client, overlint.json and initializationOptions. */
import {
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  type InitializeParams,
} from 'vscode-languageserver';
import {
  DEFAULTS,
  readSettings,
  readSettingsFile,
  SETTINGS_FILE,
  type Settings,
  type SettingsFile,
} from '../project/settings';
import { toByteString } from '../text/text';
import { Positions } from './positions';
import { pathOf, uriOf } from './uri';

/** A client that never answers must not keep its user without diagnostics. In milliseconds. */
const PATIENCE = 2000;

interface Folder {
  readonly uri: string | undefined;
  /** Symbolic links resolved. */
  readonly path: string | undefined;
}

/** No folder at all: a single file was opened. */
const NOWHERE: Folder = { uri: undefined, path: undefined };

/**
 * Later layers win: defaults, initializationOptions, the client's `overlint` section, then overlint.json, which is the
 * project's word to all who work in it.
 */
export class Configuration {
  private folders: Folder[] = [];
  private initial: unknown;
  /** What a client without `workspace/configuration` sends of its own accord. */
  private pushed: unknown;
  private canAsk = false;
  private settings = new Map<string | undefined, Settings>();
  /** By path: each overlint.json with something wrong in it. */
  private readonly broken = new Map<string, SettingsFile>();
  private loading: Promise<void> | undefined;

  /** @param complain is given whole sentences for the user, the same ones again on every reading */
  constructor(
    private readonly connection: Connection,
    private readonly complain: (problem: string) => void,
    /** The same for what is said in an overlint.json, too. */
    private readonly wrongFile: (problem: string) => void,
  ) {}

  initialize(params: InitializeParams): void {
    this.initial = params.initializationOptions;
    this.canAsk = params.capabilities?.workspace?.configuration === true;
    const uris = params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    const old = params.rootPath ? [uriOf(params.rootPath)] : [];
    this.folders = (uris.length ? uris : old).map((uri) => ({ uri, path: pathOf(uri) }));
    // A client that never says `initialized` is served all the same.
    this.layer([NOWHERE, ...this.folders], []);
  }

  /** Asks the client to say when its settings change; only where it lets itself be asked. */
  async watch(params: InitializeParams): Promise<void> {
    if (params.capabilities?.workspace?.didChangeConfiguration?.dynamicRegistration)
      await this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'overlint' });
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    const kept = this.folders.filter((folder) => !removed.includes(folder.uri ?? ''));
    this.folders = [...kept, ...added.map((uri) => ({ uri, path: pathOf(uri) }))];
  }

  push(settings: unknown): void {
    const section = (settings as { overlint?: unknown } | null | undefined)?.overlint;
    if (!this.canAsk && section !== undefined) this.pushed = section;
  }

  /** Undefined once the settings are known; else what to wait for. */
  get pending(): Promise<void> | undefined {
    return this.loading;
  }

  /** Reads everything again; resolves when the new settings are in force. */
  load(): Promise<void> {
    const loading = this.read().finally(() => {
      if (this.loading === loading) this.loading = undefined;
    });
    return (this.loading = loading);
  }

  /** The settings for a document at this absolute path: those of the innermost folder around it. */
  settingsFor(file: string): Settings {
    const around = this.folders.filter((folder) => folder.path !== undefined && isBelow(file, folder.path));
    around.sort((a, b) => b.path!.length - a.path!.length);
    const uri = around[0]?.uri ?? (this.folders.length === 1 ? this.folders[0].uri : undefined);
    return this.settings.get(uri) ?? this.settings.get(undefined) ?? DEFAULTS;
  }

  /** The client's name for a file that is not open: below the folder as the client opened it, link or not. */
  uriOf(file: string): string {
    const around = this.folders.find((folder) => folder.path !== undefined && isBelow(file, folder.path));
    if (!around) return uriOf(file);
    const inside = file.slice(around.path!.length).split('/').filter(Boolean);
    return [around.uri!.replace(/\/$/, ''), ...inside.map(encodeURIComponent)].join('/');
  }

  /** The workspace's folders on disk, absolute. */
  folderPaths(): string[] {
    return this.folders.flatMap(({ path }) => path ?? []);
  }

  private async read(): Promise<void> {
    const folders = [NOWHERE, ...this.folders];
    this.layer(folders, this.canAsk ? await this.ask(folders) : folders.map(() => this.pushed));
  }

  /** @param sections what the client says for each folder */
  private layer(folders: readonly Folder[], sections: readonly unknown[]): void {
    const settings = new Map<string | undefined, Settings>();
    folders.forEach((folder, index) => {
      settings.set(folder.uri, {
        ...DEFAULTS,
        ...this.checked(this.initial, folder, 'initializationOptions'),
        ...this.checked(sections[index], folder, 'Setting overlint'),
        ...this.fromFile(folder),
      });
    });
    this.settings = settings;
  }

  private async ask(folders: readonly Folder[]): Promise<unknown[]> {
    const items = folders.map((folder) => ({ section: 'overlint', scopeUri: folder.uri }));
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE);
      });
      const answer: unknown = await Promise.race([this.connection.workspace.getConfiguration(items), late]);
      if (Array.isArray(answer)) return answer;
      this.connection.console.warn('The client did not say its settings; going on without them.');
    } catch (error) {
      this.connection.console.warn(`The client could not say its settings: ${String(error)}`);
    } finally {
      clearTimeout(timer);
    }
    return [];
  }

  private fromFile(folder: Folder): Partial<Settings> {
    if (folder.path === undefined) return {};
    const found = readSettingsFile(folder.path);
    const wrong = found?.problems.length ? found : undefined;
    this.mark(`${folder.path}/${SETTINGS_FILE}`, wrong);
    return found?.settings ?? {};
  }

  /** Says in the file itself what is wrong with it, and takes that back once it is right. */
  private mark(file: string, wrong: SettingsFile | undefined): void {
    if (!wrong && !this.broken.has(file)) return;
    const positions = new Positions(toByteString(wrong?.text ?? ''));
    const diagnostics = (wrong?.problems ?? []).map((problem, index): Diagnostic => {
      const text = wrong?.text ?? '';
      const name = /^\w+/.exec(problem)?.[0] ?? '';
      const isSyntax = index === 0 && wrong?.brokenAt !== undefined;
      const at = isSyntax ? wrong.brokenAt : Math.max(0, text.indexOf(`"${name}"`));
      const start = toByteString(text.slice(0, at)).length;
      const end = toByteString(text.slice(0, endOfWord(text, at))).length;
      const message = `${SETTINGS_FILE}: ${problem}`;
      return {
        range: positions.rangeOf({ start, end }),
        severity: DiagnosticSeverity.Error,
        source: 'overlint',
        message,
      };
    });
    if (wrong) this.broken.set(file, wrong);
    else this.broken.delete(file);
    for (const problem of wrong?.problems ?? []) this.wrongFile(`${file}: ${problem}`);
    void this.connection.sendDiagnostics({ uri: this.uriOf(file), diagnostics });
  }

  /** What is wrong with the overlint.json that counts for a file. */
  problemOf(file: string): { setting: string; value: string; message: string } | undefined {
    const around = [...this.broken].filter(([path]) => isBelow(file, path.slice(0, -SETTINGS_FILE.length - 1)));
    const [path, wrong] = around.sort(([one], [other]) => other.length - one.length)[0] ?? [];
    return wrong && { setting: SETTINGS_FILE, value: path!, message: `${path}: ${wrong.problems[0]}` };
  }

  private checked(value: unknown, folder: Folder, source: string): Partial<Settings> {
    const { settings, problems } = readSettings(value, folder.path);
    for (const problem of problems) this.complain(`${source}: ${problem}`);
    return settings;
  }
}

/** Where the word, or the one character, that stands here ends. */
function endOfWord(text: string, at: number): number {
  return at + (/^(?:"[^"\n]*"|\w+|.)/.exec(text.slice(at))?.[0].length ?? 0);
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
