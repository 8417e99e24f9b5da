/** Starts clangd for C, as clangd's own extension does, which this machine has no marketplace to take from. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

export async function activate(context: ExtensionContext): Promise<void> {
  const command = process.env.OVERLINT_CLANGD ?? 'clangd-19';
  const client = new LanguageClient(
    'clangd',
    'clangd',
    { command, args: ['--background-index=false', '--header-insertion=never'] },
    { documentSelector: [{ scheme: 'file', language: 'c' }] },
  );
  context.subscriptions.push(client);
  await client.start();
}
