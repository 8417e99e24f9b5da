/** `overlint/checkWorkspace` as a client meets it: the built server and its threads, over a copy of the small kernel. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { bundle, SERVER, WORKER } from '../testing/bundle';
import { demoOnDisk, emptyFolder } from '../testing/disk-tree';
import { type ClientOptions, LanguageClient } from '../testing/language-client';
import type { WorkspaceChecked } from './workspace-check';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...SERVER, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

let folder: string;
let client: LanguageClient;
beforeEach(() => {
  process.env.XDG_CACHE_HOME = emptyFolder();
  folder = demoOnDisk();
});
afterEach(() => client.stop());

async function start(options: Partial<ClientOptions> = {}): Promise<void> {
  const command = [process.execPath, path.join(bundles, 'server.js'), '--stdio'];
  client = await LanguageClient.spawned(command, { folder, ...options });
}

const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
const checkWorkspace = (params: object = {}) => client.request<WorkspaceChecked>('overlint/checkWorkspace', params);

/** Rule and line, from 1, of what the client shows of a file. */
function shown(name: string): string[] {
  const { diagnostics = [] } = client.published.get(uriOf(name)) ?? {};
  return diagnostics.map(({ code, range }) => `${code} ${range.start.line + 1}`);
}

/** Writes a file and says so, as an editor that watches files does. Returns how many files were checked again. */
async function change(name: string, text: string): Promise<number> {
  const before = client.checkedAgain.length;
  fs.writeFileSync(path.join(folder, name), text);
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type: 2 }] });
  await client.until(() => client.checkedAgain.length > before);
  return client.checkedAgain.at(-1)!.checked;
}

describe('a check of the workspace', () => {
  it('shows what is found in files that are not open, and says how far it is', async () => {
    await start();
    const steps: { kind: string; message?: string }[] = [];
    client.connection.onNotification('$/progress', ({ value }) => void steps.push(value));
    const { files, checked, findings, problems } = await checkWorkspace({ workDoneToken: 'all' });
    expect(files).toBeGreaterThan(checked);
    expect(findings).toBe([...client.published.values()].reduce((sum, { diagnostics }) => sum + diagnostics.length, 0));
    expect(problems).toBe(0);
    expect(shown('mm/memory.c')).toEqual(['raw-pgmap 8', 'raw-pgmap 14']);
    expect(shown('include/linux/mm_types.h')).toEqual(['tag-bit-clash 110']);
    expect(steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['begin', 'report', 'end']));
    expect(steps.some(({ message }) => message === `checked ${checked} of ${checked} files`)).toBe(true);
  });

  it('is taken back when it is cancelled, and another one is whole', async () => {
    await start();
    const stop = new CancellationTokenSource();
    client.connection.onNotification('$/progress', ({ value }) => {
      if (value.kind === 'report') stop.cancel();
    });
    const search = client.connection.sendRequest('overlint/checkWorkspace', { workDoneToken: 'a' }, stop.token);
    await expect(search).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(client.published.size).toBe(0);
    await checkWorkspace();
    expect(shown('mm/memory.c')).toEqual(['raw-pgmap 8', 'raw-pgmap 14']);
  });

  it('can be cleared, and does not come back by itself', async () => {
    await start();
    await checkWorkspace();
    expect(await client.request('overlint/clearWorkspace', {})).toBeNull();
    expect(shown('mm/memory.c')).toEqual([]);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('mm/memory.c'), type: 2 }] });
    // A check that is asked for afterwards would come after one that the change had begun.
    await checkWorkspace();
    expect(client.checkedAgain).toEqual([]);
  });

  it('goes on with what another thread of the server showed', async () => {
    await start();
    client.notify('overlint/followWorkspace', {});
    await client.until(() => client.checkedAgain.length > 0);
    expect(shown('mm/memory.c')).toEqual(['raw-pgmap 8', 'raw-pgmap 14']);
    expect(await change('mm/memory.c', 'int nothing;\n')).toBe(0);
    expect(shown('mm/memory.c')).toEqual([]);
  });

  it('takes the tree of a given file where the workspace is none, and says so where there is no tree', async () => {
    const elsewhere = emptyFolder();
    await start({ folder: elsewhere });
    await expect(checkWorkspace()).rejects.toThrow(/no kernel tree/i);
    await checkWorkspace({ uri: uriOf('mm/memory.c') });
    expect(shown('mm/memory.c')).toEqual(['raw-pgmap 8', 'raw-pgmap 14']);
  });

  it.each([undefined, { diagnostic: {} }])(
    'lets an open file speak for itself, also when it is closed (%o)',
    async (diagnostic) => {
      await start({ capabilities: { textDocument: diagnostic } });
      await checkWorkspace();
      const uri = client.open(path.join(folder, 'mm/memory.c'), '#include <linux/mm.h>\nint nothing;\n');
      if (diagnostic) await client.request('textDocument/diagnostic', { textDocument: { uri } });
      await client.until(() => shown('mm/memory.c').length === 0);
      client.close(uri);
      await client.until(() => shown('mm/memory.c').length === 2);
      expect(shown('mm/memory.c')).toEqual(['raw-pgmap 8', 'raw-pgmap 14']);
    },
  );

  it('shows at once, on closing, what was saved before', async () => {
    await start();
    await checkWorkspace();
    const text = `\n\n${read('mm/memory.c')}`;
    const uri = client.open(path.join(folder, 'mm/memory.c'), read('mm/memory.c'));
    const version = client.change(uri, text);
    await client.diagnostics(uri, version);
    fs.writeFileSync(path.join(folder, 'mm/memory.c'), text);
    client.close(uri);
    await client.until(() => shown('mm/memory.c')[0] === 'raw-pgmap 10');
    expect(shown('mm/memory.c')).toEqual(['raw-pgmap 10', 'raw-pgmap 16']);
  });
});

describe('after a change, what rests on it is checked again and nothing else', () => {
  let all: number;
  beforeEach(async () => {
    await start({
      section: {},
      capabilities: { workspace: { didChangeConfiguration: { dynamicRegistration: true } } },
    });
    all = (await checkWorkspace()).checked;
  });

  it('of a source: the source', async () => {
    expect(await change('mm/memory.c', `\n${read('mm/memory.c')}`)).toBe(1);
    expect(shown('mm/memory.c')).toEqual(['raw-pgmap 9', 'raw-pgmap 15']);
    expect(await change('mm/memory.c', 'int nothing;\n')).toBe(0);
    expect(shown('mm/memory.c')).toEqual([]);
  });

  it('of a header: the files that include it', async () => {
    const without = read('include/linux/mmzone.h').replaceAll('page_pgmap', 'pgmap_of_page');
    const again = await change('include/linux/mmzone.h', without);
    expect([again > 1, again <= all]).toEqual([true, true]);
    expect(shown('mm/memory.c')).toEqual([]);
    expect(await change('include/linux/nobody.h', 'struct nobody;\n')).toBe(0);
  });

  it('of .config: all of its tree, as each file sees it', async () => {
    expect(await change('.config', `${read('.config')}CONFIG_MORE=y\n`)).toBe(all);
  });

  it('of settings: all where rules are concerned, nothing where only the editor is', async () => {
    const set = async (section: object): Promise<WorkspaceChecked> => {
      const before = client.checkedAgain.length;
      client.section = section;
      client.notify('workspace/didChangeConfiguration', { settings: null });
      await client.until(() => client.checkedAgain.length > before);
      return client.checkedAgain.at(-1)!;
    };
    expect(await set({ inlayHints: 'on' })).toMatchObject({ checked: 0 });
    // Fewer files are worth a look without that rule.
    const { checked, findings } = await set({ levels: { 'raw-pgmap': 'off' } });
    expect([checked > 5, checked < all, findings > 0]).toEqual([true, true, true]);
    expect(shown('mm/memory.c')).toEqual([]);
  });
});
