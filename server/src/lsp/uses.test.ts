/** `overlint/uses` as a client meets it: the built server, a small tree, progress, and plain words for nonsense. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { bundle, SERVER, WORKER } from '../testing/bundle';
import { kernelOnDisk } from '../testing/disk-tree';
import { LanguageClient } from '../testing/language-client';
import type { UsesResult } from './uses';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...SERVER, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

it('answers with the places, what the editor shows among them, and says how far it is', async () => {
  const folder = kernelOnDisk({
    'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
    'include/linux/box.h': 'struct box { union { void *owner; unsigned long head; }; };\n',
    'mm/a.c': '#include <linux/box.h>\nvoid f(struct box *b) { b->head = 1; }\n',
  });
  const client = await LanguageClient.spawned([process.execPath, path.join(bundles, 'server.js'), '--stdio'], {
    folder,
  });
  const file = path.join(folder, 'mm/a.c');
  const uri = client.open(file, '#include <linux/box.h>\nvoid *f(struct box *b) { return b->head; }\n');
  const steps: string[] = [];
  client.connection.onNotification(
    '$/progress',
    ({ value }: { value: { kind: string } }) => void steps.push(value.kind),
  );
  const ask = (member: string) =>
    client.request<UsesResult>('overlint/uses', { uri, record: 'box', member, workDoneToken: 'search' });
  const { uses, unresolved } = await ask('owner');
  const start = { line: 1, character: 35 };
  const range = { start, end: { line: 1, character: 39 } };
  expect(uses).toEqual([
    {
      uri: pathToFileURL(file).href,
      range,
      mode: 'read',
      record: 'struct box',
      member: 'head',
      within: 'f',
      text: 'void *f(struct box *b) { return b->head; }',
    },
  ]);
  expect(unresolved).toBe(0);
  expect([steps[0], steps.at(-1)]).toEqual(['begin', 'end']);
  await expect(ask('ownr')).rejects.toThrow('struct box has no member ownr. Did you mean owner?');
  await expect(client.request('overlint/uses', { uri, record: 5 })).rejects.toThrow('takes {uri, record, member}');
  await client.stop();
});

it('stops when it is told to, and goes on serving', async () => {
  const sources = Array.from({ length: 400 }, (_, index) => [
    `mm/file${index}.c`,
    '#include <linux/box.h>\nvoid f(struct box *b) { b->head = 1; }\n',
  ]);
  const folder = kernelOnDisk({
    'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
    'include/linux/box.h': 'struct box { union { void *owner; unsigned long head; }; };\n',
    ...Object.fromEntries(sources),
  });
  const client = await LanguageClient.spawned([process.execPath, path.join(bundles, 'server.js'), '--stdio'], {
    folder,
  });
  const uri = client.open(path.join(folder, 'mm/file0.c'), sources[0][1]);
  const stop = new CancellationTokenSource();
  const steps: string[] = [];
  client.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
    steps.push(value.kind);
    stop.cancel();
  });
  const params = { uri, record: 'struct box', member: 'owner' };
  const search = client.connection.sendRequest('overlint/uses', { ...params, workDoneToken: 'search' }, stop.token);
  await expect(search).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(steps.at(-1)).toBe('end');
  expect((await client.request<UsesResult>('overlint/uses', params)).uses).toHaveLength(400);
  await client.stop();
});
