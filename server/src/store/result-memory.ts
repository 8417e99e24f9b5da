/** Keeps results between runs together with what they were made from; one is given again only while that is unchanged. */

import { productStamp } from '../files/entry-points';
import type { Tree } from '../project/tree';
import { Stages } from '../project/tree-files';
import { Cache, cacheKey } from './cache';
import { type Evidence, Revisit } from './witness';

interface Remembered {
  readonly evidence: Evidence;
  readonly result: unknown;
}

export class ResultMemory {
  private readonly revisit: Revisit;

  constructor(
    private readonly tree: Tree,
    private readonly cache: Cache = new Cache(),
  ) {
    this.revisit = new Revisit(new Stages(tree), tree.kernel);
  }

  /** What was kept under a question (anything that JSON can hold), if it would come out the same today. */
  recall<Result>(question: unknown): Result | undefined {
    const bytes = this.cache.get(this.keyOf(question));
    if (bytes === undefined) return undefined;
    const { evidence, result } = JSON.parse(bytes.toString('utf8')) as Remembered;
    return this.revisit.finds(evidence) ? (result as Result) : undefined;
  }

  keep(question: unknown, evidence: Evidence, result: unknown): void {
    const remembered: Remembered = { evidence, result };
    this.cache.put(this.keyOf(question), Buffer.from(JSON.stringify(remembered), 'utf8'));
    this.cache.trim();
  }

  private keyOf(question: unknown): string {
    return cacheKey([productStamp(), JSON.stringify(this.tree), JSON.stringify(question)]);
  }
}
