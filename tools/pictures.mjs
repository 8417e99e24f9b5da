// Draws the README's pictures from the demo kernel: what a terminal shows, and the diagrams that Overlint draws itself.
// usage: npm run pictures; with --check it writes nothing and ends with 1 where a picture is out of date.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'docs/pictures');
/** The bundles; a test makes its own. */
const bundles = process.env.OVERLINT_BUNDLES ?? path.join(root, 'dist');

/** Each picture and the command that it shows; a diagram is what the command prints. */
const PICTURES = [
  { file: 'check.svg', args: ['check', '--max-findings', '1', 'demo/mm/memory.c'] },
  { file: 'fix.svg', args: ['check', '--fix-dry-run', 'demo/drivers'] },
  { file: 'clash.svg', args: ['check', '--rule', 'tag-bit-clash', 'demo/include'] },
  { file: 'owned.svg', args: ['check', '--rule', 'lru-while-owned', 'demo/mm'] },
  { file: 'leak.svg', args: ['check', '--rule', 'hole-leak', 'demo/drivers/char'] },
  { file: 'layout-page.svg', args: ['layout', 'page', '--kernel', 'demo', '--format', 'svg'], diagram: true },
  { file: 'layout-folio.svg', args: ['layout', 'folio', '--kernel', 'demo', '--format', 'svg'], diagram: true },
];

const COLUMNS = 100;
const CHARACTER = 7.8;
const LINE = 18;
const MARGIN = 16;

/** What is coloured, first match wins; group 1 is the part that takes the colour, the rest stays as it is. */
const COLOURS = [
  { pattern: /^(\$ .*)$/, colour: '#ffffff' },
  { pattern: /^(-(?!--).*)$/, colour: '#ff7b72' },
  { pattern: /^(\+(?!\+\+).*|\s*\d+ \+ .*)$/, colour: '#7ee787' },
  { pattern: /^(@@.*)$/, colour: '#79c0ff' },
  { pattern: /(\berror\[[\w-]+\])/, colour: '#ff7b72' },
  { pattern: /(\bwarning\[[\w-]+\])/, colour: '#f2cc60' },
  { pattern: /^[\s|]*(\^+)\s*$/, colour: '#ff7b72' },
  { pattern: /^(\s*= (?:note|help):.*)$/, colour: '#8b949e' },
];

const stale = [];
for (const { file, args, diagram } of PICTURES) {
  const output = overlint(args);
  const drawn = diagram ? output : terminal(`$ overlint ${args.join(' ')}\n${output}`);
  const target = path.join(folder, file);
  const kept = fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : undefined;
  if (kept === drawn) continue;
  if (process.argv.includes('--check')) stale.push(file);
  else fs.writeFileSync(target, drawn);
}
if (stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; npm run pictures draws them anew`);
  process.exitCode = 1;
}

function overlint(args) {
  const cli = path.join(bundles, 'cli.js');
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: 'utf8', env });
  if (child.status === 0 || child.status === 1) return child.stdout;
  console.error(`overlint ${args.join(' ')} failed:\n${child.stderr}`);
  process.exit(2);
}

/** Text as a dark terminal would show it, lines longer than the terminal wrapped. */
function terminal(text) {
  const rows = text.trimEnd().split('\n').flatMap(rowsOf);
  const width = COLUMNS * CHARACTER + 2 * MARGIN;
  const height = rows.length * LINE + 2 * MARGIN;
  const drawn = rows.map(
    (row, index) => `<text x="${MARGIN}" y="${MARGIN + 13 + index * LINE}" xml:space="preserve">${row}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    '<style>text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #c9d1d9; white-space: pre }</style>',
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** One line of text as one or more rows of marked-up text. */
function rowsOf(line) {
  const spread = line.replaceAll('\t', '        ');
  const rule = COLOURS.find(({ pattern }) => pattern.test(spread));
  const match = rule?.pattern.exec(spread);
  const from = match ? match.index + match[0].indexOf(match[1]) : 0;
  const to = match ? from + match[1].length : 0;
  const rows = [];
  for (let start = 0, end = 0; start < Math.max(spread.length, 1); start = Math.max(end, 1)) {
    end = start + COLUMNS < spread.length ? spread.lastIndexOf(' ', start + COLUMNS - 1) + 1 : spread.length;
    if (end <= start) end = Math.min(start + COLUMNS, spread.length);
    const cut = (a, b) => escaped(spread.slice(Math.min(Math.max(a, start), end), Math.min(Math.max(b, start), end)));
    const coloured = cut(from, to);
    const painted = coloured && `<tspan fill="${rule.colour}">${coloured}</tspan>`;
    rows.push(cut(start, from) + painted + cut(to, end));
  }
  return rows;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
