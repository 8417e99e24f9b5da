/** Runs the language server beside the editor, and speaks with it about C files and headers. */
import type { ExtensionContext } from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { hoverMiddleware } from './hover';
import { outputChannel } from './output';

let client: LanguageClient | undefined;

/** VS Code takes a header for C++ unless it is told otherwise, so that `.h` counts in either language. */
const DOCUMENTS = [
  { scheme: 'file', language: 'c' },
  { scheme: 'file', language: 'cpp', pattern: '**/*.h' },
];

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  const serverOptions: ServerOptions = { module, transport: TransportKind.ipc };
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: outputChannel(),
    middleware: hoverMiddleware,
  };
  // The first word is where `overlint.trace.server` is looked up.
  client = new LanguageClient('overlint', 'Overlint', serverOptions, clientOptions);
  try {
    await client.start();
  } catch (error) {
    // The client has said so in a notification; the restart command must be there all the same.
    outputChannel()?.error(`The server did not start: ${String(error)}`);
  }
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
