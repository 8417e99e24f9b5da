/** Findings as the protocol's diagnostics. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding, Severity } from '../analysis/finding';
import { rulePagePath } from '../files/entry-points';
import { readable } from '../text/text';
import type { Places } from './places';
import type { Positions } from './positions';
import { shortMessage } from './short-message';
import { uriOf } from './uri';

export const SOURCE = 'overlint';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** @param positions the lines of the file that the finding stands in */
export function toDiagnostic(finding: Finding, positions: Positions, places: Places, withRelated: boolean): Diagnostic {
  const diagnostic: Diagnostic = {
    range: positions.rangeOf(finding),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    source: SOURCE,
    message: readable(shortMessage(finding, withRelated)),
  };
  const href = pageOf(finding.rule);
  if (href) diagnostic.codeDescription = { href };
  if (withRelated && finding.related.length)
    diagnostic.relatedInformation = finding.related.flatMap((related) => {
      const range = places.positionsOf(related.path)?.rangeOf(related);
      return range
        ? [{ location: { uri: places.uriOf(related.path), range }, message: readable(related.message) }]
        : [];
    });
  return diagnostic;
}

const pages = new Map<string, string | undefined>();

/** The URI of a rule's page, which editors make the rule's name a link to; undefined where there is none. */
export function pageOf(rule: string): string | undefined {
  if (!pages.has(rule)) {
    const page = rulePagePath(rule);
    pages.set(rule, page && uriOf(page.replaceAll('\\', '/')));
  }
  return pages.get(rule);
}

/** Two findings of one thing, which two files that include the same header both came upon. */
export function identityOf(finding: Finding): string {
  return `${finding.rule}:${finding.start}:${finding.end}:${finding.message}`;
}
