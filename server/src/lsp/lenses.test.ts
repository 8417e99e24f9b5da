/** Code lenses and inlay hints as a client meets them: figures, ways to go, places of members, and when to ask again. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeLens, InlayHint } from 'vscode-languageserver';
import type { FileAnalysis } from '../analysis/analysis';
import { kernelOnDisk } from '../testing/disk-tree';
import { ForgetfulLinter } from '../testing/forgetful-linter';
import { type ClientOptions, LanguageClient } from '../testing/language-client';
import type { SourceText } from '../text/text';
import { serve } from './server';

const BOX = `struct box {
	union {
		void *owner;
		struct {
			unsigned long head[2];
			unsigned int a : 3, b : 5;
		};
	};
};
#ifdef CONFIG_ABSENT
struct other { int a; };
#endif
struct part { struct unknown inside; };
`;

const COMMANDS = { commands: { commands: ['overlint.showLayout', 'overlint.findUses'] } };

let client: LanguageClient;
let lints: string[];

class Counting extends ForgetfulLinter {
  override lint(document: SourceText) {
    lints.push('lint');
    return super.lint(document);
  }

  override inspect<T>(document: SourceText, ask: (file: FileAnalysis) => T): T {
    lints.push('inspect');
    return super.inspect(document, ask);
  }
}

async function start(options: Partial<ClientOptions> = {}): Promise<string> {
  const folder = kernelOnDisk({ 'include/linux/kconfig.h': '#include <generated/autoconf.h>\n' });
  lints = [];
  client = await LanguageClient.within(
    (connection) => serve(connection, (project, settings) => new Counting(project, settings)),
    { folder, initializationOptions: { lenses: 'all' }, ...options },
  );
  return client.open(path.join(folder, 'mm/box.c'), BOX);
}

afterEach(() => client.stop());

const lenses = async (uri: string): Promise<CodeLens[]> => {
  const unresolved = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  return Promise.all(
    unresolved.map((lens) => (lens.command ? lens : client.request<CodeLens>('codeLens/resolve', lens))),
  );
};
const titles = (found: CodeLens[]) => found.map(({ command, range }) => `${range.start.line}: ${command?.title}`);
const hints = (uri: string, line: number) =>
  client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri },
    range: { start: { line, character: 0 }, end: { line, character: 1 } },
  });

describe('code lenses', () => {
  it('tell size, cachelines and overlays of what the file defines in this configuration', async () => {
    const found = await lenses(await start());
    expect(titles(found)).toEqual(['0: 24 bytes, 1 cacheline, 1 overlay', '12: layout unknown']);
    expect(found.map(({ command }) => command?.tooltip)).toEqual([
      'x86_64',
      'member inside: struct unknown: it is only declared, not defined',
    ]);
  });

  it('stand above records with overlays alone, unless others are asked for', async () => {
    const text = `${BOX}#define either(a, b) union { a; b; }
struct plain { int a; };
struct made { either(int a, int b); };
struct named { int a; union { int b; } c; };
`;
    const records = async (section?: object) => {
      const uri = await start({ initializationOptions: {}, ...(section && { section }) });
      client.change(uri, text);
      const found = titles(await lenses(uri));
      await client.stop();
      return found.map((title) => title.split(':')[0]);
    };
    expect(await records()).toEqual(['0', '15']);
    expect(await records({ lenses: 'all' })).toEqual(['0', '12', '14', '15', '16']);
    expect(await records({ lenses: 'off' })).toEqual([]);
    await start();
  });

  it('say of a record without bytes that it is empty', async () => {
    await start();
    const file = path.join(client.options.folder, 'mm/empty.c');
    const found = await lenses(client.open(file, 'struct none {};\nstruct key { int nothing[0]; };\n'));
    expect(titles(found)).toEqual(['0: empty', '1: empty']);
  });

  it('lead to the picture and the uses, for a client that has the commands', async () => {
    const uri = await start({ capabilities: { experimental: COMMANDS } });
    const found = await lenses(uri);
    expect(titles(found.slice(0, 3))).toEqual([
      '0: 24 bytes, 1 cacheline, 1 overlay',
      '0: Show layout',
      '0: Find uses…',
    ]);
    expect(found[1].command).toMatchObject({ command: 'overlint.showLayout', arguments: [uri, 'struct box'] });
    expect(found[2].command).toMatchObject({ command: 'overlint.findUses', arguments: [uri, 'struct box'] });
  });

  it('follow a header that is typed in, and a client that can is told to ask again', async () => {
    const refreshSupport = { workspace: { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } } };
    await start({ capabilities: refreshSupport });
    const asked: string[] = [];
    for (const method of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'])
      client.connection.onRequest(method, () => void asked.push(method));
    const file = path.join(client.options.folder, 'include/linux/item.h');
    const header = client.open(file, 'struct item { int a; };\n');
    const user = client.open(
      path.join(client.options.folder, 'mm/a.c'),
      '#include <linux/item.h>\nstruct own { struct item i[2]; };\n',
    );
    expect(titles(await lenses(user))).toEqual(['1: 8 bytes, 1 cacheline']);
    client.change(header, 'struct item { long a; };\n');
    expect(titles(await lenses(user))).toEqual(['1: 16 bytes, 1 cacheline']);
    while (new Set(asked).size < 2) await new Promise((resolve) => setImmediate(resolve));
  });

  it('ask nothing of a client that has shut the server down', async () => {
    await start({ capabilities: { workspace: { codeLens: { refreshSupport: true } } } });
    const asked: string[] = [];
    client.connection.onRequest('workspace/codeLens/refresh', () => void asked.push('refresh'));
    const header = client.open(path.join(client.options.folder, 'include/linux/item.h'), 'struct item { int a; };\n');
    const user = client.open(path.join(client.options.folder, 'mm/a.c'), '#include <linux/item.h>\nstruct item *i;\n');
    expect(await lenses(header)).not.toEqual([]);
    await client.diagnostics(user);
    await new Promise((resolve) => setTimeout(resolve, 400));
    asked.length = 0;
    client.change(header, 'struct item { long a; };\n');
    await client.request('shutdown', undefined);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(asked).toEqual([]);
  });

  it('come after the findings of what was typed before they were asked for', async () => {
    const uri = await start();
    await client.diagnostics(uri);
    lints.length = 0;
    const version = client.change(uri, BOX.replace('box', 'crate'));
    const found = client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(await client.diagnostics(uri, version)).toEqual([]);
    expect(await found).toHaveLength(2);
    expect(lints[0]).toBe('lint');
  });
});

describe('inlay hints', () => {
  it('are off unless they are asked for', async () => {
    expect(await hints(await start(), 2)).toEqual([]);
  });

  it('give place and size behind the members of the record around', async () => {
    const uri = await start({ section: { inlayHints: 'cursor' } });
    const found = await hints(uri, 3);
    expect(found.map(({ position, label }) => [position.line, position.character, label])).toEqual([
      [2, 14, 'at 0, 8 bytes'],
      [4, 25, 'at 0, 16 bytes'],
      [5, 17, 'at bit 0 of byte 16, 3 bits'],
      [5, 29, 'at bit 3 of byte 16, 5 bits'],
    ]);
    expect(found[0].tooltip).toMatchObject({
      value: '`void *owner` of `struct box`: at 0, 8 bytes, shared with `head`',
    });
  });
});
