/** Text of a tree in messages to the editor: fit where it is shown, exact where it goes into a file. */
import { expect, it } from 'vitest';
import type { Message } from 'vscode-languageserver';
import { fittedMessage } from './fitted-messages';

const through = (rest: object) => fittedMessage({ jsonrpc: '2.0', ...rest } as Message);

it.each([
  [{ error: { code: 1, message: 'a\x1b]0;x\x07' } }, { error: { code: 1, message: 'a\ufffd]0;x\ufffd' } }],
  [{ result: { target: { version: '6.14\u202e' } } }, { result: { target: { version: '6.14\ufffd' } } }],
  [{ params: { diagnostics: [{ message: '\x9b' }] } }, { params: { diagnostics: [{ message: '\ufffd' }] } }],
  [{ result: { changes: { a: [{ newText: '\f\x1b' }] } } }, { result: { changes: { a: [{ newText: '\f\x1b' }] } } }],
])('%j', (given, expected) => expect(through(given)).toEqual({ jsonrpc: '2.0', ...expected }));

it('leaves a message that is fit as it is', () => {
  const message = { jsonrpc: '2.0', result: [{ text: 'a\tb\n', of: null, at: [1, true] }] };
  expect(fittedMessage(message)).toBe(message);
});
