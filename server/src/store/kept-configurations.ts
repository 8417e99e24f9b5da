/** Configurations that were worked out from Kconfig files, kept between runs: that takes as long as all else of a small command. */
import { buildId } from '../files/entry-points';
import type { ConfigurationMemory, RememberedConfiguration } from '../project/configuration';
import { Cache, cacheKey } from './cache';

/**
 * A file that was written so shortly before, in milliseconds, may be written again without a change of its stamp, as
 * clocks of file systems are coarse: nothing is kept that rests on it.
 */
const FRESH = 3000;

export class KeptConfigurations implements ConfigurationMemory {
  private readonly began = Date.now();

  constructor(private readonly cache: Cache = new Cache()) {}

  recall(key: string): RememberedConfiguration | undefined {
    const bytes = this.cache.get(keyOf(key));
    return bytes && (JSON.parse(bytes.toString('utf8')) as RememberedConfiguration);
  }

  keep(key: string, remembered: RememberedConfiguration): void {
    if (remembered.stamps.some(([, stamp]) => stamp !== undefined && changedAt(stamp) > this.began - FRESH)) return;
    this.cache.put(keyOf(key), Buffer.from(JSON.stringify(remembered), 'utf8'));
    this.cache.trim();
  }
}

function keyOf(key: string): string {
  return cacheKey(['configuration', buildId(), key]);
}

/** When a file was last written or replaced, in milliseconds of the clock: the last two numbers of its stamp. */
function changedAt(stamp: string): number {
  return Math.max(...stamp.split(':').slice(-2).map(Number));
}
