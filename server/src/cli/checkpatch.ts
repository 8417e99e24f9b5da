/** `--format checkpatch`: findings as scripts/checkpatch.pl prints them, which kernel people know how to read. */
import type { Finding, Severity } from '../rules/finding';
import type { RunReport } from '../workspace/run';
import { Places } from './places';
import { printable } from './printable';

const WORDS: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'CHECK', hint: 'CHECK' };

/** `ERROR:RULE: MESSAGE`, `#LINE: FILE: FILE:LINE:`, the line behind a `+`, and an empty line. */
export function* printCheckpatch(
  report: RunReport,
  findings: readonly Finding[],
  nameOf: (path: string) => string,
): Generator<string> {
  const places = new Places(report);
  for (const finding of findings) {
    const line = places.lineOf(finding);
    const file = nameOf(finding.path);
    const message = printable(finding.message.replaceAll('\n', ' '));
    yield `${WORDS[finding.severity]}:${finding.rule}: ${message}\n` +
      `#${line.number}: FILE: ${file}:${line.number}:\n+${printable(line.text)}\n\n`;
  }
  const count = (word: string): number => findings.filter(({ severity }) => WORDS[severity] === word).length;
  yield `total: ${count('ERROR')} errors, ${count('WARNING')} warnings, ${count('CHECK')} checks\n`;
}
