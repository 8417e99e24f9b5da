/** What no editor should send and no tree should hold, at the real linter: a message where the user looks, and it goes on. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kernelOnDisk } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import { serve } from './server';

const HEADER = `
struct page {
	unsigned long flags;
	union {
		void *pgmap;
		unsigned long compound_head;	/* Bit zero is set */
	};
};
void *page_pgmap(struct page *page);
`;
const SOURCE = '#include <linux/mm_types.h>\nvoid *f(struct page *page)\n{\n\treturn page->pgmap;\n}\n';

async function editor(files: Record<string, string> = {}) {
  const folder = kernelOnDisk({ 'include/linux/mm_types.h': HEADER, 'mm/a.c': SOURCE, ...files });
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), { folder });
  onTestFinished(() => client.stop());
  const at = (name: string) => path.join(folder, name);
  const open = (name: string, text: string) => client.open(at(name), text);
  const lines = async (uri: string, version?: number) =>
    (await client.diagnostics(uri, version)).map(({ range, code }) => [range.start.line, code]);
  return { client, folder, at, open, lines };
}

describe('a large file', () => {
  it('of ten megabytes is checked, and typing into it goes on', async () => {
    const { client, open, lines } = await editor();
    const filler = Array.from(
      { length: 60 },
      (_, index) => `\tx += ${index} * x; /* a line like any other in a long file, for its bytes */\n`,
    );
    const body = Array.from(
      { length: 2400 },
      (_, index) => `int g${index}(int x)\n{\n${filler.join('')}\treturn x;\n}\n`,
    );
    const text = SOURCE + body.join('');
    expect(text.length).toBeGreaterThan(10e6);
    const uri = open('mm/large.c', text);
    expect(await lines(uri)).toEqual([[3, 'raw-pgmap']]);
    const version = client.change(uri, ' ', { start: { line: 3, character: 0 }, end: { line: 3, character: 1 } });
    expect(await lines(uri, version)).toEqual([[3, 'raw-pgmap']]);
    expect(client.shown).toEqual([]);
  });

  it('of one line is checked', async () => {
    const { open, lines } = await editor();
    const uri = open('mm/line.c', `${SOURCE}int table[] = { ${'1, '.repeat(1_000_000)} };\n`);
    expect(await lines(uri)).toEqual([[3, 'raw-pgmap']]);
  });
});

it('five hundred files may be open, and all follow a header', async () => {
  const { client, at, open } = await editor();
  const uris = Array.from({ length: 500 }, (_, index) => open(`mm/f${index}.c`, SOURCE));
  for (const uri of uris) expect(await client.diagnostics(uri)).toHaveLength(1);
  const header = client.open(at('include/linux/mm_types.h'), HEADER);
  client.change(header, HEADER.replace('void *page_pgmap(struct page *page);', ''));
  await client.until(() =>
    uris.every((uri) => client.published.get(uri)!.diagnostics.every(({ severity }) => severity === 4)),
  );
  client.change(header, HEADER);
  await client.until(() =>
    uris.every((uri) => client.published.get(uri)!.diagnostics.some(({ severity }) => severity === 1)),
  );
});

it('a header that is half typed takes no findings from elsewhere, and gives them back when it is whole', async () => {
  const { client, at, open, lines } = await editor({
    'include/linux/other.h': 'struct other { int one; };\n',
    'mm/b.c': '',
  });
  const uri = open('mm/b.c', SOURCE.replace('\n', '\n#include <linux/other.h>\n'));
  expect(await lines(uri)).toEqual([[4, 'raw-pgmap']]);
  const other = client.open(at('include/linux/other.h'), 'struct other { int one; };\n');
  for (const half of ['struct other { int one', 'struct other { #', '"struct', '/* struct', '#if', '#include', '']) {
    client.change(other, half);
    client.change(uri, `${SOURCE.replace('\n', '\n#include <linux/other.h>\n')}/* ${half.length} */\n`);
    await client.hover(uri, { line: 4, character: 16 });
  }
  const version = client.change(other, 'struct other { int one; };\n');
  await client.diagnostics(other, version);
  await client.until(() => client.published.get(uri)!.diagnostics.length === 1);
});

describe('a client that sends nonsense', () => {
  const METHODS = [
    'textDocument/hover',
    'textDocument/codeAction',
    'textDocument/completion',
    'textDocument/documentLink',
    'textDocument/codeLens',
    'textDocument/inlayHint',
    'textDocument/diagnostic',
    'completionItem/resolve',
    'codeLens/resolve',
    'overlint/status',
    'overlint/targets',
    'overlint/records',
    'overlint/recordAt',
    'overlint/layoutModel',
    'overlint/layoutText',
    'overlint/uses',
    'overlint/rules',
    'overlint/clearWorkspace',
    'overlint/nothing',
  ];

  it('gets an answer or an error to everything, and good answers after it', async () => {
    const { client, open, lines, at } = await editor();
    const uri = open('mm/a.c', SOURCE);
    await lines(uri);
    const far = { line: 1e9, character: 1e9 };
    const bad = { line: -1, character: Number.NaN };
    const nonsense: unknown[] = [
      null,
      [],
      {},
      { textDocument: null, position: null },
      { textDocument: { uri: 7 }, position: {}, uri: 7, record: 7 },
      { textDocument: { uri: 'nothing' }, position: far, uri: 'untitled:x', record: '' },
      {
        textDocument: { uri },
        position: far,
        range: { start: far, end: far },
        context: { diagnostics: [] },
        uri,
        record: 'struct ',
      },
      {
        textDocument: { uri },
        position: bad,
        range: { start: bad, end: bad },
        context: {},
        uri,
        record: '*',
        member: '..',
      },
      { textDocument: { uri }, position: null, range: null, context: null, uri, record: null, form: 'pdf' },
      {
        textDocument: { uri },
        position: far,
        range: { start: far, end: bad },
        context: { only: 'quickfix' },
        uri,
        record: 'page',
        member: 7,
      },
      { textDocument: { uri }, position: far, uri: `${uri}/%zz`, record: 'page', config: 7, build: {}, arch: [] },
    ];
    for (const method of METHODS) for (const params of nonsense) await client.request(method, params).catch(() => {});
    for (const params of nonsense) {
      client.notify('textDocument/didChange', params);
      client.notify('textDocument/didClose', params);
      client.notify('textDocument/didSave', params);
      client.notify('workspace/didChangeWatchedFiles', params);
      client.notify('workspace/didChangeConfiguration', params);
      client.notify('$/nothing', params);
    }
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text: SOURCE } });
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: far, end: far }, text: '\n' }],
    });
    expect(await lines(uri, 2)).toEqual([[3, 'raw-pgmap']]);
    expect(await client.hover(uri, { line: 3, character: 15 })).not.toBeNull();
    expect(await client.request('overlint/status', { uri: pathToFileURL(at('mm/a.c')).href })).toBeTruthy();
  });
});

describe('a tree that is deleted under the server', () => {
  it('leaves it going, says so, and is found again', async () => {
    const { client, folder, open, lines, at } = await editor();
    const uri = open('mm/a.c', SOURCE);
    expect(await lines(uri)).toEqual([[3, 'raw-pgmap']]);
    fs.renameSync(folder, `${folder}.gone`);
    onTestFinished(() => fs.rmSync(`${folder}.gone`, { recursive: true, force: true }));
    const changed = (type: number) =>
      client.notify('workspace/didChangeWatchedFiles', {
        changes: ['include/linux/mm_types.h', 'include/linux/types.h', '.config', 'mm/a.c'].map((name) => ({
          uri: pathToFileURL(at(name)).href,
          type,
        })),
      });
    changed(3);
    expect(await lines(uri, client.change(uri, `${SOURCE}\n`))).toEqual([]);
    await client.hover(uri, { line: 3, character: 15 });
    await client.until(() => client.shown.some((message) => /no kernel tree/.test(message)));
    fs.renameSync(`${folder}.gone`, folder);
    changed(1);
    expect(await lines(uri, client.change(uri, SOURCE))).toEqual([[3, 'raw-pgmap']]);
  });
});

it('a header that is a pipe or leads out, and a name that is not UTF-8, are named', async () => {
  const { client, at, open, lines } = await editor();
  fs.rmSync(at('include/linux/mm_types.h'));
  execFileSync('mkfifo', [at('include/linux/mm_types.h')]);
  fs.symlinkSync('/etc/passwd', at('mm/out.h'));
  await lines(open('mm/b.c', `#include "out.h"\n${SOURCE}`));
  client.open(at('mm/c.c'), SOURCE);
  client.notify('textDocument/didOpen', {
    textDocument: { uri: 'file:///tmp/a%FFb.c', languageId: 'c', version: 1, text: SOURCE },
  });
  const all = () => [...client.shown, ...client.logged].join('\n');
  await client.until(() => all().includes('a%FFb.c is not checked: its name is not UTF-8.'));
  expect(all()).toContain('mm/out.h is not read: leads outside the tree, to /etc/passwd.');
  expect(all()).toContain('include/linux/mm_types.h is not read: is not a regular file.');
});
