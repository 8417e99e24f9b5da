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
