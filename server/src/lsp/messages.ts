/** What the user is told, each thing once: in the window where it needs doing, else in the log. */
import path from 'node:path';
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import type { WrongSetting } from '../project/tree-configuration';
import { withoutUnfit } from '../text/text';
import type { Reports } from './checks';
import type { OpenDocument } from './documents';

/** A setting that has stayed so for this long is typed to its end, in milliseconds. */
const TYPED = 1500;

export class Messages implements Reports {
  private readonly told = new Set<string>();
  /** The client asks for the status, and shows there what is wrong with the settings. */
  hasStatus = false;
  /** What the user was told of a setting that is wrong still. */
  private wrong: { readonly sentence: string; readonly path: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<NodeJS.Timeout>();

  constructor(private readonly connection: Connection) {}

  /** Shows a sentence in the window, once. */
  tell(sentence: string, about = sentence): void {
    if (!this.first(about)) return;
    this.connection.console.warn(withoutUnfit(sentence));
    const message = `Overlint: ${withoutUnfit(sentence)}`;
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }

  noKernel(document: OpenDocument, errors: readonly string[], wrong: WrongSetting | undefined): void {
    if (wrong) {
      this.wrongSetting(errors.join(' '), document.path);
      return;
    }
    for (const error of errors)
      if (this.first(error)) this.connection.console.warn(withoutUnfit(`${document.path}: ${error}`));
    // A project that is no kernel is often C++; nobody there waits for news about kernels. Notifications show their
    // first line only, so that it is short, and the log has the rest.
    if (document.language !== 'cpp')
      this.tell(`no kernel tree above ${path.basename(document.path)}: set overlint.kernel.`, 'no kernel');
  }

  /** A setting that is wrong as it stands, which may be half typed: who shows the status all the time says it there. */
  private wrongSetting(sentence: string, path: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.hasStatus || this.wrong?.sentence === sentence) return;
      this.wrong = { sentence, path };
      this.told.delete(sentence);
      this.tell(sentence);
    }, TYPED).unref();
  }

  /** What is wrong with overlint.json, for those who neither see the status nor what is said in that file. */
  wrongFile(sentence: string): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      if (!this.hasStatus) this.tell(sentence);
    }, TYPED).unref();
    this.waiting.add(timer);
  }

  /** The settings changed: what was wrong with them need not be so any more. */
  settingsChanged(): void {
    this.stop();
  }

  /** A file is checked: what was said of a wrong setting holds no longer. */
  checked({ path: checked }: OpenDocument): void {
    if (this.wrong?.path !== checked) return;
    this.wrong = undefined;
    const message = 'Overlint: the settings are right again.';
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
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
