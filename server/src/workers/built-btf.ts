/** The BTF of a built kernel, and of its modules where they are asked for, for all workers to read. */
import fs from 'node:fs';
import path from 'node:path';
import { Btf, type BtfRecord, type BtfSection, wholeBtfSection } from '../btf/btf';
import { reasonOf } from '../files/errno';
import type { Problem } from '../files/problem';
import { compareText } from '../text/text';
import { askAll } from './job';
import { type ModulesAnswer, ModulesJob, type ModulesTask } from './modules-job';
import { executorFor, type Threads } from './threads';

/** BTF that can't be read, with the flag that names it; the message is ready to stand behind `PATH: `. */
export class BtfProblem extends Error {
  constructor(
    readonly flag: '--btf' | '--modules',
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

/** BTF's records under their tags, those of one tag that are alike once. */
export type RecordsByTag = ReadonlyMap<string, readonly BtfRecord[]>;

interface BuiltBtf {
  /** The kernel's, and those of modules, which are numbered on from it. */
  readonly sections: readonly BtfSection[];
  readonly records: RecordsByTag;
  /** Modules that are left out. */
  readonly problems: readonly Problem[];
}

/** Modules in one task. */
const BATCH = 64;

/** A module may be a hundred megabytes. */
const LIMITS = { heapMegabytes: 2048, taskMilliseconds: 300_000 };

/** Modules that are named where the same is wrong with many. */
const MOST_NAMED = 8;

/** @throws BtfProblem where the kernel's BTF can't be read, or there are no modules where they should be. */
export async function readBuiltBtf(vmlinux: string, modules: string | undefined, threads: Threads): Promise<BuiltBtf> {
  const kernel = kernelSection(vmlinux);
  const records = new Map<string, BtfRecord[]>();
  const base = new Btf(kernel);
  try {
    addRecords(records, base);
  } catch (error) {
    throw new BtfProblem('--btf', vmlinux, reasonOf(error));
  }
  const sections = [kernel];
  const failed = new Map<string, string[]>();
  for (const [file, found] of modules === undefined ? [] : await moduleSections(moduleFiles(modules), threads)) {
    const reason = 'problem' in found ? found.problem : whyNotAdded(records, found, base);
    if (reason !== undefined) failed.set(reason, [...(failed.get(reason) ?? []), file]);
    else if ('raw' in found) sections.push(found);
  }
  return { sections: sections.map(shared), records, problems: problemsOf(failed, modules) };
}

/** The records of sections that hold together. */
export function recordsByTag([kernel, ...modules]: readonly BtfSection[]): RecordsByTag {
  const records = new Map<string, BtfRecord[]>();
  const base = new Btf(kernel);
  addRecords(records, base);
  for (const section of modules) addRecords(records, new Btf(section, base));
  return records;
}

function kernelSection(file: string): BtfSection {
  try {
    const section = wholeBtfSection(fs.readFileSync(file));
    new Btf(section);
    return section;
  } catch (error) {
    throw new BtfProblem('--btf', file, reasonOf(error));
  }
}

/** Adds a module's records, or says why its BTF does not hold together. */
function whyNotAdded(records: Map<string, BtfRecord[]>, section: BtfSection, base: Btf): string | undefined {
  try {
    addRecords(records, new Btf(section, base));
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function addRecords(to: Map<string, BtfRecord[]>, btf: Btf): void {
  for (const record of btf.records()) {
    if (record.isTypedef) continue;
    const key = `${record.kind} ${record.name}`;
    const known = to.get(key);
    if (known === undefined) to.set(key, [record]);
    else if (!known.some((other) => isAlike(other, record))) known.push(record);
  }
}

function isAlike(a: BtfRecord, b: BtfRecord): boolean {
  if (a.size !== b.size || a.members.length !== b.members.length) return false;
  return a.members.every((member, index) => {
    const { name, offsetBits, sizeBits, isBitField } = b.members[index];
    return (
      member.name === name &&
      member.offsetBits === offsetBits &&
      member.sizeBits === sizeBits &&
      member.isBitField === isBitField
    );
  });
}

/** The BTF of each file, or why there is none, in the order of the files. */
async function moduleSections(files: readonly string[], threads: Threads): Promise<[string, ModulesAnswer[number]][]> {
  const tasks: ModulesTask[] = [];
  for (let at = 0; at < files.length; at += BATCH) tasks.push({ files: files.slice(at, at + BATCH) });
  const settings = { job: 'modules', setup: undefined, limits: LIMITS };
  const executor = executorFor(threads, settings, () => new ModulesJob());
  try {
    const outcomes = await askAll<ModulesTask, ModulesAnswer>(executor, tasks);
    return tasks.flatMap((task, index) => {
      const outcome = outcomes[index];
      const lost = { problem: outcome.kind === 'lost' ? `the worker failed (${outcome.reason})` : 'it was not read' };
      return task.files.map((file, at): [string, ModulesAnswer[number]] => [
        file,
        outcome.kind === 'done' ? outcome.answer[at] : lost,
      ]);
    });
  } finally {
    await executor.close();
  }
}

const MODULE_NAME = /\.ko(\.(xz|gz|zst))?$/;

/** The modules of a folder and of those in it: /lib/modules/VERSION, a build's folder, or /sys/kernel/btf. */
function moduleFiles(folder: string): string[] {
  try {
    if (!fs.statSync(folder).isDirectory()) return [folder];
    const modules = fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && MODULE_NAME.test(entry.name))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
    // /sys/kernel/btf holds a file for the kernel and one for each module that is loaded, all of raw BTF.
    const isRaw = modules.length === 0 && fs.existsSync(path.join(folder, 'vmlinux'));
    const raw = isRaw ? fs.readdirSync(folder).filter((name) => name !== 'vmlinux') : [];
    const found = [...modules, ...raw.map((name) => path.join(folder, name))];
    if (found.length > 0) return found.sort(compareText);
  } catch (error) {
    throw new BtfProblem('--modules', folder, reasonOf(error));
  }
  throw new BtfProblem('--modules', folder, 'no modules are there (*.ko, *.ko.xz, *.ko.gz, *.ko.zst)');
}

function problemsOf(failed: ReadonlyMap<string, readonly string[]>, folder = ''): Problem[] {
  return [...failed].flatMap(([reason, files]) => {
    const named = files.slice(0, MOST_NAMED).map((path) => ({ path, message: reason }));
    const others = files.length - named.length;
    return others > 0
      ? [...named, { path: folder, message: `${others} other modules are left out, too: ${reason}` }]
      : named;
  });
}

/** The same in memory that all threads see. */
function shared({ raw, pointerSize, ownBase }: BtfSection): BtfSection {
  const share = (bytes: Uint8Array): Uint8Array => {
    const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
    copy.set(bytes);
    return copy;
  };
  return { raw: share(raw), pointerSize, ownBase: ownBase && share(ownBase) };
}
