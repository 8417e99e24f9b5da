/** What a machine does to a run: full disks, stores that others wrote, trees that are read-only, locales, odd names. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk, withoutRights, writeFiles } from '../testing/disk-tree';

const DEMO = path.resolve(import.meta.dirname, '../../../demo');

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

const AS_JSON = ['check', '--format', 'json'];

/** What is to be said of the demo, whatever the store holds. */
let fresh: ReturnType<ReturnType<typeof demo>['run']>;
beforeAll(() => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-trust-'));
  fresh = demo(folder).run([...AS_JSON, '--no-cache']);
  fs.rmSync(folder, { recursive: true });
});

/** The demo, and a way to check it with a store of its own. */
function demo(folder: string = emptyFolder()) {
  const kernel = `${folder}/kernel`;
  const store = `${folder}/store`;
  fs.cpSync(DEMO, kernel, { recursive: true });
  const run = (args: readonly string[], environment: Record<string, string> = {}, before = '', cli = bundles) => {
    const command = ['-c', `${before} exec "$0" "$@"`, process.execPath, `${cli}/cli.js`, ...args];
    const env = { PATH: process.env.PATH, XDG_CACHE_HOME: store, ...environment };
    const { status, stdout, stderr } = spawnSync('/bin/sh', command, { cwd: kernel, env, encoding: 'latin1' });
    return { status, stdout, stderr };
  };
  const texts = () =>
    fs
      .readdirSync(kernel, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(`${kernel}/${name}`).isFile())
      .map((name) => [name, fs.readFileSync(`${kernel}/${name}`, 'latin1')]);
  return { kernel, store, run, texts };
}

describe('where no file can grow any more', () => {
  /** The system then refuses each write as a full disk does; pipes are no files. */
  const FULL = "trap '' XFSZ; ulimit -f 0;";

  it('--fix leaves every file as it was, says so, and finds what it found', () => {
    const { run, texts } = demo();
    const before = texts();
    const plain = run(['check', '--format', 'gcc', 'mm']);
    const full = run(['check', '--fix', '--format', 'gcc', 'mm'], {}, FULL);
    expect(texts()).toEqual(before);
    expect(full.stderr).toBe(
      'overlint: mm/memory.c: not fixed: the system allows no file so large\n' +
        'overlint: mm/memremap.c: not fixed: the system allows no file so large\n',
    );
    expect([full.stdout, full.status]).toEqual([plain.stdout, 2]);
  });

  it('a run without a store says the same', () => {
    expect(demo().run(AS_JSON, {}, FULL)).toEqual(fresh);
  });

  it.each([
    ['--output', 'o.json'],
    ['--write-baseline', 'o.json'],
    ['--output', 'sarif=o.json'],
  ])('%s says that it was not written, and leaves what was there', (...flag) => {
    const { run, kernel, texts } = demo();
    writeFiles(kernel, { 'o.json': 'mine' });
    const before = texts();
    const { status, stderr } = run(['check', 'mm/swap.c', ...flag], {}, FULL);
    expect([status, stderr]).toEqual([2, 'overlint: o.json: not written: the system allows no file so large.\n']);
    expect(texts()).toEqual(before);
  });
});

describe('a store', () => {
  const files = (folder: string): string[] =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((file) => fs.statSync(file).isFile())
      .sort();

  it.each<[string, (bytes: Buffer, all: readonly Buffer[], at: number) => Buffer]>([
    ['holds rubbish', () => Buffer.from('no store of anybody')],
    ['is empty', () => Buffer.alloc(0)],
    ['is cut short', (bytes) => bytes.subarray(0, bytes.length >> 1)],
    [
      'has one bit turned',
      (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 4 : byte))),
    ],
    ['has its entries mixed up', (_bytes, all, at) => all[(at + 1) % all.length]],
  ])('that %s changes no byte of what is said', (_what, damage) => {
    const { run, store } = demo();
    run(AS_JSON);
    const kept = files(store);
    expect(kept.length).toBeGreaterThan(0);
    const all = kept.map((file) => fs.readFileSync(file));
    for (const [at, file] of kept.entries()) fs.writeFileSync(file, damage(all[at], all, at));
    expect(run(AS_JSON)).toEqual(fresh);
    expect(run(AS_JSON)).toEqual(fresh);
  });

  it('that another build wrote is not taken for its own', () => {
    const { run } = demo();
    expect(run(AS_JSON)).toEqual(fresh);
    const other = `${bundles}-other`;
    fs.cpSync(bundles, other, { recursive: true });
    onTestFinished(() => fs.rmSync(other, { recursive: true }));
    const says = (text: string): string => text.replaceAll('shares its word with', 'lies in one word with');
    for (const name of fs.readdirSync(other)) {
      const file = `${other}/${name}`;
      fs.writeFileSync(file, says(fs.readFileSync(file, 'utf8')));
    }
    expect(run(AS_JSON, {}, '', other).stdout).toBe(says(fresh.stdout));
    expect(run(AS_JSON)).toEqual(fresh);
  });

  it.each<[string, (store: string) => void]>([
    ['is a file', (store) => fs.writeFileSync(store, 'mine')],
    ['leads nowhere', (store) => fs.symlinkSync('/nowhere/at/all', store)],
    ['holds folders where files belong', (store) => fs.mkdirSync(`${store}/overlint/aa/bb/cc`, { recursive: true })],
  ])('that %s is done without', (_what, make) => {
    const { run, store } = demo();
    make(store);
    expect(run(AS_JSON)).toEqual(fresh);
  });
});

it('a tree that is read-only is checked, and not fixed', async () => {
  const folder = kernelOnDisk({ 'mm/a.c': 'int old_name;\n', 'mm/b.c': 'int old_name;\n' });
  const plain = await runOverlint(['check', '--format', 'gcc'], { folder });
  const [checked, fixed, output] = await withoutRights(async () => {
    if (process.geteuid?.() !== 65534) fs.chmodSync(`${folder}/mm`, 0o555);
    return [
      await runOverlint(['check', '--format', 'gcc'], { folder }),
      await runOverlint(['check', '--format', 'gcc', '--fix'], { folder }),
      await runOverlint(['check', '--output', 'mm/o.txt'], { folder }),
    ];
  });
  fs.chmodSync(`${folder}/mm`, 0o755);
  expect(checked).toEqual(plain);
  const denied = (name: string): string => `overlint: mm/${name}.c: not fixed: permission denied\n`;
  expect(fixed).toEqual({ out: plain.out, err: denied('a') + denied('b'), code: 2 });
  expect(output).toEqual({ out: '', err: 'overlint: mm/o.txt: not written: permission denied.\n', code: 2 });
  expect(fs.readdirSync(`${folder}/mm`)).toEqual(['a.c', 'b.c']);
});

it('what is written behind a link is put together where the link leads', async () => {
  const folder = kernelOnDisk({ 'mm/a.c': 'int old_name;\n', 'out/o.txt': 'old' });
  fs.symlinkSync('out/o.txt', `${folder}/link`);
  fs.chmodSync(`${folder}/out`, 0o777);
  fs.chmodSync(folder, 0o555);
  const { err, code } = await withoutRights(() =>
    runOverlint(['check', '--format', 'gcc', '--output', 'link'], { folder }),
  );
  fs.chmodSync(folder, 0o755);
  expect([err, code]).toEqual(['', 1]);
  expect(fs.readFileSync(`${folder}/out/o.txt`, 'utf8')).toMatch(/^mm\/a\.c:1:5: error/);
  expect(fs.lstatSync(`${folder}/link`).isSymbolicLink()).toBe(true);
});

describe('a locale', () => {
  it.each(['C', 'de_DE.ISO-8859-1'])('%s changes no byte', (locale) => {
    const { run, kernel } = demo();
    fs.renameSync(`${kernel}/mm/memremap.c`, `${kernel}/mm/größe İ.c`);
    const check = (LC_ALL: string) => run(['check', 'mm'], { LC_ALL });
    expect(check(locale)).toEqual(check('C.UTF-8'));
    expect(check(locale).stdout).toContain(Buffer.from('mm/größe İ.c').toString('latin1'));
  });

  it('makes no name readable whose bytes are not UTF-8: it is named, and the others are checked', () => {
    const { run, kernel } = demo();
    const plain = run(['check', '--format', 'gcc', 'mm']);
    fs.writeFileSync(Buffer.from(`${kernel}/mm/gr\xf6\xdfe.c`, 'latin1'), 'int one;\n');
    const { status, stdout, stderr } = run(['check', '--format', 'gcc', 'mm'], { LC_ALL: 'C' });
    expect(Buffer.from(stderr, 'latin1').toString('utf8')).toBe(
      'overlint: mm/gr\ufffd\ufffde.c: is not checked: the bytes of its name are not UTF-8\n',
    );
    expect([stdout, status]).toEqual([plain.stdout, 2]);
  });
});

describe('a name with spaces, quotes, a line end and umlauts', () => {
  const NAME = 'mm/a "b\' c\nd%:,\xc3\xa4.c';
  const UTF8 = Buffer.from(NAME, 'latin1').toString('utf8');
  /** What a terminal gets: the line end is no line end. */
  const SHOWN = NAME.replace('\n', '\xef\xbf\xbd');

  async function out(...args: string[]): Promise<string> {
    const folder = kernelOnDisk();
    fs.mkdirSync(`${folder}/mm`);
    fs.writeFileSync(`${folder}/${UTF8}`, 'int old_name;\n');
    const ran = await runOverlint(['check', ...args], { folder });
    expect(ran.err).toBe('');
    return ran.out;
  }

  it('stays one line in text, gcc and checkpatch', async () => {
    expect((await out()).split('\n')[0]).toBe(`${SHOWN}:1:5: error[word]: do not write old_name`);
    expect(await out('--format', 'gcc')).toBe(
      `${SHOWN}:1:5: error: do not write old_name [word]\n${SHOWN}:1:1: note: the file starts here\n`,
    );
    expect(await out('--format', 'checkpatch')).toContain(`\n#1: FILE: ${SHOWN}:1:\n`);
  });

  it('comes back whole from json, sarif and github', async () => {
    const utf8 = async (format: string) => Buffer.from(await out('--format', format), 'latin1').toString('utf8');
    expect(JSON.parse(await utf8('json')).findings[0].file).toBe(UTF8);
    const location = JSON.parse(await utf8('sarif')).runs[0].results[0].locations[0].physicalLocation;
    expect(decodeURIComponent(location.artifactLocation.uri)).toBe(UTF8);
    expect(location.artifactLocation.uri).toMatch(/^[\w/%.~'-]+$/);
    const [, file] = /^::error file=(.*?),line=1,.*\n$/s.exec(await utf8('github')) ?? [];
    expect(decodeURIComponent(file)).toBe(UTF8);
  });

  it('is quoted in a patch as git quotes it, and git applies that', async () => {
    const folder = kernelOnDisk();
    fs.mkdirSync(`${folder}/mm`);
    fs.writeFileSync(`${folder}/${UTF8}`, 'int old_name;\n');
    const { out: patch } = await runOverlint(['check', '--fix-dry-run'], { folder });
    const applied = spawnSync('git', ['apply', '-'], {
      cwd: folder,
      input: Buffer.from(patch, 'latin1'),
      encoding: 'utf8',
    });
    expect([applied.status, applied.stderr]).toEqual([0, '']);
    expect(fs.readFileSync(`${folder}/${UTF8}`, 'utf8')).toBe('int new_name;\n');
  });
});
