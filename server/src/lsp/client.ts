/** What the client said of itself on starting the server. */
import { type ClientCapabilities, type InitializeParams, MarkupKind } from 'vscode-languageserver';

export class Client {
  capabilities: ClientCapabilities = {};
  /** Names of commands that the client runs itself; lenses and actions may name these. */
  private commands: ReadonlySet<string> = new Set();

  initialize({ capabilities }: InitializeParams): void {
    this.capabilities = capabilities ?? {};
    // As rust-analyzer has it: experimental.commands.commands.
    const named = (this.capabilities.experimental as { commands?: { commands?: unknown } } | undefined)?.commands;
    const names: unknown = named?.commands;
    this.commands = new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
  }

  knows(command: string): boolean {
    return this.commands.has(command);
  }

  /** It asks for diagnostics, rather than being sent them. */
  get pulls(): boolean {
    return this.capabilities.textDocument?.diagnostic !== undefined;
  }
}

/** Markdown, unless the client lists the formats that it shows and that is none of them. */
export function markupFor(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.length && !formats.includes(MarkupKind.Markdown) ? MarkupKind.PlainText : MarkupKind.Markdown;
}
