// The hand-read truth about `pgmap` in linux-source-6.12: which textual accesses are to struct page, which are decoys.
import fs from 'node:fs';
import path from 'node:path';

const TABLE = path.resolve(import.meta.dirname, '../../server/src/testing/data/pgmap-6.12.tsv');

/**
 * The rows of the table with the place that each has in this tree: lines shift between Debian's versions, so that a row
 * is found by its text, nearest to the line that the table gives, in order.
 * @param {string} kernel The source tree.
 * @returns {{file: string, line: number, column: number, real: boolean, base: string, embedded: boolean}[]} Line and column of `pgmap`, from 1.
 */
export function pgmapTruth(kernel) {
  const taken = new Set();
  return fs
    .readFileSync(TABLE, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [file, line, column, verdict, type, base] = row.split('\t');
      const lines = fs.readFileSync(path.join(kernel, file), 'latin1').split('\n');
      const places = lines.flatMap((text, index) =>
        [...text.matchAll(/(?:->|\.)\s*(pgmap)\b/g)].map((match) => ({
          line: index + 1,
          column: match.index + match[0].length - 4,
          before: text.slice(0, match.index),
        })),
      );
      const distance = (place) => Math.abs(place.line - line) * 1000 + Math.abs(place.column - column);
      const [place] = places
        .filter((one) => one.before.endsWith(base) && !taken.has(`${file}:${one.line}:${one.column}`))
        .sort((a, b) => distance(a) - distance(b));
      if (!place) throw new Error(`${file}: no access to ${base}'s pgmap near line ${line}`);
      taken.add(`${file}:${place.line}:${place.column}`);
      return {
        file,
        line: place.line,
        column: place.column,
        real: verdict === 'true',
        base,
        embedded: type.includes('by value'),
      };
    });
}
