/** The server as an editor meets it: over the protocol, with a linter of one word in place of the real one. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CodeAction, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding } from '../analysis/finding';
import type { LintOptions, Project } from '../linter';
import { type ClientOptions, LanguageClient } from '../testing/language-client';
import type { SourceText } from '../text/text';
import type { DocumentLinter } from './projects';
import { serve } from './server';

let folder: string;
let client: LanguageClient;
let linters: WordLinter[];

/** Finds each `pgmap`, and says where the header (read through the project's reader) spells it first. */
class WordLinter implements DocumentLinter {
  readonly linted: string[] = [];
  readonly forgotten: string[] = [];

  constructor(
    readonly project: Project,
    readonly options: LintOptions,
  ) {
    linters.push(this);
  }

  lint(document: SourceText) {
    this.linted.push(document.text);
    if (document.text.includes('#error')) throw new Error('the linter fell over');
    const findings = [...this.findingsIn(document)];
    const header = `${this.project.kernel}/include/linux/map.h`;
    if (document.path !== header && document.text.includes('USES_HEADER'))
      findings.push(...this.findingsIn({ path: header, text: this.project.reader.read(header) ?? '' }));
    return { findings, stats: {} };
  }

  describe(document: SourceText, offset: number) {
    const start = document.text.lastIndexOf(' ', offset - 1) + 1;
    const end = document.text.indexOf(';', offset);
    return document.text[offset] === ' '
      ? undefined
      : { markdown: `**${document.text.slice(start, end)}**`, start, end };
  }

  /** Nothing else is looked at. */
  nameAt = () => undefined;
  inspect = () => undefined as never;
  told = () => this;
  *readAhead() {}
  remember() {}
  recall(_document: SourceText): readonly Finding[] | undefined {
    return undefined;
  }

  forget(file: string) {
    this.forgotten.push(path.basename(file));
  }

  problems() {
    return ['the set-up could be better'];
  }

  private *findingsIn({ path: file, text }: SourceText): Generator<Finding> {
    const header = `${this.project.kernel}/include/linux/map.h`;
    const declared = this.project.reader.read(header)?.indexOf('pgmap') ?? -1;
    for (const { index } of text.matchAll(/pgmap/g)) {
      const place = { path: file, start: index, end: index + 5 };
      yield {
        ...place,
        rule: 'raw-pgmap',
        severity: this.options.ahead && text.includes('AHEAD') ? 'hint' : 'error',
        message: 'pgmap \xc3\xa9',
        related: declared < 0 ? [] : [{ path: header, start: declared, end: declared + 5, message: 'declared here' }],
        fixes: [
          { title: 'Guess', safe: false, edits: [{ ...place, text: 'guess' }] },
          { title: 'Use page_pgmap()', safe: true, edits: [{ ...place, text: 'page_pgmap()' }] },
        ],
      };
    }
  }
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

async function start(options: Partial<ClientOptions> = {}): Promise<void> {
  client = await LanguageClient.within(
    (connection) => serve(connection, (project, lintOptions) => new WordLinter(project, lintOptions)),
    {
      folder: path.join(folder, 'linux'),
      capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } } },
      ...options,
    },
  );
}

const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-lsp-')));
  linters = [];
  write('linux/Makefile', 'VERSION = 6\nPATCHLEVEL = 14\n');
  write('linux/.config', 'CONFIG_X86_64=y\n');
  write('linux/include/linux/map.h', '/* é */ void *pgmap;\n');
});

afterEach(async () => {
  await client.stop();
  fs.rmSync(folder, { recursive: true });
});

describe('diagnostics', () => {
  it('come on opening, with rule, severity, version and the declaration', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'int a;\n\t/* 😀 */ p->pgmap;\n');
    const [diagnostic] = await client.diagnostics(uri);
    expect(client.published.get(uri)).toMatchObject({ version: 1 });
    expect(diagnostic).toEqual({
      range: at(1, 13, 18),
      severity: DiagnosticSeverity.Error,
      code: 'raw-pgmap',
      source: 'overlint',
      message: 'pgmap é',
      relatedInformation: [
        { location: { uri: uriOf('linux/include/linux/map.h'), range: at(0, 14, 19) }, message: 'declared here' },
      ],
    });
  });

  it('of an earlier session come at once, and are found anew before anyone types', async () => {
    class Remembering extends WordLinter {
      override recall(document: SourceText) {
        return document.text.includes('known') ? super.lint({ ...document, text: 'pgmap' }).findings : undefined;
      }
    }
    client = await LanguageClient.within(
      (connection) => serve(connection, (project, lintOptions) => new Remembering(project, lintOptions)),
      { folder: path.join(folder, 'linux') },
    );
    const uri = client.open(`${folder}/linux/a.c`, 'known pgmap');
    expect(await client.diagnostics(uri)).toMatchObject([{ range: at(0, 0, 5) }]);
    expect(linters[0].linted).toEqual(['pgmap']);
    await client.until(() => linters[0].linted.length === 2);
    await client.until(() => client.published.get(uri)?.diagnostics[0].range.start.character === 6);
    const version = client.change(uri, 'known, but typed in: pgmap');
    expect(await client.diagnostics(uri, version)).toMatchObject([{ range: at(0, 21, 26) }]);
    expect(linters[0].linted).toEqual(['pgmap', 'known pgmap', 'known, but typed in: pgmap']);
  });

  it('follow each change', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'é 😀\r\n pgmap\r\n');
    await client.diagnostics(uri);
    const version = client.change(uri, 'x😀', at(0, 2, 4));
    expect(await client.diagnostics(uri, version)).toMatchObject([{ range: at(1, 1, 6) }]);
    const next = client.change(uri, ' ', at(0, 2, 6));
    expect(await client.diagnostics(uri, next)).toMatchObject([{ range: at(1, 1, 6) }]);
    expect(Buffer.from(linters[0].linted.at(-1)!, 'latin1').toString()).toBe('é  \r\n pgmap\r\n');
    expect(await client.diagnostics(uri, client.change(uri, 'gone'))).toEqual([]);
  });

  it('are computed for the newest version only when keys come fast', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, '');
    await client.diagnostics(uri);
    const before = linters[0].linted.length;
    let version = 0;
    for (let key = 0; key < 50; key++) version = client.change(uri, 'pgmap ', at(0, 0, 0));
    expect(await client.diagnostics(uri, version)).toHaveLength(50);
    expect(linters[0].linted.length - before).toBeLessThan(10);
  });

  it('are hints where the rule only looks ahead, and not given when that is off', async () => {
    await start({ section: { ahead: true } });
    const uri = client.open(`${folder}/linux/a.c`, 'AHEAD pgmap');
    expect(await client.diagnostics(uri)).toMatchObject([{ severity: DiagnosticSeverity.Hint }]);
    expect(await client.actions(uri, at(0, 0, 0), ['source.fixAll'])).toEqual([]);
  });

  it('of a header show in the header, too, once whoever found them, and go when nobody finds them', async () => {
    await start();
    const header = uriOf('linux/include/linux/map.h');
    const a = client.open(`${folder}/linux/a.c`, 'USES_HEADER');
    const b = client.open(`${folder}/linux/b.c`, 'USES_HEADER');
    await client.diagnostics(b);
    await client.until(() => client.published.get(header)?.diagnostics.length === 1);
    client.close(a);
    await client.until(() => client.published.get(a)?.diagnostics.length === 0);
    expect(client.published.get(header)?.diagnostics).toHaveLength(1);
    client.change(b, '');
    await client.until(() => client.published.get(header)?.diagnostics.length === 0);
  });

  it('go when the document is closed', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    expect(await client.diagnostics(uri)).toHaveLength(1);
    client.close(uri);
    await client.until(() => client.published.get(uri)?.diagnostics.length === 0);
  });

  it('are taken from what the editor shows of a header, saved or not, and from the disk after it is closed', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    expect((await client.diagnostics(uri))[0].relatedInformation?.[0].location.range).toEqual(at(0, 14, 19));
    const header = client.open(`${folder}/linux/include/linux/map.h`, '\n\n pgmap');
    await client.until(
      () => client.published.get(uri)?.diagnostics[0].relatedInformation?.[0].location.range.start.line === 2,
    );
    expect(linters[0].forgotten).toContain('map.h');
    client.close(header);
    await client.until(
      () => client.published.get(uri)?.diagnostics[0].relatedInformation?.[0].location.range.start.line === 0,
    );
  });

  it('follow the disk', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    await client.diagnostics(uri);
    write('linux/include/linux/map.h', '\n\n\nint pgmap;');
    client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('linux/include/linux/map.h'), type: 2 }],
    });
    await client.until(
      () => client.published.get(uri)?.diagnostics[0].relatedInformation?.[0].location.range.start.line === 3,
    );
    expect(linters[0].forgotten).toEqual(['map.h']);
  });

  it('start anew with another .config', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    await client.diagnostics(uri);
    write('linux/.config', 'CONFIG_ARM64=y\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('linux/.config'), type: 2 }] });
    await client.until(() => client.everPublished.filter((params) => params.uri === uri).length === 2);
    expect(linters.map((linter) => linter.project.arch)).toEqual(['x86', 'arm64']);
  });
});

describe('a client that pulls', () => {
  const capabilities = {
    textDocument: { diagnostic: { dynamicRegistration: true }, publishDiagnostics: { relatedInformation: true } },
    workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
  };
  const pull = (uri: string, previousResultId?: string) =>
    client.request<{ kind: string; resultId: string; items?: unknown[] }>('textDocument/diagnostic', {
      textDocument: { uri },
      previousResultId,
    });

  it('is answered when it asks, of the newest version, and is sent nothing', async () => {
    await start({ capabilities });
    expect(client.initializeResult?.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    expect(await pull(uri)).toMatchObject({ kind: 'full', items: [{ code: 'raw-pgmap' }] });
    client.change(uri, 'pgmap pgmap');
    const report = await pull(uri);
    expect(report.items).toHaveLength(2);
    expect(await pull(uri, report.resultId)).toEqual({ kind: 'unchanged', resultId: report.resultId });
    expect(client.everPublished).toEqual([]);
  });

  it('is sent what a document finds in another file, as it can not ask for that', async () => {
    await start({ capabilities });
    const uri = client.open(`${folder}/linux/a.c`, 'USES_HEADER');
    expect((await pull(uri)).items).toEqual([]);
    expect(await client.diagnostics(uriOf('linux/include/linux/map.h'))).toHaveLength(1);
    const header = client.open(`${folder}/linux/include/linux/map.h`, '/* é */ void *pgmap;\n');
    expect((await pull(header)).items).toHaveLength(1);
    await client.until(() => client.published.get(header)?.diagnostics.length === 0);
  });

  it('is asked to pull again when something else changed, and is not told "unchanged" then', async () => {
    await start({ capabilities });
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    const { resultId } = await pull(uri);
    expect(client.registered).toContain('workspace/didChangeWatchedFiles');
    const before = client.refreshes;
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('linux/mm.h'), type: 1 }] });
    await client.until(() => client.refreshes > before);
    expect(await pull(uri, resultId)).toMatchObject({ kind: 'full' });
  });

  it('has the findings of a document that it closes and opens again at once, though an answer was on its way', async () => {
    await start({ capabilities });
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    const { resultId } = await pull(uri);
    const late = pull(uri, resultId);
    client.close(uri);
    client.open(`${folder}/linux/a.c`, 'pgmap');
    const early = pull(uri, resultId);
    expect((await late).kind).toMatch(/full|unchanged/);
    expect(await early).toMatchObject({ kind: 'full', items: [{ code: 'raw-pgmap' }] });
  });

  it('is asked to pull once more where it does not ask for what it opened', async () => {
    await start({ capabilities });
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    await pull(uri);
    const before = client.refreshes;
    client.close(uri);
    client.open(`${folder}/linux/a.c`, 'pgmap');
    await client.until(() => client.refreshes > before);
    await pull(uri);
    const after = client.refreshes;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(client.refreshes).toBe(after);
  });

  it('gets an empty report for what is not open', async () => {
    await start({ capabilities });
    expect(await pull(uriOf('linux/never.c'))).toEqual({ kind: 'full', items: [] });
  });
});

describe('code actions', () => {
  const titles = (actions: CodeAction[]) => actions.map(({ title }) => title);

  it('offer the safe fix first and prefer it, name the unsafe one, and end with fix-all', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'é pgmap\npgmap');
    const shown = await client.diagnostics(uri);
    const actions = await client.actions(uri, at(0, 4, 4), undefined, shown);
    expect(titles(actions)).toEqual([
      'Use page_pgmap()',
      'Guess (unsafe)',
      'Fix all 2 of raw-pgmap in this file',
      'Fix all safe Overlint problems in this file',
    ]);
    expect(actions.map(({ isPreferred }) => isPreferred)).toEqual([true, undefined, undefined, undefined]);
    expect(actions[0].diagnostics).toEqual([shown[0]]);
    expect(actions[0].edit).toEqual({ changes: { [uri]: [{ range: at(0, 2, 7), newText: 'page_pgmap()' }] } });
    expect(actions[2].edit?.changes?.[uri]).toHaveLength(2);
    expect(actions[3].edit?.changes?.[uri]).toHaveLength(2);
  });

  it('name the version where the client can take it', async () => {
    await start({ capabilities: { workspace: { workspaceEdit: { documentChanges: true } } } });
    const uri = client.open(`${folder}/linux/a.c`, '');
    const version = client.change(uri, 'pgmap');
    const [action] = await client.actions(uri, at(0, 0, 0));
    expect(action.edit?.documentChanges).toEqual([
      { textDocument: { uri, version }, edits: [{ range: at(0, 0, 5), newText: 'page_pgmap()' }] },
    ]);
  });

  it.each([
    [['quickfix'], ['Use page_pgmap()', 'Guess (unsafe)']],
    [['source.fixAll.overlint'], ['Fix all safe Overlint problems in this file']],
    [['source'], ['Fix all safe Overlint problems in this file']],
    [['source.fixAll.eslint'], []],
    [['refactor'], []],
  ])('of the kinds %j are %j', async (only, expected) => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    expect(titles(await client.actions(uri, at(0, 0, 0), only))).toEqual(expected);
  });

  it('are none where nothing is wrong', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'int a;\n');
    expect(await client.actions(uri, at(0, 0, 5))).toEqual([]);
  });
});

describe('hover', () => {
  it('says what the linter says, in Markdown or as plain text', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, '/* é */ member;');
    expect(await client.hover(uri, { line: 0, character: 10 })).toEqual({
      contents: { kind: 'markdown', value: '**member**' },
      range: at(0, 8, 14),
    });
    expect(await client.hover(uri, { line: 0, character: 2 })).toBeNull();
  });
});

describe('settings', () => {
  it('come from initializationOptions, the client and overlint.json, the later over the earlier', async () => {
    write('other/Makefile', 'VERSION = 6\nPATCHLEVEL = 18\n');
    write('other/include/linux/map.h', '');
    write('other/arch/arm64/Kconfig', '');
    write('build/.config', 'CONFIG_X86_64=y\n');
    write('linux/overlint.json', '{"build": "../build", "rules": ["raw-pgmap"]}');
    await start({
      initializationOptions: { kernel: '../other', arch: 'x86', ahead: false },
      section: { arch: 'arm64', build: null },
    });
    await client.diagnostics(client.open(`${folder}/linux/a.c`, ''));
    expect(linters[0].project).toMatchObject({
      kernel: `${folder}/other`,
      build: `${folder}/build`,
      arch: 'arm64',
    });
    expect(linters[0].options).toMatchObject({ ahead: false, rules: new Set(['raw-pgmap']) });
  });

  it('are read again when they change', async () => {
    await start({ section: {} });
    const uri = client.open(`${folder}/linux/a.c`, 'AHEAD pgmap');
    expect(await client.diagnostics(uri)).toMatchObject([{ severity: DiagnosticSeverity.Hint }]);
    client.section = { ahead: false };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.published.get(uri)?.diagnostics[0].severity === DiagnosticSeverity.Error);
    write('linux/overlint.json', '{"ahead": true}');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('linux/overlint.json'), type: 1 }] });
    await client.until(() => client.published.get(uri)?.diagnostics[0].severity === DiagnosticSeverity.Hint);
  });

  it('come with the notification from a client that can not be asked', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'AHEAD pgmap');
    await client.diagnostics(uri);
    client.notify('workspace/didChangeConfiguration', { settings: { overlint: { ahead: false } } });
    await client.until(() => client.published.get(uri)?.diagnostics[0].severity === DiagnosticSeverity.Error);
  });

  it('that make no sense are named, and the others still count', async () => {
    write('linux/overlint.json', '{"kernel": }');
    await start({ initializationOptions: { arch: 'vax', rules: 'all', ahead: false } });
    await client.diagnostics(client.open(`${folder}/linux/a.c`, ''));
    expect(linters[0].options.ahead).toBe(false);
    await client.until(() => client.shown.length > 2);
    expect(client.shown).toEqual([
      expect.stringMatching(/initializationOptions: arch must be one of x86, .*, not "vax"\./),
      expect.stringMatching(/initializationOptions: rules must be a list of names, not "all"\./),
      expect.stringMatching(
        /overlint\.json: not valid JSON: the value of "kernel" is missing or broken; what can be read of it counts\./,
      ),
    ]);
  });
});

describe('without a kernel tree', () => {
  it('the user is told once, where and what to do, and the log has each folder', async () => {
    await start();
    const first = client.open(`${folder}/one/a.c`, 'pgmap');
    const second = client.open(`${folder}/two/b.c`, 'pgmap');
    expect(await client.diagnostics(first)).toEqual([]);
    expect(await client.diagnostics(second)).toEqual([]);
    expect(client.shown).toEqual([
      expect.stringMatching(/^Overlint: no kernel tree above [ab]\.c: set overlint\.kernel\.$/),
    ]);
    expect(client.logged).toContainEqual(
      expect.stringMatching(/one.a\.c: No kernel tree found: neither .*overlint\.kernel/),
    );
    expect(client.logged).toContainEqual(
      expect.stringMatching(/two.b\.c: No kernel tree found: neither .*overlint\.kernel/),
    );
  });

  it('a C++ header outside is passed over in silence', async () => {
    await start();
    const uri = uriOf('plus/a.h');
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'cpp', version: 1, text: 'pgmap' } });
    expect(await client.diagnostics(uri)).toEqual([]);
    expect(client.shown).toEqual([]);
  });

  it('a wrong setting is named', async () => {
    await start({ initializationOptions: { kernel: '/nowhere' } });
    await client.diagnostics(client.open(`${folder}/linux/a.c`, 'pgmap'));
    await client.until(() => client.shown.length > 0);
    expect(client.shown).toEqual([expect.stringMatching(/\/nowhere is no kernel tree.*overlint\.kernel/)]);
  });

  it('one that is made meanwhile is found', async () => {
    await start();
    const uri = client.open(`${folder}/later/a.c`, 'pgmap');
    expect(await client.diagnostics(uri)).toEqual([]);
    write('later/Makefile', 'VERSION = 6\nPATCHLEVEL = 1\n');
    write('later/include/linux/mm.h', '');
    client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('later/include/linux/mm.h'), type: 1 }],
    });
    await client.until(() => client.published.get(uri)?.diagnostics.length === 1);
  });
});

describe('nonsense', () => {
  it.each([
    ['textDocument/didOpen', {}],
    ['textDocument/didOpen', { textDocument: { uri: 'file:///%zz', version: 1, languageId: 'c', text: 'pgmap' } }],
    ['textDocument/didOpen', { textDocument: { uri: 'untitled:one', version: 1, languageId: 'c', text: 'pgmap' } }],
    ['textDocument/didOpen', { textDocument: { uri: 'file:///a.c', version: 1, languageId: 'c' } }],
    ['textDocument/didChange', { textDocument: { uri: 'file:///never.c', version: 2 }, contentChanges: [] }],
    ['textDocument/didChange', null],
    ['textDocument/didClose', { textDocument: { uri: 'file:///never.c' } }],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: 5 }] }],
    ['workspace/didChangeConfiguration', {}],
    ['no/such/method', [1, 2, 3]],
  ])('in the notification %s is survived: %j', async (method, params) => {
    await start();
    client.notify(method, params);
    expect(await client.diagnostics(client.open(`${folder}/linux/a.c`, 'pgmap'))).toHaveLength(1);
  });

  it.each([
    ['textDocument/hover', {}],
    ['textDocument/hover', { textDocument: { uri: 'file:///never.c' }, position: { line: -1, character: 1e9 } }],
    ['textDocument/codeAction', { textDocument: { uri: 'nonsense' } }],
    ['textDocument/diagnostic', null],
    ['no/such/method', {}],
  ])('in the request %s is answered: %j', async (method, params) => {
    await start();
    await client.request(method, params).catch((error: Error) => expect(error.message).toBeTruthy());
    expect(await client.diagnostics(client.open(`${folder}/linux/a.c`, 'pgmap'))).toHaveLength(1);
  });

  it('in a change leaves the document as near to it as can be', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, 'pgmap');
    const version = client.change(uri, '!', { start: { line: 9, character: -4 }, end: { line: -1, character: 0 } });
    expect(await client.diagnostics(uri, version)).toHaveLength(1);
    expect(linters[0].linted.at(-1)).toBe('pgmap!');
  });

  it('of the linter itself is told, and the next state is checked', async () => {
    await start();
    const uri = client.open(`${folder}/linux/a.c`, '#error pgmap');
    expect(await client.diagnostics(uri)).toEqual([]);
    expect(client.shown).toEqual([expect.stringMatching(/could not be checked/)]);
    expect(client.logged.join('\n')).toMatch(/Failed while checking .*a\.c: Error: the linter fell over/);
    expect(await client.diagnostics(uri, client.change(uri, 'pgmap'))).toHaveLength(1);
  });
});
