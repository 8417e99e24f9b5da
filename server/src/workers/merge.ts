/** Puts together what single files gave, in an order that depends on nothing but the files. */

import type { Suppressed } from '../analysis/allow';
import type { Finding } from '../analysis/finding';
import type { Problem } from '../files/problem';
import type { Stats } from '../linter';
import { type NamingRoots, relativeTo } from '../project/listing';
import type { Linted } from '../store/linted';
import { compareText } from '../text/text';

/**
 * All findings once, sorted by place and rule. One that stands in a header comes up from every file that includes it;
 * the first file's is kept.
 *
 * @param linted In the order of the files, so that "first" means the same in every run.
 */
export function mergeFindings(linted: Iterable<Linted>, roots: NamingRoots): Finding[] {
  const all = [...linted].flatMap(({ findings }) => findings.map((finding) => ({ finding })));
  return merged(all, roots).map(({ finding }) => finding);
}

/** The findings that comments allow, each once, in the order of findings. */
export function mergeSuppressed(linted: Iterable<Linted>, roots: NamingRoots): Suppressed[] {
  return merged(
    [...linted].flatMap(({ suppressed = [] }) => suppressed),
    roots,
  );
}

function merged<T extends { readonly finding: Finding }>(all: readonly T[], roots: NamingRoots): T[] {
  const once = new Map<string, T>();
  for (const one of all) {
    const { path, start, end, rule, message } = one.finding;
    const key = [path, start, end, rule, message].join('\0');
    if (!once.has(key)) once.set(key, one);
  }
  const placed = [...once.values()].map((one) => ({
    one,
    finding: one.finding,
    file: relativeTo(roots, one.finding.path),
  }));
  placed.sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.finding.start - b.finding.start ||
      a.finding.end - b.finding.end ||
      compareText(a.finding.rule, b.finding.rule) ||
      compareText(a.finding.message, b.finding.message),
  );
  return placed.map(({ one }) => one);
}

/** Counters added up by name, the names sorted. */
export function mergeStats(parts: Iterable<Readonly<Record<string, number>>>): Stats {
  const sums = new Map<string, number>();
  for (const part of parts)
    for (const [name, count] of Object.entries(part)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries([...sums].sort(([a], [b]) => compareText(a, b)));
}

/** Each problem once, sorted by path. */
export function mergeProblems(problems: Iterable<Problem>): Problem[] {
  const once = new Map<string, Problem>();
  for (const problem of problems) once.set(`${problem.path}\0${problem.message}`, problem);
  return [...once.values()].sort((a, b) => compareText(a.path, b.path) || compareText(a.message, b.message));
}
