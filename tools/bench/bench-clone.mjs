// Times what a plain clone costs, where the configuration and the generated headers are worked out: layouts, the
// configuration itself, and the first hover in an editor beside a folder that a build has prepared.
// usage: npm run bench:clone [-- --rounds N]
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { BUILD, DIST, KERNEL, median, needs } from './places.mjs';

const CLI = path.join(DIST, 'cli.js');
const SERVER = path.join(DIST, 'server.js');
const FILE = 'mm/vmscan.c';
const HOVERED = 'folio->lru';
/** In seconds. */
const BARS = {
  'layout page folio': { cold: 3, warm: 0.3 },
  config: { cold: 1, warm: 0.2 },
};
const HOVER_BAR = 0.5;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Math.max(1, Number(values.rounds) || 1);
needs(KERNEL, BUILD, CLI, SERVER);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const env = { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache') };
const forget = () => fs.rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true });

console.log(`${KERNEL} as a plain clone, ${os.cpus().length} cores, median of ${rounds} rounds`);
const verdicts = [];
for (const [command, bars] of Object.entries(BARS)) {
  const times = { cold: [], warm: [] };
  for (let round = 0; round < rounds; round++) {
    forget();
    times.cold.push(run(command.split(' ')));
    times.warm.push(run(command.split(' ')));
  }
  for (const [state, taken] of Object.entries(times)) {
    console.log(`${command}, ${state}: ${seconds(median(taken))} (bar ${seconds(bars[state])})`);
    verdicts.push(median(taken) <= bars[state]);
  }
}
const hovers = { clone: [], built: [] };
for (let round = 0; round < rounds; round++) {
  forget();
  hovers.clone.push(await firstHover({}));
  forget();
  hovers.built.push(await firstHover({ build: BUILD }));
}
const later = median(hovers.clone) - median(hovers.built);
console.log(
  `first hover in ${FILE}: ${seconds(median(hovers.clone))}, with a prepared folder ${seconds(median(hovers.built))}: ` +
    `${seconds(later)} later (bar ${seconds(HOVER_BAR)})`,
);
verdicts.push(later <= HOVER_BAR);
process.exitCode = verdicts.every(Boolean) ? 0 : 1;

function run(command) {
  const start = performance.now();
  const child = spawnSync(process.execPath, [CLI, ...command, '--kernel', KERNEL], {
    cwd: scratch,
    env,
    maxBuffer: 1 << 28,
  });
  if (child.status !== 0) throw new Error(`${command.join(' ')}: ${child.stderr}`);
  return (performance.now() - start) / 1000;
}

/** Seconds from opening a file in an editor that was just started to the answer on a member. */
async function firstHover(settings) {
  const child = spawn(process.execPath, [SERVER, '--stdio'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => settings));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  const root = pathToFileURL(KERNEL).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'kernel' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { hover: { contentFormat: ['markdown'] } },
    },
  });
  await connection.sendNotification('initialized', {});
  const text = fs.readFileSync(path.join(KERNEL, FILE), 'utf8');
  const before = text.slice(0, text.lastIndexOf(HOVERED) + HOVERED.length - 1).split('\n');
  const uri = pathToFileURL(path.join(KERNEL, FILE)).href;
  const start = performance.now();
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'c', version: 1, text },
  });
  const hover = await connection.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: { line: before.length - 1, character: before.at(-1).length },
  });
  const taken = (performance.now() - start) / 1000;
  if (!JSON.stringify(hover ?? '').includes('struct folio')) throw new Error(`no picture: ${JSON.stringify(hover)}`);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
  return taken;
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}
