/** `--format github`: workflow commands, which GitHub Actions shows as annotations beside the lines of a pull request. */
import type { Finding, Severity } from '../analysis/finding';
import { type NamingRoots, relativeTo } from '../project/listing';
import { fromByteString } from '../text/text';
import type { RunReport } from '../workers/run';
import { Places } from './places';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** `::error file=…,line=…,col=…::MESSAGE`, one line a finding; files relative to the kernel folder, or to that of a module out of the tree. */
export function* printGithub(report: RunReport, findings: readonly Finding[], roots: NamingRoots): Generator<string> {
  const places = new Places(report);
  for (const finding of findings) {
    const { line, column, endLine, endColumn } = places.rangeOf(finding);
    const notes = finding.related.map((related) => {
      const at = places.rangeOf(related);
      return `\n${relativeTo(roots, related.path)}:${at.line}:${at.column}: ${fromByteString(related.message)}`;
    });
    const subject = report.subjects?.get(finding);
    if (subject !== undefined) notes.unshift(`\nbrought by "${subject}"`);
    const file = property(relativeTo(roots, finding.path));
    // GitHub takes columns only where start and end stand on one line.
    const columns = line === endLine ? `,col=${column},endColumn=${endColumn}` : '';
    const place = `file=${file},line=${line},endLine=${endLine}${columns},title=${property(finding.rule)}`;
    yield `::${COMMANDS[finding.severity]} ${place}::${data(fromByteString(finding.message) + notes.join(''))}\n`;
  }
}

/** The escapes of actions/toolkit (packages/core/src/command.ts, escapeData): all that a text could break out with. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Likewise, escapeProperty. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
