/** Damage in the stream costs the messages that it hits, and none behind it. */
import { expect, it } from 'vitest';
import { RandomNumbers } from '../testing/random-numbers';
import { WholeMessages } from './whole-messages';

function framed(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** What comes through, with the stream cut into pieces of so many bytes. */
function through(text: string, piece: number): string {
  const stream = new WholeMessages();
  let all = '';
  stream.on('data', (data: Buffer) => {
    all += data.toString('latin1');
  });
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += piece) stream.write(bytes.subarray(at, at + piece));
  return all;
}

const GOOD = framed('{"jsonrpc":"2.0","id":7,"method":"shutdown"}');

it.each([
  ['nothing', ''],
  ['rubbish', 'hello\r\n\r\n'],
  ['a header without a length', 'Foo: bar\r\n\r\n{"a":1}'],
  ['a length below zero', 'Content-Length: -5\r\n\r\n'],
  ['a length that is none', 'Content-Length: abc\r\n\r\n'],
  ['a length beyond all reason', 'Content-Length: 99999999999\r\n\r\n{}'],
  ['a length that is too long', 'Content-Length: 99\r\n\r\n{"jsonrpc":"2.0"}'],
  ['a length that is too short', 'Content-Length: 3\r\n\r\n{"jsonrpc":"2.0"}'],
  ['binary', '\0\x01\r\n\r\n\xff\xfe'],
])('%s does not keep the next message back', (_what, damage) => {
  for (const piece of [1, 7, 10_000]) expect(through(damage + GOOD, piece).endsWith(GOOD)).toBe(true);
});

it('leaves messages as they are', () => {
  const text = [GOOD, framed('{"text":"Content-Length: 5\\r\\n\\r\\n"}'), framed('[]')].join('');
  for (const piece of [1, 5, 10_000]) expect(through(text, piece)).toBe(text);
});

it('serves the message behind one that was cut short anywhere', () => {
  const cut = framed('{"jsonrpc":"2.0","id":7,"method":"overlint/rules","params":{"a":[1]}}');
  for (let length = 0; length < cut.length; length++)
    for (const piece of [1, 1000])
      expect(through(cut.slice(0, length) + GOOD, piece).endsWith(GOOD), `${length}`).toBe(true);
});

it('serves the message behind any damage', () => {
  const random = new RandomNumbers(5);
  for (let turn = 0; turn < 500; turn++) {
    let damaged = GOOD + framed('{"method":"x","params":{"text":"some text"}}');
    for (let edit = 1 + random.below(4); edit > 0; edit--) {
      const at = random.below(damaged.length);
      const made = random.pick(['', '\r', '\n', '9', ':', 'Content-Length: 5', '\0', '{']);
      damaged = damaged.slice(0, at) + made + damaged.slice(at + random.below(5));
    }
    // A length that was damaged may take in the next message; the one behind that comes through.
    expect(through(damaged + GOOD + GOOD, 1 + random.below(50)).endsWith(GOOD), JSON.stringify(damaged)).toBe(true);
  }
});
