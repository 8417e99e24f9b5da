/** Compares all records that a tree defines with a built kernel's BTF, shared among workers. */
import path from 'node:path';
import { decisive } from '../btf/btf-verdict';
import type { Problem } from '../files/problem';
import { sourcesIncluding } from '../project/including-sources';
import type { Tree } from '../project/tree';
import { type FileGroup, FileGroups, stampedFiles } from '../project/tree-files';
import { compareText } from '../text/text';
import { readBuiltBtf } from './built-btf';
import { askAboutFiles, askAll } from './job';
import { mergeProblems } from './merge';
import { executorFor, type Threads } from './threads';
import { type Definition, type VerifyAnswer, VerifyJob, type VerifySetup, type VerifyTask } from './verify-job';

interface VerifyRequest {
  readonly tree: Tree;
  readonly btf: string;
  /** A folder of modules whose records count, too. */
  readonly modules?: string;
  /** Whether the tree's sources and their own headers are read, too. */
  readonly sources: boolean;
  readonly threads: Threads;
  onProgress?(progress: { readonly step: VerifyTask['kind']; readonly done: number; readonly total: number }): void;
}

export interface VerifyReport {
  /** For each record that BTF and the files that were read have in common, the definition that decides; sorted by name. */
  readonly named: readonly Definition[];
  /** Records that BTF has under a tag. */
  readonly total: number;
  /** Modules that were left out, and files that were not compared, as their worker failed. */
  readonly problems: readonly Problem[];
}

/** A task about files, any part of which can be asked about by itself. */
type FilesTask = Exclude<VerifyTask, { kind: 'headers' }>;

/** Files in one reading: enough to share the cost of the headers that all of them read. */
const BATCH = 40;

/** Files in one scan. */
const SCANNED = 1000;

/** A header whose records stay open is read behind so many of the sources that include it, at most. */
const MOST_SOURCES = 3;

/** A share of a whole kernel's headers takes seconds. */
const LIMITS = { heapMegabytes: 3072, taskMilliseconds: 600_000 };

/** @throws BtfProblem where the BTF can't be read. */
export async function verifyTree(request: VerifyRequest): Promise<VerifyReport> {
  const { tree, btf, modules, sources, threads } = request;
  const groups = new FileGroups(tree);
  const { sections, records: known, problems: leftOut } = await readBuiltBtf(btf, modules, threads);
  const setup: VerifySetup = { tree, btf: sections };
  const problems: Problem[] = [...leftOut];
  const executor = executorFor(threads, { job: 'verify', setup, limits: LIMITS }, (own) => new VerifyJob(own));
  try {
    const failed = (path: string, what: string, reason: string): void => {
      const message = `${what} not compared, because the worker failed (${reason}). Please report this`;
      problems.push({ path, message });
    };
    const teller = (step: VerifyTask['kind'], total: number): ((done: number) => void) => {
      const tell = (done: number): void => request.onProgress?.({ step, done, total });
      tell(0);
      return tell;
    };
    const askAbout = async (tasks: readonly FilesTask[]): Promise<VerifyAnswer[]> => {
      const tell = teller(tasks[0]?.kind ?? 'sources', tasks.length);
      let done = 0;
      const asked = tasks.map(async (task) => {
        const found = await askAboutFiles<FilesTask, VerifyAnswer>(executor, task, (file, reason) =>
          failed(file, 'was', reason),
        );
        tell(++done);
        return found;
      });
      return (await Promise.all(asked)).flat();
    };
    const headers = groups.sort(stampedFiles(groups.headerFolders()).map(({ file }) => file));
    const parts = threads.script === undefined ? 1 : Math.min(threads.jobs, 4);
    const shares = Array.from(
      { length: parts },
      (_, part): VerifyTask => ({ kind: 'headers', files: headers, part, parts }),
    );
    const definitions: Definition[] = [];
    for (const [part, outcome] of (await askAll(executor, shares, teller('headers', parts))).entries()) {
      if (outcome.kind === 'done') definitions.push(...outcome.answer.definitions);
      else if (outcome.kind === 'lost')
        failed(tree.kernel, `part ${part + 1} of ${parts} of its headers was`, outcome.reason);
    }
    if (sources) {
      const settled = new Set(definitions.flatMap(({ record, verdict }) => (verdict === 'exact' ? [record] : [])));
      const names = new Set([...known.keys()].filter((key) => !settled.has(key)).map((key) => key.split(' ')[1]));
      const files = sourcesOf(tree, groups);
      const scans = batches(files, SCANNED).map((batch): FilesTask => ({ kind: 'scan', files: batch, names }));
      const likely = (await askAbout(scans)).flatMap((answer) => answer.files);
      const tasks = batches(likely, BATCH).map((batch): FilesTask => ({ kind: 'sources', files: batch, names }));
      for (const answer of await askAbout(tasks)) definitions.push(...answer.definitions);
      const open = headersOf(tree, definitions);
      const near = files.filter((file) => open.some((header) => isNear(file, header)));
      const listed = batches(near, SCANNED).map((batch): FilesTask => ({ kind: 'includes', files: batch }));
      const includes = (await askAbout(listed)).flatMap((answer) => answer.includes ?? []);
      const including = sourcesIncluding(open, includes);
      for (let turn = 0; turn < MOST_SOURCES; turn++) {
        const groups = new Map<string, string[]>();
        for (const header of headersOf(tree, definitions)) {
          const from = including.get(header)?.[turn];
          if (from !== undefined) groups.set(from, [...(groups.get(from) ?? []), header]);
        }
        const behind = [...groups].map(([from, own]): FilesTask => ({ kind: 'behind', from, files: own, names }));
        for (const answer of await askAbout(behind)) definitions.push(...answer.definitions);
      }
    }
    return { named: byName(definitions), total: known.size, problems: mergeProblems(problems) };
  } finally {
    await executor.close();
  }
}

/** The tree's sources and their own headers, folder by folder, so that those that belong together are read together. */
function sourcesOf(tree: Tree, groups: FileGroups): string[] {
  const wanted: readonly FileGroup[] = ['other headers', 'sources'];
  const files = stampedFiles([tree.kernel]).map(({ file }) => file);
  return files.filter((file) => wanted.includes(groups.groupOf(file))).sort();
}

/** The headers, sources' own and general ones, whose definitions are unknown, of records that no definition got right. */
function headersOf(tree: Tree, definitions: readonly Definition[]): string[] {
  const settled = new Set(definitions.flatMap(({ record, verdict }) => (verdict === 'exact' ? record : [])));
  const open = definitions.filter(({ record, verdict }) => verdict === 'unknown' && !settled.has(record));
  const files = open.flatMap(({ file }) => (file.endsWith('.h') ? file : []));
  return [...new Set(files)].sort().map((file) => path.posix.join(tree.kernel, file));
}

/** Whether a file may include a header: one of its own folder, of the one above, or of those below that. */
function isNear(file: string, header: string): boolean {
  return file.startsWith(`${path.posix.dirname(path.posix.dirname(header))}/`);
}

function batches(files: readonly string[], size: number): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < files.length; at += size) found.push(files.slice(at, at + size));
  return found;
}

function byName(definitions: readonly Definition[]): Definition[] {
  const groups = new Map<string, Definition[]>();
  for (const definition of definitions) {
    const group = groups.get(definition.record);
    if (group) group.push(definition);
    else groups.set(definition.record, [definition]);
  }
  return [...groups.values()]
    .map((group) => decisive(group.sort((a, b) => compareText(a.file, b.file) || a.line - b.line)))
    .sort((a, b) => compareText(a.record, b.record));
}
