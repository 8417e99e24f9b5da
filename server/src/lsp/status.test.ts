/** What the server says of the tree, the configuration and the architecture that a file is checked for. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import { serve } from './server';
import type { Status } from './status';

async function clientIn(folder: string, section: object = {}) {
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), {
    folder,
    section,
  });
  onTestFinished(() => client.stop());
  const status = (file = '') =>
    client.request<Status>('overlint/status', { uri: pathToFileURL(path.join(folder, file)).href });
  return { client, status };
}

it('names tree, configuration and architecture, and what of them the user chose', async () => {
  const folder = kernelOnDisk({ 'mm/page.c': '' });
  const { status } = await clientIn(folder);
  expect(await status('mm/page.c')).toEqual({
    target: { kernel: folder, version: '6.12.9', build: folder, arch: 'x86', config: '' },
    configured: true,
    settings: { kernel: '', build: '', arch: '', config: '' },
    errors: [],
    warnings: [],
  });
  const chosen = await clientIn(folder, { arch: 'arm64', config: '.config' });
  expect(await chosen.status()).toMatchObject({
    target: { arch: 'arm64', config: path.join(folder, '.config') },
    settings: { arch: 'arm64', config: path.join(folder, '.config') },
    warnings: [expect.stringMatching(/configuration is for x86, but overlint\.arch says arm64/)],
  });
});

it('says that options are undecided where there is no configuration', async () => {
  const folder = kernelOnDisk();
  fs.rmSync(path.join(folder, '.config'));
  const { status } = await clientIn(folder);
  expect(await status()).toMatchObject({
    configured: false,
    warnings: [expect.stringMatching(/There is no \.config/)],
  });
});

it('names the configuration that is assumed for a plain clone', async () => {
  const folder = kernelOnDisk({
    Kconfig: 'config WIDE\n\tbool "wide"\n',
    'scripts/kconfig/lexer.l': '%%',
    'arch/x86/Kconfig': '',
    'arch/x86/Makefile': 'KBUILD_DEFCONFIG := x86_64_defconfig\n',
    'arch/x86/configs/x86_64_defconfig': '',
  });
  fs.rmSync(path.join(folder, '.config'));
  const { status } = await clientIn(folder, { arch: 'x86_64' });
  expect(await status()).toMatchObject({
    configured: true,
    evaluated: { name: 'x86_64 defconfig', assumed: true },
    warnings: [expect.stringMatching(/assuming x86_64 defconfig/)],
  });
  const chosen = await clientIn(folder, { arch: 'x86_64', config: 'allnoconfig' });
  expect(await chosen.status()).toMatchObject({
    evaluated: { name: 'x86_64 allnoconfig', assumed: false },
    settings: { config: 'allnoconfig' },
    warnings: [],
  });
});

it('says why there is no tree, in the words of the settings', async () => {
  const folder = emptyFolder();
  const { status } = await clientIn(folder);
  const { target, errors } = await status('main.c');
  expect(target).toBeUndefined();
  expect(errors.join()).toMatch(/overlint\.kernel/);
});

it('tells the client when the settings or what they rest on changed', async () => {
  const folder = kernelOnDisk();
  const { client, status } = await clientIn(folder);
  await status();
  client.section = { arch: 'arm64' };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.statusChanges === 1);
  expect((await status()).target?.arch).toBe('arm64');
  client.section = {};
  fs.writeFileSync(path.join(folder, 'overlint.json'), '{ "arch": "i386" }');
  const changed = (name: string, type: number) =>
    client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(path.join(folder, name)).href, type }],
    });
  changed('overlint.json', 2);
  await client.until(() => client.statusChanges === 2);
  expect((await status()).target?.arch).toBe('i386');
  fs.rmSync(path.join(folder, '.config'));
  changed('.config', 3);
  await client.until(() => client.statusChanges >= 3);
  expect((await status()).configured).toBe(false);
});

it('names a wrong setting with its value, says so in the window only to who shows no status, and takes it back', async () => {
  const folder = kernelOnDisk({ 'mm/page.c': '' });
  const { client, status } = await clientIn(folder, { build: '/half/typ' });
  client.open(path.join(folder, 'mm/page.c'), '');
  client.section = { build: '/half/typed' };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.shown.length > 0);
  expect(client.shown).toEqual(['Overlint: /half/typed is no folder. Check overlint.build.']);
  client.section = {};
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.shown.length > 1);
  expect(client.shown[1]).toBe('Overlint: the settings are right again.');

  client.section = { build: '/half/typed' };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  expect((await status('mm/page.c')).problem).toEqual({
    setting: 'overlint.build',
    value: '/half/typed',
    message: '/half/typed is no folder. Check overlint.build.',
  });
  client.section = {};
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.until(() => client.statusChanges > 0);
  expect((await status('mm/page.c')).problem).toBeUndefined();
});

it('marks what is wrong in overlint.json, keeps what can be read of it, and takes the mark back', async () => {
  const folder = kernelOnDisk({ 'mm/page.c': '', 'overlint.json': '{\n  "kernel": ,\n  "arch": "arm64"\n}\n' });
  const { client, status } = await clientIn(folder);
  const uri = pathToFileURL(path.join(folder, 'overlint.json')).href;
  const [found] = await client.diagnostics(uri);
  expect(found).toMatchObject({
    range: { start: { line: 1, character: 2 }, end: { line: 1, character: 10 } },
    message:
      'overlint.json: not valid JSON: the value of "kernel" is missing or broken; what can be read of it counts.',
  });
  expect(await status('mm/page.c')).toMatchObject({ target: { arch: 'arm64' }, problem: { setting: 'overlint.json' } });
  fs.writeFileSync(path.join(folder, 'overlint.json'), '{ "arch": "arm64" }');
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  await client.until(() => client.published.get(uri)?.diagnostics.length === 0);
  expect((await status('mm/page.c')).problem).toBeUndefined();
});

it('says nothing to a client that never asked', async () => {
  const folder = kernelOnDisk({ 'mm/page.c': '' });
  const { client } = await clientIn(folder);
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.diagnostics(client.open(path.join(folder, 'mm/page.c'), ''));
  expect(client.statusChanges).toBe(0);
});

it('refuses what is no file', async () => {
  const { client } = await clientIn(kernelOnDisk());
  await expect(client.request('overlint/status', { uri: 'untitled:one' })).rejects.toThrow(/no file of this machine/);
  await expect(client.request('overlint/status', null)).rejects.toThrow(/no file of this machine/);
});
