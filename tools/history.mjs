#!/usr/bin/env node
// Writes docs/history.md: which bugs that kernels really had are found, by which rule, at which line.
//   npm run history -- SHARED --tree VERSION=SOURCE:BUILD …
// SHARED holds bugs/*.c, each with a head comment (TREE, PLACE, CASE, SOURCE) and EXPECT(…) on the lines to be found, and CASES.md, whose
// sections name commits; those are looked for in server/src/rules/cases.test.ts. SOURCE is a copy of the tree that may be written to:
// each case is put into the folder that it names, checked with all rules, and taken away again. Build first: dist/cli.js does the work.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [shared, ...flags] = process.argv.slice(2);
const trees = new Map(
  flags.flatMap((flag, at) => {
    if (flag !== '--tree') return [];
    const [version, places] = flags[at + 1].split('=');
    const [source, build] = places.split(':');
    return [[version, { source, build }]];
  }),
);
if (!shared || trees.size === 0) {
  console.error('usage: npm run history -- SHARED --tree VERSION=SOURCE:BUILD …');
  process.exit(2);
}

/** Why lines that are to be found are not, by case. */
const REASONS = {
  'c15-mempolicy-union': 'no comment and no accessor in a header says which mode makes the member valid',
  'c16-xas-retry':
    'what is masked is a local of type void *, and no accessor of the header masks those two bits together',
  'c19-fence-timestamp': 'the comment says "replaced by" and names the function that replaces, not the state',
  'c23-pmd-share-refcount': "the kernel-doc of the descriptor says that its count is the page's",
};

const cell = (text) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();
const field = (head, name) =>
  new RegExp(`${name}: ([\\s\\S]*?)(?=;[\\s*]*(?:PLACE|CASE|SOURCE):|$)`).exec(head)?.[1].replace(/\n \* ?/g, ' ') ??
  '';

/** The rules that spoke, by line, with all rules on. */
function findingsOf(file, name, version) {
  const { source, build } = trees.get(version);
  const place = path.join(source, file.place);
  fs.mkdirSync(place, { recursive: true });
  const placed = [name, name.replace(/\.c$/, '.h')].filter((one) => fs.existsSync(path.join(shared, 'bugs', one)));
  for (const one of placed) fs.copyFileSync(path.join(shared, 'bugs', one), path.join(place, one));
  try {
    const command = [
      path.join(root, 'dist/cli.js'),
      'check',
      '--kernel',
      source,
      '--build',
      build,
      '--no-cache',
      '--format',
      'json',
      '--all-rules',
    ];
    const run = spawnSync(process.execPath, [...command, path.join(place, name)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (run.status !== 0 && run.status !== 1) throw new Error(`${name}: ${run.stderr}`);
    const found = new Map();
    for (const one of JSON.parse(run.stdout).findings)
      if (path.basename(one.file) === name) found.set(one.line, [...(found.get(one.line) ?? []), one.rule]);
    return found;
  } finally {
    for (const one of placed) fs.rmSync(path.join(place, one));
  }
}

function rowOf(name) {
  const text = fs.readFileSync(path.join(shared, 'bugs', name), 'utf8');
  const head = text.slice(2, text.indexOf('*/'));
  const file = { place: field(head, 'PLACE').trim(), said: field(head, 'CASE'), source: field(head, 'SOURCE') };
  const version = field(head, 'TREE').trim();
  const expected = text.split('\n').flatMap((row, index) => (index > 0 && row.includes('EXPECT(') ? [index + 1] : []));
  const years = [...file.source.matchAll(/\b((?:19|20)\d\d)\b/g)].map(([, year]) => year);
  const commits = [...file.source.matchAll(/\b(?!\d+\b|dead0)[0-9a-f]{12,40}\b/g)].map(([commit]) =>
    commit.slice(0, 12),
  );
  const cells = [years[0] ?? '', file.place, commits.join(', '), `${name}: ${cell(file.said)}`];
  if (!trees.has(version) && version !== 'own-header')
    return {
      year: years[0] ?? '',
      cells: [...cells, '', `not tried: no tree of ${version} was given`],
      hit: 0,
      of: expected.length,
    };
  const found = findingsOf(file, name, trees.has(version) ? version : [...trees.keys()][0]);
  const hit = expected.filter((line) => found.has(line));
  const missed = expected.filter((line) => !found.has(line));
  const caught = hit.map((line) => `${line}: ${[...new Set(found.get(line))].join(', ')}`).join('; ');
  const reason = REASONS[name.replace('.c', '')] ?? 'not looked into';
  const left = missed.length > 0 ? `${missed.length === 1 ? 'line' : 'lines'} ${missed.join(', ')}: ${reason}` : '';
  return { year: years[0] ?? '', cells: [...cells, caught, left], hit: hit.length, of: expected.length };
}

/** The sections of CASES.md, with the rules that the tests hold each to. */
function* sectionRows() {
  const tests = fs.readFileSync(path.join(root, 'server/src/rules/cases.test.ts'), 'utf8').split(/\n(?=describe\()/);
  for (const section of fs.readFileSync(path.join(shared, 'CASES.md'), 'utf8').split(/\n(?=## )/)) {
    const title = /^## (?:\d+\. )?(.*)/.exec(section)?.[1];
    if (!title) continue;
    const commits = [...section.matchAll(/\b(?!\d+\b|dead0)[0-9a-f]{12,40}\b/g)].map(([commit]) => commit.slice(0, 12));
    const quotes = [...section.matchAll(/"([^"]{12,})"/g)].map(([, words]) =>
      words.replace(/\s+/g, ' ').replace(/^\w+: /, ''),
    );
    const test = tests.find((one) =>
      [...commits, ...quotes].some((words) => /^ *\/\/ .*/m.exec(one)?.[0].includes(words)),
    );
    const rules = test
      ? [...new Set([...test.matchAll(/(?:error|warning)\[([\w-]+)\]/g)].map(([, rule]) => rule))]
      : [];
    yield [cell(title), commits.join(', '), rules.join(', '), test ? '' : 'no test is tied to a commit of it'];
  }
}

const rows = fs
  .readdirSync(path.join(shared, 'bugs'))
  .filter((one) => one.endsWith('.c'))
  .sort()
  .map(rowOf);
rows.sort((one, other) => one.year.localeCompare(other.year));
const sum = (of) => rows.reduce((total, row) => total + of(row), 0);
const table = (heads, body) =>
  [heads, heads.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const text = `# Bugs that kernels had

Made by \`npm run history\`; do not edit. Each bug is written down in the project's own words, on the headers of a real tree, with all
rules on. Lines are those of the case. ${rows.filter(({ hit, of }) => hit * 2 >= of && of > 0).length} of ${rows.length} cases are found by at least half of their lines, ${sum(({ hit }) => hit)} of ${sum(({ of }) => of)} lines in all.

${table(
  ['year', 'place', 'commits', 'case', 'found, by line', 'out of reach, and why'],
  rows.map(({ cells }) => cells),
)}

## Bugs that the rules' own tests hold

The bad form and the one that replaced it are in \`server/src/rules/cases.test.ts\`.

${table(['case', 'commits', 'found by', 'otherwise'], [...sectionRows()])}
`;
fs.writeFileSync(path.join(root, 'docs/history.md'), text);
console.log(`docs/history.md: ${rows.length} cases`);
