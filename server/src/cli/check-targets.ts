/** `overlint check --arch LIST`: the same files, or the same change, on several targets, each with its own configuration, as one report. */
import path from 'node:path';
import type { Finding } from '../analysis/finding';
import { Disk } from '../files/disk';
import { KbuildTree } from '../kbuild/kbuild-tree';
import { buildArchitecture } from '../kconfig/architecture';
import { parseConfig } from '../preprocessor/config';
import type { Tree } from '../project/tree';
import { rules } from '../rules/index';
import { mergeProblems, mergeStats } from '../workers/merge';
import type { RunReport } from '../workers/run';

/** What a run said of one target. */
export interface TargetReport {
  readonly target: string;
  readonly tree: Tree;
  readonly report: RunReport;
}

/**
 * One report of all: a finding once, with the targets that it holds on, of those whose configuration builds the file.
 * What no configuration builds is judged on each.
 */
export function mergeTargets(reports: readonly TargetReport[]): RunReport {
  const [first] = reports;
  const builds = new Map(reports.map(({ target, tree }) => [target, builder(tree)]));
  const building = (file: string): readonly string[] => {
    const found = reports.filter(({ target }) => builds.get(target)?.(file)).map(({ target }) => target);
    return found.length > 0 ? found : reports.map(({ target }) => target);
  };
  const byPlace = new Map<string, { readonly finding: Finding; readonly targets: string[]; readonly said: string[] }>();
  for (const { target, report } of reports)
    for (const finding of report.findings) {
      if (finding.path.endsWith('.c') && !building(finding.path).includes(target)) continue;
      const key = [finding.path, finding.start, finding.end, finding.rule].join('\0');
      const known = byPlace.get(key);
      if (!known) byPlace.set(key, { finding, targets: [target], said: [] });
      else if (!known.targets.includes(target)) {
        known.targets.push(target);
        if (finding.message !== known.finding.message) known.said.push(`on ${target}: ${finding.message}`);
      }
    }
  const subjects = new Map<Finding, string>();
  const findings = [...byPlace.values()].map(({ finding, targets, said }) => {
    const { path: file, start, end } = finding;
    const more = said.map((message) => ({ path: file, start, end, message }));
    const on = { path: file, start, end, message: `this holds on ${targets.join(', ')}` };
    // What compares both sides names the targets itself.
    const merged = COMPARING.has(finding.rule)
      ? finding
      : { ...finding, targets, related: [...finding.related, on, ...more] };
    const subject = subjectOf(finding, reports);
    if (subject !== undefined) subjects.set(merged, subject);
    return merged;
  });
  findings.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : one.start - other.start));
  return {
    ...first.report,
    findings,
    ...(first.report.subjects && { subjects }),
    stats: mergeStats(reports.map(({ report }) => report.stats)),
    problems: mergeProblems(reports.flatMap(({ report }) => report.problems)),
    textOf: (file) => first.report.textOf(file),
  };
}

/** Rules about both sides of a change, which compare them on all targets at once. */
const COMPARING: ReadonlySet<string> = new Set(rules.filter(({ change }) => change).map(({ id }) => id));

/** The mail of a series that brought a finding. */
function subjectOf(finding: Finding, reports: readonly TargetReport[]): string | undefined {
  for (const { report } of reports) {
    const subject = report.subjects?.get(finding);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

/** Whether a tree's configuration builds a file, as the Kbuild files say. */
function builder(tree: Tree): (file: string) => boolean {
  const { kernel, build } = tree;
  const reader = new Disk(tree.roots);
  const text = tree.configuration?.text ?? reader.read(tree.configFile ?? path.join(build, '.config')) ?? '';
  const { symbols } = parseConfig(text);
  const kbuild = new KbuildTree({ kernel, build, arch: buildArchitecture(tree.arch).folder, symbols, reader });
  return (file) => kbuild.file(file)?.built !== undefined;
}
