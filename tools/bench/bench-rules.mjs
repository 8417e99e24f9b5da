// Says how much of a check's time each rule takes: over mm/ and over the whole kernel, in one thread, without a cache.
// usage: npm run bench:rules [-- --folder mm --rule ID…]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from '../bundled.mjs';
import { BUILD, KERNEL, needs } from './places.mjs';

/** The share of the whole that one rule may take. */
const BAR = 0.1;

const { values } = parseArgs({
  options: { folder: { type: 'string', multiple: true }, rule: { type: 'string', multiple: true } },
});
needs(KERNEL, BUILD);
const { timeRules } = await bundled(path.join(import.meta.dirname, 'rules/run.ts'), { sourcemap: 'inline' });
for (const folder of values.folder ?? ['mm', '']) {
  const times = timeRules(KERNEL, BUILD, folder, values.rule ?? []);
  const { files, candidates, functions, whole } = times;
  console.log(`\n${folder || 'the whole tree'}: ${files} files, ${candidates} of them candidates, ${seconds(whole)}`);
  line('scanning', times.scanning, whole);
  line('reading files and headers', times.reading, whole);
  for (const [rule, took] of times.byRule) line(rule, took, whole);
  const dear = times.byRule.filter(([, took]) => took > BAR * whole).map(([rule]) => rule);
  const said = dear.length === 0 ? 'no rule takes' : `${dear.join(', ')}: each takes`;
  console.log(`${said} more than ${100 * BAR} % of it; ${functions} runs of a protocol over a function`);
  if (dear.length > 0 && !values.rule) process.exitCode = 1;
}

function line(name, took, whole) {
  console.log(`${name.padEnd(28)} ${seconds(took).padStart(9)} ${((100 * took) / whole).toFixed(1).padStart(6)} %`);
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}
