/** The commands that check whole kernel trees and keep what was found in Problems, and that take it back. */
import * as v from 'valibot';
import { commands, type ExtensionContext, window } from 'vscode';
import { State } from 'vscode-languageclient';
import { askFor, languageClient } from './connection';
import { messageOf, outputChannel, showFailure } from './output';
import { askWithProgress } from './progress';

const count = v.pipe(v.number(), v.minValue(0));
const checkedShape = v.object({ files: count, checked: count, findings: count, problems: count });
type Checked = v.InferOutput<typeof checkedShape>;

/** What the last check was asked for; a server that took the place of one that ended is asked the same. */
let wanted: { readonly uri?: string } | undefined;

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('overlint.checkWorkspace', check),
    commands.registerCommand('overlint.clearWorkspace', clear),
  );
  const client = languageClient();
  if (!client) return;
  context.subscriptions.push(
    client.onNotification('overlint/workspaceChecked', (checked: unknown) => {
      const { success, output } = v.safeParse(checkedShape, checked);
      if (success) outputChannel()?.info(`Checked again: ${summary(output)}`);
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running && wanted) void checkBehind(wanted);
    }),
  );
}

async function check(): Promise<void> {
  const document = window.activeTextEditor?.document;
  const params = document?.uri.scheme === 'file' ? { uri: document.uri.toString() } : {};
  const checked = await askWithProgress('Overlint', checkedShape, 'overlint/checkWorkspace', params);
  if (!checked) return;
  wanted = params;
  outputChannel()?.info(summary(checked));
  const button = checked.findings > 0 ? ['Show Problems'] : [];
  if (await window.showInformationMessage(`Overlint: ${summary(checked)}`, ...button))
    await commands.executeCommand('workbench.actions.view.problems');
}

async function checkBehind(params: object): Promise<void> {
  try {
    await askFor(checkedShape, 'overlint/checkWorkspace', params);
  } catch (error) {
    outputChannel()?.warn(`The workspace was not checked again: ${messageOf(error)}`);
  }
}

async function clear(): Promise<void> {
  wanted = undefined;
  await askFor(v.null(), 'overlint/clearWorkspace', {}).catch(showFailure);
}

function summary({ files, findings, problems }: Checked): string {
  const found = findings === 1 ? '1 finding' : `${findings.toLocaleString('en')} findings`;
  const rest = problems > 0 ? `; ${problems.toLocaleString('en')} could not be checked, the output says why` : '';
  return `${found} in ${files.toLocaleString('en')} files${rest}.`;
}
