/** One run over a tree: list the files, scan them for candidates, lint those, fix if asked, put everything together. */
import type { LintOptions, Stats } from '../linter';
import type { Finding } from '../rules/finding';
import { type Crew, CrewOfOne } from './crew';
import { Disk } from './disk';
import { type Change, fixInMemory, writeChanges } from './fixes';
import { listSources } from './listing';
import { mergeFindings, mergeProblems, mergeStats } from './merge';
import { Pool, type PoolLimits } from './pool';
import type { Problem } from './problem';
import type { CreateLinter, Linted } from './station';
import type { Tree } from './tree';

/** `no`; `show` works the fixes out and writes nothing; `write` puts them into the files. */
export type FixMode = 'no' | 'show' | 'write';

export interface RunRequest {
  readonly tree: Tree;
  /** Absolute paths of files and folders; none means the whole kernel tree. */
  readonly paths: readonly string[];
  readonly options: LintOptions;
  readonly fix: FixMode;
  readonly unsafeFixes: boolean;
  readonly cache: boolean;
  readonly staff: Staff;
  onProgress?(progress: Progress): void;
}

/** Who does the work: worker threads, or, without a script, this thread with the linter given. */
export type Staff =
  | { readonly script: string; readonly jobs: number; readonly limits?: PoolLimits }
  | { readonly create?: CreateLinter };

export interface Progress {
  readonly step: 'scan' | 'lint';
  /** Files of this step that are done, of so many. */
  readonly done: number;
  readonly total: number;
}

export interface RunReport {
  /** Sorted; after fixing, those that remain. */
  readonly findings: readonly Finding[];
  readonly stats: Stats;
  readonly problems: readonly Problem[];
  /** Named folders that hold no C file. */
  readonly empty: readonly string[];
  /** Files that were looked at, in number. */
  readonly files: number;
  /** What the fixes changed, or would change. */
  readonly changes: readonly Change[];
  /** Findings that were fixed, or would be. */
  readonly fixed: number;
  /** The text that the findings' offsets are for; empty where the file has vanished since. */
  textOf(path: string): string;
}

/** Files in one message to a worker: enough to hide the message's cost, few enough to keep all workers busy to the end. */
const SCAN_BATCH = 256;

/** Runs over a tree. Files that can't be read or checked are named in `problems`; the others are checked all the same. */
export async function run(request: RunRequest): Promise<RunReport> {
  const { tree, paths } = request;
  const listing = listSources(tree, paths.length > 0 ? paths : [tree.kernel]);
  const crew = crewFor(request, listing.files.length);
  try {
    const scanned = await crew.scan(batchesOf(listing.files), counter('scan', listing.files.length, request));
    const candidates = scanned.flatMap((batch) => batch.candidates);
    const lintedList = await crew.lint(candidates, counter('lint', candidates.length, request));
    const linted = new Map(lintedList.map((one) => [one.file, one]));
    const found = [...lintedList];
    const fixed =
      request.fix === 'no'
        ? { changes: [], count: 0, problems: [] }
        : await fixInMemory(crew, tree, linted, request.unsafeFixes);
    const written = request.fix === 'write' ? writeChanges(fixed.changes) : [];
    // A patch is about what is on disk, and so are the findings that go with it.
    const remaining: Iterable<Linted> = request.fix === 'show' ? found : linted.values();
    const counts = { 'files.listed': listing.files.length, 'files.candidates': candidates.length };
    return {
      findings: mergeFindings(remaining, tree.kernel),
      stats: mergeStats([counts, ...found.map((one) => one.stats)]),
      problems: mergeProblems([
        ...listing.problems,
        ...scanned.flatMap((batch) => batch.problems),
        ...found.flatMap((one) => one.problems),
        ...[...linted.values()].flatMap((one) => one.problems),
        ...fixed.problems,
        ...written,
      ]),
      empty: listing.empty,
      files: listing.files.length,
      changes: fixed.changes,
      fixed: fixed.count,
      textOf: textsAfter(tree, request.fix === 'show' ? [] : fixed.changes),
    };
  } finally {
    await crew.close();
  }
}

function crewFor({ tree, options, cache, staff }: RunRequest, files: number): Crew {
  const setup = { tree, options, cache };
  if (!('script' in staff)) return new CrewOfOne(setup, staff.create);
  const jobs = Math.max(1, Math.min(staff.jobs, files));
  return new Pool({ script: staff.script, jobs, setup, limits: staff.limits });
}

function batchesOf(files: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < files.length; at += SCAN_BATCH) batches.push(files.slice(at, at + SCAN_BATCH));
  return batches;
}

function counter(step: Progress['step'], total: number, request: RunRequest): (files: number) => void {
  let done = 0;
  request.onProgress?.({ step, done, total });
  return (files) => {
    done += files;
    request.onProgress?.({ step, done, total });
  };
}

/** Texts as the last round of fixes saw them; others come from the disk, and are read once. */
function textsAfter(tree: Tree, changes: readonly Change[]): (path: string) => string {
  const texts = new Map(changes.map(({ path, after }) => [path, after]));
  const disk = new Disk(tree.roots);
  return (path) => {
    let text = texts.get(path);
    if (text === undefined) texts.set(path, (text = disk.read(path) ?? ''));
    return text;
  };
}
