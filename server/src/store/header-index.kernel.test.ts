/** Every header of a real tree comes back from the index as the lexer gives it. */
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { emptyFolder } from '../testing/disk-tree';
import { lex } from '../text/lexer';
import { Cache } from './cache';
import { HeaderIndex } from './header-index';

const INCLUDE = '/opt/k/linux-source-6.12/include';

it('gives back all headers of a kernel', () => {
  const folder = emptyFolder();
  const names = fs.readdirSync(INCLUDE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.h'));
  const headers = names.map((name) => ({
    file: `${INCLUDE}/${name}`,
    text: fs.readFileSync(`${INCLUDE}/${name}`, 'latin1'),
  }));
  expect(headers.length).toBeGreaterThan(4000);
  const first = new HeaderIndex(new Cache(folder));
  for (const { file, text } of headers) first.lex(text, file);
  first.keep();
  const second = new HeaderIndex(new Cache(folder));
  const different = headers.filter(({ file, text }) => {
    const [given, wanted] = [second.lex(text, file), lex(text)];
    const columns = ['kinds', 'flags', 'starts', 'ends', 'ids', 'comments'] as const;
    return (
      given.text !== wanted.text ||
      given.count !== wanted.count ||
      columns.some((column) => Buffer.compare(bytesOf(given[column]), bytesOf(wanted[column])) !== 0) ||
      JSON.stringify(given.directives) !== JSON.stringify(wanted.directives)
    );
  });
  expect(different.map(({ file }) => file)).toEqual([]);
}, 60_000);

function bytesOf(column: Uint8Array | Uint32Array | Int32Array): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}
