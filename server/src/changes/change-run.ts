/** A run over a change: what is found with it and was not found without it. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { byPlace, type Finding } from '../analysis/finding';
import type { Texts } from '../files/buffers';
import { Disk } from '../files/disk';
import { rules } from '../rules/index';
import type { Linted } from '../store/linted';
import { scan } from '../workers/candidates';
import type { LintWorkers } from '../workers/lint-workers';
import { Linting } from '../workers/linting';
import { mergeFindings, mergeProblems, mergeStats, mergeSuppressed } from '../workers/merge';
import { cached, checkedOf, derivedBy, lintNew, memoryFor, type RunReport, workersFor } from '../workers/run';
import type { Memory, WorkRequest } from '../workers/run-request';
import { isLarge } from '../workers/sources';
import type { ChangeSet, Step } from './change-set';
import { NO_REACH, reachOf, withoutCostly } from './reach';
import { NOTHING_COMPARED, surfaceChanges } from './surface-changes';

interface ChangeRequest extends WorkRequest {
  readonly change: ChangeSet;
  /** Whether files that the change leaves alone are looked at, too, where it changes a header. */
  readonly reachesOut: boolean;
  /** Whether rules that compare both sides are asked, too: they look at all targets themselves. */
  readonly comparesSides: boolean;
}

/** The time was over before both sides of a change were checked; of the one alone, nothing can be said. */
export class TimeOver extends Error {
  constructor() {
    super('The time was over before the change was checked.');
  }
}

/** Counts of findings that are alike, by what they are known by. */
type Counts = Map<string, number>;

/**
 * Lints files as they were and as they are with the change. What is new is what the change causes, also where the finding
 * stands on a line or in a file that it does not touch.
 *
 * @throws TimeOver, PoolBroken
 */
export async function runOverChange(request: ChangeRequest): Promise<RunReport> {
  const { change, tree } = request;
  const own = [...new Set([...change.before.keys(), ...change.after.keys()])].sort();
  const isWide = request.reachesOut && own.some((file) => file.endsWith('.h'));
  const reached = isWide ? await reachOf(own, change, request) : NO_REACH;
  if (reached.isLate) throw new TimeOver();
  const isAlone = reached.naming.length + reached.others.length === 0;
  const disk = new Disk(tree.roots);
  const state = stateOf(own, disk);
  const [earlierTexts, laterTexts] = [state(change.before), state(change.after)];
  const lean = { ...request, options: withoutCostly(request.options) };
  const lint = (texts: Texts, files: readonly string[], { options } = request, isOverMany = false) => {
    const there = files.filter((file) => !texts.has(file) || texts.get(file) !== undefined);
    const only = options.rules && new Set([...options.rules].filter(isOfOneSide));
    return lintState(texts, there, { ...request, options: { ...options, rules: only } }, isOverMany);
  };
  const lintOthers = (texts: Texts, files: readonly string[]) => lint(texts, files, lean, isLarge(files.length));
  // Both sides are laid out here while others lint what is there with the change.
  const [first, compared] = await Promise.all([
    lint(laterTexts, [...own.filter((file) => change.after.has(file)), ...reached.naming]),
    nextTurn().then(() =>
      request.comparesSides ? surfaceChanges(change, tree, request.options, request.cache) : NOTHING_COMPARED,
    ),
  ]);
  const later = [...first, ...(await lintOthers(laterTexts, reached.others))];
  const asked = askedOf(later, isAlone);
  const askedIn = (files: readonly string[]): string[] => files.filter((file) => asked.files.has(file));
  const earlier = [
    ...(await lint(earlierTexts, askedIn([...own.filter((file) => change.before.has(file)), ...reached.naming]), {
      ...request,
      options: { ...request.options, rules: asked.rules ?? request.options.rules },
    })),
    ...(await lintOthers(earlierTexts, askedIn(reached.others))),
  ];
  const textIn =
    (texts: Texts) =>
    (file: string): string =>
      (texts.has(file) ? texts.get(file) : disk.read(file)) ?? '';
  const textOf = cached(textIn(laterTexts));
  const known = countsOf(mergeFindings(earlier, tree), textIn(earlierTexts));
  const linted = beyond(known, mergeFindings(later, tree), textOf).filter(({ rule }) => isOfOneSide(rule));
  const findings = [...linted, ...compared.findings].sort(byPlace);
  const subjects = await subjectsOf(findings, textOf, known, request, (step, files) =>
    lint(state(new Map([...change.before, ...step.texts])), files),
  );
  const files = change.after.size + reached.listed;
  return {
    findings,
    subjects,
    suppressed: [...mergeSuppressed(later, tree), ...compared.suppressed],
    stats: mergeStats([{ 'files.listed': files }, ...later.map(({ stats }) => stats), compared.stats]),
    problems: mergeProblems([...change.problems, ...reached.problems, ...later.flatMap(({ problems }) => problems)]),
    notes: [...change.notes, ...reached.notes],
    empty: [],
    files,
    checked: checkedOf(later),
    changes: [],
    fixed: 0,
    textOf,
  };
}

/**
 * What the state before a change is asked, in the files and by the rules with which something is found after it: no
 * other can have found the same before. A finding is looked for where it came up and where it stands.
 *
 * @param isAlone Whether only the change's own files were looked at; what is known of others is by all rules.
 */
function askedOf(later: readonly Linted[], isAlone: boolean): { files: Set<string>; rules?: Set<string> } {
  const found = later.flatMap(({ file, findings }) => findings.map(({ path, rule }) => ({ file, path, rule })));
  const files = new Set(found.flatMap(({ file, path }) => [file, path]));
  const names = new Set(found.map(({ rule }) => rule));
  // A rule that reviews what others found needs them all.
  const isSelfContained = rules.every(({ id, review }) => !review || !names.has(id));
  return isAlone && isSelfContained ? { files, rules: names } : { files };
}

/** What of a side of the change differs from the disk: the rest is read, and remembered, as ever. */
function stateOf(own: readonly string[], disk: Disk): (texts: Texts) => Texts {
  const onDisk = new Map(own.map((file) => [file, disk.read(file)]));
  return (texts) => new Map(own.filter((f) => texts.get(f) !== onDisk.get(f)).map((f) => [f, texts.get(f)]));
}

async function lintState(
  texts: Texts,
  files: readonly string[],
  request: WorkRequest,
  isOverMany = false,
): Promise<Linted[]> {
  if (files.length === 0) return [];
  const workers = workersFor(request, () => files.length);
  try {
    // What is not on disk is seldom known from an earlier run: who lints it gets ready while that is looked up.
    if (texts.size > 0) workers.setBuffers(texts);
    if (texts.size > 0 && files.length === 1) workers.expect(files[0]);
    const memory = memoryFor(request, texts, await derivedBy(workers, request, isOverMany));
    if (memory) workers.keepResults(memory.key);
    const linted = isOverMany
      ? await lintCandidates(workers, files, memory, request)
      : await lintNew(workers, files, memory, { ...request, fix: 'no' });
    if (linted.some(({ skipped }) => skipped)) throw new TimeOver();
    return linted;
  } finally {
    await workers.close();
  }
}

/** Lints those of very many files that rules may speak of, as a run over so many files does. @throws TimeOver */
async function lintCandidates(
  workers: LintWorkers,
  files: readonly string[],
  memory: Memory | undefined,
  request: WorkRequest,
): Promise<Linted[]> {
  const linting = new Linting(workers, memory, { ...request, fix: 'no' });
  const { files: candidates, skipped } = await scan([files], {
    workers,
    words: memory?.linter.candidateWords(),
    onDone: () => {},
    lints: true,
    onFound: (found, linted) => linting.add(found, linted),
  });
  if (skipped > 0) throw new TimeOver();
  return linting.results(candidates);
}

/** Which mail of a series brought each finding: the first with which there are more of its like than before. */
async function subjectsOf(
  findings: readonly Finding[],
  textOf: (file: string) => string,
  known: Counts,
  { change, tree }: ChangeRequest,
  lint: (step: Step, files: readonly string[]) => Promise<Linted[]>,
): Promise<ReadonlyMap<Finding, string>> {
  const subjects = new Map<Finding, string>();
  if (change.steps.length === 0) return subjects;
  let open = findings;
  for (const step of change.steps.slice(0, -1)) {
    if (open.length === 0) break;
    const files = [...new Set(open.map(({ path }) => path))];
    const textThen = (file: string): string =>
      (step.texts.has(file) ? step.texts.get(file) : change.before.get(file)) ?? textOf(file);
    const fresh = beyond(known, mergeFindings(await lint(step, files), tree), textThen);
    const counts = countsOf(fresh, textThen);
    for (const finding of [...subjects.keys()]) take(counts, keyOf(finding, textOf));
    for (const finding of open) if (take(counts, keyOf(finding, textOf))) subjects.set(finding, step.subject);
    open = open.filter((finding) => !subjects.has(finding));
  }
  for (const finding of open) subjects.set(finding, change.steps.at(-1)!.subject);
  return subjects;
}

function countsOf(findings: readonly Finding[], textOf: (file: string) => string): Counts {
  const counts: Counts = new Map();
  for (const finding of findings) {
    const key = keyOf(finding, textOf);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Findings that there are more of than were counted, in their order. */
function beyond(known: Counts, findings: readonly Finding[], textOf: (file: string) => string): Finding[] {
  const left = new Map(known);
  return findings.filter((finding) => !take(left, keyOf(finding, textOf)));
}

function take(counts: Counts, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

/** Whether a rule speaks of one side of a change; others compare both, and are asked once. */
function isOfOneSide(rule: string): boolean {
  return rules.every(({ id, change }) => id !== rule || !change);
}

/** What a finding is known by on both sides: rule, file and the text of its line, not the line's number. */
function keyOf({ rule, path, start }: Finding, textOf: (file: string) => string): string {
  const text = textOf(path);
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', start);
  const line = text.slice(from, end < 0 ? undefined : end).replace(/\s+/g, '');
  return createHash('sha256').update(`${rule}\0${path}\0${line}`).digest('hex');
}
