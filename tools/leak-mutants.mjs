// Takes the clearing of records out of a kernel's own code, one at a time, and asks whether hole-leak reports each at its sink.
// usage: node tools/leak-mutants.mjs --kernel DIR --build DIR [--most N] [--list] [--file PATH …]
// A mutant is a local record that is cleared (memset() or `= {}`), has holes, leaves by copy_to_user() or nla_put() and the like
// under its own size, and whose address goes nowhere else. The change is a patch that is applied in memory: no file is written.
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
    file: { type: 'string', multiple: true, default: [] },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist/cli.js');
const where = ['--kernel', values.kernel, '--build', values.build];
const SINKS = 'copy_to_user|nla_put|nla_put_64bit|copy_to_sockptr|put_cmsg|copy_to_iter|memcpy_to_msg|ib_copy_to_udata';
const CLEARED = /^\t+memset\(&(\w+), 0, sizeof\((?:\1|struct \w+)\)\);$|^\t+struct (\w+) (\w+) = \{ ?0? ?\};$/;

const files = values.file.length ? values.file : listed();
const mutants = files.flatMap(mutantsOf);
const padded = paddedTags([...new Set(mutants.map(({ tag }) => tag))]);
const chosen = mutants.filter(({ tag }) => padded.has(tag)).slice(0, Number(values.most));
let exact = 0;
for (const mutant of chosen) {
  const said = findingsOf(mutant);
  const isExact = said.length === 1 && said[0] === mutant.sink;
  if (isExact) exact++;
  if (values.list || !isExact)
    console.log(`${isExact ? 'found ' : 'missed'} ${mutant.file}:${mutant.sink} ${mutant.name} (struct ${mutant.tag})${isExact ? '' : ` said: ${said.join(' ') || 'nothing'}`}`);
}
console.log(`mutants ${chosen.length}, found exactly ${exact}`);

function listed() {
  const found = spawnSync('grep', ['-rlE', `(${SINKS})\\(`, '--include=*.c', 'net', 'drivers', 'fs', 'kernel', 'sound', 'block', 'crypto'], {
    cwd: values.kernel,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
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
      const sinks = body.flatMap((one, index) => (new RegExp(`\\b(?:${SINKS})\\(.*&${name}\\b(?!\\.)`).test(one) ? [index] : []));
      const text = body.filter((_, index) => index !== at && !sinks.includes(index)).join('\n');
      const isElsewhere = new RegExp(`&${name}\\b|\\b${name}\\b(?![.\\w;])|\\b${name}\\.\\w+\\)|${name} =`).test(text.replace(new RegExp(`sizeof\\(${name}\\)|struct \\w+ ${name}\\b`, 'g'), ''));
      if (!tag || sinks.length !== 1 || isElsewhere || sinks[0] < at) continue;
      found.push({ file, name, tag, line: start + at, sink: start + sinks[0] + 1, lines, isInitializer: cleared[2] !== undefined });
    }
    start = end + 1;
  }
  return found;
}

/** The tags of records with holes or padding on the configured target. */
function paddedTags(tags) {
  const names = tags.map((tag) => `struct ${tag}`);
  const run = spawnSync(process.execPath, [cli, 'layout', ...names, '--format', 'json', ...where], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const padded = new Set();
  for (const line of (run.stdout ?? '').trim().split('\n').filter(Boolean)) {
    const layout = JSON.parse(line);
    const end = Math.max(0, ...(layout.members ?? []).map(({ offsetBits, sizeBits }) => offsetBits + sizeBits));
    if (layout.status === 'exact' && ((layout.holes ?? []).length > 0 || end < layout.size * 8)) padded.add(layout.name.replace(/^struct /, ''));
  }
  return padded;
}

/** The lines that hole-leak reports once the clearing is gone. */
function findingsOf({ file, line, lines, isInitializer }) {
  const changed = isInitializer ? lines[line].replace(/ = \{.*\};/, ';') : '\t;';
  const patch = `--- a/${file}\n+++ b/${file}\n@@ -${line + 1},1 +${line + 1},1 @@\n-${lines[line]}\n+${changed}\n`;
  const run = spawnSync(process.execPath, [cli, 'check', ...where, '--patch', '-', '--rule', 'hole-leak', '--changed-files-only', '--format', 'json'], {
    input: Buffer.from(patch, 'latin1'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  try {
    return JSON.parse(run.stdout).findings.map(({ line: at }) => at);
  } catch {
    return [`error ${run.stderr.slice(0, 100)}`];
  }
}
