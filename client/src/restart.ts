/** The command "Overlint: Restart Language Server". */
import { commands, type ExtensionContext, window } from 'vscode';
import { outputChannel } from './output';
import { restart } from './server';

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('overlint.restart', async () => {
      try {
        await restart();
      } catch (error) {
        outputChannel()?.error(String(error));
        const show = 'Show Output';
        const answer = await window.showErrorMessage('Overlint: the language server could not be restarted.', show);
        if (answer === show) outputChannel()?.show(true);
      }
    }),
  );
}
