/** An editor of few words, for tests of the language server: it speaks the protocol over streams and remembers. */
import { spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  type Connection,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type Position,
  ProposedFeatures,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { WorkspaceChecked } from '../lsp/workspace-check';

/** A server that never says what a test waits for fails the test with what was said instead. In milliseconds. */
const PATIENCE = 40_000;

export interface ClientOptions {
  /** Workspace folder, absolute. */
  readonly folder: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What the client answers to `workspace/configuration`; a client without it does not offer to be asked. */
  readonly section?: unknown;
}

export class LanguageClient {
  /** The last diagnostics of each file, by URI. */
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly everPublished: PublishDiagnosticsParams[] = [];
  /** `window/showMessage`, in order. */
  readonly shown: string[] = [];
  readonly logged: string[] = [];
  readonly registered: string[] = [];
  /** `overlint/workspaceChecked`, in order. */
  readonly checkedAgain: WorkspaceChecked[] = [];
  refreshes = 0;
  /** How often `overlint/statusChanged` came. */
  statusChanges = 0;
  section: unknown;
  initializeResult: InitializeResult | undefined;
  private readonly versions = new Map<string, number>();
  private readonly waiting = new Set<() => void>();
  private hasEnded = false;

  private constructor(
    readonly connection: ProtocolConnection,
    readonly options: ClientOptions,
    private readonly end: () => void,
  ) {
    this.section = options.section;
    connection.onClose(() => {
      this.hasEnded = true;
      for (const look of this.waiting) look();
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      this.everPublished.push(params);
      for (const look of this.waiting) look();
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.shown.push(message);
      for (const look of this.waiting) look();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.logged.push(message);
      for (const look of this.waiting) look();
    });
    connection.onNotification('overlint/workspaceChecked', (checked: WorkspaceChecked) => {
      this.checkedAgain.push(checked);
      for (const look of this.waiting) look();
    });
    connection.onNotification('overlint/statusChanged', () => {
      this.statusChanges++;
      for (const look of this.waiting) look();
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => this.section));
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      for (const look of this.waiting) look();
      return null;
    });
    connection.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) => {
      this.registered.push(...params.registrations.map(({ method }) => method));
      return null;
    });
  }

  /** Starts a server in this process and says hello to it. */
  static async within(serve: (connection: Connection) => void, options: ClientOptions): Promise<LanguageClient> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    // The readers are made here: given bare streams, the server would end the process when they end.
    serve(createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
    return LanguageClient.over(toClient, toServer, options, () => {});
  }

  /** Starts a server as an editor would, as a process that speaks over its standard streams. */
  static async spawned(command: readonly string[], options: ClientOptions): Promise<LanguageClient> {
    const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    return LanguageClient.over(child.stdout, child.stdin, options, () => child.kill());
  }

  /** Says hello to a server over two streams. */
  static async over(
    input: Readable,
    output: Writable,
    options: ClientOptions,
    end: () => void,
  ): Promise<LanguageClient> {
    const connection = createProtocolConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
    const client = new LanguageClient(connection, options, end);
    connection.listen();
    const rootUri = pathToFileURL(options.folder).href;
    const { workspace, ...capabilities } = options.capabilities ?? {};
    const ended = new Promise<never>((_, reject) => connection.onClose(() => reject(new Error('the server ended'))));
    const initialized = connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'workspace' }],
      capabilities: { ...capabilities, workspace: { configuration: options.section !== undefined, ...workspace } },
      initializationOptions: options.initializationOptions,
    });
    client.initializeResult = await Promise.race([initialized, ended]);
    ended.catch(() => {});
    await connection.sendNotification('initialized', {});
    return client;
  }

  open(file: string, text: string): string {
    const uri = pathToFileURL(file).href;
    this.versions.set(uri, 1);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text } });
    return uri;
  }

  /** Puts `text` in the range's place; in the whole text's without one. Returns the new version. */
  change(uri: string, text: string, range?: Range): number {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    const contentChanges = [range ? { range, text } : { text }];
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return version;
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  notify(method: string, params: unknown): void {
    void this.connection.sendNotification(method, params);
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest(method, params);
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.request('textDocument/hover', { textDocument: { uri }, position });
  }

  actions(uri: string, range: Range, only?: string[], diagnostics: Diagnostic[] = []): Promise<CodeAction[]> {
    return this.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, only } });
  }

  /** Waits for the diagnostics of a version of a document (of any, without one). */
  async diagnostics(uri: string, version?: number): Promise<Diagnostic[]> {
    await this.until(() => {
      const params = this.published.get(uri);
      return params !== undefined && (version === undefined || params.version === version);
    });
    return this.published.get(uri)!.diagnostics;
  }

  /** Waits until something that the server says makes this true. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      const fail = (why: string): void => {
        stop();
        const said = { logged: this.logged, shown: this.shown, published: this.everPublished };
        reject(new Error(`${why}; the server said ${JSON.stringify(said, undefined, 2)}`));
      };
      const look = (): void => {
        if (holds()) {
          stop();
          resolve();
        } else if (this.hasEnded) fail('the server ended');
      };
      const timer = setTimeout(() => fail('waited in vain'), PATIENCE);
      this.waiting.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    await this.request('shutdown', undefined);
    this.connection.end();
    this.connection.dispose();
    this.end();
  }
}
