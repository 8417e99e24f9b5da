/** Compares all records that a tree defines with a built kernel's BTF, shared among worker threads. */
import { decisive } from '../btf/btf-verdict';
import { reasonOf } from '../files/errno';
import type { Tree } from '../project/tree';
import { type Stage, Stages, stampedFiles } from '../project/tree-files';
import { compareText } from '../text/text';
import { TaskPool } from './task-pool';
import {
  type Definition,
  recordsByTag,
  Verifier,
  type VerifyAnswer,
  type VerifySetup,
  type VerifyTask,
} from './verify-part';

/** BTF that can't be read; the message is ready to stand behind `PATH: `. */
export class BtfProblem extends Error {}

export interface VerifyRequest {
  readonly tree: Tree;
  readonly btf: string;
  /** Whether the tree's sources and their own headers are read, too. */
  readonly sources: boolean;
  /** Worker threads; without a script, all is done in this one. */
  readonly script?: string;
  readonly jobs: number;
  onProgress?(progress: { readonly step: VerifyTask['kind']; readonly done: number; readonly total: number }): void;
}

export interface VerifyReport {
  /** For each record that BTF and the files that were read have in common, the definition that decides; sorted by name. */
  readonly named: readonly Definition[];
  /** Records that BTF has under a tag. */
  readonly total: number;
}

/** Files in one reading: enough to share the cost of the headers that all of them read. */
const BATCH = 40;

/** Files in one scan. */
const SCANNED = 1000;

const HEAP_MEGABYTES = 3072;

/** @throws BtfProblem where the BTF can't be read. */
export async function verifyTree(request: VerifyRequest): Promise<VerifyReport> {
  const { tree, btf, jobs, sources, script } = request;
  const stages = new Stages(tree);
  const known = readRecords(btf);
  const setup: VerifySetup = { tree, btf };
  const crew =
    script === undefined
      ? new Alone(setup)
      : new TaskPool<VerifyTask, VerifyAnswer>({ script, jobs, setup, heapMegabytes: HEAP_MEGABYTES });
  try {
    const ask = async (step: VerifyTask['kind'], tasks: readonly VerifyTask[]): Promise<VerifyAnswer[]> => {
      const tell = (done: number): void => request.onProgress?.({ step, done, total: tasks.length });
      tell(0);
      return crew.all(tasks, tell);
    };
    const headers = stages.sort(stampedFiles(stages.headerFolders()).map(({ file }) => file));
    const parts = script === undefined ? 1 : Math.min(jobs, 4);
    const shares = Array.from(
      { length: parts },
      (_, part): VerifyTask => ({ kind: 'headers', files: headers, part, parts }),
    );
    const definitions = (await ask('headers', shares)).flatMap((answer) => answer.definitions);
    if (sources) {
      const settled = new Set(definitions.flatMap(({ record, verdict }) => (verdict === 'exact' ? [record] : [])));
      const names = new Set([...known.keys()].filter((key) => !settled.has(key)).map((key) => key.split(' ')[1]));
      const files = sourcesOf(tree, stages);
      const scans = batches(files, SCANNED).map((batch): VerifyTask => ({ kind: 'scan', files: batch, names }));
      const likely = (await ask('scan', scans)).flatMap((answer) => answer.files);
      const tasks = batches(likely, BATCH).map((batch): VerifyTask => ({ kind: 'sources', files: batch, names }));
      for (const answer of await ask('sources', tasks)) definitions.push(...answer.definitions);
    }
    return { named: byName(definitions), total: known.size };
  } finally {
    await crew.close();
  }
}

function readRecords(btf: string): ReturnType<typeof recordsByTag> {
  try {
    return recordsByTag(btf);
  } catch (error) {
    throw new BtfProblem(reasonOf(error));
  }
}

/** All work in this thread. */
class Alone {
  private readonly verifier: Verifier;

  constructor(setup: VerifySetup) {
    this.verifier = new Verifier(setup);
  }

  async all(tasks: readonly VerifyTask[], onDone: (count: number) => void): Promise<VerifyAnswer[]> {
    return tasks.map((task, index) => {
      const answer = this.verifier.answer(task);
      onDone(index + 1);
      return answer;
    });
  }

  async close(): Promise<void> {}
}

/** The tree's sources and their own headers, folder by folder, so that those that belong together are read together. */
function sourcesOf(tree: Tree, stages: Stages): string[] {
  const wanted: readonly Stage[] = ['other headers', 'sources'];
  const files = stampedFiles([tree.kernel]).map(({ file }) => file);
  return files.filter((file) => wanted.includes(stages.stageOf(file))).sort();
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
