/** Helix reads the configuration of docs/editors.md, and speaks to the server as here; Debian has no package of it. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'smol-toml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver';
import { bundle, COMMAND_LINE, SERVER } from '../testing/bundle';
import { LanguageClient } from '../testing/language-client';

const root = path.resolve(import.meta.dirname, '../../..');
const page = fs.readFileSync(path.join(root, 'docs/editors.md'), 'utf8');

interface Languages {
  readonly 'language-server': Record<string, { command: string; args: string[]; config: object }>;
  readonly language: { name: string; 'language-servers': string[] }[];
}

const languages = parse(/```toml\n([\s\S]*?)```/.exec(page)![1]) as unknown as Languages;

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...SERVER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

/** What Helix 25.01 offers, as far as the server looks at it (helix-lsp/src/client.rs). */
const HELIX: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: false },
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: false },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    hover: { contentFormat: ['markdown'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source'] } } },
    publishDiagnostics: { versionSupport: true, relatedInformation: false },
  },
};

it('is configured for C, beside clangd', () => {
  const [c] = languages.language;
  expect(c).toEqual({ name: 'c', 'language-servers': ['clangd', 'overlint'] });
  expect(languages['language-server'].overlint).toMatchObject({ command: 'overlint', args: ['lsp', '--stdio'] });
});

it('gets findings, a hover and fixes in its own terms', async () => {
  const { args, config } = languages['language-server'].overlint;
  const memory = path.join(root, 'demo/mm/memory.c');
  const text = fs.readFileSync(memory, 'utf8');
  // Helix answers null where it is asked for a section that its configuration lacks.
  const client = await LanguageClient.spawned([process.execPath, path.join(bundles, 'cli.js'), ...args], {
    folder: path.join(root, 'demo'),
    capabilities: HELIX,
    initializationOptions: config,
    section: null,
  });
  expect(client.initializeResult?.capabilities.positionEncoding).toBe('utf-16');
  client.notify('workspace/didChangeConfiguration', { settings: config });
  const uri = client.open(memory, text);
  const diagnostics = await client.diagnostics(uri);
  // Without related information, the message has the place.
  expect(diagnostics.map(({ range, message }) => [range.start.line, message])).toEqual([
    [7, expect.stringMatching(/shares its word with compound_head \(.*include\/linux\/mm_types\.h:57\)/)],
    [13, expect.stringMatching(/shares its word with compound_head/)],
  ]);
  const hover = await client.hover(uri, { line: 7, character: 20 });
  expect(hover?.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('▒ pgmap ▒') });
  const [action] = await client.request<{ title: string; edit: { documentChanges: object[] } }[]>(
    'textDocument/codeAction',
    {
      textDocument: { uri },
      range: diagnostics[0].range,
      context: { diagnostics: [diagnostics[0]], only: null, triggerKind: 1 },
    },
  );
  expect(action.title).toBe('Use page_pgmap()');
  expect(action.edit.documentChanges).toMatchObject([{ textDocument: { uri: pathToFileURL(memory).href } }]);
  await client.stop();
});
