/**
 * Compares `overlint layout` with gcc and clang on small probes of C that kernels hardly use: `npm run test:probes`.
 *
 * tools/layout-probes/*.h hold a probe a paragraph; `$` is the probe's number, and records whose tags begin with P or Q
 * are compared: size, alignment and the offset and size of each member. A probe is right where it is exact as the
 * compiler has it, wrong where it says anything else or lays out what no compiler takes.
 *
 *   node tools/layout-probes.mjs [--bin dist/cli.js] [--probes DIR] [--only KIND] [--target NAME]… [--list] [--show N]
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    bin: { type: 'string', default: path.join(ROOT, 'dist/cli.js') },
    probes: { type: 'string', default: path.join(ROOT, 'tools/layout-probes') },
    only: { type: 'string', default: '' },
    target: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    show: { type: 'string' },
  },
});

/** What stands for each target: the architecture as --arch names it, gcc's name and clang's triple. */
const TARGETS = {
  x86_64: ['x86_64-linux-gnu-gcc', 'x86_64-linux-gnu'],
  i386: ['i686-linux-gnu-gcc', 'i386-linux-gnu'],
  arm: ['arm-linux-gnueabi-gcc', 'arm-linux-gnueabi'],
  arm64: ['aarch64-linux-gnu-gcc', 'aarch64-linux-gnu'],
  riscv: ['riscv64-linux-gnu-gcc', 'riscv64-linux-gnu'],
  s390: ['s390x-linux-gnu-gcc', 's390x-linux-gnu'],
  m68k: ['m68k-linux-gnu-gcc', undefined],
};
const STANDARDS = ['gnu11', 'gnu2x'];
/** As a kernel's Makefile has them. */
const FLAGS = ['-w', '-funsigned-char', '-fno-PIE', '-S', '-O1', '-o', '-'];

const probes = fs
  .readdirSync(values.probes)
  .filter((name) => name.endsWith('.h') && name.includes(values.only))
  .flatMap((name) =>
    fs
      .readFileSync(path.join(values.probes, name), 'utf8')
      .trim()
      .split(/\n\n+/)
      .map((text, index) => {
        const number = `${name.slice(0, 2)}${String(index).padStart(3, '0')}`;
        const c = `${text.replaceAll('$', number)}\n`;
        return { number, c, kind: name.replace('.h', ''), tags: tagsOf(c) };
      }),
  );
if (values.show !== undefined) {
  for (const { number, c } of probes) if (number === values.show) process.stdout.write(c);
  process.exit();
}

/** The records of a probe that are compared, as `struct P01002`. */
function tagsOf(c) {
  const found = [...c.matchAll(/\b(struct|union)\b[^;{}]*?\b([PQ]\d{5})\b/g)].map(([, kind, tag]) => `${kind} ${tag}`);
  return [...new Set(found)];
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-probes-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

/** A kernel tree that holds nothing but the probes, a header each. */
function bareTree(compiler) {
  const root = fs.mkdtempSync(path.join(scratch, 'tree-'));
  const put = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  };
  const version = compiler === 'gcc' ? 'CONFIG_GCC_VERSION=120200' : 'CONFIG_CLANG_VERSION=190107';
  put('Makefile', 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION =\n');
  put('Kconfig', 'mainmenu "case"\n');
  put('Kbuild', '');
  put('.config', `CONFIG_CC_IS_${compiler.toUpperCase()}=y\n${version}\n`);
  put('include/generated/autoconf.h', `#define CONFIG_CC_IS_${compiler.toUpperCase()} 1\n`);
  put('include/linux/kconfig.h', '#include <generated/autoconf.h>\n');
  for (const name of ['compiler_types.h', 'compiler-version.h']) put(`include/linux/${name}`, '');
  put('include/linux/mm_types.h', 'struct page { unsigned long flags; };\n');
  for (const arch of ['x86', 'arm', 'arm64', 'riscv', 's390', 'm68k'])
    put(`arch/${arch}/Kconfig`, 'config ANY\n\tdef_bool y\n');
  for (const { number, c } of probes) put(`include/linux/p${number}.h`, c);
  return root;
}

/** Our layouts by tag. */
function ours(root, arch) {
  const words = ['layout', '--all', '--format', 'json', '--no-cache', '--kernel', root, '--arch', arch];
  const run = spawnSync(process.execPath, [values.bin, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status === 2 || run.stdout === '') throw new Error(run.stderr);
  return new Map(
    run.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .map((record) => [`${record.kind} ${record.name}`, record]),
  );
}

/** Compilers' answers of earlier runs. */
const KEPT = path.join(ROOT, '.cache/layout-probes.json');
const kept = fs.existsSync(KEPT) ? JSON.parse(fs.readFileSync(KEPT, 'utf8')) : {};

const run = (command) =>
  new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.on('error', () => resolve({ text: '', status: -1 }));
    child.on('close', (status) => resolve({ text, status }));
  });

/** What a compiler says of questions about a probe: numbers, or undefined for those that it refuses. */
async function asked(command, { number, c }, questions) {
  const body = questions.map(
    (one, index) => `asm volatile("\\n.ascii \\"@@ ${index} %0 @@\\"" :: "i"((long)(${one})));`,
  );
  const source = `${c}\n#pragma pack()\nvoid use${number}(void) {\n${body.join('\n')}\n}\n`;
  const key = createHash('sha1')
    .update(`${[...command, ...FLAGS].join(' ')}\n${source}`)
    .digest('hex')
    .slice(0, 16);
  if (key in kept) return kept[key];
  const file = path.join(scratch, `${key}.c`);
  const root = path.join(scratch, 'empty');
  fs.mkdirSync(path.join(root, 'linux'), { recursive: true });
  fs.writeFileSync(path.join(root, 'linux/compiler_types.h'), '');
  fs.writeFileSync(file, source);
  let answer = null;
  for (const standard of STANDARDS) {
    const { text, status } = await run([...command, `-std=${standard}`, ...FLAGS, `-I${root}`, file]);
    if (status !== 0) continue;
    const found = [...text.matchAll(/@@ (\d+) [$#]?(-?\d+) @@/g)];
    answer = questions.map((_, index) => Number(found.find((one) => Number(one[1]) === index)?.[2] ?? Number.NaN));
    break;
  }
  fs.rmSync(file);
  kept[key] = answer;
  return answer;
}

/** The questions whose answers a layout of ours gives, with those. */
function questionsOf(tag, record) {
  const questions = [
    [`sizeof(${tag})`, record?.size],
    // GNU's: C11's has a limit of gcc's own for large vectors.
    [`__alignof__(${tag})`, record?.align],
  ];
  for (const { name, offsetBits, sizeBits, bitfield } of record?.members ?? []) {
    if (bitfield || name === undefined || name === null || name === '') continue;
    questions.push([`__builtin_offsetof(${tag}, ${name})`, offsetBits / 8]);
    if (sizeBits > 0) questions.push([`sizeof(((${tag} *)0)->${name})`, sizeBits / 8]);
  }
  return questions;
}

const counts = { exact: 0, unknown: 0, wrong: 0, refused: 0, unjudged: 0 };
const byProbe = new Map();
const note = (probe, what, label, detail) => {
  counts[what]++;
  if (what === 'exact' || what === 'refused') return;
  const key = `${what.toUpperCase()} ${probe.kind} ${probe.number}`;
  if (!byProbe.has(key)) byProbe.set(key, { probe, lines: [] });
  byProbe.get(key).lines.push(`${label}: ${detail}`);
};

/** @param command The configured compiler. @param other The other one, whose word counts where that one refuses. */
async function judge(probe, tag, record, command, other, label) {
  const exact = record?.status === 'exact';
  const questions = questionsOf(tag, exact ? record : undefined);
  const expressions = questions.map(([expression]) => expression);
  const answer =
    (await asked(command, probe, expressions)) ?? (other && exact && (await asked(other, probe, expressions)));
  if (!answer) {
    // What a newer compiler takes, as clang for another target does, can't be judged by an older gcc.
    const isTaken = !other && (await asked(['clang-19'], probe, expressions.slice(0, 2))) !== null;
    if (isTaken) counts.unjudged++;
    else if (exact) note(probe, 'wrong', label, `size ${record.size} of what is refused`);
    else counts.refused++;
    return;
  }
  if (!exact) return note(probe, 'unknown', label, record?.reason ?? 'missing');
  const differences = questions.flatMap(([expression, said], index) =>
    answer[index] === said ? [] : [`${expression} is ${answer[index]}, not ${said}`],
  );
  note(probe, differences.length > 0 ? 'wrong' : 'exact', label, differences.join('; '));
}

const wanted = Object.keys(TARGETS).filter((name) => values.target.length === 0 || values.target.includes(name));
for (const compiler of ['gcc', 'clang']) {
  const root = bareTree(compiler);
  for (const arch of wanted) {
    const [gcc, triple] = TARGETS[arch];
    const byClang = triple && ['clang-19', `--target=${triple}`];
    const [command, other] = compiler === 'gcc' ? [[gcc], byClang] : [byClang, [gcc]];
    if (command === undefined || spawnSync(command[0], ['--version']).status !== 0) continue;
    const records = ours(root, arch);
    const jobs = probes.flatMap((probe) => probe.tags.map((tag) => ({ probe, tag })));
    let next = 0;
    const worker = async () => {
      while (next < jobs.length) {
        const { probe, tag } = jobs[next++];
        await judge(probe, tag, records.get(tag), command, other, `${compiler} ${arch}`);
      }
    };
    await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  }
}
fs.mkdirSync(path.dirname(KEPT), { recursive: true });
fs.writeFileSync(KEPT, JSON.stringify(kept));

for (const [key, { probe, lines }] of [...byProbe].sort()) {
  if (!values.list && !key.startsWith('WRONG')) continue;
  console.log(`${key}: ${probe.c.trim().replaceAll('\n', ' / ')}`);
  const grouped = Map.groupBy ? Map.groupBy(lines, (line) => line.replace(/^[^:]*: /, '')) : group(lines);
  for (const [detail, which] of grouped)
    console.log(`    ${which.map((line) => line.split(':')[0]).join(', ')}: ${detail}`);
}

function group(lines) {
  const found = new Map();
  for (const line of lines) {
    const detail = line.replace(/^[^:]*: /, '');
    found.set(detail, [...(found.get(detail) ?? []), line]);
  }
  return found;
}

const judged = counts.exact + counts.unknown + counts.wrong;
console.log(
  `${probes.length} probes: ${judged} layouts judged, ${counts.exact} exact (${((100 * counts.exact) / judged).toFixed(1)} %), ` +
    `${counts.unknown} unknown, ${counts.wrong} wrong; ${counts.refused} refused by the compiler and by us`,
);
process.exit(counts.wrong > 0 ? 1 : 0);
