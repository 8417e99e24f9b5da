import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layoutRecord } from '../layout/record';
import { target } from '../layout/target';
import { bits, member, PAGE, POINTER, struct } from '../testing/make-records';
import { RandomNumbers } from '../testing/random-numbers';
import { RandomRecords } from '../testing/random-records';
import { drawBlock } from './block';

interface Pattern {
  match?: string;
  begin?: string;
  end?: string;
}

const file = new URL('../../../syntaxes/overlint-layout.tmLanguage.json', import.meta.url);
const grammar: { patterns: Pattern[] } = JSON.parse(readFileSync(file, 'utf8'));

/** The lines of a block that no pattern of the grammar begins in, or runs over. */
function linesWithoutColour(block: string): string[] {
  let open: RegExp | undefined;
  return block.split('\n').filter((line) => {
    if (open !== undefined) {
      if (open.test(line)) open = undefined;
      return false;
    }
    const found = grammar.patterns.find(({ match, begin }) => new RegExp((match ?? begin)!, 'u').test(line));
    if (found?.end !== undefined && found.end !== '$') open = new RegExp(found.end);
    return found === undefined && line.trim() !== '';
  });
}

/** A heading's second line of facts, and what a caption goes on with, are plain text. */
function isPlain(line: string): boolean {
  return /^ {2}\S.*, |^ {2}\S+$|^ {6,}\S|^without bytes|^counted from|^struct page has no/.test(line);
}

const x86 = target('x86_64', 'gcc');
const claims = [
  { word: 8, bit: 1, meaning: 'owner_ops', quote: 'Bit 1 is set', place: 'mm_types.h:341', clashes: true },
];

describe('the grammar of the block', () => {
  it('knows every line of a picture with all that there is', () => {
    expect(
      linesWithoutColour(drawBlock(layoutRecord(PAGE, x86), { touched: 'lru.prev', claims })).filter(
        (line) => !isPlain(line),
      ),
    ).toEqual([]);
    const flags = struct([
      bits('low', 'int', 3),
      member('far', { kind: 'array', of: POINTER, length: 40 }),
      bits('high', 'int', 3),
    ]);
    expect(
      linesWithoutColour(drawBlock(layoutRecord(flags, x86), { touched: 'high' })).filter((line) => !isPlain(line)),
    ).toEqual([]);
  });

  it('knows those of random records', () => {
    const generator = new RandomRecords(new RandomNumbers(11), x86);
    for (let count = 0; count < 200; count++) {
      const block = drawBlock(layoutRecord(generator.next(), x86));
      expect(linesWithoutColour(block).filter((line) => !isPlain(line))).toEqual([]);
    }
  });
});
