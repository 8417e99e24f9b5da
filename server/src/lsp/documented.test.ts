/** docs/lsp.md names what the server speaks beyond the protocol, and its examples are answered as it says. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, SERVER, WORKER } from '../testing/bundle';
import { kernelOnDisk } from '../testing/disk-tree';
import { LanguageClient } from '../testing/language-client';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/lsp.md');
const text = fs.readFileSync(PAGE, 'utf8');

/** Each example: its request, and the part of the page that holds the answer. */
const EXAMPLE =
  /<!-- example: (\w+) -->\n```json\n([^`]*)```\n<!-- answer(: first of (\w+))? -->\n(?:```json\n([\s\S]*?)```\n)?/g;
const examples = [...text.matchAll(EXAMPLE)].map(([, name, params, , list, answer]) => ({
  name,
  params,
  list,
  answer,
}));

/** The texts of the files in the page's examples, by name. */
function files(): Record<string, string> {
  const found = [...text.matchAll(/^`([\w/.]+)`:\n\n```c\n([\s\S]*?)```$/gm)];
  return Object.fromEntries(found.map(([, name, code]) => [name, code]));
}

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...SERVER, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

/** The server's answers to all examples, in the page's order, with the tree called /linux. */
async function answers(): Promise<unknown[]> {
  const folder = kernelOnDisk(files());
  const command = [process.execPath, path.join(bundles, 'server.js'), '--stdio'];
  const client = await LanguageClient.spawned(command, { folder });
  const source = path.join(folder, 'mm/pair.c');
  client.open(source, fs.readFileSync(source, 'utf8'));
  const found: unknown[] = [];
  for (const { name, params, list } of examples) {
    const asked = JSON.parse(params.replaceAll('file:///linux', pathToFileURL(folder).href));
    const answer = await client.request<Record<string, unknown[]> | null>(`overlint/${name}`, asked);
    const shown = list ? { [list]: answer![list].slice(0, 1) } : (answer ?? null);
    const said = JSON.stringify(shown)
      .replaceAll(pathToFileURL(folder).href, 'file:///linux')
      .replaceAll(folder, '/linux');
    // What else this machine has, and where the rules' pages lie, is another matter.
    found.push(
      JSON.parse(said, (key, value) =>
        Array.isArray(value) ? value.filter(isOfTree) : key === 'page' ? undefined : value,
      ),
    );
  }
  await client.stop();
  return found;
}

function isOfTree(entry: unknown): boolean {
  const place = (entry as { path?: unknown } | null)?.path;
  return typeof place !== 'string' || place.startsWith('/linux');
}

describe('docs/lsp.md', () => {
  it('has each request and notification that the server knows, and no other', () => {
    const sources = fs.readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name));
    const known = sources.flatMap((name) => {
      const code = fs.readFileSync(path.join(import.meta.dirname, name), 'utf8');
      return [...code.matchAll(/\b(?:onRequest|onNotification|sendRequest|sendNotification)\('(overlint\/\w+)'/g)].map(
        (match) => match[1],
      );
    });
    const documented = [...text.matchAll(/^### `(overlint\/\w+)`$/gm)].map((match) => match[1]);
    expect(known.length).toBeGreaterThan(8);
    expect(documented.sort()).toEqual([...new Set(known)].sort());
  });

  it('is answered as it says: else UPDATE_DOCS=1 npx vitest run documented writes what is answered', async () => {
    const found = await answers();
    if (process.env.UPDATE_DOCS) {
      let index = 0;
      const updated = text.replace(EXAMPLE, (whole) => {
        const head = whole.slice(0, whole.indexOf(' -->', whole.indexOf('<!-- answer')) + 5);
        return `${head}\`\`\`json\n${JSON.stringify(found[index++], null, 2)}\n\`\`\`\n`;
      });
      fs.writeFileSync(PAGE, updated);
      return;
    }
    expect(examples.map(({ answer }) => answer && JSON.parse(answer))).toEqual(found);
  });
});
