/** The bundled server as a process, with the real linter, on the demo tree. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LanguageClient } from '../testing/language-client';
import type { ListedRule } from './allow-help';

const root = path.resolve(import.meta.dirname, '../../..');
const memory = path.join(root, 'demo/mm/memory.c');
let place: string;
let server: string;

beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bundles-'));
  const bundles = path.join(place, 'dist');
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(place, 'node_modules'));
  execFileSync(process.execPath, ['tools/build.mjs', `--outdir=${bundles}`], { cwd: root });
  server = path.join(bundles, 'server.js');
  fs.symlinkSync(path.join(root, 'docs'), path.join(place, 'docs'));
}, 60_000);

afterAll(() => fs.rmSync(place, { recursive: true }));

function frame(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Everything that a server says until a text comes that matches. */
function said(child: ChildProcess, text: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = '';
    child.stdout!.on('data', (data) => {
      all += data;
      if (text.test(all)) resolve(all);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} after saying ${all}`)));
  });
}

describe('the server process', () => {
  it.each([
    ['with --stdio', ['--stdio']],
    ['without an argument', []],
  ])('%s finds and fixes what is wrong in the demo', async (_what, flags) => {
    const client = await LanguageClient.spawned([process.execPath, server, ...flags], { folder: path.dirname(memory) });
    const text = fs.readFileSync(memory, 'utf8');
    const uri = client.open(memory, text);
    const diagnostics = await client.diagnostics(uri);
    expect(diagnostics.map(({ code, range }) => [code, range.start.line])).toEqual([
      ['raw-pgmap', 7],
      ['raw-pgmap', 13],
    ]);
    const [action] = await client.actions(uri, diagnostics[0].range, ['quickfix']);
    expect(action).toMatchObject({ title: 'Use page_pgmap()', isPreferred: true });
    expect(await client.diagnostics(uri, client.change(uri, ''))).toEqual([]);
    await client.stop();
  });

  it('leads to the pages of rules: by an action, by a link in a comment and in a list of all', async () => {
    const capabilities = { experimental: { commands: { commands: ['overlint.explainRule'] } } };
    const folder = path.dirname(memory);
    const client = await LanguageClient.spawned([process.execPath, server, '--stdio'], { folder, capabilities });
    const uri = client.open(memory, fs.readFileSync(memory, 'utf8'));
    const [{ range }] = await client.diagnostics(uri);
    const explain = (await client.actions(uri, range)).find(({ title }) => title === 'Explain raw-pgmap')!;
    const [page] = explain.command!.arguments as [string];
    expect(fs.readFileSync(new URL(page), 'utf8')).toMatch(/^# raw-pgmap\n/);

    client.change(uri, 'int a; /* overlint: allow(raw-pgmap, nonsense) why */\n');
    const links = await client.request('textDocument/documentLink', { textDocument: { uri } });
    expect(links).toEqual([
      {
        range: { start: { line: 0, character: 26 }, end: { line: 0, character: 35 } },
        target: page,
        tooltip: 'What raw-pgmap is about',
      },
    ]);

    const { rules } = await client.request<{ rules: ListedRule[] }>('overlint/rules', {});
    expect(rules.find(({ id }) => id === 'raw-pgmap')).toMatchObject({ page, summary: expect.stringMatching(/\w/) });
    await client.stop();
  });

  it('answers after messages that are no JSON, no object or no message', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const hello = said(child, /"id":7/);
    for (const body of ['{', 'null', '[]', '5', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":{},"method":5}'])
      child.stdin.write(frame(body));
    child.stdin.write(
      frame(
        '{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}',
      ),
    );
    expect(await hello).toContain('"name":"overlint"');
    child.kill();
  });

  it('ends when its editor is gone', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await ended;
  });

  it('ends when its editor no longer listens', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let complaints = '';
    child.stderr.on('data', (data) => {
      complaints += data;
    });
    child.stdin.on('error', () => {});
    child.stdout.destroy();
    child.stdin.write(frame('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'));
    child.stdin.write(frame('{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{}}'));
    expect(await ended).toBe(1);
    expect(complaints).toBe('');
  });

  it('ends with 0 after shutdown and exit', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const uri = pathToFileURL(root).href;
    child.stdin.write(
      frame(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":"${uri}","capabilities":{}}}`),
    );
    child.stdin.write(frame('{"jsonrpc":"2.0","id":2,"method":"shutdown"}'));
    child.stdin.write(frame('{"jsonrpc":"2.0","method":"exit"}'));
    expect(await ended).toBe(0);
  });
});
