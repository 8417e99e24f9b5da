/** The bars of the masking on linux-source-6.12: what parses, what is lost by it, how long it takes. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { KERNEL_SOURCE } from '../testing/kernel';
import { RandomNumbers } from '../testing/random-numbers';
import { lex } from './lexer';
import { mineShapes } from './mining';
import { Shapes } from './shapes';
import { type SyntaxStatistics, statisticsText, syntaxStatistics } from './statistics';
import { lineStarts, type SourceText } from './text';
import { parse } from './tree';

function* sources(folder: string, extension: RegExp): Generator<SourceText> {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(inside, extension);
    else if (extension.test(entry.name)) yield { path: inside, text: fs.readFileSync(inside, 'latin1') };
  }
}

function* headersBeside(folder: string): Generator<SourceText> {
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    if (name.endsWith('.h')) yield { path: file, text: fs.readFileSync(file, 'latin1') };
  }
}

let ofTree: Shapes;
const ofFolders = new Map<string, Shapes>();

function shapesOf(file: string): Shapes {
  const folder = path.dirname(file);
  let shapes = ofFolders.get(folder);
  if (!shapes) ofFolders.set(folder, (shapes = ofTree.under(mineShapes(headersBeside(folder)))));
  return shapes;
}

beforeAll(() => {
  const headers = ['include', 'arch/x86/include'].flatMap((folder) => [
    ...sources(path.join(KERNEL_SOURCE, folder), /\.h$/),
  ]);
  ofTree = new Shapes(mineShapes(headers));
});

function statisticsOf(folder: string): SyntaxStatistics {
  const statistics = syntaxStatistics(sources(path.join(KERNEL_SOURCE, folder), /\.[ch]$/), shapesOf);
  console.log(`${folder}\n${statisticsText(statistics)}`);
  return statistics;
}

describe.each([
  // By tree-sitter alone 19.1 % and 9.5 %.
  { folder: 'mm', fewest: 6700, plainErrors: 1316 },
  { folder: 'include/linux', fewest: 16000, plainErrors: 1530 },
])('$folder', ({ folder, fewest, plainErrors }) => {
  let statistics: SyntaxStatistics;
  beforeAll(() => {
    statistics = statisticsOf(folder);
  });

  it('has a syntax error in at most one function of a hundred', () => {
    expect(statistics.plainFunctionsWithError).toBe(plainErrors);
    expect(statistics.functionsWithError / statistics.functions).toBeLessThanOrEqual(0.01);
    expect(statistics.errorsOutside).toBeLessThanOrEqual(statistics.plainErrorsOutside / 100);
  });

  it('loses neither functions nor member accesses by the masking', () => {
    expect(statistics.functions).toBeGreaterThanOrEqual(fewest);
    expect(statistics.lostFunctions).toBe(0);
    expect(statistics.lostAccesses).toBe(0);
  });
});

describe('random edits of real files', () => {
  it.each(['mm/page_alloc.c', 'mm/slub.c', 'include/linux/page-flags.h', 'kernel/fork.c'])('%s', (name) => {
    const file = path.join(KERNEL_SOURCE, name);
    const original = fs.readFileSync(file, 'latin1');
    const shapes = shapesOf(file);
    const random = new RandomNumbers(7);
    const pieces = ['{', '}', '(', ')', ';', '"', '/*', '#if 0\n', '#endif\n', 'x', ' ', '\n', 'page->', '', ''];
    let text = original;
    let tree = parse(text, shapes);
    for (let round = 0; round < 60; round++) {
      if (round % 10 === 0) text = original;
      const start = random.below(text.length);
      text = text.slice(0, start) + random.pick(pieces) + text.slice(start + random.below(4));
      tree = parse(text, shapes, tree);
      const fresh = parse(text, shapes);
      expect(tree.masked).toBe(fresh.masked);
      expect(tree.masked).toHaveLength(text.length);
      expect(lineStarts(tree.masked)).toEqual(lineStarts(text));
      if (!fresh.root.hasError) expect(tree.root.toString()).toBe(fresh.root.toString());
    }
  });
});

/** Bars against work of the same process, as the machine's load is not ours to choose. */
describe('time', () => {
  /** Milliseconds, the median of several runs. */
  function median(runs: number, work: (round: number) => void): number {
    const times = Array.from({ length: runs }, (_, round) => {
      const started = performance.now();
      work(round);
      return performance.now() - started;
    });
    return times.sort((a, b) => a - b)[runs >> 1];
  }

  it('to mine all headers is of the order of lexing them', () => {
    const headers = [...sources(path.join(KERNEL_SOURCE, 'include'), /\.h$/)];
    const mined = median(3, () => mineShapes(headers));
    const lexed = median(3, () => {
      for (const { text } of headers) lex(text);
    });
    console.log(`mining ${mined.toFixed(0)} ms, lexing ${lexed.toFixed(0)} ms`);
    expect(mined).toBeLessThan(3 * lexed);
  });

  it('for a keystroke in mm/page_alloc.c is less than for a fresh parse', () => {
    const file = path.join(KERNEL_SOURCE, 'mm/page_alloc.c');
    const text = fs.readFileSync(file, 'latin1');
    const shapes = shapesOf(file);
    const at = text.indexOf('struct page *page', text.length / 2);
    const edited = `${text.slice(0, at)}x${text.slice(at)}`;
    let tree = parse(text, shapes);
    const fresh = median(30, () => parse(text, shapes));
    const again = median(60, (round) => {
      tree = parse(round % 2 === 0 ? edited : text, shapes, tree);
    });
    console.log(`${text.length} bytes: fresh ${fresh.toFixed(1)} ms, after a keystroke ${again.toFixed(1)} ms`);
    expect(again).toBeLessThan(fresh);
  });
});
