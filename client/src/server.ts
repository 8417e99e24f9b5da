/** Runs the language server beside the editor, and speaks with it about C files and headers. */

import * as v from 'valibot';
import type { CancellationToken, ExtensionContext, Position, TextDocument } from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { ruleLinksMiddleware } from './explain';
import { hoverMiddleware } from './hover';
import { inlayHintsMiddleware } from './inlay-hints';
import { recordAtShape } from './layout/answers';
import { offeredCommands } from './offered-commands';
import { outputChannel } from './output';

let client: LanguageClient | undefined;

/** VS Code takes a header for C++ unless it is told otherwise, so that `.h` counts in either language. */
export const DOCUMENTS = [
  { scheme: 'file', language: 'c' },
  { scheme: 'file', language: 'cpp', pattern: '**/*.h' },
];

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  const serverOptions: ServerOptions = { module, transport: TransportKind.ipc };
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: outputChannel(),
    middleware: { ...hoverMiddleware(recordAt), ...inlayHintsMiddleware, ...ruleLinksMiddleware },
  };
  // The first word is where `overlint.trace.server` is looked up.
  client = new LanguageClient('overlint', 'Overlint', serverOptions, clientOptions);
  client.registerFeature(offeredCommands);
  try {
    await client.start();
  } catch (error) {
    // The client has said so in a notification; the restart command must be there all the same.
    outputChannel()?.error(`The server did not start: ${String(error)}`);
  }
}

/** The client, once it was made; features that need more than a request take it from here. */
export function languageClient(): LanguageClient | undefined {
  return client;
}

/**
 * Asks the server something beyond the protocol.
 * @throws Error with a message for the user, also where the answer has another shape than it should
 */
export async function askFor<Shape extends v.GenericSchema>(
  shape: Shape,
  method: string,
  params: object,
  token?: CancellationToken,
): Promise<v.InferOutput<Shape>> {
  if (!client) throw new Error('The language server is not running.');
  const answer: unknown = await (token
    ? client.sendRequest(method, params, token)
    : client.sendRequest(method, params));
  const { success, output, issues } = v.safeParse(shape, answer);
  if (success) return output;
  throw new Error(`The server's answer to ${method} can't be read: ${issues.map(({ message }) => message).join(' ')}`);
}

/** The record that is named at a place. */
function recordAt({ uri }: TextDocument, { line, character }: Position) {
  return askFor(recordAtShape, 'overlint/recordAt', { uri: uri.toString(), position: { line, character } });
}

/** Ends the server and starts another one, which reads everything anew. */
export async function restart(): Promise<void> {
  outputChannel()?.info('Restarting the server.');
  await client?.restart();
}

export async function stop(): Promise<void> {
  await client?.dispose();
  client = undefined;
}
