/** The files of a run that are worth linting. Of those that were not written to since an earlier run, that is known. */
import type { WordNeed } from '../rules/rule';
import { Cache, cacheKey } from './cache';
import type { Crew } from './crew';
import type { Problem } from './problem';
import { quickStamp, StampMemory } from './stamp-memory';

/** Files in one message to a worker: enough to hide the message's cost, few enough to keep all workers busy to the end. */
const SCAN_BATCH = 256;

/** So few files are scanned faster than what is known of all is read. */
const FEW_FILES = 500;

export interface Candidates {
  /** In the order given. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** @param onDone Is told how many more files are done. */
export async function scanAll(
  crew: Crew,
  files: readonly string[],
  onDone: (files: number) => void,
): Promise<Candidates> {
  const batches: string[][] = [];
  for (let at = 0; at < files.length; at += SCAN_BATCH) batches.push(files.slice(at, at + SCAN_BATCH));
  const scanned = await crew.scan(batches, onDone);
  return {
    files: scanned.flatMap(({ candidates }) => candidates),
    problems: scanned.flatMap(({ problems }) => problems),
  };
}

/** As `scanAll`, but what earlier runs found with the same words is not looked for again. */
export async function scanChanged(
  crew: Crew,
  files: readonly string[],
  words: readonly WordNeed[],
  onDone: (files: number) => void,
): Promise<Candidates> {
  if (files.length < FEW_FILES) return scanAll(crew, files, onDone);
  const memory = new StampMemory(new Cache(), cacheKey(['candidates', JSON.stringify(words)]));
  const found = new Set<string>();
  const stamps = new Map<string, string>();
  for (const file of files) {
    const stamp = stampOf(file);
    const known = stamp === undefined ? undefined : memory.get(file, stamp);
    if (known === undefined) stamps.set(file, stamp ?? '');
    else if (known === CANDIDATE) found.add(file);
  }
  onDone(files.length - stamps.size);
  const { files: candidates, problems } = await scanAll(crew, [...stamps.keys()], onDone);
  for (const file of candidates) found.add(file);
  const unread = new Set(problems.map(({ path }) => path));
  for (const [file, stamp] of stamps)
    if (stamp !== '' && !unread.has(file)) memory.set(file, stamp, found.has(file) ? CANDIDATE : '');
  memory.keep();
  return { files: files.filter((file) => found.has(file)), problems };
}

const CANDIDATE = 'c';

/** A file that can't be asked for has its message from the scan. */
function stampOf(file: string): string | undefined {
  try {
    return quickStamp(file);
  } catch {
    return undefined;
  }
}
