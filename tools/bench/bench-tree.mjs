// Times all default rules on a whole kernel: cold beside coccinelle's one question, warm beside ripgrep, and over parts of it.
// usage: npm run bench:tree [-- --rounds N]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BUILD, DIST, KERNEL, median, needs } from './places.mjs';

const PATCH = '@@\nstruct page *p;\n@@\n- p->pgmap\n+ page_pgmap(p)\n';
const CLI = path.join(DIST, 'cli.js');
const JOBS = '2';
const BARS = { cold: 0.7, warm: 1, megabytes: 1200 };
const PARTS = [1 / 8, 1 / 4, 1 / 2, 1];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Math.max(1, Number(values.rounds) || 1);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
needs(KERNEL, BUILD, CLI, '/usr/bin/spatch', '/usr/bin/rg', '/usr/bin/time');
const semanticPatch = path.join(scratch, 'pgmap.cocci');
fs.writeFileSync(semanticPatch, PATCH);
// Nobody pays for the disk: the tree is read once before the clock runs.
spawnSync('grep', ['-rqF', 'no such text as this', KERNEL]);

const words = wordsOfRules();
const cacheFolder = path.join(scratch, 'cache');
const contestants = {
  coccinelle: () => run('spatch', ['--sp-file', semanticPatch, '--all-includes', '-j', JOBS, '--dir', '.'], KERNEL),
  'overlint, cold': () => {
    fs.rmSync(cacheFolder, { recursive: true, force: true });
    return overlint([KERNEL]);
  },
  'overlint, warm': () => overlint([KERNEL]),
  'overlint, --no-cache': () => overlint(['--no-cache', KERNEL]),
  'rg -w': () =>
    run(
      'rg',
      [
        '-lw',
        `-j${JOBS}`,
        '-uu',
        '-g',
        '*.{c,h}',
        words.map((word) => word.replace(/[^\w ]/g, '\\$&')).join('|'),
        KERNEL,
      ],
      KERNEL,
    ),
};
const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
const outputs = new Map();
let megabytes = 0;
for (let round = 0; round < rounds; round++)
  for (const [name, contest] of Object.entries(contestants)) {
    const measured = contest();
    times[name].push(measured.seconds);
    outputs.set(name, measured.stdout);
    if (name.startsWith('overlint')) megabytes = Math.max(megabytes, measured.megabytes);
  }

console.log(
  `${KERNEL}, ${os.cpus().length} cores, --jobs ${JOBS}, all default rules, median of ${rounds} rounds in turn`,
);
for (const [name, list] of Object.entries(times))
  console.log(
    `${name.padEnd(21)} ${seconds(median(list))} (${seconds(Math.min(...list))} to ${seconds(Math.max(...list))})`,
  );
const verdicts = [
  bar('cold, of the time of coccinelle', ratio('overlint, cold', 'coccinelle'), BARS.cold),
  bar(`warm, of the time of rg -w for the same ${words.length} words`, ratio('overlint, warm', 'rg -w'), BARS.warm),
  bar('peak memory of the one process, in MB', megabytes, BARS.megabytes),
];
const same =
  new Set([...outputs].filter(([name]) => name.startsWith('overlint')).map(([, output]) => output)).size === 1;
console.log(same ? 'cold, warm and --no-cache print the same bytes' : 'cold, warm and --no-cache DIFFER');

const files = sourcesIn(KERNEL);
for (const part of PARTS) {
  // Every eighth file, and so on: parts of the same mixture.
  const list = files.filter((_file, index) => index % Math.round(1 / part) === 0);
  const measured = overlint(['--no-cache', ...(part === 1 ? [KERNEL] : list)]);
  const each = (measured.seconds / list.length) * 1000;
  console.log(`${String(list.length).padStart(6)} files: ${seconds(measured.seconds)}, ${each.toFixed(3)} ms a file`);
}
const flow = median(Array.from({ length: rounds }, () => overlint(['--no-cache', 'mm']).seconds));
console.log(`mm/ with what headers say, no cache: ${seconds(flow)}`);
process.exitCode = same && verdicts.every(Boolean) ? 0 : 1;

function overlint(args) {
  const question = ['check', '--format', 'json', '--jobs', JOBS, '--kernel', KERNEL, '--build', BUILD];
  const env = { ...process.env, XDG_CACHE_HOME: cacheFolder };
  const command = ['-f', '%M', '-o', path.join(scratch, 'memory'), process.execPath, CLI, ...question, ...args];
  const measured = run('/usr/bin/time', command, KERNEL, env);
  const kilobytes = Number(fs.readFileSync(path.join(scratch, 'memory'), 'utf8').trim().split('\n').at(-1));
  return { ...measured, megabytes: kilobytes / 1024 };
}

function run(command, args, cwd, env = process.env) {
  const start = process.hrtime.bigint();
  const child = spawnSync(command, args, { cwd, env, encoding: 'latin1', maxBuffer: 1 << 28 });
  const taken = Number(process.hrtime.bigint() - start) / 1e9;
  if (child.error || (child.status !== 0 && child.status !== 1)) {
    console.error(`${command} ${args.join(' ')} failed: ${child.error?.message ?? child.stderr.slice(-2000)}`);
    process.exit(2);
  }
  return { seconds: taken, stdout: child.stdout };
}

/** The words that the scan looks for, by the product itself. */
function wordsOfRules() {
  const { stdout } = run(process.execPath, [CLI, 'rules', '--words'], scratch);
  return stdout.trim().split('\n');
}

function sourcesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[ch]$/.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function ratio(name, peer) {
  return median(times[name]) / median(times[peer]);
}

function bar(what, value, most) {
  console.log(`${what}: ${value.toFixed(2)} (the bar: at most ${most})`);
  return value <= most;
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}
