/** A run over a change: what is found with it and was not found without it. */
import { createHash } from 'node:crypto';
import type { LintOptions } from '../linter';
import type { Finding } from '../rules/finding';
import type { ChangeSet } from './change-set';
import { crashed } from './crew';
import { Disk } from './disk';
import { mergeFindings, mergeProblems, mergeStats, mergeSuppressed } from './merge';
import type { RunReport } from './run';
import { type CreateLinter, type Linted, Station } from './station';
import type { Tree } from './tree';

/**
 * Lints the files of a change as they were and as they are with it. What is new is what the change causes, also where
 * the finding stands on a line that it does not touch. All is done in this thread: a change is small.
 */
export function runOverChange(
  change: ChangeSet,
  tree: Tree,
  options: LintOptions,
  cache: boolean,
  create?: CreateLinter,
): RunReport {
  const station = new Station({ tree, options, cache }, create);
  const lintAll = (texts: ReadonlyMap<string, string>): Linted[] => {
    station.overlay(texts);
    return [...texts.keys()].sort().map((file) => lintOne(station, file));
  };
  const earlier = lintAll(change.before);
  const later = lintAll(change.after);
  station.keep();
  const disk = new Disk(tree.roots);
  const textIn =
    (texts: ReadonlyMap<string, string>) =>
    (file: string): string =>
      texts.get(file) ?? disk.read(file) ?? '';
  const textOf = textIn(change.after);
  const known = new Map<string, number>();
  for (const finding of mergeFindings(earlier, tree.kernel)) {
    const key = keyOf(finding, textIn(change.before));
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  const findings = mergeFindings(later, tree.kernel).filter((finding) => {
    const key = keyOf(finding, textOf);
    const count = known.get(key) ?? 0;
    known.set(key, count - 1);
    return count <= 0;
  });
  return {
    findings,
    suppressed: mergeSuppressed(later, tree.kernel),
    stats: mergeStats([{ 'files.listed': change.after.size }, ...later.map(({ stats }) => stats)]),
    problems: mergeProblems([...change.problems, ...later.flatMap(({ problems }) => problems)]),
    empty: [],
    files: change.after.size,
    changes: [],
    fixed: 0,
    textOf,
  };
}

function lintOne(station: Station, file: string): Linted {
  try {
    return station.lint(file);
  } catch (error) {
    return { file, findings: [], stats: {}, stamps: {}, problems: [{ path: file, message: crashed(error) }] };
  }
}

/** What a finding is known by on both sides: rule, file and the text of its line, not the line's number. */
function keyOf({ rule, path, start }: Finding, textOf: (file: string) => string): string {
  const text = textOf(path);
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', start);
  const line = text.slice(from, end < 0 ? undefined : end).replace(/\s+/g, '');
  return createHash('sha256').update(`${rule}\0${path}\0${line}`).digest('hex');
}
