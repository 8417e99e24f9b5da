/** `--format sarif`: SARIF 2.1.0 as GitHub's code scanning reads it (docs.github.com, "SARIF support for code scanning"). */
import { pathToFileURL } from 'node:url';
import type { Location, Log, PhysicalLocation, ReportingDescriptor, Result, Fix as SarifFix, Suppression } from 'sarif';
import { version } from '../../../package.json';
import { byPlace, type Finding, type Fix, type Severity } from '../analysis/finding';
import { type NamingRoots, namedFile, relativeTo } from '../project/listing';
import { rules } from '../rules/index';
import { fromByteString, type Place } from '../text/text';
import type { RunReport } from '../workers/run';
import { fingerprintsOf } from './fingerprint';
import { Places } from './places';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const ROOT = 'SRCROOT';

/** Stands for the folder of a module out of the tree. */
const MODULE = 'MODULEROOT';

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** One log with one run. URIs are relative to the kernel folder, or to that of a module out of the tree; columns count UTF-16 code units, as SARIF has them. */
export function* printSarif(report: RunReport, findings: readonly Finding[], roots: NamingRoots): Generator<string> {
  yield `${JSON.stringify(sarifLog(report, findings, roots))}\n`;
}

function sarifLog(report: RunReport, findings: readonly Finding[], roots: NamingRoots): Log {
  const places = new Places(report);
  const silent = silencedIn(report);
  const all = [...findings, ...silent.keys()];
  // Those that a baseline has are counted with the others, so that no fingerprint hangs on whether there is a baseline.
  const counted = [...report.findings, ...(report.known?.findings ?? [])].sort(byPlace);
  const printed = [...counted, ...report.suppressed.map(({ finding }) => finding)];
  const marks = fingerprintsOf(report, printed, roots);
  const prints = new Map(printed.map((finding, at) => [finding, marks[at]]));
  const descriptors = descriptorsOf(all);
  const index = new Map(descriptors.map(({ id }, at) => [id, at]));
  const at = (place: Place): PhysicalLocation => locationOf(place, report, places, roots);
  const results = all.map((finding): Result => {
    const fixes = finding.fixes.map((fix) => fixOf(fix, at));
    return {
      ruleId: finding.rule,
      ruleIndex: index.get(finding.rule),
      level: LEVELS[finding.severity],
      message: { text: fromByteString(finding.message) },
      locations: [{ physicalLocation: at(finding) }],
      relatedLocations: finding.related.map(
        (related, id): Location => ({
          id,
          physicalLocation: at(related),
          message: { text: fromByteString(related.message) },
        }),
      ),
      partialFingerprints: { 'overlintLine/v1': prints.get(finding)! },
      ...(fixes.length > 0 && { fixes }),
      ...(report.known && { baselineState: report.known.findings.includes(finding) ? 'unchanged' : 'new' }),
      ...(silent.has(finding) && { suppressions: [silent.get(finding)!] }),
      ...(report.subjects?.has(finding) && { properties: { patch: report.subjects.get(finding) } }),
    };
  });
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'overlint', version, semanticVersion: version, rules: descriptors } },
        originalUriBaseIds: {
          [ROOT]: { uri: `${pathToFileURL(roots.kernel).href}/` },
          ...(roots.module && { [MODULE]: { uri: `${pathToFileURL(roots.module).href}/` } }),
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.problems.length === 0,
            toolExecutionNotifications: report.problems.map(({ path, message }) => ({
              level: 'error',
              message: { text: `${relativeTo(roots, path)}: ${message}` },
            })),
          },
        ],
        results,
      },
    ],
  };
}

/** Findings that were not reported, with who silenced them and why: a baseline, or a comment in the code. */
function silencedIn({ known, suppressed }: RunReport): Map<Finding, Suppression> {
  const silent = new Map<Finding, Suppression>();
  for (const finding of known?.findings ?? [])
    silent.set(finding, { kind: 'external', status: 'accepted', justification: `in the baseline ${known!.baseline}` });
  for (const { finding, reason } of suppressed)
    silent.set(finding, { kind: 'inSource', status: 'accepted', justification: fromByteString(reason).trim() });
  return silent;
}

/** The rules that have findings, sorted; one that the registry does not know stands with its name alone. */
function descriptorsOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const severities = new Map(findings.map(({ rule, severity }) => [rule, severity]));
  return [...severities.keys()].sort().map((id): ReportingDescriptor => {
    const rule = rules.find((known) => known.id === id);
    const summary = rule?.summary ?? id;
    return {
      id,
      name: id,
      shortDescription: { text: summary },
      fullDescription: { text: summary },
      help: { text: rule?.doc.trim() ?? summary, markdown: rule?.doc.trim() ?? summary },
      defaultConfiguration: { level: LEVELS[rule?.severity ?? severities.get(id)!] },
      properties: {
        tags: ['memory-layout'],
        precision: 'very-high',
        'problem.severity': problemSeverity(rule?.severity),
      },
    };
  });
}

/** GitHub's three words for severities. */
function problemSeverity(severity: Severity | undefined): string {
  return severity === 'error' || severity === 'warning' ? severity : 'recommendation';
}

function fixOf(fix: Fix, at: (place: Place) => PhysicalLocation): SarifFix {
  const files = new Map<string, Fix['edits'][number][]>();
  for (const edit of fix.edits) files.set(edit.path, [...(files.get(edit.path) ?? []), edit]);
  return {
    description: { text: fromByteString(fix.title) },
    artifactChanges: [...files.values()].map((edits) => ({
      artifactLocation: at(edits[0]).artifactLocation!,
      replacements: edits.map((edit) => ({
        deletedRegion: at(edit).region!,
        insertedContent: { text: fromByteString(edit.text) },
      })),
    })),
  };
}

function locationOf(place: Place, report: RunReport, places: Places, roots: NamingRoots): PhysicalLocation {
  const range = places.rangeOf(place);
  const text = report.textOf(place.path);
  const { file, root } = namedFile(roots, place.path);
  /** A column of bytes as one of UTF-16 code units: the line up to there, read as people see it. */
  const column = (offset: number, bytes: number): number =>
    fromByteString(text.slice(offset - (bytes - 1), offset)).length + 1;
  return {
    artifactLocation: { uri: uriOf(file), uriBaseId: root === undefined ? ROOT : MODULE },
    region: {
      startLine: range.line,
      startColumn: column(place.start, range.column),
      endLine: range.endLine,
      endColumn: column(place.end, range.endColumn),
    },
  };
}

/** Each part of a path escaped, so that spaces, `%`, `#` and newlines are part of a valid URI reference. */
function uriOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
