// Times layouts on Debian's headers: cold and warm, by memory, and how time grows with the number of records.
// usage: npm run bench:layout
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BUILD, DIST, needs } from './places.mjs';

const HEADERS = BUILD.replace(/amd64$/, 'common');
const CLI = path.join(DIST, 'cli.js');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

needs(HEADERS, BUILD, CLI, '/usr/bin/time');
// The disk is not what is measured: the headers are read once before the clock runs.
spawnSync('grep', ['-rqF', 'no such text as this', HEADERS, BUILD]);

console.log(`${HEADERS}, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)} before`);
console.log('seconds by the clock, and of processor time; the bars are for two idle cores');

const few = pair('layout page folio', ['page', 'folio'], 'cold at most 2 s, warm 0.3 s');
const all = pair('layout --all', ['--all', '--format', 'json'], 'cold at most 15 s, warm 3 s, under 1,500 MB');

console.log('\nrecords   cold s   processor s   MB');
// Names in the order of their headers, so that a larger set holds the smaller ones.
const names = [
  ...new Set(
    all.stdout
      .trim()
      .split('\n')
      .map((line) => `${JSON.parse(line).kind} ${JSON.parse(line).name}`),
  ),
];
for (const count of [100, 300, 600, 1200, 2400, 4800]) {
  const step = names.length / count;
  const chosen = Array.from({ length: count }, (_, index) => names[Math.floor(index * step)]);
  const { seconds, processor, megabytes } = run(['--format', 'json', ...chosen], `grow-${count}`);
  console.log(
    `${String(count).padStart(7)} ${seconds.toFixed(2).padStart(8)} ${processor.toFixed(2).padStart(13)} ${String(megabytes).padStart(4)}`,
  );
}
console.log(`load ${os.loadavg()[0].toFixed(1)} after`);
process.exitCode = few.cold && all.cold ? 0 : 1;

/** Runs a question cold and then warm, and prints both. */
function pair(title, args, bar) {
  const cold = run(args, title);
  const warm = [1, 2, 3].map(() => run(args, title)).sort((a, b) => a.seconds - b.seconds)[1];
  console.log(`\n${title} (${bar})`);
  for (const [name, { seconds, processor, megabytes }] of Object.entries({ cold, warm }))
    console.log(`  ${name} ${seconds.toFixed(2)} s, processor ${processor.toFixed(2)} s, ${megabytes} MB`);
  return { cold: cold.status === 0, stdout: cold.stdout };
}

/** One run with a cache of its own; memory is the peak of the whole process, worker threads included. */
function run(args, cache) {
  const report = path.join(scratch, 'time');
  const tree = ['--kernel', HEADERS, '--build', BUILD];
  const began = performance.now();
  const timed = ['-o', report, '-f', '%U %S %M', process.execPath, CLI, 'layout', ...args, ...tree];
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/time', timed, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, XDG_CACHE_HOME: path.join(scratch, cache.replace(/\W/g, '')) },
  });
  const seconds = (performance.now() - began) / 1000;
  if (error || status === null || status > 1) {
    console.error(error?.message ?? stderr);
    process.exit(2);
  }
  const [user, system, kilobytes] = fs.readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { status: 0, stdout, seconds, processor: user + system, megabytes: Math.round(kilobytes / 1024) };
}
