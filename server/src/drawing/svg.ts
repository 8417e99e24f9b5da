/**
 * The diagram as an SVG: a row for each cacheline, a lane for each view, bit-fields to scale, touched bytes marked; light
 * or dark as the reader's system is, with nothing in it that runs.
 */

import type { RecordLayout } from '../layout/record';
import { withoutUnfit } from '../text/text';
import type { Bytes } from '../types/model';
import { declare } from '../types/typename';
import type { Cell } from './cells';
import {
  amount,
  type Caption,
  cachelineOf,
  captions,
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
import { type Box, boxesOf, elide, type Row, rowsOf, type Segment } from './rows';

const BYTES_PER_ROW = 64;
const BYTE_WIDTH = 17;
const LEFT = 62;
const RIGHT = 16;
const LANE_HEIGHT = 24;
const LINE_HEIGHT = 18;
/** Of the fixed-width font at its 12 pixels; names are cut by it. */
const CHARACTER_WIDTH = 7.3;
/** A caption's line breaks here. */
const CAPTION_COLUMNS = 140;

interface Colours {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly paper: string;
  readonly hole: string;
  readonly touched: string;
  /** They repeat, tell views apart and mean nothing. */
  readonly lanes: readonly string[];
}

const LIGHT: Colours = {
  ink: '#1f2328',
  faint: '#656d76',
  line: '#8c959f',
  paper: '#ffffff',
  hole: '#d0d7de',
  touched: '#bf8700',
  lanes: ['#ddf4ff', '#dafbe1', '#fbefff', '#fff8c5', '#ffeff7', '#eaeef2'],
};

const DARK: Colours = {
  ink: '#e6edf3',
  faint: '#8d96a0',
  line: '#6e7681',
  paper: '#0d1117',
  hole: '#30363d',
  touched: '#e3b341',
  lanes: ['#0c2d6b', '#033a16', '#3c1e70', '#4b2900', '#5e103e', '#21262d'],
};

/** Colours are written out: mail, slides and librsvg know no CSS variables, and would draw all of it black. */
function coloured({ ink, faint, line, paper, hole, touched, lanes }: Colours): string {
  return [
    `text { fill: ${ink}; } .faint { fill: ${faint}; } .paper { fill: ${paper}; } .cell { stroke: ${line}; }`,
    `.touched { stroke: ${touched}; } .band { fill: ${touched}; } .edge { stroke: ${ink}; }`,
    `.tick { stroke: ${line}; } .hatch { stroke: ${hole}; }`,
    lanes.map((colour, lane) => `.l${lane} { fill: ${colour}; }`).join(' '),
    '.hole { fill: url(#hatch); }',
  ].join('\n');
}

const STYLE = `
text { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; }
.title { font-weight: bold; font-size: 15px; } .cell { stroke-width: 1; } .touched { stroke-width: 3; }
.band { opacity: 0.16; } .edge { stroke-width: 2; } .tick { stroke-width: 1; } .hatch { stroke-width: 3; }
${coloured(LIGHT)}
@media (prefers-color-scheme: dark) {
${coloured(DARK)}
}
`;

/** A whole SVG document. */
export function drawSvg(layout: RecordLayout, options: DiagramOptions = {}): string {
  const bytes = drawnBytes(layout);
  const boxes = boxesOf(layout);
  const touched = touchedBytes(layout, options);
  const interest = (options.claims ?? []).map(({ word }) => ({ start: word, end: word + layout.target.pointer.size }));
  if (touched !== undefined) interest.push(touched);
  const isOfInterest = (row: Row) => interest.some(({ start, end }) => start < row.end && end > row.start);
  const parts: string[] = [];
  const cut: Cell[] = [];
  let y = 28;
  parts.push(text(16, y, titleOf(layout, options), 'title'));
  parts.push(text(16, (y += 20), facts(layout, options).join(', '), 'faint'));
  y += 30;
  if (bytes > 0) {
    const rows = elide(rowsOf(boxes, { bytesPerRow: BYTES_PER_ROW, columnsPerByte: 1 }), isOfInterest);
    parts.push(ruler(Math.min(BYTES_PER_ROW, rows[0].end), layout.target.pointer.size, y));
    y += 8;
    for (const part of rows) {
      if (part.kind === 'elision') {
        parts.push(text(LEFT, y + LINE_HEIGHT - 4, `⋮ ${elisionText(layout, boxes, part)}`, 'faint'));
        y += LINE_HEIGHT + 8;
        continue;
      }
      const height = part.lanes.length * LANE_HEIGHT;
      parts.push(text(LEFT - 10, y + 16, String(part.start), 'faint', 'end'));
      if (touched !== undefined) parts.push(band(part, touched, y, height));
      part.lanes.forEach((lane, index) => {
        for (const segment of lane) parts.push(drawSegment(segment, part, y + index * LANE_HEIGHT, options, cut));
      });
      parts.push(edges(part, cachelineOf(layout, options), y, height));
      y += height + 8;
    }
  }
  for (const caption of [...cutCaption(cut), ...captions(layout, options)]) {
    y += 8;
    for (const line of captionText(caption)) parts.push(text(16, (y += LINE_HEIGHT), line));
  }
  const width = LEFT + Math.max(40, Math.min(BYTES_PER_ROW, bytes)) * BYTE_WIDTH + RIGHT;
  const height = y + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(`Layout of ${titleOf(layout, options)}`)}</title>`,
    `<style>${STYLE}</style>`,
    '<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
    '<line class="hatch" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function x(row: Row, byte: Bytes): number {
  return round(LEFT + (byte - row.start) * BYTE_WIDTH);
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
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

function band(row: Row, touched: { start: Bytes; end: Bytes }, y: number, height: number): string {
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

function drawSegment(
  { box, start, end, isNamed }: Segment,
  row: Row,
  y: number,
  options: DiagramOptions,
  cut: Cell[],
): string {
  const touchedCell = touchedCellOf(box, options);
  const parts = box.cells.map((cell) => {
    const from = x(row, Math.max(start, cell.offsetBits / 8));
    const to = x(row, Math.min(end, (cell.offsetBits + cell.sizeBits) / 8));
    if (to <= from) return '';
    const fill = cell.kind === 'member' ? `l${cell.lane % LIGHT.lanes.length}` : 'hole';
    const shape = `x="${from}" y="${y}" width="${round(to - from)}" height="${LANE_HEIGHT}"`;
    const rect = `<rect class="cell ${fill}${cell === touchedCell ? ' touched' : ''}" ${shape}/>`;
    const full = isNamed || box.cells.length > 1 ? labelOf(cell, box) : '…';
    const label = fitted(full, to - from);
    if (cell.member !== undefined && label !== full) cut.push(cell);
    const name =
      label === '' ? '' : text((from + to) / 2, y + 16, label, cell.kind === 'member' ? '' : 'faint', 'middle');
    return `<g><title>${escapeXml(describe(cell))}</title>${rect}${name}</g>`;
  });
  return parts.join('\n');
}

function labelOf(cell: Cell, box: Box): string {
  return cell.member?.name ?? (cell.sizeBits % 8 === 0 ? box.label : '');
}

/** The names that had no room, for those who see the picture alone. */
function cutCaption(cut: readonly Cell[]): Caption[] {
  const sorted = [...cut].sort((one, other) => one.offsetBits - other.offsetBits);
  const names = sorted.map((cell) => `${rangeText(cell)} ${cell.member!.name}`);
  return names.length === 0 ? [] : [{ rows: [['in full', listed(names)]] }];
}

function describe(cell: Cell): string {
  const said = cell.member === undefined ? cell.kind : declare(cell.member.type, cell.member.name);
  return `${said}: ${amount(cell.sizeBits)} at ${rangeText(cell)}`;
}

/** A label cut to a width in pixels; none where not even two characters have room. */
function fitted(label: string, pixels: number): string {
  const room = Math.floor((pixels - 4) / CHARACTER_WIDTH);
  if (label.length <= room) return label;
  return room < 2 ? '' : `${label.slice(0, room - 1)}…`;
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

function text(atX: number, atY: number, said: string, className = '', anchor = ''): string {
  const attributes = `${className && ` class="${className}"`}${anchor && ` text-anchor="${anchor}"`}`;
  return `<text x="${round(atX)}" y="${atY}"${attributes} xml:space="preserve">${escapeXml(said)}</text>`;
}

export function escapeXml(said: string): string {
  // What XML has no place for, a reader would refuse whole (XML 1.0, 2.2).
  return withoutUnfit(said).replace(/[&<>"\ufffe\uffff]|\p{Cs}/gu, (character) =>
    /[&<>"]/.test(character) ? `&#${character.charCodeAt(0)};` : '\ufffd',
  );
}
