/**
 * Judges Overlint by C that others wrote for compilers: `npm run test:peers`. Nothing of it is kept here.
 *
 * csmith's random programs (apt: csmith), gcc's own tests, struct-layout-1 among them (apt: gcc-12-source), and sparse's
 * validation (apt-get source sparse, where apt knows sources). What is missing is left out with a sentence. Every record that
 * is laid out is asked of gcc and of clang as static asserts, and every static assert of theirs of us.
 *
 *   node tools/peers.mjs [--seed N] [--programs N] [--tests N] [--gcc DIR] [--sparse DIR] [--compiler gcc|clang]…
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '300' },
    tests: { type: 'string', default: '2000' },
    gcc: { type: 'string', default: '' },
    sparse: { type: 'string', default: '' },
    compiler: { type: 'string', multiple: true, default: ['gcc', 'clang'] },
  },
});
const COMMANDS = { gcc: ['gcc'], clang: ['clang-19'] };
/** Reasons that are printed of layouts that are unknown. */
const MOST_REASONS = 5;
const seed = Number(values.seed);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-peers-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const { PeerChecks } = await bundled(path.join(import.meta.dirname, '../server/src/testing/peers-process.ts'));

const run = (command, ...args) =>
  spawnSync(command, args, { encoding: 'latin1', cwd: scratch, maxBuffer: 1 << 28, timeout: 600_000 });
const read = (file) => fs.readFileSync(file, 'latin1');

/** The records of csmith's programs; the rest of them holds none. */
function programs() {
  if (run('csmith', '--version').status !== 0) return 'csmith is not installed (apt-get install csmith)';
  const types = [8, 16, 32, 64].flatMap((bits) => [
    `typedef __INT${bits}_TYPE__ int${bits}_t;`,
    `typedef __UINT${bits}_TYPE__ uint${bits}_t;`,
  ]);
  return Array.from({ length: Number(values.programs) }, (_, index) => {
    const text = run('csmith', '--seed', String(seed + index), '--packed-struct').stdout;
    const records = text.slice(0, text.indexOf('/* --- GLOBAL VARIABLES --- */')).replace(/^#include.*$/gm, '');
    return { name: `csmith ${seed + index}`, text: `${types.join('\n')}\n${records}` };
  });
}

/** gcc/testsuite of the folder named, or of Debian's package of gcc's sources. */
function gccTests() {
  if (values.gcc !== '') return path.join(values.gcc, 'gcc/testsuite');
  const archive = fs.globSync?.('/usr/src/gcc-1*/gcc-*.tar.xz')[0] ?? archiveIn('/usr/src');
  if (archive === undefined) return undefined;
  const wanted = ['gcc.dg', 'c-c++-common', 'gcc.c-torture'].map((name) => `*/gcc/testsuite/${name}`);
  run('tar', 'xf', archive, '--wildcards', ...wanted);
  const top = fs.readdirSync(scratch).find((name) => name.startsWith('gcc-'));
  return top && path.join(scratch, top, 'gcc/testsuite');
}

function archiveIn(folder) {
  const found = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => /^gcc-\d+$/.test(name)) : [];
  return found
    .flatMap((name) => fs.readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file)))
    .find((file) => /\/gcc-[^/]*\.tar\.xz$/.test(file));
}

const NO_GCC = "gcc's tests are not here (apt-get install gcc-12-source, or --gcc DIR)";

/** What gcc's own generator of records makes of 300 of them and more, a header each. */
function structLayouts() {
  const tests = gccTests();
  if (tests === undefined) return NO_GCC;
  const folder = path.join(tests, 'gcc.dg/compat');
  const program = path.join(scratch, 'generate');
  const sources = ['struct-layout-1_generate.c', 'generate-random.c', 'generate-random_r.c'];
  const made = run('gcc', '-w', '-o', program, ...sources.map((name) => path.join(folder, name)));
  if (made.status !== 0)
    return `the generator of gcc's struct-layout-1 does not compile: ${made.stderr.split('\n')[0]}`;
  const out = path.join(scratch, 'layouts');
  fs.mkdirSync(out);
  run(program, '-s', folder, '-d', out, '-n', '300');
  const own = read(path.join(folder, 'struct-layout-1.h'));
  const limits =
    '#define bool _Bool\n#define UINT_MAX (__INT_MAX__ * 2U + 1U)\n#define USHRT_MAX (__SHRT_MAX__ * 2 + 1)\n' +
    '#define ULONG_MAX (__LONG_MAX__ * 2UL + 1UL)\ntypedef __SIZE_TYPE__ size_t;\ntypedef __WCHAR_TYPE__ wchar_t;\n';
  const before = `${limits}${read(path.join(folder, 'vector-defs.h'))}${own}`.replace(/^\s*#\s*include.*$/gm, '');
  const macros = '#undef TX\n#define TX(n, type, attrs, fields, ops) type S##n { fields } attrs;\n';
  return fs
    .readdirSync(out)
    .filter((name) => name.endsWith('_test.h'))
    .map((name) => ({ name: `struct-layout-1 ${name}`, text: `${before}${macros}${read(path.join(out, name))}` }));
}

/** As many of gcc's tests as are asked for, of those that define records or assert and include nothing. */
function gccSources() {
  const tests = gccTests();
  if (tests === undefined) return NO_GCC;
  const all = sourcesBelow(tests, tests).filter(({ text }) => /\b(?:struct|union)\b[^;]*\{|_Static_assert/.test(text));
  // In an order that the seed decides.
  const order = all.map((source, index) => ({ source, key: Math.imul(index + seed * 7919, 0x9e3779b1) >>> 0 }));
  order.sort((one, other) => one.key - other.key);
  return order.slice(0, Number(values.tests)).map(({ source }) => source);
}

function sparseSources() {
  let folder = values.sparse;
  if (folder === '') {
    run('apt-get', '-q', 'source', '--download-only', 'sparse');
    const archive = fs.readdirSync(scratch).find((name) => /^sparse_.*\.orig\.tar\./.test(name));
    if (archive === undefined) return 'sparse is not here (apt-get source sparse needs deb-src lines, or --sparse DIR)';
    run('tar', 'xf', archive);
    folder = path.join(scratch, fs.readdirSync(scratch).find((name) => /^sparse-/.test(name)) ?? '');
  }
  return sourcesBelow(path.join(folder, 'validation'), folder);
}

function sourcesBelow(folder, top) {
  if (!fs.existsSync(folder)) return [];
  return (
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.c'))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map((file) => ({ name: path.relative(top, file), text: read(file) }))
      // Behind a #line compilers count lines as it says, and an error could not be found by its line.
      .filter(({ text }) => !/^\s*#\s*(?:include|line)/m.test(text))
  );
}

let isWrong = false;
for (const [what, make] of Object.entries({
  csmith: programs,
  'struct-layout-1': structLayouts,
  "gcc's tests": gccSources,
  "sparse's validation": sparseSources,
})) {
  const sources = make();
  if (typeof sources === 'string') {
    console.log(`${what}: left out, as ${sources}`);
    continue;
  }
  for (const compiler of values.compiler) {
    const command = COMMANDS[compiler];
    if (run(command[0], '--version').status !== 0) {
      console.log(`${what}: ${command[0]} is not installed`);
      continue;
    }
    const checks = new PeerChecks({ compiler, command, scratch, say: console.log });
    for (const { name, text } of sources) checks.judge(name, text);
    const { exact, unknown, wrong, unasked, held, broken, undecided, misjudged, refused } = checks.counts;
    console.log(
      `${what}, ${compiler}: ${sources.length} files, ${refused} refused; records ${exact} exact, ${unknown} unknown, ` +
        `${wrong} wrong, ${unasked} not asked; asserts ${held} held, ${broken} broken, ${undecided} unknown, ${misjudged} misjudged`,
    );
    const reasons = [...checks.reasons].sort((one, other) => other[1] - one[1]).slice(0, MOST_REASONS);
    for (const [reason, count] of reasons) console.log(`  ${count} unknown: ${reason}`);
    isWrong ||= wrong + misjudged > 0;
  }
}
process.exitCode = isWrong ? 1 : 0;
