/** `--format text`, for people: what is wrong, the line with carets, who says so, what to do, and a last line that sums up. */

import { applyEdits } from '../analysis/edits';
import type { Finding, Severity } from '../analysis/finding';
import type { RunReport } from '../workers/run';
import type { Colours } from './colours';
import { excerpt } from './excerpt';
import { Places } from './places';
import { printable, withoutControls } from './printable';
import { byMail } from './series';

interface TextSettings {
  readonly colours: Colours;
  nameOf(path: string): string;
}

/** Prints each finding as a block, an empty line after each; those of a series under the subject of their mail. */
export function* printText(report: RunReport, findings: readonly Finding[], settings: TextSettings): Generator<string> {
  const places = new Places(report);
  for (const { subject, findings: own } of byMail(report, findings)) {
    if (subject !== undefined) yield `${settings.colours.strong(`In "${withoutControls(subject)}":`)}\n\n`;
    for (const finding of own) yield `${block(finding, places, settings).join('\n')}\n\n`;
  }
}

function block(finding: Finding, places: Places, { colours, nameOf }: TextSettings): string[] {
  const { path, start, end, severity, rule, message } = finding;
  const at = places.rangeOf(finding);
  const line = places.lineOf(finding);
  const shown = excerpt(line.text, start - line.start, end - line.start);
  const number = String(line.number);
  const margin = ' '.repeat(number.length);
  const bar = colours.faint(`${margin} |`);
  const lines = [
    `${nameOf(path)}:${at.line}:${at.column}: ${colours.severity(severity, `${severity}[${rule}]`)}: ` +
      colours.strong(printable(message)),
    bar,
    `${colours.faint(`${number} |`)} ${shown.code}`,
    `${bar} ${colours.severity(severity, shown.carets)}`,
  ];
  for (const related of finding.related) {
    const where = places.rangeOf(related);
    const place = `${nameOf(related.path)}:${where.line}:${where.column}`;
    lines.push(`${colours.faint(`${margin} =`)} ${colours.strong('note')}: ${place}: ${printable(related.message)}`);
  }
  lines.push(...help(finding, places, colours, margin));
  return lines;
}

/** The first fix: its title, and where it stays within the line, the line as it would be. */
function help(finding: Finding, places: Places, colours: Colours, margin: string): string[] {
  const fix = finding.fixes[0];
  if (!fix) return [];
  const flag = fix.safe ? '--fix' : '--fix --unsafe-fixes';
  const title = `${colours.faint(`${margin} =`)} ${colours.strong('help')}: ${printable(fix.title)} (${flag})`;
  const line = places.lineOf(finding);
  const lineEnd = line.start + line.text.length;
  const edits = [...fix.edits].sort((a, b) => a.start - b.start);
  const within = edits.every(
    (edit) =>
      edit.path === finding.path && edit.start >= line.start && edit.end <= lineEnd && !edit.text.includes('\n'),
  );
  if (!within || edits.length === 0) return [title];
  const inLine = edits.map((edit) => ({ ...edit, start: edit.start - line.start, end: edit.end - line.start }));
  const fixed = excerpt(applyEdits(line.text, inLine), inLine[0].start, inLine[0].start + inLine[0].text.length);
  return [title, `${colours.faint(`${line.number} `)}${colours.added(`+ ${fixed.code}`)}`];
}

const WORDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' };

/** The last line: how many findings of which kind, in how many files, and how many of them have a fix. */
export function summary(report: RunReport, findings: readonly Finding[], unsafe: boolean): string {
  const looked = `${counted(report.files, 'file')} looked at`;
  const fixed =
    report.fixed > 0 ? `Fixed ${counted(report.fixed, 'finding')} in ${counted(report.changes.length, 'file')}. ` : '';
  if (findings.length === 0) return `${fixed}Nothing ${fixed ? 'else ' : ''}found: ${looked}.\n`;
  const kinds = (Object.keys(WORDS) as Severity[])
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, WORDS[severity]));
  const files = new Set(findings.map((finding) => finding.path)).size;
  const fixable = findings.filter((finding) => finding.fixes.some((fix) => fix.safe || unsafe)).length;
  const offer = fixable > 0 ? ` ${grouped(fixable)} can be fixed with --fix.` : '';
  return `${fixed}Found ${kinds.join(', ')} in ${counted(files, 'file')}; ${looked}.${offer}\n`;
}

function counted(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** 59,932. The runtime's own way takes longer to load than many a check takes. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `--stats`: one counter a line. */
export function printStats(stats: Readonly<Record<string, number>>): string {
  const names = Object.keys(stats);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${stats[name]}\n`).join('');
}
