// Times the language server in two large files as an editor would, clangd 19 beside it in the same run: the first
// diagnostics with and without what earlier sessions kept, those after a keystroke, a hover, and the memory.
// usage: npm run bench:lsp [-- --edits N]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kernelFlags } from './kernel-flags.mjs';
import { BUILD, DIST, KERNEL, needs } from './places.mjs';

const FILES = ['mm/page_alloc.c', 'mm/hugetlb.c'];

/** What overlint may take: shares of clangd's, but for the hover, which is in milliseconds. */
const BARS = { keystroke: 0.07, cold: 2, warm: 0.5, memory: 1, hover: 2 };
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
const held = FILES.map(compare);
process.exitCode = held.every(Boolean) ? 0 : 1;

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
  const init = ['--init', JSON.stringify({ kernel: KERNEL, build: BUILD })];
  const clangdFlags = [`--compile-commands-dir=${scratch}`, '--background-index=false', '--log=error'];
  const overlint = (...more) => time([...options, ...init, ...more], [process.execPath, SERVER, '--stdio']);
  fs.rmSync(path.join(scratch, 'cache'), { recursive: true, force: true });
  const cold = overlint();
  const clangd = time(options, ['clangd-19', ...clangdFlags]);
  const warm = overlint('--hover', memberIn(lines));
  console.log(`${name}, ${lines.length - 1} lines, edits at line ${editLine}`);
  for (const [who, figures] of Object.entries({ clangd, cold, warm }))
    console.log(`  ${who.padEnd(7)} ${JSON.stringify(figures)}`);
  const share = (figures, what) => figures[what] / clangd[what];
  return [
    bar('keystroke to diagnostics, of clangd', share(warm, 'edit_to_diagnostics_median_ms'), BARS.keystroke),
    bar('first diagnostics, cold, of clangd', share(cold, 'open_to_diagnostics_ms'), BARS.cold),
    bar('first diagnostics, warm, of clangd', share(warm, 'open_to_diagnostics_ms'), BARS.warm),
    bar('memory, of clangd', share(warm, 'rss_mb'), BARS.memory),
    bar('hover, in ms', warm.hover_median_ms, BARS.hover),
  ].every(Boolean);
}

/** LINE:COL of a member of a page or folio, behind the middle of a file. */
function memberIn(lines) {
  for (let index = lines.length >> 1; index < lines.length; index++) {
    const column = lines[index].search(/(?<=\b(?:page|folio)->)\w/);
    if (column >= 0) return `${index + 1}:${column + 1}`;
  }
  return '1:1';
}

function bar(what, value, most) {
  console.log(`  ${what}: ${value.toFixed(3)} (the bar: at most ${most})`);
  return value <= most;
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
