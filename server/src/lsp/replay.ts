/** What a new server thread has to be told so that it knows what the one before it knew. */
import type {
  DidChangeTextDocumentParams,
  DidChangeWorkspaceFoldersParams,
  DidOpenTextDocumentParams,
  InitializeParams,
  RequestMessage,
  TextDocumentItem,
  WorkspaceFolder,
} from 'vscode-languageserver';
import { fromByteString } from '../text/text';
import { OpenDocuments } from './documents';

interface Notification {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: unknown;
}

/** A document and what was done to it since; worked in when there is too much of it. */
interface Session {
  item: TextDocumentItem;
  changes: DidChangeTextDocumentParams[];
}

/** So many changes are kept before they are worked in. */
const MOST_CHANGES = 500;

export class Replay {
  private readonly sessions = new Map<string, Session>();
  private initial: InitializeParams | undefined;
  private folders: WorkspaceFolder[] | undefined;
  private isInitialized = false;
  private settings: unknown;
  private hasSettings = false;
  /** What the workspace's check was asked with that its findings are followed by; undefined where none are. */
  private workspace: object | undefined;

  /** Takes in what the client says. */
  note(method: string, params: unknown): void {
    switch (method) {
      case 'initialize':
        this.initial = params as InitializeParams;
        break;
      case 'initialized':
        this.isInitialized = true;
        break;
      case 'workspace/didChangeConfiguration':
        this.settings = params;
        this.hasSettings = true;
        break;
      case 'workspace/didChangeWorkspaceFolders':
        this.foldersChanged(params as DidChangeWorkspaceFoldersParams);
        break;
      case 'textDocument/didOpen': {
        const { textDocument } = params as DidOpenTextDocumentParams;
        if (typeof textDocument?.text === 'string')
          this.sessions.set(textDocument.uri, { item: textDocument, changes: [] });
        break;
      }
      case 'textDocument/didChange':
        this.documentChanged(params as DidChangeTextDocumentParams);
        break;
      case 'textDocument/didClose':
        this.sessions.delete((params as DidOpenTextDocumentParams).textDocument?.uri);
        break;
    }
  }

  /** Takes in a request that was answered without an error. */
  noteAnswered({ method, params }: RequestMessage): void {
    if (method === 'overlint/checkWorkspace') this.workspace = (params as object | null) ?? {};
    else if (method === 'overlint/clearWorkspace') this.workspace = undefined;
  }

  /** What makes the thread that serves from now on follow the files whose findings are shown. */
  get following(): Notification | undefined {
    return this.workspace && notification('overlint/followWorkspace', this.workspace);
  }

  /** What `initialize` was asked with, as it would be asked now; undefined before it was. */
  get initialParams(): InitializeParams | undefined {
    return this.initial && { ...this.initial, ...(this.folders && { workspaceFolders: this.folders }) };
  }

  /** What comes behind the answer to `initialize`, with the documents for which `isWanted` holds. */
  notifications(isWanted: (uri: string) => boolean): Notification[] {
    if (!this.isInitialized) return [];
    const all = [notification('initialized', {})];
    if (this.hasSettings) all.push(notification('workspace/didChangeConfiguration', this.settings));
    for (const uri of this.sessions.keys()) if (isWanted(uri)) all.push(...this.opening(uri));
    return all;
  }

  /** What opens a document as it stands now. */
  opening(uri: string): Notification[] {
    const session = this.sessions.get(uri);
    if (!session) return [];
    const { item, changes } = session;
    return [
      notification('textDocument/didOpen', { textDocument: item }),
      ...changes.map((params) => notification('textDocument/didChange', params)),
    ];
  }

  private foldersChanged({ event }: DidChangeWorkspaceFoldersParams): void {
    const left = new Set(event?.removed?.map(({ uri }) => uri));
    const before = this.folders ?? this.initial?.workspaceFolders ?? [];
    this.folders = [...before.filter(({ uri }) => !left.has(uri)), ...(event?.added ?? [])];
  }

  private documentChanged(params: DidChangeTextDocumentParams): void {
    const session = this.sessions.get(params.textDocument?.uri);
    if (!session) return;
    session.changes.push(params);
    if (session.changes.length < MOST_CHANGES) return;
    const documents = new OpenDocuments();
    let document = documents.open(session.item);
    for (const { textDocument, contentChanges } of session.changes)
      document = documents.change(textDocument.uri, textDocument.version, contentChanges) ?? document;
    if (!document) {
      // No file of this machine: nobody works on it.
      this.sessions.delete(session.item.uri);
      return;
    }
    session.item = { ...session.item, version: document.version, text: fromByteString(document.text) };
    session.changes = [];
  }
}

function notification(method: string, params: unknown): Notification {
  return { jsonrpc: '2.0', method, params };
}
