// A long session of one language server: edits of 50 documents, settings, switched branches and storms of watched files.
// usage: npm run soak [-- --edits N] [--stops N] [--seed N]
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundled.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const DOCUMENTS = 47;
/** A header that is edited is seen by all others. */
const HEADERS = ['include/linux/mm.h', 'include/linux/page-flags.h', 'include/linux/list.h'];
/** Heap may be so much larger at the end than after the first tenth. */
const MOST_GROWTH = 1.1;

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '20000' },
    stops: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-soak-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const kernel = path.join(folder, 'linux');
const files = treeWithTwoBranches();
const { soak } = await bundled(path.join(ROOT, 'server/src/testing/soak.fuzz.ts'));
const { edits, stops, differences, heap } = await soak({
  kernel,
  files,
  edits: Number(values.edits),
  stops: Number(values.stops),
  seed: Number(values.seed),
  say: console.log,
});
for (const difference of differences) console.log(difference);
const growth = heap[1] / heap[0];
console.log(
  `${edits} edits of ${files.length} documents, ${stops} stops, seed ${values.seed}: ${differences.length} differences, ` +
    `heap ${heap.map((size) => size.toFixed(1)).join(' to ')} MB`,
);
process.exit(differences.length === 0 && !(growth > MOST_GROWTH) ? 0 : 1);

/** The demo tree with copies of its sources; on the second branch struct page is longer and its accessor is gone. */
function treeWithTwoBranches() {
  fs.cpSync(path.join(ROOT, 'demo'), kernel, { recursive: true });
  const sources = fs
    .readdirSync(kernel, { recursive: true })
    .filter((name) => name.endsWith('.c'))
    .sort();
  const documents = Array.from({ length: DOCUMENTS }, (_, index) => {
    const source = sources[index % sources.length];
    const name = path.join(path.dirname(source), `doc${index}.c`);
    fs.copyFileSync(path.join(kernel, source), path.join(kernel, name));
    return name;
  });
  const git = (...words) =>
    execFileSync('git', ['-C', kernel, '-c', 'user.name=o', '-c', 'user.email=o@example.org', ...words], {
      stdio: 'pipe',
    });
  git('init', '-q', '-b', 'one');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  git('checkout', '-q', '-b', 'two');
  edit('include/linux/mm_types.h', /struct page \{\n/, (text) => `${text}\tunsigned long first;\n`);
  edit('include/linux/mmzone.h', /page_pgmap/g, () => 'page_pgmap_of');
  git('commit', '-q', '-a', '-m', 'two');
  git('checkout', '-q', 'one');
  return [...documents, ...HEADERS];
}

function edit(name, pattern, made) {
  const file = path.join(kernel, name);
  const text = fs.readFileSync(file, 'utf8');
  const changed = text.replace(pattern, made);
  if (changed === text) throw new Error(`${name} has nothing to change`);
  fs.writeFileSync(file, changed);
}
