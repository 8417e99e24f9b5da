/** One run over a tree: list the files, scan them for candidates, lint those, fix if asked, put everything together. */

import type { Suppressed } from '../analysis/allow';
import type { Finding } from '../analysis/finding';
import type { Derived } from '../facts/derived';
import { Buffers, type Texts } from '../files/buffers';
import { Disk } from '../files/disk';
import { workerScript } from '../files/entry-points';
import type { Problem } from '../files/problem';
import { asksHeaders, Linter, type Stats } from '../linter';
import type { Tree } from '../project/tree';
import { projectOf } from '../project/tree-project';
import type { Linted } from '../store/linted';
import { resultsKey } from '../store/results';
import { stopping } from './cancelled';
import { type Candidates, isScanKnown, scan } from './candidates';
import { counter } from './counter';
import { deriveGates, keepDerived, recallDerived } from './derive';
import { type Change, type Fixed, fixInMemory, writeFixed } from './fixes';
import { InThread } from './in-thread';
import { LintJob, type LintTask } from './lint-job';
import { LintQueue } from './lint-queue';
import { LintWorkers } from './lint-workers';
import { Linting } from './linting';
import { mergeFindings, mergeProblems, mergeStats, mergeSuppressed } from './merge';
import type { Memory, RunRequest, WorkRequest } from './run-request';
import { isLarge, Sources } from './sources';
import type { Waiting } from './task-queue';
import { WorkerPool } from './worker-pool';
import { CHECK_LIMITS } from './worker-thread';

export interface RunReport {
  /** Sorted; after fixing, those that remain. */
  readonly findings: readonly Finding[];
  /** Findings that comments in the code allow, in the same order. */
  readonly suppressed: readonly Suppressed[];
  readonly stats: Stats;
  readonly problems: readonly Problem[];
  /** What whoever asked should know of files that were checked all the same. */
  readonly notes?: readonly Problem[];
  /** Findings that are left out because a baseline has them, in the same order. */
  readonly known?: { readonly baseline: string; readonly findings: readonly Finding[] };
  /** Which mail of a series brought a finding. */
  readonly subjects?: ReadonlyMap<Finding, string>;
  /** Named folders that hold no C file. */
  readonly empty: readonly string[];
  /** Files that were looked at, in number. */
  readonly files: number;
  /** Files that were left when the time was over, in number; a problem says so, too. */
  readonly skipped?: number;
  /** Files that were checked, as nothing that is known of an earlier run holds for them. Absolute paths, sorted. */
  readonly checked?: readonly string[];
  /** What the fixes changed, or would change. */
  readonly changes: readonly Change[];
  /** Findings that were fixed, or would be. */
  readonly fixed: number;
  /** The text that the findings' offsets are for; empty where the file has vanished since. */
  textOf(path: string): string;
}

/**
 * Runs over a tree. Files that can't be read or checked are named in `problems`; the others are checked all the same.
 * @throws Cancelled, PoolBroken
 */
export async function run(request: RunRequest): Promise<RunReport> {
  const { tree } = request;
  const paths = request.paths.length > 0 ? request.paths : [tree.module ?? tree.kernel];
  const isWhole = paths.includes(tree.kernel);
  let count = Number.POSITIVE_INFINITY;
  const workers = workersFor(request, () => count);
  const sources = new Sources(tree, paths, request.shard);
  const derived = await derivedBy(workers, request, isLarge(sources.count));
  const memory = memoryFor(request, undefined, derived);
  const words = memory?.linter.candidateWords();
  if (memory) workers.keepResults(memory.key);
  // While a whole tree is listed, those who will go through it get ready.
  if (isWhole && !(words && isScanKnown(words))) workers.start();
  const stopped = stopping(request.signal, 'The check was stopped.');
  let scanned: Candidates | undefined;
  try {
    if (sources.isAll) count = sources.count;
    const linting = new Linting(workers, memory, request);
    const scanning = scan(sources.parts(), {
      workers,
      words: isLarge(count) ? words : undefined,
      onDone: counter('scan', () => (sources.isAll ? sources.count : undefined), request),
      lints: isLarge(count),
      onFound: (files, linted) => linting.add(files, linted),
    });
    scanned = await Promise.race([scanning, stopped]);
    const listing = sources.listing();
    count = sources.count;
    const candidates = scanned.files;
    const lintedList = await Promise.race([linting.results(candidates), stopped]);
    const linted = new Map(lintedList.map((one) => [one.file, one]));
    const found = [...lintedList];
    const skipped = scanned.skipped + found.filter((one) => one.skipped).length;
    let fixed: Fixed = { changes: [], fixes: [], problems: [] };
    if (request.fix !== 'no') {
      // What was found is fixed to the end, or it would be unknown what is left.
      workers.takeTime();
      fixed = await fixInMemory(workers, tree, linted, request.unsafeFixes);
    }
    if (request.fix === 'write') fixed = await writeFixed(workers, linted, fixed);
    // A patch is about what is on disk, and so are the findings that go with it.
    const remaining = request.fix === 'show' ? found : [...linted.values()];
    const counts = { 'files.listed': count, 'files.candidates': candidates.length };
    return {
      findings: mergeFindings(remaining, tree),
      suppressed: mergeSuppressed(remaining, tree),
      stats: mergeStats([counts, ...found.map((one) => one.stats)]),
      problems: mergeProblems([
        ...(skipped > 0 ? [leftOver(tree, skipped, count)] : []),
        ...listing.problems,
        ...scanned.problems,
        ...found.flatMap((one) => one.problems),
        ...[...linted.values()].flatMap((one) => one.problems),
        ...fixed.problems,
      ]),
      notes: derived ? derived.idle : isOwn(request.execution) && skipped === 0 ? [notDerived(tree)] : undefined,
      empty: listing.empty,
      files: count - skipped,
      skipped,
      checked: checkedOf(found),
      changes: fixed.changes,
      fixed: fixed.fixes.length,
      textOf: textsAfter(tree, request.fix === 'show' ? [] : fixed.changes),
    };
  } finally {
    const closed = workers.close();
    // Meanwhile the others keep what they found.
    scanned?.keep();
    await closed;
  }
}

/** Files of which no earlier run told what to find. */
export function checkedOf(linted: readonly Linted[]): string[] {
  return linted.filter((one) => !one.recalled && !one.skipped).map(({ file }) => file);
}

function leftOver({ kernel }: Tree, skipped: number, of: number): Problem {
  return { path: kernel, message: `not checked in full: ${skipped} of ${of} files were left when the time was over` };
}

/** Whether the product's linter does the work. */
function isOwn(execution: WorkRequest['execution']): boolean {
  return 'script' in execution ? execution.script === workerScript() : execution.create === undefined;
}

/** Findings are missing without what headers say, which nobody is to take for a clean tree. */
function notDerived({ kernel }: Tree): { readonly path: string; readonly message: string } {
  return { path: kernel, message: 'what headers say was not worked out, as no worker answered: packs alone tell' };
}

/**
 * What the headers of a tree say, told to all workers; undefined where another linter does the work.
 *
 * @param isOverMany The run is over many files, which takes half as long again with what headers say: only if rules are named.
 */
export async function derivedBy(
  workers: LintWorkers,
  { tree, options, cache, execution }: WorkRequest,
  isOverMany = false,
): Promise<Derived | undefined> {
  if (!isOwn(execution)) return undefined;
  const depth = isOverMany && options.rules === undefined ? 'gates' : asksHeaders(options);
  let derived = cache ? recallDerived(tree, depth) : undefined;
  if (!derived) {
    if (depth === 'gates') workers.start();
    // A worker that got no answer out in time may have waited for the machine: once more.
    const made =
      depth === 'gates'
        ? await deriveGates(tree, (words, files) => workers.holding(words, files))
        : ((await workers.derive(depth)) ?? (await workers.derive(depth)));
    if (made && cache) keepDerived(tree, depth, made);
    derived = made?.derived;
  }
  if (derived) workers.setDerived(derived);
  return derived;
}

/**
 * Undefined where nothing is to be kept, or where another linter than the product's does the work.
 *
 * @param texts What files read as in place of what they hold.
 */
export function memoryFor(
  { tree, options, cache, execution }: WorkRequest,
  texts: Texts = new Map(),
  derived?: Derived,
): Memory | undefined {
  if (!cache || !isOwn(execution)) return undefined;
  const project = projectOf(tree, new Buffers(new Disk(tree.roots), texts));
  const linter = new Linter({ ...project, derived }, options);
  return { key: resultsKey(tree, options, linter.candidateWords(), undefined, derived), linter, texts };
}

/** Lints files whose results are not known; the answers come in the order of the files. */
export async function lintNew(
  workers: LintWorkers,
  files: readonly string[],
  memory: Memory | undefined,
  request: WorkRequest & Pick<RunRequest, 'fix'>,
): Promise<Linted[]> {
  const linting = new Linting(workers, memory, request);
  linting.add(files);
  return linting.results(files);
}

/** @param files How many there are to work on, at most; asked when the first of them comes. */
export function workersFor(request: WorkRequest, files: () => number): LintWorkers {
  const { tree, options, cache, execution, deadline } = request;
  const setup = { tree, options, cache };
  return new LintWorkers(() => {
    if (!('script' in execution)) return new InThread(new LintJob(setup, execution.create), deadline);
    const { script, limits = CHECK_LIMITS, early } = execution;
    const apart = isLarge(files());
    return new WorkerPool({
      ...{ script, limits, early, deadline, keeps: cache },
      job: 'check',
      // What a run over a tree reads of headers is most of them, and the next one needs results and not headers; those who
      // look at a few files keep what these take.
      setup: { ...setup, keepsHeaders: !apart },
      jobs: Math.max(1, Math.min(execution.jobs, files())),
      queue: <Item extends Waiting<LintTask>>() => new LintQueue<Item>(apart),
    });
  });
}

/** Texts as the last round of fixes saw them; others come from the disk, and are read once. */
function textsAfter(tree: Tree, changes: readonly Change[]): (path: string) => string {
  const changed = new Map(changes.map(({ path, after }) => [path, after]));
  const disk = new Disk(tree.roots);
  return cached((path) => changed.get(path) ?? disk.read(path) ?? '');
}

/** As `read`, but each file is read once. */
export function cached(read: (file: string) => string): (file: string) => string {
  const texts = new Map<string, string>();
  return (file) => {
    let text = texts.get(file);
    if (text === undefined) texts.set(file, (text = read(file)));
    return text;
  };
}
