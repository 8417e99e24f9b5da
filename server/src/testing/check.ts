/** The checker that all fixtures go through: lints a string of C and compares the findings with the carets in it. */

import { expect } from 'vitest';
import { applyEdits, planFixes } from '../analysis/edits';
import type { Finding } from '../analysis/finding';
import { declaredIn, gateNames } from '../facts/declared';
import { type Derived, NOTHING_DERIVED } from '../facts/derived';
import { sayingsOf } from '../facts/reserved-members';
import { targetName } from '../layout/target';
import { Linter, type LintOptions, type LintResult, type Project } from '../linter';
import { shippedFacts } from '../packs/facts';
import { compareText, fromByteString, lineColumn, lineStarts, type SourceText } from '../text/text';
import { type Expectation, type Fixture, type FixtureFile, parseFixture, TREE } from './fixture';

export interface CheckOptions {
  /** Only these rules; without it the defaults. */
  readonly rules?: readonly string[];
  /** As `--newer-kernels`. */
  readonly ahead?: boolean;
  /** As `--arch`; x86 without it. */
  readonly arch?: string;
  /** Fixes that are not proven are applied too (`checkFix` alone). */
  readonly unsafeFixes?: boolean;
  /** What gates name is looked up in the fixture's headers below include/, as a run does in those of the tree. */
  readonly asksTree?: boolean;
  /** What lints, for the tests of this checker; the product's linter without it. */
  readonly linter?: (project: Project, options: LintOptions) => { lint(document: SourceText): LintResult };
}

/**
 * Lints every file that the fixture spells out and fails unless the findings are exactly those under carets: place,
 * severity, rule and message (its start, where the fixture's ends in `…`). A line marked `// ok` says in the fixture
 * what holds for every line without carets: nothing is found there. The format is told in `fixture.ts`.
 */
export function check(source: string, options: CheckOptions = {}): void {
  const fixture = parseFixture(source);
  expectFindings(fixture, lintAll(fixture, options));
}

/** Fails unless the findings are exactly those under the carets of a fixture. */
export function expectFindings(fixture: Fixture, findings: readonly Finding[]): void {
  const outside = findings.filter((finding) => !fixture.files.some((file) => file.path === finding.path));
  const actual = [...fixture.files.map((file) => annotate(file, spoken(file, findings))), ...outside.map(elsewhere)];
  const wanted = fixture.files.map((file) => annotate(file, settled(file, findings)));
  expect(actual.join('\n')).toBe(wanted.join('\n'));
}

/**
 * Lints `before`, applies the first fix of each finding (proven ones, unless `unsafeFixes`), and fails unless the
 * files read as in `after`. A second run over the fixed files must then find nothing more to fix.
 */
export function checkFix(before: string, after: string, options: CheckOptions = {}): void {
  const fixture = parseFixture(before);
  const fixed = applyFixes(fixture, lintAll(fixture, options), options);
  const wanted = parseFixture(after);
  expect(fixed.files.map(withHeader).join('\n')).toBe(wanted.files.map(withHeader).join('\n'));
  const again = applyFixes(fixed, lintAll(fixed, options), options);
  expect(again.files.map(withHeader), 'a second run still finds something to fix').toEqual(fixed.files.map(withHeader));
}

/** The findings in a fixture, as the linter gives them: for tests that look at related places or fixes. */
export function findingsIn(source: string, options: CheckOptions = {}): readonly Finding[] {
  return lintAll(parseFixture(source), options);
}

function lintAll(fixture: Fixture, options: CheckOptions): Finding[] {
  const list = (folder: string): string[] =>
    fixture.files.flatMap(({ path }) =>
      path.lastIndexOf('/') === folder.length && path.startsWith(folder) ? path.slice(folder.length + 1) : [],
    );
  const own: Project = { kernel: TREE, build: TREE, arch: options.arch ?? 'x86', reader: fixture.reader, list };
  const onTarget = (name: string): Project => ({ ...own, arch: name, target: targetName(name), build: '/nonexistent' });
  const project = { ...own, onTarget, derived: options.asksTree ? declaredBy(fixture) : undefined };
  const lintOptions: LintOptions = { ahead: options.ahead ?? false, rules: options.rules && new Set(options.rules) };
  const linter = options.linter?.(project, lintOptions) ?? new Linter(project, lintOptions);
  // A finding in a header comes up from every file that includes it; it counts once.
  const found = new Map<string, Finding>();
  for (const file of fixture.files)
    for (const finding of linter.lint({ path: file.path, text: file.text }).findings)
      found.set(`${finding.path}:${finding.start}:${finding.end}:${finding.rule}:${finding.message}`, finding);
  for (const finding of found.values()) expectAgreement(finding);
  return [...found.values()];
}

/** What a run works out of a tree's headers where it asks them for nothing but what gates name. */
function declaredBy({ files, reader }: Fixture): Derived {
  const folder = `${TREE}/include/`;
  const sayings = sayingsOf(shippedFacts);
  const packed = [...sayings.headers].flatMap((name) => sayings.of({ text: reader.read(`${TREE}/${name}`) ?? '' }));
  const headers = files.filter(({ path }) => path.startsWith(folder));
  const texts = headers.map(({ path, text }) => [path, () => text] as const);
  const declared = declaredIn(gateNames(shippedFacts, packed), texts);
  return { ...NOTHING_DERIVED, folders: [folder], declared };
}

/** What a fix is called and what the message asks for are the same. */
function expectAgreement({ message, fixes }: Finding): void {
  for (const { title } of fixes) {
    const named = /^(?:Use|Call) (\S+?)(?:\(\))?$/.exec(title)?.[1] ?? '';
    if (!message.includes(named)) throw new Error(`The fix is called "${title}", and the message says "${message}".`);
  }
}

/** A finding as carets say it; one that runs past its first line is cut there, as carets can't show more. */
function asExpectation(file: FixtureFile, finding: Finding): Expectation {
  const { line, column } = lineColumn(lineStarts(file.text), finding.start);
  const lineEnd = file.text.indexOf('\n', finding.start);
  const end = Math.min(finding.end, lineEnd < 0 ? file.text.length : lineEnd);
  const { severity, rule, message } = finding;
  return { line, column, width: Math.max(1, end - finding.start), severity, rule, message, prefix: false };
}

function spoken(file: FixtureFile, findings: readonly Finding[]): Expectation[] {
  return findings.filter((finding) => finding.path === file.path).map((finding) => asExpectation(file, finding));
}

/** What the fixture expects; where a message is given by its start and the linter's starts so, the linter's whole one. */
function settled(file: FixtureFile, findings: readonly Finding[]): Expectation[] {
  const actual = spoken(file, findings);
  return file.expectations.map((expectation) => {
    if (!expectation.prefix) return expectation;
    const same = actual.find(
      (other) =>
        other.line === expectation.line &&
        other.column === expectation.column &&
        other.width === expectation.width &&
        other.rule === expectation.rule &&
        other.severity === expectation.severity &&
        other.message.startsWith(expectation.message),
    );
    return same ?? { ...expectation, message: `${expectation.message} …` };
  });
}

/** The file with these expectations drawn under its lines, in an order that depends on nothing else. */
function annotate(file: FixtureFile, expectations: readonly Expectation[]): string {
  const sorted = [...expectations].sort(
    (a, b) =>
      a.column - b.column || a.width - b.width || compareText(a.rule, b.rule) || compareText(a.message, b.message),
  );
  const drawn = [`//- ${file.path.slice(TREE.length)}`];
  file.text.split('\n').forEach((code, index) => {
    if (index + 1 >= file.firstLine) drawn.push(code);
    for (const at of sorted.filter((expectation) => expectation.line === index + 1)) {
      const margin = code.slice(0, at.column - 1).replace(/[^\t]/g, ' ');
      drawn.push(`${margin}${'^'.repeat(at.width)} ${at.severity}[${at.rule}]: ${at.message}`);
    }
  });
  return fromByteString(drawn.join('\n'));
}

function elsewhere(finding: Finding): string {
  const place = `${finding.path.slice(TREE.length)} at byte ${finding.start}`;
  return `in a ready-made header, ${place}: ${finding.severity}[${finding.rule}]: ${finding.message}`;
}

function withHeader(file: FixtureFile): string {
  const body = file.text
    .split('\n')
    .slice(file.firstLine - 1)
    .join('\n');
  return fromByteString(`//- ${file.path.slice(TREE.length)}\n${body}`);
}

/** Applies the fixes that `--fix` would apply in one round. */
function applyFixes(fixture: Fixture, findings: readonly Finding[], options: CheckOptions): Fixture {
  const plan = planFixes(findings, options.unsafeFixes ?? false, fixture.reader.exists);
  const texts = new Map<string, string>();
  for (const [path, edits] of plan.edits) texts.set(path, applyEdits(fixture.reader.read(path)!, edits));
  return {
    files: fixture.files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text })),
    reader: { read: (path) => texts.get(path) ?? fixture.reader.read(path), exists: fixture.reader.exists },
  };
}
