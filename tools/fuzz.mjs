// Fuzzes with files of the real kernel: `npm run fuzz:edits` types into them in front of the server and compares with a
// fresh look; `npm run fuzz:files` lints damaged ones. A failure prints what repeats it.
// usage: npm run fuzz:edits [-- --count N] [--seed N] [--seconds N] [--files N]
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BUILD, KERNEL, needs } from './bench/places.mjs';
import { bundled } from './bundled.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Folders whose files speak of what the rules are about. */
const FOLDERS = ['mm', 'drivers/dax', 'drivers/nvdimm', 'fs', 'net/core', 'include/linux', 'lib'];
/** Larger files say little more, and take their time. In bytes. */
const LARGEST = 400_000;
/** Heap may grow so much over a run of edits. */
const MOST_GROWTH = 1.1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string' },
    files: { type: 'string', default: '50' },
  },
});
const [what] = positionals;
const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
const seed = Number(values.seed);
needs(KERNEL, BUILD);
if (what !== 'edits' && what !== 'files') {
  console.error('usage: fuzz.mjs edits|files [--count N] [--seed N] [--seconds N] [--files N]');
  process.exit(2);
}

let rejected = 0;
process.on('unhandledRejection', (reason) => {
  rejected++;
  console.error('unhandled rejection:', reason);
});
const { fuzzEdits, fuzzFiles } = await bundled(path.join(ROOT, `server/src/testing/${what}.fuzz.ts`));
const files = chosen(Number(values.files));
const common = {
  kernel: fs.realpathSync(KERNEL),
  build: fs.realpathSync(BUILD),
  files,
  seed,
  seconds,
  say: console.log,
};
const cpu = process.cpuUsage();
if (what === 'edits') {
  const { compared, differences, heap } = await fuzzEdits({ ...common, edits: Number(values.count ?? 200_000) });
  for (const difference of differences) console.log(difference);
  const growth = heap[1] / heap[0];
  console.log(
    `${compared} edits of ${files.length} files, seed ${seed}: ${differences.length} differences, ` +
      `heap ${heap.map((size) => size.toFixed(0)).join(' to ')} MB, ${rejected} unhandled rejections, ${spent()}`,
  );
  process.exit(differences.length === 0 && rejected === 0 && !(growth > MOST_GROWTH) ? 0 : 1);
} else {
  const { linted, failures, longest } = fuzzFiles({ ...common, count: Number(values.count ?? 100_000) });
  console.log(
    `${linted} damaged files from ${files.length}, seed ${seed}: ${failures.length} failures, ` +
      `${rejected} unhandled rejections, the longest took ${longest.toFixed(0)} ms, ${spent()}`,
  );
  process.exit(failures.length === 0 && rejected === 0 ? 0 : 1);
}

function spent() {
  const { user, system } = process.cpuUsage(cpu);
  return `${((user + system) / 1e6).toFixed(0)} s of processor time`;
}

/** Files of all sizes, the same in every run. */
function chosen(count) {
  const all = FOLDERS.flatMap((name) =>
    fs
      .readdirSync(path.join(KERNEL, name), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[ch]$/.test(entry.name))
      .map((entry) => `${name}/${entry.name}`),
  );
  const spoken = all
    .map((name) => ({ name, text: fs.readFileSync(path.join(KERNEL, name), 'utf8') }))
    .filter(({ text }) => text.length <= LARGEST && /\bpgmap\b|\blru\b|\boffsetof\b|struct page\b/.test(text))
    .sort((a, b) => a.text.length - b.text.length || (a.name < b.name ? -1 : 1));
  return spoken.filter((_file, index) => index % Math.max(1, Math.floor(spoken.length / count)) === 0).slice(0, count);
}
