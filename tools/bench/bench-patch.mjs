// Times the check of a one-line patch on a whole kernel, beside clang's -fsyntax-only of the same file: cold, warm (the same
// command again) and for the next edit of that file, whose text no run has seen.
// usage: npm run bench:patch [-- --rounds N]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { kernelFlags } from './kernel-flags.mjs';
import { BUILD, DIST, KERNEL, median, needs } from './places.mjs';

const CLI = path.join(DIST, 'cli.js');
const CLANG = '/usr/bin/clang-19';
/** Of clang's time. */
const BAR = 0.8;
const FILES = ['mm/memory.c', 'net/core/skbuff.c', 'fs/ext4/inode.c'];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Math.max(1, Number(values.rounds) || 1);
needs(KERNEL, BUILD, CLI, CLANG);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const cacheFolder = path.join(scratch, 'cache');
const patchFile = path.join(scratch, 'one.patch');

console.log(
  `${KERNEL}, ${os.cpus().length} cores, all default rules, one line added, median of ${rounds} rounds in turn`,
);
const verdicts = [];
for (const file of FILES) {
  const times = { clang: [], cold: [], warm: [], edit: [] };
  for (let round = 0; round < rounds; round++) {
    times.clang.push(
      run(CLANG, ['-fsyntax-only', ...kernelFlags(KERNEL, BUILD, file), path.join(KERNEL, file)], BUILD),
    );
    fs.rmSync(cacheFolder, { recursive: true, force: true });
    times.cold.push(checkPatch(file, `overlint_first_${round}`));
    times.warm.push(checkPatch(file, `overlint_first_${round}`));
    times.edit.push(checkPatch(file, `overlint_next_${round}`));
  }
  const [clang, ...own] = Object.values(times).map(median);
  const [cold, warm, edit] = own.map((taken) => `${seconds(taken)} (${(taken / clang).toFixed(2)} of it)`);
  console.log(`${file}: clang ${seconds(clang)}, cold ${cold}, warm ${warm}, next edit ${edit}`);
  verdicts.push(own[1] <= BAR * clang);
}
console.log(`the bar: warm at most ${BAR} of clang`);
process.exitCode = verdicts.every(Boolean) ? 0 : 1;

/** Seconds for the check of a patch that adds one call to one function. */
function checkPatch(file, name) {
  fs.writeFileSync(patchFile, patchOf(file, `\t${name}();`));
  const question = ['check', '--patch', patchFile, '--kernel', KERNEL, '--build', BUILD, '--jobs', '2'];
  return run(process.execPath, [CLI, ...question], KERNEL, { ...process.env, XDG_CACHE_HOME: cacheFolder });
}

/** Adds a line before the first plain `return` in the second half of a file. */
function patchOf(file, line) {
  const lines = fs.readFileSync(path.join(KERNEL, file), 'latin1').split('\n');
  const at = lines.findIndex((text, index) => index > lines.length / 2 && /^\treturn\b.*;$/.test(text));
  const [from, to] = [at - 3, at + 3];
  const hunk = [
    ...lines.slice(from, at).map((text) => ` ${text}`),
    `+${line}`,
    ...lines.slice(at, to).map((text) => ` ${text}`),
  ];
  return `--- a/${file}\n+++ b/${file}\n@@ -${from + 1},6 +${from + 1},7 @@\n${hunk.join('\n')}\n`;
}

function run(command, args, cwd, env = process.env) {
  const start = process.hrtime.bigint();
  const child = spawnSync(command, args, { cwd, env, encoding: 'latin1', maxBuffer: 1 << 28 });
  const taken = Number(process.hrtime.bigint() - start) / 1e9;
  if (child.error || child.status !== 0) {
    console.error(`${command} ${args.join(' ')} failed: ${child.error?.message ?? child.stderr.slice(-2000)}`);
    process.exit(2);
  }
  return taken;
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}
