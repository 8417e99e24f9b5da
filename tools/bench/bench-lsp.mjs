// Times the wait from a keystroke to fresh diagnostics in mm/page_alloc.c: clangd 19 against overlint, in one run.
// usage: npm run bench:lsp [-- --edits N] [--hover LINE:COL]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kernelFlags } from './kernel-flags.mjs';
import { BUILD, DIST, KERNEL, needs } from './places.mjs';

const FILE = 'mm/page_alloc.c';
const SERVER = path.join(DIST, 'server.js');
const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
};
needs(KERNEL, BUILD, SERVER, '/usr/bin/clangd-19');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

const file = path.join(KERNEL, FILE);
const flags = kernelFlags(KERNEL, BUILD, FILE);
const compiler = spawnSync('clang-19', ['-fsyntax-only', ...flags, file], { encoding: 'utf8' });
if (compiler.status !== 0) {
  console.error(`the flags for ${FILE} are not right, so that clangd would be timed on errors:\n${compiler.stderr}`);
  process.exit(2);
}
fs.writeFileSync(
  path.join(scratch, 'compile_commands.json'),
  JSON.stringify([{ directory: KERNEL, file, arguments: ['clang-19', ...flags, '-c', file] }]),
);

// The edit is a blank put at the start of a statement's line in the middle of the file: inside a function, where people type.
const lines = fs.readFileSync(file, 'latin1').split('\n');
const editLine = lines.findIndex((text, index) => index > lines.length / 2 && /^\t\w.*;$/.test(text)) + 1;
const common = ['--root', KERNEL, '--file', FILE, '--edits', option('--edits', '40'), '--edit-line', String(editLine)];
const hover = option('--hover');
if (hover) common.push('--hover', hover);

const clangd = time(
  [...common],
  ['clangd-19', `--compile-commands-dir=${scratch}`, '--background-index=false', '--log=error'],
);
const overlint = time(
  [...common, '--init', JSON.stringify({ kernel: KERNEL, build: BUILD })],
  [process.execPath, SERVER, '--stdio'],
);
console.log(`${FILE}, ${lines.length} lines, ${os.cpus().length} cores, edits at line ${editLine}`);
console.log('clangd-19', JSON.stringify(clangd));
console.log('overlint ', JSON.stringify(overlint));
const ratio = overlint.edit_to_diagnostics_median_ms / clangd.edit_to_diagnostics_median_ms;
console.log(
  `from a keystroke to diagnostics: overlint ${overlint.edit_to_diagnostics_median_ms} ms, ` +
    `clangd ${clangd.edit_to_diagnostics_median_ms} ms, ratio ${ratio.toFixed(3)} (the bar: at most 0.100)`,
);
process.exitCode = ratio <= 0.1 ? 0 : 1;

function time(options, server) {
  const child = spawnSync(
    process.execPath,
    [path.join(import.meta.dirname, 'lspbench.mjs'), ...options, '--', ...server],
    {
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache') },
    },
  );
  const result = child.stdout
    .trim()
    .split('\n')
    .findLast((text) => text.startsWith('{'));
  if (!result) {
    console.error(`${server[0]} gave no figures:\n${child.stderr}`);
    process.exit(2);
  }
  return JSON.parse(result);
}
