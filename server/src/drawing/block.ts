/**
 * The diagram as a block of text for hovers, terminals and commit messages: words across, views stacked, touched bytes
 * marked, holes and padding shown, a double line at each cacheline edge, claims below; 80 columns unless told otherwise.
 */

import type { RecordLayout } from '../layout/record';
import type { Bytes } from '../types/model';
import {
  type ByteRange,
  type Caption,
  cachelineOf,
  captions,
  claimCaption,
  counted,
  type DiagramOptions,
  drawnBytes,
  elisionText,
  facts,
  listed,
  titleOf,
  touchedBytes,
  touchedCellOf,
} from './diagram';
import { type Box, boxesOf, elide, isCut, labelOf, type Row, rowsOf, type Scale, type Segment, scaleFor } from './rows';

/** The block as text, without a final newline. */
export function drawBlock(layout: RecordLayout, options: DiagramOptions = {}): string {
  const columns = Math.max(40, options.columns ?? 80);
  const lines = heading(layout, options, columns);
  const cut: Caption[] = [];
  if (drawnBytes(layout) > 0) lines.push(...picture(layout, options, columns, cut));
  const below = options.isFolded ? claimCaption(layout, options) : [...cut, ...captions(layout, options)];
  for (const caption of below) lines.push('', ...captionLines(caption, columns));
  return lines.map((line) => line.replaceAll(UNBROKEN, ' ').trimEnd()).join('\n');
}

function heading(layout: RecordLayout, options: DiagramOptions, columns: number): string[] {
  const name = titleOf(layout, options);
  const said = facts(layout, options).join(', ');
  const gap = columns - name.length - said.length;
  return gap >= 2 ? [name + ' '.repeat(gap) + said] : [name, ...wrap(said, columns - 2).map((line) => `  ${line}`)];
}

/** Breaks a text at spaces into lines of at most so many columns, where a word is not longer than that. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A space at which no line breaks. */
const UNBROKEN = '\u00a0';

function captionLines({ heading, rows }: Caption, columns: number): string[] {
  const lines = heading === undefined ? [] : wrap(heading, columns);
  const labelWidth = Math.max(0, ...rows.map(([label]) => label.length));
  for (const [label, text] of rows) {
    const [first, ...rest] = wrap(text, Math.max(20, columns - labelWidth - 4));
    lines.push(`  ${label.padStart(labelWidth)}  ${first}`);
    for (const more of rest) lines.push(' '.repeat(labelWidth + 4) + more);
  }
  return lines;
}

/** A row of views taller than this is cut, or a union of hundreds would fill the screen. */
const MOST_LANES = 20;

/** The same for the touched row of a folded picture. */
const MOST_TOUCHED_LANES = 2;

/** The lines of the picture; what it had to cut goes into captions. */
function picture(layout: RecordLayout, options: DiagramOptions, columns: number, captions: Caption[]): string[] {
  const boxes = boxesOf(layout);
  const margin = String(drawnBytes(layout)).length + 2;
  const cacheline = cachelineOf(layout, options);
  const wordSize = layout.target.pointer.size;
  const scale = scaleFor(boxes, wordSize, cacheline, columns - margin);
  const touched = touchedBytes(layout, options);
  const interest: ByteRange[] = (options.claims ?? []).map(({ word }) => ({ start: word, end: word + wordSize }));
  if (touched !== undefined) interest.push(touched);
  const isOfInterest = (row: Row): boolean => interest.some((range) => range.start < row.end && range.end > row.start);
  const shown = elide(rowsOf(boxes, scale), isOfInterest, options.isFolded === true);
  const indent = ' '.repeat(margin);
  const lines = [indent + ruler(wordSize, shown[0], scale)];
  const cut = new Set<Box>();
  let above: { line: string; start: Bytes } = { line: '', start: 0 };
  const close = () => {
    if (above.line !== '') lines.push(indent + edge(above, { line: '', start: above.start }, scale, touched, false));
    above = { line: '', start: 0 };
  };
  for (const part of shown) {
    if (part.kind === 'elision') {
      close();
      lines.push(`${'⋮ '.padStart(margin)}${elisionText(layout, boxes, part)}`);
      continue;
    }
    const isTouched = touched !== undefined && isOfInterest(part);
    const most = options.isFolded ? (isTouched ? MOST_TOUCHED_LANES : 1) : MOST_LANES;
    const body = lanesToDraw(part, options, most).map((lane) => drawLane(lane, part, scale, touched, options));
    const hidden = part.lanes.length - body.length;
    if (hidden > 0 && (!options.isFolded || isTouched)) body.push(moreViews(hidden, body[0].length));
    const isLineEdge = part.start > 0 && part.start % cacheline === 0;
    const note = isLineEdge ? ` line ${part.start / cacheline}` : '';
    const below = { line: body[0], start: part.start };
    const line = indent + edge(above, below, scale, touched, isLineEdge);
    lines.push(line.length + note.length <= columns ? line + note : line);
    lines.push(...body.map((line, at) => (at === 0 ? `${part.start} `.padStart(margin) : indent) + line));
    above = { line: body.at(-1)!, start: part.start };
    for (const { box, isNamed } of part.lanes.flat()) if (isNamed && isCut(box, scale)) cut.add(box);
  }
  close();
  captions.push(...cutCaption([...cut]));
  return lines;
}

/** The first lanes of a row, and the one with the touched member. */
function lanesToDraw({ lanes }: Row, options: DiagramOptions, most: number): readonly (readonly Segment[])[] {
  if (lanes.length <= most) return lanes;
  const touched = lanes.findIndex((lane) => lane.some(({ box }) => touchedCellOf(box, options) !== undefined));
  return lanes.filter((_, index) => index === touched || index < (touched < 0 || touched < most - 1 ? most : most - 1));
}

function moreViews(count: number, width: number): string {
  const line: string[] = Array(width).fill(' ');
  line[0] = line[width - 1] = '│';
  write(line, 1, width - 1, `… ${counted(count, 'more view')}`, true);
  return line.join('');
}

/** The names, and the bit-fields, that had no room. */
function cutCaption(boxes: readonly Box[]): Caption[] {
  const cut = boxes.filter((box) => box.kind === 'member').sort((one, other) => one.start - other.start);
  const names = cut.map((box) => `${box.start}${UNBROKEN}${box.label}`);
  return names.length === 0 ? [] : [{ rows: [['in full', listed(names)]] }];
}

/** Byte offsets above the words of the first row, and above its end. */
function ruler(wordSize: Bytes, first: ByteRange, { columnsPerByte }: Scale): string {
  let line = '';
  for (let offset = first.start; offset < first.end; offset += wordSize) {
    line = line.padEnd((offset - first.start) * columnsPerByte) + offset;
  }
  const end = (first.end - first.start) * columnsPerByte;
  return line.length < end ? line.padEnd(end) + first.end : line;
}

function drawLane(
  lane: readonly Segment[],
  row: Row,
  scale: Scale,
  touched: ByteRange | undefined,
  options: DiagramOptions,
): string {
  const { columnsPerByte } = scale;
  const at = (byte: Bytes) => (byte - row.start) * columnsPerByte;
  const line: string[] = Array(at(row.end) + 1).fill(' ');
  line[0] = line[at(row.end)] = '│';
  for (const { box, start, end, isNamed } of lane) {
    const from = at(start);
    const to = at(end);
    line[from] = line[to] = '│';
    const touchedCell = touched && touchedCellOf(box, options);
    for (let column = from + 1; column < to; column++) {
      const byte = row.start + Math.floor(column / columnsPerByte);
      if (box.kind !== 'member') line[column] = '·';
      else if (touchedCell && byte >= touched.start && byte < touched.end) line[column] = '▒';
    }
    // Of bit-fields that share a box, the touched one is the one to name where not all can be.
    const label = touchedCell && isCut(box, scale) ? labelOf(touchedCell) : box.label;
    // The marks say more than what is left of a name in so little room.
    if (touchedCell && to - from < 4) continue;
    write(line, from + 1, to, isNamed ? label : '…', box.kind === 'member');
  }
  return line.join('');
}

/** Writes a label into the middle of a range of columns, cut if it must be; a hole's only if it fits. */
function write(line: string[], from: number, to: number, label: string, mayCut: boolean): void {
  const room = to - from;
  if (room < 1 || (label.length > room && !mayCut)) return;
  let text = label.length > room ? `${label.slice(0, room - 1)}…` : label;
  if (text.length + 2 <= room) text = ` ${text} `;
  const start = from + Math.floor((room - text.length) / 2);
  for (let index = 0; index < text.length; index++) line[start + index] = text[index];
}

/** Strokes by what they connect: up 1, down 2, left 4, right 8. */
const LIGHT = ['', '│', '│', '│', '─', '┘', '┐', '┤', '─', '└', '┌', '├', '─', '┴', '┬', '┼'];
const HEAVY = ['', '│', '│', '│', '━', '┙', '┑', '┥', '━', '┕', '┍', '┝', '━', '┷', '┯', '┿'];
const DOUBLE = ['', '│', '│', '│', '═', '╛', '╕', '╡', '═', '╘', '╒', '╞', '═', '╧', '╤', '╪'];

/** The line between two lines of boxes: heavy above touched bytes, double at the edge of a cacheline. */
function edge(
  above: { line: string; start: Bytes },
  below: { line: string; start: Bytes },
  { columnsPerByte }: Scale,
  touched: ByteRange | undefined,
  isDouble: boolean,
): string {
  const width = Math.max(above.line.length, below.line.length);
  let line = '';
  for (let column = 0; column < width; column++) {
    const connects =
      (above.line[column] === '│' ? 1 : 0) +
      (below.line[column] === '│' ? 2 : 0) +
      (column > 0 ? 4 : 0) +
      (column < width - 1 ? 8 : 0);
    const byte = below.start + column / columnsPerByte;
    const isTouched = touched !== undefined && below.line !== '' && byte > touched.start && byte < touched.end;
    line += (isTouched ? HEAVY : isDouble ? DOUBLE : LIGHT)[connects];
  }
  return line;
}
