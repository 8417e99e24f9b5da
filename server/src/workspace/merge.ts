/** Puts together what single files gave, in an order that depends on nothing but the files. */
import type { Stats } from '../linter';
import type { Finding } from '../rules/finding';
import { relativeTo } from './listing';
import type { Problem } from './problem';
import type { Linted } from './station';

/**
 * All findings once, sorted by place and rule. One that stands in a header comes up from every file that includes it;
 * the first file's is kept.
 *
 * @param linted In the order of the files, so that "first" means the same in every run.
 */
export function mergeFindings(linted: Iterable<Linted>, kernel: string): Finding[] {
  const once = new Map<string, Finding>();
  for (const { findings } of linted)
    for (const finding of findings) {
      const { path, start, end, rule, message } = finding;
      const key = [path, start, end, rule, message].join('\0');
      if (!once.has(key)) once.set(key, finding);
    }
  const placed = [...once.values()].map((finding) => ({ finding, file: relativeTo(kernel, finding.path) }));
  placed.sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.finding.start - b.finding.start ||
      a.finding.end - b.finding.end ||
      compareText(a.finding.rule, b.finding.rule) ||
      compareText(a.finding.message, b.finding.message),
  );
  return placed.map(({ finding }) => finding);
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

/** Order by code units: the same under every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
