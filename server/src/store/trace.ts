/**
 * Notes what a result was made from, so that a later run can tell whether it would come out the same: each file that was
 * read, each that was looked for, each folder that was listed.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import type { Disk } from '../files/disk';
import { isFresh } from '../files/file-stamps';
import type { Problem } from '../files/problem';
import { Scanner } from '../files/scan';
import {
  FILE_GROUPS,
  type FileGroup,
  type FileGroups,
  type ListedFile,
  stampedFiles,
  stampedInParts,
  type TreeFiles,
} from '../project/tree-files';

/** What a result rests on; plain data. */
export interface Trace {
  /** Files that were read, with their versions. */
  readonly read: readonly (readonly [path: string, version: string])[];
  /** Files that were looked for and are not there, or are no file. */
  readonly absent: readonly string[];
  /** Files that were looked for and found, but not read. */
  readonly present: readonly string[];
  /** FileGroups that were listed, with a digest of their files and versions. */
  readonly listed: readonly (readonly [group: FileGroup, digest: string])[];
  /** Files that are there and could not be read: each run has to say so, and a result that rests on any is not kept. */
  readonly refused: readonly Problem[];
}

/** The files of a tree on disk, whose use is noted. */
export class TracedFiles implements TreeFiles {
  private readonly began = Date.now();
  private readonly versions = new Map<string, string>();
  private readonly probes = new Map<string, boolean>();
  private readonly listed = new Map<FileGroup, readonly string[]>();
  private readonly digests = new Map<FileGroup, string>();

  constructor(
    private readonly disk: Disk,
    readonly groups: FileGroups,
    private readonly kernel: string,
  ) {}

  read(file: string): string | undefined {
    const loaded = this.disk.load(file);
    if ('problem' in loaded) {
      this.probes.set(file, false);
      return undefined;
    }
    const isRecent = isFresh(writtenAt(loaded.stamp), this.began);
    this.versions.set(file, isRecent ? contentVersion(Buffer.from(loaded.text, 'latin1')) : loaded.stamp);
    return loaded.text;
  }

  exists(file: string): boolean {
    const answer = this.disk.exists(file);
    this.probes.set(file, answer);
    return answer;
  }

  list(group: FileGroup): readonly string[] {
    if (!this.listed.has(group))
      for (const [each, files] of listed(group, this.groups, this.kernel)) this.setListed(each, files);
    return this.listed.get(group)!;
  }

  /** Lists the headers that any file may include; gives them folder by folder as they are found. */
  *listingHeaders(): Generator<readonly string[]> {
    const found: ListedFile[] = [];
    for (const part of stampedInParts(this.groups.headerFolders())) {
      found.push(...part);
      yield part.map(({ file }) => file);
    }
    this.setListed('headers', found);
  }

  private setListed(group: FileGroup, files: readonly ListedFile[]): void {
    this.listed.set(group, this.groups.sort(files.map(({ file }) => file)));
    this.digests.set(group, digestOf(files, this.began));
  }

  /** What was listed is in trace already. */
  listedText(file: string): string {
    return this.disk.read(file) ?? '';
  }

  holding(words: readonly string[], files: readonly string[]): readonly string[] {
    return new Scanner(words).scan(files).candidates;
  }

  /** What all that was asked so far rests on. */
  trace(): Trace {
    const probes = [...this.probes].filter(([path]) => !this.versions.has(path));
    return {
      read: [...this.versions],
      absent: probes.filter(([, exists]) => !exists).map(([path]) => path),
      present: probes.filter(([, exists]) => exists).map(([path]) => path),
      listed: [...this.digests],
      refused: this.disk.allRefused,
    };
  }
}

/** Compares trace with what is on disk now; each file and folder is looked at once. */
export class TraceCheck {
  private readonly began = Date.now();
  private readonly versions = new Map<string, boolean>();
  private readonly listings = new Map<FileGroup, readonly ListedFile[]>();
  private readonly digests = new Map<FileGroup, string>();

  /** @param disk What a run now would read through. */
  constructor(
    private readonly disk: Disk,
    private readonly groups: FileGroups,
    private readonly kernel: string,
  ) {}

  /** Whether a run now would see all that is in trace as it was. */
  finds({ read, absent, present, listed: groups }: Trace): boolean {
    return (
      read.every(([path, version]) =>
        once(this.versions, `${path}\0${version}`, () => this.isVersion(path, version)),
      ) &&
      absent.every((path) => !this.disk.exists(path)) &&
      present.every((path) => this.disk.exists(path)) &&
      groups.every(([group, digest]) => once(this.digests, group, () => this.digest(group)) === digest)
    );
  }

  private isVersion(path: string, version: string): boolean {
    if (!version.startsWith(CONTENT)) return this.disk.currentStamp(path) === version;
    const text = this.disk.read(path);
    return text !== undefined && contentVersion(Buffer.from(text, 'latin1')) === version;
  }

  private digest(group: FileGroup): string {
    if (!this.listings.has(group))
      for (const [each, files] of listed(group, this.groups, this.kernel)) this.listings.set(each, files);
    return digestOf(this.listings.get(group)!, this.began);
  }
}

function once<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

/** Several workers' trace as one. */
export function mergeTraces(parts: readonly Trace[]): Trace {
  const read = new Map(parts.flatMap((part) => part.read));
  const all = (paths: readonly string[]): string[] => [...new Set(paths)].filter((path) => !read.has(path));
  return {
    read: [...read],
    absent: all(parts.flatMap((part) => part.absent)),
    present: all(parts.flatMap((part) => part.present)),
    listed: [...new Map(parts.flatMap((part) => part.listed))],
    refused: [...new Map(parts.flatMap((part) => part.refused.map((one) => [one.path, one]))).values()],
  };
}

/** The files of a group, and of those that the same walk finds: it goes through the whole tree for all but the first. */
function listed(group: FileGroup, groups: FileGroups, kernel: string): Map<FileGroup, ListedFile[]> {
  if (group === 'module') return new Map([[group, groups.module === undefined ? [] : stampedFiles([groups.module])]]);
  if (group === 'headers') return new Map([[group, stampedFiles(groups.headerFolders())]]);
  const found = new Map<FileGroup, ListedFile[]>(FILE_GROUPS.slice(2).map((each) => [each, []]));
  for (const one of stampedFiles([kernel], groups.headerFolders())) found.get(groups.groupOf(one.file))?.push(one);
  return found;
}

function digestOf(files: readonly ListedFile[], began: number): string {
  const lines = files.map(({ file, stamp, changed }) => {
    const isRecent = isFresh(changed, began);
    return `${file}\0${isRecent ? contentOf(file) : stamp}\0`;
  });
  return crypto.createHash('sha256').update(lines.sort().join('')).digest('hex');
}

/** Marks a version that is a digest of the content. */
const CONTENT = 'sha256:';

function contentOf(path: string): string {
  try {
    return contentVersion(fs.readFileSync(path));
  } catch {
    return '';
  }
}

function contentVersion(bytes: Buffer): string {
  return CONTENT + crypto.createHash('sha256').update(bytes).digest('hex');
}

/** When a file was last written or replaced, in milliseconds: the last two parts of its stamp are nanoseconds. */
function writtenAt(stamp: string): number {
  const [written, changed] = stamp.split(':').slice(-2);
  return Math.max(Number(written), Number(changed)) / 1e6;
}
