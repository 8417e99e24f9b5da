/** A document that takes for ever, or all memory, costs itself alone. */
import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { bundle } from '../testing/bundle';
import { LanguageClient } from '../testing/language-client';
import { startMessageThread } from '../workers/message-thread';
import { Supervisor } from './supervisor';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ thread: 'testing/stuck-thread.ts' });
}, 60_000);
afterAll(() => fs.rmSync(bundles, { recursive: true }));

const HOVERED = { line: 0, character: 0 };

/** An editor over a supervisor with little patience. */
async function editor(processorTime = () => performance.now()) {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const writer = new StreamMessageWriter(toClient);
  let threads = 0;
  const exits: number[] = [];
  const supervisor = new Supervisor(
    (events) => {
      threads++;
      return startMessageThread(path.join(bundles, 'thread.js'), 64, events);
    },
    (message) => void writer.write(message),
    {
      now: () => performance.now(),
      processorTime,
      memory: () => 0,
      exit: (code) => exits.push(code),
    },
    { beat: 20, busy: 150, hung: 1500, memory: 1e12 },
  );
  onTestFinished(() => supervisor.stop());
  new StreamMessageReader(toServer).listen((message) => supervisor.take(message));
  const client = await LanguageClient.over(toClient, toServer, { folder: bundles }, () => {});
  const open = (name: string, text: string) => client.open(path.join(bundles, name), text);
  const hover = async (uri: string) => (await client.hover(uri, HOVERED))?.contents;
  return { client, supervisor, open, hover, exits, threads: () => threads };
}

it('answers for other documents while one takes for ever, and then leaves that one alone', async () => {
  const { client, open, hover } = await editor();
  const stuck = open('stuck.c', 'stuck');
  const other = open('other.c', 'one');
  expect(await hover(other)).toBe('one');
  client.change(other, 'two', { start: HOVERED, end: { line: 0, character: 3 } });
  const waiting = hover(stuck);
  expect(await hover(other)).toBe('two');
  expect(client.shown).toEqual([]);
  expect(await waiting).toBeUndefined();
  expect(client.shown).toEqual([
    'Overlint: stuck.c: checking it took more than 2 seconds; it is left alone until it is saved or opened again.',
  ]);
  expect(client.published.get(stuck)?.diagnostics).toMatchObject([{ message: expect.stringMatching(/^Not checked:/) }]);
  expect(await hover(other)).toBe('two');
  expect(await hover(stuck)).toBeUndefined();
  expect(client.registered).toEqual(['workspace/didChangeWatchedFiles']);

  client.change(stuck, 'mended');
  expect(await hover(stuck)).toBeUndefined();
  client.notify('textDocument/didSave', { textDocument: { uri: stuck } });
  expect(await hover(stuck)).toBe('mended');
  expect(client.published.get(stuck)?.diagnostics).toEqual([]);
});

it('serves the others after one that took all memory', async () => {
  const { client, open, hover, exits } = await editor();
  const other = open('other.c', 'one');
  const greedy = open('greedy.c', 'greedy');
  expect(await hover(greedy)).toBeUndefined();
  expect(client.shown).toEqual([expect.stringMatching(/^Overlint: greedy\.c: checking it took too much memory;/)]);
  expect(await hover(other)).toBe('one');
  expect(exits).toEqual([]);
});

it('goes on with the findings of the whole workspace where another thread takes over', async () => {
  const { client, open, hover } = await editor();
  await client.request('overlint/checkWorkspace', { uri: 'file:///a.c', workDoneToken: 'a' });
  expect(await hover(open('stuck.c', 'stuck'))).toBeUndefined();
  await client.until(() => client.logged.some((message) => message.startsWith('follows ')));
  expect(client.logged).toContain('follows {"uri":"file:///a.c","workDoneToken":"a"}');
});

it('waits for one that is merely slow, and serves others beside it', async () => {
  const { client, open, hover, threads } = await editor();
  const slow = open('slow.c', 'slow 900');
  const other = open('other.c', 'one');
  const [first, second] = [hover(slow), hover(other)];
  const faster = await Promise.race([first, second]);
  expect([faster, await first, await second]).toEqual(['one', 'slow 900', 'one']);
  expect(client.shown).toEqual([]);
  expect(threads()).toBe(2);
  expect(await hover(other)).toBe('one');
});

it('does not end what merely got no processor', async () => {
  const { client, open, hover } = await editor(() => 0);
  expect(await hover(open('slow.c', 'slow 2000'))).toBe('slow 2000');
  expect(client.shown).toEqual([]);
});

it('lets nothing through but text', async () => {
  const { open, hover } = await editor();
  expect(await hover(open('other.c', 'a\x1b]0;x\x07\u202eb'))).toBe('a\ufffd]0;x\ufffd\ufffdb');
});

it('keeps the life cycle while the thread is busy, and once another took over', async () => {
  const { client, open, hover } = await editor();
  const code = (method: string) => client.request(method, {}).catch((error) => error.code);
  const stuck = open('stuck.c', 'stuck');
  const waiting = hover(stuck);
  expect(await code('initialize')).toBe(-32600);
  expect(await waiting).toBeUndefined();
  expect(await hover(open('other.c', 'one'))).toBe('one');
  expect(await code('initialize')).toBe(-32600);
  await client.request('shutdown', undefined);
  expect(await code('textDocument/hover')).toBe(-32600);
});

it('ends when the editor closes its end, with 0 only behind shutdown', async () => {
  const one = await editor();
  one.supervisor.closed();
  expect(one.exits).toEqual([1]);
  const other = await editor();
  await other.client.request('shutdown', undefined);
  other.supervisor.closed();
  await expect.poll(() => other.exits).toEqual([0]);
});
