/** Document symbols as a client meets them. */
import { expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver';
import { kernelOnDisk } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import { serve } from './server';

const BOX = `struct box {
	union {
		void *owner;
		unsigned long head[2];
	};
};
`;

it('are the records that a file defines, with their sizes, and their members', async () => {
  const folder = kernelOnDisk({ 'include/linux/kconfig.h': '#include <generated/autoconf.h>\n' });
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), { folder });
  const uri = client.open(`${folder}/include/linux/box.h`, BOX);
  const [box, ...others] = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri },
  });
  expect(others).toEqual([]);
  expect(box).toMatchObject({
    name: 'struct box',
    detail: '16 bytes, 1 cacheline, 1 overlay',
    range: { end: { line: 5 } },
  });
  expect(box.children!.map(({ name, detail, range }) => [name, detail, range.start.line])).toEqual([
    ['owner', 'void *', 2],
    ['head', 'unsigned long [2]', 3],
  ]);
  await client.stop();
});
