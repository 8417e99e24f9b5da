/** Configurations that were worked out from Kconfig files, kept between runs: that takes as long as all else of a small command. */
import { buildId } from '../files/entry-points';
import { changedAt, isFresh } from '../files/file-stamps';
import type { ConfigurationMemory, RememberedConfiguration } from '../project/configuration';
import { Cache, cacheKey } from './cache';

export class KeptConfigurations implements ConfigurationMemory {
  private readonly began = Date.now();

  constructor(private readonly cache: Cache = new Cache()) {}

  recall(key: string): RememberedConfiguration | undefined {
    const bytes = this.cache.get(keyOf(key));
    return bytes && (JSON.parse(bytes.toString('utf8')) as RememberedConfiguration);
  }

  keep(key: string, remembered: RememberedConfiguration): void {
    if (remembered.stamps.some(([, stamp]) => stamp !== undefined && isFresh(changedAt(stamp), this.began))) return;
    this.cache.put(keyOf(key), Buffer.from(JSON.stringify(remembered), 'utf8'));
    this.cache.trim();
  }
}

function keyOf(key: string): string {
  return cacheKey(['configuration', buildId(), key]);
}
