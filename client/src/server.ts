/** Runs the language server beside the editor, and speaks with it about C files and headers. */

import type { ExtensionContext, Position, TextDocument } from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { askFor, connectTo, DOCUMENTS, languageClient } from './connection';
import { ruleLinksMiddleware } from './explain';
import { hoverMiddleware } from './hover';
import { hoverPictures } from './hover-pictures';
import { inlayHintsMiddleware } from './inlay-hints';
import { recordAtShape } from './layout/answers';
import { offeredCommands } from './offered-commands';
import { outputChannel } from './output';

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  const serverOptions: ServerOptions = { module, transport: TransportKind.ipc };
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: outputChannel(),
    middleware: { ...hoverMiddleware(recordAt), ...inlayHintsMiddleware, ...ruleLinksMiddleware },
  };
  // The first word is where `overlint.trace.server` is looked up.
  const client = new LanguageClient('overlint', 'Overlint', serverOptions, clientOptions);
  connectTo(client);
  client.registerFeature(offeredCommands);
  client.registerFeature(hoverPictures);
  try {
    await client.start();
  } catch (error) {
    // The client has said so in a notification; the restart command must be there all the same.
    outputChannel()?.error(`The server did not start: ${String(error)}`);
  }
}

/** The record that is named at a place. */
function recordAt({ uri }: TextDocument, { line, character }: Position) {
  return askFor(recordAtShape, 'overlint/recordAt', { uri: uri.toString(), position: { line, character } });
}

/** Ends the server and starts another one, which reads everything anew. */
export async function restart(): Promise<void> {
  outputChannel()?.info('Restarting the server.');
  await languageClient()?.restart();
}

export async function stop(): Promise<void> {
  await languageClient()?.dispose();
  connectTo(undefined);
}
