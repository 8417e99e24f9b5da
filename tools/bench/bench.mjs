// Times one question on a whole kernel, who reads page->pgmap raw: coccinelle against overlint, in one run.
// usage: npm run bench [-- --rounds N]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BUILD, DIST, KERNEL, median, needs } from './places.mjs';
import { pgmapTruth } from './truth.mjs';

const PATCH = '@@\nstruct page *p;\n@@\n- p->pgmap\n+ page_pgmap(p)\n';
const CLI = path.join(DIST, 'cli.js');
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Math.max(1, Number(values.rounds) || 1);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

needs(KERNEL, BUILD, CLI, '/usr/bin/spatch');
const truth = pgmapTruth(KERNEL);
const semanticPatch = path.join(scratch, 'pgmap.cocci');
fs.writeFileSync(semanticPatch, PATCH);
// Neither side pays for the disk: the tree is read once before the clock runs.
spawnSync('grep', ['-rqF', 'no such text as this', KERNEL]);

const cache = { ...process.env, XDG_CACHE_HOME: path.join(scratch, 'cache') };
const question = [
  'check',
  '--newer-kernels',
  '--rule',
  'raw-pgmap',
  '--format',
  'json',
  '--kernel',
  KERNEL,
  '--build',
  BUILD,
];
const contestants = {
  coccinelle: () => run('spatch', ['--sp-file', semanticPatch, '--all-includes', '-j', '2', '--dir', '.'], KERNEL),
  'overlint, no cache': () => run(process.execPath, [CLI, ...question, '--no-cache', KERNEL], scratch, cache),
  'overlint, warm': () => run(process.execPath, [CLI, ...question, KERNEL], scratch, cache),
};
contestants['overlint, warm']();

const times = {};
const outputs = {};
for (let round = 0; round < rounds; round++)
  for (const [name, contest] of Object.entries(contestants)) {
    const { seconds, stdout } = contest();
    if (!times[name]) times[name] = [];
    times[name].push(seconds);
    outputs[name] = stdout;
  }

const found = {
  coccinelle: fromDiff(outputs.coccinelle),
  'overlint, no cache': fromJson(outputs['overlint, no cache']),
  'overlint, warm': fromJson(outputs['overlint, warm']),
};
console.log(`${KERNEL}, ${os.cpus().length} cores, median of ${rounds} rounds in turn`);
for (const name of Object.keys(contestants)) {
  const real = truth.filter((row) => row.real && found[name](row)).length;
  const decoys = truth.filter((row) => !row.real && found[name](row)).length;
  const spread = `${Math.min(...times[name]).toFixed(2)} to ${Math.max(...times[name]).toFixed(2)}`;
  console.log(
    `${name.padEnd(20)} ${median(times[name]).toFixed(2).padStart(6)} s (${spread}), ` +
      `${real} of ${truth.filter((row) => row.real).length} accesses, ${decoys} decoys`,
  );
}
const ratio = median(times['overlint, no cache']) / median(times.coccinelle);
console.log(`overlint without a cache takes ${ratio.toFixed(2)} of coccinelle's time (the bar: at most 0.50)`);
const exact = ['overlint, no cache', 'overlint, warm'].every((name) =>
  truth.every((row) => found[name](row) === row.real),
);
const extra = JSON.parse(outputs['overlint, no cache']).findings.length - truth.filter((row) => row.real).length;
if (!exact || extra !== 0) console.log('overlint does not find exactly the true accesses');
process.exitCode = ratio <= 0.5 && exact && extra === 0 ? 0 : 1;

function run(command, args, cwd, env = process.env) {
  const start = process.hrtime.bigint();
  const child = spawnSync(command, args, { cwd, env, encoding: 'latin1', maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (child.error || (child.status !== 0 && child.status !== 1)) {
    console.error(`${command} failed: ${child.error?.message ?? child.stderr.slice(-2000)}`);
    process.exit(2);
  }
  return { seconds, stdout: child.stdout };
}

/** Whether a finding stands on a row's very `pgmap`. */
function fromJson(output) {
  const { findings } = JSON.parse(output);
  return ({ file, line, column }) =>
    findings.some(
      (finding) =>
        finding.file === file &&
        (finding.line < line || (finding.line === line && finding.column <= column)) &&
        (finding.endLine > line || (finding.endLine === line && finding.endColumn > column)),
    );
}

/** Whether a unified diff takes a row's line away and rewrites this base on it. */
function fromDiff(diff) {
  const rewritten = new Set();
  let file;
  let line;
  for (const text of diff.split('\n')) {
    const hunk = /^@@ -(\d+)/.exec(text);
    if (text.startsWith('--- ')) file = text.slice(4).split('\t')[0].replace(/^a\//, '').replace(/^\.\//, '').trim();
    else if (hunk) line = Number(hunk[1]);
    else if (text.startsWith('-')) rewritten.add(`${file}:${line++}`);
    else if (text.startsWith(' ')) line++;
  }
  // A decoy beside a true access on one line was not rewritten; the semantic patch asks for struct page alone.
  const shared = new Set(truth.filter((row) => row.real).map((row) => `${row.file}:${row.line}`));
  return (row) => {
    const place = `${row.file}:${row.line}`;
    return rewritten.has(place) && (row.real || !shared.has(place));
  };
}
