// Kills `overlint check --fix` at random moments: every source must be old or new and whole, and the next run right.
// usage: npm run fuzz:kill [-- --count N] [--seed N]
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const CLI = path.join(process.env.OVERLINT_BUNDLES ?? path.join(ROOT, 'dist'), 'cli.js');
const DEMO = fs.realpathSync(path.join(ROOT, 'demo'));
const { values } = parseArgs({
  options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-kill-')));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const kernel = path.join(scratch, 'kernel');
const names = fs.readdirSync(DEMO, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[ch]$/.test(name));
const read = (name) => fs.readFileSync(path.join(kernel, name), 'latin1');
let state = Number(values.seed) >>> 0;

startAnew();
const old = new Map(names.map((name) => [name, read(name)]));
// The fastest of three: later kills are to come before the end, not after it.
let whole = Number.POSITIVE_INFINITY;
for (let run = 0; run < 3; run++) {
  startAnew();
  const started = performance.now();
  check('--fix', '--no-cache');
  whole = Math.min(whole, performance.now() - started);
}
const fixed = new Map(names.map((name) => [name, read(name)]));
const changed = names.filter((name) => old.get(name) !== fixed.get(name));
if (changed.length === 0) throw new Error('nothing was fixed, so that nothing is tried');

const failures = [];
const seen = { old: 0, new: 0, mixed: 0 };
for (let kill = 0; kill < Number(values.count); kill++) {
  startAnew();
  // The store of the runs that were killed before stays, except now and then, so that it is written, too.
  if (kill % 4 === 0) fs.rmSync(path.join(scratch, 'cache'), { recursive: true, force: true });
  const delay = random() * whole * 1.1;
  // Three of five come as soon as one of the files is another one: between two renames.
  await (kill % 5 < 2 ? killedAfter(delay) : killedBetween());
  const states = changed.map((name) =>
    read(name) === old.get(name) ? 'old' : read(name) === fixed.get(name) ? 'new' : 'torn',
  );
  if (states.includes('torn'))
    failures.push(`kill ${kill} after ${delay.toFixed(0)} ms: ${changed[states.indexOf('torn')]} is torn`);
  seen[new Set(states).size > 1 ? 'mixed' : states[0]]++;
  if (names.some((name) => !changed.includes(name) && read(name) !== old.get(name)))
    failures.push(`kill ${kill}: another file changed`);
  if (check() !== check('--no-cache'))
    failures.push(`kill ${kill} after ${delay.toFixed(0)} ms: the next run is wrong`);
}
for (const failure of failures) console.log(failure);
console.log(
  `${values.count} kills within ${whole.toFixed(0)} ms, seed ${values.seed}: ${failures.length} failures; ` +
    `files were all old ${seen.old} times, all new ${seen.new}, some of each ${seen.mixed}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;

function startAnew() {
  fs.rmSync(kernel, { recursive: true, force: true });
  fs.cpSync(DEMO, kernel, { recursive: true });
}

function command(args) {
  return [CLI, 'check', '--format', 'json', '--jobs', '2', ...args];
}

function environment() {
  return { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache') };
}

function check(...args) {
  const { stdout, status } = spawnSync(process.execPath, command(args), {
    cwd: kernel,
    env: environment(),
    encoding: 'latin1',
  });
  if (status !== 0 && status !== 1) failures?.push(`check ended with ${status}`);
  return stdout;
}

/** Runs with `--fix`, and kills it after so many milliseconds, wherever it is. */
function killedAfter(delay) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command(['--fix']), { cwd: kernel, env: environment(), stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Runs with `--fix`, and kills it once the first file was replaced. */
function killedBetween() {
  return new Promise((resolve) => {
    const inodes = changed.map((name) => fs.statSync(path.join(kernel, name)).ino);
    const child = spawn(process.execPath, command(['--fix']), { cwd: kernel, env: environment(), stdio: 'ignore' });
    let hasEnded = false;
    const look = () => {
      if (hasEnded) return;
      const isReplaced = changed.some((name, at) => {
        return fs.statSync(path.join(kernel, name), { throwIfNoEntry: false })?.ino !== inodes[at];
      });
      if (isReplaced) child.kill('SIGKILL');
      else setImmediate(look);
    };
    look();
    child.on('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
}

/** From 0 to 1, repeatable (mulberry32). */
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
