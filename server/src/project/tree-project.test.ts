/** Flags from compile_commands.json count for each command that reads a tree, and in the language server. */
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { serve } from '../lsp/server';
import { runOverlint } from '../testing/command';
import { demoOnDisk, emptyFolder } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import { createLinter } from '../workers/lint-job';

/** Only a compilation with -DWANTED makes the access one to struct page, and the record as large as that. */
const SOURCE = `#include <linux/mm.h>
#ifdef WANTED
#define HELD struct page
#else
#define HELD struct plain
#endif
struct plain { struct dev_pagemap *pgmap; };
struct odd { HELD held; };
struct dev_pagemap *f(HELD *held) { return held->pgmap; }
`;

/** The demo's tree with that file, compiled with these flags. */
function treeWith(flags: string): string {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
  const entry = { directory: '.', file: 'mm/odd.c', command: `gcc ${flags} -c -o mm/odd.o mm/odd.c` };
  return demoOnDisk({ 'mm/odd.c': SOURCE, 'compile_commands.json': JSON.stringify([entry]) });
}

const execution = { create: createLinter };

/** What each reader of a tree says of the file; `true` where it took the file for compiled with -DWANTED. */
const READERS: Readonly<Record<string, (folder: string) => Promise<boolean>>> = {
  check: async (folder) => (await runOverlint(['check', 'mm/odd.c'], { folder, execution })).out.includes('raw-pgmap'),
  uses: async (folder) =>
    (await runOverlint(['uses', 'page.pgmap'], { folder, execution })).out.includes('mm/odd.c:9:'),
  layout: async (folder) => (await runOverlint(['layout', 'odd'], { folder, execution })).out.includes('struct page'),
  dump: async (folder) =>
    (await runOverlint(['dump', '--after=unit', 'mm/odd.c'], { folder, execution })).out.includes('struct page held'),
  'the server': async (folder) => {
    const client = await LanguageClient.within((connection) => serve(connection, forgetful), {
      folder,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    const uri = client.open(path.join(folder, 'mm/odd.c'), SOURCE);
    const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
    await client.stop();
    return JSON.stringify(report).includes('raw-pgmap');
  },
};

it.each(Object.keys(READERS))('%s heeds a -D from compile_commands.json', async (name) => {
  expect(await READERS[name](treeWith('-DWANTED'))).toBe(true);
  expect(await READERS[name](treeWith('-DOTHER'))).toBe(false);
});
