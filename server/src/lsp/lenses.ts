/** What stands above a record's definition, and behind its members: figures, ways to its picture and uses, places. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  CodeLensRefreshRequest,
  type Connection,
  type InlayHint,
  type InlayHintParams,
  InlayHintRefreshRequest,
  MarkupKind,
} from 'vscode-languageserver';
import type { FileAnalysis } from '../analysis/analysis';
import { figures, memberPlaces, type OutlinedRecord, outline, overlaid } from '../queries/outline';
import type { ActionRequest } from './actions';
import type { Checks } from './checks';
import type { Client } from './client';
import type { Configuration } from './configuration';
import type { OpenDocument, OpenDocuments } from './documents';

/** Commands of the client's, with the arguments `(uri, 'struct page')` and `(uri, 'struct page', member?)`. */
const SHOW_LAYOUT = 'overlint.showLayout';
const FIND_USES = 'overlint.findUses';

/** How long a header must have stayed as it is before the figures that rest on it are asked for again, in milliseconds. */
const QUIET = 250;

/** What a lens needs to get its figures. */
interface LensData {
  readonly uri: string;
  readonly version: number;
  readonly outlined: OutlinedRecord;
}

/** A search for a member's uses that was made, and still holds. */
export interface KnownUses {
  readonly member: string;
  readonly count: number;
}

export class Lenses {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly connection: Connection,
    private readonly client: Client,
    private readonly documents: OpenDocuments,
    private readonly configuration: Configuration,
    private readonly checks: Checks,
    /** Searches that were made of a record, by its title, in the tree of a file (absolute path). */
    private readonly usesOf: (file: string, record: string) => readonly KnownUses[],
  ) {}

  listen(): void {
    const { connection } = this;
    connection.onCodeLens(async ({ textDocument }, token) => {
      const document = await this.settled(textDocument.uri);
      return document && !token.isCancellationRequested ? this.lensesOf(document) : [];
    });
    connection.onCodeLensResolve((lens) => this.resolve(lens));
    connection.languages.inlayHint.on(async (params, token) => {
      const document = await this.settled(params.textDocument.uri);
      return document && !token.isCancellationRequested ? this.hintsOf(document, params) : [];
    });
  }

  /** The search for the uses of the member at the cursor, for a client that can show them and asks on its user's word. */
  searchAt({ document, span, only, automatic }: ActionRequest): CodeAction[] {
    const isAsked = only === undefined && !automatic && this.client.knows(FIND_USES);
    const named = isAsked ? this.checks.nameAt(document, span.start) : undefined;
    if (named?.member === undefined) return [];
    const title = `Find uses of the bytes of ${named.record}.${named.member}`;
    const command = { title, command: FIND_USES, arguments: [document.uri, named.record, named.member] };
    return [{ title, kind: CodeActionKind.Empty, command }];
  }

  /** Headers or settings changed: the client is to ask again. */
  refresh(): void {
    const { codeLens, inlayHint } = this.client.capabilities.workspace ?? {};
    if (codeLens?.refreshSupport) void this.request(CodeLensRefreshRequest.type);
    if (inlayHint?.refreshSupport) void this.request(InlayHintRefreshRequest.type);
  }

  private async request(type: typeof CodeLensRefreshRequest.type): Promise<void> {
    try {
      await this.connection.sendRequest(type);
    } catch {
      // The client refuses, or has closed the connection, on which sendRequest() throws at once.
    }
  }

  /** The same, once nothing has changed for a while: a header is being typed in. */
  refreshLater(): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.timer = setTimeout(() => this.refresh(), QUIET).unref();
  }

  /** The connection ends. */
  stop(): void {
    clearTimeout(this.timer);
    this.isStopped = true;
  }

  private lensesOf(document: OpenDocument): CodeLens[] {
    const { uri, version, path } = document;
    const { lenses: above } = this.configuration.settingsFor(path);
    if (above === 'off') return [];
    const wanted = (file: FileAnalysis) => (above === 'all' ? outline(file) : overlaid(file, outline(file)));
    const outlined = this.checks.inspect(document, wanted) ?? [];
    return outlined.flatMap((one): CodeLens[] => {
      const range = document.positions.rangeOf(one);
      const record = `${one.kind} ${one.tag}`;
      const lenses: CodeLens[] = [{ range, data: { uri, version, outlined: one } satisfies LensData }];
      if (this.client.knows(SHOW_LAYOUT))
        lenses.push({ range, command: { title: 'Show layout', command: SHOW_LAYOUT, arguments: [uri, record] } });
      if (!this.client.knows(FIND_USES)) return lenses;
      for (const { member, count } of this.usesOf(path, record)) {
        const title = `${count} ${count === 1 ? 'use' : 'uses'} of ${member}`;
        lenses.push({ range, command: { title, command: FIND_USES, arguments: [uri, record, member] } });
      }
      lenses.push({ range, command: { title: 'Find uses…', command: FIND_USES, arguments: [uri, record] } });
      return lenses;
    });
  }

  /** A lens of a state that is gone has no figures; the client asks for new ones anyway. */
  private resolve(lens: CodeLens): CodeLens {
    const { uri, version, outlined } = (lens.data ?? {}) as Partial<LensData>;
    const document = uri === undefined ? undefined : this.documents.get(uri);
    const isThis = document?.version === version && outlined !== undefined;
    const told = isThis && document ? this.checks.inspect(document, (file) => figures(file, outlined)) : undefined;
    return { ...lens, command: { title: told?.text ?? '…', tooltip: told?.details, command: '' } };
  }

  private hintsOf(document: OpenDocument, { range }: InlayHintParams): InlayHint[] {
    if (this.configuration.settingsFor(document.path).inlayHints === 'off') return [];
    const part = document.positions.spanOf(range);
    const places = this.checks.inspect(document, (file) => memberPlaces(file, part)) ?? [];
    return places.map(({ offset, label, details }) => ({
      position: document.positions.positionAt(offset),
      label,
      tooltip: { kind: MarkupKind.Markdown, value: details },
      paddingLeft: true,
    }));
  }

  /** The document, once the settings are known and all that has arrived meanwhile is checked: findings come first. */
  private async settled(uri: string): Promise<OpenDocument | undefined> {
    await this.configuration.pending;
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
    return this.documents.get(uri);
  }
}

/** More turns of the event loop than the schedule takes to begin a check. */
const TURNS = 4;
