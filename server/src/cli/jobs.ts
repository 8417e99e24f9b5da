/** Reads `--jobs`. */
import os from 'node:os';
import { UsageError } from './surroundings';

const MOST_JOBS = 256;

/** The number of worker threads; one for each processor where it is not given. @throws UsageError for no such number. */
export function jobsOf(given: string | undefined): number {
  if (given === undefined) return os.availableParallelism();
  const jobs = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (jobs < 1 || jobs > MOST_JOBS)
    throw new UsageError(`--jobs takes a whole number from 1 to ${MOST_JOBS}, not "${given}".`);
  return jobs;
}
