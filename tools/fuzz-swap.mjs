// Folders of a tree become links that lead out of it, and folders again, at random moments while `check --fix` and the server
// work: nothing of outside may be shown, and nothing outside may be written.
// usage: npm run fuzz:swap [-- --count N] [--seed N]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const CLI = path.join(process.env.OVERLINT_BUNDLES ?? path.join(ROOT, 'dist'), 'cli.js');
const { values } = parseArgs({
  options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.count);
const { LanguageClient } = await bundled(path.join(ROOT, 'server/src/testing/language-client.ts'));
let state = Number(values.seed) >>> 0;

const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-swap-')));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const kernel = path.join(scratch, 'linux');
const outside = path.join(scratch, 'outside');
/** Stands in every file outside, and nowhere else. */
const SECRET = 'swordfish';
const FOLDERS = ['mm', 'include/linux', 'drivers/dax'];

fs.cpSync(path.join(ROOT, 'demo'), outside, { recursive: true });
for (const name of filesIn(outside))
  fs.writeFileSync(path.join(outside, name), hidden(fs.readFileSync(path.join(outside, name), 'latin1')), 'latin1');
// Links to a second kernel tree are followed on purpose: distributions split headers so. This is none.
fs.rmSync(path.join(outside, 'Makefile'));
const before = snapshot();
const failures = [];

const cli = await swappedWhile('command line', async () => {
  fs.rmSync(kernel, { recursive: true, force: true });
  fs.cpSync(path.join(ROOT, 'demo'), kernel, { recursive: true });
  return checkAndFix;
});
const server = await swappedWhile('server', async () => {
  const client = await LanguageClient.spawned([process.execPath, CLI, 'lsp', '--stdio'], {
    folder: kernel,
    section: { kernel },
  });
  const names = filesIn(kernel).filter((name) => name.endsWith('.c'));
  const texts = new Map(names.map((name) => [name, fs.readFileSync(path.join(kernel, name), 'utf8')]));
  const uris = new Map(names.map((name) => [name, client.open(path.join(kernel, name), texts.get(name))]));
  return () => askServer(client, names, texts, uris);
});

for (const failure of [...new Set(failures)].slice(0, 10)) console.log(failure);
const now = snapshot();
const written = [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name));
for (const name of written) console.log(`outside/${name} was written`);
console.log(
  `${cli} swaps under check --fix, ${server} under the server, seed ${values.seed}: ` +
    `${failures.length} times something of outside was shown, ${written.length} files outside written`,
);
process.exit(failures.length + written.length === 0 ? 0 : 1);

/** Makes the swaps while what `prepare` gives is done again and again; how many there were. */
async function swappedWhile(what, prepare) {
  const work = await prepare();
  let swaps = 0;
  while (swaps < wanted) {
    let isDone = false;
    const working = work().then((shown) => {
      isDone = true;
      for (const text of shown)
        if (text.includes(SECRET))
          failures.push(`${what}: ${text.slice(Math.max(0, text.indexOf(SECRET) - 200)).slice(0, 400)}`);
    });
    while (!isDone) {
      const folder = FOLDERS[below(FOLDERS.length)];
      await pause(below(40));
      fs.renameSync(path.join(kernel, folder), path.join(scratch, 'aside'));
      fs.symlinkSync(path.join(outside, folder), path.join(kernel, folder));
      swaps++;
      await pause(below(25));
      fs.unlinkSync(path.join(kernel, folder));
      fs.renameSync(path.join(scratch, 'aside'), path.join(kernel, folder));
    }
    await working;
  }
  return swaps;
}

/** What one run prints. */
function checkAndFix() {
  const env = { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache') };
  const words = [CLI, 'check', '--all-rules', '--fix', '--unsafe-fixes', '--format', 'json', '--jobs', '2'];
  const child = spawn(process.execPath, words, { cwd: kernel, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
  return new Promise((resolve) => child.on('close', () => resolve([text])));
}

/** What the server answers and publishes. */
async function askServer(client, names, texts, uris) {
  const name = names[below(names.length)];
  const uri = uris.get(name);
  const text = texts.get(name);
  client.change(uri, below(2) ? text : `${text}\n`);
  client.notify('workspace/didChangeWatchedFiles', {
    changes: filesIn(outside).map((each) => ({ uri: pathToFileURL(path.join(kernel, each)).href, type: 2 })),
  });
  const words = [...text.matchAll(/->(\w+)/g)];
  const at = words.length === 0 ? 0 : words[below(words.length)].index + 2;
  const line = text.slice(0, at).split('\n').length - 1;
  const position = { line, character: at - text.lastIndexOf('\n', at - 1) - 1 };
  const answers = await Promise.allSettled([
    client.hover(uri, position),
    client.request('textDocument/codeLens', { textDocument: { uri } }),
    client.request('overlint/layoutText', { uri, record: 'page', form: 'text' }),
    client.request('overlint/uses', { uri, record: 'page', member: 'pgmap' }),
  ]);
  return [...answers, ...client.published.values()].map((answer) => JSON.stringify(answer, withMessages));
}

function withMessages(_key, value) {
  return value instanceof Error ? value.message : value;
}

/** The same findings with members, comments and names that stand nowhere else. */
function hidden(text) {
  return text
    .replace(/\/\* /g, `/* ${SECRET} `)
    .replace(/^struct (\w+) \{/gm, `struct $1 {\n\tint ${SECRET};`)
    .replace(/^(\w[\w ]*[ *])(\w+)(\([^;{]*\)\n\{)/gm, `$1${SECRET}_$2$3`);
}

function snapshot() {
  return new Map(filesIn(outside).map((name) => [name, fs.readFileSync(path.join(outside, name), 'latin1')]));
}

function filesIn(folder) {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** A linear congruential generator (Numerical Recipes). */
function below(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}
