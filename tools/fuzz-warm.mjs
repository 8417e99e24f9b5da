// Warm is cold: after each of many random changes of a tree every command prints the same bytes with what earlier runs
// kept as with an empty cache.
// usage: npm run fuzz:warm [-- --count N] [--seed N]
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const CLI = path.join(ROOT, 'dist/cli.js');
const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const links = [];
let state = Number(values.seed) >>> 0;

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-warm-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const kernel = path.join(folder, 'linux');
const outside = path.join(folder, 'outside');
const kept = path.join(folder, 'cache');
fs.cpSync(path.join(ROOT, 'demo'), kernel, { recursive: true });
fs.mkdirSync(outside);
git('init', '-q', '-b', 'one');
git('add', '-A');
git('commit', '-q', '-m', 'one');
git('branch', 'two');

const COMMANDS = [
  ['check', '--format', 'json'],
  ['check', '--all-rules', 'mm'],
  ['layout', 'page', 'folio'],
  ['layout', '--all'],
  ['layout', '--all', '--format', 'json'],
  ['uses', 'page.pgmap'],
  ['claims', 'page'],
  ['rules', '--derived'],
  ['config', 'defconfig'],
];
const all = fs
  .readdirSync(kernel, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'))
  .map((entry) => path.relative(kernel, path.join(entry.parentPath, entry.name)));
const folders = ['mm', 'include/linux', 'include/generated', 'drivers/dax', 'arch/x86'];
const originals = new Map(all.map((name) => [name, fs.readFileSync(path.join(kernel, name))]));

let differences = 0;
for (let turn = 0; turn < Number(values.count) && differences < 5; turn++) {
  const what = change();
  const command = pick(COMMANDS);
  const warm = run(command, kept);
  const cold = run(command, path.join(folder, `empty-${turn}`));
  fs.rmSync(path.join(folder, `empty-${turn}`), { recursive: true, force: true });
  if (warm !== cold) {
    differences++;
    console.log(
      `seed ${values.seed}, turn ${turn}, ${what}: ${command.join(' ')}\nwarm: ${warm.slice(0, 600)}\ncold: ${cold.slice(0, 600)}`,
    );
  }
  if (turn % 100 === 99) console.log(`${turn + 1} changes, ${differences} differences`);
}
console.log(`${values.count} changes, seed ${values.seed}: ${differences} differences`);
process.exit(differences === 0 ? 0 : 1);

/** Changes something, and says what. */
function change() {
  const name = pick(all);
  const file = path.join(kernel, name);
  const kind = below(12);
  restoreLinks();
  try {
    if (kind === 0) {
      fs.appendFileSync(file, '\n/* more */\n');
      return `${name} is longer`;
    }
    if (kind === 1) {
      // Size and time stay as they were.
      const { atime, mtime } = fs.statSync(file);
      const text = fs.readFileSync(file, 'latin1');
      const at = text.search(/[a-z]{4}/);
      fs.writeFileSync(
        file,
        text.replace(/[a-z]{4}/, (word) => [...word].reverse().join('')),
        'latin1',
      );
      fs.utimesSync(file, atime, mtime);
      return `${name} has other letters at ${at}, size and time kept`;
    }
    if (kind === 2) {
      fs.writeFileSync(file, originals.get(name));
      return `${name} is as at the start`;
    }
    if (kind === 3) {
      const target = path.join(outside, `${below(1e9)}`);
      fs.renameSync(file, target);
      fs.symlinkSync(target, file);
      links.push([file, target]);
      return `${name} is a link that leads out`;
    }
    if (kind === 4) {
      const target = `${file}.moved`;
      fs.renameSync(file, target);
      fs.symlinkSync(path.basename(target), file);
      links.push([file, target]);
      return `${name} is a link to a file beside it`;
    }
    if (kind === 5) {
      const place = path.join(kernel, pick(folders));
      const target = below(2) === 0 ? path.join(outside, `${below(1e9)}`) : `${place}.moved`;
      fs.renameSync(place, target);
      fs.symlinkSync(target, place);
      links.push([place, target]);
      return `${path.relative(kernel, place)} is a link to ${path.relative(folder, target)}`;
    }
    if (kind === 6) {
      fs.appendFileSync(path.join(kernel, '.config'), `CONFIG_X${below(3)}=y\n`);
      return '.config has another option';
    }
    if (kind === 7) {
      git('add', '-A');
      spawnSync('git', ['-C', kernel, '-c', 'user.name=o', '-c', 'user.email=o@x', 'commit', '-q', '-m', 'x']);
      git('checkout', '-q', pick(['one', 'two']));
      return 'another branch is checked out';
    }
    if (kind === 8) {
      const levels = pick([
        '{}',
        '{"levels":{"raw-pgmap":"off"}}',
        '{"overrides":[{"files":["mm"],"levels":{"raw-pgmap":"info"}}]}',
      ]);
      fs.writeFileSync(path.join(kernel, 'overlint.json'), levels);
      return `overlint.json is ${levels}`;
    }
    if (kind === 9) {
      fs.rmSync(file, { force: true });
      return `${name} is gone`;
    }
    if (kind === 10) {
      fs.mkdirSync(path.join(kernel, '.overlint'), { recursive: true });
      fs.writeFileSync(path.join(kernel, '.overlint/own.yaml'), pick(['pack: own\n', 'pack: other\n', 'pack: [\n']));
      return 'a pack is another';
    }
    fs.writeFileSync(
      path.join(kernel, 'include/linux', `new${below(3)}.h`),
      `struct new { int a[${below(9) + 1}]; };\n`,
    );
    return 'a header is new';
  } catch (error) {
    return `nothing (${error.code})`;
  }
}

/** Links are taken back before the next change, so that the tree does not end as nothing but links. */
function restoreLinks() {
  if (below(2) === 0) return;
  for (const [place, target] of links.splice(0)) {
    try {
      fs.unlinkSync(place);
      fs.renameSync(target, place);
    } catch {
      // It was removed or replaced meanwhile.
    }
  }
}

function run(words, cache) {
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    cwd: kernel,
    env,
    encoding: 'utf8',
  });
  return `exit ${status}\n${stdout}${stderr}`;
}

function git(...words) {
  execFileSync('git', ['-C', kernel, '-c', 'user.name=o', '-c', 'user.email=o@example.org', ...words], {
    stdio: 'pipe',
  });
}

/** A linear congruential generator (Numerical Recipes): the same changes for the same seed. */
function below(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

function pick(from) {
  return from[below(from.length)];
}
