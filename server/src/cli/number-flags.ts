/** Reads the flags that take numbers: `--jobs`, `--shard`, `--timeout`, `--max-findings`. */
import os from 'node:os';
import { UsageError } from './command-context';

const MOST_JOBS = 256;

/** The number of worker threads; one for each processor where it is not given. @throws UsageError for no such number. */
export function jobsOf(given: string | undefined): number {
  if (given === undefined) return os.availableParallelism();
  const jobs = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (jobs < 1 || jobs > MOST_JOBS)
    throw new UsageError(`--jobs takes a whole number from 1 to ${MOST_JOBS}, not "${given}".`);
  return jobs;
}

const MOST_SHARDS = 10_000;

/** Reads `--shard I/N`, I from 1. @throws UsageError for no such share. */
export function shardOf(given: string | undefined): { index: number; count: number } | undefined {
  if (given === undefined) return undefined;
  const [, index, count] = (/^(\d{1,5})\/(\d{1,5})$/.exec(given) ?? []).map(Number);
  if (!(index >= 1 && index <= count && count <= MOST_SHARDS))
    throw new UsageError(`--shard takes I/N, as in 1/4 up to 4/4, not "${given}".`);
  return { index: index - 1, count };
}

/** A longer time is none that a run takes. */
const MOST_SECONDS = 1_000_000;

/** Reads `--timeout`, in seconds. @throws UsageError for no such time. */
export function secondsOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const seconds = /^\d{1,9}(\.\d{1,3})?$/.test(given) ? Number(given) : 0;
  if (seconds <= 0 || seconds > MOST_SECONDS)
    throw new UsageError(`--timeout takes seconds, more than 0 and at most ${MOST_SECONDS}, not "${given}".`);
  return seconds;
}

/** Reads `--max-findings`. @throws UsageError for no such number. */
export function mostFindingsOf(given: string | undefined): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  const most = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (most < 1) throw new UsageError(`--max-findings takes a whole number from 1, not "${given}".`);
  return most;
}
