/** Cuts a record and its family into rows of the same bytes, one below the other, so that their words stand in line. */
import type { Cell, Claim, Model, Picture } from '../src/layout/answers';

/** A cell's part within a row. Bytes count from where the first record begins, and may be broken for bit-fields. */
export interface Piece {
  /** Changes neither when the row's neighbours do nor from one look at a picture to the next. */
  readonly id: string;
  /** 0 is the record itself; n is the family's n-th member. */
  readonly record: number;
  readonly cell: Cell;
  readonly start: number;
  readonly end: number;
  /** Whether the cell begins before this row. */
  readonly continues: boolean;
  /** Whether it ends behind this row. */
  readonly goesOn: boolean;
}

/** What is drawn as one: a cell, or the bit-fields and bit holes that share whole bytes. */
export interface Box {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
  /** Bit-fields are too narrow to be drawn in place; they stand side by side below their lanes. */
  readonly isBits: boolean;
}

export interface Lane {
  readonly boxes: readonly Box[];
  /** What a comment says of the view that begins with this lane; undefined where it goes on, or no comment speaks of it. */
  readonly view?: string;
}

/** What one record has in a row. */
export interface Band {
  readonly record: number;
  readonly lanes: readonly Lane[];
}

/** The claims on one bit of a word. */
export interface BitMark {
  readonly id: string;
  readonly bit: number;
  readonly claims: readonly Claim[];
  readonly clashes: boolean;
}

export interface WordMarks {
  /** Bytes. */
  readonly start: number;
  readonly end: number;
  readonly bits: readonly BitMark[];
}

export interface ByteRow {
  readonly kind: 'row';
  readonly start: number;
  readonly end: number;
  readonly bands: readonly Band[];
  readonly words: readonly WordMarks[];
}

/** Rows that are not drawn, as one member fills them all. */
export interface Elision {
  readonly kind: 'elision';
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** A single row takes no more room than the line that would stand for it. */
const FEWEST_ELIDED = 2;

/** The widths that a row may have, in bytes. */
const WIDTHS = [64, 32, 16, 8];

/** What a byte needs to show names, in pixels. */
const BYTE_PIXELS = 16;

/** How many bytes to a row: whole cachelines where there is room, and not many more than the record has. */
export function bytesPerRow(pixels: number, picture: Picture): number {
  const fitting = WIDTHS.find((bytes) => bytes * BYTE_PIXELS <= pixels) ?? 8;
  const size = sizeOf(picture);
  return WIDTHS.filter((bytes) => bytes <= fitting && (bytes === 8 || bytes < 2 * size))[0];
}

/** Bytes to draw: of an unknown layout, as far as it is known. */
function sizeOf(picture: Picture): number {
  const end = Math.max(0, ...picture.cells.map(({ offsetBits, sizeBits }) => offsetBits + sizeBits));
  return picture.size ?? Math.ceil(end / 8);
}

/** @param hidden titles of the family's members that are not to be drawn */
export function rowsOf(
  { picture, family }: Pick<Model, 'picture' | 'family'>,
  width: number,
  hidden: ReadonlySet<string> = new Set(),
): (ByteRow | Elision)[] {
  const records = [{ at: 0, picture }, ...family].map(({ at, picture: one }, record) => ({
    record,
    title: one.title,
    views: one.views,
    boxes: boxesOf(one, record, at * 8),
  }));
  const shown = records.filter(({ record, title }) => record === 0 || !hidden.has(title));
  const size = sizeOf(picture);
  const rows: ByteRow[] = [];
  for (let start = 0; start < size; start += width) {
    const end = start + width;
    const bands = shown.flatMap(({ record, views, boxes }): Band[] => {
      const lanes = lanesOf(boxes, start, end, views);
      return lanes.length > 0 ? [{ record, lanes }] : [];
    });
    rows.push({ kind: 'row', start, end, bands, words: wordsOf(picture, start, end) });
  }
  return elided(rows);
}

interface Whole {
  readonly lane: number;
  readonly start: number;
  readonly end: number;
  readonly isBits: boolean;
  readonly cells: readonly { readonly id: string; readonly cell: Cell; readonly start: number; readonly end: number }[];
  readonly record: number;
}

/** The boxes of a record whose first bit is at `base`. */
function boxesOf(picture: Picture, record: number, base: number): Whole[] {
  const boxes: Whole[] = [];
  let group: Whole['cells'][number][] = [];
  let lane = 0;
  const close = (): void => {
    if (group.length === 0) return;
    const [start, end] = [Math.floor(group[0].start), Math.ceil(group.at(-1)!.end)];
    boxes.push({ lane, start, end, isBits: group.length > 1 || isBroken(group[0].cell), cells: group, record });
    group = [];
  };
  const pieces = picture.cells.flatMap((cell, index) =>
    wholeBytesApart(cell).map(({ offsetBits, sizeBits }, part) => ({
      id: `c${record}.${index}${part ? `.${part}` : ''}`,
      cell: { ...cell, offsetBits, sizeBits },
      start: (base + offsetBits) / 8,
      end: (base + offsetBits + sizeBits) / 8,
    })),
  );
  for (const piece of pieces) {
    const last = group.at(-1);
    const joins = last && piece.cell.lane === lane && Math.floor(piece.start) < last.end;
    const together = last && piece.cell.lane === lane && isBroken(piece.cell) && isBroken(last.cell);
    if (!joins && !(together && piece.start === last.end)) close();
    group.push(piece);
    lane = piece.cell.lane;
  }
  close();
  return boxes;
}

/** A hole that starts or ends within a byte, cut so that its whole bytes stand apart from the bits. */
function wholeBytesApart(cell: Cell): Pick<Cell, 'offsetBits' | 'sizeBits'>[] {
  const end = cell.offsetBits + cell.sizeBits;
  const first = Math.ceil(cell.offsetBits / 8) * 8;
  const last = Math.floor(end / 8) * 8;
  if (cell.kind === 'member' || first >= last) return [cell];
  const cuts = [cell.offsetBits, first, last, end];
  return cuts
    .slice(0, -1)
    .map((from, index) => ({ offsetBits: from, sizeBits: cuts[index + 1] - from }))
    .filter(({ sizeBits }) => sizeBits > 0);
}

function isBroken({ isBitField, offsetBits, sizeBits }: Cell): boolean {
  return isBitField === true || offsetBits % 8 !== 0 || sizeBits % 8 !== 0;
}

function lanesOf(boxes: readonly Whole[], start: number, end: number, views: Picture['views']): Lane[] {
  const inside = boxes.filter((box) => box.start < end && box.end > start);
  const numbers = [...new Set(inside.map(({ lane }) => lane))].sort((a, b) => a - b);
  const told = new Set<number>();
  return numbers.map((number) => {
    const own = inside.filter(({ lane }) => lane === number);
    const view = own
      .flatMap(({ cells }) => cells.map(({ cell }) => cell))
      .find((cell) => cell.view !== undefined && !told.has(cell.view) && views[cell.view].comment !== undefined);
    for (const box of own) for (const { cell } of box.cells) if (cell.view !== undefined) told.add(cell.view);
    return {
      boxes: own.map((box) => clipped(box, start, end)),
      ...(view?.view !== undefined && { view: views[view.view].comment }),
    };
  });
}

function clipped(box: Whole, start: number, end: number): Box {
  const pieces = box.cells
    .filter((one) => one.start < end && one.end > start)
    .map(({ id, cell, start: from, end: to }) => ({
      id: from < start ? `${id}@${start}` : id,
      record: box.record,
      cell,
      start: Math.max(from, start),
      end: Math.min(to, end),
      continues: from < start,
      goesOn: to > end,
    }));
  return { start: Math.max(box.start, start), end: Math.min(box.end, end), pieces, isBits: box.isBits };
}

function wordsOf({ claims, wordSize }: Picture, start: number, end: number): WordMarks[] {
  const here = claims.filter(({ word }) => word >= start && word < end);
  const words = [...new Set(here.map(({ word }) => word))].sort((a, b) => a - b);
  return words.map((word) => {
    const own = here.filter((claim) => claim.word === word);
    const bits = [...new Set(own.map(({ bit }) => bit))].sort((a, b) => a - b);
    return {
      start: word,
      end: Math.min(end, word + wordSize),
      bits: bits.map((bit) => {
        const onBit = own.filter((claim) => claim.bit === bit);
        return { id: `k${word}.${bit}`, bit, claims: onBit, clashes: onBit.some(({ clashes }) => clashes) };
      }),
    };
  });
}

/** Leaves out rows in which nothing begins or ends, where the rows around them show the same. */
function elided(rows: readonly ByteRow[]): (ByteRow | Elision)[] {
  const name = (row: ByteRow): string | undefined => {
    const boxes = row.bands.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.boxes));
    const isFilled = boxes.length === row.bands.length && boxes.every((box) => box.pieces[0].continues);
    const spans = isFilled && boxes.every(({ start, end }) => start === row.start && end === row.end);
    return spans && row.words.length === 0 && boxes.length > 0 ? (boxes[0].pieces[0].cell.name ?? '') : undefined;
  };
  const shown: (ByteRow | Elision)[] = [];
  for (let index = 0; index < rows.length; ) {
    const filler = name(rows[index]);
    let next = index + 1;
    while (filler !== undefined && next < rows.length && name(rows[next]) === filler) next++;
    if (filler === undefined || next - index < FEWEST_ELIDED) shown.push(...rows.slice(index, next));
    else shown.push({ kind: 'elision', start: rows[index].start, end: rows[next - 1].end, name: filler });
    index = next;
  }
  return shown;
}
