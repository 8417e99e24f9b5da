// Takes the clearing of records out of a kernel's own code, one at a time, and asks whether hole-leak reports each at its sink.
// usage: node tools/leak-mutants.mjs --kernel DIR --build DIR --scratch DIR [--most N] [--list] [--line FILE:LINE …]
// A mutant is a local record that is cleared (memset() or `= {}`), has holes, leaves by copy_to_user() or nla_put() and the like
// under its own size, and whose address goes nowhere else. With --line the clearings on these lines are taken out instead, and all
// that is found in the files is told. The scratch folder becomes a copy of the kernel by hard links: `cp -al`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    kernel: { type: 'string' },
    build: { type: 'string' },
    most: { type: 'string', default: '40' },
    list: { type: 'boolean', default: false },
    scratch: { type: 'string' },
    line: { type: 'string', multiple: true, default: [] },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(process.env.OVERLINT_BUNDLES ?? path.join(root, 'dist'), 'cli.js');
const where = ['--kernel', values.kernel, '--build', values.build];
const SINKS =
  'copy_to_user|nla_put|nla_put_64bit|copy_to_sockptr|put_cmsg|copy_to_iter|memcpy_to_msg|ib_copy_to_udata|nla_put_nohdr|__copy_to_user|simple_read_from_buffer|copy_to_bpfptr_offset|copy_to_bpfptr';
const CLEARED =
  /^\t+memset\(&(\w+), 0(?:x0+)?, sizeof ?\(?(?:\1|struct \w+)\)?\);|^\t+struct (\w+) (\w+) = \{ ?(?:0,?)? ?\};/;

if (!fs.existsSync(values.scratch)) spawnSync('cp', ['-al', values.kernel, values.scratch]);
const mutants =
  values.line.length > 0
    ? values.line.map(asMutant)
    : paddedOf(listed().flatMap(mutantsOf)).slice(0, Number(values.most));
let exact = 0;
// One mutant of a file at a time, so that findings are told apart.
for (let left = mutants; left.length > 0; ) {
  const round = left.filter(({ file }, index) => left.findIndex((other) => other.file === file) === index);
  left = left.filter((mutant) => !round.includes(mutant));
  const said = findingsOf(round);
  for (const mutant of round) {
    const found = said.filter(({ file, line }) => file === mutant.file && line !== undefined);
    const before = mutant.known ?? [];
    const lines = found.map(({ line }) => line).filter((line) => !before.includes(line));
    const isExact = lines.length === 1 && (mutant.sink === undefined || lines[0] === mutant.sink);
    if (isExact) exact++;
    if (values.list || !isExact)
      console.log(
        `${isExact ? 'found ' : 'missed'} ${mutant.file}:${mutant.line + 1} ${mutant.name ?? ''} said at: ${lines.join(' ') || 'nothing'}`,
      );
  }
}
console.log(`mutants ${mutants.length}, found exactly ${exact}`);

function asMutant(place) {
  const [file, line] = place.split(':');
  const lines = fs.readFileSync(path.join(values.kernel, file), 'latin1').split('\n');
  return { file, line: Number(line) - 1, lines, isInitializer: / = \{/.test(lines[Number(line) - 1]) };
}

function listed() {
  const found = spawnSync(
    'grep',
    ['-rlE', `(${SINKS})\\(`, '--include=*.c', 'net', 'drivers', 'fs', 'kernel', 'sound', 'block', 'crypto'],
    {
      cwd: values.kernel,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  return found.stdout.trim().split('\n').sort();
}

/** The clearings of a file that may be taken out, with the line of the one sink behind. */
function mutantsOf(file) {
  const lines = fs.readFileSync(path.join(values.kernel, file), 'latin1').split('\n');
  const found = [];
  let start = 0;
  for (let end = 0; end < lines.length; end++) {
    if (lines[end] !== '}') continue;
    const body = lines.slice(start, end);
    for (const [at, line] of body.entries()) {
      const cleared = CLEARED.exec(line);
      if (!cleared) continue;
      const name = cleared[1] ?? cleared[3];
      const tag = cleared[2] ?? new RegExp(`struct (\\w+) ${name};`).exec(body.join('\n'))?.[1];
      const sinks = body.flatMap((one, index) => {
        if (!new RegExp(`\\b(?:${SINKS})\\(`).test(one)) return [];
        const end = endOfCall(body, index);
        const call = body.slice(index, end).join(' ');
        return new RegExp(`\\b(?:${SINKS})\\(.*&${name}\\b(?!\\.)`).test(call) ? [{ index, end }] : [];
      });
      const isSink = (index) => sinks.some((sink) => index >= sink.index && index < sink.end);
      const text = body.filter((_, index) => index !== at && !isSink(index)).join('\n');
      const isElsewhere = new RegExp(`&${name}\\b|\\b${name}\\b(?![.\\w;])|\\b${name}\\.\\w+\\)|${name} =`).test(
        text.replace(new RegExp(`sizeof\\(${name}\\)|struct \\w+ ${name}\\b`, 'g'), ''),
      );
      if (!tag || sinks.length !== 1 || isElsewhere || sinks[0].index < at) continue;
      found.push({
        file,
        name,
        tag,
        line: start + at,
        sink: start + sinks[0].index + 1,
        lines,
        isInitializer: cleared[2] !== undefined,
      });
    }
    start = end + 1;
  }
  return found;
}

/** The index behind the lines of a call that begins on a line. */
function endOfCall(lines, from) {
  let depth = 0;
  for (let index = from; index < Math.min(lines.length, from + 8); index++) {
    for (const [bracket] of lines[index].matchAll(/[()]/g)) depth += bracket === '(' ? 1 : -1;
    if (depth <= 0) return index + 1;
  }
  return from + 1;
}

/** The mutants whose records have holes or padding on the configured target. */
function paddedOf(mutants) {
  const run = spawnSync(process.execPath, [cli, 'layout', '--all', '--format', 'json', ...where], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const padded = new Set();
  for (const line of (run.stdout ?? '').trim().split('\n').filter(Boolean)) {
    const layout = JSON.parse(line);
    const end = Math.max(0, ...(layout.members ?? []).map(({ offsetBits, sizeBits }) => offsetBits + sizeBits));
    if (layout.status === 'exact' && ((layout.holes ?? []).length > 0 || end < layout.size * 8))
      padded.add(layout.name);
  }
  return mutants.filter(({ tag }) => padded.has(tag));
}

/** What hole-leak reports once these clearings are gone. */
function findingsOf(round) {
  for (const { file, line, lines, isInitializer } of round) {
    const changed = isInitializer ? lines[line].replace(/ = \{.*\};/, ';') : '\t;';
    const text = lines.map((one, index) => (index === line ? changed : one)).join('\n');
    fs.rmSync(path.join(values.scratch, file));
    fs.writeFileSync(path.join(values.scratch, file), text, 'latin1');
  }
  const targets = round.map(({ file }) => path.join(values.scratch, file));
  const flags = [
    '--kernel',
    values.scratch,
    '--build',
    values.build,
    '--rule',
    'hole-leak',
    '--no-cache',
    '--format',
    'json',
  ];
  const run = spawnSync(process.execPath, [cli, 'check', ...flags, ...targets], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  for (const { file, lines } of round) fs.writeFileSync(path.join(values.scratch, file), lines.join('\n'), 'latin1');
  return JSON.parse(run.stdout).findings;
}
