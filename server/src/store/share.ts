/** A share of what several workers keep, so that no two of them keep the same thing at the same time. */
import { cacheKey } from './cache';

/** From 0, of so many. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

export const ALL: Share = { index: 0, count: 1 };

/** Whether a name falls into a share; in every process it falls into the same. */
export function isOfShare(name: string, { index, count }: Share): boolean {
  return count === 1 || Number.parseInt(cacheKey([name]).slice(0, 8), 16) % count === index;
}
