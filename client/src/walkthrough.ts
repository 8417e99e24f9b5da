/** The command that opens the walkthrough again, which VS Code shows by itself when the extension is installed. */
import { commands, type ExtensionContext } from 'vscode';

export function activate(context: ExtensionContext): void {
  const walkthrough = `${context.extension.id}#start`;
  context.subscriptions.push(
    commands.registerCommand('overlint.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false),
    ),
  );
}
