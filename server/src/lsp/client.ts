/** What the client said of itself on starting the server. */

import { type ClientCapabilities, type InitializeParams, MarkupKind } from 'vscode-languageserver';
import { THEMES, type Theme } from '../drawing/hover-colours';

/** What a client says of its theme, in its capabilities and each time that it changes. */
export interface ThemeParams {
  readonly theme?: unknown;
}

export class Client {
  capabilities: ClientCapabilities = {};
  /** Names of commands that the client runs itself; lenses and actions may name these. */
  private commands: ReadonlySet<string> = new Set();

  /** What pictures in hovers are drawn for; undefined for a client that shows none. */
  theme: Theme | undefined;

  initialize({ capabilities, initializationOptions }: InitializeParams): void {
    this.capabilities = capabilities ?? {};
    const { hoverPictures } = (this.capabilities.experimental ?? initializationOptions ?? {}) as Offers;
    if (hoverPictures) this.setTheme(hoverPictures);
    // As rust-analyzer has it: experimental.commands.commands.
    const named = (this.capabilities.experimental as { commands?: { commands?: unknown } } | undefined)?.commands;
    const names: unknown = named?.commands;
    this.commands = new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
  }

  setTheme({ theme }: ThemeParams): void {
    this.theme = THEMES.find((known) => known === theme) ?? this.theme ?? 'dark';
  }

  knows(command: string): boolean {
    return this.commands.has(command);
  }

  /** It asks for diagnostics, rather than being sent them. */
  get pulls(): boolean {
    return this.capabilities.textDocument?.diagnostic !== undefined;
  }
}

/** What clients say of themselves beyond the protocol. */
interface Offers {
  readonly hoverPictures?: ThemeParams;
}

/** Markdown, unless the client lists the formats that it shows and that is none of them. */
export function markupFor(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.length && !formats.includes(MarkupKind.Markdown) ? MarkupKind.PlainText : MarkupKind.Markdown;
}
