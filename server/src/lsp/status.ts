/** What a file is checked against, and why nothing is where that is so: for clients that show it all the time. */
import { type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Checks } from './checks';
import type { Configuration } from './configuration';
import { inWordsOfSettings } from './projects';
import { type DrawnTarget, targetOf } from './target';
import { pathOf } from './uri';

interface StatusParams {
  /** A file, or a workspace folder. */
  readonly uri: string;
}

export interface Status {
  /** Undefined where no kernel tree was found. */
  readonly target?: DrawnTarget;
  /** Whether the configuration was found; without one options are undecided. */
  readonly configured: boolean;
  /** Where the tree's own Kconfig files made the configuration: its name, and whether nobody asked for it. */
  readonly evaluated?: { readonly name: string; readonly assumed: boolean };
  /** What of the target the user chose; empty where Overlint found it by itself. */
  readonly settings: {
    readonly kernel: string;
    readonly build: string;
    readonly arch: string;
    readonly config: string;
  };
  /** What of the settings has to be mended: its name, or overlint.json's, its value, and why, as a whole sentence. */
  readonly problem?: { readonly setting: string; readonly value: string; readonly message: string };
  /** Whole sentences: why there is no tree. */
  readonly errors: readonly string[];
  /** Whole sentences: what stays unknown, or may not be meant. */
  readonly warnings: readonly string[];
}

export class StatusRequests {
  private wasAsked = false;

  constructor(
    private readonly connection: Connection,
    private readonly configuration: Configuration,
    private readonly checks: Checks,
    /** The client shows the status: what is wrong with the settings need not be told otherwise. */
    private readonly asked: () => void,
  ) {}

  listen(): void {
    this.connection.onRequest('overlint/status', (params: StatusParams) => this.status(params));
  }

  /** What the client was told may hold no longer. One that never asked may warn its user of a message that it can't read. */
  changed(): void {
    if (this.wasAsked) void this.connection.sendNotification('overlint/statusChanged');
  }

  private async status(params: StatusParams): Promise<Status> {
    this.wasAsked = true;
    this.asked();
    await this.configuration.pending;
    const file = pathOf(params?.uri);
    if (file === undefined)
      throw new ResponseError(ErrorCodes.InvalidParams, `${params?.uri} is no file of this machine.`);
    const { kernel, build, arch, config } = this.configuration.settingsFor(file);
    const { tree, errors, warnings, isConfigured, wrong } = this.checks.treeOf(file);
    const made = tree?.configuration;
    const broken = this.configuration.problemOf(file);
    const named = { kernel, build, arch, config };
    const problem = wrong ? { setting: `overlint.${wrong}`, value: named[wrong], message: errors.join(' ') } : broken;
    return {
      ...(problem && { problem }),
      ...(tree && { target: targetOf(tree) }),
      configured: isConfigured === true,
      ...(made && made.file === undefined && { evaluated: { name: made.name, assumed: made.assumed } }),
      settings: named,
      errors,
      warnings: warnings.map(inWordsOfSettings),
    };
  }
}
