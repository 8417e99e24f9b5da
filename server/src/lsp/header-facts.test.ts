/** What headers say comes to open documents by itself, though no earlier run has worked it out. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { bundle, SERVER, WORKER } from '../testing/bundle';
import { kernelOnDisk } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import type { Threads } from '../workers/threads';
import { serve } from './server';

const header = (sentence: string): string => `struct box {
	int size;
	/* ${sentence} */
	int nr_count;
};
static inline int box_count(const struct box *box)
{
	return box->nr_count;
}
`;
const USER = '#include <linux/box.h>\nint f(struct box *box)\n{\n\treturn 1 + box->nr_count;\n}\n';
const HEADER = 'include/linux/box.h';

let client: LanguageClient;
afterEach(() => client.stop());

async function open(folder: string, threads: Threads | undefined): Promise<string> {
  client = await LanguageClient.within((connection) => serve(connection, forgetful, { threads }), { folder });
  return client.open(path.join(folder, 'mm/a.c'), USER);
}

const changed = (file: string): void =>
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 2 }] });
const treeSaying = (sentence: string): string =>
  kernelOnDisk({ 'include/linux/kconfig.h': '', [HEADER]: header(sentence), 'mm/a.c': USER });
const rulesAt = (uri: string) => client.published.get(uri)?.diagnostics.map(({ code }) => code) ?? [];

it('so does the server that ships, with a thread for it', async () => {
  const folder = treeSaying('Do not use directly, call box_count().');
  const bundles = await bundle({ ...SERVER, ...WORKER });
  onTestFinished(() => fs.rmSync(bundles, { recursive: true }));
  const command = [process.execPath, path.join(bundles, 'server.js'), '--stdio'];
  client = await LanguageClient.spawned(command, { folder });
  const uri = client.open(path.join(folder, 'mm/a.c'), USER);
  await client.until(() => rulesAt(uri).includes('reserved-member'));
});

it('a document has the findings that headers ask for as soon as somebody has read them all', async () => {
  const uri = await open(treeSaying('Do not use directly, call box_count().'), {});
  await client.until(() => rulesAt(uri).includes('reserved-member'));
});

it('and follows a header that is changed outside the editor', async () => {
  const folder = treeSaying('How many.');
  const uri = await open(folder, {});
  expect(await client.diagnostics(uri)).toEqual([]);
  const file = path.join(folder, HEADER);
  fs.writeFileSync(file, header('Do not use directly, call box_count().'));
  changed(file);
  await client.until(() => rulesAt(uri).includes('reserved-member'));
  fs.writeFileSync(file, header('How many.'));
  changed(file);
  await client.until(() => rulesAt(uri).length === 0);
});

it('nobody reads them where there are no threads for it', async () => {
  const uri = await open(treeSaying('Do not use directly, call box_count().'), undefined);
  expect(await client.diagnostics(uri)).toEqual([]);
});
