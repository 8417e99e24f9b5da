/** Runs the mutations of the whole corpus and prints the score. */
import fs from 'node:fs';
import path from 'node:path';
import { judge } from './judge';

/** What is asked of the rule: the share of breaking mutants reported at a right line. */
const BAR = 0.95;

/** Runs each corpus by itself; whether all hold the bar. */
export function runMutations(folders: readonly string[], print: (line: string) => void): boolean {
  return folders.map((folder) => runCorpus(folder, print)).every((holds) => holds);
}

function runCorpus(folder: string, print: (line: string) => void): boolean {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.c'));
  const judged = files.map((name) => judge(name, fs.readFileSync(path.join(folder, name), 'latin1')));
  const verdicts = judged.flatMap((one) => one.verdicts);
  const all = (kind: string) => verdicts.filter((one) => one.verdict === kind);
  for (const kind of ['missed', 'misplaced', 'false alarm', 'equivalent']) {
    print(`\n${kind}: ${all(kind).length}`);
    for (const { file, mutant, why } of all(kind))
      print(`  ${file}:${mutant.line} ${mutant.of}(): ${mutant.kind}: ${mutant.was}\n      ${why}`);
  }
  const sum = (count: (one: (typeof judged)[number]) => number) => judged.reduce((total, one) => total + count(one), 0);
  const originals = judged.flatMap((one) => [...one.onOriginals, ...one.brokenOriginals]);
  for (const line of originals) print(`original: ${line}`);
  const breaking = all('found').length + all('missed').length + all('misplaced').length;
  const share = all('found').length / breaking;
  print(
    `\n${path.basename(folder)}: ${sum((one) => one.roots)} functions called from outside, ${sum((one) => one.functions)} in all`,
  );
  print(`${verdicts.length} mutants: ${breaking} break the typestate, ${all('equivalent').length} do not`);
  print(`found at a right line: ${all('found').length} of ${breaking} (${(100 * share).toFixed(1)} %)`);
  print(`findings on originals: ${originals.length}; on equivalent mutants: ${all('false alarm').length}`);
  return share >= BAR && originals.length === 0;
}
