/** `--format checkpatch`: findings as scripts/checkpatch.pl prints them, which kernel people know how to read. */
import type { Finding, Severity } from '../analysis/finding';
import type { RunReport } from '../workers/run';
import { Places } from './places';
import { printable, withoutControls } from './printable';
import { byMail } from './series';

const WORDS: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'CHECK', hint: 'CHECK' };

/**
 * `ERROR:RULE: MESSAGE`, `#LINE: FILE: FILE:LINE:`, the line behind a `+`, and an empty line; the mails of a series apart,
 * each under its subject between two rulers.
 */
export function* printCheckpatch(
  report: RunReport,
  findings: readonly Finding[],
  nameOf: (path: string) => string,
): Generator<string> {
  const places = new Places(report);
  const one = (finding: Finding): string => {
    const line = places.lineOf(finding);
    const file = nameOf(finding.path);
    const message = printable(finding.message.replaceAll('\n', ' '));
    return (
      `${WORDS[finding.severity]}:${finding.rule}: ${message}\n` +
      `#${line.number}: FILE: ${file}:${line.number}:\n+${printable(line.text)}\n\n`
    );
  };
  for (const { subject, findings: own } of byMail(report, findings)) {
    const name = subject === undefined ? '' : withoutControls(subject);
    const ruler = '-'.repeat(name.length);
    if (name !== '') yield `${ruler}\n${name}\n${ruler}\n`;
    for (const finding of own) yield one(finding);
  }
  const count = (word: string): number => findings.filter(({ severity }) => WORDS[severity] === word).length;
  yield `total: ${count('ERROR')} errors, ${count('WARNING')} warnings, ${count('CHECK')} checks\n`;
}
