/**
 * Sees to it that a client that pulls diagnostics has those of each document that it opened. One that closes a document and
 * opens it again at once may drop the request for the new opening together with the answer that it waits for of the old one.
 */
import { type Connection, DiagnosticRefreshRequest } from 'vscode-languageserver';
import type { OpenDocument, OpenDocuments } from './documents';

/** A client that means to ask for a document that it opened has asked by then, in milliseconds. */
const PATIENCE = 700;

export class Pulls {
  /** Documents by URI that were opened, and not asked for since. */
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly connection: Connection,
    private readonly documents: OpenDocuments,
    private readonly canRefresh: () => boolean,
  ) {}

  opened({ uri }: OpenDocument): void {
    this.answered(uri);
    if (!this.canRefresh()) return;
    const timer = setTimeout(() => {
      this.waiting.delete(uri);
      if (this.documents.get(uri)) this.refresh();
    }, PATIENCE);
    this.waiting.set(uri, timer.unref());
  }

  /** The client has asked for it, or closed it. */
  answered(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
  }

  /** Lets the client ask again for all that it shows. */
  refresh(): void {
    if (this.canRefresh()) this.connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => {});
  }

  stop(): void {
    for (const uri of [...this.waiting.keys()]) this.answered(uri);
  }
}
