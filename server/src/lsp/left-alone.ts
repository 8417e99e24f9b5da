/** Documents that took too long or too much memory: nobody works on them until they are saved or opened anew. */
import {
  DiagnosticSeverity,
  LSPErrorCodes,
  type Message,
  MessageType,
  type NotificationMessage,
  type RequestMessage,
  type ResponseMessage,
} from 'vscode-languageserver';
import { SOURCE } from './diagnostics';

export class LeftAlone {
  private readonly why = new Map<string, string>();

  constructor(private readonly write: (message: Message) => void) {}

  has(uri: string): boolean {
    return this.why.has(uri);
  }

  /** @param why Behind "checking it": `took more than 10 seconds`. */
  add(uri: string, why: string): void {
    this.why.set(uri, why);
    const sentence = `checking it ${why}; it is left alone until it is saved or opened again.`;
    this.notify('window/showMessage', {
      type: MessageType.Warning,
      message: `Overlint: ${nameOf(uri)}: ${sentence}`,
    });
    const start = { line: 0, character: 0 };
    const message = `Not checked: ${sentence}`;
    const severity = DiagnosticSeverity.Warning;
    this.publish(uri, [{ range: { start, end: start }, severity, source: SOURCE, message }]);
  }

  release(uri: string): void {
    if (this.why.delete(uri)) this.publish(uri, []);
  }

  /** What a request about such a document is answered with. */
  answer({ id, method }: RequestMessage): ResponseMessage {
    if (method === 'textDocument/diagnostic') return { jsonrpc: '2.0', id, result: { kind: 'full', items: [] } };
    if (method.startsWith('textDocument/')) return { jsonrpc: '2.0', id, result: null };
    const error = { code: LSPErrorCodes.RequestFailed, message: 'the document took too long to check' };
    return { jsonrpc: '2.0', id, error };
  }

  private publish(uri: string, diagnostics: readonly object[]): void {
    this.notify('textDocument/publishDiagnostics', { uri, diagnostics });
  }

  private notify(method: string, params: object): void {
    this.write({ jsonrpc: '2.0', method, params } as NotificationMessage);
  }
}

/** A file's name for people. */
function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
