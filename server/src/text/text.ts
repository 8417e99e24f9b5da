/**
 * Source text as the inner rooms see it: one character a byte, so that an offset into the string is a byte offset.
 *
 * The kernel holds files that are not UTF-8, and gcc counts columns in bytes. Text is therefore kept as a *byte
 * string*: bytes 0 to 255 stand as the characters of the same number (Latin-1). Only the edges (`lsp/`, output) turn
 * it into Unicode.
 */
export interface SourceText {
  /** Absolute path, with `/` as separator. */
  readonly path: string;
  /** Byte string: one character a byte. */
  readonly text: string;
}

/** Files reach the inner rooms through this; the workspace passes a disk, a test passes a map. */
export interface SourceReader {
  /** The file as a byte string; undefined where it can't be read or is no regular file. */
  read(path: string): string | undefined;
  /** Whether `read` would give a text; cheap, and allowed to remember. */
  exists(path: string): boolean;
  /** The text of a file that the reader makes itself, as the disk has none; undefined for all others. */
  made?(path: string): string | undefined;
  /** The names in a folder; where a reader has no answer of its own, those on disk count. */
  names?(folder: string): readonly string[];
}

/** A half-open range of byte offsets in one file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a file: byte offsets, half-open. */
export interface Place extends Span {
  readonly path: string;
}

/** A position as compilers print it: line from 1, column from 1, in bytes. */
interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Byte offsets of the first character of every line; index 0 is always 0. */
export function lineStarts(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts[line++] = at + 1;
  return starts;
}

/** The line (from 0) that holds a byte offset; offsets past the end belong to the last line. */
export function lineAt(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Line and column from 1, columns in bytes, as gcc counts them. */
export function lineColumn(starts: Uint32Array, offset: number): LineColumn {
  const line = lineAt(starts, offset);
  return { line: line + 1, column: offset - starts[line] + 1 };
}

/** Encodes a Unicode string as a byte string (UTF-8 bytes, one character each). */
export function toByteString(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** Decodes a byte string for people: valid UTF-8 becomes Unicode, a stray byte becomes U+FFFD. */
export function fromByteString(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'latin1').toString('utf8');
}

/** V8 copies slices that are shorter, in bytes (SlicedString::kMinLength). */
const SLICED_FROM = 13;

/** The same byte string by itself: a slice of a text keeps the whole text, for as long as anybody has the slice. */
export function apart(slice: string): string {
  return slice.length < SLICED_FROM ? slice : Buffer.from(slice, 'latin1').toString('latin1');
}

/** The lines of a text that hold a word, each once; far faster than a pattern that is tried at every line. */
export function* linesWith(word: string, text: string): Iterable<string> {
  for (let at = text.indexOf(word); at >= 0; ) {
    const end = text.indexOf('\n', at);
    yield text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end);
    if (end < 0) return;
    at = text.indexOf(word, end);
  }
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant.
  return /^[\x00-\x7f]*$/.test(text);
}

/** Order by code units: the same under every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Messages quote the kernel's text, which is a byte string; their own words may hold any character. What would move a
 * cursor or turn a line round becomes U+FFFD; tabs and line ends stay.
 */
export function readable(message: string): string {
  for (let at = 0; at < message.length; at++) if (message.charCodeAt(at) > 0xff) return withoutUnfit(message);
  return withoutUnfit(fromByteString(message));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
export const UNFIT = /[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

const EVERY_UNFIT = new RegExp(UNFIT, 'g');

/** Text that is Unicode already, made fit as `readable` does. */
export function withoutUnfit(text: string): string {
  return UNFIT.test(text) ? text.replace(EVERY_UNFIT, '\ufffd') : text;
}

/** A path without `.` and `..`. */
export function normalPath(path: string): string {
  if (!path.includes('/.')) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
