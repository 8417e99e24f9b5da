/** What the user is told, each thing once: in the window where it needs doing, else in the log. */
import path from 'node:path';
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { withoutUnfit } from '../text/text';
import type { Reports } from './checks';
import type { OpenDocument } from './documents';

export class Messages implements Reports {
  private readonly told = new Set<string>();

  constructor(private readonly connection: Connection) {}

  /** Shows a sentence in the window, once. */
  tell(sentence: string, about = sentence): void {
    if (!this.first(about)) return;
    this.connection.console.warn(withoutUnfit(sentence));
    const message = `Overlint: ${withoutUnfit(sentence)}`;
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }

  noKernel(document: OpenDocument, errors: readonly string[], setting: boolean): void {
    for (const error of errors) {
      if (setting) this.tell(error);
      else if (this.first(error)) this.connection.console.warn(withoutUnfit(`${document.path}: ${error}`));
    }
    // A project that is no kernel is often C++; nobody there waits for news about kernels. Notifications show their
    // first line only, so that it is short, and the log has the rest.
    if (!setting && document.language !== 'cpp')
      this.tell(`no kernel tree above ${path.basename(document.path)}: set overlint.kernel.`, 'no kernel');
  }

  warnings(warnings: readonly string[]): void {
    for (const warning of warnings) if (this.first(warning)) this.connection.console.warn(withoutUnfit(warning));
  }

  failure(what: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.connection.console.error(`Failed while ${what}: ${details}`);
    this.tell('a file could not be checked; the output channel says more. Please report it.', 'failure');
  }

  private first(about: string): boolean {
    if (this.told.has(about)) return false;
    this.told.add(about);
    return true;
  }
}
