/** Where the arrow keys lead: the picture's cells as lines of items, each over a run of bytes. */
import type { Location } from '../src/layout/answers';
import type { BitMark, ByteRow, Elision, Piece } from './rows';

export interface Item {
  readonly id: string;
  /** Bytes from the start of the row, for the way up and down. */
  readonly start: number;
  readonly end: number;
  readonly piece?: Piece;
  readonly mark?: BitMark;
  readonly word?: number;
}

/** Where an item's member or claim is declared. */
export function placeOf(item: Item | undefined): Location | undefined {
  return item?.piece?.cell.place ?? item?.mark?.claims.find((claim) => claim.place)?.place;
}

export interface Line {
  /** Index of the byte row that it is part of. */
  readonly row: number;
  readonly items: readonly Item[];
}

/** A line for each cell, then for each claim, record by record and by offset: what a list shows. */
export function listLines(rows: readonly (ByteRow | Elision)[]): Line[] {
  const items = linesOf(rows).flatMap((line) => line.items);
  const cells = items.filter(({ piece }) => piece && !piece.continues);
  cells.sort((a, b) => a.piece!.record - b.piece!.record || a.piece!.start - b.piece!.start);
  const marks = items.filter(({ mark }) => mark);
  const own = cells.filter(({ piece }) => piece!.record === 0);
  return [...own, ...marks, ...cells.filter(({ piece }) => piece!.record > 0)].map((item, row) => ({
    row,
    items: [item],
  }));
}

/** The lines in the order in which they are drawn. */
export function linesOf(rows: readonly (ByteRow | Elision)[]): Line[] {
  const lines: Line[] = [];
  rows.forEach((row, index) => {
    if (row.kind === 'elision') return;
    const add = (items: readonly Item[]): void => {
      if (items.length > 0) lines.push({ row: index, items });
    };
    for (const band of row.bands) {
      const toItem = (piece: Piece): Item => {
        return { id: piece.id, start: piece.start - row.start, end: piece.end - row.start, piece };
      };
      const pieces = (isBits: boolean): Item[][] =>
        band.lanes.map(({ boxes }) =>
          boxes.filter((box) => box.isBits === isBits).flatMap((box) => box.pieces.map(toItem)),
        );
      for (const items of [...pieces(false), ...pieces(true)]) add(items);
      if (band.record === 0) add(marksIn(row));
    }
  });
  return lines;
}

function marksIn({ start: rowStart, words }: ByteRow): Item[] {
  return words.flatMap(({ start, end, bits }) =>
    bits.map((mark) => ({ id: mark.id, start: start - rowStart, end: end - rowStart, mark, word: start })),
  );
}

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'] as const;
type StepKey = (typeof KEYS)[number];

export function isStepKey(key: string): key is StepKey {
  return (KEYS as readonly string[]).includes(key);
}

/**
 * The item that a key leads to from another; the same one at the picture's ends.
 * @param column the byte from the row's start that the way up and down keeps to
 * @param isFar with Ctrl: Home and End mean the whole picture
 */
export function step(
  lines: readonly Line[],
  from: string,
  key: StepKey,
  column?: number,
  isFar = false,
): Item | undefined {
  const lineAt = lines.findIndex(({ items }) => items.some(({ id }) => id === from));
  if (lineAt < 0) return lines[0]?.items[0];
  const { items, row } = lines[lineAt];
  const at = items.findIndex(({ id }) => id === from);
  const kept = column ?? items[at].start;
  switch (key) {
    case 'ArrowLeft':
      return items[at - 1] ?? lines[lineAt - 1]?.items.at(-1) ?? items[at];
    case 'ArrowRight':
      return items[at + 1] ?? lines[lineAt + 1]?.items[0] ?? items[at];
    case 'ArrowUp':
      return nearest(lines[lineAt - 1], kept) ?? items[at];
    case 'ArrowDown':
      return nearest(lines[lineAt + 1], kept) ?? items[at];
    case 'Home':
      return isFar ? lines[0].items[0] : items[0];
    case 'End':
      return isFar ? lines.at(-1)!.items.at(-1) : items.at(-1);
    case 'PageDown':
      return nearest(lines.find((line) => line.row > row) ?? lines.at(-1), kept);
    case 'PageUp': {
      const above = lines.findLast((line) => line.row < row)?.row;
      return nearest(above === undefined ? lines[0] : lines.find((line) => line.row === above), kept);
    }
  }
}

/** The item of a line that holds a byte, or else the one that is least far from it. */
function nearest(line: Line | undefined, byte: number): Item | undefined {
  const distance = ({ start, end }: Item): number =>
    byte < start ? start - byte : byte >= end ? byte - end + 1e-3 : 0;
  return line?.items.reduce((best, item) => (distance(item) < distance(best) ? item : best));
}
