/** The connection to the language server: what features ask it for. */
import * as v from 'valibot';
import type { CancellationToken } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** VS Code takes a header for C++ unless it is told otherwise, so that `.h` counts in either language. */
export const DOCUMENTS = [
  { scheme: 'file', language: 'c' },
  { scheme: 'file', language: 'cpp', pattern: '**/*.h' },
];

let client: LanguageClient | undefined;

/** From now on requests go to this client; to none where it was stopped. */
export function connectTo(made: LanguageClient | undefined): void {
  client = made;
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
