/** The requests by which a client draws layouts, over the protocol, on a small tree on disk. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { emptyFolder, kernelOnDisk, writeFiles } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import type { LayoutModel, RecordAt } from './layout-requests';
import { serve } from './server';

const HEADER = `
struct list_head { struct list_head *next, *prev; };
struct page {
	unsigned long flags;	/* what it is */
	union {
		struct list_head lru;
		unsigned long compound_head;	/* Bit zero is set */
	};
};
`;
const SOURCE =
  '#include <linux/pages.h>\nstruct local { char c; long l; };\nlong f(struct page *page)\n{\n\treturn page->flags;\n}\n';

async function editor(more: Readonly<Record<string, string>> = {}) {
  return editorIn(kernelOnDisk({ 'include/linux/pages.h': HEADER, 'mm/page.c': SOURCE, ...more }));
}

async function editorIn(folder: string) {
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), { folder });
  onTestFinished(() => client.stop());
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  return { client, folder, uriOf };
}

it('draws records of a module out of the tree, with the flags of its Makefile', async () => {
  const kernel = kernelOnDisk({ 'include/linux/pages.h': HEADER });
  const module = emptyFolder();
  writeFiles(module, {
    Makefile: 'obj-m := main.o\nccflags-y := -I$(src)/include -DROOM=6\n',
    'overlint.json': JSON.stringify({ kernel }),
    'include/box.h': 'struct box { long in[ROOM]; };\n',
    'main.c': '#include <box.h>\nstruct crate { struct box box; };\n',
  });
  const { client } = await editorIn(module);
  const uri = client.open(path.join(module, 'main.c'), fs.readFileSync(path.join(module, 'main.c'), 'latin1'));
  for (const [record, size] of Object.entries({ box: 48, crate: 48, page: 24 }))
    expect((await client.request<LayoutModel>('overlint/layoutModel', { uri, record })).picture).toMatchObject({
      size,
    });
  const header = pathToFileURL(path.join(module, 'include/box.h')).href;
  expect(await client.request('overlint/records', { uri: header })).toMatchObject({
    records: expect.arrayContaining(['box', 'crate', 'page']),
  });
});

it('leaves out of an SVG the records of the family that are hidden', async () => {
  const { client, uriOf } = await editor({
    'include/linux/family.h':
      'struct box { long flags; };\nstruct crate { long flags; };\n' +
      '#define SAME(b, c) _Static_assert(__builtin_offsetof(struct box, b) == __builtin_offsetof(struct crate, c), "")\nSAME(flags, flags);\n',
  });
  const svgOf = async (hidden?: readonly string[]) => {
    const params = { uri: uriOf('include/linux/family.h'), record: 'box', form: 'svg', hidden };
    return (await client.request<{ text: string }>('overlint/layoutText', params)).text;
  };
  expect(await svgOf()).toContain('>struct crate<');
  expect(await svgOf(['struct crate'])).not.toContain('>struct crate<');
});

it('draws the record of another tree or git revision', async () => {
  const { client, folder } = await editor();
  const uri = pathToFileURL(path.join(folder, 'include/linux/pages.h')).href;
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
      stdio: 'ignore',
    });
  git('init');
  git('add', '.');
  git('commit', '-m', 'one');
  const longer = HEADER.replace('unsigned long flags;', 'unsigned long flags, more;');
  writeFiles(folder, { 'include/linux/pages.h': longer });
  const other = kernelOnDisk({ 'include/linux/pages.h': HEADER.replace('flags;', 'flags[4];') });
  const pictureOf = async (side?: string) =>
    (await client.request<LayoutModel>('overlint/layoutModel', { uri, record: 'page', side })).picture;
  expect([await pictureOf(), await pictureOf('rev:HEAD'), await pictureOf(`dir:${other}`)]).toMatchObject([
    { size: 32 },
    { size: 24 },
    { size: 48 },
  ]);
  // A revision's files are not on disk: there is nowhere to go.
  expect((await pictureOf('rev:HEAD')).cells.every(({ place }) => place === undefined)).toBe(true);
  await expect(pictureOf('rev:nowhere')).rejects.toThrow('nowhere is neither a folder, nor a file, nor a revision');
});

it('says what stands at a place', async () => {
  const { client, folder } = await editor();
  const uri = client.open(path.join(folder, 'mm/page.c'), SOURCE);
  const at = (line: number, character: number) =>
    client.request<RecordAt | null>('overlint/recordAt', { uri, position: { line, character } });
  expect(await at(4, 16)).toEqual({ record: 'struct page', member: 'flags' });
  expect(await at(2, 15)).toEqual({ record: 'struct page' });
  expect(await at(4, 3)).toBeNull();
});

it('gives the model of a record, of a header or of a source, with places in the client’s terms', async () => {
  const { client, uriOf } = await editor();
  const model = await client.request<LayoutModel>('overlint/layoutModel', { uri: uriOf('mm/page.c'), record: 'page' });
  expect(model.picture).toMatchObject({ title: 'struct page', size: 24 });
  expect(model.picture.facts.at(-1)).toBe('x86_64, 6.12.9');
  expect(model.picture.claims).toMatchObject([{ word: 8, bit: 0, owner: 'compound_head' }]);
  expect(model.target).toMatchObject({ version: '6.12.9', arch: 'x86' });
  const flags = model.picture.cells.find(({ name }) => name === 'flags')!;
  expect(flags.place).toEqual({
    uri: uriOf('include/linux/pages.h'),
    range: { start: { line: 3, character: 15 }, end: { line: 3, character: 20 } },
  });
  const local = await client.request<LayoutModel>('overlint/layoutModel', {
    uri: uriOf('mm/page.c'),
    record: 'struct local',
  });
  expect(local.picture.cells.map(({ kind }) => kind)).toEqual(['member', 'hole', 'member']);
});

it('draws for another architecture when asked, and says that the configuration is not for it', async () => {
  const { client, uriOf } = await editor();
  const params = { uri: uriOf('include/linux/pages.h'), record: 'struct page' };
  const model = await client.request<LayoutModel>('overlint/layoutModel', { ...params, arch: 'i386' });
  expect(model.picture).toMatchObject({ size: 12, wordSize: 4 });
  expect(model.warnings.join()).toMatch(/configuration is for x86, but overlint.arch says i386/);
});

it('draws what is open and not yet saved', async () => {
  const { client, folder } = await editor();
  const uri = client.open(path.join(folder, 'include/linux/pages.h'), HEADER);
  const size = async () =>
    (await client.request<LayoutModel>('overlint/layoutModel', { uri, record: 'struct page' })).picture.size;
  expect(await size()).toBe(24);
  client.change(uri, HEADER.replace('flags;', 'flags, more;'));
  expect(await size()).toBe(32);
});

it('draws a record of a source as it is typed, and one that was not there before', async () => {
  const { client, folder } = await editor();
  const uri = client.open(path.join(folder, 'mm/page.c'), SOURCE);
  const size = async (record: string) =>
    (await client.request<LayoutModel>('overlint/layoutModel', { uri, record })).picture.size;
  expect(await size('struct local')).toBe(16);
  client.change(uri, `${SOURCE.replace('long l;', 'long l, m;')}struct later { int i; };\n`);
  expect(await size('struct local')).toBe(24);
  expect(await size('struct later')).toBe(4);
});

it('prints text and SVG, with the member marked', async () => {
  const { client, uriOf } = await editor();
  const params = { uri: uriOf('include/linux/pages.h'), record: 'struct page', member: 'lru' };
  const text = await client.request<{ text: string }>('overlint/layoutText', { ...params, form: 'text' });
  expect(text.text).toContain('▒ lru ▒');
  const svg = await client.request<{ text: string }>('overlint/layoutText', { ...params, form: 'svg' });
  expect(svg.text).toMatch(/^<svg [\s\S]*compound_head[\s\S]*<\/svg>\s*$/);
});

it('lists the names of records, of general headers and of the file that is open', async () => {
  const { client, uriOf } = await editor();
  const names = async (file: string) =>
    (await client.request<{ records: string[] }>('overlint/records', { uri: uriOf(file) })).records;
  expect(await names('mm/page.c')).toEqual(['list_head', 'local', 'page']);
  expect(await names('.')).toEqual(['list_head', 'page']);
});

it('lists what layouts could be for', async () => {
  const { client, folder, uriOf } = await editor();
  const targets = await client.request<{
    kernels: { path: string; version: string }[];
    configs: { path: string }[];
    arches: string[];
    defconfigs: string[];
    current: object;
  }>('overlint/targets', { uri: uriOf('mm/page.c') });
  expect(targets.kernels).toContainEqual({ path: folder, version: '6.12.9' });
  expect(targets.configs).toContainEqual({
    path: path.join(folder, '.config'),
    build: folder,
    arch: 'x86',
    version: '6.12.9',
  });
  expect(targets.arches).toEqual(['x86', 'i386', 'arm64']);
  // Its Kconfig files are not there.
  expect(targets.defconfigs).toEqual([]);
  expect(targets.current).toMatchObject({ kernel: folder, arch: 'x86' });
});

it('offers no configuration that the tree can not be read with, and what is there where a setting is wrong', async () => {
  const { client, uriOf } = await editor({
    'alien/.config': '# Linux/alpha 6.12.9 Kernel Configuration\nCONFIG_ALPHA=y\n',
    'mine/.config': '# Linux/x86 6.12.9 Kernel Configuration\nCONFIG_X86_64=y\n',
  });
  const uri = uriOf('mm/page.c');
  const builds = async () => {
    const { configs, current } = await client.request<{ configs: { build?: string }[]; current?: object }>(
      'overlint/targets',
      { uri },
    );
    return { names: configs.map(({ build = '' }) => path.basename(build)), current };
  };
  client.notify('workspace/didChangeConfiguration', { settings: { overlint: { build: 'mine' } } });
  const right = await builds();
  expect(right.names).toContain('mine');
  expect(right.names).not.toContain('alien');
  client.notify('workspace/didChangeConfiguration', { settings: { overlint: { build: 'gone' } } });
  const wrong = await builds();
  expect(wrong.current).toBeUndefined();
  expect(wrong.names).toContain('mine');
});

it("draws for each architecture's default configuration, beside a build of another one", async () => {
  const { client, uriOf } = await editor({
    Kconfig: 'source "arch/$(SRCARCH)/Kconfig"\nconfig TAGS\n\tbool "tags"\n',
    'scripts/kconfig/lexer.l': '%%',
    'arch/x86/Kconfig': 'config X86_64\n\tdef_bool y\n',
    'arch/arm64/Kconfig': 'config ARM64\n\tdef_bool y\n',
    'arch/arm64/configs/defconfig': 'CONFIG_TAGS=y\n',
    'include/generated/autoconf.h': '#define CONFIG_X86_64 1\n',
    'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
    'include/linux/tagged.h': 'struct tagged {\n\tlong a;\n#ifdef CONFIG_TAGS\n\tlong tags;\n#endif\n};\n',
  });
  const uri = uriOf('mm/page.c');
  const { defconfigs } = await client.request<{ defconfigs: string[] }>('overlint/targets', { uri });
  expect(defconfigs).toEqual(['x86', 'i386', 'arm64']);
  const size = async (target: object) => {
    const model = await client.request<LayoutModel>('overlint/layoutModel', { uri, record: 'tagged', ...target });
    return [model.picture.size, model.picture.facts.at(-1)];
  };
  expect(await size({})).toEqual([8, 'x86_64, 6.12.9']);
  expect(await size({ arch: 'arm64', config: 'defconfig' })).toEqual([16, 'arm64 defconfig, 6.12.9']);
});

it('says in whole sentences why there is no picture', async () => {
  const { client, uriOf } = await editor();
  const ask = (record: string, uri = uriOf('mm/page.c')) => client.request('overlint/layoutModel', { uri, record });
  await expect(ask('struct nobody')).rejects.toThrow(/No file in .* defines struct nobody\./);
  await expect(ask('page[3]')).rejects.toThrow('"page[3]" is no name of a record.');
  await expect(ask('page', 'untitled:1')).rejects.toThrow('untitled:1 is no file of this machine.');
});

it('says on hover how a member lies on a target that it was drawn for, where that differs', async () => {
  const { client, folder, uriOf } = await editor();
  const uri = client.open(path.join(folder, 'mm/page.c'), SOURCE);
  const said = async () => {
    const { contents } = (await client.hover(uri, { line: 4, character: 16 }))!;
    return (contents as { value: string }).value;
  };
  expect(await said()).not.toContain('Otherwise on');
  await client.request('overlint/layoutModel', { uri: uriOf('mm/page.c'), record: 'page', arch: 'i386' });
  expect(await said()).toMatch(/Otherwise on i386, 6\.12\.9: 4 bytes at offset 0\.$/);
  await client.request('overlint/layoutModel', { uri: uriOf('mm/page.c'), record: 'page', arch: 'arm64' });
  expect(await said()).not.toContain('arm64');
});

it('names the configuration that is assumed for a plain clone, in the panel and on hover', async () => {
  const folder = kernelOnDisk({
    'include/linux/pages.h': HEADER,
    'mm/page.c': SOURCE,
    Kconfig: '',
    'scripts/kconfig/lexer.l': '%%',
    'arch/x86/Kconfig': '',
    'arch/x86/Makefile': 'KBUILD_DEFCONFIG := x86_64_defconfig\n',
    'arch/x86/configs/x86_64_defconfig': '',
  });
  fs.rmSync(path.join(folder, '.config'));
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), {
    folder,
    section: { arch: 'x86_64' },
  });
  onTestFinished(() => client.stop());
  const uri = client.open(path.join(folder, 'mm/page.c'), SOURCE);
  const { picture } = await client.request<LayoutModel>('overlint/layoutModel', { uri, record: 'page' });
  expect(picture.facts.at(-1)).toBe('x86_64 defconfig, assumed, 6.12.9');
  const hover = await client.hover(uri, { line: 4, character: 16 });
  expect(JSON.stringify(hover?.contents)).toContain('x86_64 defconfig, assumed');
});
