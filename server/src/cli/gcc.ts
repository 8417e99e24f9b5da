/** `--format gcc`: one line a finding, as compilers print them, for editors and `make`. */
import type { Finding, Severity } from '../analysis/finding';
import { type Place, toByteString } from '../text/text';
import type { RunReport } from '../workers/run';
import { Places } from './places';
import { printable } from './printable';

/** gcc knows three kinds, of which a note belongs to what stands above it: no finding is one. */
const KINDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'warning',
  hint: 'warning',
};

/** `FILE:LINE:COLUMN: error: MESSAGE [RULE]`, and a note for the mail of a series and for each related place. */
export function* printGcc(
  report: RunReport,
  findings: readonly Finding[],
  nameOf: (path: string) => string,
): Generator<string> {
  const places = new Places(report);
  const line = (place: Place, kind: string, message: string): string => {
    const at = places.rangeOf(place);
    return `${nameOf(place.path)}:${at.line}:${at.column}: ${kind}: ${printable(message.replaceAll('\n', ' '))}\n`;
  };
  for (const finding of findings) {
    yield line(finding, KINDS[finding.severity], `${finding.message} [${finding.rule}]`);
    const subject = report.subjects?.get(finding);
    if (subject !== undefined) yield line(finding, 'note', `brought by "${toByteString(subject)}"`);
    for (const related of finding.related) yield line(related, 'note', related.message);
  }
}
