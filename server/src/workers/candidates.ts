/** The files of a run that are worth linting. Of those that were not written to since an earlier run, that is known. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { changeIn, quickStamp, stampAt } from '../files/file-stamps';
import type { Problem } from '../files/problem';
import type { WordNeed } from '../search/word-search';
import { Cache, cacheKey } from '../store/cache';
import { FileStampCache } from '../store/file-stamp-cache';
import type { Linted } from '../store/linted';
import { batchesOf, watched } from './batches';
import type { ScanResult } from './lint-job';
import type { LintWorkers } from './lint-workers';

export interface Candidates {
  /** Sorted by code units. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  /** How many files were not looked at, as the time was over. */
  readonly skipped: number;
  /** Puts what was found into the store, for the next run. */
  keep(): void;
}

interface Scan {
  readonly workers: LintWorkers;
  /**
   * What earlier runs found with these words is not looked for again; undefined looks at every file. Few files are scanned
   * faster than what is known of all is read.
   */
  readonly words?: readonly WordNeed[];
  /** Is told how many more files are done. */
  onDone(files: number): void;
  /** Whether candidates are linted at once where that takes no headers. */
  readonly lints?: boolean;
  /**
   * Is given candidates as soon as they are known, in no order that means anything; with the results of those that were
   * linted at once, where all were tried.
   */
  onFound?(files: readonly string[], linted?: readonly Linted[]): void;
}

/**
 * Finds the candidates among files.
 *
 * @param parts The files, each once. The first ones are looked at while others may still be listed.
 */
export async function scan(
  parts: Iterable<readonly string[]>,
  { workers, words, onDone, lints, onFound }: Scan,
): Promise<Candidates> {
  const memory = words && memoryOf(words);
  const found = new Set<string>();
  const scanned: ScanResult[] = [];
  let skipped = 0;
  const find = (batch: readonly string[], linted?: readonly Linted[]): void => {
    for (const file of batch) found.add(file);
    if (batch.length > 0) onFound?.(batch, linted);
  };
  const look = async (batch: readonly string[]): Promise<void> => {
    for (const one of await workers.scan([batch], onDone, { lints, stamped: memory !== undefined })) {
      scanned.push(one);
      if (one.skipped) skipped += batch.length;
      if (memory) remember(memory, batch, one);
      find(one.candidates, one.linted);
    }
  };
  const looks: Promise<void>[] = [];
  // What this scan adds is about files that come once.
  const earlier = memory?.isEmpty ? undefined : memory;
  for (const batch of batchesOf(parts)) {
    const open = earlier ? unknownOf(batch, earlier, find) : batch;
    if (open.length < batch.length) onDone(batch.length - open.length);
    if (open.length > 0) looks.push(watched(look(open)));
    // Whoever is done with a batch gets the next one while the rest are listed, and asked for their stamps.
    await nextTurn();
  }
  await Promise.all(looks);
  const problems = scanned.flatMap((one) => one.problems);
  return { files: [...found].sort(), problems, skipped, keep: () => memory?.keep() };
}

/** Whether an earlier run left what it found with the same words. */
export function isScanKnown(words: readonly WordNeed[]): boolean {
  return new Cache().has(keyOf(words));
}

function memoryOf(words: readonly WordNeed[]): FileStampCache {
  return new FileStampCache(new Cache(), keyOf(words));
}

function keyOf(words: readonly WordNeed[]): string {
  return cacheKey(['candidates', JSON.stringify(words)]);
}

/** Files of a batch of which it is not known whether they are candidates; those that are known to be are given to `find`. */
function unknownOf(
  batch: readonly string[],
  memory: FileStampCache,
  find: (batch: readonly string[]) => void,
): string[] {
  const open: string[] = [];
  const known: string[] = [];
  for (const file of batch) {
    const stamp = stampOf(file);
    const value = stamp === undefined ? undefined : memory.get(file, stamp);
    if (value === undefined) open.push(file);
    else if (value === CANDIDATE) known.push(file);
  }
  find(known);
  return open;
}

const CANDIDATE = 'c';

/** Takes down of each file of a batch that could be read whether it is a candidate. */
function remember(
  memory: FileStampCache,
  batch: readonly string[],
  { stamps, candidates, problems }: ScanResult,
): void {
  if (!stamps) return;
  const found = new Set(candidates);
  const unread = new Set(problems.map(({ path }) => path));
  for (const [index, file] of batch.entries()) {
    const stamp = unread.has(file) ? undefined : stampAt(stamps, index);
    if (stamp !== undefined) memory.set(file, stamp, found.has(file) ? CANDIDATE : '', changeIn(stamps, index));
  }
}

/** A file that can't be asked for has its message from the scan. */
function stampOf(file: string): string | undefined {
  try {
    return quickStamp(file);
  } catch {
    return undefined;
  }
}
