/** The language server: takes the protocol's messages, and lets the files beside this one do the work. */

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { version } from '../../../package.json';
import { loadGrammar } from '../parser/grammar';
import type { Lexer } from '../preprocessor/source';
import type { Threads } from '../workers/threads';
import { FIX_ALL, fixAll, fixRule, quickFixes } from './actions';
import { AllowHelp } from './allow-help';
import { Checks } from './checks';
import { Client } from './client';
import { Configuration } from './configuration';
import { SOURCE } from './diagnostics';
import { type OpenDocument, OpenDocuments } from './documents';
import { FEATURES } from './features';
import { HeaderFacts } from './header-facts';
import { IdleWork } from './idle-work';
import { LayoutRequests } from './layout-requests';
import { Lenses } from './lenses';
import { Messages } from './messages';
import { OtherTargets } from './other-targets';
import { Places } from './places';
import { type CreateLinter, Projects } from './projects';
import { Publisher } from './publisher';
import { Pulls } from './pulls';
import { Schedule } from './schedule';
import { StatusRequests } from './status';
import { isUnreadableName, pathOf } from './uri';
import { Uses } from './uses';
import { isConfiguration, isSettingsFile, WATCHED } from './watch';
import { WorkspaceCheck } from './workspace-check';

interface ServeOptions {
  readonly headerLexer?: Lexer;
  /** Told the URI of each document before it is worked on. */
  working?(uri: string): void;
  /** Who works out what headers say; without them an earlier run alone tells. */
  readonly threads?: Threads;
}

/** Wires a connection that is not listening yet to the linters that `createLinter` makes, and starts to listen. */
export function serve(connection: Connection, createLinter: CreateLinter, options: ServeOptions = {}): void {
  new Server(connection, createLinter, options).listen();
}

class Server {
  private readonly documents = new OpenDocuments();
  private readonly projects: Projects;
  private readonly configuration: Configuration;
  private readonly places: Places;
  private readonly publisher: Publisher;
  private readonly checks: Checks;
  private readonly messages: Messages;
  private readonly layouts: LayoutRequests;
  private readonly otherTargets: OtherTargets;
  private readonly uses: Uses;
  private readonly lenses: Lenses;
  private readonly workspace: WorkspaceCheck;
  private readonly allowHelp: AllowHelp;
  private readonly status: StatusRequests;
  private readonly client = new Client();
  private readonly idle = new IdleWork();
  private readonly headerFacts: HeaderFacts;
  private readonly pulls: Pulls;
  private readonly schedule = new Schedule((uri) => this.check(uri));
  private initializeParams: InitializeParams | undefined;

  constructor(
    private readonly connection: Connection,
    createLinter: CreateLinter,
    private readonly options: ServeOptions,
  ) {
    this.messages = new Messages(connection);
    this.pulls = new Pulls(
      connection,
      this.documents,
      () => this.client.pulls && this.client.capabilities.workspace?.diagnostics?.refreshSupport === true,
    );
    this.projects = new Projects(this.documents, createLinter, options.headerLexer);
    this.configuration = new Configuration(
      connection,
      (problem) => this.messages.tell(problem),
      (problem) => this.messages.wrongFile(problem),
    );
    this.places = new Places(
      this.documents,
      (path) => this.projects.read(path) ?? this.layouts.read(path) ?? this.workspace.read(path),
      (path) => this.configuration.uriOf(path),
    );
    this.publisher = new Publisher(connection, this.documents, this.places);
    this.checks = new Checks(this.projects, this.configuration, this.messages, {
      texts: () => new Map(this.documents.all().map(({ path, text }) => [path, text])),
      recalled: ({ uri }) => this.schedule.addLater([uri]),
    });
    const { documents, configuration, places, checks, projects, publisher } = this;
    this.layouts = new LayoutRequests(connection, documents, configuration, places, checks, projects);
    this.otherTargets = new OtherTargets(documents, checks);
    this.uses = new Uses(connection, configuration, documents, places, checks, () => this.lenses.refresh());
    this.workspace = new WorkspaceCheck(connection, configuration, checks, publisher);
    this.headerFacts = new HeaderFacts(projects, () => this.headersKnown(), options.threads);
    this.status = new StatusRequests(connection, configuration, checks, () => {
      this.messages.hasStatus = true;
    });
    this.allowHelp = new AllowHelp(connection, this.client, checks, (uri) => this.current(uri));
    this.lenses = new Lenses(connection, this.client, documents, configuration, checks, this.uses.known);
  }

  listen(): void {
    const { connection } = this;
    connection.onInitialize(async (params) => {
      await loadGrammar();
      return this.initialize(params);
    });
    connection.onInitialized(() => this.initialized());
    connection.onShutdown(() => {
      this.schedule.stop();
      this.idle.stop();
      this.workspace.stop();
      this.lenses.stop();
      this.otherTargets.stop();
      this.headerFacts.stop();
      this.checks.stop();
      this.messages.stop();
      this.pulls.stop();
    });
    connection.onDidOpenTextDocument(({ textDocument }) => {
      const before = this.projects.read(pathOf(textDocument.uri) ?? '');
      const document = this.documents.open(textDocument);
      if (!document) {
        if (isUnreadableName(textDocument?.uri))
          this.messages.tell(`${textDocument.uri} is not checked: its name is not UTF-8.`);
        return;
      }
      // Its own headers are read now.
      this.idle.stop();
      this.pulls.opened(document);
      this.changed(document, document.text !== before);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const document = this.documents.change(textDocument.uri, textDocument.version, contentChanges);
      if (document) this.changed(document, true);
      else if (pathOf(textDocument.uri)) connection.console.warn(`Changed, but never opened: ${textDocument.uri}`);
    });
    connection.onDidCloseTextDocument(({ textDocument }) => this.close(textDocument.uri));
    connection.onDidSaveTextDocument(() => this.workspace.changed());
    connection.onDidChangeWatchedFiles(({ changes }) => {
      this.filesChanged(changes.map(({ uri }) => uri));
      // A tree may have come or gone with them.
      if (changes.some(({ type }) => type !== FileChangeType.Changed)) this.status.changed();
    });
    connection.onDidChangeConfiguration(({ settings }) => {
      this.configuration.push(settings);
      return this.settingsChanged();
    });
    connection.onCodeAction((params) => this.codeActions(params));
    connection.languages.diagnostics.on((params) => this.pulled(params));
    this.uses.listen();
    this.layouts.listen();
    this.lenses.listen();
    this.workspace.listen();
    this.allowHelp.listen();
    this.status.listen();
    const { client, checks, places, layouts, otherTargets } = this;
    const current = (uri: string) => this.current(uri);
    const context = { connection, client, checks, places, layouts, otherTargets, current };
    for (const feature of FEATURES) feature.listen(context);
    connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.initializeParams = params;
    this.client.initialize(params);
    this.configuration.initialize(params);
    const { publishDiagnostics, diagnostic } = this.client.capabilities.textDocument ?? {};
    this.publisher.configure({
      pull: this.client.pulls,
      relatedInformation: (publishDiagnostics ?? diagnostic)?.relatedInformation === true,
    });
    return {
      serverInfo: { name: 'overlint', version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...Object.assign({}, ...FEATURES.map(({ capabilities }) => capabilities)),
        completionProvider: { triggerCharacters: ['(', ','], resolveProvider: true },
        documentLinkProvider: {},
        codeLensProvider: { resolveProvider: true },
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(this.client.pulls && {
          diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: false },
        }),
      },
    };
  }

  private async initialized(): Promise<void> {
    const { workspace } = this.client.capabilities;
    const loaded = this.settingsChanged();
    if (workspace?.workspaceFolders)
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.configuration.changeFolders(
          added.map(({ uri }) => uri),
          removed.map(({ uri }) => uri),
        );
        void this.settingsChanged();
      });
    await this.configuration.watch(this.initializeParams!);
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration)
      await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
    await loaded;
    this.readAhead();
  }

  /** The tree that the editor was opened on is read before its first document is. */
  private readAhead(): void {
    const [folder] = this.configuration.folderPaths();
    if (folder === undefined || this.documents.all().length > 0) return;
    const { linter } = this.projects.placeOf(`${folder}/.`, this.configuration.settingsFor(`${folder}/.`));
    const work = linter?.readAhead();
    if (work) this.idle.start(work);
  }

  /** Reads all settings again and checks what is open under them. */
  private async settingsChanged(): Promise<void> {
    this.messages.settingsChanged();
    await this.configuration.load();
    this.checks.startAnew();
    this.places.forget();
    this.recheckAll();
    this.workspace.changed();
    this.status.changed();
  }

  /** @param differs whether the text is another than the linters may have read for another file's sake */
  private changed(document: OpenDocument, differs: boolean): void {
    const affectsOthers = differs && this.checks.textChanged(document.path);
    this.schedule.add(document.uri);
    if (!affectsOthers) return;
    this.schedule.addLater(this.documents.all().map(({ uri }) => uri));
    this.lenses.refreshLater();
  }

  private close(uri: string): void {
    const document = this.documents.close(uri);
    if (!document) return;
    this.pulls.answered(uri);
    this.schedule.remove(uri);
    this.checks.forgetDocument(document);
    this.publisher.clear(document);
    this.places.forget(document.path);
    this.workspace.changed();
    // The disk holds the truth again, which need not be what the editor showed.
    if (this.checks.textChanged(document.path)) this.schedule.addLater(this.documents.all().map((other) => other.uri));
  }

  private filesChanged(uris: readonly string[]): void {
    const paths = uris.map(pathOf).filter((path) => path !== undefined);
    for (const path of paths) this.places.forget(path);
    this.workspace.changed();
    if (paths.some(isSettingsFile)) void this.settingsChanged();
    else if (paths.some(isConfiguration)) {
      this.checks.startAnew();
      this.recheckAll();
      this.status.changed();
    } else {
      // Of an open file, the editor's text counts, and that did not change.
      const outside = paths.filter((path) => !this.documents.atPath(path));
      if (!outside.length) return;
      this.checks.filesChanged(outside);
      this.recheckAll();
    }
  }

  private headersKnown(): void {
    this.checks.headersKnown();
    this.recheckAll();
  }

  private recheckAll(): void {
    for (const { uri } of this.documents.all()) this.schedule.add(uri);
    this.pulls.refresh();
    this.lenses.refresh();
  }

  /** Called by the schedule. A client that pulls is answered when it asks; headers' findings are sent to it then. */
  private check(uri: string): void {
    const { pending } = this.configuration;
    if (pending) {
      void pending.then(() => this.schedule.add(uri));
      return;
    }
    const document = this.documents.get(uri);
    if (!document) return;
    this.options.working?.(uri);
    // What an earlier session found was shown at once; now is the time to get ready for changes.
    if (this.checks.isRecalled(document)) this.publisher.set(document, this.checks.lint(document));
    else if (!this.client.pulls) this.publisher.set(document, this.checks.findings(document));
    this.headerFacts.later();
  }

  private async pulled({
    textDocument,
    previousResultId,
  }: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport> {
    const document = await this.current(textDocument.uri);
    this.pulls.answered(textDocument.uri);
    if (!document) return { kind: 'full', items: [] };
    const resultId = this.checks.resultId(document);
    if (resultId === previousResultId) return { kind: 'unchanged', resultId };
    const findings = this.checks.findings(document);
    this.publisher.set(document, findings);
    this.headerFacts.later();
    return { kind: 'full', resultId, items: this.publisher.diagnosticsOf(document, findings) };
  }

  private async codeActions({ textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
    const document = await this.current(textDocument.uri);
    if (!document) return [];
    const request = {
      document,
      findings: this.checks.findings(document),
      span: document.positions.spanOf(range),
      only: context.only ?? undefined,
      automatic: context.triggerKind === CodeActionTriggerKind.Automatic,
      shown: context.diagnostics,
      versioned: this.client.capabilities.workspace?.workspaceEdit?.documentChanges === true,
    };
    return [
      ...quickFixes(request, this.places),
      ...fixRule(request, this.places),
      ...this.allowHelp.actions(request),
      ...this.lenses.searchAt(request),
      ...fixAll(request, this.places),
    ];
  }

  /** The document's newest state, once the settings to read it under are known. */
  private async current(uri: string): Promise<OpenDocument | undefined> {
    await this.configuration.pending;
    this.options.working?.(uri);
    return this.documents.get(uri);
  }
}
