/** Help with rules' names, over the protocol, on the demonstration tree. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CodeAction, CompletionItem } from 'vscode-languageserver';
import { forgetful } from '../testing/forgetful-linter';
import { type ClientOptions, LanguageClient } from '../testing/language-client';
import { serve } from './server';

const DEMO = path.resolve(import.meta.dirname, '../../../demo');
const SOURCE = fs.readFileSync(path.join(DEMO, 'mm/memory.c'), 'utf8');
const WRONG = 'return vmf->page->pgmap->ops->migrate_to_ram(vmf);';

async function editor(capabilities: ClientOptions['capabilities'] = {}, text = SOURCE) {
  const options = { folder: DEMO, capabilities };
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), options);
  onTestFinished(() => client.stop());
  const uri = client.open(path.join(DEMO, 'mm/memory.c'), text);
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes(WRONG));
  const position = { line, character: lines[line].indexOf('pgmap') };
  return { client, uri, line, actions: () => client.actions(uri, { start: position, end: position }) };
}

/** The demonstration with an unfinished comment above the wrong line, `$` being the cursor. */
async function completed(comment: string, capabilities?: ClientOptions['capabilities']) {
  const text = SOURCE.replace(WRONG, `${comment.replace('$', '')}\n${WRONG}`);
  const { client, uri, line } = await editor(capabilities, text);
  const before = text.split('\n')[line - 1];
  const character = before.indexOf(comment.slice(0, 2)) + comment.indexOf('$');
  const position = { line: line - 1, character };
  const items = await client.request<CompletionItem[]>('textDocument/completion', { textDocument: { uri }, position });
  return { items, line, client };
}

it('completes names in an allow comment, and puts first what is found right below', async () => {
  const { items, line, client } = await completed('/* overlint: allow(raw-$) why */');
  const first = [...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1))[0];
  expect(first).toMatchObject({ label: 'raw-pgmap', preselect: true });
  const edit = first.textEdit as { range: { start: { line: number }; end: { character: number } }; newText: string };
  expect(edit).toMatchObject({ newText: 'raw-pgmap', range: { start: { line: line - 1 } } });
  expect(items.map(({ label }) => label)).toContain('lru-while-owned');
  expect(items.map(({ label }) => label)).not.toContain('unused-allow');
  const resolved = await client.request<CompletionItem>('completionItem/resolve', first);
  expect(resolved.documentation).toMatchObject({ kind: 'markdown', value: expect.stringContaining('**Bad**') });
});

it('completes a comment that is not closed yet, with a place for the reason where the client knows snippets', async () => {
  const plain = await completed('/* overlint: allow($');
  expect(plain.items.find(({ label }) => label === 'raw-pgmap')).toMatchObject({
    preselect: true,
    textEdit: { newText: 'raw-pgmap' },
  });
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  const snippet = async (comment: string) =>
    (await completed(comment, capabilities)).items.find(({ label }) => label === 'raw-pgmap')!.textEdit!.newText;
  expect(await snippet('/* overlint: allow($')).toBe('raw-pgmap) $0 */');
  expect(await snippet('// overlint: allow(raw$')).toBe('raw-pgmap) $0');
  expect(await snippet('/* overlint: allow(raw$)')).toBe('raw-pgmap) $0 */');
  expect(await snippet('/* overlint: allow(raw$) */')).toBe('raw-pgmap) $0 */');
  expect(await snippet('// overlint: allow(raw$) why')).toBe('raw-pgmap');
});

it('completes nothing outside of the parentheses, and no name twice', async () => {
  expect((await completed('/* overlint: allow(raw-pgmap) r$ */')).items).toEqual([]);
  const second = await completed('/* overlint: allow(raw-pgmap, $) */');
  expect(second.items.map(({ label }) => label)).not.toContain('raw-pgmap');
});

it('writes the comment with a place for the reason, after the fixes', async () => {
  const workspaceEdit = { documentChanges: true, snippetEditSupport: true };
  const { actions, uri, line } = await editor({ workspace: { workspaceEdit } });
  const found = await actions();
  expect(found.map(({ title }) => title)).toEqual([
    'Use page_pgmap()',
    'Fix all 2 of raw-pgmap in this file',
    'Allow raw-pgmap here, with a reason',
    'Fix all safe Overlint problems in this file',
  ]);
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  const snippet = { kind: 'snippet', value: '\t/* overlint: allow(raw-pgmap) $0 */\n' };
  expect(found[2].edit?.documentChanges).toEqual([{ textDocument: { uri, version: 1 }, edits: [{ range, snippet }] }]);
});

it('writes plain text where the client knows no snippets in edits', async () => {
  const { actions, uri } = await editor();
  const { edit } = (await actions()).find(({ title }) => title.startsWith('Allow')) as CodeAction;
  expect(edit).toMatchObject({ changes: { [uri]: [{ newText: '\t/* overlint: allow(raw-pgmap) */\n' }] } });
});
