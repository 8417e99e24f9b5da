// Times the wait from a keystroke to fresh diagnostics in two large files: clangd 19 against overlint, in one run.
// usage: npm run bench:lsp [-- --edits N] [--hover LINE:COL]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kernelFlags } from './kernel-flags.mjs';
import { BUILD, DIST, KERNEL, needs } from './places.mjs';

/** The bar is for the first; in the second a rule has something to say, so that no server can answer without looking. */
const FILES = ['mm/page_alloc.c', 'mm/memory.c'];
const BAR = 0.1;
const SERVER = path.join(DIST, 'server.js');
const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
};
needs(KERNEL, BUILD, SERVER, '/usr/bin/clangd-19');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
fs.writeFileSync(path.join(scratch, 'compile_commands.json'), JSON.stringify(FILES.map(compileCommand)));

console.log(`${KERNEL}, ${os.cpus().length} cores, ${option('--edits', '40')} edits`);
const ratios = FILES.map(compare);
process.exitCode = ratios[0] <= BAR ? 0 : 1;

/** A file's entry of compile_commands.json, proven by clang: else clangd would be timed on errors. */
function compileCommand(name) {
  const file = path.join(KERNEL, name);
  const flags = kernelFlags(KERNEL, BUILD, name);
  const compiler = spawnSync('clang-19', ['-fsyntax-only', ...flags, file], { encoding: 'utf8' });
  if (compiler.status !== 0) {
    console.error(`the flags for ${name} are not right:\n${compiler.stderr}`);
    process.exit(2);
  }
  return { directory: KERNEL, file, arguments: ['clang-19', ...flags, '-c', file] };
}

function compare(name) {
  const lines = fs.readFileSync(path.join(KERNEL, name), 'latin1').split('\n');
  // A blank comes and goes at the start of a statement in the middle of the file: inside a function, where people type.
  const editLine = lines.findIndex((text, index) => index > lines.length / 2 && /^\t\w.*;$/.test(text)) + 1;
  const options = [
    '--root',
    KERNEL,
    '--file',
    name,
    '--edits',
    option('--edits', '40'),
    '--edit-line',
    String(editLine),
  ];
  const hover = option('--hover');
  if (hover) options.push('--hover', hover);
  const init = ['--init', JSON.stringify({ kernel: KERNEL, build: BUILD })];
  const clangdFlags = [`--compile-commands-dir=${scratch}`, '--background-index=false', '--log=error'];
  const clangd = time(options, ['clangd-19', ...clangdFlags]);
  const overlint = time([...options, ...init], [process.execPath, SERVER, '--stdio']);
  const ratio = overlint.edit_to_diagnostics_median_ms / clangd.edit_to_diagnostics_median_ms;
  console.log(`${name}, ${lines.length - 1} lines, edits at line ${editLine}`);
  console.log(`  clangd-19 ${JSON.stringify(clangd)}`);
  console.log(`  overlint  ${JSON.stringify(overlint)}`);
  console.log(
    `  from a keystroke to diagnostics: overlint ${overlint.edit_to_diagnostics_median_ms} ms, ` +
      `clangd ${clangd.edit_to_diagnostics_median_ms} ms, ratio ${ratio.toFixed(3)} (the bar: at most ${BAR})`,
  );
  return ratio;
}

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
