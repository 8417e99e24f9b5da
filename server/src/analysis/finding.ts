/** What a rule says: a finding, its related places and its fixes, all in byte offsets. */
import type { Place, Span } from '../text/text';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** One replacement in one file; the span is in byte offsets of the text that was linted. */
export interface TextEdit extends Place {
  /** Byte string put in the span's place. */
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  /** True only where the fix is proven to keep the program's meaning; others need `--unsafe-fixes`. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

export interface Related extends Place {
  readonly message: string;
}

export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** Where several were asked about: the targets that it holds on. */
  readonly targets?: readonly string[];
}

/** Whether two edits touch a common byte, so that they can't both be applied. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The order in which findings are told: by file, place and rule. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
