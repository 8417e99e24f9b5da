/** The output channel "Overlint": what the server logs, and the command that shows it. */
import { commands, type ExtensionContext, type LogOutputChannel, window } from 'vscode';

let channel: LogOutputChannel | undefined;

export function activate(context: ExtensionContext): void {
  channel = window.createOutputChannel('Overlint', { log: true });
  context.subscriptions.push(
    channel,
    commands.registerCommand('overlint.showOutput', () => channel?.show(true)),
  );
}

/** The channel; there once this feature is active. */
export function outputChannel(): LogOutputChannel | undefined {
  return channel;
}

/** Says to the user why something could not be done. */
export function showFailure(error: unknown): void {
  void window.showErrorMessage(`Overlint: ${messageOf(error)}`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
