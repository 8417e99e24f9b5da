/**
 * The diagram as an SVG, as the layout panel shows a record: a row for each cacheline, a lane for each view, bit-fields side by
 * side below their lanes, claims on bits, the family over the same bytes, touched bytes marked; light or dark as the reader's
 * system is, with nothing in it that runs.
 */

import type { RecordLayout } from '../layout/record';
import type { Bytes } from '../types/model';
import { declareAsWritten, sourceName } from '../types/typename';
import type { Cell } from './cells';
import {
  amount,
  type Caption,
  cachelineOf,
  captions,
  counted,
  type DiagramClaim,
  type DiagramOptions,
  drawnBytes,
  elisionText,
  facts,
  listed,
  rangeText,
  titleOf,
  touchedBytes,
  touchedCellOf,
} from './diagram';
import { type DrawnBand, drawnBands, type RecordContext } from './drawn-bands';
import { type Box, elide, labelOf, type Row, rowsOf, type Segment } from './rows';
import { CHARACTER_WIDTH, escapeXml, fitted, HATCH, round, STYLE, text, VIEW_COLOURS } from './svg-text';

const BYTES_PER_ROW = 64;
const BYTE_WIDTH = 17;
/** Room for titles of the family, and for offsets. */
const LEFT = 150;
const RIGHT = 16;
/** Room for what comments say of views. */
const VIEWS = 270;
const LANE_HEIGHT = 24;
const LINE_HEIGHT = 18;
/** A caption's line breaks here. */
const CAPTION_COLUMNS = 140;

/** A whole SVG document. */
export function drawSvg(layout: RecordLayout, options: DiagramOptions = {}, context?: RecordContext): string {
  return new SvgDrawing(layout, options, drawnBands(layout, options, context)).whole();
}

class SvgDrawing {
  private readonly parts: string[] = [];
  /** Cells whose names had no room. */
  private readonly cut: Cell[] = [];
  private y = 28;
  private readonly scale = { bytesPerRow: BYTES_PER_ROW, columnsPerByte: 1 };

  constructor(
    private readonly layout: RecordLayout,
    private readonly options: DiagramOptions,
    private readonly bands: readonly DrawnBand[],
  ) {}

  whole(): string {
    const { layout, options, parts } = this;
    const bytes = drawnBytes(layout);
    parts.push(text(16, this.y, titleOf(layout, options), 'title'));
    parts.push(text(16, (this.y += 20), facts(layout, options).join(', '), 'faint'));
    this.y += 30;
    if (bytes > 0) this.drawRows();
    for (const caption of [...cutCaption(this.cut), ...captions(layout, options)]) {
      this.y += 8;
      for (const line of captionText(caption)) parts.push(text(16, (this.y += LINE_HEIGHT), line));
    }
    const widest = Math.max(40, Math.min(BYTES_PER_ROW, ...[Math.max(bytes, ...this.bands.map(endOf))]));
    const width = LEFT + widest * BYTE_WIDTH + (this.hasComments ? VIEWS : RIGHT);
    const height = this.y + 20;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
      `<title>${escapeXml(`Layout of ${titleOf(layout, options)}`)}</title>`,
      `<style>${STYLE}</style>`,
      HATCH,
      `<rect class="paper" width="${width}" height="${height}"/>`,
      ...parts,
      '</svg>',
      '',
    ].join('\n');
  }

  private hasComments = false;

  private drawRows(): void {
    const { layout, options, parts } = this;
    const [own, ...family] = this.bands;
    const touched = touchedBytes(layout, options);
    const claims = options.claims ?? [];
    const interest = claims.map(({ word }) => ({ start: word, end: word + layout.target.pointer.size }));
    if (touched !== undefined) interest.push(touched);
    const isOfInterest = ({ start, end }: Row): boolean =>
      interest.some((one) => one.start < end && one.end > start) ||
      family.some(({ boxes }) => boxes.some((box) => box.start > start && box.start < end));
    const rows = elide(rowsOf(own.boxes, this.scale), isOfInterest);
    const relatives = family.map((band) => ({ band, rows: rowsOf(band.boxes, this.scale) }));
    parts.push(ruler(Math.min(BYTES_PER_ROW, rows[0].end), layout.target.pointer.size, this.y));
    this.y += 8;
    for (const part of rows) {
      if (part.kind === 'elision') {
        parts.push(text(LEFT, this.y + LINE_HEIGHT - 4, `⋮ ${elisionText(layout, own.boxes, part)}`, 'faint'));
        this.y += LINE_HEIGHT + 8;
        continue;
      }
      const top = this.y;
      parts.push(text(LEFT - 10, top + 16, String(part.start), 'faint', 'end'));
      if (touched !== undefined) parts.push(touchedBand(part, touched, top, part.lanes.length * LANE_HEIGHT));
      this.drawBand(own, part);
      this.drawMarks(part, claims);
      for (const { band, rows: others } of relatives) {
        const other = others.find(({ start }) => start === part.start);
        if (!other) continue;
        this.y += 4;
        parts.push(text(LEFT - 10, this.y + 16, fitted(band.title, LEFT - 14), 'faint', 'end'));
        this.drawBand(band, other);
      }
      parts.push(edges(part, cachelineOf(layout, options), top, this.y - top));
      this.y += 8;
    }
  }

  /** What one record has in a row: its lanes, and below them its bit-fields. */
  private drawBand(band: DrawnBand, row: Row): void {
    const told = new Set<number>();
    for (const lane of row.lanes) {
      for (const segment of lane) this.drawSegment(segment, row, band);
      const views = lane.flatMap(({ box }) => box.cells.flatMap((cell) => band.viewOf(cell) ?? []));
      const comments = [...new Set(views)]
        .filter((view) => !told.has(view))
        .flatMap((view) => band.commentOf(view) ?? []);
      for (const view of views) told.add(view);
      if (comments.length > 0) {
        this.hasComments = true;
        const at = LEFT + BYTES_PER_ROW * BYTE_WIDTH + 10;
        this.parts.push(text(at, this.y + 16, fitted(comments.join('; '), VIEWS - 16), 'faint'));
      }
      this.y += LANE_HEIGHT;
    }
    for (const { box } of row.lanes.flat().filter((each) => isOfBits(each.box) && each.isNamed)) {
      let from = LEFT;
      const where = box.end - box.start === 1 ? `byte ${box.start}` : `bytes ${box.start}–${box.end - 1}`;
      this.parts.push(text(from - 10, this.y + 16, where, 'faint', 'end'));
      for (const cell of box.cells) {
        const label = cell.member ? labelOf(cell) : `${cell.sizeBits} unused`;
        const width = Math.max(label.length * CHARACTER_WIDTH + 10, cell.sizeBits * 3);
        this.drawCell(cell, band, box, from, from + width, label);
        from += width;
      }
      this.y += LANE_HEIGHT;
    }
  }

  private drawSegment({ box, start, end, isNamed }: Segment, row: Row, band: DrawnBand): void {
    if (isOfBits(box)) {
      const fields = counted(box.cells.filter(({ member }) => member).length, 'bit-field');
      const [from, to] = [x(row, start), x(row, end)];
      const shape = `x="${from}" y="${this.y}" width="${round(to - from)}" height="${LANE_HEIGHT}"`;
      const said = fitted(fields, to - from);
      this.parts.push(`<g><title>${fields}</title><rect class="cell place" stroke-dasharray="2 2" ${shape}/></g>`);
      if (said !== '') this.parts.push(text((from + to) / 2, this.y + 16, said, 'faint', 'middle'));
      return;
    }
    for (const cell of box.cells) {
      const [from, to] = [x(row, Math.max(start, cell.offsetBits / 8)), x(row, Math.min(end, endOfCell(cell)))];
      if (to <= from) continue;
      const label = isNamed ? (cell.member ? sourceName(cell.member.member) : box.label) : '…';
      this.drawCell(cell, band, box, from, to, label, endOfCell(cell) > row.end, cell.offsetBits / 8 < row.start);
    }
  }

  /** @param goesOn The cell ends in a later row; @param continues it begins in an earlier one: such an edge is open. */
  private drawCell(
    cell: Cell,
    band: DrawnBand,
    box: Box,
    from: number,
    to: number,
    full: string,
    goesOn = false,
    continues = false,
  ): void {
    const { y, options } = this;
    const view = band.viewOf(cell);
    const fill = cell.kind !== 'member' ? 'hole' : view === undefined ? 'plain' : `v${view % VIEW_COLOURS}`;
    const isTouched = band === this.bands[0] && cell === touchedCellOf(box, options);
    const [width, bottom] = [round(to - from), y + LANE_HEIGHT];
    const sides = [
      `M${from} ${y}H${round(to)}`,
      `M${from} ${bottom}H${round(to)}`,
      continues ? '' : `M${from} ${y}V${bottom}`,
      goesOn ? '' : `M${round(to)} ${y}V${bottom}`,
    ];
    const label = fitted(full, to - from);
    if (cell.member !== undefined && label !== full && band === this.bands[0]) this.cut.push(cell);
    const centre = (from + to) / 2;
    // A name over hatching has paper behind it.
    const behind = label.length * CHARACTER_WIDTH + 6;
    const paper =
      fill === 'hole' && label !== ''
        ? `<rect class="paper" x="${round(centre - behind / 2)}" y="${y + 4}" width="${round(behind)}" height="${LANE_HEIGHT - 8}"/>`
        : '';
    const name =
      label === '' ? '' : text(centre, y + 16, label, cell.kind === 'member' ? '' : 'faint italic', 'middle');
    this.parts.push(
      `<g><title>${escapeXml(describe(cell))}</title>` +
        `<rect class="${fill}" x="${from}" y="${y}" width="${width}" height="${LANE_HEIGHT}"/>` +
        `<path class="cell${isTouched ? ' touched' : ''}" fill="none" d="${sides.join('')}"/>${paper}${name}</g>`,
    );
  }

  /** The claims on the bits of each word in a row, side by side. */
  private drawMarks(row: Row, claims: readonly DiagramClaim[]): void {
    const here = claims.filter(({ word }) => word >= row.start && word < row.end);
    if (here.length === 0) return;
    for (const word of [...new Set(here.map((one) => one.word))].sort((a, b) => a - b)) {
      let from = x(row, word);
      const bits = [...new Set(here.filter((one) => one.word === word).map(({ bit }) => bit))].sort((a, b) => a - b);
      for (const bit of bits) {
        const onBit = here.filter((one) => one.word === word && one.bit === bit);
        const owners = [...new Set(onBit.map(({ meaning }) => meaning))].join(', ');
        const isClash = onBit.some(({ clashes }) => clashes);
        const room = this.layout.target.pointer.size * BYTE_WIDTH;
        const label = fitted(isClash ? `⚠ ${owners}` : owners, Math.max(60, room / bits.length - 22));
        const width = 22 + label.length * CHARACTER_WIDTH + 6;
        const said = onBit
          .map(({ meaning, quote = '', place }) => `bit ${bit}: ${meaning} ${quote} ${place}`)
          .join('\n');
        this.parts.push(
          `<g><title>${escapeXml(said)}</title><rect class="${isClash ? 'clash' : 'bit'}" x="${from}" y="${this.y + 3}" width="20" height="18"/>` +
            `<rect class="box" x="${from}" y="${this.y + 3}" width="${round(width)}" height="18"/>` +
            `${text(from + 10, this.y + 16, String(bit), 'onbit small', 'middle')}${text(from + 24, this.y + 16, label, 'small')}</g>`,
        );
        from += width + 3;
      }
    }
    this.y += LANE_HEIGHT;
  }
}

function endOf({ boxes }: DrawnBand): Bytes {
  return Math.max(0, ...boxes.map(({ end }) => end));
}

function endOfCell({ offsetBits, sizeBits }: Cell): number {
  return (offsetBits + sizeBits) / 8;
}

/** Bit-fields are too narrow to be drawn in place. */
function isOfBits({ cells }: Box): boolean {
  return cells.some(
    ({ member, offsetBits, sizeBits }) => member?.isBitField || offsetBits % 8 !== 0 || sizeBits % 8 !== 0,
  );
}

function x(row: Row, byte: Bytes): number {
  return round(LEFT + (byte - row.start) * BYTE_WIDTH);
}

function ruler(bytes: Bytes, wordSize: Bytes, y: number): string {
  const marks: string[] = [];
  for (let offset = 0; offset <= bytes; offset += wordSize) {
    const at = LEFT + offset * BYTE_WIDTH;
    marks.push(text(at, y, String(offset), 'faint', 'middle'));
    marks.push(`<line class="tick" x1="${at}" y1="${y + 3}" x2="${at}" y2="${y + 7}"/>`);
  }
  return marks.join('\n');
}

function touchedBand(row: Row, touched: { start: Bytes; end: Bytes }, y: number, height: number): string {
  const start = Math.max(row.start, touched.start);
  const end = Math.min(row.end, touched.end);
  if (end <= start) return '';
  const from = x(row, start);
  return `<rect class="band" x="${from}" y="${y - 4}" width="${round(x(row, end) - from)}" height="${height + 8}"/>`;
}

/** A strong line where a cacheline begins. */
function edges(row: Row, cacheline: Bytes, y: number, height: number): string {
  const lines: string[] = [];
  for (let at = Math.ceil(row.start / cacheline) * cacheline; at < row.end; at += cacheline) {
    const from = x(row, at);
    lines.push(`<line class="edge" x1="${from}" y1="${y - 3}" x2="${from}" y2="${y + height + 3}"/>`);
  }
  return lines.join('\n');
}

/** The names that had no room, for those who see the picture alone. */
function cutCaption(cut: readonly Cell[]): Caption[] {
  const sorted = [...cut].sort((one, other) => one.offsetBits - other.offsetBits);
  const names = sorted.map((cell) => `${rangeText(cell)} ${sourceName(cell.member!.member)}`);
  return names.length === 0 ? [] : [{ rows: [['in full', listed([...new Set(names)])]] }];
}

function describe(cell: Cell): string {
  const said = cell.member === undefined ? cell.kind : declareAsWritten(cell.member.member, cell.member.name);
  return `${said}: ${amount(cell.sizeBits)} at ${rangeText(cell)}`;
}

function captionText({ heading, rows }: Caption): string[] {
  const labelWidth = Math.max(0, ...rows.map(([label]) => label.length));
  const lines = heading === undefined ? [] : [heading];
  for (const [label, said] of rows) {
    let line = `  ${label.padStart(labelWidth)}  `;
    for (const word of said.split(/(?<= )/)) {
      if (line.length + word.length > CAPTION_COLUMNS) {
        lines.push(line);
        line = ' '.repeat(labelWidth + 4);
      }
      line += word;
    }
    lines.push(line);
  }
  return lines;
}
