/**
 * The picture in a hover: the touched member and its neighbours to scale, a row for each view that shares its bytes, and the
 * bits of its word; small enough for the 250 pixels that a hover has, in colours for the editor's theme.
 */

import { type BitRange, flatten, intersection, overlays } from '../facts/overlay';
import { offsetOf } from '../layout/member';
import type { RecordLayout } from '../layout/record';
import { isUnknownValue } from '../types/model';
import { sourceName } from '../types/typename';
import { type Cell, cellsOf } from './cells';
import { counted, type DiagramClaim, type DiagramOptions, drawnBytes, titleOf, touchedBytes } from './diagram';
import { COLOURS, type Colours, type Theme } from './hover-colours';
import { labelOf } from './rows';
import { escapeXml } from './svg-text';

interface HoverPictureOptions extends DiagramOptions {
  readonly theme: Theme;
  /** What to write beside a view, by one of its cells: whose it is. */
  readonly ownerOf?: (cell: Cell) => string | undefined;
  /** Holes and padding are hatched, and say which bytes they are: of records that leave the kernel. */
  readonly marksHoles?: boolean;
}

interface HoverPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The same in words. */
  readonly alt: string;
}

/** A hover that is wider than this is wider than its text. */
const WIDTH = 540;
const LEFT = 8;
const RULER = 16;
const HEIGHT = 16;
const PITCH = 19;
/** Of the fixed-width font, for each pixel of its size. */
const CHARACTER = 0.605;
const LARGE = 11;
const SMALL = 10;
/** Views below the touched one; a hover shows about 250 pixels, its text included. */
const MOST_VIEWS = 5;
const MOST_CLAIM_LINES = 2;

interface Canvas {
  readonly colours: Colours;
  /** The bytes that are drawn. */
  readonly start: number;
  readonly end: number;
  readonly parts: string[];
  x(byte: number): number;
}

/** Undefined where there are no bytes to draw. */
export function drawHoverPicture(layout: RecordLayout, options: HoverPictureOptions): HoverPicture | undefined {
  if (drawnBytes(layout) === 0) return undefined;
  const cells = cellsOf(layout);
  const touched = touchedBits(layout, options, cells);
  const { start, end } = windowOf(layout, options, touched);
  const scale = (WIDTH - 2 * LEFT) / (end - start);
  const colours = COLOURS[options.theme];
  const x = (byte: number) => LEFT + (byte - start) * scale;
  const canvas: Canvas = { colours, start, end, parts: [], x };
  const shown = cells.filter((cell) => cell.offsetBits < end * 8 && cell.offsetBits + cell.sizeBits > start * 8);
  const { top, views } = rowsOf(shown, touched);

  ruler(canvas, layout.target.pointer.size);
  let y = RULER + 2;
  const { marksHoles } = options;
  for (const cell of top)
    drawCell(canvas, cell, y, { touched, path: touched?.cell && touchedName(options, touched.cell), marksHoles });
  y += PITCH;
  const own = touched?.cell;
  if (own && !fits(touchedName(options, own), widthOf(canvas, own))) {
    const middle = (x(Math.max(start, touched.offsetBits / 8)) + x(Math.min(end, bitsEnd(touched) / 8))) / 2;
    beside(canvas, `▲ ${touchedName(options, own)}`, middle, y + 8, colours.ink);
    y += PITCH - 3;
  }
  y += 3;
  const most = views.length === MOST_VIEWS + 1 ? views.length : MOST_VIEWS;
  let said: string | undefined;
  views.slice(0, most).forEach((view, index) => {
    const colour = colours.views[index % colours.views.length];
    for (const cell of view) drawCell(canvas, cell, y, { bar: colour });
    const owner = view.map((cell) => options.ownerOf?.(cell)).find((said) => said !== undefined);
    // What is said of several views is said once.
    viewWords(canvas, view, owner === said ? undefined : owner, y, colour);
    said = owner;
    y += PITCH;
  });
  const left = views.slice(most);
  if (left.length > 0) {
    const names = left.map((view) => view.map(labelOf).join(' ')).join(', ');
    const said = `… ${counted(left.length, 'more view')}: ${names}`;
    canvas.parts.push(text(LEFT, y + 10, cut(said, WIDTH - 2 * LEFT, SMALL), colours.faint, SMALL));
    y += 16;
  }
  y = claimLines(canvas, options.claims ?? [], y);
  const height = Math.ceil(y + 2);
  const alt = altText(layout, options, start, end, touched, views.flat());
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`,
    ` font-family="DejaVu Sans Mono, Consolas, Menlo, monospace" role="img"><title>${escapeXml(alt)}</title>`,
    ...canvas.parts,
    '</svg>',
  ].join('');
  return { svg, width: WIDTH, height, alt };
}

/** The touched member as the source writes it: by itself without the width of a bit-field, or the path into it. */
function touchedName({ touched = '' }: DiagramOptions, { member }: Cell): string {
  return touched.includes('.') || !member ? touched : sourceName(member.member);
}

interface Touched extends BitRange {
  /** The member, or the one on the way to it. */
  readonly cell: Cell | undefined;
}

const bitsEnd = ({ offsetBits, sizeBits }: BitRange): number => offsetBits + sizeBits;

function touchedBits(layout: RecordLayout, { touched }: DiagramOptions, cells: readonly Cell[]): Touched | undefined {
  if (touched === undefined) return undefined;
  const place = offsetOf(layout.record, touched, layout.target);
  if (isUnknownValue(place) || place.sizeBits === 0) return undefined;
  const name = /^\w+/.exec(touched)?.[0];
  const cell = cells.find(({ member }) => member?.name === name);
  return { offsetBits: place.offsetBits, sizeBits: place.sizeBits, cell };
}

/** More bytes than these leave no room for names. */
const MOST_BYTES = 64;

/** The bytes to draw: four times the touched ones, where that is a word or less, with what stands before them. */
function windowOf(layout: RecordLayout, options: DiagramOptions, touched: Touched | undefined) {
  const total = drawnBytes(layout);
  const word = layout.target.pointer.size;
  const range = touched && touchedBytes(layout, options);
  if (!range) {
    const interest = options.claims?.[0]?.word ?? (overlays(layout)[0]?.offsetBits ?? 0) / 8;
    const start = Math.floor(interest / MOST_BYTES) * MOST_BYTES;
    return { start, end: Math.min(total, start + MOST_BYTES) };
  }
  const size = range.end - range.start;
  const isWithinByte = touched.sizeBits < 8;
  const wanted = isWithinByte ? 4 : size <= word ? Math.max(word, size * 4) : size * 2;
  const bytes = Math.min(MOST_BYTES, 2 ** Math.ceil(Math.log2(wanted)));
  const unit = bytes / 4;
  const before = isWithinByte ? Math.floor(range.start / bytes) * bytes : (Math.floor(range.start / unit) - 1) * unit;
  const start = Math.max(0, Math.min(before, Math.ceil((total - bytes) / unit) * unit));
  return { start, end: Math.min(total, start + bytes) };
}

/** The touched cell with what shares no bytes with it in one row, and each view of its bytes in a row of its own. */
function rowsOf(cells: readonly Cell[], touched: Touched | undefined): { top: Cell[]; views: Cell[][] } {
  const lane = touched?.cell?.lane ?? cells[0]?.lane;
  const top = cells.filter((cell) => cell.lane === lane);
  for (const cell of cells) {
    const shares = (one: Cell) => intersection(one, cell) !== undefined;
    const isView = touched !== undefined && intersection(touched, cell) !== undefined;
    if (!top.includes(cell) && !isView && !top.some(shares)) top.push(cell);
  }
  const views = new Map<number, Cell[]>();
  for (const cell of cells) {
    if (cell.kind !== 'member' || top.includes(cell)) continue;
    if (touched && !intersection(touched, cell)) continue;
    views.set(cell.lane, [...(views.get(cell.lane) ?? []), cell]);
  }
  return { top, views: [...views.values()] };
}

function ruler({ parts, start, end, x, colours }: Canvas, word: number): void {
  const step = end - start > 4 * word ? (end - start > 8 * word ? 2 * word : word) : end - start > word ? word : 1;
  for (let byte = Math.ceil(start / step) * step; byte <= end; byte += step) {
    const at = x(byte);
    const anchor = byte === start ? 'start' : byte === end ? 'end' : 'middle';
    parts.push(
      text(byte === start ? at - 2 : byte === end ? at + 2 : at, 10, String(byte), colours.faint, SMALL, anchor),
    );
    parts.push(`<path d="M${round(at)} 12v4" stroke="${colours.line}"/>`);
  }
}

interface CellLook {
  readonly touched?: Touched;
  readonly path?: string;
  /** The colour at the left edge of a view. */
  readonly bar?: string;
  readonly marksHoles?: boolean;
}

function drawCell({ parts, start, end, x, colours }: Canvas, cell: Cell, y: number, look: CellLook): void {
  const from = cell.offsetBits / 8;
  const to = bitsEnd(cell) / 8;
  const left = round(x(Math.max(start, from)) + 0.5);
  const right = round(x(Math.min(end, to)) - 1);
  const width = Math.max(1, round(right - left));
  const isTouched = look.touched !== undefined && cell === look.touched.cell;
  const isMember = cell.kind === 'member';
  if (isMember) parts.push(rect(left, y, width, colours.cell));
  if (isTouched) {
    const first = round(Math.max(left, x(look.touched.offsetBits / 8)));
    const last = Math.min(right, x(bitsEnd(look.touched) / 8));
    parts.push(rect(first, y, Math.max(1, round(last - first)), colours.touched));
  }
  // What goes on beyond the picture has no edge there.
  const sides = [from >= start ? `M${left} ${y}v${HEIGHT}` : '', to <= end ? `M${right} ${y}v${HEIGHT}` : ''].join('');
  const dashes = isMember ? '' : ' stroke-dasharray="2 2"';
  const edges = `M${left} ${y}h${width}M${left} ${y + HEIGHT}h${width}${sides}`;
  parts.push(`<path d="${edges}" stroke="${colours.line}" fill="none"${dashes}/>`);
  if (look.bar) parts.push(`<rect x="${left}" y="${y}" width="3" height="${HEIGHT}" fill="${look.bar}"/>`);
  const isMarked = look.marksHoles === true && !isMember;
  if (isMarked) parts.push(hatched(left, y, width, colours.line));
  const gap = isMarked ? gapLabel(cell, width) : cell.kind === 'hole' ? 'hole' : 'pad';
  const label = isMember ? (isTouched && look.path ? look.path : labelOf(cell)) : gap;
  const isWhole = fits(label, width);
  // A name that has no room is written below, or beside.
  if (!isWhole && (isTouched || look.bar || !isMember)) return;
  const said = isWhole ? label : cut(label, width - 4, LARGE);
  const isFilled = isTouched && look.touched.sizeBits === cell.sizeBits;
  const ink = isFilled ? colours.touchedInk : isMember && (isTouched || look.bar) ? colours.ink : colours.faint;
  parts.push(text((left + right) / 2, y + 12, said, ink, LARGE, 'middle'));
}

/** `hole 5..7`, or the bytes alone where there is no room for more. */
function gapLabel({ kind, offsetBits, sizeBits }: Cell, width: number): string {
  const [first, last] = [Math.floor(offsetBits / 8), Math.ceil((offsetBits + sizeBits) / 8) - 1];
  const bytes = first === last ? `${first}` : `${first}..${last}`;
  const whole = `${kind === 'hole' ? 'hole' : 'pad'} ${bytes}`;
  return fits(whole, width) ? whole : bytes;
}

function hatched(x: number, y: number, width: number, ink: string): string {
  const step = 8;
  const lines: string[] = [];
  for (let at = step - HEIGHT; at < width; at += step) {
    const [from, to] = [Math.max(0, -at), Math.min(HEIGHT, width - at)];
    if (to > from)
      lines.push(`M${round(x + at + from)} ${round(y + HEIGHT - from)}l${round(to - from)} ${round(from - to)}`);
  }
  return `<path d="${lines.join('')}" stroke="${ink}" stroke-width="0.5" opacity="0.6"/>`;
}

/** The names of a view that had no room in their cells, and whose it is, on the side that is free. */
function viewWords(canvas: Canvas, view: readonly Cell[], owner: string | undefined, y: number, colour: string): void {
  const { x, start, end, colours, parts } = canvas;
  const names = view.filter((cell) => !fits(labelOf(cell), widthOf(canvas, cell))).map(labelOf);
  const words = [
    { said: names.join(' '), ink: colours.ink },
    { said: owner ?? '', ink: colour },
  ].filter(({ said }) => said !== '');
  const rightEdge = x(Math.min(end, Math.max(...view.map(bitsEnd)) / 8)) + 5;
  const leftEdge = x(Math.max(start, Math.min(...view.map(({ offsetBits }) => offsetBits)) / 8)) - 5;
  const isRight = WIDTH - rightEdge >= leftEdge;
  let room = isRight ? WIDTH - LEFT - rightEdge : leftEdge - LEFT;
  let at = isRight ? rightEdge : leftEdge;
  for (const { said, ink } of words) {
    const shown = cut(said, room, SMALL);
    if (shown === '') return;
    parts.push(text(at, y + 12, shown, ink, SMALL, isRight ? 'start' : 'end'));
    const taken = (shown.length + 1) * SMALL * CHARACTER;
    at += isRight ? taken : -taken;
    room -= taken;
  }
}

/** The bits that are claimed: a box with the number, and who sets it. */
function claimLines({ parts, colours }: Canvas, claims: readonly DiagramClaim[], above: number): number {
  if (claims.length === 0) return above;
  const bits = new Map<string, DiagramClaim[]>();
  for (const claim of claims) {
    const key = `${claim.word} ${claim.bit}`;
    bits.set(key, [...(bits.get(key) ?? []), claim]);
  }
  let y = above + 4;
  parts.push(`<path d="M${LEFT} ${y - 1.5}h${WIDTH - 2 * LEFT}" stroke="${colours.line}"/>`);
  y += 3;
  let at = LEFT;
  let line = 1;
  let left = bits.size;
  for (const same of bits.values()) {
    const clashes = same.some((claim) => claim.clashes);
    const ink = clashes ? colours.clash : colours.ink;
    const said = `${[...new Set(same.map(({ meaning }) => meaning))].join(', ')}${clashes ? ': clash' : ''}`;
    const box = String(same[0].bit).length * SMALL * CHARACTER + 7;
    const width = box + 5 + said.length * SMALL * CHARACTER + 12;
    if (at > LEFT && at + width > WIDTH - LEFT) {
      if (line === MOST_CLAIM_LINES) {
        parts.push(text(at, y + 10, `+${left}`, colours.faint, SMALL));
        break;
      }
      line++;
      at = LEFT;
      y += 17;
    }
    const frame = `x="${round(at + 0.5)}" y="${round(y + 0.5)}" width="${round(box)}" height="13" rx="2"`;
    parts.push(`<rect ${frame} fill="none" stroke="${ink}"/>`);
    parts.push(text(at + 0.5 + box / 2, y + 10.5, String(same[0].bit), ink, SMALL, 'middle'));
    parts.push(text(at + box + 5, y + 10.5, cut(said, WIDTH - LEFT - at - box - 5, SMALL), ink, SMALL));
    at += width;
    left--;
  }
  return y + 17;
}

/** A text about its middle, moved inside where it would leave the picture. */
function beside({ parts }: Canvas, said: string, middle: number, y: number, ink: string): void {
  const half = (said.length * SMALL * CHARACTER) / 2;
  // The arrow stays below what it points to.
  const arrow = SMALL * CHARACTER * 0.5;
  const start = middle - arrow;
  const isLeft = start + 2 * half > WIDTH - LEFT;
  parts.push(
    isLeft
      ? text(middle + arrow, y, said.replace(/^(▲) (.*)$/, '$2 $1'), ink, SMALL, 'end')
      : text(start, y, said, ink, SMALL),
  );
}

function altText(
  layout: RecordLayout,
  options: HoverPictureOptions,
  start: number,
  end: number,
  touched: Touched | undefined,
  sharers: readonly Cell[],
): string {
  const title = `${titleOf(layout, options)}, bytes ${start} to ${end - 1}`;
  const names = sharers.map(labelOf);
  if (!touched) return `${title}: ${counted(flatten(layout).length, 'member')}`;
  const bits = touched.sizeBits % 8 === 0 ? counted(touched.sizeBits / 8, 'byte') : counted(touched.sizeBits, 'bit');
  const shared = names.length > 0 ? `; shares them with ${names.join(', ')}` : '';
  return `${title}: ${options.touched} at ${Math.floor(touched.offsetBits / 8)}, ${bits}${shared}`;
}

function widthOf({ x, start, end }: Canvas, cell: Cell): number {
  return x(Math.min(end, bitsEnd(cell) / 8)) - x(Math.max(start, cell.offsetBits / 8)) - 1.5;
}

function fits(label: string, pixels: number): boolean {
  return label.length * LARGE * CHARACTER + 4 <= pixels;
}

function cut(said: string, pixels: number, size: number): string {
  const room = Math.floor(pixels / (size * CHARACTER));
  if (said.length <= room) return said;
  return room < 2 ? '' : `${said.slice(0, room - 1)}…`;
}

function rect(x: number, y: number, width: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${HEIGHT}" fill="${fill}"/>`;
}

function text(x: number, y: number, said: string, fill: string, size: number, anchor = 'start'): string {
  const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}" fill="${fill}" font-size="${size}"${anchored}>${escapeXml(said)}</text>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
