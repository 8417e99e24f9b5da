/** Byte offsets become lines and columns here, and absolute paths the names that are printed. */
import { lineAt, lineColumn, lineStarts, type Place } from '../text/text';
import type { RunReport } from '../workers/run';

/** Lines and columns from 1, columns in bytes, the end exclusive. */
interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The line that holds a place's first byte. */
interface SourceLine {
  /** From 1. */
  readonly number: number;
  /** Byte string, without the line's end. */
  readonly text: string;
  /** Offset of the line's first byte in the file. */
  readonly start: number;
}

export class Places {
  private readonly starts = new Map<string, Uint32Array>();

  constructor(private readonly report: RunReport) {}

  rangeOf({ path, start, end }: Place): Range {
    const starts = this.startsOf(path);
    const from = lineColumn(starts, start);
    const to = lineColumn(starts, end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  lineOf({ path, start }: Place): SourceLine {
    const starts = this.startsOf(path);
    const text = this.report.textOf(path);
    const index = lineAt(starts, start);
    const end = index + 1 < starts.length ? starts[index + 1] - 1 : text.length;
    const line = text.slice(starts[index], end);
    return { number: index + 1, text: line.endsWith('\r') ? line.slice(0, -1) : line, start: starts[index] };
  }

  private startsOf(path: string): Uint32Array {
    let starts = this.starts.get(path);
    if (!starts) this.starts.set(path, (starts = lineStarts(this.report.textOf(path))));
    return starts;
  }
}
