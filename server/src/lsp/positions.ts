/** Byte offsets to the protocol's positions and back: lines from 0, columns from 0 in UTF-16 code units. */
import type { Position, Range } from 'vscode-languageserver';
import { lineAt, type Span } from '../text/text';

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/**
 * The first byte of a UTF-8 sequence says how many follow, and what the second may be (Unicode 15, table 3-7).
 * Lead bytes that stand in no row open no sequence.
 */
const SEQUENCES: readonly { from: number; to: number; length: number; low: number; high: number }[] = [
  { from: 0xc2, to: 0xdf, length: 2, low: 0x80, high: 0xbf },
  { from: 0xe0, to: 0xe0, length: 3, low: 0xa0, high: 0xbf },
  { from: 0xe1, to: 0xec, length: 3, low: 0x80, high: 0xbf },
  { from: 0xed, to: 0xed, length: 3, low: 0x80, high: 0x9f },
  { from: 0xee, to: 0xef, length: 3, low: 0x80, high: 0xbf },
  { from: 0xf0, to: 0xf0, length: 4, low: 0x90, high: 0xbf },
  { from: 0xf1, to: 0xf3, length: 4, low: 0x80, high: 0xbf },
  { from: 0xf4, to: 0xf4, length: 4, low: 0x80, high: 0x8f },
];

/** The row of SEQUENCES for each byte value; undefined where the byte opens none. */
const SEQUENCE_OF = Array.from({ length: 256 }, (_, byte) =>
  SEQUENCES.find((row) => row.from <= byte && byte <= row.to),
);

/** What a line is made of; looked up once a line, as most lines of C are ASCII and need no walk. */
const UNKNOWN = 0;
const ASCII = 1;
const MIXED = 2;

/** The lines of one byte string. A line ends at LF, CR or CR LF, as the protocol has it. */
export class Positions {
  /** Byte offset of each line's first byte. */
  private readonly starts: Uint32Array;
  private readonly contents: Uint8Array;

  constructor(readonly text: string) {
    this.starts = lineStartsOf(text);
    this.contents = new Uint8Array(this.starts.length);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /**
   * The position of a byte offset. Offsets outside the text are taken to its ends, one inside a character to the
   * character's start, one inside a line's end to before it.
   */
  positionAt(offset: number): Position {
    const bounded = Math.min(Math.max(0, Math.trunc(offset) || 0), this.text.length);
    const line = lineAt(this.starts, bounded);
    const start = this.starts[line];
    const end = Math.min(bounded, this.contentEnd(line));
    if (this.isAscii(line)) return { line, character: end - start };
    let character = 0;
    let at = start;
    while (at < end) {
      const length = characterLength(this.text, at, this.contentEnd(line));
      if (at + length > end) break;
      character += length === 4 ? 2 : 1;
      at += length;
    }
    return { line, character };
  }

  /**
   * The byte offset of a position. Lines and columns that don't exist are taken to the nearest that does, as the
   * protocol asks for columns; a column between the halves of a surrogate pair means the pair's start.
   */
  offsetAt(position: Position): number {
    const line = Math.trunc(position.line) || 0;
    if (line < 0) return 0;
    if (line >= this.starts.length) return this.text.length;
    const start = this.starts[line];
    const end = this.contentEnd(line);
    const wanted = Math.max(0, Math.trunc(position.character) || 0);
    if (this.isAscii(line)) return Math.min(start + wanted, end);
    let character = 0;
    let at = start;
    while (at < end) {
      const length = characterLength(this.text, at, end);
      const width = length === 4 ? 2 : 1;
      if (character + width > wanted) break;
      character += width;
      at += length;
    }
    return at;
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  spanOf(range: Range): Span {
    const start = this.offsetAt(range.start);
    return { start, end: Math.max(start, this.offsetAt(range.end)) };
  }

  /** Byte offset past the line's last byte, its line end apart. */
  private contentEnd(line: number): number {
    if (line + 1 === this.starts.length) return this.text.length;
    const next = this.starts[line + 1];
    const crlf =
      this.text.charCodeAt(next - 1) === LINE_FEED &&
      next - 2 >= this.starts[line] &&
      this.text.charCodeAt(next - 2) === CARRIAGE_RETURN;
    return next - (crlf ? 2 : 1);
  }

  private isAscii(line: number): boolean {
    if (this.contents[line] === UNKNOWN) {
      const end = this.contentEnd(line);
      let at = this.starts[line];
      while (at < end && this.text.charCodeAt(at) < 0x80) at++;
      this.contents[line] = at < end ? MIXED : ASCII;
    }
    return this.contents[line] === ASCII;
  }
}

/**
 * How many bytes (1 to 4) make the character at a byte offset. Bytes that are no UTF-8 are grouped as editors group
 * them when they put U+FFFD in their place (WHATWG Encoding, the maximal part of a sequence); such a group is never 4
 * bytes long, so that 4 always means a character outside the Basic Multilingual Plane.
 */
function characterLength(text: string, at: number, end: number): number {
  const row = SEQUENCE_OF[text.charCodeAt(at)];
  if (!row) return 1;
  let length = 1;
  let { low, high } = row;
  while (length < row.length && at + length < end) {
    const byte = text.charCodeAt(at + length);
    if (byte < low || byte > high) break;
    length++;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}

function lineStartsOf(text: string): Uint32Array {
  const starts: number[] = [0];
  // Nearly all files have no CR at all, and then a search for LF alone is several times faster than a walk.
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return Uint32Array.from(starts);
  }
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    if (byte === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    if (byte === CARRIAGE_RETURN || byte === LINE_FEED) starts.push(at + 1);
  }
  return Uint32Array.from(starts);
}
