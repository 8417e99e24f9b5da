/** The request `overlint/checkWorkspace`: whole trees are checked in the background, and again where something changes. */
import os from 'node:os';
import path from 'node:path';
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { levelsOverMany } from '../analysis/levels';
import { Disk } from '../files/disk';
import { workerScript } from '../files/entry-points';
import type { LintOptions } from '../linter';
import type { Tree } from '../project/tree';
import { rules } from '../rules/index';
import { checkInBackground } from '../workers/background-check';
import type { CheckReport } from '../workers/background-job';
import { Cancelled } from '../workers/cancelled';
import type { Progress } from '../workers/counter';
import type { Checks } from './checks';
import type { Configuration } from './configuration';
import { lintOptions } from './projects';
import { isForLists, type Publisher } from './publisher';
import { pathOf } from './uri';

interface CheckWorkspaceParams {
  /** A file whose tree is meant, too; the trees of the workspace's folders always are. */
  readonly uri?: string;
  readonly workDoneToken?: string | number;
}

/** What a check gave, over all trees; also sent as `overlint/workspaceChecked` when a change made another one. */
export interface WorkspaceChecked {
  /** Files that were looked at. */
  readonly files: number;
  /** Files that were checked, as what was known of them before did not hold any more. */
  readonly checked: number;
  readonly findings: number;
  /** Files that could not be checked; the log names them. */
  readonly problems: number;
}

/** How long nothing must have changed before trees are checked again, in milliseconds. */
const QUIET = 400;

/** Threads as many as there are cores: the system gives the one that answers the editor its turn first. */
const JOBS = os.availableParallelism();

interface WantedTree {
  readonly tree: Tree;
  readonly options: LintOptions;
}

export class WorkspaceCheck {
  /** Folders whose trees are checked and kept up with; undefined until somebody asks, and once it is taken back. */
  private folders: ReadonlySet<string> | undefined;
  private disks: readonly Disk[] = [];
  private running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  private isStale = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly configuration: Configuration,
    private readonly checks: Checks,
    private readonly publisher: Publisher,
    private readonly script = workerScript(),
  ) {}

  listen(): void {
    this.connection.onRequest('overlint/checkWorkspace', (params: CheckWorkspaceParams | null, token) =>
      this.asked(params ?? {}, token),
    );
    this.connection.onRequest('overlint/clearWorkspace', () => this.clear());
    this.connection.onNotification('overlint/followWorkspace', (params: CheckWorkspaceParams | null) =>
      this.follow(params ?? {}).catch((error) =>
        this.connection.console.error(`The workspace is not followed: ${error}`),
      ),
    );
  }

  /** A file of a tree that is checked, as the disk has it. */
  read(file: string): string | undefined {
    for (const disk of this.disks) {
      const text = disk.read(file);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Something on disk or in the settings changed: what rests on it is checked again, once it is quiet. */
  changed(): void {
    if (!this.folders) return;
    this.isStale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.checkAgain(), QUIET);
  }

  /** The server ends. */
  stop(): void {
    this.folders = undefined;
    clearTimeout(this.timer);
    this.running?.stop.abort();
  }

  private async asked({ uri, workDoneToken }: CheckWorkspaceParams, token: CancellationToken) {
    await this.configuration.pending;
    const folders = this.foldersFor(uri);
    const { trees, errors } = this.treesOf(folders);
    if (trees.length === 0) throw failed(errors.join(' ') || 'No folder is open, and no file of a kernel tree.');
    await this.end();
    const progress = this.connection.window.attachWorkDoneProgress(workDoneToken);
    progress.begin('Overlint: workspace', 0, '', true);
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      const checked = await this.check(trees, stop, (step) => progress.report(...inWords(step)));
      this.folders = folders;
      return checked;
    } catch (error) {
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      throw failed(error instanceof Error ? error.message : String(error));
    } finally {
      progress.done();
    }
  }

  /** Goes on with what another thread of the server showed: from the supervisor, where this one took over from it. */
  private async follow({ uri }: CheckWorkspaceParams): Promise<void> {
    await this.configuration.pending;
    this.folders ??= this.foldersFor(uri);
    this.changed();
  }

  /** @param uri A file whose tree is meant beside those of the workspace. */
  private foldersFor(uri: string | undefined): Set<string> {
    const file = pathOf(uri ?? '');
    const folders = new Set(this.configuration.folderPaths());
    if (file !== undefined) folders.add(path.posix.dirname(file));
    return folders;
  }

  private async checkAgain(): Promise<void> {
    await this.configuration.pending;
    // What is running looks itself whether something changed meanwhile.
    if (this.running || !this.folders) return;
    try {
      const checked = await this.check(this.treesOf(this.folders).trees, new AbortController(), () => {});
      await this.connection.sendNotification('overlint/workspaceChecked', checked);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.connection.console.error(`The workspace was not checked again: ${error}`);
    }
  }

  /** @throws Cancelled, Error */
  private async check(
    trees: readonly WantedTree[],
    stop: AbortController,
    onProgress: (progress: Progress) => void,
  ): Promise<WorkspaceChecked> {
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.running = { stop, ended };
    this.isStale = false;
    const threads: Promise<void>[] = [];
    try {
      const reports: CheckReport[] = [];
      for (const { tree, options } of trees) {
        const request = {
          tree,
          options,
          cache: true,
          jobs: JOBS,
          script: this.script,
          signal: stop.signal,
          onProgress,
        };
        const thread = checkInBackground(request);
        threads.push(thread.ended);
        reports.push(await thread.report);
      }
      this.disks = trees.map(({ tree }) => new Disk(tree.roots));
      return this.publish(reports);
    } finally {
      void Promise.all(threads).then(() => {
        this.running = undefined;
        end();
        if (this.isStale) this.changed();
      });
    }
  }

  private publish(reports: readonly CheckReport[]): WorkspaceChecked {
    const findings = reports.flatMap((report) => report.findings.filter(isForLists));
    this.publisher.setWorkspace(findings);
    for (const { path: file, message } of reports.flatMap(({ problems }) => problems))
      this.connection.console.warn(`${file}: ${message}`);
    return {
      files: sum(reports, ({ files }) => files),
      checked: sum(reports, ({ checked }) => checked.length),
      findings: findings.length,
      problems: sum(reports, ({ problems }) => problems.length),
    };
  }

  /** Takes back what was said, and does not follow changes any more. */
  private async clear(): Promise<null> {
    this.folders = undefined;
    clearTimeout(this.timer);
    await this.end();
    this.publisher.setWorkspace(undefined);
    return null;
  }

  /** Ends what is running; what it knows is kept then. */
  private async end(): Promise<void> {
    while (this.running) {
      this.running.stop.abort();
      await this.running.ended;
    }
  }

  /** Each tree once, whichever of its folders are open. */
  private treesOf(folders: Iterable<string>): { trees: WantedTree[]; errors: string[] } {
    const trees = new Map<string, WantedTree>();
    const errors = new Set<string>();
    for (const folder of folders) {
      const answer = this.checks.treeOf(folder);
      for (const error of answer.tree ? [] : answer.errors) errors.add(error);
      if (!answer.tree) continue;
      const settings = this.configuration.settingsFor(folder);
      const levels = levelsOverMany(rules, settings.levels);
      const wanted = { tree: answer.tree, options: lintOptions({ ...settings, levels, ahead: false }) };
      trees.set(JSON.stringify([answer.tree, settings]), wanted);
    }
    return { trees: [...trees.values()], errors: [...errors] };
  }
}

/** Reading takes a tenth of the time, or less. Percentage, and the words beside it. */
function inWords({ step, done, total }: Progress): [number, string] {
  const share = total === undefined ? 0 : done / Math.max(1, total);
  const of = total === undefined ? '' : ` of ${total.toLocaleString('en')}`;
  const count = `${done.toLocaleString('en')}${of} files`;
  return step === 'scan' ? [10 * share, `read ${count}`] : [10 + 90 * share, `checked ${count}`];
}

function sum(reports: readonly CheckReport[], count: (report: CheckReport) => number): number {
  return reports.reduce((total, report) => total + count(report), 0);
}

function failed(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
