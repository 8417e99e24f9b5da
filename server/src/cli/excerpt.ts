/** Shows a line of source with carets under the code: tabs widened, control characters out, a huge line cut. */
import { printable } from './printable';

/** Columns of a terminal's tab stops; the kernel's coding style counts with the same. */
const TAB = 8;

/** A line is shown up to so many columns, and so many before the code. */
const WIDTH = 140;
const BEFORE = 60;

interface Excerpt {
  readonly code: string;
  /** Spaces and carets that go under the code. */
  readonly carets: string;
}

/**
 * @param line Byte string of one line, without its end.
 * @param start Byte offset in the line where the carets start; they end at `end`, or with the line, and are one at least.
 */
export function excerpt(line: string, start: number, end: number): Excerpt {
  // Far more bytes than columns are shown, so that a line of megabytes costs no more than any other.
  const from = Math.max(0, start - 4 * WIDTH);
  const before = widen(printable(line.slice(from, start)), 0);
  const inside = widen(printable(line.slice(start, Math.min(end, start + 4 * WIDTH))), before.length);
  const upTo = Math.min(line.length, start + 8 * WIDTH);
  const after = widen(printable(line.slice(Math.min(end, upTo), upTo)), before.length + inside.length);
  const cutBefore = from > 0 || before.length + inside.length > WIDTH ? Math.max(0, before.length - BEFORE) : 0;
  const lead = from > 0 || cutBefore > 0 ? '…' : '';
  const whole = lead + before.slice(cutBefore) + inside + after;
  const cutAfter = whole.length > WIDTH || upTo < line.length;
  const margin = lead.length + before.length - cutBefore;
  return {
    code: cutAfter ? `${whole.slice(0, WIDTH)}…` : whole.trimEnd(),
    carets: ' '.repeat(margin) + '^'.repeat(Math.max(1, Math.min(inside.length, WIDTH - margin))),
  };
}

function widen(text: string, column: number): string {
  let wide = '';
  for (const character of text)
    wide += character === '\t' ? ' '.repeat(TAB - ((column + wide.length) % TAB)) : character;
  return wide;
}
