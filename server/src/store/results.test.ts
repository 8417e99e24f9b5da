/** Results that were kept are those that would come out now, whatever happened to the tree in between. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runOverChange } from '../changes/change-run';
import { findTree } from '../project/tree';
import { DEMO, demoOnDisk, emptyFolder } from '../testing/disk-tree';
import { RandomNumbers } from '../testing/random-numbers';
import { type RunReport, run } from '../workers/run';

beforeEach(() => {
  process.env.XDG_CACHE_HOME = emptyFolder();
});

interface Checked {
  readonly report: RunReport;
  /** The files that were linted anew. */
  readonly anew: readonly string[];
}

async function runOver(kernel: string, cache: boolean, rules?: ReadonlySet<string>): Promise<Checked> {
  const report = await run({
    tree: findTree({ folder: kernel, paths: [] }).tree!,
    paths: [],
    options: { ahead: false, rules },
    fix: 'no',
    unsafeFixes: false,
    cache,
    execution: {},
  });
  return { report, anew: report.checked?.map((file) => file.slice(kernel.length + 1)) ?? [] };
}

async function check(kernel: string, cache: boolean, rules?: ReadonlySet<string>): Promise<RunReport> {
  return (await runOver(kernel, cache, rules)).report;
}

async function lintedAnew(kernel: string): Promise<readonly string[]> {
  return (await runOver(kernel, true)).anew;
}

function plain({ findings, stats, problems }: RunReport): string {
  return JSON.stringify({ findings, stats, problems });
}

function edit(file: string, change: (text: string) => string): void {
  fs.writeFileSync(file, change(fs.readFileSync(file, 'latin1')), 'latin1');
}

describe('after a change', () => {
  it('only what rests on it is linted anew, and after the change back nothing is', async () => {
    const kernel = demoOnDisk();
    const all = await lintedAnew(kernel);
    expect(all).toContain('mm/memory.c');
    expect(all.length).toBeGreaterThan(5);
    expect(await lintedAnew(kernel)).toEqual([]);
    edit(`${kernel}/mm/memory.c`, (text) => `/* more */\n${text}`);
    expect(await lintedAnew(kernel)).toEqual(['mm/memory.c']);
    edit(`${kernel}/mm/memory.c`, (text) => text.replace('/* more */\n', ''));
    expect(await lintedAnew(kernel)).toEqual([]);
    edit(`${kernel}/include/linux/mm_types.h`, (text) => `${text}\n/* more */\n`);
    const dependent = await lintedAnew(kernel);
    expect(dependent).toContain('mm/memory.c');
    expect(dependent.length).toBeGreaterThan(3);
    edit(`${kernel}/include/linux/mm_types.h`, (text) => text.replace('\n/* more */\n', ''));
    expect(await lintedAnew(kernel)).toEqual([]);
    fs.writeFileSync(`${kernel}/include/linux/nobody.h`, 'struct nobody;\n');
    expect(await lintedAnew(kernel)).toEqual([]);
    edit(`${kernel}/.config`, (text) => `${text}CONFIG_MORE=y\n`);
    expect(await lintedAnew(kernel)).toEqual(all);
  });

  it('of a source, what rests on the functions that it has for words of its folder is linted anew', async () => {
    const kernel = demoOnDisk({
      'drivers/depot/depot.h': 'struct crate { long count; };\nstruct depot { unsigned long slot; };\n',
      'drivers/depot/core.c':
        '#include "depot.h"\nstatic struct crate *depot_crate(struct depot *d)\n{\n\treturn (struct crate *)(d->slot & ~3UL);\n}\n',
      'drivers/depot/user.c':
        '#include "depot.h"\nlong count(struct depot *d)\n{\n\treturn ((struct crate *)d->slot)->count;\n}\n',
    });
    const found = async (): Promise<number> =>
      (await runOver(kernel, true)).report.findings.filter(({ path: file }) => file.endsWith('user.c')).length;
    expect(await found()).toBe(1);
    edit(`${kernel}/drivers/depot/core.c`, (text) => text.replace('& ~3UL', '+ 8'));
    expect(await found()).toBe(0);
    edit(`${kernel}/drivers/depot/core.c`, (text) => text.replace('+ 8', '& ~3UL'));
    expect(await found()).toBe(1);
    fs.renameSync(`${kernel}/drivers/depot/core.c`, `${kernel}/drivers/core.c`);
    expect(await found()).toBe(0);
  });

  it('of a Makefile, only what it compiles is linted anew', async () => {
    const kernel = demoOnDisk({ 'mm/Makefile': 'obj-y += memremap.o\n' });
    await lintedAnew(kernel);
    edit(`${kernel}/mm/Makefile`, (text) => `${text}CFLAGS_memremap.o += -DMORE\n`);
    expect(await lintedAnew(kernel)).toEqual(['mm/memremap.c']);
    edit(`${kernel}/mm/Makefile`, (text) => `# no more than a comment\n${text}`);
    expect(await lintedAnew(kernel)).toEqual([]);
  });

  it('a file that comes to stand before another is found by its name', async () => {
    const kernel = demoOnDisk();
    const before = plain(await check(kernel, true));
    const shadow = `${kernel}/arch/x86/include/linux/mm_types.h`;
    fs.mkdirSync(path.dirname(shadow), { recursive: true });
    fs.writeFileSync(shadow, 'struct page { int nothing; };\n');
    const after = plain(await check(kernel, true));
    expect(after).not.toBe(before);
    expect(after).toBe(plain(await check(kernel, false)));
    fs.rmSync(shadow);
    expect(plain(await check(kernel, true))).toBe(before);
  });
});

it('what was asked for with other rules is not taken for an answer', async () => {
  const kernel = demoOnDisk();
  await check(kernel, true);
  const some = new Set(['raw-pgmap']);
  expect(plain(await check(kernel, true, some))).toBe(plain(await check(kernel, false, some)));
});

it.each([1, 2, 3])('random changes never bring an old result back (seed %i)', async (seed) => {
  const random = new RandomNumbers(seed);
  const kernel = demoOnDisk();
  const names = fs.readdirSync(DEMO, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[ch]$/.test(name));
  const changes: (() => void)[] = [
    () => edit(`${kernel}/${random.pick(names)}`, (text) => withoutLine(text, random)),
    () => edit(`${kernel}/${random.pick(names)}`, (text) => withLineTwice(text, random)),
    () => edit(`${kernel}/${random.pick(names)}`, (text) => text.replace('pgmap', 'mapping')),
    () => fs.cpSync(`${DEMO}/${random.pick(names)}`, `${kernel}/${random.pick(names)}`),
    () => fs.rmSync(`${kernel}/${random.pick(names)}`, { force: true }),
    // Another branch is a tree with its own files.
    () => names.forEach((name) => void fs.cpSync(`${DEMO}/${name}`, `${kernel}/${name}`)),
    () => edit(`${kernel}/.config`, (text) => withoutLine(text, random)),
    () => fs.cpSync(`${DEMO}/.config`, `${kernel}/.config`),
    () => {
      const name = path.basename(random.pick(names));
      const folder = random.pick(['include', 'arch/x86/include/linux', 'mm', 'include/uapi/linux']);
      fs.mkdirSync(`${kernel}/${folder}`, { recursive: true });
      fs.writeFileSync(`${kernel}/${folder}/${name}`, 'struct page;\n');
    },
    () =>
      fs.writeFileSync(
        `${kernel}/mm/Makefile`,
        random.pick(['', 'ccflags-y += -Imm\n', 'ccflags-y += -Iarch/x86/include/linux\n']),
      ),
  ];
  for (let step = 0; step < 25; step++) {
    try {
      random.pick(changes)();
    } catch {
      // A file that an earlier step removed can't be edited.
    }
    if (!fs.existsSync(`${kernel}/include/linux`)) continue;
    expect(plain(await check(kernel, true)), `step ${step}`).toBe(plain(await check(kernel, false)));
  }
});

describe('of a change that is not on disk', () => {
  /** Checks a change of some files, given as texts by their names from the kernel folder. */
  const checkChange = async (kernel: string, texts: Readonly<Record<string, string>>, cache = true) => {
    const after = new Map(Object.entries(texts).map(([name, text]) => [`${kernel}/${name}`, text]));
    const before = new Map([...after.keys()].map((file) => [file, fs.readFileSync(file, 'latin1')]));
    const report = await runOverChange({
      tree: findTree({ folder: kernel, paths: [] }).tree!,
      options: { ahead: false },
      change: { before, after, problems: [], notes: [], steps: [] },
      reachesOut: true,
      comparesSides: true,
      cache,
      execution: {},
    });
    return { found: plain(report), anew: report.checked?.map((file) => file.slice(kernel.length + 1)) };
  };
  const textOf = (name: string): string => fs.readFileSync(`${DEMO}/${name}`, 'latin1');

  it('only what changed since is linted anew, and the tree’s own results stay', async () => {
    const kernel = demoOnDisk();
    await check(kernel, true);
    const [memory, swap] = ['mm/memory.c', 'mm/swap.c'];
    const change = { [memory]: `${textOf(memory)}\n/* more */\n`, [swap]: `/* more */\n${textOf(swap)}` };
    expect((await checkChange(kernel, change)).anew).toEqual([memory, swap]);
    expect((await checkChange(kernel, change)).anew).toEqual([]);
    expect((await checkChange(kernel, { ...change, [memory]: `${change[memory]}\n` })).anew).toEqual([memory]);
    expect(await lintedAnew(kernel)).toEqual([]);
  });

  it.each([1, 2, 3])('finds what a run without a store finds (seed %i)', async (seed) => {
    const random = new RandomNumbers(seed);
    const kernel = demoOnDisk();
    const names = fs.readdirSync(DEMO, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[ch]$/.test(name));
    const changed = (): [string, string] => {
      const name = random.pick(names);
      const change = random.pick([withoutLine, withLineTwice, (text: string) => text.replace('pgmap', 'mapping')]);
      return [name, change(textOf(name), random)];
    };
    for (let step = 0; step < 12; step++) {
      if (random.chance(30)) edit(`${kernel}/${random.pick(names)}`, (text) => withoutLine(text, random));
      const texts = Object.fromEntries([changed(), changed()]);
      const { found } = await checkChange(kernel, texts, false);
      expect((await checkChange(kernel, texts)).found, `step ${step}`).toBe(found);
      expect((await checkChange(kernel, texts)).found, `step ${step} again`).toBe(found);
      expect(plain(await check(kernel, true)), `step ${step}, the tree`).toBe(plain(await check(kernel, false)));
    }
  });
});

it('what stands in the store without having been put there is left alone', async () => {
  const kernel = demoOnDisk();
  const before = plain(await check(kernel, true));
  const store = process.env.XDG_CACHE_HOME as string;
  const entries = fs.readdirSync(store, { recursive: true, encoding: 'utf8' }).map((name) => path.join(store, name));
  const random = new RandomNumbers(1);
  for (const entry of entries.filter((name) => fs.statSync(name).isFile())) {
    const bytes = fs.readFileSync(entry);
    if (random.chance(30)) fs.truncateSync(entry, random.below(bytes.length));
    else if (random.chance(50)) fs.writeFileSync(entry, 'not what was here');
    else bytes[random.below(bytes.length)] ^= 1;
    if (random.chance(30)) fs.writeFileSync(entry, bytes);
  }
  expect(plain(await check(kernel, true))).toBe(before);
});

function withoutLine(text: string, random: RandomNumbers): string {
  const lines = text.split('\n');
  lines.splice(random.below(lines.length), 1);
  return lines.join('\n');
}

function withLineTwice(text: string, random: RandomNumbers): string {
  const lines = text.split('\n');
  const line = random.pick(lines);
  lines.splice(random.below(lines.length), 0, line);
  return lines.join('\n');
}
